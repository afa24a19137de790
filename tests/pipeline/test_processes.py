"""What a process imports before it works, and what it does without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAKES_A_TABLE = """
import sys
from pipeline.cores import import_arrow_alone, tell_arrow_of_no_pandas
alone = bool(sys.argv[1:])
if alone:
    import_arrow_alone()
tell_arrow_of_no_pandas()
import pyarrow
import datetime
pyarrow.table({"a": [1, None], "b": [["x"], []]})
pyarrow.array([datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)], pyarrow.timestamp("us", "UTC")).to_pylist()
assert "pandas" not in sys.modules and alone == ("numpy" not in sys.modules)
if not alone:
    import pandas
    assert pandas.DataFrame({"a": [1]}).a[0] == 1
"""


@pytest.mark.parametrize("alone", [[], ["without NumPy"]])
def test_arrow_makes_tables_without_pandas_and_others_may_import_it(alone: list[str]) -> None:
    subprocess.run([sys.executable, "-c", MAKES_A_TABLE, *alone], cwd=ROOT, check=True)


def test_a_run_imports_no_pandas_in_any_of_its_processes(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").write_text("件数 目標10 実績9\n", encoding="utf-8")
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "ingest", str(raw), "--out", str(tmp_path / "out"), "--jobs", "2", "--quiet"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    imported = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time")}
    assert {"pyarrow", "pipeline.work"} <= imported
    assert not {name for name in imported if name.startswith("pandas.")}


def test_workers_import_no_numpy_and_nothing_of_the_command() -> None:
    told = "import sys, pipeline.preload, pipeline.__main__; print([name for name in ('numpy', 'pandas', 'typer', 'pipeline.cli') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]\n"
