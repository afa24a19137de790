"""Every notebook runs from top to bottom over the sample documents, as Jupyter would run it, and its plots know every character that they print."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import jupytext
import nbclient
import nbformat
import pytest
from PIL import Image

from pipeline.cli import Exit, main
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
# How many pictures each shows.
PICTURES = {"1_first_look": 1, "2_missed_targets": 1, "3_over_years": 1, "4_checking_a_number": 1}


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def executed(file: Path, place: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> list[Any]:
    """What the notebook's cells show where `place` holds the tables, and what cells with the code `more` behind them do."""
    monkeypatch.setenv("YOJITSU_RAW", str(raw))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = jupytext.read(file)
    notebook.cells += [nbformat.v4.new_code_cell(code) for code in more]
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(place)}}).execute()
    return outputs(notebook)


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_the_notebook_runs_and_shows_its_pictures(file: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = executed(file, published, ROOT / "data" / "raw", monkeypatch)
    # A font that lacks a character says so on standard error, and draws a box.
    assert [output.text for output in said if output.get("name") == "stderr"] == []
    pictures = [Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))) for output in said if "image/png" in output.get("data", {})]
    assert len(pictures) == PICTURES[file.stem]
    assert all(len(picture.convert("L").getcolors(256) or range(257)) > 8 for picture in pictures), "more than a blank page"


def test_a_number_that_was_revised_is_marked_with_what_was_stated_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = ROOT / "docs" / "example" / "this_year", tmp_path / "data" / "parquet"
    # One of the example's documents is a scan, which cannot be read.
    assert main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]) == Exit.SOME_FAILED
    marks = "print([text.get_text() for axes in draw(chosen).axes for text in axes.texts if '当初' in text.get_text()])"
    said = executed(ROOT / "notebooks" / "3_over_years.py", tmp_path, raw, monkeypatch, marks)
    printed = "".join(output.text for output in said if output.get("name") == "stdout")
    assert "＊実績 当初 58.7" in printed and "＊目標 当初 60" in printed
