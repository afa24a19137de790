"""A whole document: what its encoding, its pages and a second reading change (nothing)."""

from __future__ import annotations

from operator import attrgetter

import pytest

from extractors import extract
from extractors.extract import explain
from extractors.vocabulary import Extraction
from pipeline.read import read
from tests.conftest import Sample
from tests.extractors.small import extraction_of, facts_of, table

ROWS = table("指標|令和５年度実績|令和６年度目標", "相談件数|１，２３４件|１，３００件以上")
SOURCE = "令和６年度 みどり計画\n\n" + ROWS + "\n(3) 目標\n・見学会の開催 ４回\n"
COMPARED = attrgetter(
    *("kind", "indicator", "component", "section", "area", "fiscal_year", "period_start", "period_end", "value", "unit", "comparator"),
    *("cumulative", "baseline", "basis", "achievement_rate", "rating", "page", "role_from", "year_from", "unit_from"),
)


def said(extraction: Extraction) -> list[tuple[object, ...]]:
    """All that an extraction says, with the place of every figure, in values that can be compared."""
    facts = [COMPARED(fact) for fact in extraction.facts]
    places = [(f.figure.string, f.figure.page, f.figure.line, f.figure.box) for f in extraction.facts]
    left = [(u.numeral.string, u.numeral.page, u.numeral.line, u.numeral.box, u.context, u.reason) for u in extraction.unclaimed]
    return [*facts, *places, *left, (extraction.title, extraction.fiscal_year, extraction.publisher, extraction.area_code)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_every_encoding_gives_the_facts_of_utf_8(encoding: str) -> None:
    assert said(extraction_of(SOURCE.encode(encoding))) == said(extraction_of(SOURCE.encode()))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(ending: str) -> None:
    assert said(extraction_of(SOURCE.replace("\n", ending))) == said(extraction_of(SOURCE))


def test_a_form_feed_begins_a_page_and_lines_are_counted_on() -> None:
    source = "1 福祉\n令和6年度実績\n・相談件数 5件\n\f\n令和6年度目標\n・面談件数 7件\n\f令和6年度実績\n・来館者数 9人\n"
    found = [(fact.value, fact.page, fact.figure.line) for fact in extraction_of(source).facts]
    assert found == [(5, 1, 3), (7, 2, 6), (9, 3, 8)]


def test_the_figure_of_a_table_stands_on_its_line() -> None:
    assert [fact.figure.line for fact in extraction_of(SOURCE).facts] == [5, 5, 8]


def test_extracting_twice_says_the_same_of_every_sample(samples: dict[str, Sample]) -> None:
    assert samples
    for sample in samples.values():
        assert said(extract(sample.document)) == said(sample.extraction)


def test_reading_twice_says_the_same() -> None:
    assert said(extraction_of(SOURCE)) == said(extraction_of(SOURCE))


def test_a_document_without_words_has_no_facts() -> None:
    extraction = extraction_of("・\n")
    assert (extraction.facts, extraction.unclaimed, extraction.fiscal_year) == ((), (), None)


def test_one_broken_line_leaves_the_facts_of_the_others_alone() -> None:
    assert facts_of(SOURCE + "|||\n| 1 | (2 |\n→→ 3件→ ％％ 4,,5 件 （（\n")[:3] == facts_of(SOURCE)


def test_explain_shows_every_figure_of_the_line_with_what_decided() -> None:
    lines = list(explain(read(SOURCE.encode(), "document.txt"), 1, 5))
    assert [line for line in lines if line.startswith("'")] == ["'１，２３４件' = 1234 件 (line 5, grids)", "'１，３００件以上' = 1300 件 (line 5, grids)"]
    assert any("-> actual 相談件数" in line and "令和５年度実績" in line for line in lines)
