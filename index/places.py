"""Countries and their peoples as one stem, in Dutch and English: Oekraïne, Oekraïense, Oekraïners, Ukrainian -> `@ua`.

The names are CLDR's (package babel); the adjectives and peoples follow from them by the endings of each language, and a
short table has those that do not (Dutch, French, Greek ...).
"""

import re
import unicodedata
from functools import lru_cache

_ENDINGS = re.compile(
    r"(?:e?n?s(?:e|en)?|(?:n|an|ian|i)?(?:er|ers)|ers?|se|aans?e?|an(?:en)?|ian?s?|ians?|ese|eze?n?|ees|iers?|ier|isch?e?|ish|is?|ns?|i|"
    r"es|ean|eans|eens?e?|aan|anen|en|s|e|)$")
_IRREGULAR = {
    "nederlander": "NL", "nederlanders": "NL", "nederlandse": "NL", "nederlands": "NL", "dutch": "NL", "holland": "NL", "brits": "GB",
    "britse": "GB", "britten": "GB", "british": "GB", "engeland": "GB", "england": "GB", "uk": "GB", "vk": "GB", "frans": "FR",
    "franse": "FR", "fransen": "FR", "french": "FR", "duits": "DE", "duitse": "DE", "duitsers": "DE", "german": "DE", "germans": "DE",
    "spaans": "ES", "spaanse": "ES", "spanjaarden": "ES", "spanish": "ES", "grieks": "GR", "griekse": "GR", "grieken": "GR",
    "greek": "GR", "greeks": "GR", "turks": "TR", "turkse": "TR", "turken": "TR", "turkish": "TR", "turkije": "TR", "turkey": "TR",
    "pools": "PL", "poolse": "PL", "polen": "PL", "polish": "PL", "poles": "PL", "deens": "DK", "deense": "DK", "danish": "DK",
    "zweeds": "SE", "zweedse": "SE", "swedish": "SE", "iers": "IE", "ierse": "IE", "irish": "IE", "russen": "RU", "russisch": "RU",
    "russische": "RU", "russian": "RU", "russians": "RU", "chinees": "CN", "chinese": "CN", "chinezen": "CN", "hongaars": "HU",
    "hongaarse": "HU", "hongaren": "HU", "hungarian": "HU", "hungarians": "HU", "bulgaars": "BG", "bulgaarse": "BG", "bulgaren": "BG",
    "roemeens": "RO", "roemeense": "RO", "roemenen": "RO", "romanian": "RO", "romanians": "RO", "tsjechisch": "CZ",
    "tsjechische": "CZ", "czech": "CZ", "slowaaks": "SK", "slowaakse": "SK", "slovak": "SK", "kroatisch": "HR", "kroatische": "HR",
    "croatian": "HR", "servisch": "RS", "servische": "RS", "serbian": "RS", "albanees": "AL", "albanese": "AL", "albanezen": "AL",
    "afghaans": "AF", "afghaanse": "AF", "afghanen": "AF", "afghan": "AF", "afghans": "AF", "iraaks": "IQ", "iraakse": "IQ",
    "irakezen": "IQ", "marokkaans": "MA", "marokkaanse": "MA", "marokkanen": "MA", "moroccan": "MA", "moroccans": "MA",
    "thais": "TH", "thaise": "TH", "thai": "TH", "filipijns": "PH", "filipijnse": "PH", "filipino": "PH", "filipinos": "PH",
    "filipina": "PH", "philippine": "PH", "nigeriaans": "NG", "nigeriaanse": "NG", "nigerianen": "NG", "surinaams": "SR",
    "surinaamse": "SR", "surinamers": "SR", "surinamese": "SR", "braziliaans": "BR", "braziliaanse": "BR", "brazilianen": "BR",
    "colombiaans": "CO", "colombiaanse": "CO", "venezolaans": "VE", "venezolaanse": "VE", "venezolanen": "VE", "moldavisch": "MD",
    "moldavische": "MD", "moldavie": "MD", "moldova": "MD", "moldovan": "MD", "italiaans": "IT", "italiaanse": "IT", "italianen": "IT",
    "somalisch": "SO", "somalische": "SO", "somaliers": "SO", "somali": "SO", "ethiopisch": "ET", "ethiopische": "ET",
    "eritrees": "ER", "eritrese": "ER", "syrisch": "SY", "syrische": "SY", "syriers": "SY", "syrian": "SY", "syrians": "SY",
    "belgisch": "BE", "belgische": "BE", "belgen": "BE", "belgian": "BE", "belgians": "BE", "amerikaans": "US", "amerikaanse": "US",
    "american": "US", "usa": "US", "vs": "US", "pakistaans": "PK", "pakistaanse": "PK", "indiaas": "IN", "indiase": "IN",
    "indiers": "IN", "indian": "IN", "indians": "IN", "tunesisch": "TN", "tunesische": "TN", "tunisian": "TN", "algerijns": "DZ",
    "algerijnse": "DZ", "algerian": "DZ", "egyptisch": "EG", "egyptische": "EG", "egyptian": "EG", "ghanees": "GH", "ghanese": "GH",
    "ghanezen": "GH", "ghanaian": "GH", "oegandees": "UG", "oegandese": "UG", "kosovaars": "XK", "kosovaarse": "XK",
    "litouws": "LT", "litouwse": "LT", "litouwers": "LT", "letse": "LV", "ests": "EE", "estse": "EE",
    "esten": "EE", "oezbeeks": "UZ", "oezbeekse": "UZ", "oezbeken": "UZ", "uzbek": "UZ", "uzbeks": "UZ", "kazachs": "KZ",
    "kazachse": "KZ", "kazachen": "KZ", "kazakh": "KZ", "kazakhs": "KZ", "kirgizisch": "KG", "kirgizische": "KG",
    "kirgiezen": "KG", "kyrgyz": "KG", "tadzjieks": "TJ", "tadzjiekse": "TJ", "tadzjieken": "TJ", "tajik": "TJ", "tajiks": "TJ",
    "armeens": "AM", "armeense": "AM", "armeniers": "AM", "armenian": "AM", "azerbeidzjaans": "AZ", "azerbeidzjaanse": "AZ",
    "azerbeidzjanen": "AZ", "azerbaijani": "AZ", "macedonisch": "MK", "macedonische": "MK", "macedoniers": "MK", "macedonie": "MK",
    "macedonian": "MK", "montenegrijns": "ME", "montenegrijnse": "ME", "sloveens": "SI", "sloveense": "SI", "slovenen": "SI",
    "slovenian": "SI", "portugees": "PT", "portugese": "PT", "portugezen": "PT", "portuguese": "PT", "noors": "NO", "noorse": "NO",
    "noren": "NO", "norwegian": "NO", "fins": "FI", "finse": "FI", "finnen": "FI", "finnish": "FI", "zwitsers": "CH",
    "zwitserse": "CH", "swiss": "CH", "bengaals": "BD", "bengaalse": "BD", "bengalen": "BD", "bengali": "BD", "mongools": "MN",
    "mongoolse": "MN", "mongolen": "MN", "laotiaans": "LA", "laotiaanse": "LA", "koreaans": "KR", "koreaanse": "KR",
    "koreanen": "KR", "korean": "KR", "koreans": "KR", "iraans": "IR", "iraanse": "IR", "iraniers": "IR", "iranian": "IR",
    "iranians": "IR", "jemenitisch": "YE", "jemenitische": "YE", "jemenieten": "YE", "libanees": "LB", "libanese": "LB",
    "libanezen": "LB", "lebanese": "LB", "jordaans": "JO", "jordaanse": "JO", "saoedisch": "SA", "saoedische": "SA", "saudi": "SA",
    "congolees": "CD", "congolese": "CD", "congolezen": "CD", "ivoriaans": "CI", "ivoriaanse": "CI", "keniaans": "KE",
    "keniaanse": "KE", "kenianen": "KE", "libisch": "LY", "libische": "LY", "libiers": "LY", "malinees": "ML", "malinese": "ML",
    "peruaans": "PE", "peruaanse": "PE", "peruanen": "PE", "cubaans": "CU", "cubaanse": "CU", "cubanen": "CU", "argentijns": "AR",
    "argentijnse": "AR", "argentijnen": "AR", "cyprisch": "CY", "cyprische": "CY", "maltees": "MT", "maltese": "MT",
    "tsjetsjeens": "RU", "tsjetsjeense": "RU", "chechen": "RU",
    "georgisch": "GE", "georgische": "GE", "georgiers": "GE", "lets": "", "let": "", "niger": "", "oman": "OM", "mali": "ML",
    "witrusland": "BY", "witrussisch": "BY", "witrussische": "BY", "witrussen": "BY", "bosnie": "BA", "bosnisch": "BA", "bosnische": "BA",
    "bosniers": "BA", "bosnia": "BA", "bosnian": "BA", "bosnians": "BA",
    "turkmenen": "TM", "caribisch": "@caribbean", "caribische": "@caribbean", "caribbean": "@caribbean", "cariben": "@caribbean",
    "antillen": "@caribbean", "antilliaans": "@caribbean", "antilliaanse": "@caribbean", "antilles": "@caribbean",
    "europa": "@europe", "europe": "@europe", "europees": "@europe", "europese": "@europe", "european": "@europe",
    "afrika": "@africa", "africa": "@africa", "afrikaans": "@africa", "afrikaanse": "@africa", "african": "@africa",
    "azie": "@asia", "asia": "@asia", "aziatisch": "@asia", "aziatische": "@asia", "asian": "@asia"}
