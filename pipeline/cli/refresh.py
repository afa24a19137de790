"""The command that fetches what is new or changed at the sources, and reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import Exit, Level, LogLevel, app, log_to_stderr, wrong
from pipeline.cli.ingest import ingest

if TYPE_CHECKING:
    from pipeline.fetch import Fetched, Origin


@app.command()
def refresh(
    raw: Annotated[Path, typer.Argument(help="The folder of documents; made where it is missing.")] = Path("data/raw"),
    sources: Annotated[Path, typer.Option(help="The list of sources (docs/sources.md).")] = Path("data/sources.toml"),
    only: Annotated[list[str] | None, typer.Option(help="Fetch from the source with this id alone; may be given several times.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be asked for; fetch and read nothing but pages and lists.")] = False,
    delay: Annotated[float, typer.Option(min=0.0, help="Least seconds between two requests to one host.")] = 2.0,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Most seconds in which a document must have come.")] = 300.0,
    max_bytes: Annotated[int, typer.Option(min=1, help="Most bytes of a document.")] = 200_000_000,
    out: Annotated[Path, typer.Option(help="The folder for the tables; replaced as a whole.")] = Path("data/parquet"),
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Fetch what is new or changed at the sources into RAW, each file with its card, then read RAW as `ingest` does.

    Ends as `ingest` does; where that is 0 and a source could not be fetched, with 6. With 4, and nothing read, when another process is
    refreshing RAW.
    """
    from pipeline.fetch import BadSources, Busy, Settings, load
    from pipeline.fetch import refresh as fetch

    log_to_stderr(log_level)
    if raw.is_file():
        return wrong(f"{raw} is a file; documents are fetched into a folder")
    if not sources.is_file():
        return wrong(f"there is no {sources}")
    try:
        listed = load(sources)
        chosen = _chosen(listed.origins, only or [], sources)
    except BadSources as error:
        return wrong(str(error))
    settings = Settings(most_bytes=max_bytes, most_seconds=max_seconds, delay=delay, contact=listed.contact)
    try:
        done = fetch(chosen, raw, settings, dry_run=dry_run, seen=lambda one: None if quiet else _line(one))
    except Busy as error:
        return wrong(str(error), Exit.LOCKED)
    failed = _failures(done, quiet)
    if not quiet:
        typer.echo(_summary(done, sources))
    code = Exit.FINE if dry_run else ingest(raw=raw, out=out, quiet=quiet, log_level=log_level)
    return Exit.SOURCES_FAILED if failed and code == Exit.FINE else code


def _chosen(origins: Sequence[Origin], only: Sequence[str], sources: Path) -> list[Origin]:
    from pipeline.fetch import BadSources

    ids = [origin.id for origin in origins]
    if unknown := [one for one in only if one not in ids]:
        raise BadSources(f"{sources}: there is no source {', '.join(unknown)}; there are {', '.join(ids) or 'none'}")
    return [origin for origin in origins if not only or origin.id in only]


def _line(one: Fetched) -> None:
    """What became of an address; nothing of one that is as it was."""
    from pipeline.fetch import Status, shown

    if one.status is not Status.UNCHANGED:
        typer.echo("  ".join(part for part in (f"{one.status:9}", one.source, one.file or shown(one.address), one.reason) if part))


def _failures(done: Sequence[Fetched], quiet: bool) -> int:
    """How many addresses were not fetched; on standard error where their lines were not printed."""
    from pipeline.fetch import NOT_FETCHED

    failed = [one for one in done if one.status in NOT_FETCHED]
    for one in failed if quiet else ():
        typer.echo(f"yojitsu: {one.source}: {one.address}: {one.reason}", err=True)
    return len(failed)


def _summary(done: Sequence[Fetched], sources: Path) -> str:
    from pipeline.fetch import Status

    counts = Counter(one.status for one in done)
    said = "  ".join(f"{status} {counts[status]}" for status in Status if counts[status])
    return f"{'fetched':12} {said or f'nothing: {sources} lists no source'}"
