"""Grades against the thresholds that the document itself states for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.vocabulary import Fact, Finding, Kind, Text
from pipeline.check.arithmetic import LESS_IS_BETTER, rates
from pipeline.check.matter import Matter
from pipeline.check.rates import baselines_of, nearest_target, targets_of
from pipeline.check.rule import found, rule

# A：達成（達成率100%以上）, Ｂ 80％以上100％未満, ◎…90％以上: one grade with one or two bounds.
_GRADE: Final = r"(?<![A-Za-z])(?P<grade>[A-ES◎○〇△×])(?![A-Za-z])\s*[:：…=＝・\s(（]"
_LEGEND: Final = regex.compile(_GRADE + r"(?P<words>(?:(?![A-ES◎○〇△×]\s*[:：…=＝])[^\n%]){0,24}?)(?P<bounds>\d[\d.]*\s*%?[^\nA-ES◎○〇△×]{0,24})")
# A bound is a percentage; these fold to %.
_PERCENT: Final = re.compile("[%％﹪]")
# What a legend is about stands in its line or in this many characters before it.
_NEAR: Final = 120
_BOUND: Final = regex.compile(r"(?P<value>\d+(?:\.\d+)?)\s*(?P<percent>%)?\s*(?P<sign>以上|超|以下|未満|[~～〜\-－])?")
# Percentages are rounded before they are graded: 99.6 is 100 to some offices, so nothing is said this near to a bound.
MARGIN: Final = 1.0


@dataclass(frozen=True)
class Band:
    """One grade's percentages: from `low` (included) up to `high` (not included)."""

    grade: str
    low: float
    high: float

    def holds(self, percent: float, margin: float = MARGIN) -> bool:
        return self.low - margin <= percent < self.high + margin


def legend(matter: Matter) -> dict[str, Band]:
    """The grades that the document defines by 達成率 or 進捗率; empty where fewer than two are, or one is defined in two ways."""
    bands: dict[str, set[Band]] = {}
    for at, text in matter.lines_with(_PERCENT):
        line = plain(text.string)
        for match in _LEGEND.finditer(line):
            band = _band(match["grade"], match["bounds"])
            if band is not None and compiled(r"達成|進捗|到達|目標").search(_before(matter.lines, at) + line):
                bands.setdefault(band.grade, set()).add(band)
    plainly = {grade: next(iter(some)) for grade, some in bands.items() if len(some) == 1}
    return plainly if len(plainly) >= 2 and len(plainly) == len(bands) else {}


def _before(lines: tuple[Text, ...], at: int) -> str:
    """The characters before a line, as many as may say what it is about."""
    before = ""
    while at and len(before) < _NEAR:
        at -= 1
        before = plain(lines[at].string) + before
    return before[-_NEAR:]


def _band(grade: str, bounds: str) -> Band | None:
    """80％以上100％未満, 80～99%, 50%未満, 100%以上; None where no percentage is named."""
    found_bounds = list(_BOUND.finditer(bounds))[:2]
    if not found_bounds or not any(one["percent"] for one in found_bounds):
        return None
    low, high = float("-inf"), float("inf")
    for at, one in enumerate(found_bounds):
        value, sign = float(one["value"]), one["sign"] or ""
        if sign in ("以上", "超") or (sign and sign in "~～〜-－" and at == 0):
            low = value
        elif sign == "未満":
            high = value
        elif at == 1 or sign == "以下":
            high = value + 1
        else:
            return None
    return Band("○" if grade == "〇" else grade, low, high)


def percents(matter: Matter, fact: Fact) -> list[float]:
    """Every percentage by which a result may have been graded: its printed rate, and what its targets give."""
    if fact.achievement_rate is not None:
        return [fact.achievement_rate]
    target = nearest_target(matter, fact)
    if target is None or len({one.value for one in targets_of(matter, fact)}) != 1 or not target.value:
        return []
    lesser = LESS_IS_BETTER.search(fact.indicator) or any(one.value > target.value for one in baselines_of(matter, fact) if one.baseline)
    computed = [100 * fact.value / target.value]
    for baseline in baselines_of(matter, fact):
        computed += [percent for name, percent, _ in rates(fact.value, target.value, baseline.value) if name == "progress"]
    return [*computed, *(percent for _, percent, _ in rates(fact.value, target.value))] if lesser else computed


@rule(
    "warning",
    "評価 A, B … with 達成率 and the thresholds that the document states",
    "By the document's own scale the result has another grade: the grade, the result or the target is wrong.",
    "B：80％以上100％未満 / 達成率 71.0％ 評価 B",
)
def grade_threshold(matter: Matter) -> Iterator[Finding]:
    bands = legend(matter) if any(fact.rating for fact in matter.facts) else {}
    if not bands:
        return
    for fact in matter.facts:
        band = bands.get(plain(fact.rating or "").replace("〇", "○"))
        if fact.kind is not Kind.ACTUAL or band is None:
            continue
        tried = percents(matter, fact)
        if tried and not any(band.holds(percent) for percent in tried):
            right = next((one.grade for one in bands.values() if one.holds(tried[0], 0.0)), None)
            said = f"「{fact.indicator}」の評価は{fact.rating}ですが、達成率{tried[0]:.1f}%は文書の評価基準では{right or '別の区分'}です。"
            yield found("warning", said, fact.figure, fact.rating, right, [fact, *targets_of(matter, fact)])
