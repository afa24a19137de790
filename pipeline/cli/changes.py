"""The command that compares two outputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import Exit, app, wrong
from pipeline.form import Rendering

if TYPE_CHECKING:
    from pipeline.changes import Changes


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(help="A folder of tables, the earlier one; an empty folder stands for nothing yet.")],
    after: Annotated[Path, typer.Argument(help="A folder of tables, the later one.")],
    form: Annotated[Rendering, typer.Option("--format", help="How to print; json holds everything.")] = Rendering.TEXT,
    document: Annotated[str | None, typer.Option("--document", help="Part of a document's file name, or its id: say nothing of the others.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Print every entry, also what is only to know.")] = False,
    quiet_if_same: Annotated[bool, typer.Option("--quiet-if-same", help="Print nothing where nothing changed, so that cron sends no mail.")] = False,
) -> int:
    """Print what changed between two outputs: documents, facts, revisions, coverage, findings.

    Ends with 0, whatever changed, and 1 for a wrong call.
    """
    from pipeline.changes import NoTables, compare
    from pipeline.changes.digest import LIMIT

    for folder in (before, after):
        if not folder.is_dir():
            return wrong(f"there is no folder {folder}")
    try:
        changes = compare(before, after, document)
    except NoTables as error:
        return wrong(str(error.args[0]))
    if document is not None and not changes.before.documents and not changes.after.documents:
        return wrong(f"no document of either folder is called {document}")
    if changes or not quiet_if_same:
        _print(changes, form, None if everything else LIMIT)
    return Exit.FINE


def _print(changes: Changes, form: Rendering, limit: int | None) -> None:
    from rich.console import Console

    from pipeline.changes.render import as_json, markdown, terminal

    if form is Rendering.JSON:
        typer.echo(as_json(changes), nl=False)
    elif form is Rendering.MARKDOWN:
        typer.echo(markdown(changes, limit=limit), nl=False)
    else:
        console = Console()
        for line in terminal(changes, limit=limit):
            console.print(line, soft_wrap=True)
