"""One of the two outputs: its tables, read column by column, and the rows of one document."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.schema import FACT_TABLES, TABLES

# A folder that `ingest` wrote, its tables by name, or nothing (before the first run).
Output = Path | Mapping[str, pa.Table] | None
Row = dict[str, Any]

NEEDED = ("documents", *FACT_TABLES, "findings", "unclaimed")
# What may differ though the same bytes were read in the same way: a renamed file, other documents beside it, a newer edition.
NOT_READ = ("source_name", "indicator_id", "superseded_by")


class NoTables(LookupError):
    """A folder that holds something, but not the tables of yojitsu; the text is a sentence."""


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
        """The fact tables by name."""
        return {name: Shelves(self.table(name)) for name in FACT_TABLES}


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
        self._runs, whole = _runs(self.table)
        if not whole:
            self.table = self.table.sort_by("document_id").combine_chunks()
            self._runs, _ = _runs(self.table)

    def of(self, document_id: str) -> pa.Table:
        start, length = self._runs.get(document_id, (0, 0))
        return self.table.slice(start, length)

    def without(self, document_ids: Iterable[str]) -> pa.Table:
        return self.table.filter(pc.invert(pc.is_in(self.table.column("document_id"), pa.array(sorted(document_ids), pa.string()))))


def _runs(table: pa.Table) -> tuple[dict[str, tuple[int, int]], bool]:
    """Each document's first row and number of rows, and whether its rows stand together (tables are sorted by document)."""
    if not table.num_rows:
        return {}, True
    encoded = pc.run_end_encode(table.column("document_id").combine_chunks())
    encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    ends, names = encoded.run_ends.to_pylist(), encoded.values.to_pylist()
    starts = [0, *ends[:-1]]
    return {name: (start, end - start) for name, start, end in zip(names, starts, ends, strict=True)}, len(set(names)) == len(names)


def read_alike(one: pa.Table, other: pa.Table) -> bool:
    """Whether two slices say the same in all columns that both have and that follow from the document's bytes."""
    columns = [name for name in one.column_names if name in other.column_names and name not in NOT_READ]
    return bool(one.num_rows == other.num_rows and one.select(columns).equals(other.select(columns)))
