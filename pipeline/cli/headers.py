"""The command that compares the headers of two editions: diff-headers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Exit, LogFormat, LogLevel, app, log_to_stderr, wrong
from pipeline.form import Rendering
from pipeline.settings import LOG_FORMAT, LOG_LEVEL


@app.command("diff-headers")
def diff_headers(
    old: Annotated[Path, typer.Argument(help="Last year's edition: a PDF, text or markdown file.")],
    new: Annotated[Path, typer.Argument(help="This year's edition.")],
    form: Annotated[Rendering, typer.Option("--format", help="How to print.")] = Rendering.TEXT,
    whole: Annotated[bool, typer.Option("--all", help="Headers that are the same, too, with what is read from them (json always has them).")] = False,
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Print which headers came, went, moved, were reworded or changed unit or year between two editions, and what that does to the reading.

    Ends with 0 whether or not anything differs, 1 for a wrong call, 2 when one of the two cannot be read.
    """
    from pipeline.headers import compare, edition_of, rendered
    from pipeline.read.errors import Unreadable

    log_to_stderr(log_level, log_format)
    editions = []
    for file in (old, new):
        if not file.is_file():
            return wrong(f"there is no file {file}")
        try:
            editions.append(edition_of(file))
        except Unreadable as error:
            return wrong(f"{file}: {error.reason}", Exit.NOTHING_READ)
    for row in rendered(compare(*editions), form, whole):
        typer.echo(row)
    return Exit.FINE
