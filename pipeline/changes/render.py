"""The three forms of the changes: for a terminal, as markdown, as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

import regex
from rich.text import Text

from pipeline.changes.digest import LIMIT, Digest, Fetched, digest, nothing_new, standing
from pipeline.changes.model import DOCUMENT_KINDS, Changes

# Raised whenever a key of the JSON goes or changes its meaning.
FORMAT = 1
# Marks that markdown would take for its own.
_MARKS = regex.compile(r"([\\`*_\[\]<>#|~])")


def terminal(changes: Changes, fetched: Sequence[Fetched] = (), limit: int | None = LIMIT) -> Iterator[Text]:
    """Lines for a terminal: counts, then what needs a person. `limit` is how many entries of a kind are named; None names all, and what is only to know."""
    if nothing_new(changes, fetched):
        yield Text(f"nothing changed: {standing(changes, fetched)}")
        return
    said = digest(changes, fetched)
    for name, sentence in said.counts:
        yield Text.assemble((f"{name:10} ", "bold"), sentence)
    for section in said.sections:
        if section.heavy or limit is None or section.title in _SHORT:
            yield Text(section.title, "bold yellow" if section.heavy else "bold")
            shown = section.entries[:limit]
            yield from (Text(f"  {entry}") for entry in shown)
            if len(section.entries) > len(shown):
                yield Text(f"  … and {len(section.entries) - len(shown):,} more (--all)", "dim")


# What is only to know, yet what a person looks for first: which documents these are.
_SHORT = ("added", "changed", "renamed", "copied", "recovered")


def markdown(changes: Changes, fetched: Sequence[Fetched] = (), now: dt.datetime | None = None, limit: int | None = None) -> str:
    """A page: three lines where nothing is new, else a table of counts and a list for each kind."""
    when = f"{now:%Y-%m-%d %H:%M} UTC: " if now is not None else ""
    if nothing_new(changes, fetched):
        return f"# {when}nothing new\n\n{standing(changes, fetched)}.\n"
    said = digest(changes, fetched)
    lines = [f"# {when}{_headline(said)}", "", "| | |", "| --- | --- |", *(f"| {name} | {_plain(sentence)} |" for name, sentence in said.counts)]
    for heavy, title in ((True, "To look at"), (False, "To know")):
        sections = [section for section in said.sections if section.heavy is heavy]
        lines += ["", f"## {title}"] if sections else []
        for section in sections:
            shown = section.entries[:limit]
            lines += ["", f"### {section.title[0].upper()}{section.title[1:]} ({len(section.entries):,})", "", *(f"- {_plain(entry)}" for entry in shown)]
            if len(section.entries) > len(shown):
                lines.append(f"- … and {len(section.entries) - len(shown):,} more")
    return "\n".join(lines) + "\n"


def _headline(said: Digest) -> str:
    heavy = [f"{len(section.entries):,} {section.title}" for section in said.sections if section.heavy]
    return ", ".join(heavy) if heavy else "nothing to look at"


def _plain(string: str) -> str:
    return _MARKS.sub(r"\\\1", string)


def as_data(changes: Changes, fetched: Sequence[Fetched] = (), now: dt.datetime | None = None) -> dict[str, Any]:
    """Everything, with ids, as dicts and lists whose order is always the same."""
    shared = {"format": FORMAT, "time": now.isoformat() if now is not None else None, "changed": not nothing_new(changes, fetched)}
    counts = {"documents": _kinds(changes), "facts": changes.counted(), "revisions": len(changes.revisions)}
    return {**shared, "counts": counts, **dataclasses.asdict(changes), "fetched": [_fetched(one) for one in fetched]}


def _kinds(changes: Changes) -> dict[str, int]:
    return {kind: len(changes.of(kind)) for kind in DOCUMENT_KINDS}


def _fetched(one: Fetched) -> dict[str, str | None]:
    return {"source": one.source, "address": one.address, "file": one.file, "status": str(one.status), "reason": one.reason}


def as_json(changes: Changes, fetched: Sequence[Fetched] = (), now: dt.datetime | None = None) -> str:
    return json.dumps(as_data(changes, fetched, now), ensure_ascii=False, indent=1, default=_day) + "\n"


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a report")
