"""The year or days of a figure: the nearest label that names them, and the farther one that gives a month its year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extractors.context import Figure, Label, Relation
from extractors.labels import Role
from extractors.normalise.dates import place
from extractors.normalise.tokens import Calendar, Point, When
from extractors.normalise.years import resolve

# The precedence of the year, nearest relation first. Within a relation, labels stand near to far.
YEAR_ORDER: Final = (
    *(Relation.BRACKET, Relation.CELL, Relation.COLUMN, Relation.ROW, Relation.NAME, Relation.PART, Relation.ALIKE),
    *(Relation.SENTENCE, Relation.NOTE, Relation.BAND, Relation.NEARBY, Relation.HEADING),
)
# A name dates its numbers only where it says as of when (利用者数（令和6年3月末現在）); 令和2年3月卒業生 is whom it counts.
NAMING: Final = (Relation.NAME, Relation.PART)
# Where a table crosses years with months: the one across, the other down.
CROSSED: Final = (Relation.COLUMN, Relation.ROW)
YEARS: Final = ("fiscal_year", "calendar_year", "relative")


class Decided:
    """An attribute's label: the words that decided it."""

    __slots__ = ("label", "role", "when")

    def __init__(self, label: Label | None = None, role: Role | None = None, when: When | None = None) -> None:
        self.label, self.role, self.when = label, role, when


def year_of(figure: Figure, calendar: Calendar, role: Role | None) -> Decided:
    """The year or days from the nearest label that names them; of a baseline what its own cell, row, column or note says.

    A month or half year without a year (`4月` over a column) takes the year from the next label that names one: the row's, the table's
    title, the heading (`令和5年 月別入込客数`); where none does, from the calendar.
    """
    dated = list(_dated(figure, role))
    for at, (label, printed) in enumerate(dated):
        when = resolve(printed, calendar)
        if _yearless(printed):
            whole = next((year for _, other in dated[at + 1 :] if (year := resolve(other, calendar)).kind in YEARS), None)
            when = (_within(printed, whole) if whole is not None else None) or when
        elif when.kind in YEARS and label.relation in CROSSED:
            part = next((x for x in figure.labels if x.hint.when is not None and x.relation in CROSSED and _yearless(x.hint.when)), None)
            inner = _within(part.hint.when, when) if part is not None and part.hint.when is not None else None
            label, when = (part, inner) if part is not None and inner is not None else (label, when)
        if when.fiscal_year is not None or when.period_end is not None:
            return Decided(label, when=when)
    return Decided()


def _dated(figure: Figure, role: Role | None) -> Iterator[tuple[Label, When]]:
    """The labels that may date a figure, nearest first.

    The heading over a baseline dates it only where it calls it one (`■ 現状値（Ｒ５）`): a report's year is not its baseline's. 計画期間 dates
    no number that nothing calls a target or a result.
    """
    for relation in [relation for relation in YEAR_ORDER if relation in figure.by]:
        afar = relation in (Relation.BAND, Relation.NEARBY, Relation.HEADING)
        for label in figure.by[relation]:
            when = label.hint.when
            if when is None or (relation in NAMING and not when.as_of):
                continue
            if afar and ((role is Role.BASELINE and label.hint.role is not Role.BASELINE) or (role is None and label.hint.role is Role.REMARK)):
                continue
            yield label, when


def _yearless(when: When) -> bool:
    """Whether months, days, halves or quarters are named and no year."""
    return bool(when.points) and all(p.number is None and p.relative is None and (p.month is not None or p.part) for p in when.points)


def _within(when: When, whole: When) -> When | None:
    """The months of a time without a year in the year that another label names; None where that is not one year."""
    year = whole.fiscal_year if whole.fiscal_year is not None else whole.period_start.year if whole.period_start else None
    if year is None:
        return None
    fiscal = whole.kind != "calendar_year"
    points = tuple(_in_year(point, year, fiscal) for point in when.points)
    if len(points) == 2 and not fiscal and (points[1].month or 0) < (points[0].month or 0):
        return None
    return place(when.start, when.end, points, None)


def _in_year(point: Point, year: int, fiscal: bool) -> Point:
    if point.month is None:
        return point._replace(era="", number=year, fiscal=fiscal)
    return point._replace(era="", number=year + (fiscal and point.month < 4))
