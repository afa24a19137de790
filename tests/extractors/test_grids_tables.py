"""Tables whose columns are roles and years: which header, row label and category governs each number."""

from __future__ import annotations

import pytest

from extractors.vocabulary import Cell, Document, Glyph, Grid, Page, Text
from tests.extractors.small import facts_of, table, unclaimed_of, values_of

TITLE = "令和6年度 みどり計画\n"


def merged(*cells: tuple[int, int, str, int, int]) -> Document:
    """A PDF page with one ruled grid of (row, column, text, row span, column span)."""
    made = tuple(Cell(row, column, Text(Glyph(char, 1) for char in string), down, across) for row, column, string, down, across in cells)
    grid = Grid(made, max(c.row + c.row_span for c in made), max(c.column + c.column_span for c in made))
    return Document("d_1", (Page(1, (grid,), tuple(glyph for cell in made for glyph in cell.text), 595, 842),), "application/pdf", paged=True)


def test_a_tree_of_two_header_rows_gives_each_number_its_year_and_its_role() -> None:
    found = facts_of(TITLE + table("指標|令和5年度||令和6年度|", "|目標|実績|目標|実績", "図書館来館者数|100人|90人|110人|120人"))
    assert found == [
        ("target", "図書館来館者数", 2023, 100, "人"),
        ("actual", "図書館来館者数", 2023, 90, "人"),
        ("target", "図書館来館者数", 2024, 110, "人"),
        ("actual", "図書館来館者数", 2024, 120, "人"),
    ]


def test_a_tree_with_the_roles_above_and_the_years_below_is_read_too() -> None:
    found = facts_of(table("指標|実績||目標|", "|令和4年度|令和5年度|令和6年度|令和7年度", "相談件数|10件|11件|12件|13件"), "kind", "fiscal_year", "value")
    assert found == [("actual", 2022, 10), ("actual", 2023, 11), ("target", 2024, 12), ("target", 2025, 13)]


def test_a_merged_header_cell_governs_all_columns_under_it_and_none_beside_it() -> None:
    document = merged(
        *((0, 0, "指標", 2, 1), (0, 1, "令和5年度", 1, 2), (0, 3, "令和6年度", 1, 1), (1, 1, "目標", 1, 1), (1, 2, "実績", 1, 1), (1, 3, "目標", 1, 1)),
        *((2, 0, "相談件数", 1, 1), (2, 1, "10件", 1, 1), (2, 2, "9件", 1, 1), (2, 3, "12件", 1, 1)),
    )
    assert facts_of(document, "kind", "fiscal_year", "value") == [("target", 2023, 10), ("actual", 2023, 9), ("target", 2024, 12)]


def test_an_empty_merged_cell_carries_nothing_down() -> None:
    document = merged(
        *((0, 0, "分野", 1, 1), (0, 1, "指標", 1, 1), (0, 2, "令和6年度目標", 1, 1)),
        *((1, 0, "福祉", 2, 1), (1, 1, "相談件数", 1, 1), (1, 2, "10件", 1, 1), (2, 1, "面談件数", 1, 1), (2, 2, "20件", 1, 1)),
        *((3, 0, "", 1, 1), (3, 1, "来館者数", 1, 1), (3, 2, "30人", 1, 1)),
    )
    assert facts_of(document, "section", "indicator") == [("福祉", "相談件数"), ("福祉", "面談件数"), (None, "来館者数")]


@pytest.mark.parametrize("empty", ["", "-", "－", "―", "…", "未実施", "集計中", "調査中"])
def test_an_empty_cell_is_no_value_and_moves_none(empty: str) -> None:
    found = facts_of(TITLE + table("指標|令和5年度目標|令和5年度実績|令和6年度目標", f"防災訓練参加者数|200人|{empty}|210人"), "kind", "fiscal_year", "value")
    assert found == [("target", 2023, 200), ("target", 2024, 210)]


def test_a_category_is_carried_down_to_the_rows_below_an_empty_cell_of_a_pipe_table() -> None:
    found = facts_of(table("分野|指標|令和6年度目標", "福祉|教室参加者数|50人", "|相談件数|15件", "環境|古紙回収量|35t"), "section", "indicator")
    assert found == [("福祉", "教室参加者数"), ("福祉", "相談件数"), ("環境", "古紙回収量")]


