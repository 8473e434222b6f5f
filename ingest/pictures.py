"""The picture of one page of a PDF, as PNG, made in a process of its own: a file that crashes its renderer costs that picture.

pdfium is not safe across threads, and a web server has many: a process for each picture is safe and takes no lock.
"""

import subprocess
import sys
from pathlib import Path

from ingest.errors import UnreadableError

LONGEST_SIDE = 1_600  # pixels; 137 dpi on A4
_SECONDS = 20.0


def page_picture(path: Path, number: int) -> bytes:
    """Return the PNG of physical page `number` (from 1), at most LONGEST_SIDE pixels high or wide.

    :raises UnreadableError: when the file has no such page, or cannot be drawn in time.
    """
    call = [sys.executable, "-m", "ingest.pictures", str(path), str(number)]
    try:
        done = subprocess.run(call, capture_output=True, timeout=_SECONDS, check=False, cwd=Path(__file__).resolve().parents[1])
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"page {number} takes longer than {_SECONDS:g} s to draw") from error
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise UnreadableError(f"page {number} cannot be drawn")
    return done.stdout


def draw(path: Path, number: int) -> bytes:
    """Draw the page here and now; see `page_picture`, which callers in a server use."""
    from io import BytesIO

    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        if not 1 <= number <= len(document):
            raise UnreadableError(f"has no page {number}")
        page = document[number - 1]
        scale = LONGEST_SIDE / max(page.get_size())
        picture = BytesIO()
        page.render(scale=scale).to_pil().save(picture, "PNG")
        return picture.getvalue()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("cannot be drawn") from error
    finally:
        document.close()


def main() -> int:
    """Write the picture to stdout; status 1 when there is none."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))  # bytes
    resource.setrlimit(resource.RLIMIT_CPU, (int(_SECONDS), int(_SECONDS)))
    try:
        sys.stdout.buffer.write(draw(Path(sys.argv[1]), int(sys.argv[2])))
    except (UnreadableError, OSError, MemoryError, ValueError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
