"""Places as they were on a day: renames, mergers and new wards since 1970-04-01 (data/README.md says where they are from)."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "data" / "changes.csv"
# A new ward is cut out of a ward or a city that goes on; every other change ends the place it names.
_CUT: Final = "new ward"


@dataclass(frozen=True, slots=True)
class Change:
    """One place of one change: from `day` on, `name` (with its 6-digit `code`, in `prefecture`) is, or is part of, `successor`.

    `kind`: merger (新設), absorption (編入), status (市制, 町制), rename, county (moved to another 郡 or 支庁), designation (政令指定都市),
    reorganisation (of wards) or new ward. Wards stand behind their city, with a blank. A city that goes on through a merger is its own successor.
    """

    day: date
    kind: str
    prefecture: str
    name: str
    code: str
    successor: str
    successor_code: str


@dataclass(frozen=True, slots=True)
class Successor:
    """The place that a former one became, or became part of, and the day since when."""

    name: str
    code: str
    day: date


@cache
def changes() -> tuple[Change, ...]:
    """All changes since 1970-04-01, oldest first; of one day in the order in which they took effect."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Change(date.fromisoformat(day), *rest) for day, *rest in rows)


def successors_of(code: str, on: date | None = None) -> tuple[Successor, ...]:
    """The places that a place became by `on` (by the last known change without it), each with the day of the last step to it.

    Two or more for a place that was divided; none for a place whose code was still in force, or that no change names.
    """
    out: list[Successor] = []
    for change in _ends().get(code, ()):
        if on is None or change.day <= on:
            out += successors_of(change.successor_code, on) or (Successor(change.successor, change.successor_code, change.day),)
    return tuple(dict.fromkeys(out))


@cache
def _ends() -> dict[str, tuple[Change, ...]]:
    """Code to the changes that took it out of force."""
    out: dict[str, tuple[Change, ...]] = {}
    for change in changes():
        if change.kind != _CUT and change.code != change.successor_code:
            out[change.code] = (*out.get(change.code, ()), change)
    return out


def era_of(day: date) -> int:
    """Which of the stretches between two days of change a day lies in: 0 before the first."""
    return bisect_right(_days(), day)


@cache
def _days() -> tuple[date, ...]:
    return tuple(sorted({change.day for change in changes()}))


def places_in(era: int, listed: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(code, name) of every place of a stretch, by code; `listed` are those of a list of today, which may lag behind the changes."""
    day = _days()[era - 1] if era else date.min
    lives = _lives()
    known = {place: lives.get(place, (None, None)) for place in (*listed, *lives)}
    return sorted(place for place, (start, end) in known.items() if (start is None or start <= day) and (end is None or day < end))


@cache
def _lives() -> dict[tuple[str, str], tuple[date | None, date | None]]:
    """(code, name) to the first day of a place and the first day without it; None where it was there before, or still is."""
    going_on = {(c.day, c.code, c.name) for c in changes() if (c.code, c.name) == (c.successor_code, c.successor)}
    out: dict[tuple[str, str], tuple[date | None, date | None]] = {}
    for change in changes():
        old, new = (change.code, change.name), (change.successor_code, change.successor)
        out.setdefault(old, (None, None))
        begins = change.kind != "absorption" and (change.day, *new) not in going_on
        out.setdefault(new, (change.day if begins else None, None))
        if change.kind != _CUT and old != new:
            out[old] = (out[old][0], change.day)
    return out
