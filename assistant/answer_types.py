"""The kind of thing that a question asks for, and whether a sentence holds one: a number, a period, a reason ..."""

import re
from functools import lru_cache
from typing import Literal

from assistant.function_words import is_content
from index.places import territory_stem
from index.words import tokens

AnswerType = Literal["number", "period", "date", "money", "share", "contact", "name", "person", "place", "sector", "reason", "frequency", "most", "definition"]

_NUMBER_WORDS = (
    r"een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|twintig|dertig|veertig"
    r"|vijftig|zestig|zeventig|tachtig|negentig|honderd\w*|duizend\w*|tientallen|miljoen|miljard|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundreds?|thousands?"
    r"|dozens?|million|billion|helft|half|derde|kwart|third|quarter|verdubbel\w+|doubled")
_COUNTED = rf"(?:\d[\d.,]*|{_NUMBER_WORDS})"
_TIME_UNIT = (r"(?:seconden?|minuten?|minuut|uur|uren|dag|dagen|werkdag|werkdagen|week|weken|maand|maanden|kwartaal"
              r"|kwartalen|jaar|jaren|minutes?|hours?|days?|weeks?|months?|years?)")
_MONTH = (r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
          r"|january|february|march|may|june|july|august|october)")
_CAPITAL = (r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)"
            r"[A-ZÀ-Þ][\w’'-]+")

_UNCOUNTED = (r"(?:aandacht|begeleiding|bescherming|hulp|informatie|invloed|moeite|ondersteuning|ruimte|steun|vertrouwen|vrijheid"
              r"|zorg)\b(?!-| in (?:euro|geld))")  # by no number

