"""What every command shares: the app, exit codes, the log, and how a wrong call ends."""

from __future__ import annotations

import logging
import os
from enum import IntEnum
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.options import Named, option, take_defaults
from pipeline.log import Form, Level, is_json, set_up_log
from pipeline.settings import LOG_FORMAT, LOG_LEVEL, BadSettings, unknown_variables

LOG = logging.getLogger("yojitsu")


class Exit(IntEnum):
    """How the command ends; make turns every one but 0 into its own 2."""

    FINE = 0
    USAGE = 1
    NOTHING_READ = 2
    SOME_FAILED = 3
    LOCKED = 4
    CHECKS_FAILED = 5
    SOURCES_FAILED = 6
    NOT_WRITTEN = 7
    FAULT = 70
    INTERRUPTED = 130


app = typer.Typer(name="yojitsu", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

LogLevel = Annotated[Level, option(LOG_LEVEL)]
LogFormat = Annotated[Form, option(LOG_FORMAT)]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yojitsu {__version__}")
        raise typer.Exit


@app.callback()
def top(
    context: typer.Context,
    config: Named = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    """Read Japanese municipal plans (PDF, text, markdown) and write their targets, actuals and costs as Parquet tables."""
    try:
        take_defaults(context, config)
    except BadSettings as error:
        raise typer.Exit(wrong(str(error))) from error


def wrong(sentence: str, code: Exit = Exit.USAGE) -> int:
    """Say on standard error why the command ends with `code`: as a line, or as a record where the log is JSON."""
    if is_json():
        LOG.error(sentence, extra={"exit_code": int(code)})
    else:
        typer.echo(f"yojitsu: {sentence}", err=True)
    return code


def log_to_stderr(level: Level, form: Form = Form.LINES) -> None:
    set_up_log(level, form)
    for sentence in unknown_variables(os.environ):
        LOG.warning(sentence)
