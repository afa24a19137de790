"""Whether a fetched file really is a document: servers answer 200 with an error page, an empty body or half a file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from pipeline.fetch.outcome import NotFetched

HEAD = 4096
PADDED = 65_536
# A page that begins with a comment or an XML declaration is HTML too.
HTML = re.compile(rb"(?i)\A(?:\xef\xbb\xbf)?\s*<(?:.*?<)??(?:!doctype\s+html|html|head|body|script|meta)\b", re.DOTALL)
# The part that makes an Office file what it is.
OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsx", "ppt/presentation.xml": ".pptx"}


def suffix_for(file: Path, name: str, suffixes: Sequence[str]) -> str:
    """The suffix that fits a file's bytes, one of `suffixes`: the name's own where it fits, else the first that does.

    Raises NotFetched with what the file is instead: an empty body, an HTML page, a PDF without pages or cut short, another format.
    """
    with file.open("rb") as handle:
        head = handle.read(HEAD)
    fitting = _fitting(file, head)
    own = PurePosixPath(name).suffix.lower()
    if own in fitting and own in suffixes:
        return own
    for suffix in suffixes:
        if suffix in fitting:
            return suffix
    raise NotFetched(f"{_kind(head)} came in place of a document ({', '.join(suffixes)})")


def _kind(head: bytes) -> str:
    from pipeline.media import PDF, TEXT, called, media_type

    media = media_type(head)
    if HTML.match(head) or media == "text/html":
        return "an HTML page"
    return "a PDF" if media == PDF else "a text" if media == TEXT else f"a file of another kind ({media and called(media)})"


def _fitting(file: Path, head: bytes) -> set[str]:
    # The readers are imported here: a night with nothing new needs none.
    from pipeline.media import PDF, TEXT, media_type

    media = media_type(head)
    if media is None:
        raise NotFetched("the body is empty" if not head else "the body holds nothing but blanks")
    if media == PDF:
        _check_pdf(file)
        return {".pdf"}
    if media == "application/zip":
        return _office(file)
    if media == "application/x-ole-storage":
        return {".doc", ".xls", ".ppt"}
    return {".txt", ".md"} if media == TEXT and not HTML.match(head) else set()


def _office(file: Path) -> set[str]:
    try:
        with zipfile.ZipFile(file) as archive:
            return {OFFICE[name] for name in archive.namelist() if name in OFFICE}
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise NotFetched(f"the file is cut short or broken ({error})") from error


def _check_pdf(file: Path) -> None:
    """A whole PDF: its end mark, and at least one page. One that asks for a password is whole, too: reading says what to do."""
    import pikepdf

    from pipeline.read.pdf_open import TAIL

    with file.open("rb") as handle:
        # Some servers fill the last block with zeros.
        handle.seek(max(file.stat().st_size - PADDED, 0))
        end = handle.read().rstrip(b"\x00 \t\r\n")
    if b"%%EOF" not in end[-TAIL:]:
        raise NotFetched("the PDF is cut short: its end mark is missing")
    try:
        with pikepdf.open(file) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        raise NotFetched(f"the PDF is broken ({str(error).removeprefix(f'{file}: ')})") from error
    if not pages:
        raise NotFetched("the PDF has no page")
