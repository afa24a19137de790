from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.vocabulary import Extraction, Fact, Finding, Glyph, Kind, Text, Unclaimed
from pipeline.rows import _published, printed, rows_of
from tests.pipeline.made import fact, paged_document, text_document


def targets(document: Any, *facts: Fact, **extraction: Any) -> list[dict[str, Any]]:
    return rows_of(document, Extraction(facts, **extraction), "a.pdf")["targets"]


def run_of(document: Any, start: int, end: int) -> Text:
    return Text(document.pages[0].glyphs[start:end])


def test_a_number_of_a_pdf_has_page_and_box_and_no_line() -> None:
    document = paged_document("目標 490件")
    [row] = targets(document, fact(run_of(document, 3, 6)))
    assert (row["page"], row["line"], row["x0"], row["top"], row["x1"], row["bottom"]) == (1, None, 80.0, 100.0, 110.0, 112.0)


def test_a_number_of_a_text_file_has_a_line_and_neither_page_nor_box() -> None:
    document = text_document("見出し", "目標 490件")
    [row] = targets(document, fact(run_of(document, 6, 9)))
    assert (row["page"], row["line"], row["x0"], row["bottom"]) == (None, 2, None, None)


def test_ids_stay_when_names_and_units_are_read_better() -> None:
    document = text_document("目標 490件")
    figure = run_of(document, 3, 6)
    [before], [after] = targets(document, fact(figure, indicator="x")), targets(document, fact(figure, indicator="y", unit="件", fiscal_year=2024))
    assert before["fact_id"] == after["fact_id"]


def test_equal_numbers_in_different_places_have_different_ids() -> None:
    document = text_document("10 10", "10")
    rows = targets(document, *(fact(run_of(document, start, start + 2)) for start in (0, 3, 5)))
    assert len({row["fact_id"] for row in rows}) == 3


def test_the_kind_and_the_document_are_part_of_the_id() -> None:
    one, other = text_document("490", name="d_1"), text_document("490", name="d_2")
    kinds = [(Kind.TARGET, "targets"), (Kind.ACTUAL, "actuals")]
    facts = [(document, fact(run_of(document, 0, 3), kind), table) for document in (one, other) for kind, table in kinds]
    ids = [rows_of(document, Extraction((one_fact,)), "a")[table][0]["fact_id"] for document, one_fact, table in facts]
    assert len(set(ids)) == 4


def test_facts_that_share_a_figure_have_ids_that_do_not_hang_on_the_order() -> None:
    document = text_document("3～5回")
    low, high = (fact(run_of(document, 0, 1), value=value, comparator=sign) for value, sign in ((3.0, ">="), (5.0, "<=")))
    forth, back = targets(document, low, high), targets(document, high, low)
    assert {row["value"]: row["fact_id"] for row in forth} == {row["value"]: row["fact_id"] for row in back}
    assert len({row["fact_id"] for row in forth}) == 2


def test_a_fiscal_year_alone_gives_its_days() -> None:
    document = text_document("490")
    [year] = targets(document, fact(run_of(document, 0, 3), fiscal_year=2024))
    [day] = targets(document, fact(run_of(document, 0, 3), fiscal_year=2024, period_start=dt.date(2024, 10, 31), period_end=dt.date(2024, 10, 31)))
    assert (year["period_start"], year["period_end"]) == (dt.date(2024, 4, 1), dt.date(2025, 3, 31))
    assert (day["period_start"], day["period_end"]) == (dt.date(2024, 10, 31), dt.date(2024, 10, 31))


@pytest.mark.parametrize(("area", "code", "expected"), [(None, None, "039999"), ("よその町", None, None), ("となりの市", "038888", "038888")])
def test_the_publishers_code_stands_in_where_the_row_names_no_area(area: str | None, code: str | None, expected: str | None) -> None:
    document = text_document("490")
    [row] = targets(document, fact(run_of(document, 0, 3), area=area, area_code=code), area_code="039999")
    assert row["area_code"] == expected


def test_raw_has_the_printed_characters_without_line_breaks_of_reading() -> None:
    glyphs = [Glyph("1", 1), Glyph(",", 1), Glyph("\n", 1, printed=False), Glyph("2", 1), Glyph(" ", 1), Glyph("件", 1)]
    assert printed(Text(glyphs)) == "1,2 件"


def test_half_characters_of_a_broken_font_do_not_stop_the_document() -> None:
    document = text_document("490")
    [row] = targets(document, fact(run_of(document, 0, 3), indicator="件\ud800数"))
    assert row["indicator"] == "件\ufffd数"


def test_findings_name_their_facts_and_the_same_one_stands_once() -> None:
    document = text_document("490 500")
    one = fact(run_of(document, 0, 3))
    finding = Finding("sum", "warning", "合計が合いません。", one.figure, "490", "500", (one,))
    rows = rows_of(document, Extraction((one,), (), (finding, finding)), "a.txt")
    assert [(row["line"], row["fact_ids"]) for row in rows["findings"]] == [(1, [rows["targets"][0]["fact_id"]])]


def test_an_unclaimed_numeral_has_its_place_and_reason() -> None:
    document = paged_document("p. 12")
    rows = rows_of(document, Extraction((), (Unclaimed(run_of(document, 3, 5), "p. 12", "page_number"),)), "a.pdf")
    assert [(row["raw"], row["page"], row["x0"], row["reason"]) for row in rows["unclaimed"]] == [("12", 1, 80.0, "page_number")]


@given(st.text(st.one_of(st.sampled_from("\ud800\udbff\udc00\udfff"), st.characters()), max_size=12))
def test_only_half_characters_are_replaced(string: str) -> None:
    row = {"context": string, "page": 1}
    assert _published(row) is row
    assert row == {"context": string.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "page": 1}
