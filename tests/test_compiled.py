"""The modules that mypyc compiles read every document as their source does, to the last bit."""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import setuptools

from tests.conftest import RAW, ROOT

COMPILER = (sysconfig.get_config_var("CC") or "cc").split()[0]
# What a build reads; the tree itself is not touched.
SOURCES = ("extractors", "pipeline", "yojitsu", "setup.py", "pyproject.toml", "README.md", "LICENSE")
# Run in a process of its own, in the folder whose modules it is to use: the rows of each document, and where the modules come from.
ROWS = """
import json, pickle, sys
from dataclasses import replace
from pathlib import Path
import extractors.glyphs, pipeline.read.letters
from extractors import extract
from pipeline.check import check
from pipeline.read import read
from pipeline.read.errors import Unreadable
from pipeline.rows import rows_of

def rows(file):
    try:
        document = read(file.read_bytes(), file.name)
    except Unreadable as error:
        return error.reason
    # As the pages of a long document come from another process.
    document = replace(document, pages=pickle.loads(pickle.dumps(document.pages, pickle.HIGHEST_PROTOCOL)))
    return rows_of(document, check(document, extract(document)), file.name)

found = {name: rows(Path(name)) for name in json.load(sys.stdin)}
print(json.dumps({"from": [extractors.glyphs.__file__, pipeline.read.letters.__file__], "rows": found}, default=str, sort_keys=True))
"""


def rows(folder: Path, files: list[Path]) -> dict[str, object]:
    environment = os.environ | {"PYTHONPATH": str(folder), "SOURCE_DATE_EPOCH": "0"}
    given = json.dumps([str(file) for file in files])
    done = subprocess.run([sys.executable, "-P", "-c", ROWS], input=given, capture_output=True, text=True, env=environment, cwd=folder, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_nothing_compiled_has_a_cached_property(monkeypatch: pytest.MonkeyPatch) -> None:
    """mypyc takes a cached property for a plain one: an index of two thousand names was made anew for each string, 400 times as slow as the source."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(setuptools, "setup", lambda **_: None)
    modules = [ROOT / path for path in runpy.run_path("setup.py")["compiled"]()]
    assert len(modules) > 50
    assert [module.name for module in modules if "cached_property" in module.read_text(encoding="utf-8")] == []


@pytest.mark.skipif(shutil.which(COMPILER) is None, reason="no C compiler")
def test_compiled_modules_give_the_same_rows(tmp_path: Path) -> None:
    """All samples and small PDFs: whole numbers where the source says decimals, or another order of a sum, would show in a box or an id."""
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "setup.py", "-q", "build_ext", "--inplace"]
    subprocess.run(command, cwd=tmp_path, env=os.environ | {"YOJITSU_COMPILED": "1"}, capture_output=True, check=True)
    files = [*RAW, *sorted((ROOT / "tests" / "pdfs").glob("*.pdf"))]
    compiled, source = rows(tmp_path, files), rows(ROOT, files)
    assert all(str(name).endswith((".so", ".pyd")) for name in compiled["from"]) and all(str(name).endswith(".py") for name in source["from"])  # type: ignore[attr-defined]
    assert compiled["rows"] == source["rows"]
