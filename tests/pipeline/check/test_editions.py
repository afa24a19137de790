"""This year's document against last year's, over the rows of both."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.check.editions import compare


def document(name: str, year: int | None) -> dict[str, Any]:
    return {"document_id": name, "fiscal_year": year, "source_name": f"{name}.pdf", "publisher": "市"}


def row(document_id: str, value: float, unit: str = "件", **said: Any) -> dict[str, Any]:
    same = {"indicator_id": "i_1", "indicator": "就職の件数", "component": None, "area": None, "fiscal_year": 2023, "period_start": None, "period_end": None}
    return {"document_id": document_id, "fact_id": f"f_{document_id}_{value}", "value": value, "unit": unit, "page": 1, "line": None, **same, **said}


def compared(table: str, *rows: dict[str, Any], years: tuple[int | None, int | None] = (2023, 2024)) -> list[tuple[str, str, str, str | None, str | None]]:
    more = {"achievement_rate": None, "baseline": False} if table == "actuals" else {}
    facts: dict[str, list[dict[str, Any]]] = {"targets": [], "actuals": [], "costs": []} | {table: [one | more for one in rows]}
    found = compare([document("old", years[0]), document("new", years[1])], facts)
    return [(one["document_id"], one["rule"], one["severity"], one["stated"], one["expected"]) for one in found]


def test_a_target_that_the_next_document_states_otherwise_is_found_there() -> None:
    assert compared("targets", row("old", 666), row("new", 660)) == [("new", "other_edition", "warning", "660", "666")]


@pytest.mark.parametrize(("value", "severity"), [(670, "info"), (6660, "warning"), (766, "warning")])
def test_a_result_is_revised_or_slipped(value: float, severity: str) -> None:
    found = compared("actuals", row("old", 666), row("new", value))
    assert found == [("new", "other_edition", severity if value != 670 else "info", f"{value:,.10g}", "666")]


@pytest.mark.parametrize(
    "rows",
    [
        (row("old", 666), row("new", 666)),
        (row("old", 666), row("new", 660, fiscal_year=2024)),
        (row("old", 666), row("new", 660, area="東部")),
        # What a document states in two ways is not compared: which of them is its number?
        (row("old", 666), row("new", 660), row("new", 661)),
    ],
)
def test_what_says_the_same_or_of_something_else_is_left_alone(rows: tuple[dict[str, Any], ...]) -> None:
    assert compared("targets", *rows) == []


@pytest.mark.parametrize("years", [(2023, 2023), (None, 2024)])
def test_documents_of_one_year_or_none_are_no_editions(years: tuple[int | None, int | None]) -> None:
    assert compared("targets", row("old", 666), row("new", 660), years=years) == []


def test_a_unit_that_changes_from_one_year_to_the_next_is_to_know() -> None:
    assert compared("targets", row("old", 666), row("new", 666, "人", indicator_id="i_2")) == [("new", "unit_of_edition", "info", "人", "件")]


def test_the_order_of_documents_changes_nothing() -> None:
    assert compared("targets", row("new", 660), row("old", 666)) == compared("targets", row("old", 666), row("new", 660))
