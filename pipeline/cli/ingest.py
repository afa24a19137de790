"""The command that reads documents and writes tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from pipeline.cli.app import Exit, LogFormat, LogLevel, app, log_to_stderr, wrong
from pipeline.cli.options import argument, option
from pipeline.cores import cores
from pipeline.ingest import Done, Job, NoDocuments, NotWritten, Refused, ingest
from pipeline.limits import Limits
from pipeline.lock import Locked
from pipeline.log import is_json
from pipeline.manifest import Manifest
from pipeline.settings import (
    ALIASES,
    CORRECTIONS,
    ENGINE,
    JOBS,
    LOG_FORMAT,
    LOG_LEVEL,
    MEMORY_LIMIT,
    OUT,
    PAGE_TIME_LIMIT,
    PUBLISH_TO,
    QUIET,
    RAW,
    REQUIRE,
    SCHEDULER,
    STORE,
    TIME_LIMIT,
    Engine,
    Severity,
)
from pipeline.summary import progress, summary

if TYPE_CHECKING:
    from pipeline.changes import Changes


@app.command("ingest")
def ingest_command(
    raw: Annotated[Any, argument(RAW)] = RAW.default,
    out: Annotated[Path, option(OUT)] = OUT.default,
    jobs: Annotated[int | None, option(JOBS)] = JOBS.default,
    quiet: Annotated[bool, option(QUIET)] = QUIET.default,
    corrections: Annotated[Path, option(CORRECTIONS)] = CORRECTIONS.default,
    aliases: Annotated[Path, option(ALIASES)] = ALIASES.default,
    publish_to: Annotated[Any, option(PUBLISH_TO)] = PUBLISH_TO.default,
    store: Annotated[Any, option(STORE)] = STORE.default,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read every document again, known or not.")] = False,
    engine: Annotated[Any, option(ENGINE)] = ENGINE.default,
    scheduler: Annotated[str | None, option(SCHEDULER)] = SCHEDULER.default,
    time_limit: Annotated[float, option(TIME_LIMIT)] = TIME_LIMIT.default,
    page_time_limit: Annotated[float, option(PAGE_TIME_LIMIT)] = PAGE_TIME_LIMIT.default,
    memory_limit: Annotated[int, option(MEMORY_LIMIT)] = MEMORY_LIMIT.default,
    require: Annotated[Severity, option(REQUIRE)] = REQUIRE.default,
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Read the documents in RAW that are new or changed, and write all tables to OUT.

    Ends with 0 when all is fine, 1 for a wrong call, 2 when nothing could be read, 3 when some documents failed (the tables of the others
    are written; `documents` says why), 4 when another run writes to OUT, 5 when there are findings of the required severity or a correction
    or alias fits nothing (the tables are written; `findings` says which), 7 when the tables could not be written (they are as they were).
    """
    log_to_stderr(log_level, log_format)
    if isinstance(raw, Path) and not raw.exists():
        return wrong(f"there is no {raw}")
    if unfit := half_a_cluster(engine, scheduler):
        return wrong(unfit)
    limits = Limits(time_limit, page_time_limit, memory_limit)
    return bring_up_to_date(Job(raw, out, corrections, cores() if jobs is None else jobs, limits, store, fresh, aliases, scheduler, publish_to), require, quiet)


def half_a_cluster(engine: Engine, scheduler: str | None) -> str | None:
    """What is wrong where only one of the two settings of a cluster is given."""
    whole = (engine is Engine.DASK) == (scheduler is not None)
    return None if whole else "engine dask and the address of its scheduler go together: set both or none"


def bring_up_to_date(job: Job, require: Severity, quiet: bool) -> int:
    """Run the job, say what came of it, and give the exit code."""
    done = attempted(job, quiet)
    return done if isinstance(done, int) else ending(done.manifest, require)


def attempted(job: Job, quiet: bool) -> Done | Exit:
    """Run the job and say what came of it; the exit code where it came to nothing."""
    console = Console()
    try:
        done = ingest(job, lambda total: progress(console, total, quiet))
    except Refused as error:
        return wrong(str(error))
    except NoDocuments as error:
        return wrong(str(error), Exit.NOTHING_READ)
    except Locked as error:
        return wrong(str(error), Exit.LOCKED)
    except NotWritten as error:
        return wrong(str(error), Exit.NOT_WRITTEN)
    if is_json() or not quiet:
        summary(console, done, job.out)
    if done.changes and not done.first and not quiet and not is_json():
        _print_changes(console, done.changes)
    return done


def _print_changes(console: Console, changes: Changes) -> None:
    from pipeline.changes.digest import LIMIT
    from pipeline.changes.render import terminal

    console.print()
    for line in terminal(changes, limit=LIMIT):
        console.print(line, soft_wrap=True)


def ending(said: Manifest, require: Severity) -> Exit:
    """What failed weighs more than what does not add up: numbers are missing then."""
    if set(said.statuses) == {"failed"}:
        return Exit.NOTHING_READ
    if "failed" in said.statuses:
        return Exit.SOME_FAILED
    if said.unmatched:
        return wrong(f"{said.unmatched} corrections or aliases fit nothing; `yojitsu findings --severity error` says which", Exit.CHECKS_FAILED)
    heavy = {name: count for name, count in said.severities.items() if name in require.and_heavier}
    if heavy:
        counts = ", ".join(f"{count} of severity {name}" for name, count in sorted(heavy.items()))
        return wrong(f"there are findings: {counts}; `yojitsu findings --severity {require}` prints them", Exit.CHECKS_FAILED)
    return Exit.FINE
