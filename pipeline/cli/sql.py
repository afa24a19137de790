"""The commands that hand the tables to other tools: sql, export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.cli.app import Exit, app, wrong
from pipeline.cli.options import argument, option
from pipeline.form import Form
from pipeline.settings import OUT
from pipeline.swap import Foreign

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PROMPT, GOES_ON = "yojitsu> ", "     ...> "


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="What to ask, in DuckDB's SQL; without it statements are read from a prompt, or from a pipe.")] = None,
    out: Annotated[Path, option(OUT)] = OUT.default,
    form: Annotated[Form, typer.Option("--format", help="How to print: table, csv or jsonl.")] = Form.TABLE,
) -> int:
    """Ask the tables in SQL: each table is a view of its name in DuckDB, all of one version, and nothing that is asked changes them.

    Statements end with `;` at a prompt, which `quit` or the end of the input ends. Ends with 1 for a wrong query or a folder without tables.
    """
    from pipeline.sql import connected
    from pipeline.whole import Changing, NoTables

    try:
        connection = connected(out)
    except (NoTables, Changing) as error:
        return wrong(str(error.args[0]))
    asks = sys.stdin.isatty() and query is None
    if asks:
        typer.echo("tables: " + ", ".join(row[0] for row in connection.sql("show tables").fetchall()))
    code = Exit.FINE
    for statement in [query] if query is not None else _statements(asks):
        code = _answer(connection, statement, form)
        if code and not asks:
            return code
    return Exit.FINE if asks else code


def _statements(asks: bool) -> Iterator[str]:
    """What is typed at a prompt, statement by statement, or all of a pipe at once."""
    if not asks:
        yield sys.stdin.read()
        return
    rows: list[str] = []
    while True:
        try:
            row = input(GOES_ON if rows else PROMPT)
        except EOFError:
            return
        if not rows and row.strip().lower().rstrip(";") in ("quit", "exit"):
            return
        rows.append(row)
        if row.rstrip().endswith(";"):
            yield "\n".join(rows)
            rows = []


def _answer(connection: DuckDBPyConnection, statement: str, form: Form) -> Exit:
    import duckdb

    from pipeline.sql import answered

    try:
        for row in answered(connection, statement, form, Console()):
            typer.echo(row)
    except duckdb.Error as error:
        return wrong(str(error))
    return Exit.FINE


@app.command()
def export(
    tables: Annotated[Path, argument(OUT, "TABLES")] = OUT.default,
    to: Annotated[Path, typer.Option("--to", help="The folder to write; replaced as a whole.")] = Path("build/export"),
) -> int:
    """Write the tables as CSV (with the mark by which Excel knows UTF-8), one XLSX, datapackage.json and the dictionary in English and Japanese.

    Ends with 0 when all is fine, 1 for a wrong call, 7 when it could not be written.
    """
    from pipeline.export import export as exported
    from pipeline.whole import Changing, NoTables

    try:
        for name in exported(tables, to):
            typer.echo(to / name)
    except (NoTables, Changing) as error:
        return wrong(str(error.args[0]))
    except Foreign as error:
        return wrong(str(error))
    except OSError as error:
        return wrong(f"{error}; the folder is as it was", Exit.NOT_WRITTEN)
    return Exit.FINE
