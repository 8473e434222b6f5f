"""The same text as Markdown, HTML, DOCX, ODT and PDF: how much of its passages stays equal, and how many sections are found.

    python -m benchmarks.conversions TEXT.md...

HTML is made by markdown-it, the others from that HTML by LibreOffice (`soffice` on the path). A passage counts as equal when the same
characters, white space folded, are one passage there; the share is of characters.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document

KINDS = ("html", "docx", "odt", "pdf")


def convert(page: Path, kind: str, folder: Path) -> Path:
    """Return `page` converted; LibreOffice keeps its profile in `folder`."""
    filters = {"docx": "docx:MS Word 2007 XML", "odt": "odt:writer8", "pdf": "pdf:writer_pdf_Export"}
    call = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=HTML (StarWriter)", "--convert-to",
            filters[kind], "--outdir", str(folder), str(page)]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    return page.with_suffix(f".{kind}")


def read(path: Path) -> Document:
    """Read a file without the limits of a worker."""
    return read_document(path, doc=path.name, settings=ReadingSettings())


def equal_share(one: Document, other: Document) -> float:
    """The share of the characters of `one` whose passage is a passage of `other` too."""
    there = Counter(" ".join(passage.text.split()) for passage in other.passages)
    equal = total = 0
    for passage in one.passages:
        text = " ".join(passage.text.split())
        total += len(text)
        if there[text]:
            there[text] -= 1
            equal += len(text)
    return equal / total if total else 1.0


def sections_share(one: Document, other: Document) -> float:
    """The share of the headings of `one` that are headings of `other`, in their last part."""
    there = {section.path[-1] for section in other.sections}
    return sum(section.path[-1] in there for section in one.sections) / max(1, len(one.sections))


def main() -> int:
    """Print a row for each text and format; with --differences the first passages that are not equal."""
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    print(f"{'text':<50} {'kind':<5} {'passages':>13} {'equal':>7} {'sections':>8}")
    with tempfile.TemporaryDirectory() as temporary:
        for name in map(Path, names):
            law, folder = read(name), Path(temporary)
            page = folder / f"{name.stem}.html"
            body = MarkdownIt("commonmark").enable("table").render(name.read_text("utf-8"))
            page.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", "utf-8")
            for kind in KINDS:
                other = read(page if kind == "html" else convert(page, kind, folder))
                print(f"{name.stem[:50]:<50} {kind:<5} {len(law.passages):>6}/{len(other.passages):>6} {equal_share(law, other):>7.4f} "
                      f"{sections_share(law, other):>8.3f}", flush=True)
                if "--differences" in sys.argv:
                    there = {" ".join(passage.text.split()) for passage in other.passages}
                    for passage in [one for one in law.passages if " ".join(one.text.split()) not in there][:6]:
                        print("      ", passage.kind, repr(passage.text[:160]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
