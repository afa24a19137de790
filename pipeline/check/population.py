"""A rate in thousandths printed in hundredths, told by the population that the document itself states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from extractors.vocabulary import Fact, Finding, Kind
from pipeline.check.arithmetic import same_place
from pipeline.check.matter import Matter, key, shown
from pipeline.check.rule import found, rule

_RATE: Final = regex.compile(r"(?P<stem>\p{Han}{2,6})率$")
_PEOPLE: Final = regex.compile(r"人口")
PER_MILLE: Final = 1000.0
# Those of working age are a little more than half of a population; a count of everybody is all of it.
LEAST_PART: Final = 3.0


@rule(
    "error",
    "a rate with the count beside it, and the whole that both make with the population that the document states",
    "Count and rate make a whole that is smaller than a part of it: ‰ was printed as %. As thousandths they agree with the population.",
    "受給者は1,465人、受給率は7.62% / 人口10.9万人",
)
def rate_of_population(matter: Matter) -> Iterator[Finding]:
    populations = [f for f in matter.facts if f.unit == "人" and _PEOPLE.search(f.indicator) and f.kind is Kind.ACTUAL and f.comparator in (None, "~")]
    for rate in matter.facts if populations else ():
        match = _RATE.search(key(rate.indicator))
        if rate.unit != "%" or not match or not 0 < rate.value < 100:
            continue
        count = _count(matter, rate, match["stem"])
        if count is None:
            continue
        hundredth, thousandth = count.value / rate.value * 100, count.value / rate.value * PER_MILLE
        larger = [one for one in populations if hundredth < one.value / 2 and one.value <= thousandth <= LEAST_PART * one.value]
        if larger:
            said = (
                f"{shown(count.value)}人が{shown(rate.value)}%なら全体は約{shown(round(hundredth))}人ですが、"
                f"「{larger[0].indicator}」だけで{shown(larger[0].value)}人です。‰の誤りの疑いがあります。"
            )
            yield found("error", said, rate.figure, f"{shown(rate.value)}%", f"{shown(rate.value)}‰", [rate, count, larger[0]])


def _count(matter: Matter, rate: Fact, stem: str) -> Fact | None:
    """The count of people that the rate is of: beside it, of the same days, with the rate's word in its name."""
    for fact in matter.facts:
        beside = fact.unit == "人" and stem in key(fact.indicator) and fact.period_end == rate.period_end and fact.section == rate.section
        if beside and fact.value > 0 and same_place(fact, rate) and not _PEOPLE.search(fact.indicator):
            return fact
    return None
