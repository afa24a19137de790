"""The command `yojitsu`. Every make target is one line that calls it."""

from __future__ import annotations

import io
import sys

import typer
from typer.exceptions import TyperException

# Each module adds its commands to the app, in this order.
from pipeline.cli import ingest, link, listed, show
from pipeline.cli.app import LOG, Exit, app

COMMANDS = (ingest, show, listed, link)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code. A wrong call gives 1, since 2 has its own meaning here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows no Japanese shows codes rather than ending the run.
            stream.reconfigure(errors="backslashreplace")
    try:
        result = app(args=arguments, prog_name="yojitsu", standalone_mode=False)
    except TyperException as error:
        message = error.format_message()
        # Without a command the message is the help itself.
        typer.echo(message if message.startswith("Usage") else f"yojitsu: {message} (yojitsu --help)", err=True)
        return Exit.USAGE
    except OSError as error:
        LOG.debug("", exc_info=True)
        typer.echo(f"yojitsu: {error}", err=True)
        return Exit.USAGE
    # typer catches an interrupt itself and hands back its code.
    if result == Exit.INTERRUPTED:
        typer.echo("yojitsu: stopped; the tables are as they were", err=True)
    return int(result or 0)


def console() -> None:
    """The console command."""
    sys.exit(main())


__all__ = ["COMMANDS", "Exit", "console", "main"]
