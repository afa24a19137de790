"""Ratings printed in a list, joined to the actuals of the same indicator, though the two names differ a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz

from extractors.context import Grade, Relation
from extractors.grids.read import name_list
from extractors.labels import Role
from extractors.meaning import Verdict
from extractors.normalise.characters import plain
from extractors.normalise.names import clean_name
from extractors.normalise.patterns import compiled
from extractors.normalise.tokens import Calendar
from extractors.normalise.years import resolve
from extractors.vocabulary import Kind

# Names of one indicator in list and sheet: 「子育て応援事業」 and 「子育て支援事業」 score 87, two neighbours of one plan at most 75.
SAME: Final = 80
# Where the word stands that makes a number a result: in its cell, or at the head of its row or column.
SAYING: Final = (Relation.ROW, Relation.COLUMN, Relation.CELL)


@dataclass(frozen=True, slots=True)
class Rated:
    """One grade with the names it goes by and the fiscal year of its column."""

    grade: Grade
    name: str
    measure: str
    year: int | None


def attach_ratings(verdicts: Sequence[Verdict], grades: Sequence[Grade], calendar: Calendar) -> list[Verdict]:
    """Each grade to one actual: of its own row where there is one, else of the same name and year anywhere in the document."""
    out = list(verdicts)
    rows, years = _actuals(out) if grades else ({}, {})
    for rated in _rated(grades, calendar):
        found = _own_row(out, rows.get(rated.grade.row, []), rated) if rated.grade.row else None
        at = found if found is not None else _by_name(out, years.get(rated.year, []), rated)
        if at is not None and (fact := out[at].fact) is not None:
            text = rated.grade.text
            out[at] = out[at].stating(replace(fact, rating=plain(text.string), words=(*fact.words, text)))
    return out


def for_ratings(verdict: Verdict) -> Verdict:
    """The verdict with no more labels than `attach_ratings` asks for."""
    measure = verdict.figure.first(Relation.MEASURE)
    actual = next((x for x in verdict.figure.all(*SAYING) if x.hint.role is Role.ACTUAL), None) if verdict.fact is not None else None
    figure = verdict.figure.labelled(tuple([x for x in (measure, actual) if x is not None]))
    return Verdict(figure, verdict.fact, verdict.reason, verdict.rate)


def _actuals(verdicts: Sequence[Verdict]) -> tuple[dict[object, list[int]], dict[int | None, list[int]]]:
    """Where the actuals stand among the verdicts, by their row and by their fiscal year."""
    rows: dict[object, list[int]] = {}
    years: dict[int | None, list[int]] = {}
    for at, verdict in enumerate(verdicts):
        fact = verdict.fact
        if fact is not None and fact.kind is Kind.ACTUAL and not fact.baseline:
            rows.setdefault(verdict.figure.row, []).append(at)
            years.setdefault(fact.fiscal_year, []).append(at)
    return rows, years


def _rated(grades: Sequence[Grade], calendar: Calendar) -> list[Rated]:
    out = []
    for grade in grades:
        name = next((x for x in grade.labels if x.relation is Relation.NAME), None)
        measure = next((x for x in grade.labels if x.relation is Relation.MEASURE), None)
        names = name_list(name.text) if name else []
        chosen = names[grade.order] if grade.order < len(names) else names[-1] if names else None
        when = next((x.hint.when for x in grade.labels if x.hint.when is not None and x.relation in (Relation.COLUMN, Relation.ROW)), None)
        year = resolve(when, calendar).fiscal_year if when else None
        out.append(Rated(grade, _key(chosen.string if chosen else ""), _key(measure.text.string if measure else ""), year))
    return out


def _key(string: str) -> str:
    return compiled(r"[\s\p{P}\p{S}]").sub("", clean_name(string))


def _own_row(verdicts: list[Verdict], row: list[int], rated: Rated) -> int | None:
    """The last actual of the grade's own `row` that the grade's year does not contradict."""
    found = None
    for at in row:
        fact = verdicts[at].fact
        if fact is None or fact.rating is not None:
            continue
        if rated.year is None or fact.fiscal_year is None or fact.fiscal_year == rated.year:
            found = at
    return found


def _by_name(verdicts: list[Verdict], year: list[int], rated: Rated) -> int | None:
    """The actual of the grade's `year` whose indicator's and measure's names are nearest."""
    best, score = None, 0.0
    for at in year:
        verdict = verdicts[at]
        fact = verdict.fact
        if fact is None or fact.rating is not None:
            continue
        if not any(x.hint.role is Role.ACTUAL for x in verdict.figure.all(*SAYING)):
            continue
        value = _likeness(rated, fact.indicator, verdict)
        if value > score:
            best, score = at, value
    return best if score >= SAME else None


def _likeness(rated: Rated, indicator: str, verdict: Verdict) -> float:
    """The better of the two names' likeness, lifted a little where both are alike: two indicators of one measure differ in their own names."""
    name = fuzz.ratio(rated.name, _key(indicator)) if rated.name else 0.0
    measure = verdict.figure.first(Relation.MEASURE)
    same = fuzz.ratio(rated.measure, _key(measure.text.string)) if measure and rated.measure else 0.0
    return max(name, 0.5 * name + 0.5 * same, same * 0.9 if same >= 95 and name >= 50 else 0.0) + 0.01 * (name + same)
