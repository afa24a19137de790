"""What a person sees while documents are read, and at the end."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.log import is_json
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


def summary(console: Console, tables: Mapping[str, pa.Table], out: Path, passed_over: int) -> None:
    """Documents by status, rows by table, findings by severity, every document that is not `ok` with its reason, and where the tables lie.

    One record without the documents, which have their own, where the log is JSON.
    """
    documents = tables["documents"].to_pylist()
    statuses = Counter(row["status"] for row in documents)
    severities = Counter(tables["findings"].column("severity").to_pylist())
    if is_json():
        counts = {"documents": statuses, "rows": {name: table.num_rows for name, table in tables.items()}, "findings": severities}
        LOG.info("written", extra={**counts, "passed_over": passed_over, "tables": str(out)})
        return
    lines = {
        "documents": Text("  ").join(Text(f"{status} {statuses[status]}", colour) for status, colour in STATUSES.items() if statuses[status]),
        "rows": Text("  ".join(f"{name} {tables[name].num_rows:,}" for name in tables if name not in ("documents", "findings"))),
        "findings": Text("  ".join(f"{name} {severities[name]:,}" for name in ("error", "warning", "info") if severities[name]) or "none"),
        "passed over": Text(f"{passed_over} other files (cards, notes, data)" if passed_over else ""),
        "tables": Text(str(out)),
    }
    for name, line in lines.items():
        if line:
            console.print(Text.assemble((f"{name:12} ", "bold"), line), soft_wrap=True)
    for row in documents:
        if row["status"] != "ok":
            console.print(Text.assemble((f"{row['status']:9} ", STATUSES[row["status"]]), row["source_path"], "  ", row["reason"] or ""), soft_wrap=True)
