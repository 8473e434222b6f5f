"""The words of the evaluation, on the bench and in the report of a run: in the language of who reads them, with the numbers as it writes them."""

from collections.abc import Mapping

from assistant.answers import Language

BENCH: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "tab": "Evaluatie", "set": "Vragenset", "add_set": "Vragenset toevoegen (JSONL, CSV of XLSX)", "run": "Start toets", "stop": "Stop",
        "runs": "Toetsronde",
        "language": "Taal", "kind": "Soort", "verdict": "Uitkomst", "all": "alle", "question": "Vraag", "judgement": "Uw oordeel", "note": "Toelichting",
        "judge": "Bewaar oordeel", "compare_with": "Vergelijk met", "compare": "Vergelijk", "feedback": "Reacties van lezers",
        "answered": "Reactie of eigen vraag",
        "required": "Vereiste citaten (geen: de bronnen hebben geen antwoord)", "make": "Maak hier een toetsvraag van", "answers": "Antwoorden",
        "compared": "Vergelijken", "progress": "{done} van {total} vragen", "done": "Klaar: {total} vragen getoetst.",
        "stopped": "Gestopt na {done} van {total} vragen; wat er is, is bewaard.", "added": "{name} is toegevoegd.",
        "added_as": "{given} is toegevoegd als {name}; andere sets blijven zoals ze zijn.", "made": "Toegevoegd aan {name}.",
        "kept": "Uw oordeel is bewaard.", "expected": "Verwacht", "given": "Gegeven", "near": "Net niet geciteerd", "none": "geen",
        "no_answer": "De bronnen hebben geen antwoord.", "judged_by": "Oordelen", "hidden": "Oordelen van anderen ziet u na het uwe.",
        "better": "beter", "worse": "slechter", "same": "{count} vragen gelijk", "measure": "Maat", "first": "Eerste", "second": "Tweede",
        "difference": "Verschil (95%-interval)", "no_change": "Geen verschil.", "kappa": "Cohens kappa {first} en {second}: {kappa} ({both} samen beoordeeld)",
        "no_pair": "Nog geen antwoorden die twee mensen hebben beoordeeld.", "differ": "Hierover verschillen de oordelen", "status": "Status",
        "right": "goed", "incomplete": "onvolledig",
        "wrong_quotation": "verkeerd citaat", "should_have_abstained": "had moeten zwijgen", "up": "duim omhoog", "down": "duim omlaag",
        "not_allowed": "Alleen evaluatoren die alle bronnen zien, kunnen toetsen.", "when": "Wanneer", "no_feedback": "Nog geen reacties.",
        "means": "Gemiddelden", "mean": "Gemiddelde", "questions": "Vragen",
        "settle": "Stel vast", "settled": "Vastgesteld",
        "open": "nog open", "faults_added": "{name} is niet toegevoegd: {faults} (regel: fout)",
        "faults_run": "{name} is niet getoetst: {faults} (regel: fout)", "fault": "1 fout", "faults": "{count} fouten",
        "unfinished": "{name} is niet tot het einde gekomen: kies een toetsronde met alle vragen, of toets de vragenset opnieuw.",
        "other_set": "{first} en {second} zijn toetsrondes van verschillende vragensets: kies twee van dezelfde vragen.",
        "left": "nog ongeveer {minutes} min", "unfit": "Citaten van de vragenset die in geen bron staan: {count}; u ziet ze bij hun vraag.",
        "yet": "Nog {count} verschillen ziet u nadat u die antwoorden zelf hebt beoordeeld.",
    },
    "en": {
        "tab": "Evaluation", "set": "Question set", "add_set": "Add a question set (JSONL, CSV or XLSX)", "run": "Run", "stop": "Stop", "runs": "Run shown",
        "language": "Language", "kind": "Kind", "verdict": "Outcome", "all": "all", "question": "Question", "judgement": "Your judgement", "note": "Note",
        "judge": "Keep judgement", "compare_with": "Compare with", "compare": "Compare", "feedback": "Feedback of readers",
        "answered": "Feedback or question of your own",
        "required": "Required quotations (none: the sources have no answer)", "make": "Make a question of this", "answers": "Answers",
        "compared": "Comparison", "progress": "{done} of {total} questions", "done": "Done: {total} questions scored.",
        "stopped": "Stopped after {done} of {total} questions; what there is, is kept.", "added": "{name} was added.",
        "added_as": "{given} was added as {name}; other sets stay as they are.", "made": "Added to {name}.",
        "kept": "Your judgement is kept.", "expected": "Expected", "given": "Given", "near": "Near misses", "none": "none",
        "no_answer": "The sources have no answer.", "judged_by": "Judgements", "hidden": "You see the judgements of others after your own.",
        "better": "better", "worse": "worse", "same": "{count} questions the same", "measure": "Measure", "first": "First", "second": "Second",
        "difference": "Difference (95% interval)", "no_change": "No difference.",
        "kappa": "Cohen's kappa of {first} and {second}: {kappa} ({both} judged by both)",
        "no_pair": "No answers yet that two people judged.", "differ": "Where the judgements differ", "status": "Status",
        "right": "right", "incomplete": "incomplete",
        "wrong_quotation": "wrong quotation", "should_have_abstained": "should have abstained", "up": "thumb up", "down": "thumb down",
        "not_allowed": "Only evaluators who see every source can use the bench.", "when": "When", "no_feedback": "No feedback yet.",
        "means": "Means", "mean": "Mean", "questions": "Questions",
        "settle": "Settle", "settled": "Settled",
        "open": "open", "faults_added": "{name} was not added: {faults} (line: fault)",
        "faults_run": "{name} was not run: {faults} (line: fault)", "fault": "1 fault", "faults": "{count} faults",
        "unfinished": "{name} did not come to its end: choose a run of all its questions, or run the question set again.",
        "other_set": "{first} and {second} are runs of different question sets: choose two of the same questions.",
        "left": "about {minutes} min left", "unfit": "Quotations of the set that are in no source: {count}; each shows with its question.",
        "yet": "{count} more differences show after you have judged those answers yourself.",
    },
}

