"""What `yojitsu link` prints: an indicator's forms over documents, and the pairs of names that a person should look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.link.forms import plain
from pipeline.listing import read_table

Row = dict[str, Any]


def shown(out: Path, name: str) -> Iterator[str]:
    """Every indicator of which one name holds the words, with what each document calls it and why it was linked. Raises NoTables."""
    documents = {row["document_id"]: row for row in read_table(out, "documents")}
    links = [row for row in read_table(out, "links") if row["relation"] == "same"]
    facts = [row for table in ("targets", "actuals", "costs") for row in read_table(out, table)]
    for indicator in read_table(out, "indicators"):
        if any(plain(name) in plain(one) for one in indicator["names"]) or name == indicator["indicator_id"]:
            yield from _indicator(indicator, documents, links, facts)


def _indicator(indicator: Row, documents: dict[str, Row], links: Sequence[Row], facts: Sequence[Row]) -> Iterator[str]:
    part = f" / {indicator['component']}" if indicator["component"] else ""
    yield f"{indicator['indicator_id']}  {indicator['indicator']}{part}  [{indicator['unit'] or '-'}]  {indicator['publisher'] or '?'}"
    own = [row for row in facts if row["indicator_id"] == indicator["indicator_id"]]
    why = [row for row in links if row["indicator_id"] == indicator["indicator_id"]]
    for document in sorted(indicator["document_ids"], key=lambda one: (documents[one]["fiscal_year"] or 0, one)):
        yield f"  {documents[document]['source_name']} ({documents[document]['fiscal_year'] or '?'})"
        there = [row for row in own if row["document_id"] == document]
        for name in sorted({(row["indicator"], row["component"] or "") for row in there}):
            same = [row for row in there if (row["indicator"], row["component"] or "") == name]
            years = sorted({row["fiscal_year"] for row in same if row["fiscal_year"] is not None})
            yield f"    {name[0]}{' / ' + name[1] if name[1] else ''}: {len(same)} numbers, {', '.join(map(str, years)) or 'no year'}"
        for row in why:
            if row["other_document_id"] == document:
                yield f"      = {row['indicator']} [{row['decided_by']}, {row['score']:.2f}: {row['evidence']}]"


def doubtful(out: Path) -> Iterator[str]:
    """The pairs that were not linked and might be, the likeliest first, each with lines for data/aliases.toml. Raises NoTables."""
    documents = {row["document_id"]: row for row in read_table(out, "documents")}
    rows = [row for row in read_table(out, "links") if row["relation"] in {"unsure", "split", "merged"}]
    for row in sorted(rows, key=lambda row: (row["relation"] != "unsure", -row["score"], row["link_id"])):
        yield f"# {row['relation']} {row['score']:.2f}  {row['publisher'] or '?'}"
        for prefix in ("", "other_"):
            document = documents[row[f"{prefix}document_id"]]
            part = f" / {row[f'{prefix}component']}" if row[f"{prefix}component"] else ""
            yield f"#   {row[f'{prefix}indicator']}{part} [{row[f'{prefix}unit'] or '-'}]  {document['source_name']}, {row[f'{prefix}section'] or '-'}"
        yield f"#   {row['evidence']}"
        if row["publisher"]:
            yield from _line(row)
        yield ""
    yield f"# {len(rows):,} pairs"


def _line(row: Row) -> Iterator[str]:
    """A line of data/aliases.toml, which a person completes and keeps, or turns into [[not_same]]."""
    yield "[[same]]  # or [[not_same]]"
    yield f"publisher = {_quoted(row['publisher'])}"
    yield f"names = [{', '.join(_named(row, prefix) for prefix in ('', 'other_'))}]"
    yield 'why = ""'
    yield 'who = ""'


def _named(row: Row, prefix: str) -> str:
    parts = {"name": row[f"{prefix}indicator"], "component": row[f"{prefix}component"] or "", "unit": row[f"{prefix}unit"] or ""}
    if plain(row["indicator"]) == plain(row["other_indicator"]) and row[f"{prefix}section"]:
        parts["section"] = row[f"{prefix}section"]
    return "{ " + ", ".join(f"{name} = {_quoted(value)}" for name, value in parts.items()) + " }"


def _quoted(text: str) -> str:
    """A TOML string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() or char == "\u3000" else f"\\u{ord(char):04x}" for char in escaped) + '"'
