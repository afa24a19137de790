"""Columns (or rows) of percentages that a table computes from two others: 執行率 = 決算額 / 予算現額, 構成比, 達成率."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations

import regex

from extractors.labels.hints import Role, read_label
from extractors.normalise.patterns import compiled
from extractors.vocabulary import Finding
from pipeline.check.arithmetic import LESS_IS_BETTER, agrees, ratio, ways
from pipeline.check.matter import Amount, Matter, shown
from pipeline.check.relations import ENOUGH, NUMBERED, RATE, WINDOW, Axis, axes
from pipeline.check.rule import found, rule

# Of a percentage with one decimal one in a few hundred fits by chance.
_SPAN = 50.0
_ACHIEVED = regex.compile("達成|進捗|到達")

# Three items by their names and how far the two numbers stand from the rate: the same in every block of a table that repeats 目標, 実績, 達成率.
Shape = tuple[str, int, str, int, str]
# (rate, part, whole, position): four numbers that name one place.
Place = tuple[int, int, int, int]


@dataclass
class Ratio:
    """`rate = 100 * part / whole` in the blocks of one shape: the places where it fits and where it does not."""

    fits: list[Place] = field(default_factory=list)
    fails: list[Place] = field(default_factory=list)


def _rate_items(axis: Axis) -> list[int]:
    return [i for i, item in enumerate(axis.items) if item and (RATE.search(axis.own(i)) or all(one.unit in ("%", "％") for one in item.values()))]


def _ratios(axis: Axis) -> dict[Shape, Ratio]:
    """Every shape that fits somewhere in a table."""
    rates = [i for i in _rate_items(axis) if any(one.places or one.value > 1 for one in axis.items[i].values())]
    said = {i: axis.own(i) for i in range(len(axis.items))}
    ratios: dict[Shape, Ratio] = defaultdict(Ratio)
    for rate in rates:
        # Percentages of percentages go along with each other for years without being computed from each other.
        near = [i for i, item in enumerate(axis.items) if item and i != rate and abs(i - rate) <= WINDOW and not RATE.search(said[i])]
        for part, whole in permutations(near, 2):
            ratio_of = ratios[(said[rate], part - rate, said[part], whole - rate, said[whole])]
            for p in axis.items[rate].keys() & axis.items[part].keys() & axis.items[whole].keys():
                if axis.items[whole][p].value:
                    fits = _fits(axis.items[rate][p], axis.items[part][p], axis.items[whole][p])
                    (ratio_of.fits if fits else ratio_of.fails).append((rate, part, whole, p))
    return {shape: one for shape, one in ratios.items() if one.fits}


def _fits(rate: Amount, part: Amount, whole: Amount) -> bool:
    percent, off = ratio(part.value, whole.value)
    return agrees(percent, rate.value, rate.places, off)


def _evidence(axis: Axis, ratio_of: Ratio) -> float:
    """Decimal digits that agree, equal places counted once; a part that is its whole gives 100 by itself."""
    said = {(axis.items[a][p].value, axis.items[b][p].value, axis.items[rate][p].places) for rate, a, b, p in ratio_of.fits}
    return sum(max(0.0, math.log10(_SPAN / (10.0**-places + ratio(a, b)[1]))) for a, b, places in said if a not in (0.0, b))


def _said(shape: Shape) -> bool:
    """Whether the names say themselves what is divided by what: 達成率 of 実績 and 目標, 執行率 of 決算 and 予算."""
    name, _, part, _, whole = shape
    roles = (read_label(part).role, read_label(whole).role)
    return bool(compiled("達成|執行").search(name)) and roles in ((Role.ACTUAL, Role.TARGET), (Role.SETTLED, Role.BUDGET))


def _proven(axis: Axis) -> list[tuple[Shape, Ratio]]:
    """For each name of a rate the shape that explains most of it, where the rest of the table proves it."""
    tried = _ratios(axis)
    handicap = math.log10(max(1, len(tried)))
    best: dict[str, tuple[Shape, Ratio]] = {}
    for shape, one in sorted(tried.items(), key=lambda item: (-len(item[1].fits), len(item[1].fails), item[0])):
        most = len(one.fits) if _said(shape) else len(one.fits) // 2
        if _evidence(axis, one) - handicap >= ENOUGH and len(one.fails) <= max(1, most):
            best.setdefault(shape[0], (shape, one))
    return list(best.values())


def proven(matter: Matter) -> list[tuple[Axis, list[tuple[Shape, Ratio]]]]:
    """The proven ratios of every table, both ways through it."""
    return [(axis, found_here) for axis in matter.once(axes) if (found_here := _proven(axis))]


@rule(
    "error",
    "a percentage of a table with the two numbers that the other rows compute it from",
    "A rate that its row does not give: the rate or one of the two numbers is misprinted, or belongs to the row above or below.",
    "予算 1,000 | 決算 870 | 執行率 78.0%",
)
def table_ratio(matter: Matter) -> Iterator[Finding]:
    rated = {key for fact in matter.facts if fact.achievement_rate is not None for text in fact.words for key in text.keys}
    for axis, found_here in matter.once(proven):
        for _, one in found_here:
            for rate, part, whole, p in one.fails:
                printed, a, b = axis.items[rate][p], axis.items[part][p], axis.items[whole][p]
                named = axis.name(rate) and axis.place(p) and not NUMBERED.search(axis.place(p))
                # Who prints 107.4% elsewhere does not cut rates off at 100.
                over = any(other.value > 100 for item in {place[0] for place in (*one.fits, *one.fails)} for other in axis.items[item].values())
                fitting = ways(printed.value, printed.places, a.value, b.value) & {"straight", "floor", "" if over else "capped"}
                # The rule for 達成率 judges those that are attached to their result, and knows more of them.
                if named and not fitting and rated.isdisjoint(printed.text.keys):
                    yield _finding(matter, axis, (rate, part, whole), p)


@rule(
    "warning",
    "what the rates of a table divide by: 実績 / 目標 or 目標 / 実績",
    "Where every 達成率 of a table is 目標/実績, of indicators of which most want more, the two columns (rows) were exchanged.",
    "目標 28 | 実績 40 | 達成率 70.0% (in every row)",
)
def table_swapped(matter: Matter) -> Iterator[Finding]:
    for axis, found_here in matter.once(proven):
        for (name, _, part, _, whole), one in found_here:
            roles = (read_label(part).role, read_label(whole).role)
            rate, *_, p = one.fits[0]
            lesser = sum(bool(LESS_IS_BETTER.search(" ".join((axis.name(r), axis.place(at))))) for r, _, _, at in one.fits)
            if roles == (Role.TARGET, Role.ACTUAL) and _ACHIEVED.search(name) and len(one.fits) >= 3 and lesser < len(one.fits) / 2:
                said = f"この表の{len(one.fits)}か所の「{name}」は「{part}」÷「{whole}」でしか合いません。目標と実績が入れ替わっている疑いがあります。"
                yield found("warning", said, axis.items[rate][p].text, f"{part}÷{whole}", f"{whole}÷{part}")


def _finding(matter: Matter, axis: Axis, items: tuple[int, int, int], position: int) -> Finding:
    rate, part, whole = (axis.items[item][position] for item in items)
    computed = f"{100 * part.value / whole.value:.{max(1, rate.places)}f}%"
    said = f"「{axis.place(position)}」の「{axis.name(items[0])}」は{shown(rate.value)}%ですが、{shown(part.value)}÷{shown(whole.value)}は{computed}です。"
    return found("error", said, rate.text, f"{shown(rate.value)}%", computed, matter.facts_at([rate, part, whole]))
