"""A table written piece by piece as Parquet: equal rows in equal order give the same bytes, however they came."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import TABLES

# Fixed, so that bytes do not depend on how many rows a library version likes to put together. A query for one municipality reads one or two
# groups of each table: 2.7 % of the bytes of 10 million facts, footers included (benchmarks/publishing.py). Larger groups would read more.
ROWS_A_GROUP = 32_768
# Enough for any single machine's tables of today, and parts that a cluster's readers can share out.
ROWS_A_FILE = 100 * ROWS_A_GROUP


class Parts:
    """The files of one table in a folder of their own: `part-0.parquet`, and more where there are many rows. Raises OSError where it cannot write."""

    def __init__(self, out: Path, name: str) -> None:
        self.folder, self.schema = out / name, TABLES[name].schema()
        self.folder.mkdir()
        self.rows = 0
        self._file: pq.ParquetWriter | None = None
        self._files = self._in_file = 0
        self._waiting: list[pa.Table] = []
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None and (self._count or self._file is not None or not self._files):
            self._end_file()
        elif self._file is not None:
            self._file.close()

    def add(self, table: pa.Table) -> None:
        """Rows that belong together: the rows of one publisher lie in one file."""
        self.rows += len(table)
        self._waiting.append(table)
        self._count += len(table)
        while self._count >= ROWS_A_GROUP:
            self._write(ROWS_A_GROUP)
        if self._in_file >= ROWS_A_FILE:
            self._end_file()

    def _write(self, rows: int) -> None:
        whole = pa.concat_tables([*self._waiting, self.schema.empty_table()]).cast(self.schema)
        if self._file is None:
            self._file = pq.ParquetWriter(self.folder / f"part-{self._files}.parquet", self.schema, compression="zstd", version="2.6", write_statistics=True)
            self._files += 1
        # In one piece: where pieces meet would show in the pages.
        self._file.write_table(whole.slice(0, rows).combine_chunks(), row_group_size=rows or None)
        self._waiting, self._count = [whole.slice(rows)], self._count - rows
        self._in_file += rows

    def _end_file(self) -> None:
        if self._count or self._file is None:
            self._write(self._count)
        assert self._file is not None, "writing opens it"
        self._file.close()
        self._file, self._in_file = None, 0
