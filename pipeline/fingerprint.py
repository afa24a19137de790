"""Which code and data read a document: what was read by other code is read again, what was read by this code is not."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HOUSE = Path(__file__).parents[1]

# What decides the rows of one document: a change anywhere else need not cost a new reading. A test holds the list against the imports.
READING = (
    "extractors",
    *("pipeline/__init__.py", "pipeline/limits.py", "pipeline/media.py", "pipeline/packing.py", "pipeline/read", "pipeline/check"),
    *("pipeline/rows.py", "pipeline/schema.py", "pipeline/schema.toml", "pipeline/sources.py", "pipeline/work.py"),
)
# The libraries behind it, by the names of their distributions: another release may read another way.
LIBRARIES = (
    *("charset-normalizer", "japanera", "pdfminer.six", "pdfplumber", "pikepdf", "pyarrow", "pypdfium2"),
    *("rapidfuzz", "regex", "SudachiDict-core", "SudachiPy"),
)
# What Python, a compiler and editors leave beside the code. Compiled modules read as their source does (tests/test_compiled.py).
NO_CODE = {".pyc", ".pyo", ".so", ".pyd", ".orig", ".rej", ".swp"}


@cache
def reading() -> str:
    """16 hex digits for everything that decides what one document gives."""
    return _digest(READING)


@cache
def whole() -> str:
    """16 hex digits for everything that decides what the tables of a folder hold."""
    return _digest(("extractors", "pipeline"))


def _digest(places: Iterable[str]) -> str:
    total = hashlib.sha256(f"python {sys.version_info[0]}.{sys.version_info[1]}\n".encode())
    for library in LIBRARIES:
        total.update(f"{library} {_version(library)}\n".encode())
    for place in places:
        for file in _files(HOUSE / place):
            total.update(f"{file.relative_to(HOUSE).as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    yield from sorted(file for file in place.rglob("*") if file.is_file() and file.suffix not in NO_CODE and not file.name.startswith("."))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        # A library that came without its card (some distributions of Linux); its code is then taken to be what it was.
        return "unknown"
