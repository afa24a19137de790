"""From printed points of time to days and Japanese fiscal years (April to March)."""

from __future__ import annotations

import calendar as months
import datetime as dt
from typing import Final

from extractors.normalise.eras import ERAS, era_year
from extractors.normalise.tokens import Calendar, Point, When

_PARTS: Final = {"H1": (4, 9), "H2": (10, 3), "Q1": (4, 6), "Q2": (7, 9), "Q3": (10, 12), "Q4": (1, 3)}
_CALENDAR_PARTS: Final = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
Days = tuple[dt.date, dt.date]


def fiscal_year_of(day: dt.date) -> int:
    """The Western year in which the Japanese fiscal year that holds the day begins."""
    return day.year if day.month >= 4 else day.year - 1


def place(start: int, end: int, points: tuple[Point, ...], calendar: Calendar | None) -> When:
    """The When of one or two points; what cannot be known (25年度 without a calendar) stays None."""
    first, last = points[0], points[-1]
    # The calendar of dates ends with 9999: 平成8011年度 is a slip of the pen or a damaged file.
    years = [year if year is not None and 0 < year < dt.MAXYEAR else None for year in (_year(point, calendar) for point in points)]
    known = all(year is not None for year in years)
    days = [_days(point, year) for point, year in zip(points, years, strict=True) if year is not None]
    kind = "span" if len(points) > 1 or (first.part and not first.end_of) or first.third else _kind(first)
    begins, ends = (days[0], days[-1]) if known and all(days) else (None, None)
    return When(
        start=start,
        end=end,
        kind=kind,
        fiscal_year=_fiscal(begins, ends),
        period_start=begins[0] if begins else None,
        period_end=ends[1] if ends else None,
        as_of=last.as_of,
        relative=first.relative if first.number is None and first.month is None else None,
        era_known=known,
        same_month=first.same_month,
        assumed=first.assumed,
        points=points,
    )


def _kind(point: Point) -> str:
    if point.relative is not None and point.month is None:
        return "relative"
    if point.day is not None or point.end_of:
        return "day"
    if point.month is not None:
        return "month"
    return "fiscal_year" if point.fiscal or point.assumed else "calendar_year"


def _fiscal(begins: Days | None, ends: Days | None) -> int | None:
    """The one fiscal year that holds all of it; a calendar year lies in none."""
    if begins is None or ends is None:
        return None
    early, late = fiscal_year_of(begins[0]), fiscal_year_of(ends[1])
    return early if early == late else None


def _year(point: Point, calendar: Calendar | None) -> int | None:
    """The Western year of a point: the fiscal one for a fiscal point, else the calendar's."""
    if point.relative is not None and point.number is None and point.month is None:
        return None if calendar is None or calendar.fiscal_year is None or point.same_month else calendar.fiscal_year + point.relative
    if point.number is None:
        if calendar is None or calendar.fiscal_year is None:
            return None
        return calendar.fiscal_year + (1 if point.month is not None and point.month < 4 else 0)
    year = _bare_year(point.number, calendar) if point.era is None else point.number if point.era == "" else era_year(point.era, point.number)
    # 令和6年度3月 is March of the year after.
    return year + 1 if year is not None and point.fiscal and point.month is not None and point.month < 4 else year


def _bare_year(number: int, calendar: Calendar | None) -> int | None:
    """25年度 in a document of a known era or year: of the eras that have begun by then, the one that lies nearest to the document's year.

    A plan of 令和6年度 prints 28年度 and means 平成28年度 (2016), not 令和28年度 (2046); a plan of 平成25年 that prints 5年度 cannot mean 令和5年度.
    """
    if calendar is None or (calendar.era is None and calendar.fiscal_year is None):
        return None
    if calendar.fiscal_year is None:
        return era_year(calendar.era, number) if calendar.era in ERAS else None
    year = calendar.fiscal_year
    begun = [era.first for era in ERAS.values() if 1926 <= era.first <= year + 1] or [era.first for era in ERAS.values()]
    return min((first - 1 + number for first in begun), key=lambda candidate: (abs(candidate - year), candidate))


def _days(point: Point, year: int) -> Days | None:
    """First and last day; None where the printed day does not exist (2月30日)."""
    if point.part:
        return _part_days(point, year)
    if point.month is not None:
        return _month_days(year, point)
    if point.fiscal or point.assumed:
        last = dt.date(year + 1, 3, 31)
        return (last, last) if point.end_of else (dt.date(year, 4, 1), last)
    last = dt.date(year, 12, 31)
    return (last, last) if point.end_of else (dt.date(year, 1, 1), last)


def _month_days(year: int, point: Point) -> Days | None:
    assert point.month is not None
    last = months.monthrange(year, point.month)[1]
    if point.day is not None:
        return (dt.date(year, point.month, point.day),) * 2 if point.day <= last else None
    if point.third is not None:
        return dt.date(year, point.month, 10 * point.third - 9), dt.date(year, point.month, 10 * point.third if point.third < 3 else last)
    end = dt.date(year, point.month, last)
    return (end, end) if point.end_of else (dt.date(year, point.month, 1), end)


def _part_days(point: Point, year: int) -> Days:
    """Halves and quarters: of the fiscal year, or of the calendar year where 年 alone is printed before them."""
    assert point.part is not None
    first, last = (_PARTS if point.fiscal or point.number is None else _CALENDAR_PARTS)[point.part]
    after = point.fiscal or point.number is None
    begin = year + (after and first < 4)
    end = year + (after and last < 4)
    final = dt.date(end, last, months.monthrange(end, last)[1])
    return (final if point.end_of else dt.date(begin, first, 1)), final
