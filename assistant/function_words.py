"""Words of a question that ask rather than tell: function words, question words, words about sources, politeness."""

import re
from functools import lru_cache

from index.words import CAPITAL_NAMES, fold
from ingest.sentences import sentence_spans

# Closed classes, and the words with which anybody asks about any source.
_DUTCH = frozenset(fold(word) for word in ["de", "het", "een", "toe", "mee", "af", "neer", "teweeg", "heen", "daartoe", "ertoe", "erin", "hieraan", "en", "van", "in", "is", "op", "te", "dat", "die", "voor", "met", "zijn", "aan", "er", "om", "ook", "als", "dan", "door", "over", "bij", "uit", "worden", "wordt", "werd", "werden", "naar", "heeft", "hebben", "had", "hadden", "deze", "dit", "of", "wat", "welke", "welk", "hoe", "wie", "waar", "waarom", "wanneer", "waardoor", "waarmee", "waarvoor", "waarvan", "hoeveel", "tot", "onder", "tegen", "zich", "kan", "kunnen", "moet", "moeten", "mag", "mogen", "zal", "zullen", "zou", "zouden", "was", "waren", "hun", "haar", "gaat", "gaan", "staat", "staan", "ik", "je", "jij", "u", "uw", "mijn", "jullie", "wij", "we", "ze", "zij", "hij", "hem", "hen", "men", "iets", "iemand", "nu", "nog", "al", "toch", "dus", "maar", "want", "omdat", "zodat", "doen", "doet", "gedaan", "daar", "hier", "geen", "niet", "wel", "zo", "heel", "erg", "veel", "meer", "meest", "minder", "vaak", "soms", "altijd", "ooit", "gemaakt", "maken", "maakt", "komt", "komen", "krijgt", "krijgen", "blijkt", "blijken", "binnen", "buiten", "tussen", "volgens", "sinds", "tijdens", "na", "per", "via", "rond", "rondom", "omtrent", "betreffende", "sprake", "geval", "allemaal", "alle", "alles", "enkele", "sommige", "eigenlijk", "precies", "momenteel", "tegenwoordig", "bijvoorbeeld", "bron", "bronnen", "document", "documenten", "tekst", "teksten", "stuk", "stukken", "pagina", "signaal", "signalen", "trend", "trends", "ontwikkeling", "ontwikkelingen", "melding", "meldingen", "passage", "passages", "zeg", "zeggen", "zegt", "gezegd", "vermeld", "vermeldt", "vermelden", "gemeld", "noem", "noemt", "noemen", "genoemd", "geef", "geeft", "geven", "gegeven", "bekend", "weten", "gelden", "geldt", "gebeurt", "gebeuren", "beschreven", "beschrijft", "betekent", "betekenen", "betekenis", "definitie", "houdt", "verstaan", "bedoeld", "speelt", "spelen", "betrekking", "bestaan", "bestaat", "zien", "ziet", "vinden", "vindt", "vraag", "vragen", "antwoord", "antwoorden", "lijst", "overzicht", "toon", "laat", "zoek", "kun", "kunt", "wil", "graag", "alstublieft", "zelf", "elkaar", "elkander", "ding", "dingen", "willen", "wilt", "wiens", "waarin", "waarbij", "waarop", "waaruit", "waarover", "waartoe", "waarnaar", "daarbij", "daarmee", "daarvan", "daarvoor", "hierbij", "hiervan", "hiervoor", "ervan", "ervoor", "eraan", "erover", "bent", "ben", "geweest", "geworden", "kon", "konden", "moest", "moesten", "mocht", "mochten", "wilde", "wilden", "ging", "gingen", "kwam", "kwamen", "kreeg", "kregen", "terwijl", "hoewel", "indien", "tenzij", "voordat", "nadat", "ieder", "iedere", "elk", "elke", "hoelang", "vanwege", "wegens", "vanaf", "totdat", "zodra", "zolang", "ondanks", "dankzij", "naast", "gewoon", "laten", "niemand", "niets", "iedereen", "zichzelf", "zelfs", "zoals", "evenals", "echter", "ter", "ten", "der", "des", "heb", "hebt", "ga", "gaf", "mij", "onze", "ons", "toen", "vanuit", "weet", "wist"])
_ENGLISH = frozenset(["the", "a", "an", "and", "of", "to", "is", "that", "for", "with", "are", "not", "on", "by", "as", "at", "from", "this", "these", "those", "which", "how", "who", "where", "why", "when", "what", "whose", "or", "be", "been", "being", "it", "its", "has", "have", "had", "was", "were", "do", "does", "did", "about", "can", "could", "must", "may", "might", "shall", "should", "will", "would", "any", "some", "their", "they", "them", "there", "than", "into", "under", "between", "i", "my", "we", "our", "us", "you", "your", "he", "she", "his", "her", "if", "so", "but", "no", "also", "only", "just", "very", "much", "many", "more", "most", "less", "often", "ever", "always", "in", "out", "over", "per", "via", "during", "since", "within", "according", "there's", "source", "sources", "document", "documents", "text", "texts", "page", "signal", "signals", "trend", "trends", "development", "developments", "passage", "passages", "report", "reports", "reported", "say", "says", "said", "tell", "tells", "mention", "mentions", "mentioned", "describe", "describes", "described", "give", "gives", "given", "known", "know", "apply", "applies", "concern", "concerns", "concerning", "regarding", "relate", "related", "happen", "happens", "happening", "mean", "means", "meant", "meaning", "definition", "define", "list", "listed", "show", "find", "all", "every", "everything", "each", "please", "get", "gets", "getting", "thing", "things", "exist", "exists", "going", "made", "make", "makes", "take", "takes", "taken", "place", "actually", "exactly", "currently", "still", "itself", "himself", "herself", "themselves", "oneself", "whom", "whether", "because", "while", "although", "unless", "become", "becomes", "became", "come", "comes", "came", "having", "doing", "done", "now", "here", "too", "then", "such", "upon", "among", "amongst", "both", "through", "got", "gotten", "seem", "seems", "pls", "until", "till", "after", "before", "against", "around", "across", "along", "behind", "beyond", "despite", "someone", "nobody", "everyone", "everybody", "something", "anything", "nothing", "myself", "ourselves", "yourself", "already", "let", "lets", "up", "off", "one", "ones", "me", "him", "am", "yes", "wo"])
_CONTRACTED = re.compile(r"'(?:m|s|re|ve|ll|d)$|(?<!\bca)n't$")  # "I'm", "what's", "they've", "doesn't"; "can't" has words of its own

