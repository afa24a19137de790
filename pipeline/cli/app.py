"""What every command shares: the app, exit codes, the log, and how a wrong call ends."""

from __future__ import annotations

import logging
import sys
from enum import IntEnum, StrEnum
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cores import quiet_libraries

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


class Level(StrEnum):
    """How much the log on standard error says."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Severity(StrEnum):
    """From which severity on a finding counts."""

    NEVER = "never"
    WARNING = "warning"
    ERROR = "error"

    @property
    def and_heavier(self) -> frozenset[str]:
        """This severity and those above it, as `findings` names them; none for NEVER."""
        return {Severity.NEVER: frozenset[str](), Severity.WARNING: frozenset({"warning", "error"}), Severity.ERROR: frozenset({"error"})}[self]


app = typer.Typer(name="yojitsu", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

LogLevel = Annotated[Level, typer.Option(help="How much to log to standard error.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yojitsu {__version__}")
        raise typer.Exit


@app.callback()
def top(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False) -> None:
    """Read Japanese municipal plans (PDF, text, markdown) and write their targets, actuals and costs as Parquet tables."""


def wrong(sentence: str, code: Exit = Exit.USAGE) -> int:
    typer.echo(f"yojitsu: {sentence}", err=True)
    return code


def log_to_stderr(level: Level) -> None:
    logging.basicConfig(level=level.upper(), format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True)
    quiet_libraries()
