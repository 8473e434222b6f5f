"""Every word of the page, in Dutch and English."""

from collections.abc import Mapping

from assistant.answers import Language

PAGE: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Bronvast", "tagline": "Vragen aan de bronnen. Antwoorden in de woorden van de bronnen zelf.",
        "ask_tab": "Vragen", "sources_tab": "Bronnen", "question": "Uw vraag", "placeholder": "Stel een vraag aan de bronnen…",
        "send": "Vraag", "new": "Nieuw gesprek", "examples": "Bijvoorbeeld", "page": "p. {page}", "near": "Net niet geciteerd ({count})",
        "near_related": "Passages die het dichtst in de buurt komen ({count})", "copy": "Kopieer met verwijzing", "copied": "Gekopieerd",
        "open": "Lees in de bron", "also": "Staat ook in", "context": "Onder", "why": "Waarom dit citaat",
        "why_text": "Deze woorden van de vraag komen erin terug: {why}.", "understood": "Begrepen als", "terms": "Ook gezocht op",
        "filter": "Alleen in", "corrected": "Gelezen als",
        "scope": "{scored} van {passages} passages in {documents} {documents_word} bekeken, {matched} {matched_word} hierover.",
        "document": "document", "documents": "documenten", "one_matches": "gaat", "many_match": "gaan",
        "answered": "Antwoord uit de bronnen", "related": "Geen antwoord, wel verwant", "not_found": "Niet gevonden",
        "out_of_scope": "Geen vraag aan de bronnen", "quotation": "Citaat {n}", "you": "U vroeg", "download": "Bewaar als Markdown",
        "passages": "passages", "pages": "bladzijden", "left_out": "Weggelaten of hersteld bij het lezen", "empty": "Er zijn nog geen bronnen.",
        "before": "Zoeken in de bronnen…", "choose": "Kies een document", "language": "Taal van de pagina"},
    "en": {
        "title": "Bronvast", "tagline": "Ask the sources. Answers in the sources' own words.",
        "ask_tab": "Ask", "sources_tab": "Sources", "question": "Your question", "placeholder": "Ask the sources a question…",
        "send": "Ask", "new": "New conversation", "examples": "For example", "page": "p. {page}", "near": "Just below the line ({count})",
        "near_related": "Nearest passages ({count})", "copy": "Copy with reference", "copied": "Copied",
        "open": "Read in the source", "also": "Also in", "context": "Under", "why": "Why this quotation",
        "why_text": "These words of the question come back in it: {why}.", "understood": "Understood as", "terms": "Also searched for",
        "filter": "Only in", "corrected": "Read as",
        "scope": "{scored} of {passages} passages in {documents} {documents_word} looked at, {matched} {matched_word} to this.",
        "document": "document", "documents": "documents", "one_matches": "speaks", "many_match": "speak",
        "answered": "Answer from the sources", "related": "No answer, but related", "not_found": "Not found",
        "out_of_scope": "Not a question to the sources", "quotation": "Quotation {n}", "you": "You asked", "download": "Save as Markdown",
        "passages": "passages", "pages": "pages", "left_out": "Left out or repaired in reading", "empty": "There are no sources yet.",
        "before": "Searching the sources…", "choose": "Choose a document", "language": "Language of the page"},
}

ERRORS: Mapping[Language, str] = {"nl": "Dat lukte niet: {reason}", "en": "That did not work: {reason}"}
