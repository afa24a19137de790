"""Numbers in boxes of a slide: a label over each, a name over the row."""

from __future__ import annotations

from extractors.vocabulary import Box, Document, Glyph, Line, Page, Text
from tests.extractors.small import facts_of

EM = 10.0
COLUMNS = ("kind", "indicator", "fiscal_year", "value", "unit", "achievement_rate")


def line(string: str, x0: float, top: float) -> Line:
    """A line of letters of one em, as high as wide."""
    boxes = [Box(x0 + EM * at, top, x0 + EM * (at + 1), top + EM) for at in range(len(string))]
    return Line(Text(Glyph(char, 1, box=box, size=EM) for char, box in zip(string, boxes, strict=True)), Box(x0, top, boxes[-1].x1, top + EM))


def slide(*lines: Line) -> Document:
    glyphs = tuple(glyph for one in lines for glyph in one.text)
    return Document("d_1", (Page(1, lines, glyphs, 800.0, 600.0, slide=True),), "application/pdf", paged=True)


def pair(name: str, target: str, actual: str, left: float, top: float) -> list[Line]:
    labels = [line("R5目標", left, top + 40), line("R5実績", left + 150, top + 40)]
    numbers = [line(target, left, top + 52), line("→", left + 100, top + 52), line(actual, left + 150, top + 52)]
    return [line(name, left, top), *labels, *numbers]


def test_boxes_take_their_label_from_above_and_their_name_from_over_the_row() -> None:
    cards = [*pair("来館者数", "120人", "90人", 40, 100), *pair("相談の件数", "50件", "60件", 420, 100), *pair("講座の回数", "8回", "9回", 40, 250)]
    assert facts_of(slide(*cards), *COLUMNS) == [
        *(("target", "来館者数", 2023, 120, "人", None), ("actual", "来館者数", 2023, 90, "人", None)),
        *(("target", "相談の件数", 2023, 50, "件", None), ("actual", "相談の件数", 2023, 60, "件", None)),
        *(("target", "講座の回数", 2023, 8, "回", None), ("actual", "講座の回数", 2023, 9, "回", None)),
    ]


def test_a_rate_below_the_boxes_goes_to_their_actual() -> None:
    source = slide(*pair("来館者数", "120人", "90人", 40, 100), line("達成率 75.0%", 190, 166))
    assert facts_of(source, *COLUMNS)[1] == ("actual", "来館者数", 2023, 90, "人", 75.0)


def test_a_row_without_a_name_of_its_own_takes_no_name_from_the_row_above() -> None:
    source = slide(*pair("来館者数", "120人", "90人", 40, 100), *pair("来館者数", "50件", "60件", 40, 160)[1:])
    assert {fact[3] for fact in facts_of(source, *COLUMNS) if fact[1] == "来館者数"} == {120, 90}


def test_a_number_inside_a_name_is_part_of_the_name() -> None:
    source = slide(*pair("利用者数(前の年を100とした値)", "120人", "90人", 40, 100))
    assert [fact[1] for fact in facts_of(source, *COLUMNS)] == ["利用者数(前の年を100とした値)"] * 2


def test_a_heading_that_says_baseline_dates_the_items_below_it() -> None:
    assert facts_of("■ 現状値（Ｒ５）\n・来館者数　120人\n・相談の件数　14件\n", *COLUMNS[:4]) == [
        *(("actual", "来館者数", 2023, 120), ("actual", "相談の件数", 2023, 14)),
    ]
