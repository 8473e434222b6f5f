"""What page and terminal say around generated text, in the language of the answer."""

from collections.abc import Mapping, Sequence

from assistant.answers import Language
from assistant.generated import Notice

GENERATED: Mapping[Language, Mapping[str, str]] = {
    "nl": {"title": "Geschreven door een taalmodel ({model})",
           "explained": "Deze zinnen zijn geen citaten. Elke zin is nagekeken tegen de citaten waar de nummers naar wijzen; lees die voor wat er staat.",
           "gloss": "Vertaling door het taalmodel van citaat {n}, niet uit de bron", "rests": "rust op citaat {numbers}", "label": "Taalmodel",
           "suggestions": "Andere vragen, voorgesteld door een taalmodel ({model}) en niet gesteld",
           "pointed": "Het taalmodel ({model}) wijst citaat {numbers} aan om als eerste te lezen.",
           "pointed_near": "Het taalmodel ({model}) wijst van wat er het dichtst bij komt nummer {numbers} aan; een antwoord is het niet.",
           "dropped_one": "1 tekst van het taalmodel is weggelaten: die doorstond de controle niet ({reasons}).",
           "dropped_many": "{count} teksten van het taalmodel zijn weggelaten: ze doorstonden de controle niet ({reasons}).",
           "waiting": "Het taalmodel schrijft nog; het antwoord hierboven is volledig.",
           "waiting_card": "Het taalmodel schrijft nog; het antwoord zelf staat er al en is volledig."},
    "en": {"title": "Written by a language model ({model})",
           "explained": "These sentences are not quotations. Each was checked against the quotations that its numbers point to; read those for what is said.",
           "gloss": "Translation of quotation {n} by the language model, not from the source", "rests": "rests on quotation {numbers}",
           "label": "Language model",
           "suggestions": "Other questions, proposed by a language model ({model}) and not asked",
           "pointed": "The language model ({model}) points to quotation {numbers} as the one to read first.",
           "pointed_near": "The language model ({model}) points to number {numbers} of what comes closest; it is not an answer.",
           "dropped_one": "1 text of the language model was left out: it failed the checks ({reasons}).",
           "dropped_many": "{count} texts of the language model were left out: they failed the checks ({reasons}).",
           "waiting": "The language model is still writing; the answer above is complete.",
           "waiting_card": "The language model is still writing; the answer itself is there and complete."},
}

NOTICES: Mapping[Language, Mapping[Notice, str]] = {
    "nl": {"unreachable": "Het taalmodel is niet bereikbaar.", "timeout": "Het taalmodel was niet op tijd klaar.",
           "busy": "Het taalmodel heeft het te druk.", "refused": "De server van het taalmodel weigert de vraag; vraag de beheerder.",
           "server_error": "De server van het taalmodel geeft een fout.", "unreadable": "Wat het taalmodel schreef is niet te lezen.",
           "cut": "Het taalmodel schreef te veel en is afgebroken.", "nothing_left": "Niets van wat het taalmodel schreef doorstond de controle."},
    "en": {"unreachable": "The language model cannot be reached.", "timeout": "The language model was not ready in time.",
           "busy": "The language model is too busy.", "refused": "The language model's server refuses the request; ask the administrator.",
           "server_error": "The language model's server reports an error.", "unreadable": "What the language model wrote cannot be read.",
           "cut": "The language model wrote too much and was cut off.", "nothing_left": "Nothing that the language model wrote passed the checks."},
}
PLAIN: Mapping[Language, str] = {"nl": "Het antwoord zelf is zonder taalmodel gemaakt en volledig.",
                                 "en": "The answer itself was made without it and is complete."}

REASONS: Mapping[Language, Mapping[str, str]] = {
    "nl": {"shape": "geen hele zin", "no_id": "zonder citaat", "unknown_id": "onbekend citaat", "markup": "opmaak", "quotation_marks": "aanhalingstekens",
           "length": "lengte", "meta": "gaat niet over de inhoud", "language": "andere taal", "number": "getal", "name": "naam",
           "negation": "ontkenning", "hedge": "voorbehoud of plicht", "quantity": "hoeveel of hoe vaak", "cause": "oorzaak of volgorde",
           "combined": "zegt iets anders dan het citaat",
           "direction": "richting", "support": "staat niet in het citaat", "copy": "overgetypt citaat", "repeated": "dubbel", "surplus": "te veel"},
    "en": {"shape": "not a whole sentence", "no_id": "without quotation", "unknown_id": "unknown quotation", "markup": "markup",
           "quotation_marks": "quotation marks", "length": "length", "meta": "not about the content",
           "language": "other language", "number": "number", "name": "name", "negation": "negation",
           "hedge": "reservation or duty", "quantity": "how many or how often", "cause": "cause or order",
           "combined": "says something else than the quotation", "direction": "direction", "support": "not in the quotation",
           "copy": "typed-out quotation", "repeated": "repeated", "surplus": "too many"},
}


def pointed_line(language: Language, model: str, numbers: Sequence[int], *, answered: bool) -> str:
    """Say which quotations (or near misses) the model would read first; empty where it chose none."""
    if not numbers:
        return ""
    return GENERATED[language]["pointed" if answered else "pointed_near"].format(model=model, numbers=", ".join(map(str, numbers)))


def dropped_line(language: Language, dropped: Mapping[str, int]) -> str:
    """Say how many texts were left out and why; empty where none was."""
    count = sum(dropped.values())
    if not count:
        return ""
    reasons = ", ".join(f"{REASONS[language][reason]}{f' {times}×' if times > 1 else ''}" for reason, times in dropped.items())
    return GENERATED[language]["dropped_one" if count == 1 else "dropped_many"].format(count=count, reasons=reasons)


def notice_line(language: Language, notice: Notice) -> str:
    """Say why there is less generated text than there could be, and that the answer does not depend on it."""
    said = NOTICES[language].get(notice, "")
    return f"{said} {PLAIN[language]}" if said else ""
