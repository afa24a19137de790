"""What a line is in the run of its page."""

from __future__ import annotations

import pytest

from extractors.headings import Shape, Shaped, shape
from extractors.normalise.tokens import Calendar
from extractors.vocabulary import Box, Glyph, Line, Text
from tests.extractors.small import table, values_of


def shaped(string: str, size: float = 0.0, body: float = 0.0) -> Shaped:
    return shape(Line(Text(Glyph(char, 1, size=size) for char in string)), Calendar("令和", 2024), body)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("第1章 まちづくりの方針", Shape.HEADING),
        ("1 女性に関する取組", Shape.HEADING),
        ("(3) 相談窓口の運営", Shape.HEADING),
        ("① 面談会の開催", Shape.HEADING),
        ("【若者の支援】", Shape.HEADING),
        ("【令和5年度実績】", Shape.BAND),
        ("（令和6年6月1日時点）", Shape.BAND),
        ("・窓口での相談", Shape.ITEM),
        ("・相談件数 120件", Shape.ITEM),
        ("※ 延べ人数である", Shape.NOTE),
        ("窓口での相談を受けています。", Shape.PLAIN),
        ("相談件数 120件", Shape.PLAIN),
    ],
)
def test_the_mark_at_its_start_tells_what_a_line_is(line: str, expected: Shape) -> None:
    assert shaped(line).shape is expected


def test_marks_rank_as_offices_nest_them() -> None:
    ranks = [shaped(line).rank for line in ("第1章 方針", "1 女性に関する取組", "(1) 窓口の運営", "① 面談会の開催", "ア 事前の周知")]
    assert ranks == sorted(set(ranks))


def test_a_numbered_sentence_is_no_heading() -> None:
    assert shaped("1 相談窓口を設け、市民の声を聴き、関係する機関につなぐ。").shape is not Shape.HEADING


def test_a_line_set_larger_than_the_text_is_a_heading() -> None:
    assert shaped("まちづくりの方針", size=18, body=11).shape is Shape.HEADING
    assert shaped("まちづくりの方針", size=11, body=11).shape is Shape.PLAIN


def test_a_line_of_several_header_words_is_no_band() -> None:
    assert shaped("項目 令和6年度目標 令和6年度実績 達成率").shape is not Shape.BAND


def test_a_day_on_a_line_of_its_own_is_no_band() -> None:
    assert shaped("令和6年4月18日").shape is not Shape.BAND


def test_the_caption_of_a_table_heads_no_section_after_it() -> None:
    text = Text(Glyph(char, 1) for char in "表1　地区別相談件数（令和4年度実績、単位：件）")
    assert shape(Line(text, Box(60, 100, 300, 110)), Calendar("令和", 2024)).shape is Shape.PLAIN


def test_the_rest_of_a_bracket_on_a_line_of_its_own_is_no_band() -> None:
    assert shaped("目標）").shape is Shape.PLAIN
    assert shaped("（目標）").shape is Shape.BAND


def test_headings_of_markdown_head_what_stands_below_them() -> None:
    rows = table("指標|令和6年度目標", "利用者数|{}人")
    plan = "\n\n".join(
        ["# 〇〇市福祉計画", "## 訪問看護", rows.format(35), "### 夜間", rows.format(8), "## 通所介護", rows.format(120), "# 令和6年度目標", rows.format(7)]
    )
    assert values_of(plan, "section") == ["訪問看護", "夜間", "通所介護", None]
    # A # before a number, or without a blank, is no mark of a heading; a sum in a marked line is read as in any line.
    assert values_of(f"#1 窓口\n\n{rows.format(5)}", "section") == [None]
    assert values_of("## 令和6年度目標\n\n- 相談件数 120件", "value") == [120]
