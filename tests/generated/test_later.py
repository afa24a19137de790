"""A generated document and its next edition: only the years differ, so the headers are the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.headers import compare, edition_of
from tests.generated.__main__ import make, produce
from tests.generated.later import later, next_edition
from tests.generated.model import Book, Table


def written(folder: Path, *books: Book) -> list[Path]:
    files = [folder / f"{at}.pdf" for at in range(len(books))]
    for book, file in zip(books, files, strict=True):
        produce(replace(book, producer="canvas"), file)
    return files


@pytest.mark.parametrize("family", ["rows_by_role", "matrix", "slides"])
def test_the_next_edition_is_safe(family: str, tmp_path: Path) -> None:
    book = make(family, 1, 1)
    one = compare(*map(edition_of, written(tmp_path, book, next_edition(book))))
    assert one.safe
    assert [d.said for zone in one.zones for d in zone.found] == []
    assert one.old.facts == one.new.facts > 0


def test_a_renamed_column_of_the_next_edition_is_what_to_look_at(tmp_path: Path) -> None:
    book = make("borderless", 1, 1)
    after = next_edition(book)
    renamed = [replace(page, blocks=tuple(_renamed(block) if isinstance(block, Table) else block for block in page.blocks)) for page in after.pages]
    one = compare(*map(edition_of, written(tmp_path, book, replace(after, pages=tuple(renamed)))))
    assert not one.safe
    assert any("到達したい水準" in look.why for look in one.looks)


def _renamed(table: Table) -> Table:
    return replace(
        table,
        rows=tuple(
            tuple(replace(cell, text=cell.text.replace("目標値", "到達したい水準").replace("目標", "到達したい水準")) for cell in row) for row in table.rows
        ),
    )


@pytest.mark.parametrize(
    ("printed", "after"), [("令和元年度", "令和2年度"), ("平成３０年度", "令和元年度"), ("Ｒ５年", "Ｒ６年"), ("2024年度", "2025年度"), ("30人", "30人")]
)
def test_a_year_is_one_later(printed: str, after: str) -> None:
    assert later(printed) == after
