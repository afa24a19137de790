"""The year of a figure where more than one label has a part in it."""

from __future__ import annotations

import datetime as dt

from tests.extractors.small import facts_of, table, unclaimed_of, values_of

COLUMNS = ("indicator", "fiscal_year", "period_start", "value")
JANUARY, APRIL = dt.date(2023, 1, 1), dt.date(2023, 4, 1)


def test_months_across_the_columns_take_the_year_of_the_tables_title() -> None:
    source = "令和5年 月別来館者数の実績（単位：人）\n" + table("|1月|4月", "来館者数|10|20")
    assert facts_of(source, *COLUMNS) == [("来館者数", 2022, JANUARY, 10), ("来館者数", 2023, APRIL, 20)]


def test_months_of_a_fiscal_year_run_into_the_next_calendar_year() -> None:
    source = "令和4年度 月別来館者数の実績（単位：人）\n" + table("|4月|1月", "来館者数|10|20")
    assert facts_of(source, *COLUMNS) == [("来館者数", 2022, dt.date(2022, 4, 1), 10), ("来館者数", 2022, JANUARY, 20)]


def test_the_title_of_a_table_wins_over_the_documents_own_year_for_a_month() -> None:
    source = "令和7年度 事業計画\n令和5年度 来館者数の実績（単位：人）\n" + table("|4月|5月", "来館者数|10|20")
    assert values_of(source, "period_start") == [APRIL, dt.date(2023, 5, 1)]


def test_months_down_and_years_across_cross() -> None:
    source = "来館者数の実績（単位：人）\n" + table("|令和4年|令和5年", "1月|10|20", "4月|30|40")
    assert values_of(source, "period_start") == [dt.date(2022, 1, 1), JANUARY, dt.date(2022, 4, 1), APRIL]


def test_half_years_take_the_year_above_them() -> None:
    source = "令和5年度 来館者数の実績（単位：人）\n" + table("|上半期|下半期", "来館者数|10|20")
    assert facts_of(source, "fiscal_year", "period_start", "period_end") == [
        *((2023, APRIL, dt.date(2023, 9, 30)), (2023, dt.date(2023, 10, 1), dt.date(2024, 3, 31))),
    ]


def test_a_target_against_a_base_year_is_for_the_year_of_the_tables_targets() -> None:
    source = table("部門|基準年度（2013年度）|目標年度（2030年度）|削減目標（2013年度比）", "家庭|100.0 t|60.0 t|△40.0%")
    assert facts_of(source, "kind", "fiscal_year", "value") == [("actual", 2013, 100), ("target", 2030, 60), ("target", 2030, -40)]


def test_a_target_against_a_base_year_has_no_year_where_the_table_has_targets_of_two() -> None:
    source = table("部門|中間目標（2025年度）|最終目標（2030年度）|削減目標（2013年度比）", "家庭|80.0 t|60.0 t|△40.0%")
    assert values_of(source, "fiscal_year") == [2025, 2030, None]


def test_the_period_of_a_plan_dates_no_number_that_nothing_calls_a_result() -> None:
    source = "【計画期間：令和4年度～令和8年度】\n・相談員は12人である。\n"
    assert facts_of(source) == []
    assert ("12人", "undated") in unclaimed_of(source)


def test_an_era_broken_by_the_end_of_its_line_is_whole() -> None:
    assert values_of(table("指標|現状値", "従業者数|18,662人（令<br>和2年度）"), "fiscal_year") == [2020]
