"""The published tables, put together document by document."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.schema import FACT_TABLES

Row = dict[str, Any]
# What a person works through first.
SEVERITIES = ("error", "warning", "info")


@dataclass
class Shelf:
    """One document's row of `documents` with its rows of the other tables, each with every column that its table has."""

    document: Row
    facts: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    unclaimed: list[Row] = field(default_factory=list)


def shelves(out: Path) -> list[Shelf]:
    """The tables in `out`, a shelf for each document in the order of `documents`. Facts have besides their columns a `kind`.

    Raises LookupError with a sentence where a table is missing.
    """
    # Two files that failed with the same bytes are two rows with one id: what is found of them goes to the first.
    on_shelf = [Shelf(row) for row in rows_of(out, "documents")]
    by_id: dict[str, Shelf] = {shelf.document["document_id"]: shelf for shelf in reversed(on_shelf)}
    for table in FACT_TABLES:
        for row in rows_of(out, table):
            by_id[row["document_id"]].facts.append({"kind": kind_of(table, row)} | row)
    for row in rows_of(out, "findings"):
        by_id[row["document_id"]].findings.append(row)
    for row in rows_of(out, "unclaimed"):
        by_id[row["document_id"]].unclaimed.append(row)
    for shelf in on_shelf:
        shelf.facts.sort(key=_place)
        shelf.findings.sort(key=lambda row: (SEVERITIES.index(row["severity"]), *_place(row), row["finding_id"]))
    return on_shelf


def rows_of(out: Path, table: str) -> list[Row]:
    """All rows of one table as dicts, dates as ISO strings. Raises LookupError with a sentence where it is not there."""
    folder = out / table
    if not folder.is_dir():
        raise LookupError(f"{out} holds no table {table}: run yojitsu ingest first")
    rows: list[Row] = pq.read_table(folder).to_pylist()
    return [{name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()} for row in rows]


def kind_of(table: str, row: Row) -> str:
    """target, actual, cost, or baseline for an actual that is one."""
    return "baseline" if row.get("baseline") else table.removesuffix("s")


def _place(row: Row) -> tuple[Any, ...]:
    return (*(row.get(name) or 0 for name in ("page", "line", "top", "x0")), row.get("fact_id", ""))


def counted(shelf: Shelf) -> dict[str, int]:
    """How many findings of each severity, facts of each kind, and unclaimed numerals, those of unknown reason apart."""
    counts: dict[str, int] = defaultdict(int)
    for name in (*(row["severity"] for row in shelf.findings), *(row["kind"] for row in shelf.facts)):
        counts[name] += 1
    counts["unknown"] = sum(row["reason"] == "unknown" for row in shelf.unclaimed)
    counts["unclaimed"] = len(shelf.unclaimed)
    return dict(sorted(counts.items()))
