"""What a generated sentence may look like: one plain sentence in the language of the question, without marks of quotation."""

import re
import unicodedata

from assistant.answers import Language

LONGEST_CHARACTERS, LONGEST_WORDS = 320, 45  # about twice a long sentence of policy prose; what is longer is no summary
_FEWEST_WORDS = 3
_MARKUP = re.compile(r"[<>\[\]{}|`*#_~^\\=@]|https?:|www\.|&(?:\w+|#\d+);|//", re.I)
_QUOTES = re.compile(r"[\"“”„‟«»‹›‘‚‛]|''|(?<!\w)['’](?!s\b|t\b|n\b|k\b|m\b)|(?<!s)['’](?!\w)")
_SECOND_SENTENCE = re.compile(r"[.!?…]\s+(?=[^\W\d_a-z])")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]?\.?|\b(?:art|nr|blz|bijv|ca|drs|dr|mr|prof|no|vs)\.", re.I)
# Languages that a multilingual model falls into; wordfreq has a list for each. Afrikaans has none and reads as Dutch.
_LANGUAGES = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "sv", "da", "nb", "tr", "id", "ro", "cs", "fi", "hu")
_CITATION = re.compile(r"\s*[\[(](?:E[0-9a-f]{4,}|\d{1,3})(?:\s*[,;]\s*(?:E[0-9a-f]{4,}|\d{1,3}))*[\])]")


def tidied(text: str) -> str:
    """Return a sentence with white space folded and the citations that a model typed taken out: ours stand beside it."""
    return " ".join(_CITATION.sub("", unicodedata.normalize("NFC", text)).split())


def is_sentence(text: str) -> bool:
    """Say whether a text is one statement, not a question, a list, two sentences or a fragment."""
    bare = _ABBREVIATION.sub("x", text)
    return (len(text.split()) >= _FEWEST_WORDS and text[-1:] in (".", "!") and not text.endswith("..") and "?" not in text
            and text[:1].isalnum() and not text[:1].islower() and not _SECOND_SENTENCE.search(bare))


def has_markup(text: str) -> bool:
    """Say whether a text holds HTML, Markdown, an address, an id, or a character that is not plain text."""
    return bool(_MARKUP.search(text)) or any(unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs", "Cn", "So") for one in text)


def has_quotation_marks(text: str) -> bool:
    """Say whether a text claims to quote; an apostrophe inside or before a word ("foto's", "'s avonds") does not."""
    return bool(_QUOTES.search(text))


def too_long(text: str) -> bool:
    """Say whether a text is longer than a sentence of a summary should be."""
    return len(text) > LONGEST_CHARACTERS or len(text.split()) > LONGEST_WORDS


def in_language(text: str, language: Language) -> bool:
    """Say whether the words of a text are, on average, most usual in this language among those of `_LANGUAGES`."""
    from wordfreq import zipf_frequency

    words = re.findall(r"[^\W\d_]+", text.casefold())
    if not words:
        return False
    usual = {one: sum(zipf_frequency(word, one) for word in words) for one in _LANGUAGES}
    return usual[language] > 0 and usual[language] >= max(usual.values())
