"""The sentences that an answer is made of, in Dutch and English: counts and places, never content."""

from collections.abc import Sequence

from assistant.answers import Language, Status


def summary(language: Language, *, quotations: int, documents: int, signals: bool) -> str:
    """Say how many signals or sentences in how many documents speak to the question."""
    if language == "nl":
        unit = ("signaal", "signalen") if signals else ("passage", "passages")
        verb = "gaat" if quotations == 1 else "gaan"
        files = "1 document" if documents == 1 else f"{documents} documenten"
        return f"{quotations} {unit[quotations != 1]} in {files} {verb} hierover."
    unit = ("signal", "signals") if signals else ("passage", "passages")
    verb = "speaks" if quotations == 1 else "speak"
    files = "1 document" if documents == 1 else f"{documents} documents"
    return f"{quotations} {unit[quotations != 1]} in {files} {verb} to this."


def abstention(language: Language, status: Status, *, about: Sequence[str], others: int = 0, reason: str = "") -> str:
    """Say which kind of "no" this is, and what the sources are about. `about` holds titles or section names, `others` counts those not named."""
    subjects = "; ".join(about)
    end = "" if subjects.endswith("…") and not others else "."
    if language == "nl":
        said = {"related": "De bronnen raken aan dit onderwerp, maar geven geen antwoord op deze vraag.",
                "not_found": "De bronnen zeggen hier niets over.",
                "out_of_scope": "Dit is geen vraag aan de bronnen. Bronvast citeert alleen wat in de bronnen staat."}[status]
        said = _ABOUT_NL if reason == "about_sources" else said
        more = f" en {others} andere" if others else ""
        return f"{said}{_REASONS_NL.get(reason, '')}" + (f" De bronnen gaan over: {subjects}{more}{end}" if subjects else "")
    said = {"related": "The sources touch on this subject but do not answer this question.",
            "not_found": "The sources say nothing about this.",
            "out_of_scope": "This is not a question to the sources. Bronvast only quotes what the sources say."}[status]
    said = _ABOUT_EN if reason == "about_sources" else said
    more = f" and {others} more" if others else ""
    return f"{said}{_REASONS_EN.get(reason, '')}" + (f" The sources are about: {subjects}{more}{end}" if subjects else "")


_ABOUT_NL = "Bronvast vat de bronnen niet samen, maar citeert er zinnen uit: stel een vraag over een onderwerp."
_ABOUT_EN = "Bronvast does not sum up the sources but quotes their sentences: ask about a subject."
_REASONS_NL = {
    "premise": " Let op: wat de vraag veronderstelt, staat er niet zo; lees de passage die het dichtst in de buurt komt.",
    "filter": " Buiten de gekozen filters is niet gezocht.",
    "empty": " Er zijn geen bronnen die u mag zien."}
_REASONS_EN = {
    "premise": " Note: what the question assumes is not what the sources say; read the nearest passage.",
    "filter": " Nothing was searched outside the chosen filters.",
    "empty": " There are no sources that you may see."}
