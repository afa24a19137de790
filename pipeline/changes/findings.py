"""Findings that came and went. Those of a replaced document have other ids: they are matched by what they say and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import regex

from pipeline.changes.model import FindingChange
from pipeline.changes.pairs import Pair, copies_in
from pipeline.changes.tables import Side

Row = Mapping[str, Any]
COLUMNS = ("finding_id", "document_id", "page", "line", "rule", "severity", "message", "stated", "expected")
SAME_BYTES = "same_bytes"
_NUMBERS = regex.compile(r"[\d,.]+")
# The same words; then the same place and words but for the numbers in them: this year's 目標 40 against last year's 38, put together wrongly again.
_KEYS: tuple[Callable[[Row], Hashable], ...] = (
    lambda row: (row["rule"], row["message"], row["page"], row["line"]),
    lambda row: (row["rule"], row["message"]),
    lambda row: (row["rule"], row["page"], row["line"], _NUMBERS.sub("", row["message"])),
)


def findings(pairs: Sequence[Pair], old: Side, new: Side) -> Iterator[FindingChange]:
    """Every finding of these documents that is on one side alone."""
    left, right = _by_document(_alone(old, new)), _by_document(_alone(new, old))
    for pair in pairs:
        if pair.before is not None and pair.after is not None:
            one, other = pair.before["document_id"], pair.after["document_id"]
            # A superseded document keeps its findings: what its newer edition shares with it is no news, and nothing went.
            gone, came = _of(old, one) if pair.edition else left.pop(one, []), right.pop(other, [])
            for key in _KEYS:
                gone, came = _without_alike(gone, came, key)
            right[other] = came
            if not pair.edition:
                left[one] = gone
    paths = [{row["document_id"]: row["source_path"] for row in side.documents} for side in (old, new)]
    wanted = {name for pair in pairs for name in pair.ids()}
    for kind, some, path in (("gone", left, paths[0]), ("new", right, paths[1])):
        for name in sorted(some.keys() & wanted):
            yield from (FindingChange(kind, source_path=path.get(name, ""), **row) for row in some[name])


def copies(side: Side) -> dict[str, tuple[str, ...]]:
    """The paths of the copies of each document that has some."""
    table = side.table("findings", ["document_id", "rule", "message"])
    rows = table.filter(pc.equal(table.column("rule"), SAME_BYTES)).to_pylist()
    return {row["document_id"]: copies_in(row["message"]) for row in rows}


def _alone(one: Side, other: Side) -> list[Row]:
    """The rows whose id the other side has not."""
    table, ids = one.table("findings", COLUMNS), other.table("findings", ["finding_id"]).column("finding_id")
    known = pc.is_in(table.column("finding_id"), ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids)
    rows: list[Row] = table.filter(pc.invert(known)).to_pylist()
    return rows


def _of(side: Side, document_id: str) -> list[Row]:
    table = side.table("findings", COLUMNS)
    rows: list[Row] = table.filter(pc.equal(table.column("document_id"), document_id)).to_pylist()
    return rows


def _by_document(rows: Sequence[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[row["document_id"]].append(row)
    return out


def _without_alike(gone: list[Row], came: list[Row], key: Callable[[Row], Hashable]) -> tuple[list[Row], list[Row]]:
    """Both lists without what the other has too, one for one."""
    shared = Counter(map(key, gone)) & Counter(map(key, came))
    return _rest(gone, shared, key), _rest(came, shared, key)


def _rest(rows: list[Row], shared: Counter[Hashable], key: Callable[[Row], Hashable]) -> list[Row]:
    left, out = Counter(shared), []
    for row in rows:
        if left[key(row)] > 0:
            left[key(row)] -= 1
        else:
            out.append(row)
    return out
