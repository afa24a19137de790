"""The generator itself: the same seed gives the same plan, and every fact of the truth stands in the text layer of its page."""

from __future__ import annotations

import csv
from pathlib import Path

import pypdfium2
import pytest

from tests.generated.__main__ import make
from tests.generated.draw import draw
from tests.generated.families import FAMILIES
from tests.generated.model import flat, stated
from tests.generated.truth import COLUMNS, write_truth


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_and_a_number_make_the_same_book_again_and_other_seeds_another(family: str) -> None:
    assert make(family, 7, 1) == make(family, 7, 1)
    assert make(family, 7, 1) != make(family, 8, 1)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_fact_is_printed_in_its_own_cell_and_no_cell_states_two_values_for_one_year(family: str) -> None:
    for number in (1, 2, 3):
        facts = list(stated(make(family, 7, number)))
        keys = [(page, f.kind, f.section, f.indicator, f.component, f.area, f.fiscal_year, f.period) for page, f in facts if f.fiscal_year or f.period]
        assert len(facts) >= 10
        assert family in {"evaluation_sheet", "budget_book"} or len(set(keys)) == len(keys)


@pytest.mark.parametrize("family", ["kpi_tree", "merged_turned", "bullets"])
def test_every_fact_stands_in_the_text_layer_of_its_page(family: str, tmp_path: Path) -> None:
    book = make(family, 7, 2)
    draw(book, tmp_path / "book.pdf")
    with pypdfium2.PdfDocument(tmp_path / "book.pdf") as pdf:
        assert len(pdf) == len(book.pages)
        texts = [flat(page.get_textpage().get_text_range()) for page in pdf]
    assert [fact.raw for page, fact in stated(book) if flat(fact.raw) not in texts[page - 1]] == []


def test_the_truth_has_the_gold_columns_and_one_row_a_fact(tmp_path: Path) -> None:
    book = make("tourism", 7, 1)
    count = write_truth(book, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == count == len(list(stated(book)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["period"] for row in rows if not row["fiscal_year"]} >= {"2020", "2021"}
