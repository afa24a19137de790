"""What tests of several packages share: small documents made on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.publish import publish, tables
from pipeline.run import cores, run
from pipeline.sources import find

ROOT = Path(__file__).parents[1]


def pdf_bytes(*lines: str) -> bytes:
    """A PDF of one page with these lines, ASCII alone. The same lines give the same bytes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for at, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * at, line)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return pdf_bytes


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """An empty folder for documents."""
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `data/parquet` holds the tables of the sample documents, read once for all tests."""
    place = tmp_path_factory.mktemp("published")
    publish(tables(run(find(ROOT / "data" / "raw").sources, cores()).outcomes), place / "data" / "parquet")
    return place
