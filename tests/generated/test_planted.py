"""The fast part of the planted errors: one book of a few families. `make planted` does all."""

from __future__ import annotations

from random import Random

import pytest

from tests.generated.__main__ import make
from tests.generated.planted import KINDS, findings, is_found, plants, said

# Family and the kinds of error that its first book must show: totals, rates in columns, rates in rows, differences.
FAST = {
    "reform": {"total_digit"},
    "kpi_tree": {"result_digit", "columns_swapped"},
    "rows_by_role": {"rate_digit"},
    "budget_book": {"budget_digit", "spent_digit"},
}


@pytest.mark.parametrize("family", FAST)
def test_a_book_is_clean_until_an_error_is_planted_in_it(family: str) -> None:
    book = make(family, 1, 1)
    clean = {said(one) for one in findings(book)}
    assert clean == set()
    chosen = [plant for plant in plants(book, Random(f"1/{family}/1")) if plant.kind in FAST[family]]
    assert {plant.kind for plant in chosen} == FAST[family]
    assert [plant.kind for plant in chosen if not is_found(plant, clean)] == []


def test_a_plant_changes_one_thing_and_is_the_same_again() -> None:
    book = make("kpi_tree", 1, 1)
    first, second = (list(plants(book, Random(1))) for _ in range(2))
    assert first == second and len({plant.kind for plant in first}) >= 5
    assert all(plant.before != plant.after and plant.book != book for plant in first)
    assert {plant.kind for plant in first} <= {kind.__name__ for kind in KINDS}
