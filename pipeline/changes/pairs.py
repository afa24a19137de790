"""Which document of the one output is which of the other: by its bytes, by the edition that supersedes it, by its path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from pipeline.changes.model import DOCUMENT_KINDS, Document

Row = Mapping[str, Any]
# From good to bad.
STATUSES = ("ok", "partial", "needs_ocr", "failed")
# Columns of `documents` that say where a file lay or what other documents make of it, not what was read in it.
NOT_IN_IT = {"document_id", "source_name", "source_path", "sha256", "bytes", "superseded_by"}
# The finding that names the copies of a document ends with their paths.
COPIES = regex.compile(r": (?P<paths>.+)。$")


@dataclass(frozen=True)
class Pair:
    """A row of `documents` of each side, None where the document is on the other side alone. `edition`: `after` supersedes `before`."""

    before: Row | None
    after: Row | None
    edition: bool = False

    @property
    def same_bytes(self) -> bool:
        return self.before is not None and self.after is not None and self.before["document_id"] == self.after["document_id"]

    @property
    def replaced(self) -> bool:
        """Whether the one document stands in the place of the other."""
        return self.before is not None and self.after is not None and not self.same_bytes

    def ids(self) -> tuple[str, ...]:
        return tuple(row["document_id"] for row in (self.before, self.after) if row is not None)


def pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """Every document of either side in exactly one pair, but for one that a newer edition beside it supersedes: that is in two."""
    out, left, right = _same_bytes(before, after)
    by_path = {row["source_path"]: row for row in left}
    taken: set[str] = set()
    for row in right:
        old, edition = _superseded(row, before, after), True
        if old is None:
            old, edition = by_path.get(row["source_path"]), False
        if old is not None:
            taken.add(old["source_path"])
        out.append(Pair(old, row, edition and old is not None))
    out += [Pair(row, None) for row in left if row["source_path"] not in taken]
    return sorted(out, key=lambda pair: ((pair.after or pair.before or {})["source_path"], pair.ids()))


def _same_bytes(before: Sequence[Row], after: Sequence[Row]) -> tuple[list[Pair], list[Row], list[Row]]:
    """Pairs of one document_id, and the rows of each side that are left. Files that failed with the same bytes share an id: the same path goes first."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in before:
        by_id[row["document_id"]].append(row)
    out: list[Pair] = []
    right: list[Row] = []
    for same_path in (True, False):
        waiting = list(after) if same_path else right
        right = []
        for row in waiting:
            found = next((old for old in by_id[row["document_id"]] if not same_path or old["source_path"] == row["source_path"]), None)
            if found is None:
                right.append(row)
            else:
                by_id[row["document_id"]].remove(found)
                out.append(Pair(found, row))
    return out, [row for rows in by_id.values() for row in rows], right


def _superseded(row: Row, before: Sequence[Row], after: Sequence[Row]) -> Row | None:
    """The document of the earlier output that this new one supersedes; of several, the one that was the newest then."""
    older = {one["document_id"] for one in after if one.get("superseded_by") == row["document_id"]}
    found = [one for one in before if one["document_id"] in older]
    return max(found, key=lambda one: (one.get("superseded_by") is None, one["source_path"]), default=None)


def kinds_of(pair: Pair, reread: bool, copies: Sequence[str] = (), copied: bool = False) -> tuple[str, ...]:
    """What a pair is, of DOCUMENT_KINDS. `copies` are the paths of its copies now, `copied` whether one of them came."""
    return tuple(sorted(_kinds(pair, reread, copies, copied), key=DOCUMENT_KINDS.index))


def _kinds(pair: Pair, reread: bool, copies: Sequence[str], copied: bool) -> Iterator[str]:
    before, after = pair.before, pair.after
    if after is None:
        yield "gone"
        return
    yield from _status_kinds(None if before is None else before["status"], after["status"])
    if before is None:
        yield "added"
    elif not pair.same_bytes:
        yield "changed"
    else:
        # A copy that comes first in the order of paths lends the document its path; the file itself lies where it lay.
        if before["source_path"] != after["source_path"] and before["source_path"] not in copies:
            yield "renamed"
        if copied:
            yield "copied"
        if reread and "failed" not in (before["status"], after["status"]):
            yield "reread"


def _status_kinds(before: str | None, after: str) -> Iterator[str]:
    if after == "failed":
        yield "still_failed" if before == "failed" else "failed"
    elif before == "failed":
        yield "recovered"
    if after in ("partial", "needs_ocr") and (before is None or STATUSES.index(before) < STATUSES.index(after)):
        yield "incomplete"


def differing(pair: Pair) -> tuple[str, ...]:
    """The columns of `documents` to which the same bytes gave another value."""
    before, after = pair.before, pair.after
    if before is None or after is None or not pair.same_bytes:
        return ()
    return tuple(name for name in after if name in before and name not in NOT_IN_IT and before[name] != after[name])


def copies_in(message: str) -> tuple[str, ...]:
    """The paths that the finding `same_bytes` names."""
    match = COPIES.search(message)
    return tuple(match["paths"].split("、")) if match else ()


def document_of(row: Row | None) -> Document | None:
    if row is None:
        return None
    said: dict[str, Any] = {name: row.get(name) for name in Document.__dataclass_fields__}
    return Document(**said)
