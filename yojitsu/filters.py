"""Which rows a question is about: by place, plan, section and year."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yojitsu.where import NotFound

Years = int | str | Collection[int | str] | None


@dataclass(frozen=True)
class Filters:
    """What a row must be to stay; None asks nothing. `prefecture` and `municipality` are names or codes, `plan` a part of the document's title or file name,
    `section` a part of the section, `year` one fiscal year or several. `superseded` keeps rows of editions that have a newer one."""

    prefecture: str | None = None
    municipality: str | None = None
    plan: str | None = None
    section: str | None = None
    year: Years = None
    superseded: bool = False

    def kept(self, name: str, table: pa.Table, documents: pa.Table) -> pa.Table:
        """The rows of the table `name` that stay. Raises ValueError where it has no column for what is asked or a year is none, NotFound."""
        if table.num_rows == 0:
            return table
        by_id = {row["document_id"]: row for row in documents.to_pylist()}
        for asked, column in (("section", "section"), ("year", "fiscal_year")):
            if getattr(self, asked) is not None and column not in table.column_names:
                raise ValueError(f"{name} has no column {column}, so {asked}= cannot choose among its rows")
        if not self.superseded:
            table = _masked(table, _current(table, by_id))
        for test in (self._place(by_id), self._plan(by_id)):
            if test is not None:
                table = _masked(table, _tested(table, test))
        if self.section is not None:
            sought = folded(self.section)
            table = _masked(table, [sought in folded(value or "") for value in table.column("section").to_pylist()])
        if self.year is not None:
            years = {_year(self.year)} if isinstance(self.year, int | str) else {_year(year) for year in self.year}
            table = table.filter(pc.is_in(table.column("fiscal_year"), pa.array(sorted(years), pa.int16())))
        return table

    def _plan(self, by_id: Mapping[str, Any]) -> Callable[[dict[str, Any]], bool] | None:
        if self.plan is None:
            return None
        sought = folded(self.plan)
        fitting = {key for key, row in by_id.items() if any(sought in folded(row[column] or "") for column in ("title", "source_name"))}
        return lambda row: bool(fitting & _documents_of(row))

    def _place(self, by_id: Mapping[str, Any]) -> Callable[[dict[str, Any]], bool] | None:
        """By the row's own code, where it has one, else by its document's."""
        if self.prefecture is None and self.municipality is None:
            return None
        prefecture = None if self.prefecture is None else prefecture_number(self.prefecture)
        codes, name = (None, None) if self.municipality is None else municipality_codes(self.municipality, self.prefecture, by_id.values())

        def fits(row: dict[str, Any]) -> bool:
            documents = [by_id[one] for one in sorted(_documents_of(row)) if one in by_id]
            code = row.get("area_code") or next((one["area_code"] for one in documents if one["area_code"]), None)
            publishers = {one["publisher"] for one in documents}
            in_prefecture = prefecture is None or (code or "")[:2] == prefecture
            return in_prefecture and (codes is None or (code in codes if code else name in publishers))

        return fits


def _year(year: int | str) -> int:
    """A fiscal year, also where it comes as text out of another table. Raises ValueError."""
    try:
        return int(year)
    except ValueError as error:
        raise ValueError(f"{year!r} is no fiscal year: it is called by the Western year in which it begins (令和6年度 is 2024)") from error


def folded(string: str) -> str:
    """How words are compared: full and half width, upper and lower case, and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", string).casefold().split())


def prefecture_number(name_or_code: str) -> str:
    """The first two digits of a prefecture's code, from its name (兵庫, 兵庫県) or its code (28, 280003). Raises NotFound."""
    # Loaded here: it brings the lists of places and the readers of names, which most questions do without.
    from extractors.normalise.places import code_of, prefecture_by, prefecture_of

    if name_or_code.isdecimal() and prefecture_by(name_or_code):
        return name_or_code[:2]
    name = prefecture_of(name_or_code)
    code = code_of(name) if name else None
    if code is None:
        raise NotFound(f"there is no prefecture {name_or_code}: it is called by its name (兵庫県, 兵庫) or its code (28)")
    return code[:2]


def municipality_codes(name_or_code: str, prefecture: str | None, documents: Iterable[Mapping[str, Any]]) -> tuple[set[str], str]:
    """The codes that a municipality may have in the tables, and its name as publisher. Raises NotFound where neither the lists nor the documents know it.

    A name that two prefectures share stands for those whose documents are in the tables, unless `prefecture` says which.
    """
    from extractors.normalise.places import code_of

    if name_or_code.isdecimal():
        return {name_or_code}, name_or_code
    documents = list(documents)
    name_or_code = _in_full(name_or_code, documents)
    published = {row["area_code"] for row in documents if row["publisher"] and folded(row["publisher"]).endswith(folded(name_or_code)) and row["area_code"]}
    known = code_of(name_or_code, prefecture)
    codes = published | ({known} if known else set())
    if not codes and not any(row["publisher"] == name_or_code for row in documents):
        raise NotFound(f"neither the list of municipalities nor a document has {name_or_code}: its name in full (横浜市), or its code of six digits")
    return codes, name_or_code


def _in_full(name: str, documents: Sequence[Mapping[str, Any]]) -> str:
    """横浜 is 横浜市, where one publisher of the documents is called so; every other name is as it is (there are 府中市 and 府中町)."""
    full = {folded(name + ending) for ending in "市区町村"}
    found = {row["publisher"] for row in documents if row["publisher"] and folded(row["publisher"]) in full}
    return str(found.pop()) if len(found) == 1 else name


def _documents_of(row: dict[str, Any]) -> set[str]:
    return set(row["document_ids"]) if row.get("document_ids") is not None else {row["document_id"]}


def _current(table: pa.Table, by_id: Mapping[str, Any]) -> Any:
    """Whether each row is of the newest edition. An indicator stays where any of its documents is."""
    if "superseded_by" in table.column_names:
        return table.column("superseded_by").is_null()
    old = {key for key, row in by_id.items() if row["superseded_by"] is not None}
    return [not _documents_of(row) <= old for row in _some(table, ("document_id", "document_ids"))]


def _some(table: pa.Table, columns: Iterable[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.select([name for name in columns if name in table.column_names]).to_pylist()
    return rows


def _tested(table: pa.Table, test: Callable[[dict[str, Any]], bool]) -> list[bool]:
    """Whether each row passes, each combination of its document and its place being tested once."""
    names = [name for name in ("document_id", "document_ids", "area_code") if name in table.column_names]
    known: dict[tuple[Any, ...], bool] = {}
    out = []
    for values in zip(*(table.column(name).to_pylist() for name in names), strict=True):
        key = tuple(tuple(value) if isinstance(value, list) else value for value in values)
        if key not in known:
            known[key] = test(dict(zip(names, values, strict=True)))
        out.append(known[key])
    return out


def _masked(table: pa.Table, mask: Any) -> pa.Table:
    return table.filter(pa.array(mask, pa.bool_()) if isinstance(mask, list) else mask)
