"""The command that compares the headers of two editions: diff-headers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Exit, Level, LogLevel, app, log_to_stderr, wrong


class AsShape(StrEnum):
    """The forms of `pipeline.headers.Shape`, known without importing it."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command("diff-headers")
def diff_headers(
    old: Annotated[Path, typer.Argument(help="Last year's edition: a PDF, text or markdown file.")],
    new: Annotated[Path, typer.Argument(help="This year's edition.")],
    shape: Annotated[AsShape, typer.Option("--format", help="How to print.")] = AsShape.TEXT,
    whole: Annotated[bool, typer.Option("--all", help="Headers that are the same, too, with what is read from them (json always has them).")] = False,
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Print which headers came, went, moved, were reworded or changed unit or year between two editions, and what that does to the reading.

    Ends with 0 whether or not anything differs, 1 for a wrong call, 2 when one of the two cannot be read.
    """
    from pipeline.headers import Shape, compare, edition_of, rendered
    from pipeline.read.errors import Unreadable

    log_to_stderr(log_level)
    editions = []
    for file in (old, new):
        if not file.is_file():
            return wrong(f"there is no file {file}")
        try:
            editions.append(edition_of(file))
        except Unreadable as error:
            return wrong(f"{file}: {error.reason}", Exit.NOTHING_READ)
    for row in rendered(compare(*editions), Shape(shape), whole):
        typer.echo(row)
    return Exit.FINE
