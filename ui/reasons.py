"""The one-line reasons of reading, asking and changing sources in Dutch; they are made in English, far from who reads them."""

import re
from html import escape

from assistant.answers import Language
from ui.strings import ERRORS

# each pattern is a whole reason, or the end of one; what it leaves open stands in the Dutch as \1, itself put into Dutch
_DUTCH: tuple[tuple[str, str], ...] = (
    # a file that cannot be read
    ("the file is empty: leave it out or fill it", "het bestand is leeg: laat het weg of vul het"),
    ("it holds no text: leave it out or fill it", "er staat geen tekst in: laat het weg of vul het"),
    ("it holds no text that can be quoted, leave it out", "er staat geen tekst in die geciteerd kan worden; laat het weg"),
    ("nothing to quote: (.+)", r"niets om te citeren: \1"),
    (r"(\d+) pages? without text, and none was recognised in their pictures: type it over, or leave the file out",
     r"\1 bladzijden zonder tekst, en in de afbeeldingen is geen tekst herkend: typ de tekst over of laat het bestand weg"),
    (r"the text on its (\d+) pages? is hidden, under a scan perhaps: ingest again with --ocr to read what the pages show",
     r"de tekst op de \1 bladzijden is verborgen, misschien onder een scan: vraag uw beheerder om tekstherkenning aan te zetten"),
    (r"(\d+) pages? without text, a scan perhaps: ingest again with --ocr to recognise it",
     r"\1 bladzijden zonder tekst, misschien een scan: vraag uw beheerder om tekstherkenning aan te zetten"),
    ("may not be read: change its rights", "mag niet worden gelezen: verander de rechten van het bestand"),
    ("nested too deeply: open it in its own program and save it again", "te diep genest: open het in het eigen programma en sla het opnieuw op"),
    ("nested too deeply: save the page again from a browser", "te diep genest: sla de pagina opnieuw op vanuit een browser"),
    (r"damaged(?: \(\w+\))?: open it in its own program and save it again", "beschadigd: open het in het eigen programma en sla het opnieuw op"),
    ("not text: save it as PDF, .docx or UTF-8 text", "geen tekst: sla het op als PDF, .docx of tekst in UTF-8"),
    ("not a CSV: .+; save it again as CSV UTF-8", "geen CSV: sla het opnieuw op als CSV UTF-8"),
    ("too large a workbook: save its sheets as CSV", "een te grote werkmap: sla de bladen op als CSV"),
    ("a damaged workbook: open it in Excel or LibreOffice and save it again", "een beschadigde werkmap: open haar in Excel of LibreOffice en sla haar opnieuw op"),
    ("a damaged Word file: open it in Word or LibreOffice and save it again", "een beschadigd Word-bestand: open het in Word of LibreOffice en sla het opnieuw op"),
    ("a Word template or a file with macros: save it as .docx", "een Word-sjabloon of een bestand met macro's: sla het op als .docx"),
    ("an OpenDocument spreadsheet: save it as .xlsx or CSV", "een OpenDocument-rekenblad: sla het op als .xlsx of CSV"),
    ("a damaged or encrypted OpenDocument file: open it in LibreOffice and save it again",
     "een beschadigd of versleuteld OpenDocument-bestand: open het in LibreOffice en sla het opnieuw op"),
    ("a damaged package: open it in its own program and save it again", "een beschadigd pakket: open het in het eigen programma en sla het opnieuw op"),
    ("not a PDF, in spite of its name: export it again as PDF", "geen PDF, al heet het zo: exporteer het opnieuw als PDF"),
    ("damaged, not a readable PDF: print it to PDF again", "beschadigd, geen leesbare PDF: druk het opnieuw af naar PDF"),
    ("protected with a password: save it without one", "met een wachtwoord beveiligd: sla het op zonder wachtwoord"),
    ("encrypted with a password: save it without one", "met een wachtwoord versleuteld: sla het op zonder wachtwoord"),
    (r"has (\d+) pages; split it into parts of at most (\d+)", r"heeft \1 bladzijden: splits het in delen van ten hoogste \2"),
    ("a picture: make a PDF of it with text recognition, or type its text over", "een afbeelding: maak er een PDF met tekstherkenning van, of typ de tekst over"),
    ("an old Word file: open it in Word or LibreOffice and save it as .docx or PDF", "een oud Word-bestand: open het in Word of LibreOffice en sla het op als .docx of PDF"),
    ("an old Excel file: save it as .xlsx or CSV", "een oud Excel-bestand: sla het op als .xlsx of CSV"),
    ("an old PowerPoint file: save it as PDF", "een oud PowerPoint-bestand: sla het op als PDF"),
    ("an old Office file: save it as .docx, .xlsx or PDF", "een oud Office-bestand: sla het op als .docx, .xlsx of PDF"),
    ("a presentation: save it as PDF", "een presentatie: sla haar op als PDF"), ("a rich text file: save it as .docx", "een RTF-bestand: sla het op als .docx"),
    ("an archive: unpack it and ingest .+", "een archief: pak het uit en voeg de bestanden toe"),
    ("an e-mail: save it as PDF or text", "een e-mail: sla haar op als PDF of tekst"),
    ("unpacks to more than 500 MB: split it", "wordt uitgepakt groter dan 500 MB: splits het"),
    ("crashes its reader: open it in its own program and save it again", "kan niet worden gelezen: open het in het eigen programma en sla het opnieuw op"),
    (r"takes longer than (\d+) s to read: split it, or save it again", r"lezen duurt langer dan \1 s: splits het, of sla het opnieuw op"),
    (r"needs more than (\d+) MiB to read: split it, or save it again", r"lezen kost meer dan \1 MiB geheugen: splits het, of sla het opnieuw op"),
    ("cannot be read: .+", "kan niet worden gelezen: controleer of het bestand er nog is"),
    ("(?:.*/)?(.+) cannot be read: .+", r"\1 kan niet worden gelezen: controleer of het bestand er nog is"),
    ("(?:.*/)?(.+) is not UTF-8 text: save it as (.+)", r"\1 is geen UTF-8-tekst: sla het op als \2"),
    ("the sidecar names a column (.+) that the register does not have", r"de beschrijving noemt een kolom \1 die het register niet heeft"),
    ("(.+) is a hidden file: give it another name", r"\1 is een verborgen bestand: geef het een andere naam"),
    ("Title, publisher, date and audience are one line each", "Titel, uitgever, datum en doelgroep zijn elk één regel"),
    # what is remarked in reading
    (r"(\d+) of (\d+) pages hold no text \(scans\?\): ingest again with --ocr to recognise it",
     r"\1 van \2 bladzijden hebben geen tekst (scans?): vraag uw beheerder om tekstherkenning aan te zetten"),
    (r"(\d+) of (\d+) pages hold no text that can be recognised", r"\1 van \2 bladzijden hebben geen tekst die herkend kan worden"),
    (r"text of page (\d+) recognised with a confidence of (\d)\.(\d+)(: searched, not quoted)?", r"tekst van bladzijde \1 herkend, zekerheid \2,\3\4"),
    (": searched, not quoted", ": wel doorzocht, niet geciteerd"),
    ("hidden text", "verborgen tekst"), ("hidden cells of sheet (.+)", r"verborgen cellen van blad \1"), ("text that no reader sees: (.+)", r"tekst die geen lezer ziet: \1"),
    ("white on white", "wit op wit"), ("off the page", "buiten de bladzijde"), ("covered", "afgedekt"), ("invisible", "onzichtbaar"),
    ("transparent", "doorzichtig"), ("smaller than 2 pt", "kleiner dan 2 punt"),
    ("page number or foot", "paginanummer of voettekst"), ("the foot of the page", "de voet van de pagina"), ("mark of a note", "nootteken"),
    ("what stands outside the main part of the page", "wat buiten het hoofddeel van de pagina staat"),
    ("a block of HTML that holds no plain text", "een blok HTML zonder gewone tekst"), ("a row without a signal", "een rij zonder signaal"), ("front matter", "gegevens boven de tekst"),
    (r"(\d+) signs or formulas cannot be read as text: the sentences around them are searched, not quoted",
     r"\1 tekens of formules zijn niet als tekst te lezen: de zinnen eromheen worden wel doorzocht, niet geciteerd"),
    (r"(\d+) rows have more cells than there are headings: set texts that hold the mark between cells in quotation marks",
     r"\1 rijen hebben meer cellen dan er kopjes zijn: zet teksten met het scheidingsteken erin tussen aanhalingstekens"),
    (r"two columns mixed line by line were taken apart in (\d+) rows", r"twee kolommen die regel voor regel door elkaar stonden, zijn in \1 regels uit elkaar gehaald"),
    ("running head, foot or page number", "kop, voet of paginanummer"), ("text that does not run from left to right", "tekst die niet van links naar rechts loopt"),
    # asking, and changing the sources
    ("The question is empty: type a question to the sources.", "De vraag is leeg: typ een vraag aan de bronnen."),
    ("The question has no word: type a question to the sources.", "De vraag heeft geen woord: typ een vraag aan de bronnen."),
    (r"The question has (\d+) characters; ask it in at most (\d+)\.", r"De vraag telt \1 tekens; stel haar in ten hoogste \2."),
    ("There is no document (.+?) in .+", r"Er is geen document \1 meer: laad de pagina opnieuw"),
    ("Another process is writing to the index at .+", "De bronnen worden al door iemand bijgewerkt: probeer het zo nog eens"),
    ("The index at .+ cannot be written: .+", "De index kan niet worden geschreven: vraag uw beheerder of de schijf vol is; wat er stond, staat er nog"),
    ("Chroma cannot write: .+", "De index kan niet worden geschreven: vraag uw beheerder of de schijf vol is"),
    (".+ cannot be written in the folder of state: .+", "Dit kan niet worden bijgehouden: vraag uw beheerder of de schijf vol is"),
    ("[Tt]here is no index at .+", "De index met de bronnen is er niet: vraag uw beheerder haar te maken of terug te zetten"),
    ("The index at .+ was made with the model .+", "De index is gemaakt met een ander model dan de instellingen noemen: vraag uw beheerder"),
    (r".+ was made by another version of Bronvast \(.+", "De index is gemaakt door een andere versie van Bronvast: vraag uw beheerder"),
    (".+ is a file, not the folder of an index", "Waar de index hoort te zijn, is geen map: vraag uw beheerder"),
    ("(?:The manifest of|A record of the index at|The Chroma database in) .+ is (?:damaged|missing): .+", "De index is beschadigd: vraag uw beheerder haar te herstellen"),
    ("Chroma cannot read or write its database .+", "De index is beschadigd: vraag uw beheerder haar te herstellen"),
    (r"The Chroma server at .+ has not answered for (\S+) s: .+", r"De server van de index (Chroma) antwoordt al \1 s niet: probeer het straks nog eens of vraag uw beheerder"),
    ("The Chroma server at .+ refuses the token: .+", "De server van de index (Chroma) weigert het token uit de instellingen: vraag uw beheerder"),
    ("What answers at .+ is not a Chroma server: .+", "Wat antwoordt op het adres van de server van de index is geen Chroma: vraag uw beheerder"),
    ("The Chroma server at .+ cannot be used: .+", "De server van de index (Chroma) kan niet worden gebruikt: vraag uw beheerder"),
    ("chroma_server must be .+", "Het adres van de server van de index (Chroma) in de instellingen klopt niet: vraag uw beheerder"),
    (".+ is damaged: restore it from a backup, or remove it and start again", "Een bestand van de server is beschadigd: vraag uw beheerder het terug te zetten"),
    # the bench
    ("Choose a question set first.", "Kies eerst een vragenset."), ("Choose a run first.", "Kies eerst een toetsronde."),
    ("Choose a judgement first.", "Kies eerst een oordeel."), ("Choose a question first.", "Kies eerst een vraag."),
    ("Another run is going on; wait for it or stop it.", "Er loopt al een toetsronde: wacht tot die klaar is, of stop haar."),
    ("An answer is settled after two people judged it, you among them.", "Een oordeel wordt vastgesteld nadat twee mensen het antwoord hebben beoordeeld, onder wie u."),
    ("This answer is no longer kept; choose another.", "Dit antwoord wordt niet meer bewaard: kies een ander."),
    ("(?:.*/)?(.+): a question set is (?:a file in|written as) (.+)", r"\1: een vragenset is een bestand in \2"),
    ("The run failed: (.+)", r"De toetsronde is mislukt: \1"),
    (r"(?:.*/)?(.+) is not complete \((\d+) of (\d+) questions\): .+", r"\1 is niet volledig (\2 van \3 vragen): kies een toetsronde die af is"),
    (r"(?:\S*/)?(.+?) and (?:\S*/)?(.+?) are runs of different question sets.+",
     r"\1 en \2 zijn toetsronden met verschillende vragensets: kies er twee met dezelfde"),
    (r"(?:\S*/)?(.+?) and (?:\S*/)?(.+?) have no question in common", r"\1 en \2 hebben geen vraag gemeen"),
    ("(?:.*/)?(.+) is damaged: .+", r"\1 is beschadigd: stel de vragen opnieuw"),
    ("(?:.*/)?(.+) is not a run: .+", r"\1 is geen toetsronde"), ("(?:.*/)?(.+) was written by another version: .+", r"\1 is van een andere versie: stel de vragen opnieuw"),
    # a question set that cannot be read, and its faults by line
    ("(?:.*/)?(.+) is one JSON list: .+", r"\1 is één JSON-lijst: schrijf elke vraag als object op een eigen regel (JSONL)"),
    ("(?:.*/)?(.+) is not a CSV: .+", r"\1 is geen CSV: sla het opnieuw op als CSV UTF-8"),
    ("(?:.*/)?(.+) is too large a workbook: .+", r"\1 is een te grote werkmap: sla het blad op als CSV"),
    ("(?:.*/)?(.+) is not a workbook that can be read: .+", r"\1 is geen werkmap die gelezen kan worden: open haar in Excel of LibreOffice en sla haar opnieuw op"),
    (r"row (\d+): a text of (\d+) characters does not fit .+", r"rij \1: een tekst van \2 tekens past niet in een cel van een werkmap: schrijf JSONL"),
    (r"row (\d+): (.+) has a character that a workbook cannot hold: .+", r"rij \1: \2 heeft een teken dat een werkmap niet kan bevatten: schrijf JSONL of CSV"),
    ("there is no question", "er staat geen vraag in"), (r"id (.+) is that of line (\d+)", r"id \1 staat ook op regel \2"),
    ('a signal needs "id" and "text"', 'een signaal heeft "id" en "text" nodig'), ("signal (.+) stands there twice", r"signaal \1 staat er twee keer"),
    (r"not JSON: .+ at character (\d+)", r"geen JSON: kijk bij teken \1"), ("not JSON: (.+)", r"geen JSON: \1"), ("not a JSON object", "geen JSON-object"),
    ("a number is too long", "een getal is te lang"), ("nested too deeply", "te diep genest"),
    ("there is no column (`.+`); .+", r"er is geen kolom \1; de eerste rij noemt de kolommen"), ("column (`.+`) stands twice", r"kolom \1 staat er twee keer"),
    (r"(`.+`) is another than in row (\d+), .+", r"\1 is anders dan in rij \2, die dezelfde id heeft"),
    ("there is no `quote` in this row, .+", "in deze rij staat geen `quote`, maar zijn andere kolommen van een citaat wel gevuld"),
    ("(`.+`) must be a whole number, not (.+)", r"\1 moet een heel getal zijn, niet \2"),
    ("(`.+`) must be true or false(?:, not .+)?", r"\1 moet true of false zijn (ja of nee in een tabel)"),
    ("answerable, but names no .+", "te beantwoorden, maar noemt geen vereist citaat: vul `must` in"),
    ("not answerable, but names .+", "niet te beantwoorden, maar noemt vereiste citaten: laat `must` weg of zet `answerable` op true"),
    ("unknown field (.+): is (`.+`) meant\\?", r"onbekend veld \1: is \2 bedoeld?"),
    ("(`.+`) is missing", r"\1 ontbreekt"), ("(`.+`) must be text that is not empty", r"\1 moet tekst zijn die niet leeg is"),
    ("`language` must be one of (.+), not (.+)", r"`language` moet een zijn van \1, niet \2"),
    ("`history` must be .+", "`history` moet een lijst van eerdere vragen zijn"),
    ("`filters` must be .+", "`filters` moet een lijst van [naam, waarde] zijn, of een object van namen en waarden"),
    ("`gold` and `must` say .+", "`gold` en `must` zeggen hetzelfde: geef een van beide"), ("(`.+`) has no alternative", r"\1 noemt geen citaat"),
    ("(`.+`) must be a list", r"\1 moet een lijst zijn"), ("(`.+`) must have a `quote` .+", r"\1 moet een `quote` hebben die niet leeg is"),
    ("(`.+`) must be the name of a document", r"\1 moet de naam van een document zijn"),
    ("(`.+`) has offsets (.+) to (.+): .+", r"\1 loopt van \2 tot \3: nodig zijn hele getallen met 0 <= start < end"),
    ("signal (.+) has offsets (.+) to (.+): .+", r"signaal \1 loopt van \2 tot \3: nodig zijn hele getallen met 0 <= start < end"),
    ("signal (.+): `doc` must be .+", r"signaal \1: `doc` moet de naam van een document zijn"),
    ("(.+) stands beyond the last column: .+", r"\1 staat voorbij de laatste kolom: zet aanhalingstekens om een tekst met het teken tussen kolommen"),
    ("unknown column (.+): is (`.+`) meant\\?", r"onbekende kolom \1: is \2 bedoeld?"),
    ("(`.+`) names signal (.+), .+", r"\1 noemt signaal \2, en dat is niet bekend: schrijf het citaat uit"))
_FOLDERS = re.compile(r"(?<![^\s`'\"(])/(?:[^\s/]+/)*(?=[^\s/])")  # of the server, before a name
_PATTERNS = tuple((re.compile(pattern, re.S), dutch) for pattern, dutch in _DUTCH)


def reason_in(language: Language, reason: str) -> str:
    """Return a reason in a language; one that is unknown stays as it is, and of one in both languages that language is kept."""
    halves = reason.split(" / ")
    if len(halves) == 2:  # noqa: PLR2004  (Dutch / English)
        return halves[0] if language == "nl" else halves[1]
    if language == "en":
        return reason
    for pattern, dutch in _PATTERNS:
        found = pattern.fullmatch(reason)
        if found:
            return re.sub(r"\\(\d)", lambda place, said=found: reason_in("nl", said[int(place[1])] or ""), dutch)  # type: ignore[misc]
    return reason


def without_folders(error: Exception) -> str:
    """Return what an error says without the folders of the server, which are nothing to who asks it."""
    return _FOLDERS.sub("", str(error))


def failure_html(language: Language, error: Exception) -> str:
    """Return the sentence that says why something did not work, escaped and without the folders of the server."""
    return escape(ERRORS[language].format(reason=reason_in(language, without_folders(error))))
