"""The command that reads documents and writes tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli.app import Exit, Level, LogLevel, Severity, app, log_to_stderr, wrong
from pipeline.cores import cores
from pipeline.ingest import Job, NoDocuments, NotWritten, Refused, ingest
from pipeline.limits import MEMORY, SECONDS, SECONDS_A_PAGE, Limits, size
from pipeline.lock import Locked
from pipeline.manifest import Manifest
from pipeline.summary import progress, summary


@app.command("ingest")
def ingest_command(
    raw: Annotated[Path, typer.Argument(help="A folder of documents, read at any depth, or one document.")] = Path("data/raw"),
    out: Annotated[Path, typer.Option(help="The folder for the tables; replaced as a whole.")] = Path("data/parquet"),
    jobs: Annotated[int | None, typer.Option(min=0, help="Worker processes; 0 reads in this process, without limits.", show_default="one a core")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    corrections: Annotated[Path, typer.Option(help="A folder of corrections, *.toml; none where it is missing.")] = Path("data/corrections"),
    store: Annotated[Path | None, typer.Option(help="The folder of what documents gave, kept between runs.", show_default="beside OUT")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read every document again, known or not.")] = False,
    time_limit: Annotated[float, typer.Option(min=0, help="Seconds that a document may take; 0 for no limit.")] = SECONDS,
    page_time_limit: Annotated[float, typer.Option(min=0, help="Seconds besides for each of its pages.")] = SECONDS_A_PAGE,
    memory_limit: Annotated[str, typer.Option(help="Memory that a worker process may take (500MiB, 2GiB); 0 for no limit.")] = f"{MEMORY >> 30}GiB",
    require: Annotated[Severity, typer.Option(help="The severity of findings from which on the command ends with 5.")] = Severity.NEVER,
    log_level: LogLevel = Level.WARNING,
) -> int:
    """Read the documents in RAW that are new or changed, and write all tables to OUT.

    Ends with 0 when all is fine, 1 for a wrong call, 2 when nothing could be read, 3 when some documents failed (the tables of the others
    are written; `documents` says why), 4 when another run writes to OUT, 5 when there are findings of the required severity or a correction
    fits no number of its document (the tables are written; `findings` says which), 7 when the tables could not be written (they are as they were).
    """
    log_to_stderr(log_level)
    if not raw.exists():
        return wrong(f"there is no {raw}")
    try:
        limits = Limits(time_limit, page_time_limit, size(memory_limit))
    except ValueError as error:
        return wrong(str(error))
    return bring_up_to_date(Job(raw, out, corrections, cores() if jobs is None else jobs, limits, store, fresh), require, quiet)


def bring_up_to_date(job: Job, require: Severity, quiet: bool) -> int:
    """Run the job, say what came of it, and give the exit code."""
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
    if not quiet:
        summary(console, done, job.out)
    return _ending(done.manifest, require)


def _ending(said: Manifest, require: Severity) -> int:
    """What failed weighs more than what does not add up: numbers are missing then."""
    if set(said.statuses) == {"failed"}:
        return Exit.NOTHING_READ
    if "failed" in said.statuses:
        return Exit.SOME_FAILED
    if said.unmatched:
        return wrong(f"{said.unmatched} corrections fit no number; `yojitsu findings --rule correction_unmatched` says which", Exit.CHECKS_FAILED)
    heavy = {name: count for name, count in said.severities.items() if name in require.and_heavier}
    if heavy:
        counts = ", ".join(f"{count} of severity {name}" for name, count in sorted(heavy.items()))
        return wrong(f"there are findings: {counts}; `yojitsu findings --severity {require}` prints them", Exit.CHECKS_FAILED)
    return Exit.FINE
