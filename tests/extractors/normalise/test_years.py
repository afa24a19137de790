"""Years and days where a row of docs/readings.md cannot show them: the parts of a When, the eras' table, placing anew."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.normalise import eras
from extractors.normalise.dates import fiscal_year_of
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, When
from extractors.normalise.years import read_when, resolve


def _when(printed: str, calendar: Calendar | None = None) -> When:
    (token,) = scan(printed, calendar)
    assert isinstance(token, When)
    return token


def test_the_table_of_eras_reads_again_as_it_was_read() -> None:
    assert eras._load() == eras.ERAS
    assert {name: era.first for name, era in eras._load().items()} == {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
    assert eras.ERAS["令和"] == eras.Era(2019, 60, ("R", "r"), ("令",))
    assert eras.ERAS["昭和"] == eras.Era(1926, 75, ("S",), ("昭",))


@pytest.mark.parametrize(
    ("printed", "assumed", "known"),
    [
        ("R6", True, True),
        ("R6年度", False, True),
        ("2024 (R6)", True, True),
        ("2024年(R6)", False, True),
        ("2024 (R6年)", False, True),
        ("2024(R6)年", False, True),
        ("R6.4", False, True),
        ("R6.4.1", False, True),
        ("FY2024", True, True),
        ("R6～10", True, True),
        ("R6～10年度", False, True),
        ("令和6年度～10", False, True),
        ("2024～2028", True, True),
        ("25年度", False, False),
        ("5～7年度", False, False),
        ("8月", False, False),
        ("上半期", False, False),
        ("前年度", False, False),
    ],
)
def test_a_year_without_its_word_is_assumed_and_one_without_its_era_unknown(printed: str, assumed: bool, known: bool) -> None:
    when = _when(printed)
    assert (when.assumed, when.era_known) == (assumed, known)


@pytest.mark.parametrize(
    "printed",
    [
        "25年度",
        "前年度",
        "8月",
        "4月～3月",
        "上半期",
        "第4四半期",
        "10月末時点",
        "10/1現在",
        "4.1時点",
        "5～7年度",
        "前年同月",
        "今年度末",
        "3月下旬",
        "前年度上半期",
        "R6",
    ],
)
@pytest.mark.parametrize("calendar", [None, Calendar("令和", 2024), Calendar("平成", None)])
def test_a_time_placed_later_is_the_time_read_with_the_calendar(printed: str, calendar: Calendar | None) -> None:
    assert resolve(_when(printed), calendar) == _when(printed, calendar)


def test_a_time_without_points_stays_as_it_is() -> None:
    bare = When(0, 4, "fiscal_year", 2024)
    assert resolve(bare, Calendar("令和", 2030)) == bare


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("10/1現在", (2024, 10, 1), (2024, 10, 1)),
        ("4.1時点", (2024, 4, 1), (2024, 4, 1)),
        ("3月下旬", (2025, 3, 21), (2025, 3, 31)),
        ("4月1日～10日", (2024, 4, 1), (2024, 4, 10)),
        ("前年度上半期", (2023, 4, 1), (2023, 9, 30)),
        ("前年度第4四半期", (2024, 1, 1), (2024, 3, 31)),
        ("5～7年度", (2023, 4, 1), (2026, 3, 31)),
        ("5・6・7年度", (2023, 4, 1), (2026, 3, 31)),
        ("3月", (2025, 3, 1), (2025, 3, 31)),
        ("4月", (2024, 4, 1), (2024, 4, 30)),
    ],
)
def test_what_leaves_out_its_year_lies_in_the_years_of_the_calendar(printed: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    when = _when(printed, Calendar("令和", 2024))
    assert (when.period_start, when.period_end) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    ("year", "number", "fiscal_year"), [(2018, 1, 2019), (2017, 1, 1989), (2019, 31, 2019), (2024, 36, 2024), (2005, 17, 2005), (2000, 50, 1975)]
)
def test_a_bare_year_is_of_the_era_that_lies_nearest_and_has_begun(year: int, number: int, fiscal_year: int) -> None:
    assert _when(f"{number}年度", Calendar(None, year)).fiscal_year == fiscal_year


def test_a_bare_year_of_an_unknown_era_has_no_days() -> None:
    assert _when("25年度", Calendar("元文", None)).period_start is None


@pytest.mark.parametrize("printed", ["前年同月", "前年同日"])
def test_the_same_month_of_the_year_before_has_no_days_in_any_calendar(printed: str) -> None:
    when = _when(printed, Calendar("令和", 2024))
    assert (when.same_month, when.relative, when.period_start, when.start, when.end) == (True, -1, None, 0, 4)


@pytest.mark.parametrize(("day", "fiscal_year"), [((2024, 3, 31), 2023), ((2024, 4, 1), 2024), ((2024, 12, 31), 2024), ((2025, 1, 1), 2024)])
def test_a_fiscal_year_begins_in_april(day: tuple[int, int, int], fiscal_year: int) -> None:
    assert fiscal_year_of(dt.date(*day)) == fiscal_year


@pytest.mark.parametrize("printed", ["人", "、", "年", "の6年度"])
def test_a_time_begins_only_where_a_year_or_month_does(printed: str) -> None:
    assert read_when(printed, 0) is None
