"""The programs that make the PDFs: LibreOffice, Chromium. Their clocks are turned back so that a build can be repeated."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

MADE = "20261121090000"  # the date in every PDF's metadata, whenever it is built


class ProducerError(Exception):
    """A producer is not installed, or did not write its PDF."""


def libreoffice(source: Path, target: Path) -> None:
    """A docx, xlsx or pptx file to PDF through LibreOffice without a window. Raises ProducerError."""
    with tempfile.TemporaryDirectory() as room:
        _run(["soffice", "--headless", f"-env:UserInstallation=file://{room}/profile", "--convert-to", "pdf", "--outdir", room, str(source)])
        _take(Path(room) / f"{source.stem}.pdf", target)


def chromium(source: Path, target: Path) -> None:
    """An HTML file to PDF as Chromium prints it. Raises ProducerError."""
    with tempfile.TemporaryDirectory() as room:
        made = Path(room) / "out.pdf"
        quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        shape = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={room}/profile", "--no-pdf-header-footer"]
        _run(["chromium", *shape, *quiet, f"--print-to-pdf={made}", source.resolve().as_uri()])
        _take(made, target)


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise ProducerError(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "TZ": "Asia/Tokyo"})
    if done.returncode:
        raise ProducerError(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")


def _take(made: Path, target: Path) -> None:
    if not made.exists():
        raise ProducerError(f"{made.name} was not written")
    target.write_bytes(settle(made.read_bytes()))


def settle(pdf: bytes) -> bytes:
    """The PDF with MADE for its dates and zeros for its file identifier, each in as many bytes as before so that no offset moves."""
    pdf = re.sub(rb"(?<=\(D:)\d{14}", MADE.encode(), pdf)
    pdf = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, pdf)
    return re.sub(rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]", lambda match: re.sub(rb"<[0-9A-Fa-f]+>", _zeros, match[0]), pdf)


def _zeros(match: re.Match[bytes]) -> bytes:
    return b"<" + b"0" * (len(match[0]) - 2) + b">"
