"""How much of what a book states is found in its print, and how much of what is found is stated.

A fact counts as found where kind, value, unit, year and name agree. Facts that the truth calls optional are neither asked for nor held against.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from extractors import extract
from extractors.normalise.units import scale_of
from extractors.vocabulary import Fact as Found
from pipeline.read import read
from tests.generated.model import Book, Fact, stated

# Names agree from this partial ratio on: a heading or a unit in brackets may stand beside the name.
ALIKE = 80.0


class Score(NamedTuple):
    """Facts found, facts missed, and predictions that nothing states; `wrong` shows the latter two."""

    found: int = 0
    missed: int = 0
    spurious: int = 0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: tuple[object, ...]) -> Score:
        assert isinstance(other, Score)
        return Score(self.found + other.found, self.missed + other.missed, self.spurious + other.spurious, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        return self.found / max(self.found + self.spurious, 1)

    @property
    def recall(self) -> float:
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(2 * self.found + self.missed + self.spurious, 1)


def letters(*parts: str | None) -> str:
    """The letters and digits of names in one run."""
    return regex.sub(r"[^\p{L}\p{N}]", "", unicodedata.normalize("NFKC", "".join(part or "" for part in parts))).lower()


def same_name(fact: Fact, found: Found) -> float:
    """0 to 100: how alike the names are, with or without the section that stands before a name."""
    asked, own = letters(fact.indicator, fact.component), letters(found.indicator, found.component)
    return max(fuzz.partial_ratio(asked, name) for name in (own, letters(found.section) + own))


def amount(value: float, unit: str | None) -> tuple[float, str]:
    """A value with its scale multiplied out: 231.7 万人 and 2,317,000 人 are the same."""
    factor, base = scale_of(unicodedata.normalize("NFKC", unit)) if unit else (1, "")
    return float(f"{value * factor:.9g}"), base


def same_amount(fact: Fact, found: Found) -> bool:
    asked, own = amount(float(fact.value), fact.unit), amount(found.value, found.unit)
    return asked[0] == own[0] and (not fact.unit or asked[1] == own[1])


def same_time(fact: Fact, found: Found) -> bool:
    """The same fiscal year; where the truth has a period alone, days within it."""
    if fact.fiscal_year is not None:
        return found.fiscal_year == fact.fiscal_year
    if not fact.period:
        return True
    year, _, month = fact.period.partition("-")
    days = (found.period_start, found.period_end)
    return all(isinstance(day, dt.date) and day.year == int(year) and (not month or day.month == int(month)) for day in days)


def agree(fact: Fact, found: Found) -> bool:
    same = fact.kind == found.kind.value and same_amount(fact, found) and same_time(fact, found)
    return same and same_name(fact, found) >= ALIKE


def score(book: Book, data: bytes) -> Score:
    """The score of one printed book (`data`: the PDF)."""
    asked = list(stated(book))
    predicted = list(extract(read(data, f"{book.family}.pdf")).facts)
    pairs = matched([fact for _, fact in asked if not fact.note.startswith("optional")], predicted, agree)
    missed = [fact for at, fact in enumerate(f for _, f in asked if not f.note.startswith("optional")) if at not in pairs]
    optional = [fact for _, fact in asked if fact.note.startswith("optional")]
    left = [found for at, found in enumerate(predicted) if at not in pairs.values()]
    spurious = [found for found in left if not any(same_amount(fact, found) and same_name(fact, found) >= ALIKE for fact in optional)]
    wrong = [f"missed {fact.kind} {fact.indicator} {fact.fiscal_year} {fact.raw}" for fact in missed]
    wrong += [f"spurious {found.kind} {found.indicator} {found.fiscal_year} {found.value:g} {found.unit} page {found.page}" for found in spurious]
    return Score(len(pairs), len(missed), len(spurious), tuple(wrong))


def matched(asked: list[Fact], predicted: list[Found], ok: Callable[[Fact, Found], bool]) -> dict[int, int]:
    """Each fact to one prediction, best names first and each prediction once."""
    by_value: dict[float, list[int]] = {}
    for at, found in enumerate(predicted):
        by_value.setdefault(amount(found.value, found.unit)[0], []).append(at)
    pairs = [(i, j) for i, fact in enumerate(asked) for j in by_value.get(amount(float(fact.value), fact.unit)[0], ()) if ok(fact, predicted[j])]
    pairs.sort(key=lambda pair: (-same_name(asked[pair[0]], predicted[pair[1]]), abs(pair[0] - pair[1]), pair))
    out: dict[int, int] = {}
    for i, j in pairs:
        if i not in out and j not in out.values():
            out[i] = j
    return out


def listed(scores: Iterable[tuple[str, Score]]) -> str:
    """One line a family and one for all."""
    rows = list(scores)
    whole = sum((one for _, one in rows), Score())
    lines = [f"{name:<18} {s.found + s.missed:6d} {s.precision:9.3f} {s.recall:7.3f} {s.f1:6.3f}" for name, s in [*rows, ("all", whole)]]
    return "\n".join([f"{'family':<18} {'facts':>6} {'precision':>9} {'recall':>7} {'F1':>6}", *lines])
