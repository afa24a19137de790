"""Columns (or rows) of percentages that a table computes from two others: 執行率 = 決算額 / 予算現額, 構成比, 達成率."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import permutations

import regex

from extractors.vocabulary import Finding
from pipeline.check.arithmetic import agrees, ratio, ways
from pipeline.check.matter import Amount, Matter, shown
from pipeline.check.relations import ENOUGH, WINDOW, Axis, axes
from pipeline.check.rule import found, rule

_RATE = regex.compile(r"率|割合|比|度合|％|%|達成度|進捗度")
# Of a percentage with one decimal one in a few hundred fits by chance.
_SPAN = 50.0


def _rate_items(axis: Axis) -> list[int]:
    return [i for i, item in enumerate(axis.items) if item and (_RATE.search(axis.name(i)) or all(one.unit in ("%", "％") for one in item.values()))]


def _tried(axis: Axis, rate: int) -> Iterator[tuple[int, int, list[int], list[int]]]:
    """(part, whole, positions where the rate fits, where it does not) for each pair of items near the rate."""
    rates = set(_rate_items(axis))
    # Percentages of percentages go along with each other for years without being computed from each other.
    near = [i for i, item in enumerate(axis.items) if i not in rates and abs(i - rate) <= WINDOW and item]
    for part, whole in permutations(near, 2):
        common = [p for p in axis.items[rate] if p in axis.items[part] and p in axis.items[whole] and axis.items[whole][p].value]
        fits = [p for p in common if _fits(axis.items[rate][p], axis.items[part][p], axis.items[whole][p])]
        if fits:
            yield part, whole, fits, [p for p in common if p not in fits]


def _fits(rate: Amount, part: Amount, whole: Amount) -> bool:
    percent, off = ratio(part.value, whole.value)
    return agrees(percent, rate.value, rate.places, off)


def _evidence(axis: Axis, rate: int, part: int, whole: int, fits: list[int]) -> float:
    """Decimal digits that agree, equal rows counted once; a part that is its whole gives 100 by itself."""
    said = {(axis.items[part][p].value, axis.items[whole][p].value, axis.items[rate][p].places) for p in fits}
    return sum(max(0.0, math.log10(_SPAN / (10.0**-places + ratio(a, b)[1]))) for a, b, places in said if a not in (0.0, b))


@rule("error", "a percentage of a table with the two columns that the other rows compute it from", "予算 1,000 | 決算 870 | 執行率 78.0%")
def table_ratio(matter: Matter) -> Iterator[Finding]:
    """A rate that its row does not give: the rate or one of the two numbers is misprinted, or belongs to the row above or below."""
    rated = {glyph for fact in matter.facts if fact.achievement_rate is not None for text in fact.words for glyph in text}
    for axis in axes(matter):
        for rate in _rate_items(axis):
            tried = list(_tried(axis, rate))
            handicap = math.log10(max(1, len(tried)))
            proven = [one for one in tried if _evidence(axis, rate, *one[:3]) - handicap >= ENOUGH]
            if not proven or any(not fails for *_, fails in proven):
                continue
            part, whole, fits, fails = max(proven, key=lambda one: (len(one[2]) - len(one[3]), -abs(one[0] - rate)))
            for p in fails if len(fails) <= max(1, len(fits) // 2) else ():
                one, a, b = axis.items[rate][p], axis.items[part][p], axis.items[whole][p]
                # The rule for 達成率 judges those that are attached to their result, and knows more of them.
                if not rated & set(one.text) and not ways(one.value, one.places, a.value, b.value):
                    yield _finding(matter, axis, (rate, part, whole), p)


def _finding(matter: Matter, axis: Axis, items: tuple[int, int, int], position: int) -> Finding:
    rate, part, whole = (axis.items[item][position] for item in items)
    computed = f"{100 * part.value / whole.value:.{max(1, rate.places)}f}%"
    said = f"「{axis.place(position)}」の「{axis.name(items[0])}」は{shown(rate.value)}%ですが、{shown(part.value)}÷{shown(whole.value)}は{computed}です。"
    return found("error", said, rate.text, f"{shown(rate.value)}%", computed, matter.facts_at([rate, part, whole]))