# What an English verb may end in that has a meaning of its own ("lay off").
PARTICLES = frozenset(["up", "off"])

# "daarop", "hierover", "ervan": as an alternation for patterns.
POINTING = r"(?:daar|er|hier)(?:aan|achter|bij|binnen|boven|door|in|langs|mee|na|naar|naast|om|onder|op|over|tegen|toe|tot|tussen|uit|van|vanaf|voor)"
_POINTS_OR_STRESSES = re.compile(
    rf"{POINTING}|vooral|voornamelijk|hoofdzakelijk|zonder|mainly|mostly|chiefly|primarily|without", re.I)

# Of both languages, as an alternation for patterns.
PREPOSITIONS = r"voor|over|van|bij|in|op|met|rond|onder|tegen|uit|naar|door|for|about|of|on|with|at|from|by|under|to"

_IN_DUTCH_NAMES = ("de", "het", "op", "voor")  # "the old Wet op de jeugdzorg" in an English question

_SOFT = r"(?:(?:alstublieft|alsjeblieft|aub|misschien|soms|toevallig|even|eens|ook)\s+)*"
_LIST_MARK = re.compile(r"^(?:[-–—*•]|\d{1,2}[.)])\s+(?=[^\W\d]|[\"“„‘'«])")
_IN_QUOTATION_MARKS = re.compile(r"^[\"“„‘'«]\s*(?P<asked>(?:[^\"“”„«»'’]|(?<=\w)['’](?=\w))+?)\s*[\"”’'»](?P<end>[?.!\s]*)$")
_PREAMBLE = re.compile(
    r"^(?:(?:hallo|hoi|dag|beste|geachte|goedemorgen|goedemiddag|goedenavond|hello|hi|hey|dear|good (?:morning|afternoon|evening))\b[^,.!?]{0,30}[,.!]\s*"
    rf"|(?:kunt|kun|zou|zoudt|wil|wilt|mag)\s+(?:u|je|jij|ik)\s+(?:(?:mij|me|ons|u|je)\s+)?{_SOFT}(?:kunnen\s+|willen\s+)?"
    r"(?:(?:zeggen|vertellen|aangeven|laten weten|uitleggen|opzoeken|nagaan|weten|vragen)[,:]?\s+|(?=opsommen|noemen|geven))(?:of\s+)?"
    r"|(?:could|can|would|will)\s+you\s+(?:please\s+|perhaps\s+)?(?:tell|show|let|explain to|inform)\s+(?:me|us)(?:\s+know)?[,:]?\s+(?:whether\s+|if\s+)?"
    r"|(?:would|do)\s+you\s+(?:happen to|perhaps)\s+know[,:]?\s+(?:whether\s+|if\s+)?"
    r"|(?:ik (?:wil|zou|vraag|ben) [^,.?:]{0,40}?(?:weten|af|benieuwd|horen)[,:]?\s+)"
    r"|(?:i (?:would like|want|am trying|need|wonder|was wondering)(?: to know| to find out)?[,:]?\s+)"
    r"|(?:mijn|onze|my|our) (?:vraag|question) (?:is|luidt)\s*[,:]?\s+(?:of\s+|whether\s+|if\s+)?|graag (?:hoor|weet|verneem) ik[,:]?\s+(?:of\s+)?"
    r"|(?:graag|please|alstublieft|alsjeblieft|aub|s\.v\.p\.|svp),?\s+|(?:even |nog )?(?:een |a )?(?:korte |quick )?(?:vraagje|vraag|question)\s*:\s*"
    r"|weet (?:u|je|jij)\s+" + _SOFT + r"(?:of\s+)?|do you know\s+(?:whether\s+|if\s+)?)", re.I)
