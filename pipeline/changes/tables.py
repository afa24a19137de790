"""One of the two outputs: its tables, read column by column, and the rows of one document."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.changes.model import Fact
from pipeline.schema import FACT_TABLES, TABLES
from pipeline.whole import NoTables

# A folder that `ingest` wrote, its tables by name, or nothing (before the first run).
Output = Path | Mapping[str, pa.Table] | None
Row = dict[str, Any]

NEEDED = ("documents", *FACT_TABLES, "findings", "unclaimed")
FACT_COLUMNS = tuple(name for name in Fact.__dataclass_fields__ if name not in ("table", "source_path"))
# What other documents beside it make of a document.
NOT_READ = ("indicator_id",)


class Side:
    """The tables of one output; empty ones where there is none. Raises NoTables where a folder holds something else."""

    def __init__(self, output: Output) -> None:
        self._given = output
        if isinstance(output, Path):
            self._given = _given(output)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table with those of the columns that it has; all where none are named."""
        given = self._given
        if given is None:
            whole = TABLES[name].schema().empty_table()
        elif isinstance(given, Path):
            names = None if columns is None else [column for column in columns if column in pq.read_schema(_first(given / name)).names]
            return pq.read_table(given / name, columns=names)
        else:
            whole = given[name]
        return whole if columns is None else whole.select([column for column in columns if column in whole.column_names])

    @functools.cached_property
    def documents(self) -> list[Row]:
        """The rows of `documents` without the time of reading, with `facts` and `unknown` counted."""
        table = self.table("documents")
        unknown = self._unknown()
        kept = [column for column in table.column_names if column not in ("ingested_at", "extractor_version")]
        rows: list[Row] = table.select(kept).to_pylist()
        return [row | {"facts": sum(row[name] for name in FACT_TABLES), "unknown": unknown.get(row["document_id"], 0)} for row in rows]

    def _unknown(self) -> dict[str, int]:
        """Numerals of unknown reason by document."""
        table = self.table("unclaimed", ["document_id", "reason"])
        ids = table.filter(pc.equal(table.column("reason"), "unknown")).column("document_id")
        return {one["values"]: one["counts"] for one in ids.value_counts().to_pylist()}

    @functools.cached_property
    def facts(self) -> dict[str, Shelves]:
        """The fact tables by name, with what a report says of a fact."""
        return {name: Shelves(self.table(name, FACT_COLUMNS)) for name in FACT_TABLES}


def _given(folder: Path) -> Path | None:
    """The folder where it holds all tables, None where there is none or nothing in it."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    if missing := [name for name in NEEDED if not (folder / name).is_dir() or not any((folder / name).rglob("*.parquet"))]:
        raise NoTables(f"{folder} holds no table {missing[0]}: name a folder that `yojitsu ingest` wrote")
    return folder


def _first(folder: Path) -> Path:
    return min(folder.rglob("*.parquet"))


class Shelves:
    """A table by document: the rows of one document are found without touching those of the others."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table.combine_chunks()
        self.runs = _runs(self.table)
        if self.runs is None:
            # Ours are sorted; others may have written theirs in parts. The sort keeps the order of a document's own rows.
            self.table = table.sort_by("document_id").combine_chunks()
            self.runs = _runs(self.table)
        assert self.runs is not None, "a sorted table has one run a document"

    def of(self, document_id: str) -> pa.Table:
        start, length = (self.runs or {}).get(document_id, (0, 0))
        return self.table.slice(start, length)

    def only(self, document_ids: Iterable[str]) -> pa.Table:
        """The rows of some documents, in the order of their ids."""
        return pa.concat_tables([self.table.slice(0, 0), *(self.of(name) for name in sorted(document_ids))])


def _runs(table: pa.Table) -> dict[str, tuple[int, int]] | None:
    """Each document's first row and number of rows; None where the rows of one do not lie together."""
    if not table.num_rows:
        return {}
    encoded = pc.run_end_encode(table.column("document_id").combine_chunks())
    encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    ends, names = encoded.run_ends.to_pylist(), encoded.values.to_pylist()
    if len(set(names)) < len(names):
        return None
    return {name: (start, end - start) for name, start, end in zip(names, [0, *ends], ends, strict=False)}


def read_otherwise(old: Shelves, new: Shelves) -> set[str]:
    """The documents of both whose rows differ in any column that follows from their bytes. No row becomes a Python object."""
    was, now = old.runs or {}, new.runs or {}
    # A document that has no row of a table on one side is in the runs of the other alone.
    out = {name for name in was.keys() | now.keys() if was.get(name, (0, 0))[1] != now.get(name, (0, 0))[1]}
    one, other = (shelves.only((was.keys() & now.keys()) - out) for shelves in (old, new))
    ids = one.column("document_id")
    for name in one.column_names:
        if name in other.column_names and name not in NOT_READ:
            out.update(ids.filter(_differing(one.column(name), other.column(name))).unique().to_pylist())
    return out


def _differing(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where two columns differ; a null is like a null alone."""
    return (
        pc.fill_null(pc.not_equal(one, other), pc.xor(pc.is_null(one), pc.is_null(other))) if one.null_count or other.null_count else pc.not_equal(one, other)
    )
