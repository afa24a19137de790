"""Cells that hold more than one number: compounds, brackets, lists, ranges."""

from __future__ import annotations

import pytest

from extractors.vocabulary import Cell, Document, Glyph, Grid, Page, Text
from tests.extractors.small import facts_of, table, unclaimed_of, values_of

TITLE = "令和6年度 事業計画\n"
NAME = "企業面談会の参加企業、参加求職者数"


@pytest.mark.parametrize("cell", ["15社・50人", "15社、50人", "15社 50人", "15社<br>50人", "15社/50人", "50人・15社"])
def test_numbers_of_a_compound_cell_go_to_the_parts_of_the_name_that_their_units_fit(cell: str) -> None:
    found = facts_of(TITLE + table("指標|令和5年度実績", f"{NAME}|{cell}"), "indicator", "component", "value", "unit")
    assert sorted(found, key=lambda fact: fact[2]) == [(NAME, "参加企業", 15, "社"), (NAME, "参加求職者数", 50, "人")]


def test_numbers_of_one_unit_go_to_the_parts_in_order() -> None:
    found = facts_of(TITLE + table("指標|令和5年度実績", "支援対象者、就職者数|163人 126人"), "component", "value")
    assert found == [("支援対象者", 163), ("就職者数", 126)]


def test_how_often_it_was_held_stands_in_brackets_before_the_persons() -> None:
    found = facts_of(TITLE + table("指標|令和5年度実績", "子育てセミナーの参加者数|(1回)11人"), "component", "value", "unit")
    assert sorted(found, key=lambda fact: fact[1]) == [("開催回数", 1, "回"), (None, 11, "人")]


def test_a_footnote_gives_the_brackets_of_its_column_a_year_and_leaves_other_brackets_alone() -> None:
    source = TITLE + table("指標|目標値|令和5年度実績", "相談件数|120件 (100件)|90件", "面談会の参加企業、参加者数|10社・20人 (8社・15人)|7社・14人")
    note = "\n注1) 目標値の()は令和5年度目標値\n"
    assert facts_of(source + note, "kind", "fiscal_year", "value", "component") == [
        *(("target", 2024, 120, None), ("target", 2023, 100, None), ("actual", 2023, 90, None)),
        *(("target", 2024, 10, "参加企業"), ("target", 2024, 20, "参加者数"), ("target", 2023, 8, "参加企業"), ("target", 2023, 15, "参加者数")),
        *(("actual", 2023, 7, "参加企業"), ("actual", 2023, 14, "参加者数")),
    ]


def test_without_the_footnote_the_brackets_take_no_other_year() -> None:
    source = TITLE + table("指標|令和6年度目標値|令和5年度実績", "相談件数|120件 (100件)|90件")
    assert {year for value, year in facts_of(source, "value", "fiscal_year") if value == 100} <= {2024}


def test_words_of_the_cell_name_the_part() -> None:
    found = facts_of(TITLE + table("指標|令和5年度実績", "面談会の結果|参加企業20社、参加者30人"), "component", "value")
    assert found == [("参加企業", 20), ("参加者", 30)]


@pytest.mark.parametrize(
    "cells",
    [
        "1,195人（令和4年度）|1,300人（令和8年度）",
        "1,195人<br>（令和4年度）|1,300人<br>（令和8年度）",
        "1,195人(R4)|1,300人(R8)",
        "令和4年度 1,195人|令和8年度 1,300人",
    ],
)
def test_a_year_in_the_cell_dates_its_number(cells: str) -> None:
    found = facts_of(table("指標|現状値|目標値", f"来館者数|{cells}"), "kind", "fiscal_year", "value")
    assert found == [("actual", 2022, 1195), ("target", 2026, 1300)]


def test_a_list_in_a_cell_is_read_item_by_item_under_the_bands_of_the_cell() -> None:
    cell = "・求人開拓数 120件<br>・面談件数 30件<br>（参考）令和4年度実績<br>・面談件数 25件"
    found = facts_of(table("項目|令和5年度実績", f"支援の実施|{cell}"), "indicator", "fiscal_year", "value")
    assert found == [("求人開拓数", 2023, 120), ("面談件数", 2023, 30), ("面談件数", 2022, 25)]


def test_results_in_the_prose_of_a_results_column_are_facts_with_names_of_their_own() -> None:
    source = table("事業名|令和5年度実績", "読書推進事業|読み聞かせ会を開催し、延べ参加者数は320人となった。また、出前講座の受講者数は45人であった。")
    assert facts_of(source) == [("actual", "延べ参加者数", 2023, 320, "人"), ("actual", "出前講座の受講者数", 2023, 45, "人")]


