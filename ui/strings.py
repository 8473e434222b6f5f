"""Every word of the page, in Dutch and English."""

from collections.abc import Mapping

from assistant.answers import Language

PAGE: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Bronvast", "tagline": "Vragen aan de bronnen. Antwoorden in de woorden van de bronnen zelf.",
        "ask_tab": "Vragen", "sources_tab": "Bronnen", "history_tab": "Geschiedenis", "question": "Uw vraag",
        "placeholder": "Stel een vraag aan de bronnen…", "send": "Vraag", "new": "Nieuw gesprek", "examples": "Bijvoorbeeld", "page": "p. {page}",
        "near": "Net niet geciteerd ({count})", "near_related": "Passages die het dichtst in de buurt komen ({count})",
        "copy": "Kopieer met verwijzing", "copied": "Gekopieerd", "open": "Lees in de bron", "also": "Staat ook in", "context": "Onder",
        "why": "Waarom dit citaat", "why_text": "Deze woorden van de vraag komen erin terug: {why}.", "and": "en",
        "why_whole": "Uit de vraag komt erin terug: {terms}.", "why_near": "Met een verwant woord, of in de zinnen eromheen: {terms}.",
        "understood": "Begrepen als", "terms": "Ook gezocht op", "filter": "Alleen in", "filter_section": "Alleen onder",
        "filter_document": "Alleen in", "filter_theme": "Alleen thema", "filter_target_group": "Alleen doelgroep",
        "filter_since": "Vanaf", "filter_until": "Tot en met", "corrected": "Gelezen als", "take_off": "Haal weg: {what}",
        "scope": "{scored} van {passages} passages in {documents} {documents_word} bekeken, {matched} {matched_word} hierover.",
        "document": "document", "documents": "documenten", "one_matches": "gaat", "many_match": "gaan",
        "answered": "Antwoord uit de bronnen", "related": "Geen antwoord, wel verwant", "not_found": "Niet gevonden",
        "out_of_scope": "Geen vraag aan de bronnen", "quotation": "Citaat {n}", "you": "U vroeg", "passages": "passages", "pages": "bladzijden",
        "remarks": "Bij het lezen", "remark_warning": "gewaarschuwd", "remark_quarantined": "verborgen tekst apart gezet",
        "remark_repaired": "hersteld", "remark_left_out": "weggelaten", "empty": "Er zijn nog geen bronnen.", "before": "Zoeken in de bronnen…",
        "language": "Taal van de pagina", "audience": "voor", "for_all": "voor iedereen", "doubtful": "{count} passages worden niet geciteerd: "
        "hun woordvolgorde is onzeker", "all_quotable": "alle passages citeerbaar", "language_nl": "Nederlands", "language_en": "Engels",
        "read_through": "Lees het document door", "read_whole": "Lees het hele document", "text_around": "De tekst rond het citaat",
        "picture": "De bladzijde, met de geciteerde woorden gemarkeerd", "previous": "Vorige bladzijde", "next": "Volgende bladzijde",
        "page_of": "bladzijde {page} van {pages}", "no_picture": "Van deze bladzijde is geen afbeelding: het bestand staat niet meer waar het is "
        "ingelezen, of is veranderd.", "outline": "Inhoud", "back": "Terug naar de vragen",
        "export": "Bewaar", "export_docx": "Word", "export_md": "Markdown", "export_csv": "Citaten (CSV)", "export_all": "Bewaar het hele gesprek",
        "origin": "Gemaakt met Bronvast op {at}, uit index {index}, met instellingen {settings}.",
        "useful": "Had u hier iets aan?", "yes": "Ja", "no": "Nee", "what_wrong": "Wat klopte er niet?", "reason_missing": "Er ontbreekt iets",
        "reason_wrong_quote": "Een citaat hoort er niet bij", "reason_not_about": "Het gaat niet over mijn vraag",
        "reason_should_answer": "Het staat wel in de bronnen", "reason_unclear": "De uitleg is onduidelijk", "note": "Toelichting (niet verplicht)",
        "judge_kept": "Uw vraag, dit oordeel en de geciteerde plaatsen worden bewaard voor wie Bronvast evalueert, zonder uw naam.",
        "send_judgement": "Verstuur", "thanks": "Dank u, dit is bewaard.", "judge_failed": "Dat kon niet worden bewaard. Stel de vraag opnieuw.",
        "personal": "Let op: uw vraag lijkt persoonsgegevens te bevatten ({what}). Ze is niet bewaard in uw geschiedenis.",
        "bsn": "een burgerservicenummer", "v_number": "een V-nummer", "phone": "een telefoonnummer", "email": "een e-mailadres", "name": "een naam"},
    "en": {
        "title": "Bronvast", "tagline": "Ask the sources. Answers in the sources' own words.",
        "ask_tab": "Ask", "sources_tab": "Sources", "history_tab": "History", "question": "Your question",
        "placeholder": "Ask the sources a question…", "send": "Ask", "new": "New conversation", "examples": "For example", "page": "p. {page}",
        "near": "Just below the line ({count})", "near_related": "Nearest passages ({count})",
        "copy": "Copy with reference", "copied": "Copied", "open": "Read in the source", "also": "Also in", "context": "Under",
        "why": "Why this quotation", "why_text": "These words of the question come back in it: {why}.", "and": "and",
        "why_whole": "Of the question it takes up: {terms}.", "why_near": "With a related word, or in the sentences around it: {terms}.",
        "understood": "Understood as", "terms": "Also searched for", "filter": "Only in", "filter_section": "Only under",
        "filter_document": "Only in", "filter_theme": "Only theme", "filter_target_group": "Only target group",
        "filter_since": "From", "filter_until": "Until", "corrected": "Read as", "take_off": "Take off: {what}",
        "scope": "{scored} of {passages} passages in {documents} {documents_word} looked at, {matched} {matched_word} to this.",
        "document": "document", "documents": "documents", "one_matches": "speaks", "many_match": "speak",
        "answered": "Answer from the sources", "related": "No answer, but related", "not_found": "Not found",
        "out_of_scope": "Not a question to the sources", "quotation": "Quotation {n}", "you": "You asked", "passages": "passages", "pages": "pages",
        "remarks": "In reading", "remark_warning": "warned of", "remark_quarantined": "hidden text set apart",
        "remark_repaired": "repaired", "remark_left_out": "left out", "empty": "There are no sources yet.", "before": "Searching the sources…",
        "language": "Language of the page", "audience": "for", "for_all": "for everyone", "doubtful": "{count} passages are not quoted: "
        "the order of their words is in doubt", "all_quotable": "all passages can be quoted", "language_nl": "Dutch", "language_en": "English",
        "read_through": "Read the document through", "read_whole": "Read the whole document", "text_around": "The text around the quotation",
        "picture": "The page, with the quoted words marked", "previous": "Previous page", "next": "Next page",
        "page_of": "page {page} of {pages}", "no_picture": "There is no picture of this page: the file is no longer where it was read, "
        "or has changed.", "outline": "Contents", "back": "Back to the questions",
        "export": "Save", "export_docx": "Word", "export_md": "Markdown", "export_csv": "Quotations (CSV)", "export_all": "Save the whole conversation",
        "origin": "Made with Bronvast on {at}, from index {index}, with settings {settings}.",
        "useful": "Was this of use?", "yes": "Yes", "no": "No", "what_wrong": "What was wrong?", "reason_missing": "Something is missing",
        "reason_wrong_quote": "A quotation does not belong here", "reason_not_about": "It is not about my question",
        "reason_should_answer": "The sources do say it", "reason_unclear": "The explanation is unclear", "note": "Explanation (not required)",
        "judge_kept": "Your question, this judgement and the places quoted are kept for those who evaluate Bronvast, without your name.",
        "send_judgement": "Send", "thanks": "Thank you, this has been kept.", "judge_failed": "That could not be kept. Ask the question again.",
        "personal": "Note: your question seems to hold personal data ({what}). It has not been kept in your history.",
        "bsn": "a citizen service number", "v_number": "a V-number", "phone": "a telephone number", "email": "an e-mail address", "name": "a name"},
}

ERRORS: Mapping[Language, str] = {"nl": "Dat lukte niet: {reason}", "en": "That did not work: {reason}"}
