"""Files and disks that change under the hands of a run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from pipeline.cli import Exit, main
from pipeline.sources import find
from pipeline.work import work
from tests.bad.kinds import TEXT
from tests.conftest import ROOT
from tests.pipeline.made import put

# Bytes that a file may grow to: less than the smallest table takes, as on a full disk.
FULL = 1024


def test_a_file_that_vanishes_between_listing_and_reading_has_a_row(raw: Path) -> None:
    put(raw, a=TEXT)
    (source,) = find(raw).sources
    source.file.unlink()
    row = work(source).document
    assert row["status"] == "failed" and row["reason"].startswith("ファイルを開けません")


def _small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))


def test_a_disk_that_fills_up_while_publishing_leaves_the_tables_as_they_were(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(raw, a=TEXT)
    assert main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]) == Exit.FINE
    before = {path: path.read_bytes() for path in out.rglob("*.parquet")}
    put(raw, b=TEXT * 3)
    command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=_small_disk, capture_output=True, text=True, check=False)
    assert done.returncode == Exit.NOT_WRITTEN, done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in out.rglob("*.parquet")} == before
    assert main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]) == Exit.FINE
    assert {path: path.read_bytes() for path in out.rglob("*.parquet")} != before


def test_a_file_that_may_not_be_read_has_a_row(raw: Path) -> None:
    put(raw, a=TEXT)
    (source,) = find(raw).sources
    source.file.chmod(0)
    before = os.geteuid()
    if before == 0:
        # root may read everything; nobody may not.
        os.seteuid(65534)
    try:
        row = work(source).document
    finally:
        os.seteuid(before)
    assert row["status"] == "failed" and row["reason"].startswith("ファイルを開けません")
