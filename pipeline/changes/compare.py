"""Two outputs against each other: documents first, then the facts of those that differ alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.changes.coverage import COUNTS, coverage, in_all, totals
from pipeline.changes.facts import by_kind, matched, other_rows
from pipeline.changes.findings import copies, findings
from pipeline.changes.model import Changes, Document, DocumentChange, Fact, FactChange, FindingChange, Revision
from pipeline.changes.pairs import Pair, differing, document_of, kinds_of, pairs
from pipeline.changes.revisions import revisions
from pipeline.changes.tables import Output, Side
from pipeline.schema import FACT_TABLES

# Columns of a document of which the counts of its facts and its coverage speak.
COUNTED = (*FACT_TABLES, *COUNTS)
SEVERITIES = ("error", "warning", "info")


def compare(before: Output, after: Output, document: str | None = None) -> Changes:
    """What changed from the one output to the other. Each is a folder of tables, tables by name, or None (or an empty or missing folder): nothing yet.

    `document` is a part of a document's file name or the beginning of its id: nothing is said of other documents. Raises NoTables where a folder
    holds something else.
    """
    old, new = Side(before), Side(after)
    wanted = [pair for pair in pairs(old.documents, new.documents) if document is None or _is_meant(pair, document)]
    was, now, otherwise = copies(old), copies(new), other_rows(old, new)
    changes: list[DocumentChange] = []
    facts: list[FactChange] = []
    unchanged: set[str] = set()
    for pair in wanted:
        reread, counts = False, _whole(pair)
        if counts is None and (pair.replaced or pair.ids()[0] in otherwise):
            found = matched(pair, old, new)
            facts += found.changes
            unchanged |= found.same
            reread, counts = bool(found.changes), dict(by_kind(found.changes))
        change = _document(pair, reread, counts or {}, was, now)
        if change.kinds:
            changes.append(change)
    one, other = (totals(_once(pair.before if at == 0 else pair.after for pair in wanted)) for at in (0, 1))
    arrived = {pair.after["document_id"] for pair in wanted if pair.after is not None and _arrives(pair)}
    return Changes(
        one,
        other,
        tuple(sorted(changes, key=lambda change: (change.path, _name(change.before), _name(change.after)))),
        tuple(sorted(facts, key=_fact_order)),
        tuple(sorted(revisions(old, new, arrived, unchanged), key=_revision_order)),
        (*in_all(one, other), *sorted(coverage(wanted), key=lambda change: (change.path or "", change.document_id or ""))),
        tuple(sorted(findings(wanted, old, new), key=_finding_order)),
    )


def _is_meant(pair: Pair, part: str) -> bool:
    rows = [row for row in (pair.before, pair.after) if row is not None]
    return any(part in row["source_name"] or row["document_id"].startswith(part) for row in rows)


def _arrives(pair: Pair) -> bool:
    """Whether a document can be read that could not be read before, or was not there."""
    before, after = pair.before, pair.after
    return after is not None and after["status"] != "failed" and (before is None or not pair.same_bytes or before["status"] == "failed")


def _once(rows: Any) -> Sequence[Mapping[str, Any]]:
    """The rows, each path once: a document that is superseded is in two pairs."""
    return list({row["source_path"]: row for row in rows if row is not None}.values())


def _whole(pair: Pair) -> dict[str, int] | None:
    """The facts of a document that came or went as a whole, or could not be read on one side; None where its facts are to be matched."""
    had, has = (None if row is None or row["status"] == "failed" else row["facts"] for row in (pair.before, pair.after))
    if had is not None and has is not None:
        return None
    return {kind: count for kind, count in (("added", has), ("removed", had)) if count}


def _document(pair: Pair, reread: bool, counts: dict[str, int], was: Mapping[str, tuple[str, ...]], now: Mapping[str, tuple[str, ...]]) -> DocumentChange:
    differs = differing(pair)
    beside, known = now.get(pair.ids()[-1], ()), set(was.get(pair.ids()[0], ()))
    came = tuple(path for path in beside if path not in known | {(pair.before or {}).get("source_path")}) if pair.same_bytes else ()
    # Of two copies the first in the order of paths names the document; the path that it has now may be the one that came.
    moved = pair.same_bytes and (pair.before or {})["source_path"] in beside and (pair.after or {})["source_path"] not in known
    came = ((pair.after or {})["source_path"], *came) if moved else came
    kinds = kinds_of(pair, reread or bool(differs), beside, bool(came))
    said = tuple(name for name in differs if name not in COUNTED)
    return DocumentChange(kinds, document_of(pair.before), document_of(pair.after), pair.edition, tuple(sorted(came)), said, counts)


def _name(document: Document | None) -> str:
    return document.document_id if document else ""


def _place(fact: Fact | None) -> tuple[Any, ...]:
    return (fact.source_path, fact.page or 0, fact.line or 0, fact.table, fact.fact_id) if fact else ("", 0, 0, "", "")


def _fact_order(change: FactChange) -> tuple[Any, ...]:
    return (*_place(change.after or change.before), *_place(change.before))


def _revision_order(revision: Revision) -> tuple[Any, ...]:
    """What nothing explains first."""
    return (len(revision.notes), *_place(revision.after))


def _finding_order(change: FindingChange) -> tuple[Any, ...]:
    return (change.kind, SEVERITIES.index(change.severity), change.source_path, change.page or 0, change.line or 0, change.rule, change.finding_id)


def count_findings(changes: Changes) -> Counter[tuple[str, str]]:
    """Findings by kind and severity."""
    return Counter((one.kind, one.severity) for one in changes.findings)
