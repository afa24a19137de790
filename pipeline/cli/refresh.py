"""The command that fetches what is new or changed at the sources, and reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.app import Exit, LogFormat, LogLevel, app, log_to_stderr, wrong
from pipeline.cli.ingest import attempted, ending, half_a_cluster
from pipeline.cli.options import argument, option
from pipeline.cores import cores
from pipeline.ingest import Job
from pipeline.limits import Limits
from pipeline.log import is_json
from pipeline.remote import Remote
from pipeline.settings import (
    ALIASES,
    CORRECTIONS,
    DELAY,
    ENGINE,
    JOBS,
    LOG_FORMAT,
    LOG_LEVEL,
    MAX_BYTES,
    MAX_SECONDS,
    MEMORY_LIMIT,
    OUT,
    PAGE_TIME_LIMIT,
    PUBLISH_TO,
    QUIET,
    RAW,
    REPORTS,
    REQUIRE,
    RETRIES,
    SCHEDULER,
    SOURCES,
    STORE,
    TIME_LIMIT,
    Severity,
)

if TYPE_CHECKING:
    from pipeline.fetch import Fetched, Origin


@app.command()
def refresh(
    raw: Annotated[Any, argument(RAW)] = RAW.default,
    out: Annotated[Path, option(OUT)] = OUT.default,
    sources: Annotated[Path, option(SOURCES)] = SOURCES.default,
    only: Annotated[list[str] | None, typer.Option(help="Fetch from the source with this id alone; may be given several times.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be asked for; fetch and read nothing but pages and lists.")] = False,
    delay: Annotated[float, option(DELAY)] = DELAY.default,
    max_seconds: Annotated[float, option(MAX_SECONDS)] = MAX_SECONDS.default,
    max_bytes: Annotated[int, option(MAX_BYTES)] = MAX_BYTES.default,
    retries: Annotated[int, option(RETRIES)] = RETRIES.default,
    corrections: Annotated[Path, option(CORRECTIONS)] = CORRECTIONS.default,
    aliases: Annotated[Path, option(ALIASES)] = ALIASES.default,
    publish_to: Annotated[Any, option(PUBLISH_TO)] = PUBLISH_TO.default,
    store: Annotated[Any, option(STORE)] = STORE.default,
    jobs: Annotated[int | None, option(JOBS)] = JOBS.default,
    engine: Annotated[Any, option(ENGINE)] = ENGINE.default,
    scheduler: Annotated[str | None, option(SCHEDULER)] = SCHEDULER.default,
    time_limit: Annotated[float, option(TIME_LIMIT)] = TIME_LIMIT.default,
    page_time_limit: Annotated[float, option(PAGE_TIME_LIMIT)] = PAGE_TIME_LIMIT.default,
    memory_limit: Annotated[int, option(MEMORY_LIMIT)] = MEMORY_LIMIT.default,
    require: Annotated[Severity, option(REQUIRE)] = REQUIRE.default,
    reports: Annotated[Path, option(REPORTS)] = REPORTS.default,
    quiet: Annotated[bool, option(QUIET)] = QUIET.default,
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Fetch what is new or changed at the sources into RAW, each file with its card, then read RAW as `ingest` does.

    Ends as `ingest` does; where that is 0 and a source could not be fetched, with 6. With 4, and nothing read, when another process is
    refreshing RAW.
    """
    log_to_stderr(log_level, log_format)
    silent = quiet or is_json()
    if isinstance(raw, Remote):
        return wrong(f"{raw} is on storage; documents are fetched into a folder of this machine")
    if raw.is_file():
        return wrong(f"{raw} is a file; documents are fetched into a folder")
    if unfit := half_a_cluster(engine, scheduler):
        return wrong(unfit)
    done = _fetched(raw, sources, only or [], dry_run, silent, {"most_bytes": max_bytes, "most_seconds": max_seconds, "delay": delay, "attempts": retries + 1})
    if isinstance(done, Exit):
        return done
    failed = _failures(done, silent)
    limits = Limits(time_limit, page_time_limit, memory_limit)
    job = Job(raw, out, corrections, cores() if jobs is None else jobs, limits, store, aliases=aliases, scheduler=scheduler, publish_to=publish_to)
    code = Exit.FINE if dry_run else _read(job, require, quiet, done, reports)
    return Exit.SOURCES_FAILED if failed and code == Exit.FINE else code


def _read(job: Job, require: Severity, quiet: bool, fetched: list[Fetched], reports: Path) -> Exit:
    """Bring the tables up to date, and write what changed into the folder of reports."""
    from pipeline.changes import NoTables, compare, write_report

    read = attempted(job, quiet)
    changes = None if isinstance(read, Exit) else read.changes
    try:
        # Against itself: nothing changed, and the report says what there is.
        changes = changes or compare(job.out, job.out)
    except NoTables:
        # OUT was refused for what it holds; what was fetched is reported all the same.
        changes = compare(None, None)
    try:
        report = write_report(changes, fetched, reports)
    except OSError as error:
        return wrong(f"the report could not be written: {error}", Exit.NOT_WRITTEN)
    if not quiet and not is_json():
        typer.echo(f"{'report':12} {report}")
    return read if isinstance(read, Exit) else ending(read.manifest, require)


def _fetched(raw: Path, sources: Path, only: Sequence[str], dry_run: bool, silent: bool, limits: dict[str, Any]) -> Exit | list[Fetched]:
    """What became of every address; the exit code where nothing could be asked for."""
    from pipeline.fetch import BadSources, Busy, Settings, load
    from pipeline.fetch import refresh as fetch

    if not sources.is_file():
        return wrong(f"there is no {sources}")
    try:
        listed = load(sources)
        chosen = _chosen(listed.origins, only, sources)
        done = fetch(chosen, raw, Settings(contact=listed.contact, **limits), dry_run=dry_run, seen=lambda one: None if silent else _line(one))
    except BadSources as error:
        return wrong(str(error))
    except Busy as error:
        return wrong(str(error), Exit.LOCKED)
    if not silent:
        typer.echo(_summary(done, sources))
    return done


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
        wrong(f"{one.source}: {one.address}: {one.reason}")
    return len(failed)


def _summary(done: Sequence[Fetched], sources: Path) -> str:
    from pipeline.fetch import Status

    counts = Counter(one.status for one in done)
    said = "  ".join(f"{status} {counts[status]}" for status in Status if counts[status])
    return f"{'fetched':12} {said or f'nothing: {sources} lists no source'}"