MEANINGS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "recall": "deel van de vereiste citaten dat gegeven is", "precision": "deel van de gegeven citaten dat klopt", "f1": "beide in één getal",
        "exact_recall": "hetzelfde, waar alleen precies dezelfde zinnen tellen",
        "exact_precision": "hetzelfde, waar alleen precies dezelfde zinnen tellen", "exact_f1": "hetzelfde, waar alleen precies dezelfde zinnen tellen",
        "char_recall": "hetzelfde, per letter geteld", "char_precision": "hetzelfde, per letter geteld", "char_f1": "hetzelfde, per letter geteld",
        "hit@1": "het eerste citaat klopt", "hit@3": "een goed citaat staat bij de eerste drie", "nDCG@10": "zoeken: staat het goede bovenaan?",
        "RR@10": "zoeken: 1 gedeeld door de plaats van het eerste goede", "R@10": "zoeken: deel dat bij de eerste tien staat",
        "R@50": "zoeken: deel dat bij de eerste vijftig staat", "false_answers": "beantwoord hoewel de bronnen het niet zeggen (lager is beter)",
        "false_refusals": "niet beantwoord hoewel de bronnen het zeggen (lager is beter)", "answered": "deel van alle vragen dat beantwoord is",
        "failed": "vragen waarop een storing volgde (lager is beter)", "verbatim": "citaten die letter voor letter in de bron staan",
        "placed": "citaten met het goede document, hoofdstuk en bladzijde",
        "guard_violations": "citaten zonder hun ontkenning of voorbehoud (lager is beter)",
        "risk_area": "fouten bij de vragen waarover het systeem het zekerst is (lager is beter)",
        "calibration_error": "hoe ver kansen afwijken van hoe vaak ze uitkomen (lager is beter)",
        "language_gap": "f1 in het Engels min die in het Nederlands, op dezelfde vragen",
        "unfit_quotations": "vereiste citaten die in geen bron meer staan", "generated_shown": "teksten van het taalmodel die door de controles kwamen",
        "generated_dropped": "teksten van het taalmodel die de controles niet haalden",
        "generated_notices": "antwoorden waarbij het taalmodel niets kon laten zien", "time_p50_ms": "tijd van een antwoord: de helft is sneller (ms)",
        "time_p95_ms": "tijd van een antwoord: 95 van 100 zijn sneller (ms)"},
    "en": {
        "recall": "share of the required quotations that were given", "precision": "share of the quotations given that are right",
        "f1": "both in one figure", "exact_recall": "the same, where only exactly these sentences count",
        "exact_precision": "the same, where only exactly these sentences count", "exact_f1": "the same, where only exactly these sentences count",
        "char_recall": "the same, counted by letter", "char_precision": "the same, counted by letter", "char_f1": "the same, counted by letter",
        "hit@1": "the first quotation is right", "hit@3": "a right one is among the first three", "nDCG@10": "retrieval: is what is right on top?",
        "RR@10": "retrieval: 1 by the place of the first right one", "R@10": "retrieval: share among the first ten",
        "R@50": "retrieval: share among the first fifty", "false_answers": "answered although the sources do not say it (lower is better)",
        "false_refusals": "not answered although the sources say it (lower is better)", "answered": "share of all questions that were answered",
        "failed": "questions that ended in a failure (lower is better)", "verbatim": "quotations that are the source, letter for letter",
        "placed": "quotations with the right document, section and page", "guard_violations": "quotations that lost what qualifies them (lower is better)",
        "risk_area": "errors among the questions of which the system is surest (lower is better)",
        "calibration_error": "how far probabilities are from how often they are right (lower is better)",
        "language_gap": "f1 in English less that in Dutch, on the same questions", "unfit_quotations": "required quotations that no source has any more",
        "generated_shown": "texts of the language model that passed its checks", "generated_dropped": "texts of the language model that failed the checks",
        "generated_notices": "answers beside which the language model had nothing to show", "time_p50_ms": "time of an answer: half are faster (ms)",
        "time_p95_ms": "time of an answer: 95 of 100 are faster (ms)"}}

