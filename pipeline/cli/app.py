"""What every command shares: the app, exit codes, the log, and how a wrong call ends."""

from __future__ import annotations

import logging
import os
from enum import IntEnum
from typing import Annotated, Self

import typer

from pipeline import __version__
from pipeline.cli.options import Named, option, take_defaults
from pipeline.log import Level, LogForm, is_json, set_up_log
from pipeline.settings import LOG_FORMAT, LOG_LEVEL, BadSettings, unknown_variables

LOG = logging.getLogger("yojitsu")


class Exit(IntEnum):
    """How the command ends, what that means and what to do about it; make turns every one but 0 into its own 2."""

    meaning: str
    remedy: str

    def __new__(cls, code: int, meaning: str, remedy: str) -> Self:
        """`docs/scheduling.md` prints both sentences."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning, member.remedy = meaning, remedy
        return member

    FINE = 0, "All is fine.", "Nothing."
    USAGE = (
        *(1, "A wrong call, wrong settings, or a folder that cannot be read or is not yojitsu's. Nothing was written."),
        "Read the sentence on standard error; `yojitsu config` shows which settings hold. It comes again until it is put right.",
    )
    NOTHING_READ = (
        *(2, "No document could be read, or there was none."),
        "See whether `raw` names the right folder (is a disk or share not mounted?). Where documents were there and all failed, `documents.reason` says why.",
    )
    SOME_FAILED = (
        *(3, "Some documents failed; the tables of the others are written."),
        "`documents` where `status` is `failed` says which and why. They are tried again when their bytes, the code or the limits change.",
    )
    LOCKED = (
        *(4, "Another run is writing the same tables. Nothing was done."),
        "Nothing, where it comes once: the other run does the work. Where it comes every night, runs take longer than a night.",
    )
    CHECKS_FAILED = (
        *(5, "There are findings of the severity that `require` names, or a correction fits no number of its document. The tables are written."),
        "`yojitsu findings --severity error` lists them; `--rule correction_unmatched` those corrections.",
    )
    SOURCES_FAILED = (
        *(6, "A source could not be fetched, or gave something else than a document; what it gave before is kept, the tables are written."),
        "The report says which. Once: wait for the next night. Again and again: the page moved; change data/sources.toml.",
    )
    NOT_WRITTEN = (
        *(7, "The tables could not be written (a full disk, no permission). The old ones are as they were."),
        "Make room or give the permission; run again.",
    )
    FAULT = 70, "A fault of the program. No table is half-written.", "Report it with the traceback from the log."
    INTERRUPTED = 130, "Stopped by a person. The tables are as they were.", "Run again; what was read before is not read twice."


app = typer.Typer(name="yojitsu", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

LogLevel = Annotated[Level, option(LOG_LEVEL)]
LogFormat = Annotated[LogForm, option(LOG_FORMAT)]


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


def wrong(sentence: str, code: Exit = Exit.USAGE) -> Exit:
    """Say on standard error why the command ends with `code`: as a line, or as a record where the log is JSON."""
    if is_json():
        LOG.error(sentence, extra={"exit_code": int(code)})
    else:
        typer.echo(f"yojitsu: {sentence}", err=True)
    return code


def log_to_stderr(level: Level, form: LogForm = LogForm.LINES) -> None:
    set_up_log(level, form)
    for sentence in unknown_variables(os.environ):
        LOG.warning(sentence)
