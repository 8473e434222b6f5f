"""Reads what a model sends back: JSON where it is whole, and each whole object where it is not."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# An object without objects in it. The quantifiers are possessive: no reply makes the search go back over its own steps.
_FLAT = re.compile(r'\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+")*+\}', re.S)
_NOTHING = re.compile(r'\s*(?:```\w*\s*)?(?:\{\s*(?:"\w+"\s*:\s*\[\s*\]\s*)?\}|\[\s*\])\s*(?:```\s*)?')
_TEXT = ("text", "sentence", "zin", "question", "vraag", "translation", "vertaling")
_IDS = ("ids", "id", "evidence", "sources")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that a model proposes, with the ids that it says the text rests on."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass
class ReplyReader:
    """Takes a reply in pieces and gives each proposal as soon as its object is whole; prose around it is passed over."""

    text: str = ""
    _at: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the whole reply is JSON that proposes nothing: an empty list."""
        return bool(_NOTHING.fullmatch(self.text))

    def feed(self, piece: str) -> Iterator[Proposal]:
        """Add a piece and give the proposals that it completes."""
        self.text += piece
        if "}" not in piece:
            return
        for found in _FLAT.finditer(self.text, self._at):
            self._at = found.end()
            proposal = _proposal(found[0])
            if proposal is not None:
                yield proposal


def _proposal(source: str) -> Proposal | None:
    """Return a proposal from an object with a text under a usual name, ids as a list or one string, or both."""
    try:
        value = json.loads(source, strict=False)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(value, Mapping):
        return None
    text = next((value[name] for name in _TEXT if isinstance(value.get(name), str)), None)
    given = next((value[name] for name in _IDS if name in value), ())
    listed = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    ids = tuple(dict.fromkeys(one.strip(" []()") for one in listed if isinstance(one, str)))
    return Proposal(text or "", ids) if text is not None or ids else None
