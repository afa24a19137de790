"""A small folder of documents with what a page can go wrong at, its tables with a finding, and what a written page's scripts hold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.cli import main
from pipeline.schema import TABLES
from tests.pipeline.read.variants import small

# A name that would run as a script, a range (two facts in one place), a character of two UTF-16 units before a number, and numerals of no fact.
HOSTILE = "</script><img src=x onerror=alert(2)>"
TEXT = f"""# 令和6年度 事業計画

| 指標 | 令和6年度目標 | 令和6年度実績 |
| --- | --- | --- |
| 相談件数<script>alert(1)</script> | 120件 | 98件 |
| {HOSTILE} | 3～5回 | 4回 |

電話 03-1234-5678、第3条。𠮷野の講座（𠮷）参加者数は 令和6年度目標 1,000人 です。
"""


def documents(raw: Path) -> None:
    """`sheet.pdf` with facts of all kinds, `plan.md` with hostile text, `zero.pdf` that cannot be read."""
    (raw / "sheet.pdf").write_bytes(small("sheet_bands"))
    (raw / "plan.md").write_text(TEXT, encoding="utf-8")
    (raw / "zero.pdf").write_bytes(b"")


def ingested(raw: Path, out: Path) -> None:
    main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"])


def with_finding(out: Path, source_name: str) -> dict[str, Any]:
    """Adds a finding about the first two facts of a document to its tables; the finding."""
    facts = [row for table in ("targets", "actuals") for row in pq.read_table(out / table).to_pylist() if row["source_name"] == source_name][:2]
    finding = {
        "finding_id": "n_0123456789abcdef",
        "document_id": facts[0]["document_id"],
        "page": facts[0]["page"],
        "line": facts[0]["line"],
        "rule": "rate",
        "severity": "warning",
        "message": "達成率が <b>合いません</b>。",
        "stated": "88.8%",
        "expected": "89.2%",
        "fact_ids": [row["fact_id"] for row in facts],
    }
    shutil.rmtree(out / "findings")
    (out / "findings").mkdir()
    pq.write_table(TABLES["findings"].rows([finding]), out / "findings" / "part-0.parquet")
    return finding


def written(raw: Path, out: Path, folder: Path, *more: str) -> int:
    return main(["review", str(out), "--raw", str(raw), "--out", str(folder), "--jobs", "0", "--quiet", *more])


def handed_over(script: Path) -> Any:
    """What a data script hands to the page."""
    text = script.read_text(encoding="utf-8")
    assert text.startswith("yojitsu.loaded(") and text.endswith(");\n")
    return json.loads(text.partition(", ")[2].removesuffix(");\n"))


def of(folder: Path, source_name: str) -> Any:
    """What the page knows of one document."""
    overview = handed_over(folder / "documents.js")
    (document_id,) = [row["document_id"] for row in overview["documents"] if row["source_name"] == source_name]
    return handed_over(folder / "data" / f"{document_id}.js")


def rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