def test_numbers_in_the_prose_of_a_column_of_plans_to_come_are_none() -> None:
    source = table("事業名|令和5年度実績|今後の方向性", "読書推進事業|120人|参加者を30人に増やし、2回に分けて開く。")
    assert values_of(source, "value") == [120]
    assert {"30人", "2回"} <= {numeral for numeral, _ in unclaimed_of(source)}


@pytest.mark.parametrize("cell", ["3～5回", "3〜5回", "3-5回", "3回から5回", "3回～5回"])
def test_a_range_is_a_floor_and_a_ceiling(cell: str) -> None:
    found = facts_of(TITLE + table("指標|令和6年度目標", f"講座開催回数|{cell}"), "value", "unit", "comparator")
    assert found == [(3, "回", ">="), (5, "回", "<=")]


@pytest.mark.parametrize(
    ("cell", "comparator"), [("30人以上", ">="), ("30人超", ">"), ("30人以下", "<="), ("30人未満", "<"), ("約30人", "~"), ("30人程度", "~"), ("30人", None)]
)
def test_bounds_are_comparators_and_no_parts_of_the_name(cell: str, comparator: str | None) -> None:
    assert facts_of(TITLE + table("指標|令和6年度目標", f"参加者数|{cell}"), "value", "comparator", "component") == [(30, comparator, None)]


def test_a_floor_in_the_name_bounds_the_target_and_not_the_result() -> None:
    found = facts_of(TITLE + table("指標|令和5年度実績|令和6年度目標", "相談件数（前年度以上）|300件|310件"), "kind", "comparator")
    assert found == [("actual", None), ("target", ">=")]


@pytest.mark.parametrize("note", ["（　）はマイナスを示す。", "※( )書きは減少を表す", "注）括弧内の数値は減"])
def test_brackets_are_a_minus_where_a_note_says_so(note: str) -> None:
    printed = table("指標 | 令和5年度実績 | 令和6年度実績", "収支額（千円） | 1,234 | (567)") + "\n" + note + "\n"
    assert facts_of(printed, "value", "raw") == [(1234, "1,234"), (-567, "(567)")]


def test_brackets_are_no_minus_without_the_note() -> None:
    printed = table("指標 | 令和5年度実績 | 令和6年度実績", "収支額（千円） | 1,234 | (567)")
    assert facts_of(printed, "value", "raw") == [(1234, "1,234"), (567, "567")]


@pytest.mark.parametrize("mark", ["※1", "注1", "*", "¹"])
def test_the_mark_of_a_note_behind_a_number_leaves_it_a_figure(mark: str) -> None:
    assert facts_of(table("項目|令和6年度実績", f"健康寿命|80.2歳{mark}")) == [("actual", "健康寿命", 2024, 80.2, "歳")]


@pytest.mark.parametrize("dash", ["−", "ｰ", "―", "－", "‐"])
def test_a_dash_of_any_kind_names_nothing(dash: str) -> None:
    source = table("年度|来館者数|", "|目標値|実績値", f"令和5年度|{dash}|10人", f"令和6年度|20人|{dash}")
    assert facts_of(source, "kind", "indicator", "fiscal_year", "value") == [("actual", "来館者数", 2023, 10), ("target", "来館者数", 2024, 20)]


def test_the_sum_of_several_costs_is_called_as_printed() -> None:
    source = "令和6年度当初予算の主な事業（単位：千円）\n" + table("事業名|令和6年度予算額", "読書の推進|10", "講座の開催|20", "合計|30")
    assert facts_of(source, "kind", "indicator", "value")[-1] == ("cost", "合計", 30)


def test_a_unit_broken_over_two_lines_of_its_bracket_is_whole() -> None:
    cells = [["指標", "令和5年度実績"], ["直売所の年間販売額（百万\n円）", "353"]]
    made = [Cell(i, j, Text(Glyph(char, 1) for char in string)) for i, row in enumerate(cells) for j, string in enumerate(row)]
    grid = Grid(tuple(made), 2, 2)
    page = Page(1, (grid,), tuple(glyph for cell in made for glyph in cell.text), 595, 842)
    assert facts_of(Document("d_1", (page,), "application/pdf", paged=True), "value", "unit") == [(353, "百万円")]


@pytest.mark.parametrize("mark", ["¹", "注1", "※1"])
def test_the_mark_of_a_note_behind_a_unit_leaves_the_unit(mark: str) -> None:
    assert facts_of(table("項目|令和6年度実績", f"森林面積|298 ha{mark}", f"受診率|43.4 ％{mark}"), "value", "unit") == [(298, "ha"), (43.4, "%")]
