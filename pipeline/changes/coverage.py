"""How much of each document became facts, against last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.changes.model import Coverage, CoverageChange, Totals
from pipeline.changes.pairs import Pair

Row = Mapping[str, Any]
COUNTS = ("facts", "unclaimed", "unknown", "pages_with_facts")
# New editions gain and lose a table; that a tenth is lost is rarely meant.
A_FALL = 0.1


def coverage(pairs: Sequence[Pair]) -> Iterator[CoverageChange]:
    """One change a document that is read on both sides and of which any count differs. One that fails now says so elsewhere."""
    for pair in pairs:
        if pair.before is None or pair.after is None or "failed" in (pair.before["status"], pair.after["status"]):
            continue
        one, other = coverage_of([pair.before]), coverage_of([pair.after])
        if one != other:
            yield CoverageChange(pair.after["source_path"], pair.after["document_id"], one, other, falls(one, other))


def in_all(before: Totals, after: Totals) -> Iterator[CoverageChange]:
    """The change over all documents, where there is one."""
    if before.coverage != after.coverage:
        yield CoverageChange(None, None, before.coverage, after.coverage, falls(before.coverage, after.coverage))


def totals(rows: Sequence[Row]) -> Totals:
    return Totals(len(rows), sum(row["status"] == "failed" for row in rows), coverage_of(rows))


def coverage_of(rows: Sequence[Row]) -> Coverage:
    return Coverage(*(sum(row[name] for row in rows) for name in COUNTS))


def falls(before: Coverage, after: Coverage) -> tuple[str, ...]:
    """What fell by more than a tenth."""
    return tuple(name for name in ("facts", "pages_with_facts", "share") if _fell(getattr(before, name), getattr(after, name)))


def _fell(before: float | None, after: float | None) -> bool:
    # Without any numeral there is no share to fall; the facts have fallen then.
    return bool(before) and after is not None and after < (1 - A_FALL) * (before or 0)
