"""What a scan of a string finds: numbers with units, years and days, and numerals that are neither. Offsets count characters of the raw string."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple


class _Said:
    """What was read of a string: a plain class, since compiled code takes the fields of a tuple with names as slowly as any stranger's.

    Compared, hashed and shown by its fields. Changed by nobody but who makes it.
    """

    __slots__ = ()

    @property
    def fields(self) -> tuple[object, ...]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and type(self) is type(other) and self.fields == other.fields

    def __hash__(self) -> int:
        return hash(self.fields)

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.fields!r}"


class Quantity(_Said):
    """A number with its unit.

    `start`..`end` holds sign, digits, unit and the comparator word behind them; `number_start`..`number_end` sign and digits alone.
    `value` is in `unit` (canonical, None where none is printed); `printed_unit` is the unit as printed after folding.
    `comparator` is one of `>=` `>` `<=` `<` `~` or None. `cumulative`: 累計 stands before it. `change`: an explicit plus, or 増・減・上昇 … behind it.
    `rank`: a place in an order (全国5位). `bracketed`: it stands alone in brackets. `range_part`: 1 or 2 in a range (3～5回), else 0.
    `share_part`: 1 for the part and 2 for the whole of a share (120/130, 130人中120人), else 0.
    """

    __slots__ = (
        *("bracketed", "change", "comparator", "cumulative", "end", "number_end", "number_start", "printed_unit", "range_part", "rank", "share_part"),
        *("start", "unit", "value"),
    )

    def __init__(
        self,
        start: int,
        end: int,
        value: float,
        unit: str | None = None,
        comparator: str | None = None,
        number_start: int = 0,
        number_end: int = 0,
        cumulative: bool = False,
        change: bool = False,
        printed_unit: str | None = None,
        rank: bool = False,
        bracketed: bool = False,
        range_part: int = 0,
        share_part: int = 0,
    ) -> None:
        self.start, self.end, self.value, self.unit, self.comparator = start, end, value, unit, comparator
        self.number_start, self.number_end, self.printed_unit = number_start, number_end, printed_unit
        self.cumulative, self.change, self.rank, self.bracketed = cumulative, change, rank, bracketed
        self.range_part, self.share_part = range_part, share_part

    @property
    def fields(self) -> tuple[object, ...]:
        flags = (self.cumulative, self.change, self.printed_unit, self.rank, self.bracketed, self.range_part, self.share_part)
        return (self.start, self.end, self.value, self.unit, self.comparator, self.number_start, self.number_end, *flags)

    def negative(self) -> Quantity:
        """The same with its sign turned."""
        places = (self.number_start, self.number_end, self.cumulative, self.change, self.printed_unit, self.rank, self.bracketed)
        return Quantity(self.start, self.end, -self.value, self.unit, self.comparator, *places, self.range_part, self.share_part)


class Point(NamedTuple):
    """A year, month or day as printed, before a calendar places it.

    `era` is an era's name, "" for a Western year, None for a bare one (25年度); `number` the printed year; `assumed`: neither 年 nor 年度 is printed.
    `end_of`: 末; `part`: `H1` `H2` (半期) or `Q1`..`Q4` (四半期); `relative`: -1 for 前年度; `same_month`: 前年同月.
    `third`: 1 to 3 for 上旬, 中旬, 下旬.
    """

    era: str | None = None
    number: int | None = None
    month: int | None = None
    day: int | None = None
    fiscal: bool = False
    assumed: bool = False
    as_of: bool = False
    end_of: bool = False
    part: str | None = None
    relative: int | None = None
    same_month: bool = False
    third: int | None = None


class When(_Said):
    """A year, month, day or span.

    `kind` is one of fiscal_year, calendar_year, month, day, span, relative.
    `fiscal_year` is the Western year in which the Japanese fiscal year (April to March) begins, None where it lies in none or is unknown.
    `period_start`, `period_end`: the days covered. `as_of`: stated as at that time (末, 現在, 時点). `relative`: -1 for 前年度, 0 本年度, +1 翌年度.
    `era_known` is False while era or year are missing (25年度, 8月) and no Calendar gave them.
    `assumed`: neither 年 nor 年度 is printed (R6), read as a fiscal year.
    `points` are the one or two printed points that `years.resolve` places anew.
    """

    __slots__ = ("as_of", "assumed", "end", "era_known", "fiscal_year", "kind", "period_end", "period_start", "points", "relative", "same_month", "start")

    def __init__(
        self,
        start: int,
        end: int,
        kind: str,
        fiscal_year: int | None = None,
        period_start: dt.date | None = None,
        period_end: dt.date | None = None,
        as_of: bool = False,
        relative: int | None = None,
        era_known: bool = True,
        same_month: bool = False,
        assumed: bool = False,
        points: tuple[Point, ...] = (),
    ) -> None:
        self.start, self.end, self.kind = start, end, kind
        self.fiscal_year, self.period_start, self.period_end = fiscal_year, period_start, period_end
        self.as_of, self.relative, self.era_known, self.same_month, self.assumed, self.points = as_of, relative, era_known, same_month, assumed, points

    @property
    def fields(self) -> tuple[object, ...]:
        said = (self.as_of, self.relative, self.era_known, self.same_month, self.assumed, self.points)
        return (self.start, self.end, self.kind, self.fiscal_year, self.period_start, self.period_end, *said)

    def over(self, start: int, end: int) -> When:
        """The same time, printed at start..end."""
        days = (self.fiscal_year, self.period_start, self.period_end)
        return When(start, end, self.kind, *days, self.as_of, self.relative, self.era_known, self.same_month, self.assumed, self.points)


class Aside(_Said):
    """A numeral that is neither a quantity nor a time: `reason` is one of `REASONS`."""

    __slots__ = ("end", "reason", "start")

    def __init__(self, start: int, end: int, reason: str) -> None:
        self.start, self.end, self.reason = start, end, reason

    @property
    def fields(self) -> tuple[object, ...]:
        return self.start, self.end, self.reason


REASONS: Final = (
    *("article", "ordinal", "list_number", "note_mark", "phone", "age", "grade", "duration", "frequency", "time", "date", "code", "name"),
    *("vague", "unreadable"),
)

Token = Quantity | When | Aside


class Calendar(NamedTuple):
    """What a document says of its own time: the era of its bare years (25年度) and the fiscal year it is for."""

    era: str | None = None
    fiscal_year: int | None = None

    @property
    def day(self) -> dt.date | None:
        """The last day of the fiscal year: the places of a document are those of that day, for places that merge within a year publish as one."""
        return dt.date(self.fiscal_year + 1, 3, 31) if self.fiscal_year is not None else None
