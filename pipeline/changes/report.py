"""The reports of all refreshes: one folder, two files a refresh, and the latest under a name of its own."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.changes.digest import Fetched
from pipeline.changes.model import Changes
from pipeline.changes.render import as_json, markdown
from pipeline.work import now as clock

# Markdown is read by a person; all the rest is in the JSON beside it.
ENTRIES = 50


def write_report(changes: Changes, fetched: Sequence[Fetched], folder: Path, now: dt.datetime | None = None) -> Path:
    """Write `<time>.md` and `<time>.json`, then `latest.md` and `latest.json` with the same bytes, each whole or not at all; the path of the first.

    `now` is the time in UTC (the clock's, or SOURCE_DATE_EPOCH's). A report of the same second that says something else keeps its name; this one
    is called `<time>-2` then. Raises OSError where the folder cannot be written.
    """
    at = clock() if now is None else now.astimezone(dt.UTC)
    texts = {".md": markdown(changes, fetched, at, ENTRIES), ".json": as_json(changes, fetched, at)}
    folder.mkdir(parents=True, exist_ok=True)
    stem = _free(folder, f"{at:%Y-%m-%dT%H%M%SZ}", texts)
    for name in (stem, "latest"):
        for suffix, text in texts.items():
            _put(folder / f"{name}{suffix}", text)
    return folder / f"{stem}.md"


def _free(folder: Path, stem: str, texts: dict[str, str]) -> str:
    """The first of `stem`, `stem-2` … under which nothing else was reported."""
    number, name = 1, stem
    while any((folder / f"{name}{suffix}").exists() and (folder / f"{name}{suffix}").read_text(encoding="utf-8") != text for suffix, text in texts.items()):
        number += 1
        name = f"{stem}-{number}"
    return name


def _put(path: Path, text: str) -> None:
    """The file with this text: a reader finds the old one or the new one, whole, also after a power cut."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that the owner alone can read; a report is for everybody that may read the folder.
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
