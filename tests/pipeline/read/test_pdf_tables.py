"""Tables of a PDF page become grids: each character in one cell, spans as drawn."""

from __future__ import annotations

from collections import Counter

import pytest

from extractors.vocabulary import Box, Grid
from pipeline.read.turns import restored_block
from tests.pipeline.read.variants import NAMES, grids, lines, page_of, rows

KPI = [
    ["指標", "令和4年度", "令和6年度", "令和8年度"],
    ["来館者数", "1,240", "1,310", "1,500"],
    ["講座の回数", "18", "22", "30"],
    ["貸出冊数", "52,000", "54,100", "60,000"],
]


DRAWN = ["dashed", "level_rules", "nested", "no_rules", "open_sides", "shades", "three_rules", "turned_table", "watermark", "white_rules", "zebra"]


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_table_is_read_however_its_borders_are_drawn(name: str) -> None:
    assert rows(grids(page_of(name))[0]) == KPI


@pytest.mark.parametrize("name", [name for name in NAMES if page_of(name).unreadable is None])
def test_every_character_is_in_exactly_one_block(name: str) -> None:
    page = page_of(name)
    blocks = [block.text for block in page.blocks if not hasattr(block, "cells")]
    held = Counter(g for text in [*blocks, *(cell.text for grid in grids(page) for cell in grid.cells)] for g in text if g.printed)
    ruby = {"け", "ん", "り"} if name == "doubled" else set()
    missing = [g for g in page.glyphs if g.char.strip() and g not in held]
    assert all(count == 1 for count in held.values())
    assert all(g.char in ruby and g.size < 5 for g in missing)


@pytest.mark.parametrize("name", NAMES)
def test_the_cells_of_a_grid_cover_each_place_at_most_once(name: str) -> None:
    for grid in grids(page_of(name)):
        places = Counter(
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        )
        assert all(count == 1 and row < grid.rows and column < grid.columns for (row, column), count in places.items())


def test_merged_cells_are_one_cell_and_an_empty_one_is_not_merged() -> None:
    (grid,) = grids(page_of("spans"))
    spans = {cell.text.string: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells if cell.text}
    assert grid.spans_known
    assert spans["分野"] == (0, 0, 2, 1)
    assert spans["目標"] == (0, 2, 1, 2)
    assert spans["学び"] == (2, 0, 3, 1)
    assert spans["学習課"] == (2, 4, 2, 1)
    assert spans["80%以上"] == (4, 2, 1, 2)
    empty = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells if not cell.text]
    assert empty == [(3, 3, 1, 1), (4, 4, 1, 1)]


def test_alignment_alone_does_not_tell_spans() -> None:
    assert not grids(page_of("no_rules"))[0].spans_known
    assert lines(page_of("no_rules")) == ["次の表に三つの指標の推移を示す。", "来館者数は令和4年度から増え続けている。"]


def test_level_rules_alone_tell_rows_of_several_lines_and_levels_of_a_header() -> None:
    (grid,) = grids(page_of("level_tree"))
    assert rows(grid) == [
        ["事業名", "令和6年度", "", "備考"],
        ["", "予算額", "決算額", ""],
        ["読書の推進", "1,200", "1,150", "学校の図書室と公民館の\n図書室を結んだ。"],
        ["講座の開催", "800", "790", "夜の部を設けた。"],
        ["施設の修繕", "350", "−", ""],
        ["合計", "2,350", "1,940", ""],
    ]
    spans = {cell.text.string: (cell.row_span, cell.column_span) for cell in grid.cells if cell.row == 0}
    assert spans == {"事業名": (2, 1), "令和6年度": (1, 2), "備考": (2, 1)}
    assert not grid.spans_known


def test_a_white_rule_on_paper_parts_nothing() -> None:
    assert rows(grids(page_of("white_rules"))[1]) == [["利用者の満足度をみる", "82.5%"], ["苦情の件数をかぞえる", "3件"]]


def test_tables_ten_points_apart_are_separate() -> None:
    assert [rows(grid)[0][0] for grid in grids(page_of("neighbours"))] == ["予算", "決算", "人員"]


def test_a_lone_column_joins_the_table_whose_rows_it_continues() -> None:
    (grid,) = grids(page_of("mates"))
    assert rows(grid) == [["", "現状", "目標"], ["来館者数", "1,240人", "1,500人"], ["講座の回数", "18回", "30回"]]


