"""Where the tables and the documents lie, for a notebook that stands anywhere inside a project."""

from __future__ import annotations

import os
from pathlib import Path

# The same variables as the settings `out` and `raw` of the command.
OUT, RAW = "YOJITSU_OUT", "YOJITSU_RAW"


class NotFound(LookupError):
    """A folder, document or number that is not there; the text is a sentence."""


def tables_folder(out: str | os.PathLike[str] | None = None) -> Path:
    """The folder of tables: the one named, else that of the variable YOJITSU_OUT, else the nearest `data/parquet` from the working folder upwards.

    Raises NotFound where none of them is there.
    """
    return _folder(out, OUT, "data/parquet", "run `make ingest` there, or name the folder of tables by out=")


def raw_folder(raw: str | os.PathLike[str] | None = None, out: Path | None = None) -> Path:
    """The folder of documents: the one named, else that of YOJITSU_RAW, else `raw` beside the tables, else the nearest `data/raw`. Raises NotFound."""
    if raw is None and not os.environ.get(RAW) and out is not None and (beside := out.resolve().parent / "raw").is_dir():
        return beside
    return _folder(raw, RAW, "data/raw", "name the folder of documents by raw=")


def _folder(named: str | os.PathLike[str] | None, variable: str, usual: str, remedy: str) -> Path:
    if named is None and not os.environ.get(variable):
        here = Path.cwd()
        for above in (here, *here.parents):
            if (above / usual).is_dir():
                return above / usual
        raise NotFound(f"neither {here} nor a folder above it holds {usual}: {remedy}")
    folder = Path(named if named is not None else os.environ[variable]).expanduser()
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}: {remedy}")
    return folder
