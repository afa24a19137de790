"""Opening a PDF: what is wrong with a file that cannot be read, one repair, and its title."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pdfplumber
import pikepdf
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFXRefFallback
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.read.errors import Unreadable
from pipeline.read.pdf_pages import ALL, pages_of
from pipeline.read.pdf_shortcuts import quicken

LOG = logging.getLogger(__name__)
# pdfminer reports every odd operand of a content stream; what matters is reported by the page's own check.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
# What qpdf says of a file while it repairs it ends in one reason.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)

NOT_A_PDF = "PDFではないか、壊れています。元のファイルを確かめ、必要なら保存し直してください。"
EMPTY = "ファイルが空です。もう一度入手してください。"
LOCKED = "パスワードで保護されています。保護を外したPDFを置いてください。"
NO_PAGES = "ページがありません。元のファイルを確かめてください。"
CUT_OFF = "ファイルが途中で切れています。もう一度入手してください。"

# The mark at the end of a PDF stands within this many bytes of it; a file without both the mark and its table of objects was cut off.
TAIL = 2048


@contextmanager
def opened(data: bytes, repair: bool = False, some: slice = ALL, reference: bool = False) -> Iterator[tuple[PDF, bool]]:
    """The PDF, and whether it had to be repaired first (a broken cross reference table or trailer); `repair` asks for it in any case.

    With `some` it has those of its pages alone, under their numbers; with `reference` all its objects are parsed by pdfminer.

    Raises Unreadable with what to do: for an empty file, a file that is not a PDF, a locked one, and one without pages.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable(EMPTY)
    # Acrobat accepts a header anywhere in the first 1024 bytes.
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(NOT_A_PDF)
    # Not closed at the end: there is no file to close, and pdfplumber would make every page anew in order to close it.
    yield _open(data, repair, some, reference)


def _open(data: bytes, repair: bool, some: slice, reference: bool) -> tuple[PDF, bool]:
    pdf = None if repair else _with_pages(data, some, reference)
    if pdf is not None:
        return pdf, False
    if b"%%EOF" not in data[-TAIL:]:
        # What is left could be read, but nobody would know what is missing.
        raise Unreadable(CUT_OFF)
    pdf = _with_pages(_repaired(data), some, reference)
    if pdf is None:
        raise Unreadable(NOT_A_PDF)
    return pdf, True


def _with_pages(data: bytes, some: slice, reference: bool) -> PDF | None:
    """The opened file, or None where it cannot be opened, has no pages or lacks its table of objects.

    Without that table pdfminer guesses the objects from their text and leaves out what is compressed, so that pages come out empty without a
    word. Raises Unreadable where it is locked or expands without end.
    """
    try:
        pdf = pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False)
        if not reference:
            quicken(pdf.doc, data)
        # pdfplumber takes pages that are there already.
        pdf._pages = pages_of(pdf, some)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise Unreadable(LOCKED) from error
        if isinstance(cause, (Unreadable, MemoryError)):
            raise cause from error
        # pdfminer trusts what it parses: a damaged file ends in any error at all, and is repaired.
        LOG.debug("cannot be opened as it is", exc_info=True)
        return None
    guessed = any(isinstance(table, PDFXRefFallback) for table in pdf.doc.xrefs)
    return pdf if pdf.pages and not guessed else None


def _repaired(data: bytes) -> bytes:
    """The file written anew by qpdf, which finds objects without their table."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise Unreadable(NO_PAGES)
            pdf.save(out)
    except pikepdf.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (pikepdf.PikepdfError, ValueError) as error:
        # ValueError: numbers of more than 64 bits.
        raise Unreadable(NOT_A_PDF) from error
    return out.getvalue()


def title_of(metadata: dict[str, object]) -> str | None:
    """The title that the producer wrote, or None; names of files and of programs are left to the reader of titles.

    PrimoPDF writes the bytes of a CP932 title as hexadecimal digits in angle brackets.
    """
    title = metadata.get("Title")
    if not isinstance(title, str):
        return None
    found = re.fullmatch(r"<((?:[0-9A-Fa-f]{2})+)>", title.strip())
    if found:
        title = bytes.fromhex(found[1]).decode("cp932", errors="replace")
    title = title.strip("\x00 \r\n\t\u3000")
    return title if title and "\ufffd" not in title else None
