"""Columns (or rows) of percentages that a table computes from two others: 執行率 = 決算額 / 予算現額, 構成比, 達成率."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from extractors.labels.hints import Role, read_label
from extractors.vocabulary import Finding
from pipeline.check.arithmetic import LESS_IS_BETTER, agrees, ratio, ways
from pipeline.check.matter import Amount, Matter, shown
from pipeline.check.relations import ENOUGH, LOOKS, PERCENT, RATE, WINDOW, Axis, is_numbered, of_tables
from pipeline.check.rule import found, rule

# Of a percentage with one decimal one in a few hundred fits by chance.
_SPAN: Final = 50.0
_ACHIEVED: Final = regex.compile("達成|進捗|到達")

# Three items by their names and how far the two numbers stand from the rate: the same in every block of a table that repeats 目標, 実績, 達成率.
Shape = tuple[str, int, str, int, str]
# (rate, part, whole, position): four numbers that name one place.
Place = tuple[int, int, int, int]


class Ratio:
    """`rate = 100 * part / whole` in the blocks of one shape: the places where it fits and where it does not."""

    __slots__ = ("fails", "fits")

    def __init__(self) -> None:
        self.fits: list[Place] = []
        self.fails: list[Place] = []


def _ratios(axis: Axis) -> dict[Shape, Ratio]:
    """Every shape that fits somewhere in a table."""
    said = [axis.own(i) for i in range(len(axis.items))]
    rated = [RATE.search(word) is not None for word in said]
    ratios: dict[Shape, Ratio] = defaultdict(Ratio)
    for rate, item in enumerate(axis.items):
        numbers = item.values()
        if not item or not (rated[rate] or all(one.unit in PERCENT for one in numbers)) or not any(one.places or one.value > 1 for one in numbers):
            continue
        # Percentages of percentages go along with each other for years without being computed from each other.
        near = [i for i in range(max(0, rate - WINDOW), min(len(said), rate + WINDOW + 1)) if axis.items[i] and i != rate and not rated[i]]
        for part in near:
            both = item.keys() & axis.items[part].keys()
            for whole in near if both else ():
                if part != whole and (common := both & axis.items[whole].keys()):
                    _compare(axis, rate, part, whole, common, ratios[(said[rate], part - rate, said[part], whole - rate, said[whole])])
    return {shape: one for shape, one in ratios.items() if one.fits}


def _compare(axis: Axis, rate: int, part: int, whole: int, positions: set[int], ratio_of: Ratio) -> None:
    """Enters each position under the places where the ratio fits, or under those where it does not."""
    rates, parts, wholes = axis.items[rate], axis.items[part], axis.items[whole]
    for p in positions:
        if wholes[p].value:
            (ratio_of.fits if _fits(rates[p], parts[p], wholes[p]) else ratio_of.fails).append((rate, part, whole, p))


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
    if "達成" not in name and "執行" not in name:
        return False
    return (read_label(part).role, read_label(whole).role) in ((Role.ACTUAL, Role.TARGET), (Role.SETTLED, Role.BUDGET))


def _proven(axis: Axis) -> list[tuple[Shape, Ratio]]:
    """For each name of a rate the shape that explains most of it, where the rest of the table proves it."""
    tried = _ratios(axis)
    handicap = math.log10(max(1, len(tried)))
    best: dict[str, tuple[Shape, Ratio]] = {}
    for shape, one in sorted(tried.items(), key=lambda item: (-len(item[1].fits), len(item[1].fails), item[0])):
        if shape[0] in best:
            continue
        most = len(one.fits) if _said(shape) else len(one.fits) // 2
        if len(one.fails) <= max(1, most) and _evidence(axis, one) - handicap >= ENOUGH:
            best[shape[0]] = shape, one
    return list(best.values())


@rule(
    "error",
    "a percentage of a table with the two numbers that the other rows compute it from",
    "A rate that its row does not give: the rate or one of the two numbers is misprinted, or belongs to the row above or below.",
    "予算 1,000 | 決算 870 | 執行率 78.0%",
)
def table_ratio(matter: Matter) -> Iterator[Finding]:
    yield from matter.once(of_tables)["table_ratio"]


@rule(
    "warning",
    "what the rates of a table divide by: 実績 / 目標 or 目標 / 実績",
    "Where every 達成率 of a table is 目標/実績, of indicators of which most want more, the two columns (rows) were exchanged.",
    "目標 28 | 実績 40 | 達成率 70.0% (in every row)",
)
def table_swapped(matter: Matter) -> Iterator[Finding]:
    yield from matter.once(of_tables)["table_swapped"]


def _look(matter: Matter, both: Sequence[Axis]) -> Iterator[tuple[str, Finding]]:
    for axis in both:
        if found_here := _proven(axis):
            for finding in _wrong(matter, axis, found_here):
                yield "table_ratio", finding
            for finding in _swapped(axis, found_here):
                yield "table_swapped", finding


LOOKS.append(_look)


def _rated(matter: Matter) -> set[object]:
    """The characters of the rates that are attached to their results."""
    return {key for fact in matter.facts if fact.achievement_rate is not None for text in fact.words for key in text.keys}


def _wrong(matter: Matter, axis: Axis, found_here: list[tuple[Shape, Ratio]]) -> Iterator[Finding]:
    """The rates that are not what their row gives."""
    rated = matter.once(_rated)
    for _, one in found_here:
        for rate, part, whole, p in one.fails:
            printed, a, b = axis.items[rate][p], axis.items[part][p], axis.items[whole][p]
            named = axis.name(rate) and axis.place(p) and not is_numbered(axis.place(p))
            # Who prints 107.4% elsewhere does not cut rates off at 100.
            over = any(other.value > 100 for item in {place[0] for place in (*one.fits, *one.fails)} for other in axis.items[item].values())
            fitting = ways(printed.value, printed.places, a.value, b.value) & {"straight", "floor", "" if over else "capped"}
            # The rule for 達成率 judges those that are attached to their result, and knows more of them.
            if named and not fitting and rated.isdisjoint(printed.text.keys):
                yield _finding(matter, axis, (rate, part, whole), p)


def _swapped(axis: Axis, found_here: list[tuple[Shape, Ratio]]) -> Iterator[Finding]:
    """The rates of a table that only fit with 目標 and 実績 exchanged."""
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
