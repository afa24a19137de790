"""Every notebook runs from top to bottom over the sample documents, as Jupyter would run it, and its plots know every character that they print."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import jupytext
import nbclient
import pytest
from PIL import Image

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
# How many pictures each shows.
PICTURES = {"1_first_look": 1, "2_missed_targets": 1, "3_over_years": 1, "4_checking_a_number": 1}


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_the_notebook_runs_and_shows_its_pictures(file: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOJITSU_RAW", str(ROOT / "data" / "raw"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = jupytext.read(file)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(published)}}).execute()
    said = outputs(notebook)
    # A font that lacks a character says so on standard error, and draws a box.
    assert [output.text for output in said if output.get("name") == "stderr"] == []
    pictures = [Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))) for output in said if "image/png" in output.get("data", {})]
    assert len(pictures) == PICTURES[file.stem]
    assert all(len(picture.convert("L").getcolors(256) or range(257)) > 8 for picture in pictures), "more than a blank page"
