"""Key-value sheets: a 施策 with its indicator, values by year, money by year."""

from __future__ import annotations

from tests.extractors.small import facts_of, table

SHEET = table(
    "施策名|空き家活用事業||",
    "成果指標|空き家バンク成約件数||",
    "現状値|令和3年度|4件|",
    "目標値|令和8年度|20件|",
    "事業費（千円）|令和5年度|令和6年度|令和7年度",
    "|1,200|1,300|1,400",
    "実績値|令和5年度|令和6年度|令和7年度",
    "|6件|9件|",
)


def test_a_sheet_gives_present_value_goal_money_and_results_of_their_own_years() -> None:
    assert facts_of(SHEET) == [
        ("actual", "空き家バンク成約件数", 2021, 4, "件"),
        ("target", "空き家バンク成約件数", 2026, 20, "件"),
        ("cost", "空き家活用事業", 2023, 1200, "千円"),
        ("cost", "空き家活用事業", 2024, 1300, "千円"),
        ("cost", "空き家活用事業", 2025, 1400, "千円"),
        ("actual", "空き家バンク成約件数", 2023, 6, "件"),
        ("actual", "空き家バンク成約件数", 2024, 9, "件"),
    ]


def test_only_the_present_value_of_a_sheet_is_a_baseline() -> None:
    assert [value for value, baseline in facts_of(SHEET, "value", "baseline") if baseline] == [4]


def test_the_money_of_a_sheet_is_called_by_its_row() -> None:
    assert {component for kind, component in facts_of(SHEET, "kind", "component") if kind == "cost"} == {"事業費"}


def test_a_year_without_result_gives_none() -> None:
    assert 2025 not in [year for kind, year in facts_of(SHEET, "kind", "fiscal_year") if kind == "actual"]


def test_a_second_sheet_keeps_its_own_name() -> None:
    other = table("施策名|移住相談事業|", "成果指標|移住相談件数|", "目標値|令和8年度|30件")
    assert facts_of(SHEET + "\n" + other)[-1] == ("target", "移住相談件数", 2026, 30, "件")


def test_two_indicators_in_one_sheet_take_their_numbers_in_order() -> None:
    names = ("施策名|空き家活用事業", "成果指標|○空き家登録件数 ○移住相談件数")
    source = table(*names, "現状値（令和3年度）|4件 10件", "目標値（令和8年度）|20件 30件", "実績値（令和6年度）|6件 14件")
    assert facts_of(source, "kind", "indicator", "value") == [
        *(("actual", "空き家登録件数", 4), ("actual", "移住相談件数", 10)),
        *(("target", "空き家登録件数", 20), ("target", "移住相談件数", 30)),
        *(("actual", "空き家登録件数", 6), ("actual", "移住相談件数", 14)),
    ]


def test_two_indicators_of_different_units_take_the_numbers_that_fit_them() -> None:
    source = table("施策名|子育て応援事業", "成果指標|○講座の受講者数 ○講座の開催回数", "目標値（令和8年度）|4回 60人")
    assert sorted(facts_of(source, "indicator", "value")) == [("講座の受講者数", 60), ("講座の開催回数", 4)]


def test_two_indicators_in_two_rows_each_keep_their_own_values() -> None:
    source = table("指標|現状値（令和3年度）|目標値（令和8年度）", "登録件数|4件|20件", "相談件数|10件|30件")
    assert facts_of(source, "indicator", "kind", "value") == [
        *(("登録件数", "actual", 4), ("登録件数", "target", 20)),
        *(("相談件数", "actual", 10), ("相談件数", "target", 30)),
    ]
