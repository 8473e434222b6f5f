"""The words of the bench."""

from collections.abc import Mapping

from assistant.answers import Language

BENCH: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "tab": "Evaluatie", "set": "Vragenset", "add_set": "Vragenset toevoegen (JSONL, CSV of XLSX)", "run": "Toets", "stop": "Stop", "runs": "Toetsronde",
        "language": "Taal", "kind": "Soort", "verdict": "Uitkomst", "all": "alle", "question": "Vraag", "judgement": "Uw oordeel", "note": "Toelichting",
        "judge": "Bewaar oordeel", "compare_with": "Vergelijk met", "compare": "Vergelijk", "feedback": "Reacties van lezers",
        "answered": "Reactie of eigen vraag",
        "required": "Vereiste citaten (geen: de bronnen hebben geen antwoord)", "make": "Maak hier een toetsvraag van", "answers": "Antwoorden",
        "compared": "Vergelijken", "agreement": "Overeenstemming", "progress": "{done} van {total} vragen", "done": "Klaar: {total} vragen getoetst.",
        "stopped": "Gestopt na {done} van {total} vragen; wat er is, is bewaard.", "added": "{name} is toegevoegd.", "made": "Toegevoegd aan {name}.",
        "kept": "Uw oordeel is bewaard.", "expected": "Verwacht", "given": "Gegeven", "near": "Net niet geciteerd", "none": "geen",
        "no_answer": "De bronnen hebben geen antwoord.", "judged_by": "Oordelen", "hidden": "Oordelen van anderen ziet u na het uwe.",
        "better": "beter", "worse": "slechter", "same": "{count} vragen gelijk", "measure": "Maat", "first": "Eerste", "second": "Tweede",
        "difference": "Verschil (95%-interval)", "no_change": "Geen verschil.", "kappa": "Cohens kappa {first} en {second}: {kappa} ({both} samen beoordeeld)",
        "no_pair": "Nog geen antwoorden die twee mensen hebben beoordeeld.", "differ": "Hierover verschillen de oordelen", "status": "Status",
        "right": "goed", "incomplete": "onvolledig", "refused": "ten onrechte niet beantwoord", "false_answer": "ten onrechte beantwoord", "failed": "mislukt",
        "wrong_quotation": "verkeerd citaat", "should_have_abstained": "had moeten zwijgen", "up": "duim omhoog", "down": "duim omlaag",
        "not_allowed": "Alleen evaluatoren die alle bronnen zien, kunnen toetsen.", "when": "Wanneer", "no_feedback": "Nog geen reacties.",
        "means": "Gemiddelden", "settle": "Stel vast", "settled": "Vastgesteld",
        "open": "nog open", "faults": "{name} is niet toegevoegd: {count} fouten (regel: fout)",
        "left": "nog ongeveer {minutes} min",
        "yet": "Nog {count} verschillen ziet u nadat u die antwoorden zelf hebt beoordeeld.",
    },
    "en": {
        "tab": "Evaluation", "set": "Question set", "add_set": "Add a question set (JSONL, CSV or XLSX)", "run": "Run", "stop": "Stop", "runs": "Run shown",
        "language": "Language", "kind": "Kind", "verdict": "Outcome", "all": "all", "question": "Question", "judgement": "Your judgement", "note": "Note",
        "judge": "Keep judgement", "compare_with": "Compare with", "compare": "Compare", "feedback": "Feedback of readers",
        "answered": "Feedback or question of your own",
        "required": "Required quotations (none: the sources have no answer)", "make": "Make a question of this", "answers": "Answers",
        "compared": "Comparison", "agreement": "Agreement", "progress": "{done} of {total} questions", "done": "Done: {total} questions scored.",
        "stopped": "Stopped after {done} of {total} questions; what there is, is kept.", "added": "{name} was added.", "made": "Added to {name}.",
        "kept": "Your judgement is kept.", "expected": "Expected", "given": "Given", "near": "Near misses", "none": "none",
        "no_answer": "The sources have no answer.", "judged_by": "Judgements", "hidden": "You see the judgements of others after your own.",
        "better": "better", "worse": "worse", "same": "{count} questions the same", "measure": "Measure", "first": "First", "second": "Second",
        "difference": "Difference (95% interval)", "no_change": "No difference.",
        "kappa": "Cohen's kappa of {first} and {second}: {kappa} ({both} judged by both)",
        "no_pair": "No answers yet that two people judged.", "differ": "Where the judgements differ", "status": "Status",
        "right": "right", "incomplete": "incomplete", "refused": "wrongly refused", "false_answer": "wrongly answered", "failed": "failed",
        "wrong_quotation": "wrong quotation", "should_have_abstained": "should have abstained", "up": "thumb up", "down": "thumb down",
        "not_allowed": "Only evaluators who see every source can use the bench.", "when": "When", "no_feedback": "No feedback yet.",
        "means": "Means", "settle": "Settle", "settled": "Settled",
        "open": "open", "faults": "{name} was not added: {count} faults (line: fault)",
        "left": "about {minutes} min left",
        "yet": "{count} more differences show after you have judged those answers yourself.",
    },
}
