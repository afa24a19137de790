"""Nothing is lost and nothing is read twice: every character of a table in one cell, every numeral of a page in one place, in all documents."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from extractors import extract
from extractors.vocabulary import Box, Cell, Document, Extraction, Glyph, Grid, Page
from pipeline.read import read
from pipeline.read.turns import levelled
from tests.conftest import RAW
from tests.extractors.test_account import assert_accounted, digits
from tests.generated.__main__ import make
from tests.generated.draw import draw
from tests.pipeline.read.variants import NAMES, small

SAMPLES = {f"sample {i}": path for i, path in enumerate(RAW, start=1)}
# Families whose pages differ most: sheets of many grids, turned pages, halves of a sheet, boxes, tables without rules, tables over pages.
FAMILIES = ("evaluation_sheet", "merged_turned", "two_up", "slides", "borderless", "two_pages")
SEED = 11
# Printed on the page and in no block: kana above their kanji.
RUBY = {"doubled": "けんり"}
# In a table's cells and in none of them: what lies across the page.
ACROSS = {"watermark": "令和7年度案"}


def bytes_of(name: str) -> bytes:
    if name in SAMPLES:
        return SAMPLES[name].read_bytes()
    if name in NAMES:
        return small(name)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "book.pdf"
        draw(make(name, SEED, 1), file)
        return file.read_bytes()


@cache
def extracted(name: str) -> tuple[Document, Extraction]:
    document = read(bytes_of(name), f"{name}.pdf")
    return document, extract(document)


def grids(page: Page) -> list[Grid]:
    return [block for block in page.blocks if isinstance(block, Grid)]


def printed(page: Page) -> list[Glyph]:
    return [glyph for glyph in page.glyphs if glyph.printed and not glyph.char.isspace()]


def holds(outer: Box | None, inner: Box | None) -> bool:
    """Whether the middle of the second box lies in the first."""
    assert outer and inner
    across, down = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= across <= outer.x1 and outer.top <= down <= outer.bottom


def over(page: Page, glyph: Glyph) -> list[Cell]:
    """The cells in whose boxes a character stands (of more than one grid where one lies in a cell of another)."""
    seen = Box(0.0, 0.0, page.width, page.height)
    box = levelled(glyph.box, page.turn, seen) if glyph.box else None
    return [cell for grid in grids(page) if holds(grid.box, box) for cell in grid.cells if holds(cell.box, box)]


@pytest.mark.parametrize("name", [*SAMPLES, *NAMES, *FAMILIES])
def test_each_character_in_a_table_is_in_exactly_one_cell(name: str) -> None:
    pages = extracted(name)[0].pages
    # A row that a page end cuts in two is a row of the first page.
    celled = Counter(glyph for page in pages for grid in grids(page) for cell in grid.cells for glyph in cell.text if glyph.printed)
    assert set(celled.values()) <= {1}, "characters in two cells"
    for page in pages:
        stray = [glyph for glyph in printed(page) if celled[glyph] != 1 and over(page, glyph)]
        assert set("".join(glyph.char for glyph in stray)) <= set(ACROSS.get(name, "")), f"page {page.number}: characters in no cell"


@pytest.mark.parametrize("name", [*SAMPLES, *NAMES, *FAMILIES])
def test_each_character_of_a_readable_page_is_in_exactly_one_block(name: str) -> None:
    pages = extracted(name)[0].pages
    texts = [cell.text for page in pages for grid in grids(page) for cell in grid.cells]
    texts += [block.text for page in pages for block in page.blocks if not isinstance(block, Grid)]
    held = Counter(glyph for text in texts for glyph in text if glyph.printed)
    for page in pages:
        lost = [glyph.char for glyph in printed(page) if held[glyph] != 1] if page.unreadable is None else []
        assert "".join(lost) == RUBY.get(name, "")


@pytest.mark.parametrize("name", [*SAMPLES, *NAMES, *FAMILIES])
def test_each_numeral_is_a_fact_or_its_words_or_unclaimed(name: str) -> None:
    document, extraction = extracted(name)
    assert_accounted(document, extraction)


def test_there_is_something_to_conserve() -> None:
    documents = [extracted(name) for name in (*SAMPLES, *FAMILIES)]
    assert sum(len(grids(page)) for document, _ in documents for page in document.pages) > 60
    assert sum(len(digits(document)) for document, _ in documents) > 5000
    assert sum(len(extraction.facts) for _, extraction in documents) > 800