_ERRAND = (r"(?:vraag|vragen|vraagje|informatie|gegevens|gesprek|overleg|afspraak|vergadering|bespreking|bijeenkomst|presentatie|lezing"
           r"|questions?|information|data|meeting|appointment|talk|presentation)")
_BACKGROUND = re.compile(  # what the asker is doing, or needs something for; no case that it tells of
    r"^(?:(?:[^.?!]{0,40},\s+)?(?:ik|wij|we|i|i['’]m)\s+(?:schrijf|werk|ben|zijn|maak|maken|bereid|zoek|write|am|are|work|prepare|['’]?m)\b[^.?!]*"
    rf"|(?:[\w’'-]+,?\s){{0,2}}(?:heb(?:ben)?\s+(?:ik|wij|we)|(?:ik|wij|we|i)\s+(?:heb(?:ben)?|have|need))\s(?!geen\b|no\b)(?:[\w’'-]+\s){{0,3}}{_ERRAND}"
    r"(?:\snodig)?(?:\s(?:met|bij|op|voor|with|at|in|for)\s(?:de|het|onze|mijn|the|our|my)\s[\w-]+)?(?:\snodig)?)[.!]\s+(?=\S)", re.I)
_ITS_TOPIC = re.compile(r"\b(?:over|rond|about|on|regarding)\s+(?!(?:een|een paar|\d+|a|an|two|twee) (?:uur|dag|week|maand|jaar|hour|day|month|year)\w*\b)(?P<topic>[^.?!]{3,160}?)[.!]\s+$", re.I)
_WHAT_TO_USE = re.compile(  # asks for nothing but the topic of what stands before it
    r"^(?P<asks>(?:welke|which|what) (?:trends|signalen|ontwikkelingen|bevindingen|passages|citaten|signals|developments|findings|quotations|quotes))"
    r" (?:kan|kunnen|mag|mogen|can|could|should|may|might) (?:ik|we|wij|i) (?:(?:daarvoor|hiervoor|daarin|hierin|daarbij|hierbij|best|het best) )?"
    r"(?:aanhalen|gebruiken|citeren|noemen|vermelden|meenemen|opnemen|cite|use|quote|mention|include|refer to)"
    r"(?: (?:daarvoor|hiervoor|daarin|hierin|(?:for|in) (?:it|this|that)|there))?[?.!]*$", re.I)
