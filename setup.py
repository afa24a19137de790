"""What pyproject.toml cannot say: with YOJITSU_COMPILED set, the modules that read documents are compiled by mypyc (`make compiled`).

The compiled modules are the same source; without a compiler nothing but time is lost. tests/test_compiled.py holds that both say the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from setuptools import setup

# What runs for every character, line, cell, label and row. The rest waits for files and libraries.
COMPILED = ("extractors/**/*.py", "pipeline/read/*.py", "pipeline/check/*.py", "pipeline/rows.py")
# Not compiled: what runs once a document and lives on libraries without types.
LEFT = {"__init__", "errors", "moments", "native", "pdf_device", "pdf_open", "pdf_pages", "pdf_shortcuts", "pdf_streams", "quick", "text"}


def compiled() -> list[str]:
    """The paths of the modules to compile, in order."""
    return sorted({str(path) for pattern in COMPILED for path in Path().glob(pattern) if path.stem not in LEFT})


def extensions() -> list[object]:
    from mypyc.build import mypycify

    return list(mypycify(["--strict", *compiled()], opt_level="1", debug_level="0", multi_file=True))


setup(ext_modules=extensions() if os.environ.get("YOJITSU_COMPILED") else [])