REPORT: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Toets van {name}",
        "about": "{questions} vragen, {when}. De bronnen beantwoorden er {answerable}; op de andere {other} hoort geen antwoord te komen.",
        "stopped": "Deze toets is voor het einde gestopt: {done} van {total} vragen.", "in_short": "In het kort", "of": "van",
        "between": "waarschijnlijk tussen {low}% en {high}%", "card_right": "goed en volledig beantwoord", "card_false": "ten onrechte beantwoord",
        "card_refused": "ten onrechte niet beantwoord", "card_verbatim": "citaten letterlijk uit de bron",
        "few": "Over zo weinig vragen zegt een percentage weinig: kijk naar de vragen zelf.", "outcomes": "Uitkomsten", "kinds": "Per soort vraag en taal",
        "kind": "soort", "questions": "vragen", "curves": "Hoe goed weet het systeem wat het weet?", "risk": "Zekerheid en fouten",
        "risk_about": "Van links naar rechts: eerst de vragen waarvan het systeem het zekerst is. Zo laag mogelijk is goed.",
        "risk_x": "deel van de vragen, het zekerste eerst", "risk_y": "deel fout", "reliability": "Kans en werkelijkheid",
        "reliability_about": "Punten op de streep: een kans van 80% komt 80 van de 100 keer uit. Eronder: het systeem is te zeker.",
        "reliability_x": "kans die het systeem gaf", "reliability_y": "deel dat klopte", "misses": "Wat niet goed ging ({count})",
        "rights": "Wat goed ging ({count})", "no_misses": "Geen enkele vraag.", "left_out": "Nog {count} vragen staan in het bestand van de toets.",
        "all_measures": "Alle maten", "measure": "maat", "meaning": "betekenis", "all": "alle", "what_was_run": "Wat er getoetst is",
        "settings": "Alle instellingen", "expected": "Verwacht", "given": "Gegeven", "near": "Net niet geciteerd", "none": "Geen.", "or": "of",
        "no_answer": "Geen antwoord: de bronnen zeggen dit niet.", "scores": "scores", "right": "goed", "incomplete": "onvolledig of te veel",
        "refused": "ten onrechte niet beantwoord", "false_answer": "ten onrechte beantwoord", "failed": "mislukt",
        "why_missing": "{found} van {all} vereiste citaten gegeven", "why_extra": "{share}% van wat gegeven is, hoort er niet bij",
        "why_refused": "de bronnen zeggen het, maar er kwam geen antwoord", "why_false_answer": "de bronnen zeggen dit niet, maar er kwam een antwoord",
        "why_verbatim": "een citaat staat niet letterlijk in de bron", "why_unfit": "een vereist citaat staat in geen bron", "set": "Vragenset",
        "index": "Bronnen (index)", "settings_hash": "Instellingen", "model": "Zoekmodel", "language_model": "Taalmodel", "versions": "Versies",
        "nothing": "geen", "score": "kans", "after": "na", "nl": "Nederlands", "en": "Engels"},
    "en": {
        "title": "Evaluation of {name}",
        "about": "{questions} questions, {when}. The sources answer {answerable}; the other {other} should get no answer.",
        "stopped": "This run was stopped before its end: {done} of {total} questions.", "in_short": "In short", "of": "of",
        "between": "likely between {low}% and {high}%", "card_right": "answered right and in full", "card_false": "answered wrongly",
        "card_refused": "refused wrongly", "card_verbatim": "quotations verbatim from the source",
        "few": "Of so few questions a percentage says little: look at the questions themselves.", "outcomes": "Outcomes",
        "kinds": "By kind of question and language", "kind": "kind", "questions": "questions", "curves": "Does the system know what it knows?",
        "risk": "Confidence and errors",
        "risk_about": "From left to right: first the questions of which the system is surest. As low as possible is good.",
        "risk_x": "share of the questions, the surest first", "risk_y": "share wrong", "reliability": "Probability and fact",
        "reliability_about": "Points on the line: a probability of 80% comes true 80 times in 100. Below it: the system is too sure.",
        "reliability_x": "probability that the system gave", "reliability_y": "share that was right", "misses": "What went wrong ({count})",
        "rights": "What went right ({count})", "no_misses": "Not one question.", "left_out": "{count} more questions stand in the file of the run.",
        "all_measures": "All measures", "measure": "measure", "meaning": "meaning", "all": "all", "what_was_run": "What was run",
        "settings": "All settings", "expected": "Expected", "given": "Given", "near": "Near misses", "none": "None.", "or": "or",
        "no_answer": "No answer: the sources do not say this.", "scores": "scores", "right": "right", "incomplete": "incomplete or too much",
        "refused": "wrongly refused", "false_answer": "wrongly answered", "failed": "failed", "why_missing": "{found} of {all} required quotations given",
        "why_extra": "{share}% of what was given does not belong there", "why_refused": "the sources say it, but there was no answer",
        "why_false_answer": "the sources do not say this, but there was an answer", "why_verbatim": "a quotation is not verbatim",
        "why_unfit": "a required quotation is in no source", "set": "Question set", "index": "Sources (index)", "settings_hash": "Settings",
        "model": "Retrieval model", "language_model": "Language model", "versions": "Versions", "nothing": "none", "score": "probability",
        "after": "after", "nl": "Dutch", "en": "English"}}

