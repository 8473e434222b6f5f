"""Every word that the page and the terminal say, in Dutch and English; those of the evaluation stand in `evaluation_strings`."""

from collections.abc import Mapping, Sequence

from assistant.answers import Answer, Language
from assistant.generated import Notice

PAGE: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Bronvast", "tagline": "Vragen aan de bronnen. Antwoorden in de woorden van de bronnen zelf.",
        "ask_tab": "Vragen", "sources_tab": "Bronnen", "history_tab": "Geschiedenis", "question": "Uw vraag",
        "placeholder": "Stel uw vraag…", "send": "Vraag", "new": "Nieuw gesprek", "examples": "Bijvoorbeeld", "page": "p. {page}",
        "near": "Net niet geciteerd ({count})", "near_related": "Passages die het dichtst in de buurt komen ({count})",
        "copy": "Kopieer met verwijzing", "copied": "Gekopieerd", "open": "Lees in de bron", "also": "Staat ook in", "context": "Onder",
        "why": "Waarom dit citaat", "why_text": "Deze woorden van de vraag komen erin terug: {why}.", "and": "en",
        "why_whole": "Uit de vraag komt erin terug: {terms}.", "why_near": "Met een verwant woord, of in de zinnen eromheen: {terms}.",
        "left_out": "Buiten beschouwing gelaten", "titled": "Ook gevraagd aan",
        "understood": "Begrepen als", "terms": "Ook gezocht op", "filter": "Alleen in", "filter_section": "Alleen onder",
        "filter_document": "Alleen in", "filter_theme": "Alleen thema", "filter_target_group": "Alleen doelgroep",
        "filter_signals": "Alleen signalen", "filter_since": "Vanaf", "filter_until": "Tot en met", "corrected": "Gelezen als", "take_off": "Haal weg: {what}",
        "scope": "{scored} van {passages} passages in {documents} {documents_word} bekeken, {matched} {matched_word} hierover.",
        "document": "document", "documents": "documenten", "one_matches": "gaat", "many_match": "gaan",
        "answered": "Antwoord uit de bronnen", "related": "Geen antwoord, wel verwant", "not_found": "Niet gevonden",
        "out_of_scope": "Geen vraag aan de bronnen", "quotation": "Citaat {n}", "you": "U vroeg",
        "passages": "passages", "one_passage": "passage", "pages": "bladzijden",
        "remarks": "Bij het lezen", "remark_warning": "gewaarschuwd", "remark_quarantined": "verborgen tekst apart gezet",
        "remark_repaired": "hersteld", "remark_left_out": "weggelaten", "empty": "Er zijn nog geen bronnen.", "chips": "Zo is uw vraag gelezen",
        "step_understanding": "De vraag lezen…", "step_understood": "Begrepen als: {text}", "step_searching": "{count} passages doorzoeken",
        "step_reading": "{count} zinnen lezen", "step_checking": "Citaten controleren",
        "ask_about": "Wat zeggen de bronnen over {what}?", "ask_under": "Wat staat er onder {what}?",
        "file_place": "{doc}, tekens {start}–{end}",
        "lost": "De verbinding met de server is weg. Uw gesprek en uw vraag zijn bewaard; de pagina gaat verder zodra de server er weer is.",
        "failed": "Dat lukte niet. Laad de pagina opnieuw; uw gesprek en uw vraag blijven bewaard.",
        "signed_in": "Aangemeld als {name}", "sign_out": "Afmelden", "kept_for": "Uw vragen worden na {days} dagen verwijderd. Alleen u ziet ze.",
        "language": "Taal van de pagina", "audience": "voor", "for_all": "voor iedereen", "doubtful": "{count} passages worden niet geciteerd: "
        "hun woordvolgorde is onzeker", "doubtful_one": "1 passage wordt niet geciteerd: haar woordvolgorde is onzeker",
        "all_quotable": "alle passages citeerbaar", "language_nl": "Nederlands", "language_en": "Engels",
        "read_through": "Lees het document door", "read_whole": "Lees het hele document", "text_around": "De tekst rond het citaat",
        "picture": "De bladzijde, met de geciteerde woorden gemarkeerd", "previous": "Vorige bladzijde", "next": "Volgende bladzijde",
        "page_of": "bladzijde {page} van {pages}", "no_picture": "Van deze bladzijde is geen afbeelding: het bestand staat niet meer waar het is "
        "ingelezen, of is veranderd.", "outline": "Inhoud", "back": "Terug naar de vragen",
        "export": "Bewaar", "export_docx": "Word", "export_md": "Markdown", "export_csv": "Citaten (CSV)", "export_all": "Bewaar het hele gesprek",
        "export_shown": "Bewaar de {count} vragen hierboven", "export_gone": "Niet bewaard: een antwoord is niet meer bij de hand. Laad de pagina opnieuw; "
        "dan wordt de vraag opnieuw gesteld.", "elsewhere_one": "Eén vraag van dit gesprek staat hier niet.",
        "elsewhere_many": "{count} vragen van dit gesprek staan hier niet.",
        "origin": "Gemaakt met Bronvast op {at}, uit index {index}, met instellingen {settings}.",
        "useful": "Had u hier iets aan?", "yes": "Ja", "no": "Nee", "what_wrong": "Wat klopte er niet?", "reason_missing": "Er ontbreekt iets",
        "reason_wrong_quote": "Een citaat hoort er niet bij", "reason_not_about": "Het gaat niet over mijn vraag",
        "reason_should_answer": "Het staat wel in de bronnen", "reason_unclear": "De uitleg is onduidelijk", "note": "Toelichting (niet verplicht)",
        "judge_kept": "Uw vraag, dit oordeel en de geciteerde plaatsen worden bewaard voor wie Bronvast evalueert, zonder uw naam.",
        "send_judgement": "Verstuur", "thanks": "Dank u, dit is bewaard.", "judge_failed": "Dat kon niet worden bewaard. Stel de vraag opnieuw.",
        "narrow": "Beperk tot een document, onderdeel of thema", "only_in": "Alleen in",
        "no_filter": "{what} past niet bij precies één regel van de lijst en telt niet mee. Kies een regel uit de lijst.",
        "field_document": "Document", "field_section": "Onder", "field_theme": "Thema", "field_target_group": "Doelgroep",
        "field_region": "Gebied", "field_source": "Bron", "field_audience": "Voor",
        "field_since": "Vanaf", "field_until": "Tot en met", "filter_region": "Alleen gebied", "filter_source": "Alleen bron", "filter_audience": "Alleen voor",
        "search_history": "Zoek in uw vragen", "no_history": "Hier komen uw vragen te staan. Alleen u ziet ze.",
        "nothing_found": "Geen van uw vragen bevat deze woorden.", "reopen": "Open", "forget": "Verwijder",
        "forget_all": "Verwijder mijn hele geschiedenis…", "forget_sure": "Dit kan niet ongedaan worden gemaakt.", "forget_yes": "Ja, verwijder alles",
        "manage": "Bronnen toevoegen, vervangen of verwijderen", "one_page": "bladzijde",
        "add_files": "Bestanden toevoegen of vervangen", "add_publisher": "Uitgever", "add_published": "Datum (jjjj-mm-dd)",
        "add_audience": "Voor wie (leeg: iedereen)", "add": "Voeg toe", "stop": "Stop", "choose": "Kies een document om te verwijderen",
        "remove": "Verwijder…", "remove_sure": "Weet u zeker dat {name} uit de bronnen moet? Dit kan niet ongedaan worden gemaakt.",
        "remove_yes": "Ja, verwijder", "remove_no": "Nee, behoud", "not_allowed": "Alleen een beheerder kan de bronnen veranderen.",
        "adding": "Bezig met bestand {number} van {total}: {name}", "adding_done": "Klaar: {number} bestanden verwerkt.",
        "adding_stopped": "Gestopt na {number} van {total} bestanden. De andere zijn niet verwerkt en staan nog klaar.",
        "choose_files": "Kies bestanden", "no_files": "Kies eerst een of meer bestanden.",
        "done_added": "toegevoegd.", "done_replaced": "vervangen.", "done_renamed": "stond er al, onder een andere naam.",
        "done_unchanged": "stond er al.", "done_removed": "{name} is verwijderd.",
        "personal": "Let op: uw vraag lijkt persoonsgegevens te bevatten ({what}). Ze is niet bewaard in uw geschiedenis.",
        "bsn": "een burgerservicenummer", "v_number": "een V-nummer", "phone": "een telefoonnummer", "email": "een e-mailadres", "name": "een naam"},
    "en": {
        "title": "Bronvast", "tagline": "Ask the sources. Answers in the sources' own words.",
        "ask_tab": "Ask", "sources_tab": "Sources", "history_tab": "History", "question": "Your question",
        "placeholder": "Ask a question…", "send": "Ask", "new": "New conversation", "examples": "For example", "page": "p. {page}",
        "near": "Just below the line ({count})", "near_related": "Nearest passages ({count})",
        "copy": "Copy with reference", "copied": "Copied", "open": "Read in the source", "also": "Also in", "context": "Under",
        "why": "Why this quotation", "why_text": "These words of the question come back in it: {why}.", "and": "and",
        "why_whole": "Of the question it takes up: {terms}.", "why_near": "With a related word, or in the sentences around it: {terms}.",
        "left_out": "Left out", "titled": "Also asked of",
        "understood": "Understood as", "terms": "Also searched for", "filter": "Only in", "filter_section": "Only under",
        "filter_document": "Only in", "filter_theme": "Only theme", "filter_target_group": "Only target group",
        "filter_signals": "Only signals", "filter_since": "From", "filter_until": "Until", "corrected": "Read as", "take_off": "Take off: {what}",
        "scope": "{scored} of {passages} passages in {documents} {documents_word} looked at, {matched} {matched_word} to this.",
        "document": "document", "documents": "documents", "one_matches": "speaks", "many_match": "speak",
        "answered": "Answer from the sources", "related": "No answer, but related", "not_found": "Not found",
        "out_of_scope": "Not a question to the sources", "quotation": "Quotation {n}", "you": "You asked",
        "passages": "passages", "one_passage": "passage", "pages": "pages",
        "remarks": "In reading", "remark_warning": "warned of", "remark_quarantined": "hidden text set apart",
        "remark_repaired": "repaired", "remark_left_out": "left out", "empty": "There are no sources yet.", "chips": "How your question was read",
        "step_understanding": "Reading the question…", "step_understood": "Understood as: {text}", "step_searching": "Searching {count} passages",
        "step_reading": "Reading {count} sentences", "step_checking": "Checking quotations",
        "ask_about": "What do the sources say about {what}?", "ask_under": "What is said under {what}?",
        "file_place": "{doc}, characters {start}–{end}",
        "lost": "The connection with the server is gone. Your conversation and question are kept; the page goes on when the server is back.",
        "failed": "That did not work. Load the page again; your conversation and question are kept.",
        "signed_in": "Signed in as {name}", "sign_out": "Sign out", "kept_for": "Your questions are deleted after {days} days. Only you see them.",
        "language": "Language of the page", "audience": "for", "for_all": "for everyone", "doubtful": "{count} passages are not quoted: "
        "the order of their words is in doubt", "doubtful_one": "1 passage is not quoted: the order of its words is in doubt",
        "all_quotable": "all passages can be quoted", "language_nl": "Dutch", "language_en": "English",
        "read_through": "Read the document through", "read_whole": "Read the whole document", "text_around": "The text around the quotation",
        "picture": "The page, with the quoted words marked", "previous": "Previous page", "next": "Next page",
        "page_of": "page {page} of {pages}", "no_picture": "There is no picture of this page: the file is no longer where it was read, "
        "or has changed.", "outline": "Contents", "back": "Back to the questions",
        "export": "Save", "export_docx": "Word", "export_md": "Markdown", "export_csv": "Quotations (CSV)", "export_all": "Save the whole conversation",
        "export_shown": "Save the {count} questions above", "export_gone": "Not saved: an answer is no longer at hand. Load the page again; "
        "the question is then asked again.", "elsewhere_one": "One question of this conversation is not shown here.",
        "elsewhere_many": "{count} questions of this conversation are not shown here.",
        "origin": "Made with Bronvast on {at}, from index {index}, with settings {settings}.",
        "useful": "Was this of use?", "yes": "Yes", "no": "No", "what_wrong": "What was wrong?", "reason_missing": "Something is missing",
        "reason_wrong_quote": "A quotation does not belong here", "reason_not_about": "It is not about my question",
        "reason_should_answer": "The sources do say it", "reason_unclear": "The explanation is unclear", "note": "Explanation (not required)",
        "judge_kept": "Your question, this judgement and the places quoted are kept for those who evaluate Bronvast, without your name.",
        "send_judgement": "Send", "thanks": "Thank you, this has been kept.", "judge_failed": "That could not be kept. Ask the question again.",
        "narrow": "Limit to a document, section or theme", "only_in": "Only in",
        "no_filter": "{what} does not match exactly one line of the list and does not count. Choose a line of the list.",
        "field_document": "Document", "field_section": "Under", "field_theme": "Theme", "field_target_group": "Target group",
        "field_region": "Region", "field_source": "Source", "field_audience": "For",
        "field_since": "From", "field_until": "Until", "filter_region": "Only region", "filter_source": "Only source", "filter_audience": "Only for",
        "search_history": "Search your questions", "no_history": "Your questions will stand here. Only you see them.",
        "nothing_found": "None of your questions holds these words.", "reopen": "Open", "forget": "Delete",
        "forget_all": "Delete my whole history…", "forget_sure": "This cannot be undone.", "forget_yes": "Yes, delete all",
        "manage": "Add, replace or remove sources", "one_page": "page",
        "add_files": "Add or replace files", "add_publisher": "Publisher", "add_published": "Date (yyyy-mm-dd)",
        "add_audience": "For whom (empty: everyone)", "add": "Add", "stop": "Stop", "choose": "Choose a document to remove",
        "remove": "Remove…", "remove_sure": "Are you sure that {name} must leave the sources? This cannot be undone.",
        "remove_yes": "Yes, remove", "remove_no": "No, keep", "not_allowed": "Only an administrator can change the sources.",
        "adding": "Working on file {number} of {total}: {name}", "adding_done": "Done: {number} files processed.",
        "adding_stopped": "Stopped after {number} of {total} files. The others have not been processed and are still here.",
        "choose_files": "Choose files", "no_files": "Choose one or more files first.",
        "done_added": "added.", "done_replaced": "replaced.", "done_renamed": "was there already, under another name.",
        "done_unchanged": "was there already.", "done_removed": "{name} has been removed.",
        "personal": "Note: your question seems to hold personal data ({what}). It has not been kept in your history.",
        "bsn": "a citizen service number", "v_number": "a V-number", "phone": "a telephone number", "email": "an e-mail address", "name": "a name"},
}

