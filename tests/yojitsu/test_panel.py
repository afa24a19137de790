from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import yojitsu
from tests.yojitsu.made import Row, actual, document, fact, target, written
from yojitsu.amounts import same_amount

YEARS = [document("d_1", 2023), document("d_2", 2024), document("d_3", 2025)]


def panel_of(tmp_path: Path, **rows: list[Row]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yojitsu.panel(out=written(tmp_path / "out", YEARS, **rows), as_="arrow").to_pylist()
    return found


def test_three_documents_state_one_number_and_the_latest_document_counts(tmp_path: Path) -> None:
    (row,) = panel_of(tmp_path, targets=[target("f_3", 120, "d_3"), target("f_1", 100, "d_1"), target("f_2", 100, "d_2")])
    assert (row["value"], row["first_value"], row["revised"], row["documents"], row["statements"]) == (120, 100, True, 3, 3)
    assert (row["fact_id"], row["first_fact_id"], row["document_year"], row["first_document_year"]) == ("f_3", "f_1", 2025, 2023)
    assert row["fact_ids"] == ["f_1", "f_2", "f_3"]


def test_the_same_number_twice_in_a_document_and_in_the_next_is_not_revised(tmp_path: Path) -> None:
    (row,) = panel_of(tmp_path, targets=[target("f_1", 100, "d_1"), target("f_2", 100, "d_1"), target("f_3", 100, "d_2")])
    assert (row["revised"], row["documents"], row["statements"], row["note"]) == (False, 2, 3, None)


def test_targets_results_and_baselines_are_rows_of_their_own(tmp_path: Path) -> None:
    rows = panel_of(tmp_path, targets=[target("f_1", 1)], actuals=[actual("f_2", 2), actual("f_3", 3, baseline=True)])
    assert {row["kind"]: row["value"] for row in rows} == {"target": 1, "actual": 2, "baseline": 3}


def test_a_number_of_a_part_of_the_year_and_a_sum_over_years_stand_apart(tmp_path: Path) -> None:
    september = {"period_start": dt.date(2024, 9, 30), "period_end": dt.date(2024, 9, 30)}
    rows = panel_of(tmp_path, actuals=[actual("f_1", 50, **september), actual("f_2", 100), actual("f_3", 900, cumulative=True)])
    assert [(row["value"], row["period_end"], row["cumulative"]) for row in rows] == [(100, None, False), (900, None, True), (50, dt.date(2024, 9, 30), False)]


@pytest.mark.parametrize("start", [dt.date(2024, 4, 1), dt.date(2025, 3, 31)])
def test_a_number_as_of_the_end_of_the_year_is_that_years(start: dt.date, tmp_path: Path) -> None:
    end = dt.date(2025, 3, 31)
    (row,) = panel_of(tmp_path, actuals=[actual("f_1", 50, "d_2"), actual("f_2", 50, "d_3", period_start=start, period_end=end)])
    assert row["documents"] == 2


def test_a_range_is_one_row(tmp_path: Path) -> None:
    (row,) = panel_of(tmp_path, targets=[target("f_1", 3, comparator=">="), target("f_2", 5, comparator="<=")])
    assert (row["value"], row["upper"], row["comparator"], row["note"]) == (3, 5, ">=", None)


def test_several_numbers_of_one_document_are_listed_and_none_is_chosen(tmp_path: Path) -> None:
    (row,) = panel_of(tmp_path, targets=[target("f_0", 20, "d_1"), target("f_1", 20, "d_2"), target("f_2", 40, "d_2")])
    assert (row["value"], row["values"], row["revised"], row["first_value"]) == (None, [20, 40], None, 20)
    assert "20, 40" in row["note"]


def test_areas_and_kinds_of_money_stand_apart(tmp_path: Path) -> None:
    rows = panel_of(
        tmp_path,
        actuals=[actual("f_1", 1, area="東地区"), actual("f_2", 2, area="西地区")],
        costs=[fact("costs", "f_3", 10, unit="千円", basis="budget"), fact("costs", "f_4", 9, unit="千円", basis="settled"), fact("costs", "f_5", 8)],
    )
    assert {(row["kind"], row["area"]): row["value"] for row in rows} == {
        ("actual", "東地区"): 1, ("actual", "西地区"): 2,
        ("budget", None): 10, ("settled", None): 9, ("cost", None): 8,
    }


def test_a_superseded_edition_is_no_statement_unless_asked_for(tmp_path: Path) -> None:
    rows = [target("f_1", 1, "d_1", superseded_by="d_2"), target("f_2", 2, "d_2")]
    documents = [document("d_1", 2024, superseded_by="d_2"), document("d_2", 2024)]
    out = written(tmp_path / "out", documents, targets=rows)
    assert list(yojitsu.panel(out=out).documents) == [1]
    assert list(yojitsu.panel(out=out, superseded=True).documents) == [2]


@pytest.mark.parametrize(
    ("value", "unit", "other", "other_unit", "same"),
    [
        (1234, "千円", 1234567, "円", True),
        (1235, "千円", 1234567, "円", True),
        (1236, "千円", 1234567, "円", False),
        (0.1 + 0.2, "%", 0.3, "%", True),
        (5, "件", 5, None, True),
        (5, "件", 5, "人", False),
        (1, "億円", 100, "百万円", True),
    ],
)
def test_money_in_two_scales_agrees_up_to_rounding(value: float, unit: str, other: float, other_unit: str | None, same: bool) -> None:
    assert same_amount(value, unit, other, other_unit) is same
    assert same_amount(other, other_unit, value, unit) is same