# How people call what papers and the files of a run call `recall`; a measure that is not named here goes by its name in papers.
_MEASURES: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "recall": "volledigheid", "precision": "zuiverheid", "f1": "volledigheid en zuiverheid (F1)",
        "exact_recall": "volledigheid, hele zinnen", "exact_precision": "zuiverheid, hele zinnen", "exact_f1": "beide, hele zinnen (F1)",
        "char_recall": "volledigheid per letter", "char_precision": "zuiverheid per letter", "char_f1": "beide per letter (F1)",
        "hit@1": "eerste citaat goed", "hit@3": "goed citaat bij de eerste drie", "nDCG@10": "volgorde van de eerste tien (nDCG)",
        "RR@10": "plaats van het eerste goede (RR)", "R@10": "gevonden bij de eerste tien", "R@50": "gevonden bij de eerste vijftig",
        "false_answers": "ten onrechte beantwoord", "false_refusals": "ten onrechte niet beantwoord", "answered": "beantwoord", "failed": "mislukt",
        "verbatim": "letterlijk", "placed": "juiste vindplaats", "guard_violations": "zonder ontkenning of voorbehoud",
        "risk_area": "fouten bij de zekerste", "calibration_error": "afwijking van de kansen", "language_gap": "Engels min Nederlands",
        "unfit_quotations": "vereist, in geen bron", "generated_shown": "taalmodel: getoond", "generated_dropped": "taalmodel: weggelaten",
        "generated_notices": "taalmodel: niets te tonen", "time_p50_ms": "antwoordtijd, mediaan (ms)", "time_p95_ms": "antwoordtijd, 95% (ms)"},
    "en": {
        "exact_recall": "recall, whole sentences", "exact_precision": "precision, whole sentences", "exact_f1": "f1, whole sentences",
        "char_recall": "recall by letter", "char_precision": "precision by letter", "char_f1": "f1 by letter",
        "false_answers": "wrongly answered", "false_refusals": "wrongly refused", "guard_violations": "lost what qualifies them",
        "risk_area": "errors among the surest", "calibration_error": "calibration error", "language_gap": "English less Dutch",
        "unfit_quotations": "required, in no source", "generated_shown": "language model: shown", "generated_dropped": "language model: left out",
        "generated_notices": "language model: nothing to show", "time_p50_ms": "time of an answer, median (ms)",
        "time_p95_ms": "time of an answer, 95% (ms)"}}

_KINDS = {"fact": "feit", "list": "opsomming", "definition": "definitie", "number": "getal", "yesno": "ja of nee", "comparison": "vergelijking",
          "condition": "voorwaarde", "followup": "vervolgvraag", "near": "verwant", "outside": "buiten de bronnen", "premise": "onjuiste aanname",
          "out_of_scope": "geen vraag aan de bronnen", "scope": "reikwijdte", "typo": "tikfout", "lay": "alledaagse woorden", "polite": "beleefd"}


def measure_name(name: str, language: Language) -> str:
    """Return a measure in words."""
    return _MEASURES[language].get(name, name)


def kind_name(kind: str, language: Language) -> str:
    """Return a kind of question in words; one that only its question set knows is shown as written there."""
    return _KINDS.get(kind, kind) if language == "nl" else kind


def decimal(value: float, places: int, language: Language, *, signed: bool = False) -> str:
    """Return a number with the decimal sign of the language."""
    text = f"{value:{'+' if signed else ''}.{places}f}"
    return text.replace(".", ",") if language == "nl" else text
