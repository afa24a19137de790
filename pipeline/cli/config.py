"""The command that shows which settings hold, and why."""

from __future__ import annotations

import os
from typing import Any

import typer
from rich.cells import cell_len

from pipeline.cli.app import Exit, app, wrong
from pipeline.cli.options import came_from, takes_every_setting
from pipeline.settings import FILE, SETTINGS, unknown_variables


@app.command()
@takes_every_setting
def config(context: typer.Context, **values: Any) -> int:
    """Print every setting, its value, and where that comes from: default, file, environment or flag.

    Takes the flags of all other commands, to show what would hold. Ends with 1 where the environment has a YOJITSU_ variable that is no setting.
    """
    rows = [(name, setting.shown(values[name]), came_from(context, name)) for name, setting in SETTINGS.items()]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(2)]
    for row in rows:
        typer.echo("  ".join([*(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False)), row[2]]))
    if context.find_root().obj is None:
        typer.echo(f"no {FILE} here")
    strange = unknown_variables(os.environ)
    for sentence in strange:
        wrong(sentence)
    return Exit.USAGE if strange else Exit.FINE