ERRORS: Mapping[Language, str] = {"nl": "Dat lukte niet: {reason}", "en": "That did not work: {reason}"}


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


TERMINAL: Mapping[Language, Mapping[str, str]] = {
    "nl": {"page": "p. {page}", "also": "ook in", "understood": "Begrepen als: {text}",
           "context": "Onder"},
    "en": {"page": "p. {page}", "also": "also in", "understood": "Understood as: {text}",
           "context": "Under"},
}


SIGN_IN_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {"title": "Aanmelden", "name": "Gebruikersnaam", "password": "Wachtwoord", "button": "Aanmelden", "switch": "In English",
           "outside": "Aanmelden met uw organisatie", "wrong": "Deze naam en dit wachtwoord horen niet bij elkaar.",
           "wait": "Te vaak geprobeerd. Wacht {seconds} seconden."},
    "en": {"title": "Sign in", "name": "User name", "password": "Password", "button": "Sign in", "switch": "In het Nederlands",
           "outside": "Sign in with your organisation", "wrong": "This name and this password do not belong together.",
           "wait": "Tried too often. Wait {seconds} seconds."},
}


def scope_line(answer: Answer) -> str:
    """Return how much was looked at."""
    say, scope = PAGE[answer.language], answer.scope
    return say["scope"].format(scored=scope.scored, passages=scope.passages, documents=scope.documents, matched=scope.matched,
                               documents_word=say["document" if scope.documents == 1 else "documents"],
                               matched_word=say["one_matches" if scope.matched == 1 else "many_match"])


def chosen_language(value: object) -> Language:
    """Return the language that a browser names; Dutch where it names none that the page has."""
    return "en" if value == "en" else "nl"
