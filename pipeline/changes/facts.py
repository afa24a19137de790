"""Which number of the one reading is which of the other: by its place where the bytes are the same, else by what it says it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.changes.model import SAID, Fact, FactChange
from pipeline.changes.pairs import Pair
from pipeline.changes.tables import Side, read_otherwise
from pipeline.indicators import plain
from pipeline.schema import FACT_TABLES

Key = Callable[[Fact], tuple[Any, ...]]
# What a changed document must state otherwise for its fact to have changed; another heading above it or other notes beside it do not.
VALUE = ("value", "unit", "comparator")


@dataclass(frozen=True)
class Matched:
    """The facts of one pair of documents: what changed, and the ids of those of `after` that say what `before` says."""

    changes: tuple[FactChange, ...]
    same: frozenset[str]


def facts_of(side: Side, document: Mapping[str, Any] | None) -> list[Fact]:
    """The facts of one document, by table and place."""
    if document is None:
        return []
    rows = ((table, row) for table in FACT_TABLES for row in side.facts[table].of(document["document_id"]).to_pylist())
    return [fact_of(table, row, document["source_path"]) for table, row in rows]


def fact_of(table: str, row: Mapping[str, Any], path: str) -> Fact:
    """A row of a fact table; columns that it has not (`basis` of a target) are None."""
    given: dict[str, Any] = {name: row.get(name) for name in Fact.__dataclass_fields__}
    return Fact(**(given | {"table": table, "source_path": path}))


def other_rows(old: Side, new: Side) -> set[str]:
    """The documents (ids) of which a fact table says anything else than it did."""
    return {name for table in FACT_TABLES for name in read_otherwise(old.facts[table], new.facts[table])}


def matched(pair: Pair, old: Side, new: Side) -> Matched:
    """The facts of a document before and after, matched: first what is surely the same number, then what is less and less so."""
    before, after = facts_of(old, pair.before), facts_of(new, pair.after)
    changes: list[FactChange] = []
    same: set[str] = set()
    for keys in _STAGES_SAME_BYTES if pair.same_bytes else _STAGES:
        found, before, after = _paired(before, after, *keys)
        for one, other in found:
            change = _change(one, other, pair.same_bytes)
            if change is None:
                same.add(other.fact_id)
            else:
                changes.append(change)
    changes += [FactChange("removed", fact, None) for fact in before] + [FactChange("added", None, fact) for fact in after]
    return Matched(tuple(changes), frozenset(same))


def _change(before: Fact, after: Fact, same_bytes: bool) -> FactChange | None:
    differs = tuple(name for name in ("table", *SAID) if getattr(before, name) != getattr(after, name))
    if same_bytes:
        return FactChange("reread", before, after, differs) if differs else None
    return FactChange("changed", before, after, differs) if set(VALUE) & set(differs) else None


def _paired(before: Sequence[Fact], after: Sequence[Fact], key: Key, alone: bool = False) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Facts of the same key, in their order; what is left of either side. `alone`: only where the key is that of one fact on each side."""
    waiting: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for fact in before:
        waiting[key(fact)].append(fact)
    wanted: dict[tuple[Any, ...], int] = defaultdict(int)
    for fact in after:
        wanted[key(fact)] += 1
    found, right = [], []
    for fact in after:
        some = waiting[key(fact)]
        if some and not (alone and (len(some) > 1 or wanted[key(fact)] > 1)):
            found.append((some.pop(0), fact))
        else:
            right.append(fact)
    left = [fact for facts in waiting.values() for fact in facts]
    return found, left, right


def _about(fact: Fact) -> tuple[Any, ...]:
    """What a number is about: everything but the number."""
    name = (plain(fact.indicator) or fact.indicator, plain(fact.component), plain(fact.area))
    return (fact.table, *name, fact.fiscal_year, fact.period_start, fact.period_end, fact.baseline, fact.basis)


def _number(fact: Fact) -> tuple[Any, ...]:
    return fact.value, fact.unit, fact.comparator


_STAGES: tuple[tuple[Any, ...], ...] = (
    # A table and a list that state the same twice are told apart by their headings, and equal numbers go together first: a changed one is left over.
    (lambda fact: (*_about(fact), plain(fact.section), *_number(fact)),),
    (lambda fact: (*_about(fact), *_number(fact)),),
    (lambda fact: (*_about(fact), plain(fact.section), fact.comparator),),
    (lambda fact: (*_about(fact), fact.comparator),),
    # 100件以上 that becomes 120件, or a unit that is no longer printed, where nothing else could be meant.
    (_about, True),
    # The same indicator under another printed name.
    (lambda fact: (fact.table, fact.indicator_id, *_about(fact)[3:]), True),
)
_STAGES_SAME_BYTES: tuple[tuple[Any, ...], ...] = (
    (lambda fact: (fact.fact_id,),),
    # The id holds the role: a number that was an actual and is a target now stands where it stood.
    (lambda fact: (fact.page, fact.line, fact.raw, plain(fact.indicator), fact.fiscal_year), True),
    *_STAGES,
)


def by_kind(changes: Sequence[FactChange]) -> Iterator[tuple[str, int]]:
    """How many changes of each kind, those that there are."""
    counts: dict[str, int] = defaultdict(int)
    for change in changes:
        counts[change.kind] += 1
    yield from sorted(counts.items())
