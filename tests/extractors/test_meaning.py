"""The resolver: which label decides, which words it keeps, and when a number means nothing."""

from __future__ import annotations

import pytest

from tests.extractors.small import extraction_of, facts_of, table, unclaimed_of, values_of


def test_a_printed_rate_goes_to_the_actual_of_its_row_and_is_no_fact() -> None:
    source = table("項目|令和6年度目標|令和6年度実績|達成率|令和7年度目標", "相談件数|100件|90件|90.0%|95件", "見学会参加者数|40人|50人|125.0%|45人")
    assert facts_of(source, "kind", "value", "achievement_rate") == [
        *(("target", 100, None), ("actual", 90, 90.0), ("target", 95, None)),
        *(("target", 40, None), ("actual", 50, 125.0), ("target", 45, None)),
    ]


def test_rates_of_several_years_go_to_the_actuals_of_their_years() -> None:
    source = table("項目|令和5年度|||令和6年度||", "|目標|実績|達成率|目標|実績|達成率", "相談件数|100件|90件|90.0%|80件|40件|50.0%")
    assert facts_of(source, "kind", "fiscal_year", "achievement_rate")[1::2] == [("actual", 2023, 90.0), ("actual", 2024, 50.0)]


def test_a_rate_is_itself_a_value_where_the_indicator_is_a_rate() -> None:
    found = facts_of(table("項目|令和6年度目標|令和6年度実績|達成率", "受診率|80%|60%|75%"), "kind", "value", "unit", "achievement_rate")
    assert found == [("target", 80, "%", None), ("actual", 60, "%", 75.0)]


def test_a_rate_before_any_actual_is_unclaimed() -> None:
    source = table("項目|達成率", "相談件数|90.0%")
    assert facts_of(source) == []
    assert unclaimed_of(source) == [("90.0%", "rate_without_actual")]


def test_a_rate_behind_an_empty_result_goes_to_no_other_row() -> None:
    source = table("項目|令和6年度目標|令和6年度実績|達成率", "相談件数|100件|90件|90.0%", "面談件数|20件||0.0%")
    assert facts_of(source, "indicator", "achievement_rate")[-1] == ("面談件数", None)
    assert ("0.0%", "rate_without_actual") in unclaimed_of(source)


@pytest.mark.parametrize("header", ["前年度比", "増減", "対前年度比", "前年差", "伸び率"])
def test_a_column_of_changes_holds_no_facts(header: str) -> None:
    source = table(f"項目|令和5年度実績|令和6年度実績|{header}", "相談件数|100件|90件|10件")
    assert values_of(source, "value") == [100, 90]
    assert ("10件", "change") in unclaimed_of(source)


def test_the_words_that_decided_are_kept() -> None:
    source = "（単位：千人）\n" + table("項目|令和6年度|", "|目標値|実績値", "来館者数|100|90")
    assert facts_of(source, "role_from", "year_from", "unit_from") == [("目標値", "令和6年度", "（単位：千人）"), ("実績値", "令和6年度", "（単位：千人）")]


def test_a_word_that_nothing_printed_decided_is_none() -> None:
    ((role, year, unit),) = facts_of("令和5年10月末時点の登録者は471人である。", "role_from", "year_from", "unit_from")
    assert (role, year, unit) == (None, "令和5年10月末時点", None)


def test_the_nearest_year_wins_over_the_title() -> None:
    assert values_of("令和7年度 計画\n" + table("項目|令和5年度実績", "相談件数|90件"), "fiscal_year") == [2023]


def test_a_target_without_a_year_is_of_the_year_of_its_document() -> None:
    source = "令和7年度 就労支援計画\n" + "窓口の案内です。\n" * 3 + table("項目|数値目標", "相談件数|90件")
    assert facts_of(source, "kind", "fiscal_year", "year_from") == [("target", 2025, None)]


def test_a_statistic_of_a_year_to_come_is_no_fact() -> None:
    source = "令和5年度の状況について\n" + table("項目|令和4年度|令和5年度|令和9年度", "高齢者人口|100人|110人|150人")
    assert values_of(source, "value") == [100, 110]
    assert ("150人", "future") in unclaimed_of(source)


def test_a_number_without_role_and_year_is_unclaimed_with_its_reason() -> None:
    source = table("項目|男|女", "相談件数|5件|6件")
    assert facts_of(source) == []
    assert unclaimed_of(source) == [("5件", "undated"), ("6件", "undated")]


def test_a_figure_that_nothing_names_is_no_fact() -> None:
    source = table("令和5年度実績|令和6年度実績", "5件|6件")
    assert facts_of(source) == []
    assert {reason for numeral, reason in unclaimed_of(source) if numeral in ("5件", "6件")} == {"unnamed"}


def test_the_title_of_the_table_names_figures_that_row_and_column_leave_unnamed() -> None:
    found = facts_of("相談件数の推移\n" + table("|令和4年度|令和5年度", "実績|10件|20件"), "indicator", "fiscal_year", "value")
    assert found == [("相談件数の推移", 2022, 10), ("相談件数の推移", 2023, 20)]


def test_parts_of_a_whole_keep_the_name_of_the_whole() -> None:
    source = "来館者数の推移\n" + table("|令和4年度|令和5年度", "男性|10人|20人", "女性|11人|21人")
    assert {(component, "来館者数" in indicator) for indicator, component in facts_of(source, "indicator", "component")} == {("男性", True), ("女性", True)}


def test_every_figure_and_every_word_of_a_fact_is_the_documents_own() -> None:
    source = "（単位：千人）\n" + table("項目|令和6年度目標|令和6年度実績|達成率", "来館者数|１００|９０|90.0%")
    for fact in extraction_of(source).facts:
        assert all(glyph.printed and glyph.char in source for text in (fact.figure, *fact.words) for glyph in text)
    assert values_of(source, "raw") == ["１００", "９０"]
