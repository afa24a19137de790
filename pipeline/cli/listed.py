"""The commands that print rows of the tables, and what the tables and rules are: findings, unclaimed, rules, schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypedDict

import typer
from rich.console import Console

from pipeline.cli.app import Exit, app, wrong
from pipeline.cli.options import argument
from pipeline.form import Form
from pipeline.log import Level
from pipeline.settings import OUT


@app.command()
def schema(table: Annotated[str | None, typer.Argument(help="One table; all where none is named.")] = None) -> int:
    """Print the data dictionary: every table and column, its type, unit and meaning."""
    from pipeline.schema import TABLES, dictionary

    if table is not None and table not in TABLES:
        return wrong(f"there is no table {table}; there are {', '.join(TABLES)}")
    typer.echo(dictionary([table] if table else TABLES))
    return Exit.FINE


Tables = Annotated[Path, argument(OUT)]
OfDocument = Annotated[str | None, typer.Option("--document", help="Part of the document's file name, or its id.")]
OfPage = Annotated[int | None, typer.Option("--page", min=1, help="On this page.")]
OfLine = Annotated[int | None, typer.Option("--line", min=1, help="On this line of a text file.")]
OfText = Annotated[str | None, typer.Option("--text", help="With these characters anywhere in the row.")]
AsForm = Annotated[Form, typer.Option("--format", help="How to print: table and csv and jsonl; the latter two give every column.")]


@app.command()
def findings(
    out: Tables = OUT.default,
    rule: Annotated[list[str] | None, typer.Option(help="Of this rule (`yojitsu rules` names them); may be given several times.")] = None,
    severity: Annotated[Level | None, typer.Option(help="Of this severity (info, warning, error) or heavier.")] = None,
    document: OfDocument = None,
    page: OfPage = None,
    line: OfLine = None,
    text: OfText = None,
    form: AsForm = Form.TABLE,
) -> int:
    """Print what does not add up in the documents of OUT."""
    if severity is Level.DEBUG:
        return wrong("severities are info, warning and error")
    keep = Filters(document=document, page=page, line=line, text=text, exact={"rule": rule or []}, severity=severity)
    return _listed("findings", out, keep, form)


@app.command()
def unclaimed(
    out: Tables = OUT.default,
    reason: Annotated[list[str] | None, typer.Option(help="For this reason (date, unknown ...); may be given several times.")] = None,
    document: OfDocument = None,
    page: OfPage = None,
    line: OfLine = None,
    text: OfText = None,
    form: AsForm = Form.TABLE,
) -> int:
    """Print the numerals of OUT that no table took, and why."""
    return _listed("unclaimed", out, Filters(document=document, page=page, line=line, text=text, exact={"reason": reason or []}), form)


@app.command()
def rules() -> int:
    """Print every rule: what it compares, why, and a printed line that it finds fault with."""
    from pipeline.listing import rules_page

    typer.echo(rules_page())
    return Exit.FINE


class Filters(TypedDict, total=False):
    """What `pipeline.listing.keeps` takes."""

    document: str | None
    page: int | None
    line: int | None
    text: str | None
    exact: Mapping[str, Sequence[str]]
    severity: str | None


def _listed(table: str, out: Path, filters: Filters, form: Form) -> int:
    from pipeline.listing import keeps, printed, rows
    from pipeline.whole import Changing, NoTables

    try:
        some = rows(out, table, keeps(**filters))
    except (NoTables, Changing) as error:
        return wrong(str(error.args[0]))
    for row in printed(table, some, form, Console()):
        typer.echo(row)
    return Exit.FINE
