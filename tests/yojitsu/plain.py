"""The panel fact by fact, as its description says it: what `yojitsu.panel`, which works on whole columns, is held to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from yojitsu.amounts import same_amount
from yojitsu.statements import FACTS, LOWER, UPPER

Row = dict[str, Any]


class Statement(NamedTuple):
    """What one document states for one row of the panel: its facts in the order of the table, as one number, a range, or several numbers."""

    document: Row
    facts: tuple[Row, ...]

    @property
    def lower(self) -> Row:
        """The fact that stands for it: of a range its lower bound."""
        return next(fact for fact in self.facts if fact["comparator"] in LOWER) if self.ranged else self.facts[0]

    @property
    def upper(self) -> Row | None:
        """The fact of a range's upper bound; None where it is no range."""
        return next((fact for fact in self.facts if fact["comparator"] in UPPER), None) if self.ranged else None

    @property
    def distinct(self) -> tuple[float, ...]:
        """Its different values, in the order of the table."""
        return tuple(dict.fromkeys(fact["value"] for fact in self.facts))

    @property
    def ranged(self) -> bool:
        """One number or more, all of one lower bound, and one upper bound not below it (3～5回)."""
        if len(self.facts) == 1:
            return False
        lower = {fact["value"] for fact in self.facts if fact["comparator"] in LOWER}
        upper = {fact["value"] for fact in self.facts if fact["comparator"] in UPPER}
        return len(lower) == len(upper) == 1 and max(lower) <= max(upper) and all(fact["comparator"] in LOWER + UPPER for fact in self.facts)

    @property
    def several(self) -> bool:
        """Whether it states different numbers that make no range."""
        return len(self.facts) > 1 and not self.ranged and not all(_agree(self.facts[0], fact) for fact in self.facts)


def panel_rows(tables: Mapping[str, pa.Table]) -> list[Row]:
    """The rows of the panel from `documents` and the facts, sorted by indicator, kind, area and period."""
    documents = {row["document_id"]: row for row in tables["documents"].to_pylist()}
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for name in FACTS:
        for fact in tables[name].to_pylist() if name in tables else ():
            if fact["fiscal_year"] is not None or fact["period_end"] is not None:
                groups[(fact["indicator_id"], kind_of(name, fact), fact["area"], fact["fiscal_year"], *part_of(fact), fact["cumulative"])].append(fact)
    return [_row(key, groups[key], documents) for key in sorted(groups, key=lambda key: tuple((part is not None, part or 0) for part in key))]


def kind_of(table: str, fact: Row) -> str:
    """What sort of number a row of a table of facts is."""
    if table == "costs":
        return fact["basis"] or "cost"
    return "target" if table == "targets" else "baseline" if fact["baseline"] else "actual"


def _year_of(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def part_of(fact: Row) -> tuple[dt.date | None, dt.date | None]:
    """The days of a number that is not its whole fiscal year's; (None, None) for a whole year's and for one as of the year's last day (年度末)."""
    year, start, end = fact["fiscal_year"], fact["period_start"], fact["period_end"]
    if year is not None:
        first, last = _year_of(year)
        if end is None or (end == last and start in (end, None, first)):
            return None, None
    return start, end


def _row(key: tuple[Any, ...], facts: Sequence[Row], documents: Mapping[str, Row]) -> Row:
    indicator_id, kind, area, year, start, end, cumulative = key
    statements = _statements(facts, documents)
    first, latest = statements[0], statements[-1]
    fact, upper = latest.lower, latest.upper
    one = not latest.several
    return {
        **{name: fact[name] for name in ("indicator", "component", "area_code", "section", "unit", "fact_id", "document_id", "source_name", "comparator")},
        "indicator_id": indicator_id,
        "kind": kind,
        "area": area,
        "fiscal_year": year,
        "period_start": start,
        "period_end": end,
        "cumulative": cumulative,
        "publisher": latest.document["publisher"],
        "value": fact["value"] if one else None,
        "upper": upper["value"] if upper else None,
        "document_year": latest.document["fiscal_year"],
        "first_value": None if first.several else first.lower["value"],
        "first_unit": first.lower["unit"],
        "first_fact_id": first.lower["fact_id"],
        "first_document_id": first.document["document_id"],
        "first_document_year": first.document["fiscal_year"],
        "revised": _revised(statements),
        "documents": len(statements),
        "statements": len(facts),
        **{name: next((one[name] for one in latest.facts if one.get(name) is not None), None) for name in ("achievement_rate", "rating")},
        "values": list(latest.distinct),
        "fact_ids": [fact["fact_id"] for statement in statements for fact in statement.facts],
        "note": None if one else "the document states several values: " + ", ".join(f"{value:.12g}" for value in latest.distinct),
    }


def _statements(facts: Iterable[Row], documents: Mapping[str, Row]) -> list[Statement]:
    """One for each document, the first document first: by its fiscal year (unknown ones first), by when it was written, by its id."""
    by_document: dict[str, list[Row]] = defaultdict(list)
    for fact in facts:
        by_document[fact["document_id"]].append(fact)
    return [Statement(documents[key], tuple(by_document[key])) for key in sorted(by_document, key=lambda key: _age(documents[key]))]


def _age(document: Row) -> tuple[Any, ...]:
    year, written = document["fiscal_year"], document["written_at"]
    return year is not None, year or 0, written is not None, written.timestamp() if written else 0.0, document["document_id"]


def _revised(statements: Sequence[Statement]) -> bool | None:
    if len(statements) == 1:
        return False
    if any(statement.several for statement in statements):
        return None
    first = statements[0]
    return not all(_agree(first.lower, other.lower) and _bounds_agree(first.upper, other.upper) for other in statements[1:])


def _agree(fact: Row, other: Row) -> bool:
    return same_amount(fact["value"], fact["unit"], other["value"], other["unit"])


def _bounds_agree(bound: Row | None, other: Row | None) -> bool:
    return bound is other or (bound is not None and other is not None and _agree(bound, other))
