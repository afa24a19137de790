"""The command that reads documents and writes tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rich.console import Console

from pipeline.cli.app import Exit, LogFormat, LogLevel, app, log_to_stderr, wrong
from pipeline.cli.options import argument, option
from pipeline.corrections import BadCorrection, apply
from pipeline.corrections import load as load_corrections
from pipeline.log import is_json
from pipeline.publish import publish, tables
from pipeline.run import cores, run
from pipeline.schema import TABLES
from pipeline.settings import CORRECTIONS, JOBS, LOG_FORMAT, LOG_LEVEL, OUT, QUIET, RAW
from pipeline.sources import find
from pipeline.summary import progress, summary
from pipeline.swap import Foreign, check_own


@app.command()
def ingest(
    raw: Annotated[Path, argument(RAW)] = RAW.default,
    out: Annotated[Path, option(OUT)] = OUT.default,
    jobs: Annotated[int | None, option(JOBS)] = JOBS.default,
    quiet: Annotated[bool, option(QUIET)] = QUIET.default,
    corrections: Annotated[Path, option(CORRECTIONS)] = CORRECTIONS.default,
    log_level: LogLevel = LOG_LEVEL.default,
    log_format: LogFormat = LOG_FORMAT.default,
) -> int:
    """Read every document in RAW and write all tables to OUT.

    Ends with 0 when all is fine, 1 for a wrong call, 2 when nothing could be read, 3 when some documents failed
    (the tables of the others are written; `documents` says why), 5 when a correction fits no number of its document (the tables are
    written; `findings` says which).
    """
    log_to_stderr(log_level, log_format)
    if not raw.exists():
        return wrong(f"there is no {raw}")
    try:
        check_own(out, TABLES)
        mended = load_corrections(corrections)
    except (Foreign, BadCorrection) as error:
        return wrong(str(error))
    found = find(raw, leave_out=out)
    if not found.sources:
        return wrong(f"no document in {raw}", Exit.NOTHING_READ)
    console = Console()
    with progress(console, len(found.sources), quiet) as seen:
        result = run(found.sources, cores() if jobs is None else jobs, seen=seen)
    unmatched = apply(result.outcomes, mended)
    written = tables(result.outcomes)
    publish(written, out)
    if is_json() or not quiet:
        summary(console, written, out, found.passed_over)
    statuses = written["documents"].column("status").to_pylist()
    if unmatched:
        return wrong(f"{unmatched} corrections fit no number; `yojitsu findings --rule correction_unmatched` says which", Exit.CHECKS_FAILED)
    if "failed" not in statuses:
        return Exit.FINE
    return Exit.NOTHING_READ if set(statuses) == {"failed"} else Exit.SOME_FAILED
