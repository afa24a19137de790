"""The command that shows which names were taken for one indicator: link."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Exit, app, wrong

TABLES = Path("data/parquet")


@app.command()
def link(
    name: Annotated[str | None, typer.Argument(help="Part of an indicator's name, or its id; with --review: a folder of tables.", metavar="[NAME]")] = None,
    out: Annotated[Path | None, typer.Argument(help="A folder of tables that `ingest` wrote.", show_default=str(TABLES), metavar="[OUT]")] = None,
    review: Annotated[bool, typer.Option("--review", help="Print the pairs of names that might be one indicator and were not linked.")] = False,
) -> int:
    """Print what each document calls an indicator, and why the names were linked.

    `link --review [OUT]` prints the uncertain pairs, each with its evidence and a line ready for data/aliases.toml.
    """
    # Reading tables takes Arrow, which the other commands need not wait for.
    from pipeline.linkage import doubtful, shown
    from pipeline.whole import Changing, NoTables

    if review and out is not None:
        return wrong("link --review takes a folder of tables and no name")
    if not review and not name:
        return wrong("link takes a name, or --review")
    try:
        lines = list(doubtful(Path(name) if name else TABLES) if review else shown(out or TABLES, name or ""))
    except (NoTables, Changing) as error:
        return wrong(str(error.args[0]))
    if not lines:
        return wrong(f"no indicator is called {name}")
    for line in lines:
        typer.echo(line)
    return Exit.FINE
