from __future__ import annotations

from typing import Any

import pytest
from pipeline.indicators import assign, most_common, unit_kind

PUBLISHERS = {1: "甲", 2: "甲", 3: "乙", 4: None, 5: None}
DOCUMENTS = [{"document_id": f"d_{n}", "publisher": who, "area_code": None, "status": "ok"} for n, who in PUBLISHERS.items()]


def a_fact(indicator: str, document: int = 1, unit: str | None = "件", year: int | None = 2024, component: str | None = None) -> dict[str, Any]:
    return {"document_id": f"d_{document}", "indicator": indicator, "component": component, "unit": unit, "fiscal_year": year, "indicator_id": None}


def indicators(*facts: dict[str, Any], table: str = "targets") -> list[dict[str, Any]]:
    return assign(DOCUMENTS, {table: list(facts)})


def test_one_indicator_over_documents_years_and_printed_forms() -> None:
    facts = [a_fact("相談 件数"), a_fact("相談件数", document=2, year=2025), a_fact("相談件数", year=2022)]
    [row] = indicators(*facts)
    assert (row["indicator"], row["names"]) == ("相談件数", ["相談 件数", "相談件数"])
    assert (row["first_year"], row["last_year"], row["document_ids"], row["targets"]) == (2022, 2025, ["d_1", "d_2"], 3)
    assert {fact["indicator_id"] for fact in facts} == {row["indicator_id"]}


@pytest.mark.parametrize(
    "other",
    [a_fact("相談件数", document=3), a_fact("相談人数"), a_fact("相談件数", component="電話"), a_fact("相談件数", unit="人"), a_fact("相談件数", document=4)],
    ids=["publisher", "name", "component", "unit", "unknown publisher"],
)
def test_another_publisher_name_component_or_unit_is_another_indicator(other: dict[str, Any]) -> None:
    assert len(indicators(a_fact("相談件数"), other)) == 2


def test_documents_of_unknown_publishers_share_no_indicator() -> None:
    assert len(indicators(a_fact("相談件数", document=4), a_fact("相談件数", document=5))) == 2


def test_a_number_without_unit_belongs_to_the_only_unit_there_is() -> None:
    [row] = indicators(a_fact("相談件数"), a_fact("相談件数", unit=None))
    assert row["unit"] == "件"
    assert len(indicators(a_fact("x"), a_fact("x", unit="人"), a_fact("x", unit=None))) == 3


@pytest.mark.parametrize(("unit", "kind"), [("千円", "円"), ("百万円", "円"), ("円", "円"), ("万人", "万人"), (None, None), ("ドル円", "ドル円")])
def test_scales_of_money_are_one_kind_of_unit(unit: str | None, kind: str | None) -> None:
    assert unit_kind(unit) == kind


def test_ids_do_not_hang_on_the_order_of_documents() -> None:
    one, other = [a_fact("あ"), a_fact("い", document=2)], [a_fact("い", document=2), a_fact("あ")]
    assert indicators(*one) == indicators(*other)


def test_the_most_common_of_equals_is_the_first_by_code_point() -> None:
    assert most_common(["b", "a", None, None, None]) == "a"
    assert most_common([None]) is None