# What a sentence must hold to be an answer of each type.
_HOLDS: dict[AnswerType, re.Pattern[str]] = {
    "period": re.compile(rf"(?<!\bper )(?<!\bom de )(?<!\belke )(?<!\biedere )(?<!\bevery )(?<!\beach )"
                         rf"\b{_COUNTED}(?:\s+\w+)?[\s-]+{_TIME_UNIT}\b|\b(?:onbepaalde|bepaalde) (?:tijd|duur)\b|\bindefinite", re.I),
    "date": re.compile(rf"\b(?:1[89]|20)\d\d\b|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} \d|\b\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}\b", re.I),
    "money": re.compile(r"€|\beuros?\b|\beur\b|\bgulden\b|\b(?:miljoen|miljard|million|billion)\b|\$", re.I),
    "share": re.compile(r"%|\bprocent\b|\bper ?cent\b|\b(?:helft|derde|kwart|half|third|quarter|meerderheid|majority)\b", re.I),
    "contact": re.compile(r"\+?\d[\d\s()-]{6,}\d|\b\S+@\S+\.\w+|\bwww\.|https?://", re.I),
    "name": re.compile(rf"(?<=[\w,;:)] )(?<!in )(?<!in de )(?<!in het )(?<!in the ){_CAPITAL}|\b[A-Z]{{2,}}\b"),
    "person": re.compile(rf"{_CAPITAL}(?: (?:van|de|der|den|ten|ter|’t|van de[rn]?|of|for))? {_CAPITAL}|\b[A-Z]{{2,}}\b"
                         rf"|\b(?:mr|dr|drs|ing|prof|dhr|mevr|mw|mrs|ms|[Mm]evrouw|[Mm]eneer|de heer)\.? {_CAPITAL}"),
    "place": re.compile(rf"\b(?:in|te|at|uit|from|near|bij|gemeente|stad|provincie|regio|city of|town of|municipality of) (?:de |het |the )?{_CAPITAL}"),
    "sector": re.compile(
        r"\b(?:bouw|(?:land|tuin|glastuin|akker|bos|woning|wegen)bouw|bouw(?:bedrij\w+|plaats\w*)|\w*teelt|industrie|\w{2,}(?:industrie|sector|branche)|horeca|visserij"
        r"|(?:binnen|scheep|lucht)vaart|slacht(?:erij|hui|bedrij)\w*|\w*schoonma\w+|\w*transport\w*|logistiek\w*|distributiecentr\w+|\w*bezorg(?:ers?|ing|dienst\w*)"
        r"|winkels?|\w*restaurants?|hotels?|\w*prostitutie|sekswerk\w*|thuiszorg|huishoud\w*|\w*salons?|\w*studio['’]?s|wasserij\w*|\w*wasstra\w+|kassen|sloop"
        r"|bakkerij\w*|kapperszaken|kappers?|mijnbouw|detailhandel|uitzend\w+|agriculture|farms?|farming|horticulture|construction|cleaning|hospitality|catering|retail"
        r"|shipping|fishing|fisher(?:y|ies)|logistics|food processing|manufacturing|mining|forestry|textiles?|entertainment|prostitution|sex work"
        r"|domestic (?:work\w*|service)|care homes?|nail bars?|car wash\w*|slaughter\w*|greenhouses?)\b"
        r"|\b\w+(?:ische?|aire?|al|ing) (?:sector|industry)\b", re.I),
    "reason": re.compile(
        r"\b(?:omdat|doordat|want|vanwege|wegens|aangezien|zodat|daarom|daardoor|hierdoor|waardoor|dankzij|(?<!\ben )door|immers"
        r"|samenhang\w*|hang(?:t|en|ing)\b.{0,60}\bsamen"
        r"|oorzaak|oorzaken|reden\w*|gevolg|teneinde|om .{1,80} te|in verband met|met het oog op|ten behoeve van|aanleiding"
        r"|because|since|due to|owing to|therefore|so that|in order to|as a result|reasons?|causes?|thus|leads? to"
        r"|belemmer\w*|zorg(?:t|en) .{0,80}(?:voor|tot)|leid(?:t|en) .{0,80}tot)\b", re.I),
    "frequency": re.compile(
        rf"\b(?:dagelijks|wekelijks|maandelijks|jaarlijks|tweejaarlijks|halfjaarlijks|driemaandelijks|daily|weekly|monthly|annual(?:ly)?"
        rf"|yearly|elke?|ieder|iedere|every|each|per {_TIME_UNIT}|{_COUNTED} (?:keer|maal|times)"
        rf"|(?:om de|every|elke|iedere) (?:other |{_COUNTED} )?{_TIME_UNIT}|(?:een|twee|drie|vier|meer|vele|talloze)ma(?:al|als)|vaak|vaker|regelmatig|steeds"
        r"|once|twice|often|repeatedly|regularly)\b", re.I),
    "most": re.compile(r"\b(?:meeste?|vaakst\w*|vooral|met name|hoofdzakelijk|voornamelijk|overwegend|merendeel|meerderheid|belangrijkste|\w{4,}ste"
                       r"|most|mostly|mainly|chiefly|primarily|particularly|majority|largest|highest|commonest|biggest|main)\b", re.I),
    "definition": re.compile(
        r"\b(?:verstaan|verstaat|bedoeld met|bedoeld wordt|wordt .{0,40}\bbedoeld|betekent|betekenis|betekenen|definitie|definieert|gedefinieerd|houdt in"
        r"|houden in|omschreven als|aangeduid als|aangemerkt als|beschouwd als|verzamelnaam|de term|het begrip|begrippen|means?|meant|definition"
        r"|defined?|refers? to|known as|the term|considered (?:as|to be)|regarded as)\b"
        r"|^\W{0,3}\w[\w’'-]{0,60}(?: \w[\w’'-]{0,60}){0,3}[”’\"')*]{0,3}: "
        r"|^\W{0,3}(?:\w[\w’'-]{0,60} ){1,7}(?:is|zijn|are) (?:een|de|het|elke?|iedere|alle|an?|the|any|all)\b"
        r"|\([\w -]+\)|\bde \w+ waar(?:mee|in|bij|op)\b", re.I),
}
_DIGITS = re.compile(rf"(?<![\w/.-])\d[\d.,]*(?![\w/-])|\b(?!een\b|one\b)(?:{_NUMBER_WORDS})\b", re.I)
_IDENTIFIERS = re.compile(
    r"\b(?:artikel|artikelen|art\.?|lid|onder|paragraaf|par\.?|hoofdstuk|bijlage|nr\.?|nummer|richtlijn|model|article|section"
    r"|paragraph|chapter|annex)\s+[\w.:/]*\d[\w.:/]*(?:\s+(?:en|tot en met|and|to)\s+\d[\w.:]*)?|\b[A-Z]+\d[\w/]*|^\s*\d+(?:\.\d+)*\s", re.I)
_NO_COUNTS = re.compile(f"{_IDENTIFIERS.pattern}|{_HOLDS['date'].pattern}", re.I)

