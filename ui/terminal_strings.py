"""What the terminal says around an answer, in the language of the answer."""

from collections.abc import Mapping

from assistant.answers import Language

TERMINAL: Mapping[Language, Mapping[str, str]] = {
    "nl": {"page": "p. {page}", "also": "ook in", "near": "Net niet geciteerd", "understood": "Begrepen als: {text}",
           "context": "Bij",
           "scope": "{scored} van {passages} passages in {documents} document(en) bekeken, {matched} gaan hierover."},
    "en": {"page": "p. {page}", "also": "also in", "near": "Just below the line", "understood": "Understood as: {text}",
           "context": "Under",
           "scope": "{scored} of {passages} passages in {documents} document(s) looked at, {matched} speak to this."},
}
