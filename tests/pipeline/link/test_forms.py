"""What one document says under one name, and when a name stands for two things."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.link.forms import Number, most_common, said_by, unit_kind, worth
from tests.pipeline.link.made import fact, linked, same


def test_one_indicator_over_documents_years_and_printed_forms() -> None:
    facts = [fact("相談 件数", document="d_2023"), fact("相談件数", year=2025), fact("相談件数", year=2022)]
    [row] = linked(*facts).indicators
    assert (row["indicator"], row["names"]) == ("相談件数", ["相談 件数", "相談件数"])
    assert (row["first_year"], row["last_year"], row["document_ids"], row["targets"]) == (2022, 2025, ["d_2023", "d_2024"], 3)
    assert {one["indicator_id"] for one in facts} == {row["indicator_id"]}


@pytest.mark.parametrize(
    "other",
    [{"document": "d_other"}, {"component": "電話"}, {"unit": "人"}, {"document": "d_nobody"}, {"name": "苦情人数"}],
    ids=["publisher", "component", "unit", "unknown publisher", "name"],
)
def test_another_publisher_name_component_or_unit_is_another_indicator(other: dict[str, str]) -> None:
    assert len(linked(fact("相談件数"), fact(**{"name": "相談件数", **other})).indicators) == 2  # type: ignore[arg-type]


def test_documents_of_unknown_publishers_share_no_indicator() -> None:
    assert len(linked(fact("相談件数", document="d_nobody"), fact("相談件数", document="d_unknown")).indicators) == 2


def test_a_number_without_unit_belongs_to_the_only_unit_there_is() -> None:
    [row] = linked(fact("相談件数"), fact("相談件数", unit=None)).indicators
    assert row["unit"] == "件"
    assert len(linked(fact("相談"), fact("相談", unit="人"), fact("相談", unit=None)).indicators) == 3


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("千円", "円"), ("百万円", "円"), ("円", "円"), ("万人", "万人"), (None, None), ("ドル円", "ドル円"), ("人/年", "人"), ("人/日", "人/日")],
)
def test_scales_of_money_are_one_kind_of_unit(unit: str | None, kind: str | None) -> None:
    assert unit_kind(unit) == kind


def test_ids_do_not_hang_on_the_order_of_documents() -> None:
    one, other = fact("あゆ", document="d_2023"), fact("いか")
    assert linked(one, other) == linked(other, one)


def test_the_most_common_of_equals_is_the_first_by_code_point() -> None:
    assert most_common(["b", "a", None, None, None]) == "a"
    assert most_common([None]) is None


def test_a_name_without_a_thing_of_its_own_is_kept_apart_by_its_headings() -> None:
    one, other = fact("利用者数", 120, section="居宅介護"), fact("利用者数", 85, section="短期入所")
    linked(one, other)
    assert not same(one, other)
    later, its = fact("利用者数", 131, 2025, document="d_2025", section="居宅介護"), fact("利用者数", 88, 2025, document="d_2025", section="短期入所")
    linked(one, other, later, its)
    assert same(one, later) and same(other, its) and not same(one, other)


def test_a_number_of_one_digit_does_not_join_two_headings_that_others_keep_apart() -> None:
    facts = [fact("利用者数", value, section=section) for value, section in ((1, "居宅介護"), (7, "短期入所"), (1, "同行援護"))]
    assert len(linked(*facts).indicators) == 3


def test_one_misprint_between_a_list_and_a_sheet_does_not_part_a_name_of_its_own() -> None:
    one, other = fact("市民後見人養成講座の修了者数", 30, section="一覧"), fact("市民後見人養成講座の修了者数", 39, section="基本施策1")
    linked(one, other)
    assert same(one, other)


def test_amounts_in_thousands_agree_with_the_same_amounts_in_yen() -> None:
    assert Number(12_345_000.0, 1000).agrees(Number(12_345_678.0))
    assert not Number(12_345_000.0, 1000).agrees(Number(12_346_678.0))


def test_the_last_day_of_a_fiscal_year_is_that_year() -> None:
    as_of = fact("組織率", year=2024) | {"period_start": dt.date(2025, 3, 31), "period_end": dt.date(2025, 3, 31)}
    whole = fact("組織率", year=2024) | {"period_start": dt.date(2024, 4, 1), "period_end": dt.date(2025, 3, 31)}
    october = fact("組織率", year=2024) | {"period_start": dt.date(2024, 10, 31), "period_end": dt.date(2024, 10, 31)}
    keys = [set(said_by([("actuals", one)])) for one in (as_of, whole, october)]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(("low", "high"), [(0, 1), (1, 12), (100, 120), (12, 123), (120, 1234)])
def test_more_digits_say_more(low: float, high: float) -> None:
    assert worth(Number(low)) < worth(Number(high))
