"""The tables in DuckDB, each a view of its name, and answers in one of the forms of the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.form import Form
from pipeline.whole import read_whole


def connected(out: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with a view for every table of `out`, all of one version. Raises whole.NoTables and Changing."""
    connection = duckdb.connect()
    for name, table in read_whole(out).items():
        connection.register(name, table)
    return connection


def answered(connection: duckdb.DuckDBPyConnection, statements: str, form: Form, console: Console) -> Iterator[str]:
    """The rows that the last of the statements gives, as lines without their ends; as a table they go to the console. Raises duckdb.Error."""
    result = connection.sql(statements)
    if result is None:
        # A statement that gives no rows: `set`, `create view`, or none at all.
        return
    names, rows = list(result.columns), result.fetchall()
    if form is Form.JSONL:
        yield from (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) for row in rows)
    elif form is Form.CSV:
        yield from (_csv(row) for row in [names, *rows])
    else:
        drawn = Table(*names)
        for row in rows:
            drawn.add_row(*(Text("" if value is None else str(value)) for value in row))
        console.print(drawn)
        yield f"{len(rows):,} rows"


def _csv(values: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()
