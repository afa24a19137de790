"""The command `yojitsu`; `python -m pipeline` without an installation. Worker processes import what began the command, and need none of its parts."""

from __future__ import annotations


def console() -> None:
    """The console command."""
    from pipeline.cli import console as begin

    begin()


if __name__ == "__main__":
    console()