def test_the_row_of_a_place_gives_the_area_and_its_code() -> None:
    found = facts_of("有効求人数\n" + table("地域|令和5年度実績", "青森県|120人", "大分市|130人"), "area", "area_code", "value")
    assert found == [("青森県", "020001", 120), ("大分市", "442011", 130)]


def test_a_column_of_row_numbers_holds_no_values() -> None:
    source = TITLE + table("No.|指標|令和6年度目標", "1|相談件数|100件", "2|面談件数|20件", "3|来館者数|30人")
    assert values_of(source, "value") == [100, 20, 30]
    assert [numeral for numeral, reason in unclaimed_of(source) if reason == "list_number"] == ["1", "2", "3"]


def test_row_numbers_are_known_without_a_header() -> None:
    assert values_of(TITLE + table("|指標|令和6年度目標", "1|相談件数|100件", "2|面談件数|20件", "3|来館者数|30人"), "value") == [100, 20, 30]


def test_a_row_label_of_a_target_against_a_column_of_results_is_no_fact() -> None:
    source = table("区分|令和5年度実績|令和6年度実績", "目標|100人|90人")
    assert facts_of(source) == []
    assert {reason for numeral, reason in unclaimed_of(source) if numeral in ("100人", "90人")} == {"remark"}


def test_roles_down_the_rows_and_years_across_the_columns_make_facts() -> None:
    found = facts_of("来館者数\n" + table("区分|令和5年度|令和6年度", "目標|100人|110人", "実績|90人|120人"), "kind", "fiscal_year", "value")
    assert found == [("target", 2023, 100), ("target", 2024, 110), ("actual", 2023, 90), ("actual", 2024, 120)]


def test_a_present_value_is_a_baseline_of_its_own_year() -> None:
    found = facts_of(table("指標|現状値（令和4年度）|目標値（令和8年度）", "創業件数|12件|50件"), "kind", "baseline", "fiscal_year", "value")
    assert found == [("actual", True, 2022, 12), ("target", False, 2026, 50)]


def test_numbers_in_a_column_of_remarks_are_no_facts() -> None:
    source = table("指標|令和6年度目標|備考", "創業件数|50件|5年で38件増やす")
    assert values_of(source, "value") == [50]
    assert "38件" in dict(unclaimed_of(source))


def test_settled_and_budgeted_money_are_costs_of_their_years() -> None:
    source = table("事業名|令和5年度決算額|令和6年度予算額", "図書館運営事業|1,200千円|1,500千円")
    found = facts_of(source, "kind", "indicator", "basis", "fiscal_year", "value", "unit")
    assert found == [("cost", "図書館運営事業", "settled", 2023, 1200, "千円"), ("cost", "図書館運営事業", "budget", 2024, 1500, "千円")]


def test_a_stated_sum_over_years_is_marked_as_cumulative() -> None:
    assert facts_of(table("指標|令和6年度目標", "創業件数（累計）|50件", "相談件数|20件"), "indicator", "cumulative") == [
        ("創業件数(累計)", True),
        ("相談件数", False),
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (table("指標|単位|令和6年度目標", "相談件数|件|100"), "件"),
        (table("指標|令和6年度目標（千人）", "来館者数|100"), "令和6年度目標（千人）"),
        (table("指標（千人）|令和6年度目標", "来館者数|100"), None),
        (table("指標|令和6年度目標", "来館者数（千人）|100"), "来館者数（千人）"),
        ("（単位：千人）\n" + table("指標|令和6年度目標", "来館者数|100"), "（単位：千人）"),
        ("単位：千人\n" + table("指標|令和6年度目標", "来館者数|100"), "単位：千人"),
    ],
    ids=["column", "header", "header of the names", "name", "note in brackets", "note"],
)
def test_a_bare_number_takes_its_unit_from_the_words_around_it(source: str, said: str | None) -> None:
    ((unit, unit_from),) = facts_of(source, "unit", "unit_from")
    assert unit_from == said
    assert unit == (None if said is None else "件" if said == "件" else "千人")


