"""What tests of several packages share: small documents made on the spot."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import extract
from extractors.vocabulary import Document, Extraction
from pipeline.cores import cores
from pipeline.ingest import Job, ingest
from pipeline.read import read
from pipeline.settings import FILE_VARIABLE, PREFIX

ROOT = Path(__file__).parents[1]
RAW = sorted((ROOT / "data" / "raw").glob("*.pdf"))


class Sample(NamedTuple):
    """A sample document as read and as extracted."""

    document: Document
    extraction: Extraction


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate-golden", action="store_true", help="write tests/golden/*.csv anew from what extraction gives now")


def pdf_bytes(*lines: str) -> bytes:
    """A PDF of one page with these lines, ASCII alone. The same lines give the same bytes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for at, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * at, line)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests, in the environment or in a yojitsu.toml of the checkout, are not the tests'."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv(FILE_VARIABLE, os.devnull)


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
    ingest(Job(ROOT / "data" / "raw", place / "data" / "parquet", ROOT / "data" / "corrections", cores()), lambda total: nullcontext(lambda outcome: None))
    return place


@pytest.fixture(scope="session")
def samples() -> dict[str, Sample]:
    """The sample PDFs by stem, read and extracted once for all tests."""
    documents = {path.stem: read(path.read_bytes(), path.name) for path in RAW}
    return {stem: Sample(document, extract(document)) for stem, document in documents.items()}