# What asks for the meaning of a word.
DEFINITION = (
    r"\b(?:definitie|definition|define|gedefinieerd|defined)\b"
    r"|\bwat (?:(?:betekent|betekenen) (?!(?:dat|dit|het) )|houdt .{1,60}\bin\W*$|is de betekenis|(?:wordt|worden) .{0,60}\b(?:verstaan|bedoeld)"
    r"|(?:bedoelt|bedoelen|verstaat|verstaan) .{1,60}\b(?:met|onder)|valt (?!.*\bte\b).{0,60}\bonder\b|telt .{0,40}\bals\b)"
    r"|\b(?:wat|what) (?:do(?:es)? (?!(?:that|this|it) ).{1,60} mean|(?:is|are) meant|(?:is|are) understood|is the meaning|falls? under|qualif(?:y|ies) as)\b"
    r"|\bcounts? as\b"
    r"|^\W{0,3}wat (?:is|zijn) (?:een|het zogenaamde|de zogenaamde) [\w’‘'\"-]{1,60}(?: [\w’'\"-]{1,60})?[?!. ]*$"
    r"|^\W{0,3}what (?:is|are) (?:an?|(?:the )?so-called) [\w’‘'\"-]{1,60}(?: [\w’'\"-]{1,60})?(?: (?:in|under) .{1,60})?[?!. ]*$")

_SUM = (r"[\w-]{0,40}(?:budget|bedrag|boete|vergoeding|toelage|subsidie|kosten|prijs|tarief|leges|salaris|loon|inkomen|uitkering|leefgeld|bijdrage|huur|premie"
        r"|amount|costs?|fine|fee|price|salary|wages?|income|allowance|benefit|grant|rent|pay)")
# What the words of a question ask for; the first that fits.
_ASKS: tuple[tuple[re.Pattern[str], AnswerType], ...] = (
    (re.compile(r"^(?:en |and )?(?:waarom|waardoor|hoezo|hoe komt het|why|how come|what (?:causes?|caused|explains))\b", re.I), "reason"),
    (re.compile(r"\b(?:telefoonnummer|nummer bellen|e-?mail\w*|mailadres|adres|website|phone|telephone|address"
                r"|(?:welke|which|what) (?:\w+ ){0,2}(?:hotline|helpline|hulplijn|meldlijn))\b", re.I), "contact"),
    (re.compile(r"\bhoe (?:vaak|dikwijls)\b|\bhoeveel (?:keer|maal)\b|\bhow (?:often|frequently|many times)\b", re.I), "frequency"),
    (re.compile(r"\bhoe ?(?:lang|lange)\b|\bhow long\b|\bwat is de (?:\w+ )?(?:termijn|duur|bewaartermijn)\b|\bwelke termijn\b"
                r"|\b(?:minimum|maximum) (?:length|duration|sentence)\b|\bstrafmaximum\b|\bbinnen (?:hoeveel|welke)\b"
                r"|\bhoe (?:snel|spoedig|gauw) (?:na|moet|moeten|kan|kunnen|wordt|worden|dient|dienen|mag|mogen|beslist)\b"
                r"|\bhow (?:soon|quickly|many (?:days|weeks|months|years))\b|\bhoeveel (?:dagen|weken|maanden|jaar|uur)\b", re.I), "period"),
    (re.compile(rf"\b(?:hoeveel (?:geld|euro|{_SUM}|kost\w*|verdien\w*|betaal\w*|betalen|krijg\w* .*betaald)|(?:wat|what) (?:kost\w*|verdien\w*"
                r"|(?:does|do|did|dose) .{1,60} (?:cost|earn|charge))"
                rf"|hoe duur|how expensive|welke? (?![\w-]*kosten\b){_SUM}"
                r"|(?:wat|hoe hoog|what|how (?:high|large|big)) (?:is|zijn|was|waren|are|were|bedraagt|bedroeg) (?:het|de|een|the|an?)?"
                rf"(?: [\w-]+){{0,2}} ?{_SUM}\b|how much|costs? per|which (?!costs\b)(?:amount|{_SUM}))", re.I), "money"),
    (re.compile(r"\b(?:welk|wat is het) (?:percentage|aandeel|deel)\b|\bhoeveel procent\b|\bwhat (?:percentage|share|proportion)\b", re.I), "share"),
    (re.compile(rf"\bhoeveel\b(?! {_UNCOUNTED})|\bhow many\b|\bhet aantal\b|\bthe number of\b|\bwelk aantal\b|^aantal\b|^number of\b", re.I), "number"),
    (re.compile(r"\b(?:welke|which|what) (?!private|public)(?:[\w-]+ )?(?:sector(?:en|s)?|branches"
                r"|bedrijfstak\w*|industr(?:y|ies)|lines? of work)\b(?! of)", re.I), "sector"),
    (re.compile(r"^(?:en )?sinds wanneer\b|\bin welk jaar\b|\bop welke (?:datum|dag)\b|\bwelke datum\b"
                r"|\b(?:since when|in which year|what year|what date|on which date)\b", re.I), "date"),
    (re.compile(r"^(?:en )?(?:wie (?:is|was|zijn|waren) (?:momenteel |nu |op dit moment )?(?:de|het|onze)"
                r"|who (?:is|was|are|were) (?:currently |now )?the)\b", re.I), "person"),
    (re.compile(r"\b(?:waar (?:is|was|zijn|ligt|liggen|zit|zitten|staan?) .*\b(?:gevestigd|gelegen|gehuisvest|te vinden)|waar (?:ligt|liggen|zetelt)"
                r"(?!.*\b(?:nadruk|accent|focus|prioriteit\w*|zwaartepunt|verantwoordelijkheid|oorza\w+|proble\w+|knelpunt\w*|bewijslast|regie)\b)"
                r"|where (?:is|are|was|were) .*\b(?:located|based|situated|housed|found)"
                rf"|welke (?:\w+e |\w+- en |{_COUNTED} )?(?:gemeenten?|stad|steden|plaatsen?|provincies?|\w{{0,20}}landen|land)"
                rf"|(?:which|what) (?:other |\w+ and \w+ |source |transit |foreign |(?-i:[A-Z])\w+ |{_COUNTED} )?(?:municipalit(?:y|ies)"
                r"|city|cities|towns?|provinces?|countr(?:y|ies)))\b", re.I), "place"),
    (re.compile(r"^(?:en )?hoe hee?te?n?\b|\b(?:wat is de naam|wat zijn de namen|what(?: is|'s) (?:the|its|his|her|their) name|what are the names"
                r"|(?:geef|geven|give|noem|noemen|list|lijst)\b.{0,40}\b(?:de namen van|the names of)|de namen van .{1,60} (?:geven|noemen))\b", re.I),
     "name"),
    (re.compile(r"\b(?:het meest\w*|de meeste|het vaakst|vaakst|het minst|most|least)\b", re.I), "most"),
    (re.compile(DEFINITION, re.I), "definition"),
    (re.compile(r"\b(?:waarom|waardoor|hoe komt het|wat is de (?:reden|oorzaak)|why|what causes?|for what reason|how come)\b", re.I), "reason"),
)