def test_rows_without_rules_between_them_are_rows() -> None:
    (grid,) = grids(page_of("sublines"))
    assert rows(grid)[0] == ["年度", "件数", "金額"]
    assert rows(grid)[1] == ["元", "10", "1,000"]
    assert rows(grid)[8] == ["8", "52", "5,200"]


def test_a_frame_of_tables_with_different_columns_is_several_grids() -> None:
    found = [rows(grid) for grid in grids(page_of("sheet_bands"))]
    assert [len(table) for table in found] == [1, 2, 3]
    assert found[1][0] == ["指標名", "単位", "令和6年度目標", "令和6年度実績"]
    assert found[2][2] == ["人件費", "一般", "800", "790"]


def test_tables_that_share_a_border_are_two_where_their_rows_differ() -> None:
    left, right = (rows(grid) for grid in grids(page_of("sheet_beside")))
    assert left[0] == ["実施状況", "費目", "令和6年度"] and left[3] == ["", "合計", "2,000"]
    assert right == [["指標", "目標", "実績"], ["講座の回数", "22", "24"], ["受講者数", "300", "281"]]


def test_labels_in_vertical_and_turned_writing_are_one_word_each() -> None:
    (grid,) = grids(page_of("upright_label"))
    labels = {(cell.row, cell.row_span): cell.text.string for cell in grid.cells if cell.column == 0}
    assert labels == {(0, 3): "生涯学習", (3, 2): "まち美化"}


def test_grades_one_above_the_other_stay_lines() -> None:
    (grid,) = grids(page_of("list_marks"))
    assert rows(grid)[1] == ["学びの場\n読書の場\n遊びの場", "B\nC\nA"]


def test_a_name_wider_than_its_cell_stays_whole() -> None:
    (grid,) = grids(page_of("overflow"))
    assert rows(grid) == [["団体", "件数", "金額"], ["市民活動推進連絡協議会", "12", "1,234,567,890"], ["会館", "7", "9,876,543,210"]]


def test_stacked_bars_are_no_table() -> None:
    assert grids(page_of("chart")) == []


def test_cells_of_a_turned_page_lie_in_the_frame_of_its_text_and_go_back_to_the_page_as_seen() -> None:
    page = page_of("turned_table")
    (level,) = grids(page)
    grid = restored_block(level, page.turn, Box(0.0, 0.0, page.width, page.height))
    assert page.turn == 90 and isinstance(grid, Grid)
    assert level.box and level.box.width > level.box.height
    for cell in grid.cells:
        inside = cell.text.box
        assert cell.box and inside
        assert cell.box.x0 <= inside.x0 and inside.x1 <= cell.box.x1 and cell.box.top <= inside.top and inside.bottom <= cell.box.bottom


def test_full_width_numbers_that_outgrow_their_cells_stay_apart() -> None:
    (grid,) = grids(page_of("full_width"))
    assert rows(grid)[1] == ["短期の利用", "日", "２，９０４", "２，９６０", "３，０３１"]


def test_a_header_line_of_years_alone_makes_no_columns_of_its_own() -> None:
    (grid,) = grids(page_of("years_over"))
    assert rows(grid)[0] == ["指標名", "現状値\n（2021年度）", "中間目標値\n（2026年度）", "最終目標値\n（2031年度）"]
    assert rows(grid)[2] == ["消防の団員数（人）", "926", "1,000", "1,100※1"]


def test_a_level_rule_that_begins_between_columns_of_words_parts_them() -> None:
    (grid,) = grids(page_of("short_rules"))
    first, second = ([cell.text.string for cell in grid.cells if cell.row == row] for row in (1, 2))
    assert first == ["来館者数", "万人", "42.6", "42.7"]
    assert second == ["対前年比", "100.3%", "101.3%"]


def test_a_name_of_two_lines_around_its_figures_is_one_row_under_the_header() -> None:
    (grid,) = grids(page_of("two_line_name"))
    assert rows(grid)[:2] == [["指標", "令和4年度", "令和8年度"], ["地区の集会所を使った人の数（市外\nからの人を含む）", "1,240人", "1,500人"]]
    assert rows(grid)[2:] == [["講座の回数", "18回¹", "30回"], ["貸出冊数", "52,000冊", "60,000冊"]]
