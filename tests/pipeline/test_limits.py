"""A document that hangs, swells or cannot be kept, in real worker processes."""

from __future__ import annotations

import errno
import os
import re
import resource
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from extractors.vocabulary import Document, Extraction
from pipeline.cli import Exit, main
from pipeline.limits import MIB, Limits, reason_of_death
from pipeline.rows import Outcome
from pipeline.sources import Source
from pipeline.work import work
from tests.conftest import ROOT
from tests.pipeline.made import extract_words, outcomes, put, run_in

LIMITS = Limits(seconds=1, seconds_a_page=0, memory=600 * MIB)


def hang_or_swell(source: Source) -> Outcome:
    """As `work_with_words`, but a document called `hang` never ends, and one called `swell` takes ever more memory."""
    return work(source, partial(_extract, source.name))


def _extract(name: str, document: Document) -> Extraction:
    if name.startswith("hang"):
        # A search that never ends within one call of C, where no handler of Python runs.
        re.match(r"(a+)+$", "a" * 60 + "b")
    taken = []
    while name.startswith("swell"):
        taken.append(bytearray(16 * MIB))
    return extract_words(document)


def test_a_document_over_its_time_fails_with_a_reason_and_alone(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1", hang="件数 目標2", z="件数 目標3")
    result = run_in(raw, tmp_path, 2, hang_or_swell, limits=LIMITS)
    found = {outcome.document["source_name"]: outcome.document for outcome in outcomes(result)}
    assert {name: row["status"] for name, row in found.items()} == {"a.txt": "ok", "hang.txt": "failed", "z.txt": "ok"}
    assert "制限時間 (1秒と1ページにつき0秒)" in found["hang.txt"]["reason"]
    assert found["hang.txt"]["bytes"] == len("件数 目標2".encode()), "its bytes are known though it was not read"


def test_a_document_over_its_memory_fails_with_a_reason_and_alone(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1", swell="件数 目標2", z="件数 目標3")
    result = run_in(raw, tmp_path, 1, hang_or_swell, limits=replace(LIMITS, seconds=60))
    found = {outcome.document["source_name"]: outcome.document for outcome in outcomes(result)}
    assert {name: row["status"] for name, row in found.items()} == {"a.txt": "ok", "swell.txt": "failed", "z.txt": "ok"}
    assert "メモリの上限" in found["swell.txt"]["reason"]


def test_a_disk_that_is_full_ends_the_run_with_7_and_leaves_the_tables(raw: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: writing fails in the same place with another errno."""
    put(raw, a="| 指標 | 令和6年度目標 |\n|---|---|\n| 参加者数 | 10人 |\n")
    out = tmp_path / "out"
    assert main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]) == Exit.FINE
    before = {file: file.read_bytes() for file in out.rglob("*.parquet")}
    put(raw, b="| 指標 | 令和6年度目標 |\n|---|---|\n" + "".join(f"| {chr(0x4E00 + n)}の参加者数 | {n}人 |\n" for n in range(300)))
    for jobs in ("0", "1"):
        command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--out", str(out), "--jobs", jobs, "--quiet"]
        full = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=_small_files)
        assert full.returncode == Exit.NOT_WRITTEN == 7, full.stderr
        assert "the tables are as they were" in full.stderr
        assert os.strerror(errno.EFBIG) in full.stderr
        assert {file: file.read_bytes() for file in out.rglob("*.parquet")} == before
    assert main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]) == Exit.FINE
    assert len(pd.read_parquet(out / "targets")) == 301


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))


def test_only_an_alarm_is_a_matter_of_time() -> None:
    assert "制限時間" in reason_of_death(-14, LIMITS)
    assert all("制限時間" not in reason_of_death(code, LIMITS) for code in (None, 1, -9, -11))