_SHORTEST_ROOT = 4


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character)).replace("-", "")


@lru_cache(maxsize=50_000)
def territory_stem(word: str) -> str:
    """Return `@` and the country's code for the name of a country or people, else the empty string."""
    plain = _plain(word)
    if plain in _IRREGULAR:
        code = _IRREGULAR[plain]
        return code if code.startswith("@") or not code else f"@{code.casefold()}"
    if len(plain) < _SHORTEST_ROOT + 1 or not plain.isalpha():
        return ""
    names, roots = _names()
    if plain in names:
        return f"@{names[plain]}"
    for length in range(len(plain), _SHORTEST_ROOT, -1):
        if plain[:length] in roots and _ENDINGS.fullmatch(plain[length:]):
            return f"@{roots[plain[:length]]}"
    return ""


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of countries, and their roots (the name less its last vowels), each with the country's code."""
    from babel import Locale

    names: dict[str, str] = {}
    for language in ("nl", "en"):
        for code, name in Locale(language).territories.items():
            plain = _plain(str(name))
            if len(code) == 2 and code.isalpha() and plain.isalpha() and plain != "wereld":
                names[plain] = code.casefold()
    roots: dict[str, str] = {}
    for name, code in names.items():
        for ending in ("", "ie", "ia", "ije", "a", "e", "o", "y", "ine", "ne", "land"):
            root = name.removesuffix(ending)
            if name.endswith(ending) and len(root) > _SHORTEST_ROOT:
                roots.setdefault(root, code)
    return names, roots