_POINTS_BACK = re.compile(r"\b(?:hen|hun|zij|ze|die|deze|dit|dat|daar\w*|hier\w*|them|they|their|those|these|that|this|it|there)\b", re.I)
_THANKS = (r"(?:(?:alvast|hartelijk|heel erg|many)\s+)?(?:bedankt|dank\s+(?:u|je|jullie)(?:\s+wel)?|thanks|thank you)\b"
           r"(?:\s+(?:in advance|very much|so much|a lot|alvast)\b)?")
_GREETING = r"(?:met\s+)?(?:vriendelijke|hartelijke)\s+groet(?:en)?|(?:kind|best|warm)\s+regards"
_CLOSING = re.compile(rf"[\s,]*(?:\b(?:alstublieft|alsjeblieft|aub|svp|s\.v\.p\.|please|{_THANKS}|{_GREETING})\b[\s,!.]*)+(?=\?*$)", re.I)
_CLOSING_SENTENCE = re.compile(rf"(?<=[.?!])\s+(?:{_THANKS}(?! (?:to|aan)\b)|{_GREETING}|groet(?:en|jes)?|regards)\b[^?]*$", re.I)


@lru_cache(maxsize=100_000)
def is_content(word: str, language: str) -> bool:
    """Say whether a word of a question tells what it is about."""
    folded = fold(word) if language == "nl" else _CONTRACTED.sub("", fold(word))
    return word in CAPITAL_NAMES or len(folded) > 1 and folded not in (_DUTCH if language == "nl" else _ENGLISH) and (language == "nl" or folded not in _IN_DUTCH_NAMES)


def points_or_stresses(word: str) -> bool:
    """Say whether a word points at something said, gives weight or takes something out: a term only of a question that has no other."""
    return _POINTS_OR_STRESSES.fullmatch(word) is not None


def how_usual(word: str) -> float:
    """Return how often Dutch or English uses a word, whichever does more: Zipf scale, 0 for unknown, 7 for "de"."""
    from wordfreq import zipf_frequency

    return max(zipf_frequency(word.casefold(), language) for language in ("nl", "en"))


def _without_background(text: str, language: str) -> str:
    """Return a question without the sentences before it on what the asker is doing, unless it points back at them.

    Where it asks for nothing but their topic, it names that: "Welke trends gaan over Polen?" for "Ik schrijf een notitie over Polen. Welke trends
    kan ik aanhalen?".
    """
    told, asked = list[str](), text
    while about_asker := _BACKGROUND.match(asked):
        told.append(about_asker[0])
        asked = asked[about_asker.end():]
    topic = next(filter(None, map(_ITS_TOPIC.search, told)), None)
    if topic and (of_topic := _WHAT_TO_USE.match(asked)):
        return f"{of_topic['asks']} {'gaan over' if language == 'nl' else 'are about'} {topic['topic']}?"
    return text if _POINTS_BACK.search(asking_sentence(asked)) else asked


def asking_sentence(question: str) -> str:
    """Return the first sentence that ends in a question mark, for what stands before it tells the case; else all of it."""
    sentences = [question[first:last] for first, last in sentence_spans(question)]
    return next((sentence for sentence in sentences if sentence.endswith("?")), question)


def without_preamble(question: str, language: str) -> str:
    """Return a question without greeting, politeness, "I would like to know", and the marks of a list or a quotation that it stands in."""
    text = _CLOSING_SENTENCE.sub("", question.strip())
    for _ in range(6):
        text = _without_background(_IN_QUOTATION_MARKS.sub(r"\g<asked>\g<end>", _LIST_MARK.sub("", text)), language)
        shorter = _PREAMBLE.sub("", text, count=1)
        if shorter == text or len(shorter.split()) < 2:
            break
        text = shorter
    text = _CLOSING.sub("", text).strip()
    return text[:1].upper() + text[1:] if text else question
