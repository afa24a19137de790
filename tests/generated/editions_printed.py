"""Editions of plans as rows of the fact tables, as markdown and as pages; and how much of their truth linking found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from pipeline.link.forms import plain
from pipeline.rows import Rows, stable_id
from tests.generated.editions import Edition
from tests.generated.manner import Manner, head, heading
from tests.generated.model import Book, Cell, Page, Table, Words

Truth = dict[str, tuple[object, ...]]


class Found(NamedTuple):
    """Pairs of forms: right, wrongly linked, missed. `precision`, `recall` and `f1` are shares, 1 where there is nothing to find."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right + self.wrong + self.missed else 1.0


def as_rows(editions: Sequence[Edition]) -> tuple[Rows, dict[str, Rows], dict[str, tuple[object, ...]]]:
    """(rows of documents, rows of facts by table, truth by fact_id): (document, number of the indicator, printed name and heading)."""
    documents, facts, truth = [], {"targets": [], "actuals": [], "costs": []}, {}
    for edition in editions:
        document = stable_id("d_", edition.city, edition.year)
        documents.append({"document_id": document, "publisher": edition.city, "area_code": None, "status": "ok", "fiscal_year": edition.year})
        line = 0
        for heading_, header, rows in edition.blocks():
            for _, name, numbers in rows:
                line += 1
                for column, (one, label) in enumerate(zip(numbers, header, strict=True)):
                    fact_id = stable_id("f_", document, line, column)
                    truth[fact_id] = (document, one.truth, name, heading_)
                    place = {"page": 1, "line": None, "top": float(line), "x0": float(column)}
                    said = {"section": heading_, "indicator": name, "component": one.component, "unit": one.unit or None, "area": None}
                    when = {"fiscal_year": one.year, "period_start": None, "period_end": None, "value": one.value, "role_from": label, "year_from": label}
                    row = {"fact_id": fact_id, "document_id": document, "indicator_id": None, "comparator": None, **place, **said, **when}
                    facts[one.table].append(row)
    return documents, facts, truth


def as_markdown(edition: Edition) -> str:
    """The edition as a text file."""
    era = edition.year - 2018
    lines = [f"# 令和{era}年度 {edition.city}{edition.title}", ""]
    for heading_, header, rows in edition.blocks():
        lines += [f"## {heading_}", "", "| 指標 | 単位 | " + " | ".join(header) + " |", "| --- " * (len(header) + 2) + "|"]
        lines += [f"| {name} | {line.unit} | " + " | ".join(_shown(one.value, line.places) for one in numbers) + " |" for line, name, numbers in rows]
        lines.append("")
    return "\n".join(lines)


def as_book(edition: Edition, manner: Manner) -> Book:
    """The edition as pages, a table each, printed on a canvas."""
    pages = []
    for heading_, header, rows in edition.blocks():
        cells = [(head("指標"), head("単位"), *(head(label) for label in header))]
        for line, name, numbers in rows:
            cells.append((Cell(name), Cell(line.unit, align="center"), *(Cell(_shown(one.value, line.places), align="right") for one in numbers)))
        title = Words(f"令和{edition.year - 2018}年度 {edition.city}{edition.title}", size=1.4, bold=True, align="center")
        pages.append(Page((*([title] if not pages else []), heading(heading_), Table((5, 1.2, *([1.8] * len(header))), tuple(cells)))))
    return Book("editions", f"{edition.city} {edition.title}", f"{edition.city}{edition.title}", tuple(pages), manner.look, "canvas")


def found_facts(edition: Edition, document_id: str, facts: Mapping[str, Rows]) -> dict[str, tuple[object, ...]]:
    """The truth by fact_id of facts that were read from a printed edition: those whose table, year and number one indicator alone has, whatever
    the reader called them."""
    known: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for heading_, _, rows in edition.blocks():
        for _, name, numbers in rows:
            for one in numbers:
                known[one.table, one.year, one.value].add((document_id, one.truth, name, heading_))
    out = {}
    for table, some in facts.items():
        for row in some:
            said = known.get((table, row["fiscal_year"], row["value"]), set())
            fits = [one for one in said if plain(str(one[2])) == plain(row["indicator"]) and plain(str(one[3])) == plain(row["section"])] or list(said)
            if len({one[1] for one in fits}) == 1:
                out[row["fact_id"]] = min(fits, key=str)
    return out


def _shown(value: float, places: int) -> str:
    return f"{value:,.{places}f}"


def compare(truth: Mapping[str, tuple[object, ...]], linked: Iterable[tuple[str, str]]) -> dict[str, Found]:
    """Pairs of forms over (fact_id, indicator_id): `all` of them, and `renamed`, those whose printed names differ or that share a name wrongly.

    A form is what one document prints under one name and heading; its truth is a number, its answer the indicator of its facts.
    """
    forms: dict[tuple[object, ...], str] = {}
    for fact_id, indicator_id in linked:
        if fact_id in truth:
            forms[truth[fact_id]] = indicator_id
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (one, its), (other, others) in combinations(sorted(forms.items(), key=str), 2):
        same, found = one[1] == other[1], its == others
        if not (same or found):
            continue
        at = 0 if same and found else 1 if found else 2
        counts["all"][at] += 1
        if one[2] != other[2] or not same:
            counts["renamed"][at] += 1
    return {kind: Found(*counts[kind]) for kind in ("all", "renamed")}


def total(parts: Iterable[Mapping[str, Found]]) -> dict[str, Found]:
    sums: dict[str, Any] = {"all": [0, 0, 0], "renamed": [0, 0, 0]}
    for part in parts:
        for kind, found in part.items():
            sums[kind] = [a + b for a, b in zip(sums[kind], found, strict=True)]
    return {kind: Found(*counts) for kind, counts in sums.items()}
