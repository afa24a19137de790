"""Tables out of a folder that another run may exchange at any moment: several tables, all of one version."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.manifest import NAME
from pipeline.schema import TABLES

# Publishing exchanges the folder in one step, so a second attempt nearly always meets one version; five in a row are another fault.
ATTEMPTS = 5
# Seconds between two attempts: longer than an exchange by two renames takes.
PAUSE = 0.05


class NoTables(LookupError):
    """A folder that holds no tables of yojitsu; the text is a sentence."""


class Changing(RuntimeError):
    """A folder whose tables another version replaced during every attempt to read them; the text is a sentence."""


def read_whole(out: Path, names: Iterable[str] = TABLES, pause: Callable[[float], None] = time.sleep) -> dict[str, pa.Table]:
    """The named tables of the folder `out`, all of one version: the manifest is the same before and after, else they are read again.

    Raises NoTables where the folder lacks one of them, Changing where ATTEMPTS did not meet one version, KeyError for a name that is no table.
    """
    wanted = [TABLES[name].name for name in names]
    for attempt in range(ATTEMPTS):
        if attempt:
            pause(PAUSE)
        before = _version(out)
        try:
            tables = {name: pq.read_table(out / name) for name in wanted}
        except FileNotFoundError as error:
            # Between the two renames of an exchange, or a folder that never held the table.
            missing: Exception | None = error
        else:
            missing = None
            if _version(out) == before:
                return tables
    if missing is not None:
        raise NoTables(f"{out} lacks a table: run `yojitsu ingest` first, or name the folder that it wrote") from missing
    raise Changing(f"{out} was replaced while it was read, {ATTEMPTS} times in a row: is a run started over and over?")


def _version(out: Path) -> bytes | None:
    """The manifest's bytes: `inputs` in it tells versions apart, the sizes beside it tell a version from one that was read in part again.

    None for tables that a version of yojitsu without manifests wrote.
    """
    try:
        return (out / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
