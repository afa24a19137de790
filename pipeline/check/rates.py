"""達成率 against 実績 and 目標, in the precision in which it is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.vocabulary import Fact, Finding, Kind, Text
from pipeline.check.arithmetic import LESS_IS_BETTER, printed_places, rates, ways
from pipeline.check.matter import Matter, shown
from pipeline.check.rule import found, rule


def targets_of(matter: Matter, actual: Fact) -> list[Fact]:
    """The targets that a result may be measured against: those of its record, of its own year where the record has one for it."""
    alike = [fact for fact in matter.alike(actual) if fact.kind is Kind.TARGET and (fact.unit == actual.unit or None in (fact.unit, actual.unit))]
    return [fact for fact in alike if fact.fiscal_year == actual.fiscal_year] or alike


def baselines_of(matter: Matter, actual: Fact) -> list[Fact]:
    """The 現状値 or 基準値 of a result's record: progress is measured from there."""
    return [fact for fact in matter.alike(actual) if fact.kind is Kind.ACTUAL and fact is not actual and fact.baseline]


def rate_text(fact: Fact) -> Text | None:
    """Where the rate of a result is printed: among its words, the number that is its rate."""
    for text in fact.words:
        match = compiled(r"\s*([\d,]+(?:\.\d+)?)\s*[%％]?\s*").fullmatch(plain(text.string))
        if match and fact.achievement_rate is not None and abs(float(match[1].replace(",", "")) - fact.achievement_rate) < 1e-6:
            return text
    return None


def _fit(matter: Matter, fact: Fact, printed: float, places: int) -> set[str]:
    out: set[str] = set()
    for target in targets_of(matter, fact):
        out |= ways(printed, places, fact.value, target.value)
        for baseline in baselines_of(matter, fact):
            out |= ways(printed, places, fact.value, target.value, baseline.value)
    # Who prints 107.4% elsewhere does not cut rates off at 100.
    return out - {"capped"} if any((one.achievement_rate or 0.0) > 100 for one in matter.facts) else out


def nearest_target(matter: Matter, fact: Fact) -> Fact | None:
    """The target of the result's own year, else the last one of its indicator."""
    return max(targets_of(matter, fact), key=lambda one: one.fiscal_year or 0, default=None)


@rule(
    "error",
    "達成率 with 実績 and 目標 of its row, by any of the ways in which plans compute it",
    "Three printed numbers of which one must be wrong: 実績/目標, and 目標/実績 or 2 - 実績/目標 where less is better, all do not give the rate.",
    "目標 40人 実績 28人 達成率 80.0％",
)
def achievement_rate(matter: Matter) -> Iterator[Finding]:
    rated = [fact for fact in matter.facts if fact.kind is Kind.ACTUAL and fact.achievement_rate is not None]
    for fact in rated:
        printed, target = fact.achievement_rate or 0.0, nearest_target(matter, fact)
        if target is None or not (target.value or fact.value):
            continue
        text = rate_text(fact)
        if _fit(matter, fact, printed, printed_places(text, printed)):
            continue
        computed = next((percent for _, percent, _ in rates(fact.value, target.value)), None)
        expected = f"{computed:.1f}%" if computed is not None else None
        said = f"「{fact.indicator}」の達成率は{shown(printed)}%と書かれていますが、実績{shown(fact.value)}÷目標{shown(target.value)}は{expected}です。"
        yield found("error", said + _neighbour(matter, fact, rated), text or fact.figure, f"{shown(printed)}%", expected, [fact, target])


def _neighbour(matter: Matter, fact: Fact, rated: list[Fact]) -> str:
    """Says so where the rate is that of the row before or behind."""
    at = next(i for i, one in enumerate(rated) if one is fact)
    for other in (rated[i] for i in (at - 1, at + 1) if 0 <= i < len(rated)):
        text = rate_text(fact)
        printed = fact.achievement_rate or 0.0
        if "straight" in _fit(matter, other, printed, printed_places(text, printed)) and other.achievement_rate != fact.achievement_rate:
            return f"隣の「{other.indicator}」の値なら合います。行がずれている疑いがあります。"
    return ""


@rule(
    "warning",
    "which of 実績 and 目標 the printed rates divide by, over all rows of a table",
    "Where the rates of a table fit only as 目標/実績 though nothing says that less is better, the two columns were exchanged, in print or in reading.",
    "目標 28 | 実績 40 | 達成率 70.0% (in every row)",
)
def swapped_columns(matter: Matter) -> Iterator[Finding]:
    by_section: dict[tuple[object, ...], list[tuple[Fact, set[str]]]] = defaultdict(list)
    for fact in matter.facts:
        if fact.kind is Kind.ACTUAL and fact.achievement_rate not in (None, 0.0, 100.0) and not LESS_IS_BETTER.search(fact.indicator):
            target = nearest_target(matter, fact)
            if target is not None and target.value != fact.value:
                text = rate_text(fact)
                fit = ways(fact.achievement_rate or 0.0, printed_places(text, fact.achievement_rate or 0.0), fact.value, target.value)
                by_section[(fact.section, fact.page)].append((fact, fit))
    for pairs in by_section.values():
        inverse = [fact for fact, fit in pairs if "inverse" in fit and "straight" not in fit]
        straight = [fact for fact, fit in pairs if "straight" in fit]
        if len(inverse) >= 2 and len(inverse) > len(straight):
            first = inverse[0]
            said = f"{len(inverse)}行の達成率が目標÷実績でしか合いません。目標と実績の欄が入れ替わっている疑いがあります。"
            yield found("warning", said, first.figure, f"{shown(first.achievement_rate or 0.0)}%", None, inverse)
