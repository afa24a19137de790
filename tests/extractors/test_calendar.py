"""Era and fiscal year of a document."""

from __future__ import annotations

import pytest

from extractors.calendar import calendar_of
from extractors.normalise.tokens import Calendar
from pipeline.read import read


def calendar(source: str) -> Calendar:
    return calendar_of(read(source.encode(), "document.txt"))


@pytest.mark.parametrize(
    ("source", "era", "year"),
    [
        ("令和6年度 事業計画\n前年の令和5年度と令和5年度の実績", "令和", 2024),
        ("平成２５年度の取組\n", "平成", 2013),
        ("令和元年度 報告", "令和", 2019),
        ("R6事業の報告 R6 R6\n令和6年度", "令和", 2024),
        ("相談窓口の案内", None, None),
    ],
)
def test_the_opening_names_the_year_and_the_whole_the_era(source: str, era: str | None, year: int | None) -> None:
    found = calendar(source)
    assert (found.era, found.fiscal_year) == (era, year)


def test_the_era_named_most_places_bare_years() -> None:
    assert calendar("平成25年の報告\n平成24年と平成23年\n昭和63年に始まる\n25年度実績").era == "平成"


def test_without_a_fiscal_year_the_latest_day_counts() -> None:
    assert calendar("相談窓口の状況\n令和5年10月末時点 471人\n令和6年1月末時点 480人").fiscal_year == 2023


def test_a_year_beyond_the_opening_does_not_date_the_document() -> None:
    filler = "窓口の案内です\n" * 80
    assert calendar("令和5年度 報告\n" + filler + "令和9年度 令和9年度 令和9年度").fiscal_year == 2023
