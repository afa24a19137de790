"""One indicator over its years: units, magnitudes, percentages that cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final

import regex

from extractors.normalise.patterns import compiled
from extractors.vocabulary import Fact, Finding, Kind
from pipeline.check.arithmetic import slip
from pipeline.check.matter import Matter, shown
from pipeline.check.rule import found, rule

# Percentages of a whole: what else is printed in % (ratios to last year, capacities, things per head) may pass 100.
_SHARE: Final = regex.compile(r"(?:割合|構成比|シェア|満足度|占有率|出席率|参加率|合格率|回収率|正答率|実施率|受診率|接種率|加入率)(?:[(（][^)）]*[)）])?$")
_NO_SHARE: Final = regex.compile(r"延べ|のべ|対する|対前|比率|前年|増減|伸び|達成|進捗|充足|あたり|当たり|執行|計画|目標")
# Fewer numbers of one indicator are no series.
FEWEST: Final = 3
# A budget that is three times what all other years cost alike.
THREEFOLD: Final = 3.0
ALIKE: Final = 1.5
# Ten times, with what the years differ by themselves.
TENFOLD: Final = (8.0, 12.5)
STEADY: Final = 1.25
# Money goes up and down as things are bought: among fewer years no one of them stands out.
MONEY_YEARS: Final = 4
MONEY: Final = frozenset({"円", "千円", "万円", "百万円", "億円"})


def by_year(facts: Iterable[Fact]) -> dict[int, Fact]:
    """One fact for each fiscal year; years that have several are left out. The same unit throughout, else nothing."""
    years: Counter[int] = Counter(fact.fiscal_year for fact in facts if fact.fiscal_year is not None)
    one = {fact.fiscal_year: fact for fact in facts if fact.fiscal_year is not None and years[fact.fiscal_year] == 1}
    return one if len({fact.unit for fact in one.values()}) == 1 else {}


def _series(matter: Matter) -> list[list[Fact]]:
    return list(_yearly(matter))


def _yearly(matter: Matter) -> Iterator[list[Fact]]:
    """The yearly values of each record and kind, in the order of years; 累計 grow by themselves and are left out."""
    for group in matter.records.values():
        for kind in Kind if len(group) >= FEWEST else ():
            same = [fact for fact in group if fact.kind is kind and not fact.cumulative and not fact.comparator]
            for basis in {fact.basis for fact in same}:
                years = by_year([fact for fact in same if fact.basis == basis or kind is Kind.COST])
                if len(years) >= FEWEST:
                    yield [years[year] for year in sorted(years)]
                if kind is Kind.COST:
                    break


def span_of(values: list[float]) -> str:
    return f"{shown(min(values))}～{shown(max(values))}"


@rule(
    "warning",
    "a value with those of the other years of its series",
    "A lost or an added zero, or 円 under a heading of 千円: ten (a thousand) times what all years around it say, which are alike among themselves.",
    "12,400人 | 12,900人 | 1,310人 | 13,200人",
)
def tenfold(matter: Matter) -> Iterator[Finding]:
    for series in matter.once(_series):
        for at, fact in enumerate(series if series[0].unit not in MONEY or len(series) >= MONEY_YEARS else ()):
            others = [one.value for i, one in enumerate(series) if i != at]
            if min(others) <= 0 or fact.value <= 0 or max(others) > STEADY * min(others) or max(fact.value, median(others)) < 100:
                continue
            factor = max(fact.value / median(others), median(others) / fact.value)
            if TENFOLD[0] <= factor <= TENFOLD[1] or TENFOLD[0] * 100 <= factor <= TENFOLD[1] * 100:
                times = 10 if factor < 100 else 1000
                said = f"「{fact.indicator}」の{shown(fact.value)}{fact.unit or ''}は、ほかの年度 ({span_of(others)}) の約{times}倍または{times}分の1です。"
                yield found("warning", said, fact.figure, shown(fact.value), None, series)


@rule(
    "warning",
    "a year's cost with those of the years around it",
    "One year costs three times the others, which hardly differ: a building year, or a misprint. Who adds up costs should know which.",
    "事業費 242 | 782 | 231 | 231 千円",
)
def cost_of_one_year(matter: Matter) -> Iterator[Finding]:
    for series in matter.once(_series):
        if series[0].kind is not Kind.COST or len(series) < 4:
            continue
        for at, fact in enumerate(series):
            others = [one.value for i, one in enumerate(series) if i != at]
            steady = min(others) > 0 and max(others) <= ALIKE * min(others)
            if steady and fact.value >= THREEFOLD * max(others) and not fact.value >= TENFOLD[0] * median(others):
                amount = f"{fact.component or '金額'}{shown(fact.value)}{fact.unit or ''}"
                said = f"「{fact.indicator}」の{fact.fiscal_year}年度の{amount}は、ほかの年度 ({span_of(others)}) の3倍を超えます。"
                yield found("warning", said, fact.figure, shown(fact.value), span_of(others), series)


@rule(
    "warning",
    "the unit of a number with those of the same indicator in the same row",
    "Two units for one indicator cannot be compared; where all other years have another unit, one is a misprint.",
    "目標 120人 | 実績 98件",
)
def unit_in_row(matter: Matter) -> Iterator[Finding]:
    for group in matter.records.values():
        for one, others, unit in _odd_units(group) if len(group) >= FEWEST else ():
            said = f"「{one.indicator}」の{shown(one.value)}{one.unit}は、同じ指標のほかの数 ({unit}) と単位が違います。"
            yield found("warning", said, one.figure, one.unit, unit, [one, *others])


def _odd_units(group: list[Fact]) -> Iterator[tuple[Fact, list[Fact], str]]:
    """(fact, the others, their unit) where at least two other numbers have one unit and this one, printed beside its digits, has another."""
    with_unit = [fact for fact in group if fact.unit is not None and fact.extractor != "prose"]
    units = Counter(fact.unit or "" for fact in with_unit)
    if len(units) != 2:
        return
    (most, many), (least, few) = units.most_common(2)
    printed = all(compiled(r"[^\d,.．，\s△▲+\-－−]").search(fact.figure.string) for fact in with_unit if fact.unit == least)
    per = most.split("/")[0] == least.split("/")[0] or {most, least} <= {"%", "ポイント"}
    if few == 1 and many >= 2 and printed and not per:
        odd = next(fact for fact in with_unit if fact.unit == least)
        years = {(fact.kind, fact.fiscal_year) for fact in with_unit if fact is not odd}
        # Two numbers of one year in two units are two measures (件数と割合), no misprint.
        if (odd.kind, odd.fiscal_year) not in years:
            yield odd, [fact for fact in with_unit if fact is not odd], most


@rule(
    "warning",
    "a share of a whole with 100%",
    "No part is more than its whole: the decimal point is lost, or the number counts something else than its name says.",
    "満足度 885%",
)
def share_over_hundred(matter: Matter) -> Iterator[Finding]:
    for fact in matter.facts:
        if fact.unit != "%" or fact.value <= 100 or fact.comparator in (">", ">="):
            continue
        name = f"{fact.indicator}{fact.component or ''}"
        if (_SHARE.search(fact.indicator) or _SHARE.search(fact.component or "")) and not _NO_SHARE.search(name):
            said = f"「{fact.indicator}」は全体に対する割合ですが、{shown(fact.value)}%と100%を超えています。"
            yield found("warning", said, fact.figure, f"{shown(fact.value)}%", "100%以下", [fact])


@rule(
    "warning",
    "a target with the result or baseline of its indicator",
    "Target and results that differ by just one printed zero.",
    "実績 1,240人 目標 13,000人 (other indicators: targets within a third)",
)
def target_of_other_size(matter: Matter) -> Iterator[Finding]:
    for group in matter.records.values():
        if len(group) < FEWEST:
            continue
        targets = [fact for fact in group if fact.kind is Kind.TARGET and fact.value > 0 and not fact.cumulative]
        results = [fact for fact in group if fact.kind is Kind.ACTUAL and fact.value > 0 and fact.unit == (targets[0].unit if targets else None)]
        if len(targets) + len(results) < FEWEST or not targets or not results:
            continue
        for target in targets:
            others = [fact for fact in (*targets, *results) if fact is not target]
            if any(slip(target.value, fact.value) and max(target.value, fact.value) >= 9.99 * min(target.value, fact.value) for fact in others) and not any(
                fact.value / 3 < target.value < fact.value * 3 for fact in others
            ):
                said = f"「{target.indicator}」の目標{shown(target.value)}{target.unit or ''}は、実績とちょうど桁だけが違います。"
                yield found("warning", said, target.figure, shown(target.value), None, [target, *others])
