"""Every family of generated documents is read as its truth says: one printed file of each, always the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.generated.__main__ import make
from tests.generated.draw import draw
from tests.generated.families import FAMILIES
from tests.generated.model import Block, Book, Fact, Table
from tests.generated.score import Score, score

SEED = 5
# Of one file; over all families the loss is far smaller.
LEAST_F1, LEAST_PRECISION = 0.95, 0.95


@pytest.mark.parametrize("family", FAMILIES)
def test_a_document_of_each_family_is_read_as_its_truth_says(family: str, tmp_path: Path) -> None:
    book, file = make(family, SEED, 1), tmp_path / "book.pdf"
    draw(book, file)
    found = score(book, file.read_bytes())
    assert found.f1 >= LEAST_F1, "\n".join(found.wrong)
    assert found.precision >= LEAST_PRECISION, "\n".join(found.wrong)


def test_the_score_counts_what_is_missed_and_what_nothing_states(tmp_path: Path) -> None:
    """A truth with one value changed misses that fact, and the printed value becomes spurious."""
    book, file = make("matrix", SEED, 1), tmp_path / "book.pdf"
    draw(book, file)
    tables = [block for page in book.pages for block in page.blocks if isinstance(block, Table)]
    (fact,) = next(cell.facts for table in tables for row in table.rows for cell in row if cell.facts)
    before, after = score(book, file.read_bytes()), score(changed(book, fact, replace(fact, fiscal_year=1999)), file.read_bytes())
    assert (after.found, after.missed, after.spurious) == (before.found - 1, before.missed + 1, before.spurious + 1)
    assert Score(9, 1, 0).f1 == pytest.approx(18 / 19)


def changed(book: Book, old: Fact, new: Fact) -> Book:
    """The book with one fact of a table stated otherwise."""
    pages = tuple(replace(page, blocks=tuple(_changed(block, old, new) for block in page.blocks)) for page in book.pages)
    return replace(book, pages=pages)


def _changed(block: Block, old: Fact, new: Fact) -> Block:
    if not isinstance(block, Table):
        return block
    rows = tuple(tuple(replace(cell, facts=tuple(new if fact is old else fact for fact in cell.facts)) for cell in row) for row in block.rows)
    return replace(block, rows=rows)
