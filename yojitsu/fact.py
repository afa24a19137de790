"""`yojitsu.fact`: one number with its row, its document, the raw file it was read from, and the place on the page where it stands."""

from __future__ import annotations

import hashlib
import html
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from pipeline.schema import FACT_TABLES
from pipeline.whole import read_whole
from yojitsu.where import NotFound, raw_folder, tables_folder

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Fact:
    """A row of `targets`, `actuals` or `costs` (`table`), with its row of `documents`. `raw` is the folder of documents, None for the usual one.

    In a notebook it shows itself as its value, where it stands, and the words that gave it role, year and unit.
    """

    table: str
    row: dict[str, Any]
    document: dict[str, Any]
    out: Path
    raw: Path | None = None

    @property
    def file(self) -> Path:
        """The raw file, the very bytes that were read: at its path in the folder of documents, or wherever in it they lie now. Raises NotFound."""
        folder, sha256 = raw_folder(self.raw, self.out), self.document["sha256"]
        for path in _candidates(folder, self.document):
            if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                return path
        raise NotFound(f"{folder} does not hold the file that {self.document['source_path']} was when it was read (sha256 {sha256}): name its folder by raw=")

    def show(self, whole: bool = False) -> Image:
        """A picture of the number's place: the strip of the page around it, or the `whole` page, the number boxed; of a text file the lines around it, its
        characters marked. Raises NotFound where the raw file is not there or its page cannot be drawn."""
        # Loaded here: it brings what reads documents.
        from yojitsu.cutout import cutout_of_lines, cutout_of_page

        data, row = self.file.read_bytes(), self.row
        picture = cutout_of_lines(data, row["line"], row["raw"]) if row["page"] is None else cutout_of_page(data, row["page"], _box(row), whole)
        if picture is None:
            raise NotFound(f"page {row['page']} of {self.document['source_path']} cannot be drawn")
        return picture

    def _repr_html_(self) -> str:
        row = self.row
        place = f"p. {row['page']}" if row["page"] is not None else f"l. {row['line']}"
        lines = {
            "value": f"{row['comparator'] or ''}{row['value']:,.12g} {row['unit'] or ''}",
            "as printed": row["raw"],
            "year": row["fiscal_year"],
            "stands in": f"{row['source_name']}, {place}",
            **{f"{what} from": row[f"{what}_from"] for what in ("role", "year", "unit")},
        }
        cells = "".join(f"<tr><th>{name}</th><td>{html.escape(str(value))}</td></tr>" for name, value in lines.items() if value is not None)
        name = " / ".join(part for part in (row["section"], row["indicator"], row["component"]) if part)
        return f"<table><caption>{html.escape(name)} ({self.table})</caption>{cells}</table>"


def fact(fact_id: str, *, out: str | os.PathLike[str] | None = None, raw: str | os.PathLike[str] | None = None) -> Fact:
    """The fact of this id. `out` and `raw` are the folders of tables and of documents; without them as for `load`, and `raw` beside the tables.

    Raises where.NotFound where no table holds it, pipeline.whole.NoTables and Changing.
    """
    folder = tables_folder(out)
    tables = read_whole(folder, [*FACT_TABLES, "documents"])
    for name in FACT_TABLES:
        for row in tables[name].filter(pc.equal(tables[name].column("fact_id"), fact_id)).to_pylist():
            documents = tables["documents"]
            document = documents.filter(pc.equal(documents.column("document_id"), row["document_id"])).to_pylist()[0]
            return Fact(name, row, document, folder, None if raw is None else Path(raw))
    raise NotFound(f"no table in {folder} has a fact {fact_id}")


def _candidates(folder: Path, document: dict[str, Any]) -> Iterator[Path]:
    """The file at the document's path, then every file of the folder of the same size: it may have been renamed or moved since."""
    usual = folder / document["source_path"]
    if usual.is_file():
        yield usual
    yield from sorted(path for path in folder.rglob("*") if path != usual and path.is_file() and path.stat().st_size == document["bytes"])


def _box(row: dict[str, Any]) -> tuple[float, float, float, float]:
    return row["x0"], row["top"], row["x1"], row["bottom"]
