"""What the small PDFs say, from their bytes to facts: the labels that the way of printing hides are found all the same."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.vocabulary import Document, Grid, Page
from pipeline.read import read
from pipeline.read.cuts import with_whole_rows
from tests.pipeline.read.variants import small

# kind, indicator, fiscal year, value, unit
Said = tuple[str, str, int | None, float, str | None]


def documented(name: str) -> Document:
    return read(small(name), f"{name}.pdf")


def facts(name: str) -> list[Said]:
    kinds = [(("baseline" if fact.baseline else str(fact.kind)), fact) for fact in extract(documented(name)).facts]
    return [(kind, fact.indicator, fact.fiscal_year, fact.value, fact.unit) for kind, fact in kinds]


def by_year(indicator: str, unit: str | None, **numbers: float) -> list[Said]:
    """`actual_2022=18.0` as the fact that it stands for."""
    return [(key.split("_")[0], indicator, int(key.split("_")[1]), value, unit) for key, value in numbers.items()]


LIBRARY = [
    *by_year("来館者数", None, actual_2022=1240, actual_2024=1310, target_2026=1500),
    *by_year("講座の回数", None, actual_2022=18, actual_2024=22, target_2026=30),
]
LENDING = by_year("貸出冊数", None, actual_2022=52000, actual_2024=54100, target_2026=60000)
ADVICE = [
    *by_year("相談の件数", None, actual_2022=310, actual_2024=325, target_2026=400),
    *by_year("参加者数", None, actual_2022=95, actual_2024=104, target_2026=150),
]
PLAIN = [(kind, name, year, value, unit) for _, name, year, value, unit in [*LIBRARY, *LENDING] for kind in ["actual"]]
SAID: dict[str, list[Said]] = {
    "header_tree": [
        *by_year("来館者数(人)", "人", target_2023=1200, actual_2023=1240, target_2024=1300, actual_2024=1310),
        *by_year("巡回相談", "回", actual_2021=11, actual_2022=12, actual_2023=14, target_2026=20),
    ],
    "header_below": [*LIBRARY, *LENDING],
    "pages_repeated": [*LIBRARY, *ADVICE],
    "pages_first": [*LIBRARY, *ADVICE],
    "row_cut": [
        *by_year("来館者数", None, actual_2022=1240, actual_2024=1310, target_2026=1500),
        *by_year("学校図書館の本の貸出冊数", None, actual_2022=18, actual_2024=22, target_2026=30),
        *ADVICE,
    ],
    "transposed": [
        *(("actual", name, year, value, unit) for year, *row in ((2022, 1240, 18), (2023, 1310, 22)) for name, unit, value in zip(
            ("来館者数(人)", "講座の回数(回)"), "人回", row, strict=True)),
        ("target", "来館者数(人)", 2026, 1500, "人"), ("target", "講座の回数(回)", 2026, 30, "回"),
    ],
    "role_rows": [
        *by_year("講座の回数(回)", "回", target_2023=20, target_2024=22, actual_2023=18, actual_2024=24),
        *by_year("受講者数(人)", "人", target_2023=250, target_2024=300, actual_2023=261, actual_2024=281),
    ],
    "key_values": [
        *by_year("貸出冊数(冊)", "冊", baseline_2022=52000, target_2026=60000),
        *by_year("来館者数", "人", baseline_2022=1240, actual_2024=1310, target_2026=1500),
        *by_year("講座の回数", "回", target_2024=22, actual_2024=24),
        *by_year("受講者数", "人", target_2024=300, actual_2024=281),
    ],
    "slide_arrows": by_year("創業支援による新規の創業者数", "件", target_2023=25, actual_2023=30),
    "two_up": [*LIBRARY, *LENDING, *ADVICE],
    "decoys": [],
    "bar_charts": [*LIBRARY, *LENDING],
    "framed_charts": [],
    "one_by_one": PLAIN,
    "font_utf16": PLAIN,
    "font_sjis": [*by_year("講座の回数", "回", actual_2024=22), *by_year("来館者数", "人", actual_2024=1310)],
    "font_untold": [],
    "font_digit_untold": by_year("講座の回数", "回", actual_2024=30),
    "spaced": [
        *by_year("図書館の本の貸出冊数", "冊", actual_2022=52000, target_2026=60000),
        *by_year("講座の回数(夜間と休日)", "回", actual_2022=18, target_2026=30),
    ],
    "unseen": by_year("講座の回数", "回", actual_2024=22),
    "note_marks": [
        *by_year("講座の回数", "回", actual_2024=22, target_2026=30),
        *by_year("合計特殊出生率", None, actual_2024=1.47, target_2026=1.52),
        *by_year("相談件数", "件", actual_2023=310, actual_2024=325),
        *by_year("参加者数", "人", actual_2023=95, actual_2024=104),
        *by_year("満足度", "%", actual_2023=88.1, actual_2024=91.5),
    ],
    "dotted_pictures": [
        *by_year("来館者数", "人", actual_2024=1372), *by_year("駅前館の利用", "人", actual_2024=81), *by_year("講座の参加者", "人", actual_2024=267),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_a_small_pdf_says_what_it_was_drawn_to_say(name: str) -> None:
    assert facts(name) == SAID[name]


def test_the_rate_beside_a_result_is_its_rate() -> None:
    rates = {fact.value: fact.achievement_rate for fact in extract(documented("header_tree")).facts}
    assert (rates[1240], rates[1310], rates[1200]) == (103.3, 100.8, None)


def test_places_down_and_years_across_are_areas_of_the_title() -> None:
    found = [(fact.indicator, fact.area, fact.fiscal_year, fact.value, fact.unit) for fact in extract(documented("matrix")).facts]
    areas = (("東部地区", 640, 655), ("西部地区", 600, 655))
    assert found == [("来館者数の実績", area, year, value, "人") for area, *row in areas for year, value in zip((2022, 2023), row, strict=True)]


def test_each_half_of_a_two_up_sheet_has_its_own_heading() -> None:
    sections = {fact.indicator: fact.section for fact in extract(documented("two_up")).facts}
    assert (sections["貸出冊数"], sections["参加者数"]) == ("1 学びの場", "2 相談の場")


def test_the_tables_of_a_sheet_are_parted_at_their_titles_and_dated_by_them() -> None:
    document = documented("titled_sheets")
    grids = [block for block in document.pages[0].blocks if isinstance(block, Grid)]
    assert [(grid.rows, grid.columns) for grid in grids] == [(3, 4), (3, 4), (3, 3)]
    dated = [(fact.fiscal_year, fact.value) for fact in extract(document).facts]
    assert dated == [(2024, 1310), (2024, 820), (2024, 2450), (2023, 22), (2023, 281), (2023, 91.5), (2022, 310), (2022, 95)]


def test_frames_around_charts_make_no_table_and_no_number_of_a_bar_is_lost() -> None:
    document = documented("framed_charts")
    assert not any(isinstance(block, Grid) for block in document.pages[0].blocks)
    unclaimed = [one.numeral.string for one in extract(document).unclaimed]
    assert unclaimed.count("45.0%") == 2 and unclaimed.count("80.5%") == 2


def test_a_page_whose_font_tells_no_characters_needs_ocr() -> None:
    (page,) = documented("font_untold").pages
    assert page.unreadable and "OCR" in page.unreadable


def test_a_number_with_a_digit_that_the_font_does_not_tell_is_unclaimed() -> None:
    extraction = extract(documented("font_digit_untold"))
    assert [one.reason for one in extraction.unclaimed if "240" in one.numeral.string] == ["unreadable"]


def test_a_row_with_empty_cells_under_a_rule_is_a_row_of_its_own() -> None:
    """The pages of `pages_first`, drawn with all their rules, keep their rows; so do those of `row_cut` where a rule closes the first half."""
    first, second = (page.blocks for page in documented("row_cut").pages)
    before, after = (next(block for block in blocks if isinstance(block, Grid)) for blocks in (first, second))
    pages = [Page(at, (grid,), ()) for at, grid in enumerate((before, after.bounded(True, after.open_bottom)), start=1)]
    assert not before.open_bottom
    assert with_whole_rows(pages) == tuple(pages)
    assert [len(grid.cells) for page in documented("pages_first").pages for grid in page.blocks if isinstance(grid, Grid)] == [12, 8]


def test_a_row_that_is_cut_is_a_row_of_its_first_page_and_keeps_the_places_of_both_halves() -> None:
    grid = next(block for block in documented("row_cut").pages[0].blocks if isinstance(block, Grid))
    name = next(cell.text for cell in grid.cells if "学校" in cell.text.string)
    assert [glyph.page for glyph in name if glyph.printed] == [1] * 8 + [2] * 4
    assert name.box and name.box.top > 700
