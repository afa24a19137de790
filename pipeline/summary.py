"""What a person sees while documents are read, and at the end."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.ingest import Done
from pipeline.log import is_json

if TYPE_CHECKING:
    from pipeline.rows import Outcome

LOG = logging.getLogger(__name__)

STATUSES = {"ok": "green", "partial": "yellow", "needs_ocr": "yellow", "failed": "red"}


@contextmanager
def progress(console: Console, total: int, quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """A function to call after each document: it moves a bar on a terminal, prints a line elsewhere, and does nothing when quiet.

    Where the log is JSON it logs a record instead: both streams may end in the same journal.
    """
    if is_json():
        yield _logged
    elif quiet:
        yield lambda outcome: None
    elif console.is_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("reading", total=total)
            yield lambda outcome: bar.update(task, advance=1, description=_short(str(outcome.document["source_name"])))
    else:
        done = Counter[str]()

        def line(outcome: Outcome) -> None:
            done["documents"] += 1
            console.print(Text(f"[{done['documents']}/{total}] {outcome.document['status']:9} {outcome.document['source_path']}"), soft_wrap=True)

        yield line


def _logged(outcome: Outcome) -> None:
    document = outcome.document
    LOG.info("read", extra={"document": document["source_path"], "status": document["status"], "reason": document["reason"]})


def _short(name: str, most: int = 32) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def summary(console: Console, done: Done, out: Path) -> None:
    """Documents by status, rows by table, findings by severity, every document that is not `ok` with its reason, and where the tables lie.

    One record without the documents, which have their own, where the log is JSON.
    """
    said = done.manifest
    total = sum(said.statuses.values())
    if is_json():
        counts = {"documents": said.statuses, "read": done.read, "rows": said.rows, "findings": said.severities}
        LOG.info("written", extra={**counts, "passed_over": done.found.passed_over, "tables": str(out)})
        return
    lines = {
        "documents": Text("  ").join(Text(f"{status} {said.statuses[status]}", colour) for status, colour in STATUSES.items() if said.statuses.get(status)),
        "superseded": Text(f"{said.superseded} documents, by a newer edition of each" if said.superseded else ""),
        "read": Text("nothing new" if not done.published else f"{done.read} of {total}, the others were known" if done.read < total else ""),
        "rows": Text("  ".join(f"{name} {count:,}" for name, count in said.rows.items() if name not in ("documents", "findings"))),
        "findings": Text("  ".join(f"{name} {said.severities[name]:,}" for name in ("error", "warning", "info") if said.severities.get(name)) or "none"),
        "passed over": Text(f"{done.found.passed_over} other files (cards, notes, data)" if done.found.passed_over else ""),
        "tables": Text(str(out)),
    }
    for name, line in lines.items():
        if line:
            console.print(Text.assemble((f"{name:12} ", "bold"), line), soft_wrap=True)
    for row in _not_ok(done, out):
        console.print(Text.assemble((f"{row['status']:9} ", STATUSES[row["status"]]), row["source_path"], "  ", row["reason"] or ""), soft_wrap=True)


def _not_ok(done: Done, out: Path) -> list[dict[str, Any]]:
    if set(done.manifest.statuses) <= {"ok"}:
        return []
    # Imported here: a night with nothing new and all well needs no Arrow.
    import pyarrow.parquet as pq

    documents = pq.read_table(out / "documents", columns=["status", "source_path", "reason"])
    return [row for row in documents.to_pylist() if row["status"] != "ok"]
