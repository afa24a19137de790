"""The small PDFs of tests/pdfs, and what can happen to a file: turned, cropped, moved, re-compressed, locked, cut off."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf

from extractors.vocabulary import Grid, Line, Page
from pipeline.read.pdf import read_pdf

FOLDER = Path(__file__).parents[2] / "pdfs"
NAMES = sorted(path.stem for path in FOLDER.glob("*.pdf"))


def small(name: str) -> bytes:
    return (FOLDER / f"{name}.pdf").read_bytes()


def page_of(name: str) -> Page:
    return read_pdf(small(name)).pages[0]


def grids(page: Page) -> list[Grid]:
    return [block for block in page.blocks if isinstance(block, Grid)]


def lines(page: Page) -> list[str]:
    return [block.text.string.strip() for block in page.blocks if isinstance(block, Line)]


def rows(grid: Grid) -> list[list[str]]:
    """The texts row by row, a merged cell once, where it begins."""
    out = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        out[cell.row][cell.column] = cell.text.string
    return out


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """The file after `change`, saved with pikepdf's options."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **saving)
    return out.getvalue()


def drawn(content: bytes) -> bytes:
    """A PDF of one page with this content stream and no text font."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(out)
    return out.getvalue()
