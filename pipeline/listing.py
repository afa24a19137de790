"""Rows of the tables in OUT for a terminal or another program: findings, unclaimed numerals, and the rules that find."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.check import RULES
from pipeline.corrections import UNMATCHED
from pipeline.form import Form
from pipeline.link.aliases import UNMATCHED as ALIAS_UNMATCHED
from pipeline.schema import TABLES
from pipeline.supersede import EDITIONS
from pipeline.whole import read_whole

SEVERITIES = ("info", "warning", "error")
COLOURS = {"info": "dim", "warning": "yellow", "error": "red"}
# What a terminal shows of a row; the other forms give every column.
SHOWN = {
    "findings": ("source_name", "place", "severity", "rule", "message", "stated", "expected"),
    "unclaimed": ("source_name", "place", "reason", "raw", "context"),
}

Row = dict[str, Any]
Keep = Callable[[Row], bool]


def rows(out: Path, table: str, keep: Keep) -> list[Row]:
    """The rows of a table in OUT that are kept, in the order of the table, with the name of their document. Raises whole.NoTables and Changing."""
    read = read_whole(out, {"documents", table})
    documents, some = (read[name].to_pylist() for name in ("documents", table))
    names = {row["document_id"]: row["source_name"] for row in documents}
    return [row for row in ({"source_name": names.get(row["document_id"], ""), **row} for row in some) if keep(row)]


def read_table(out: Path, table: str) -> list[Row]:
    """All rows of a table in OUT. Raises whole.NoTables and Changing."""
    read: list[Row] = read_whole(out, {table})[table].to_pylist()
    return read


def keeps(
    *,
    document: str | None = None,
    page: int | None = None,
    line: int | None = None,
    text: str | None = None,
    exact: Mapping[str, Sequence[str]] | None = None,
    severity: str | None = None,
) -> Keep:
    """Whether a row passes all filters that are given: part of its document's name or id, its page or line, words anywhere in it, the value
    of a column (one of several), at least this severity."""

    def keep(row: Row) -> bool:
        return (
            (document is None or document in row["source_name"] or row["document_id"].startswith(document))
            and (page is None or row["page"] == page)
            and (line is None or row["line"] == line)
            and (text is None or any(text in value for value in row.values() if isinstance(value, str)))
            and all(not wanted or row[name] in wanted for name, wanted in (exact or {}).items())
            and (severity is None or SEVERITIES.index(row["severity"]) >= SEVERITIES.index(severity))
        )

    return keep


def printed(table: str, some: Sequence[Row], form: Form, console: Console) -> Iterator[str]:
    """The rows in one form, as lines without their ends; as a table they go to the console, which knows its width."""
    columns = ["source_name", *(column.name for column in TABLES[table].columns)]
    if form is Form.JSONL:
        yield from (json.dumps(row, ensure_ascii=False, default=str) for row in some)
    elif form is Form.CSV:
        yield _csv(columns)
        yield from (_csv([" ".join(row[c]) if isinstance(row[c], list) else row[c] for c in columns]) for row in some)
    else:
        console.print(_table(table, some))
        yield f"{len(some):,} rows"


def _csv(values: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()


def _table(table: str, some: Sequence[Row]) -> Table:
    drawn = Table(*("document" if name == "source_name" else name for name in SHOWN[table]), show_lines=False)
    for row in some:
        place = f"p. {row['page']}" if row["page"] is not None else f"l. {row['line']}" if row["line"] is not None else ""
        cells = [place if name == "place" else row[name] or "" for name in SHOWN[table]]
        drawn.add_row(*(Text(str(cell), COLOURS.get(str(cell), "")) for cell in cells))
    return drawn


def rules_page() -> str:
    """Every rule as markdown: name, severity, what it compares, why, and a line that it finds fault with."""
    assert {UNMATCHED, ALIAS_UNMATCHED, *EDITIONS} <= RULES.keys(), "the modules that register rules are imported above"
    lines = ["# Rules", "", "What `findings` holds, by `rule`. `yojitsu rules` prints the same.", ""]
    for name, one in sorted(RULES.items()):
        lines += [f"## {name}", "", f"*{one.severity}*: {one.compares}.", "", one.reason, "", f"Example: `{one.example}`", ""]
    return "\n".join(lines).rstrip()
