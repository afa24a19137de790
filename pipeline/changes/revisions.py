"""Numbers that an added or replaced document states otherwise than the last document of the same publisher before it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import regex

from extractors.normalise import scale_of
from extractors.normalise.units import SCALES
from pipeline.changes.facts import fact_of
from pipeline.changes.model import Fact, Revision
from pipeline.changes.tables import Shelves, Side
from pipeline.indicators import plain

Row = Mapping[str, Any]
TABLES = ("targets", "actuals")
# What two documents must say alike to speak of one number. The days tell the half of a year from the whole, `cumulative` a sum from a year's own.
SAME = ("indicator_id", "area", "fiscal_year", "period_start", "period_end", "cumulative")
# Words by which a document says that its number is not final (the budget's 決算見込, a statistic's 速報値, a survey's 概数).
PROVISIONAL = regex.compile("見込|見通し|速報|暫定|仮集計|仮算定|概数|概算|推計")
# Words by which a number is one of a day or of a part of its year, also where it was dated by the year alone (実績（9月末時点）).
PART_OF_YEAR = regex.compile(r"\d+月|[上下]半期|[上下前後]期|四半期|時点|現在|途中")
# 約5億 contradicts no number near it, and how near is not said.
ABOUT = "~"
_DIGITS = regex.compile(r"\d(?:[\d,]*\d)?(?:\.(?P<places>\d+))?(?P<scales>[十百千万億兆]*)")
_EQUAL = 1e-9


def revisions(old: Side, new: Side, arrived: Collection[str], unchanged: Collection[str]) -> list[Revision]:
    """Every revision by a document of `arrived` (ids). `unchanged` are ids of its facts that its former edition stated too: no news."""
    if not arrived:
        return []
    documents = {row["document_id"]: row for row in new.documents if row.get("superseded_by") is None}
    known = {row["document_id"] for row in old.documents if row["status"] != "failed"}
    out: list[Revision] = []
    for table in TABLES:
        for rows in _stated_twice(new.facts[table], arrived):
            some = [fact_of(table, row, documents[row["document_id"]]["source_path"]) for row in rows if row["document_id"] in documents]
            out += _revised(some, documents, known, arrived, unchanged)
    return out


def _stated_twice(shelves: Shelves, arrived: Collection[str]) -> Iterator[list[Row]]:
    """The rows of each number that more than one document states, one of them new, and not all alike. Only these become Python objects."""
    table = shelves.table
    ids = table.filter(pc.is_in(table.column("document_id"), pa.array(sorted(arrived), pa.string()))).column("indicator_id").unique()
    table = table.filter(pc.and_(pc.is_in(table.column("indicator_id"), ids), pc.is_valid(table.column("fiscal_year"))))
    counted = table.group_by(list(SAME)).aggregate([(name, "count_distinct") for name in ("document_id", "value", "unit")])
    several = pc.greater(counted.column("document_id_count_distinct"), 1)
    # count_distinct passes over nulls: 100 without unit and 100件 are left out here, as they would be below.
    differing = pc.or_(*(pc.greater(counted.column(f"{name}_count_distinct"), 1) for name in ("value", "unit")))
    wanted = {tuple(row.values()) for row in counted.filter(pc.and_(several, differing)).select(list(SAME)).to_pylist()}
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    if wanted:
        table = table.filter(pc.is_in(table.column("indicator_id"), pa.array(sorted({key[0] for key in wanted}), pa.string())))
        for row in table.to_pylist():
            groups[tuple(row[name] for name in SAME)].append(row)
    yield from (groups[key] for key in groups if key in wanted)


def _revised(
    facts: Sequence[Fact], documents: Mapping[str, Row], known: Collection[str], arrived: Collection[str], same: Collection[str]
) -> Iterator[Revision]:
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_document[fact.document_id].append(fact)
    for name in sorted(by_document.keys() & set(arrived)):
        earlier = [other for other in by_document if _precedes(documents[other], documents[name], known)]
        last = max(earlier, key=lambda other: (documents[other]["fiscal_year"] or 0, documents[other]["source_path"]), default=None)
        if last is None:
            continue
        one, other = _spoken_of_alike(by_document[last], by_document[name])
        if one and other and other.fact_id not in same and _parts(one) == _parts(other) and not agree(one, other):
            yield Revision(one, other, tuple(_notes(one, other)))


def _precedes(one: Row, other: Row, known: Collection[str]) -> bool:
    """Whether a document is of an earlier fiscal year, or was there before where the years do not tell."""
    years = one["fiscal_year"], other["fiscal_year"]
    if None not in years and years[0] != years[1]:
        return bool(years[0] < years[1])
    return one["document_id"] in known and other["document_id"] not in known


def _spoken_of_alike(before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Fact | None, Fact | None]:
    """The one number of each document: under a heading that both have, else of the whole document. None where one of them states several
    (参加者数 under every measure; the two ends of a range): which of them is meant?"""
    sections = {plain(fact.section) for fact in before} & {plain(fact.section) for fact in after}
    if sections:
        before, after = ([fact for fact in facts if plain(fact.section) in sections] for facts in (before, after))
    return _only(before), _only(after)


def _only(facts: Sequence[Fact]) -> Fact | None:
    first = min(facts, key=lambda fact: fact.fact_id)
    return first if all(agree(first, fact) for fact in facts) else None


def agree(one: Fact, other: Fact) -> bool:
    """Whether two numbers are the same as far as their units and printed digits tell: in units that do not convert they do not contradict."""
    (factor, unit), (factor_other, unit_other) = (scale_of(fact.unit) if fact.unit else (1, None) for fact in (one, other))
    if unit != unit_other or ABOUT in (one.comparator, other.comparator):
        return True
    a, b = one.value * factor, other.value * factor_other
    step, step_other = last_digit(one) * factor, last_digit(other) * factor_other
    if step == step_other:
        return abs(a - b) <= _EQUAL * max(abs(a), abs(b))
    # Offices round, cut off and round up: the shorter number lies within one unit of its last digit.
    return abs(a - b) < max(step, step_other)


def last_digit(fact: Fact) -> float:
    """What one unit of the last printed digit is worth, in the fact's unit: 0.1 of 12.5, 10^8 of 3億円 in 円, 1 of 3億円 in 億円."""
    numerals = list(_DIGITS.finditer(unicodedata.normalize("NFKC", fact.raw)))
    if not numerals:
        return 1.0
    found = numerals[-1]
    worth = 1.0
    # A unit that has a scale of its own (千円) has taken it from the number.
    for scale in found["scales"] if fact.unit is None or scale_of(fact.unit)[0] == 1 else "":
        worth *= SCALES[scale]
    return worth * 10.0 ** -len(found["places"] or "")


def _parts(fact: Fact) -> list[str]:
    """The words that name a part of the year: numbers of another one are no revision."""
    return PART_OF_YEAR.findall(unicodedata.normalize("NFKC", _words(fact)))


def _notes(before: Fact, after: Fact) -> Iterator[str]:
    if PROVISIONAL.search(_words(before)) and not PROVISIONAL.search(_words(after)):
        yield "provisional"
    if before.baseline or after.baseline:
        yield "baseline"
    if plain(before.section) != plain(after.section):
        yield "section"


def _words(fact: Fact) -> str:
    return " ".join(filter(None, (fact.role_from, fact.year_from, fact.component, fact.raw)))
