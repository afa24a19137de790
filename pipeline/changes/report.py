"""The reports of all refreshes: one folder, two files a refresh, and the latest under a name of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pipeline.changes.digest import Fetched
from pipeline.changes.model import Changes
from pipeline.changes.render import as_json, markdown
from pipeline.swap import write_whole
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
            write_whole(folder / f"{name}{suffix}", text.encode())
    return folder / f"{stem}.md"


def _free(folder: Path, stem: str, texts: dict[str, str]) -> str:
    """The first of `stem`, `stem-2` … under which nothing else was reported."""
    number, name = 1, stem
    while any((folder / f"{name}{suffix}").exists() and (folder / f"{name}{suffix}").read_text(encoding="utf-8") != text for suffix, text in texts.items()):
        number += 1
        name = f"{stem}-{number}"
    return name
