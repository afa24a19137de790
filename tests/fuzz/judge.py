"""What must hold of the outcome of any file at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.rows import Outcome
from pipeline.schema import FACT_TABLES, TABLES
from pipeline.sources import Source
from pipeline.work import work

STATUSES = {"ok", "partial", "needs_ocr", "failed"}
# The sentence of a fault that nobody foresaw.
UNFORESEEN = "予期しない"


def judged(data: bytes, name: str) -> list[str]:
    """What is wrong with the outcome of a file with these bytes: nothing, where all is well."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        return faults_of(work(Source(name, file)))


def faults_of(outcome: Outcome) -> list[str]:
    row, rows = outcome.document, outcome.as_rows()
    status, reason = row["status"], row["reason"]
    faults = [f"status {status}"] if status not in STATUSES else []
    if (status == "ok") != (reason is None) or (reason is not None and not reason.endswith("。") and UNFORESEEN not in reason):
        faults.append(f"{status} with reason {reason}")
    if reason is not None and UNFORESEEN in reason:
        faults.append(reason)
    if status in {"failed", "needs_ocr"} and any(rows.get(table) for table in FACT_TABLES):
        faults.append(f"{status} with facts")
    if status != "failed" and any(row[table] != len(rows[table]) for table in (*FACT_TABLES, "unclaimed")):
        faults.append("counts that are not those of the rows")
    for table, some in rows.items():
        TABLES[table].rows_of_document(some)
    return faults
