"""The command `yojitsu`. Every make target is one line that calls it."""

from __future__ import annotations

import io
import logging
import sys

import typer
from typer.exceptions import TyperException

# Each module adds its commands to the app, in this order.
from pipeline.cli import changes, config, headers, ingest, link, listed, refresh, show, sql
from pipeline.cli.app import Exit, app, wrong
from pipeline.cli.options import explained
from pipeline.cores import leave_pandas_out

LOG = logging.getLogger("yojitsu")

COMMANDS = (ingest, refresh, show, listed, link, changes, headers, sql, config)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code. A wrong call gives 1, since 2 has its own meaning here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows no Japanese shows codes rather than ending the run.
            stream.reconfigure(errors="backslashreplace")
    try:
        result = app(args=arguments, prog_name="yojitsu", standalone_mode=False)
    except TyperException as error:
        message = explained(error)
        if message.startswith("Usage"):
            # Without a command the message is the help itself.
            typer.echo(message, err=True)
            return Exit.USAGE
        return wrong(f"{message} (yojitsu --help)")
    except OSError as error:
        LOG.debug("", exc_info=True)
        return wrong(str(error))
    except Exception as error:
        # The traceback at every level: a fault is rare, and at night nobody can run it again with more of a log.
        LOG.exception("a fault of the program")
        return wrong(f"a fault of the program ({type(error).__name__}: {error}); the log has the traceback. No table is half-written", Exit.FAULT)
    # typer catches an interrupt itself and hands back its code.
    if result == Exit.INTERRUPTED:
        wrong("stopped; the tables are as they were", Exit.INTERRUPTED)
    code = int(result or 0)
    LOG.info("ended with %d", code, extra={"exit_code": code})
    return code


def console() -> None:
    """The console command."""
    leave_pandas_out()
    sys.exit(main())


__all__ = ["COMMANDS", "Exit", "console", "main"]
