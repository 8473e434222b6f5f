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
# Languages that a multilingual model falls into and whose words are also frequent in Dutch or English; others fail the mean.
_LANGUAGES = ("nl", "en", "de", "fr", "es", "it", "pt", "da")
# Mean Zipf frequency of the words. Seen in Dutch: 23 of 24 signals of the sample page 3.6 and more, one of four words 2.4; one
# sentence each in Polish, Czech, Finnish, Hungarian, Turkish, Romanian, Indonesian, Swedish, Norwegian and Danish 2.4 and less.
# A sentence in Afrikaans had 4.1: it is not told from Dutch.
_LEAST_USUAL = 3.0
_OF_ITSELF = re.compile(r"\b(?:bron|bronnen|citaat|citaten|opdracht|instructies?|assistent\w*|assistants?|prompts?|taalmodel\w*|chatbot\w*|ik|mijn"
                        r"|sources?|quotations?|quotes?|instructions?|language models?|i|my|me)\b", re.I)
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


def speaks_of_itself(text: str) -> bool:
    """Say whether a sentence is about the sources, the quotations or its writer instead of what the quotations say.

    "The sources say nothing about this" would turn an answer into an abstention, whatever made the model write it.
    """
    return bool(_OF_ITSELF.search(text))


def in_language(text: str, language: Language) -> bool:
    """Say whether the words of a text are usual in this language, and more so than in any other of `_LANGUAGES`."""
    from wordfreq import zipf_frequency

    words = re.findall(r"[^\W\d_]+", text.casefold())
    if not words:
        return False
    usual = {one: sum(zipf_frequency(word, one) for word in words) / len(words) for one in _LANGUAGES}
    return usual[language] >= max(_LEAST_USUAL, *usual.values())
