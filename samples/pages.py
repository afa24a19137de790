"""On which page of a finished PDF each figure stands: every printed text is found again in the PDF's own text layer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pypdfium2

from samples.ledger import LedgerError, Piece

UNSEEN = re.compile(r"[\s\ufffe\u00ad\u200b]+")  # blanks, and what pdfium puts where it joins a broken line

SURE = 3  # a shorter label (the number of a group) is found by chance anywhere, and leads the search astray


def squeeze(text: str) -> str:
    """The text as compared: NFKC without blanks, for a text layer has others than its source."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def texts(path: Path) -> list[str]:
    """The squeezed text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [squeeze(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def locate(path: Path, pieces: Iterable[Piece]) -> list[int]:
    """The 1-based page of each fact, in the order of the facts.

    A piece with a page is looked for on it; the others must follow one another through the document, so that a figure is never taken
    for an earlier one of the same shape. Raises LedgerError where a piece is not found.
    """
    sheets = texts(path)
    whole = "".join(sheets)
    page_of = [number for number, text in enumerate(sheets, start=1) for _ in text]
    found: dict[int, int] = {}
    cursor = 0
    for piece in pieces:
        shown = squeeze(piece.text)
        if not piece.places and len(shown) < SURE:
            continue
        if piece.page is not None:
            _require(shown in sheets[piece.page - 1], path, piece)
            found.update((fact, piece.page) for _, fact in piece.places)
            continue
        at = whole.find(shown, cursor)
        _require(at >= 0, path, piece)
        found.update((fact, page_of[at + len(squeeze(piece.text[:offset]))]) for offset, fact in piece.places)
        cursor = at + len(shown)
    return [found[fact] for fact in sorted(found)]


def _require(held: bool, path: Path, piece: Piece) -> None:
    if not held:
        raise LedgerError(f"{path.name} does not show, where it should (page {piece.page}): {piece.text!r}")