ASKS_WHO = re.compile(  # "Wie bepaalt hoe lang ...?" asks for no period
    r"^(?:en |and )?(?:(?:door|by) )?(?:wie|whom?) (?:\w+ )?(?:bepa\w+|beslis\w+|beslui\w+|stelt|stellen|weet|weten|controle\w+|toets\w+"
    r"|decides?|determines?|sets?|fix(?:es)?|checks?)\b"
    r".*\b(?:hoeveel|hoe (?:lang|vaak|hoog|groot|snel|oud)|how (?:many|much|long|often|high|large|old|fast|soon)"
    r"|wanneer|when|where|welke?|which|whether)\b", re.I)


@lru_cache(maxsize=1_000)
def asked_for(question: str) -> AnswerType | None:
    """Return the kind of thing that a question asks for, or None where any sentence may answer."""
    return None if ASKS_WHO.match(question) else next((kind for pattern, kind in _ASKS if pattern.search(question)), None)


MEASURED = frozenset({"number", "period", "date", "money", "share", "contact", "frequency", "name", "place", "sector"})


def holds(sentence: str, kind: AnswerType | None, *, question: str = "") -> bool:
    """Say whether a sentence holds something of a kind; a year or an article number is not a count, a name of the question no answer."""
    if kind is None:
        return True
    if kind == "number":
        return bool(counts(sentence))
    if kind in ("name", "person", "place"):
        return any(_is_new(name, question.casefold()) for name in _HOLDS[kind].findall(sentence)) or (kind == "place" and _other_territory(sentence, question))
    return bool(_HOLDS[kind].search(sentence))


def _is_new(name: str, said: str) -> bool:
    """Say whether a name holds a word that tells something and that the question (in lower case) does not say itself."""
    return any(word.casefold() not in said and is_content(word, "nl") and is_content(word, "en") for word in re.findall(r"[\w’'-]+", name)
               if word[:1].isupper())


def _other_territory(sentence: str, question: str) -> bool:
    """Say whether a sentence names a country or people that the question does not name."""
    asked = {territory_stem(word) for word in tokens(question)}
    return any(stem and stem not in asked for stem in map(territory_stem, tokens(sentence)))


def counts(sentence: str) -> list[int]:
    """Return which words of a sentence, split at white space, hold a count."""
    bare = _NO_COUNTS.sub(lambda found: re.sub(r"\S", "_", found[0]), sentence)
    return [place for place, word in enumerate(bare.split()) if _DIGITS.search(word)]