def test_the_unit_of_the_cell_wins_over_every_other() -> None:
    source = "（単位：千円）\n" + table("指標|単位|令和6年度目標（件）|令和6年度実績（件）", "古紙回収量（kg）|t|40|44回")
    assert facts_of(source, "kind", "unit") == [("target", "t"), ("actual", "回")]


def test_the_units_of_a_table_end_with_it() -> None:
    first, second = table("指標|令和6年度目標", "来館者数|100"), table("指標|令和6年度目標", "創業者数|7")
    source = "（単位：千人）\n" + first + "\n2 産業の振興\n\n創業の支援について\n" + second
    assert facts_of(source, "indicator", "unit") == [("来館者数", "千人"), ("創業者数", None)]


def test_a_list_folded_beside_itself_has_two_headers() -> None:
    source = "令和4年度実績\n" + table("地区|相談件数（件）|地区|相談件数（件）", "東部地区|10|西部地区|20", "南部地区|30|北部地区|40")
    assert facts_of(source, "area", "indicator", "fiscal_year", "value") == [
        *(("東部地区", "相談件数(件)", 2022, 10), ("西部地区", "相談件数(件)", 2022, 20)),
        *(("南部地区", "相談件数(件)", 2022, 30), ("北部地区", "相談件数(件)", 2022, 40)),
    ]


def plain_grid(rows: list[list[str]]) -> Document:
    """A PDF page with one ruled grid without merged cells; line breaks in a cell stay."""
    return merged(*((i, j, string, 1, 1) for i, row in enumerate(rows) for j, string in enumerate(row)))


def test_a_header_printed_below_its_figures_labels_them() -> None:
    cells = [["来館者数（人）", "10", "20"], ["相談件数（件）", "3", "4"], ["", "令和4年度", "令和5年度"]]
    assert facts_of(plain_grid(cells), "indicator", "fiscal_year", "value") == [
        *(("来館者数(人)", 2022, 10), ("来館者数(人)", 2023, 20)),
        *(("相談件数(件)", 2022, 3), ("相談件数(件)", 2023, 4)),
    ]


def test_percent_in_the_note_of_units_is_that_of_the_ratios() -> None:
    costs = "単位：千円、％\n" + table("事業名|令和5年度決算額", "講座の開催|1,200")
    source = costs + "\n単位：人、％\n" + table("項目|令和5年度実績", "来館者数|30", "受診率|45.5")
    assert facts_of(source, "value", "unit") == [(1200, "千円"), (30, "人"), (45.5, "%")]


def test_the_rest_of_a_broken_bracket_makes_no_list_of_a_cell() -> None:
    source = plain_grid([["指標", "現状値", "目標値"], ["正答率", "57.0％\n（令和元\n年度）", "61.0％（令和\n8年度）"]])
    assert facts_of(source, "kind", "fiscal_year", "value") == [("actual", 2019, 57), ("target", 2026, 61)]


def test_a_role_in_the_brackets_of_a_header_counts_beside_the_name_of_a_period() -> None:
    source = table("種別|第8期 実績値||第9期 推計値（見込量）|", "|令和4年度|令和5年度|令和6年度|令和7年度", "訪問の回数（回）|10|20|30|40")
    assert facts_of(source, "kind", "fiscal_year") == [("actual", 2022), ("actual", 2023), ("target", 2024), ("target", 2025)]


def test_a_row_named_by_its_project_is_about_the_project_and_the_columns_part_it() -> None:
    header = ("施策|令和7年度||令和6年度|", "|満足度指数|重要度指数|満足度指数|重要度指数")
    source = table(*header, "健康づくりの推進|3.2|3.8|3.0|3.7", "防災の推進|2.9|4.1|2.8|4.0")
    found = facts_of(source, "indicator", "component", "fiscal_year", "value")
    assert found[:2] == [("健康づくりの推進", "満足度指数", 2025, 3.2), ("健康づくりの推進", "重要度指数", 2025, 3.8)]
