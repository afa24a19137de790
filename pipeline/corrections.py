"""What a document misprints, put right by hand: `data/corrections/*.toml`, applied after extraction and visible on each fact it changed.

A correction names its document, the place and the characters printed there; it never looks for anything else. So it cannot change a
number that it was not written for, and where the document changed or reading did, it matches nothing and says so.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.normalise.characters import plain
from pipeline.check.rule import describe
from pipeline.rows import Outcome, finding_row
from pipeline.schema import FACT_TABLES, TABLES

# The columns that a person may put right; the rest follows from them, or is where the number stands.
MENDABLE = ("value", "unit", "fiscal_year", "period_start", "period_end", "indicator", "component", "area", "comparator")
REQUIRED = ("document", "printed", "right", "why", "who")
OPTIONAL = ("source_name", "page", "line", "fact_id")
UNMATCHED = "correction_unmatched"

describe(
    "corrected",
    "info",
    "a fact with the line of data/corrections that changed it",
    "The published number is not the printed one: who uses it must see what was printed, what is right, why, and who says so.",
    "「7.62%」を 7.62 ‰ に訂正しました",
)
describe(
    UNMATCHED,
    "error",
    "a line of data/corrections with the facts of its document",
    "A correction that changes nothing is worse than none: everybody believes the number mended. The command ends with an exit code of its own.",
    "訂正「7.62%」(412行) に合う数がありません",
)


class BadCorrection(ValueError):
    """A file of corrections that cannot be used; the text is a sentence that names the file."""


@dataclass(frozen=True)
class Correction:
    """One line of data. `document` is a document_id; `printed` the characters of the number and unit as `raw` has them; `right` the columns
    to set; `who` the role of who says so (担当課への照会), never a person's name."""

    document: str
    printed: str
    right: tuple[tuple[str, Any], ...]
    why: str
    who: str
    source_name: str | None = None
    page: int | None = None
    line: int | None = None
    fact_id: str | None = None

    def matches(self, row: dict[str, Any]) -> bool:
        """Whether a fact's row stands in this place and prints these characters; blanks and widths of characters do not count."""
        places = (("page", self.page), ("line", self.line), ("fact_id", self.fact_id))
        return all(said is None or row[name] == said for name, said in places) and _tight(row["raw"]) == _tight(self.printed)

    @property
    def place(self) -> str:
        return f"{self.page}ページ" if self.page is not None else f"{self.line}行" if self.line is not None else "場所の指定なし"


def _tight(string: str) -> str:
    return "".join(plain(string).split())


def load(folder: Path) -> tuple[Correction, ...]:
    """All corrections of a folder's `.toml` files, in the order of their names; none where there is no such folder.

    Raises BadCorrection where a file is no TOML, or a correction lacks a key, has an unknown one or sets a column to what it cannot hold.
    """
    out: list[Correction] = []
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            entries = tomllib.loads(file.read_text(encoding="utf-8"))["correction"]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
            raise BadCorrection(f"{file}: no list [[correction]] ({error})") from error
        out += [_correction(entry, f"{file}, correction {number}") for number, entry in enumerate(entries, 1)]
    return tuple(out)


def _correction(entry: dict[str, Any], where: str) -> Correction:
    if strange := set(entry) - {*REQUIRED, *OPTIONAL}:
        raise BadCorrection(f"{where}: unknown {sorted(strange)}; there are {', '.join((*REQUIRED, *OPTIONAL))}")
    if lacking := [name for name in REQUIRED if not entry.get(name)]:
        raise BadCorrection(f"{where}: {', '.join(lacking)} missing")
    right = entry["right"]
    if not isinstance(right, dict) or not set(right) <= set(MENDABLE):
        raise BadCorrection(f"{where}: `right` sets columns, any of {', '.join(MENDABLE)}")
    types = {column.name: column.type for column in TABLES["targets"].columns}
    for name, value in right.items():
        if not isinstance(value, _ALLOWED[types[name]]) or isinstance(value, bool):
            raise BadCorrection(f"{where}: {name} cannot be {value!r}")
    made = {name: float(value) if name == "value" else value for name, value in right.items()}
    return Correction(**{**entry, "right": tuple(sorted(made.items()))})


_ALLOWED: dict[str, type | tuple[type, ...]] = {"float64": (int, float), "int16": int, "string": str, "date32": dt.date}


def targets_of(corrections: Sequence[Correction], files: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[Correction, str]]:
    """Each correction with the path of the document that it is for. `files` are (path, document_id, whether it failed) in the order of paths.

    One whose document is not there waits for it, unless a file of its `source_name` came with other bytes: it is that file's, and fits nothing.
    """
    files = list(files)
    by_id = {document_id: path for path, document_id, failed in files if not failed}
    by_name = {path.rpartition("/")[2]: path for path, _, _ in files}
    for correction in corrections:
        path = by_id.get(correction.document) or by_name.get(correction.source_name or "")
        if path is not None:
            yield correction, path


def apply(outcome: Outcome, corrections: Sequence[Correction]) -> None:
    """Applies corrections to the rows of the document that they are for; what each did, or that it fits nothing, is a finding."""
    for correction in corrections:
        rows = [row for table in FACT_TABLES for row in outcome.rows.get(table, ()) if correction.document == row["document_id"] and correction.matches(row)]
        found = outcome.rows.setdefault("findings", [])
        if len(rows) == 1:
            _mend(rows[0], correction)
            found.append(_corrected(rows[0], correction))
        else:
            found.append(_unmatched(outcome, correction, len(rows)))


def _mend(row: dict[str, Any], correction: Correction) -> None:
    right = dict(correction.right)
    before = "、".join(f"{name}={_said(row[name])}" for name in right)
    row["corrected_from"] = before if row["corrected_from"] is None else f"{row['corrected_from']}、{before}"
    year = right.get("fiscal_year")
    if year is not None and not {"period_start", "period_end"} & right.keys():
        right |= {"period_start": dt.date(year, 4, 1), "period_end": dt.date(year + 1, 3, 31)}
    row.update(right)


def _said(value: Any) -> str:
    return "なし" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def _corrected(row: dict[str, Any], correction: Correction) -> dict[str, Any]:
    right = "、".join(f"{name}={_said(value)}" for name, value in correction.right)
    said = f"「{correction.printed}」を訂正しました ({right})。理由: {correction.why} 根拠: {correction.who}。"
    return finding_row(row, "corrected", "info", said, stated=correction.printed, expected=right, fact_ids=[row["fact_id"]])


def _unmatched(outcome: Outcome, correction: Correction, count: int) -> dict[str, Any]:
    changed = outcome.document["document_id"] != correction.document
    why = "文書の内容が変わっています" if changed else "合う数がありません" if count == 0 else f"合う数が{count}個あります"
    said = f"訂正「{correction.printed}」({correction.place}) は当てはめられません: {why}。"
    place = {"document_id": outcome.document["document_id"], "page": correction.page, "line": correction.line}
    return finding_row(place, UNMATCHED, "error", said, stated=correction.printed)
