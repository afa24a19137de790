"""Editions of one document: which rows a newer edition (訂正版, 案 then 決定, the file put right) takes the place of. Over the rows of all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from pipeline.cards import Cards, findings
from pipeline.rows import Rows
from pipeline.supersede.alike import Edited, edited, same_document
from pipeline.supersede.carded import said_by
from pipeline.supersede.order import Order, Pair, newer_of
from pipeline.supersede.said import EDITIONS, disordered, kept, superseded, unread


def supersede(documents: Rows, facts: Mapping[str, Rows], cards: Cards | None = None) -> Rows:
    """Fill `superseded_by` of every document and fact in place; what there is to say of editions and of cards, as rows of `findings`.

    `facts` are the rows of the fact tables by name, `cards` those of each document by its source_path. What comes out depends on the rows and
    cards alone, not on their order.
    """
    cards = cards or {}
    known = _known(documents, facts)
    said = said_by(cards, known)
    order = Order()
    order.add(said.pairs)
    apart = {frozenset(pair) for pair in (*said.other, *said.unread)}
    unordered = [pair for group in _groups(known.values()) for pair in _ordered(group, order, apart)]
    rounds = order.round_trips()
    newest = order.newest()
    _fill(documents, facts, newest)
    out = [superseded(known[old], known[new]) for old, new in newest.items()]
    out += [kept(known[old], known[new]) for old, new in said.other]
    out += [unread(known[old], known[new]) for old, new in said.unread]
    open_pairs = [pair for pair in unordered if not {*pair} & newest.keys()]
    out += disordered(known, [*open_pairs, *((name, other) for name, others in rounds.items() for other in others)])
    return [*out, *findings(documents, cards)]


def _known(documents: Sequence[Mapping[str, Any]], facts: Mapping[str, Rows]) -> dict[str, Edited]:
    """Every document by its id. A file that failed may lie there twice, each with a row."""
    of: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for table in sorted(facts):
        for row in facts[table]:
            of[row["document_id"]].append((table, row))
    rows = sorted(documents, key=lambda row: str(row["source_path"]), reverse=True)
    return {row["document_id"]: edited(row, of[row["document_id"]]) for row in sorted(rows, key=lambda row: str(row["document_id"]))}


def _groups(documents: Iterable[Edited]) -> Iterator[list[Edited]]:
    groups: dict[tuple[object, ...], list[Edited]] = defaultdict(list)
    for one in documents:
        if one.count:
            groups[one.row["publisher"], one.row["fiscal_year"]].append(one)
    yield from groups.values()


def _ordered(group: Sequence[Edited], order: Order, apart: set[frozenset[str]]) -> list[Pair]:
    """Puts the editions among documents into the order; the pairs of editions of which nothing says which is newer. Cards are believed first."""
    pairs = [(one, other) for one, other in combinations(group, 2) if {one.id, other.id} not in apart and not order.knows(one.id, other.id)]
    known, unordered = [], []
    for one, other in pairs:
        if same_document(one, other):
            pair = newer_of(one, other)
            known += [pair] if pair else []
            unordered += [] if pair else [(one.id, other.id)]
    order.add(known)
    return unordered


def _fill(documents: Rows, facts: Mapping[str, Rows], newest: Mapping[str, str]) -> None:
    for row in (row for rows in (documents, *facts.values()) for row in rows):
        row["superseded_by"] = newest.get(row["document_id"])


__all__ = ["EDITIONS", "supersede"]
