"""What the page's scripts load: one file for the list of documents, one for each document. Scripts, since a page from disk may fetch nothing."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.review.pictures import name_of
from pipeline.review.sight import Mark, Sight
from pipeline.review.tables import Row, Shelf, counted

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
# The same for all facts of a document; the script puts them back into what is copied.
CONSTANT = ("document_id", "source_name")
# The time of reading would make every run differ.
LISTED = ("document_id", "source_name", "source_path", "media_type", "title", "publisher", "fiscal_year", "pages", "pages_with_facts", "status", "reason")
# Findings on the first page; the others stand with their documents.
MOST_FINDINGS = 300
DECIDED = ("figure", "role", "year", "unit", "name")
EDGES = ("x0", "top", "x1", "bottom")


def overview(on_shelf: Sequence[Shelf], version: str) -> str:
    """The script of the first page: the documents with their counts, the gravest findings of all, and the Japanese words of the page."""
    documents = [{name: shelf.document[name] for name in LISTED} | {"counts": counted(shelf)} for shelf in on_shelf]
    grave = [row for severity in ("error", "warning") for shelf in on_shelf for row in shelf.findings if row["severity"] == severity]
    return script("documents", {"version": version, "words": WORDS, "documents": documents, "findings": grave[:MOST_FINDINGS], "graveFindings": len(grave)})


def of_document(shelf: Shelf, sight: Sight | None) -> str:
    """The script of one document: its pages or lines, facts, findings, unclaimed numerals, and the places of the words that decided."""
    marks = Marks()
    facts = [_fact(row, sight, marks) for row in shelf.facts]
    if sight and not sight.paged:
        # On a page the rows are sorted by their boxes already; within a line the table knows no order.
        facts.sort(key=lambda row: (row["line"], [marks.all[at] for at in row["figure_at"]]))
    lost = sum(not row["figure_at"] for row in facts) if sight and not sight.missing else 0
    return script(
        "document",
        {
            "id": shelf.document["document_id"],
            "paged": sight.paged if sight else True,
            "notice": _notice(sight, lost, len(facts)),
            "pages": [_page(shelf.document["document_id"], number, sight) for number in range(1, len(sight.leaves) + 1)] if sight else [],
            "lines": sight.lines if sight else [],
            "facts": columns(facts),
            "findings": columns([_without(row, "document_id") for row in shelf.findings]),
            "unclaimed": columns(_unclaimed(shelf.unclaimed, sight)),
            "marks": marks.all,
        },
    )


class Marks:
    """Places that many facts share (a header over a column), each once."""

    def __init__(self) -> None:
        self.all: list[Mark] = []
        self._at: dict[Mark, int] = {}

    def add(self, marks: Sequence[Mark]) -> list[int]:
        """The numbers of these places."""
        for mark in marks:
            if mark not in self._at:
                self._at[mark] = len(self.all)
                self.all.append(mark)
        return [self._at[mark] for mark in marks]


def _fact(row: Row, sight: Sight | None, marks: Marks) -> Row:
    words = sight.words.get(row["fact_id"], {}) if sight else {}
    return _short(_without(row, *CONSTANT)) | {f"{name}_at": marks.add(words.get(name, [])) for name in DECIDED}


def _notice(sight: Sight | None, lost: int, facts: int) -> str | None:
    if sight is None:
        return "元のファイルが見つからないため、ページを表示できません。"
    if sight.missing:
        return sight.missing
    return f"数値 {facts} 件のうち {lost} 件は、根拠の語の位置が分かりません。表を作った版と違う版で表示しています。" if lost else None


def _page(document_id: str, number: int, sight: Sight) -> list[Any]:
    leaf = sight.leaves[number - 1]
    return [round(leaf.width, 1), round(leaf.height, 1), f"pages/{document_id}/{name_of(number)}" if leaf.drawn else None, leaf.unreadable]


def _unclaimed(rows: Sequence[Row], sight: Sight | None) -> list[Row]:
    """The rows with the place in the line (first character, end), where the document is a text file."""
    left = {key: iter(marks) for key, marks in sight.numerals.items()} if sight else {}
    out = []
    for row in rows:
        mark = next(left.get((row["line"], row["raw"], row["reason"]), iter(())), None) if row["line"] else None
        out.append(_short(_without(row, "document_id")) | {"start": mark and mark[1], "end": mark and mark[2]})
    return out


def _short(row: Row) -> Row:
    """The row with its box in tenths of a point."""
    return row | {name: None if row[name] is None else round(row[name], 1) for name in EDGES}


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def columns(rows: Sequence[Row]) -> dict[str, Any]:
    """Rows without their repeated column names. Tables of facts differ in a few columns: the rows of one have null in those of another."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return {"columns": names, "rows": [[row.get(name) for name in names] for row in rows]}


def script(name: str, value: Any) -> str:
    """A script that hands `value` over. Everything that a document printed is inside a JSON string, which no character can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "\u2028\u2029<":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"yojitsu.loaded({json.dumps(name)}, {text});\n"
