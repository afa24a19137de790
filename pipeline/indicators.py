"""Which facts are about the same indicator: by publisher, name, component and unit, until links over renamed indicators are known."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from pipeline.rows import Rows, stable_id

# The same amount may be printed in 円 and in 千円: that makes no second indicator.
MONEY_SCALES = ("十億", "百億", "千億", "十万", "百万", "千万", "十", "百", "千", "万", "億", "兆")

Key = tuple[str, str, str]


# The same names come with every year and document of a publisher.
@functools.lru_cache(65_536)
def plain(name: str | None) -> str:
    """A name's letters and digits alone, width and case folded: how it is compared, not how it is published."""
    folded = unicodedata.normalize("NFKC", name or "")
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN").lower()


def unit_kind(unit: str | None) -> str | None:
    """The unit without a scale before 円."""
    if unit and unit.endswith("円"):
        scale = unit[:-1]
        return "円" if not scale or scale in MONEY_SCALES else unit
    return unit


def assign(documents: Rows, facts: dict[str, Rows]) -> Rows:
    """Fill `indicator_id` of every row of `facts` (rows by table name) in place; the rows of `indicators`."""
    by_document = {row["document_id"]: row for row in documents if row["status"] != "failed"}
    groups: dict[Key, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for table in sorted(facts):
        for fact in facts[table]:
            publisher = by_document[fact["document_id"]]["publisher"] or fact["document_id"]
            groups[publisher, plain(fact["indicator"]) or fact["indicator"], plain(fact["component"])].append((table, fact))
    rows = []
    for key, members in sorted(groups.items()):
        for unit, some in _by_unit(members).items():
            rows.append(_row(stable_id("i_", *key, unit), some, by_document))
    return rows


def _by_unit(members: list[tuple[str, dict[str, Any]]]) -> dict[str | None, list[tuple[str, dict[str, Any]]]]:
    """One group a kind of unit. Facts without a unit (前年度以上, a bare number) belong to the only unit there is, if there is only one."""
    groups: dict[str | None, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for table, fact in members:
        groups[unit_kind(fact["unit"])].append((table, fact))
    if len(groups) == 2 and None in groups:
        bare = groups.pop(None)
        next(iter(groups.values())).extend(bare)
    return groups


def _row(indicator_id: str, members: list[tuple[str, dict[str, Any]]], by_document: dict[str, dict[str, Any]]) -> dict[str, Any]:
    for _, fact in members:
        fact["indicator_id"] = indicator_id
    facts = [fact for _, fact in members]
    documents = sorted({fact["document_id"] for fact in facts})
    years = [fact["fiscal_year"] for fact in facts if fact["fiscal_year"] is not None]
    tables = Counter(table for table, _ in members)
    return {
        "indicator_id": indicator_id,
        "indicator": most_common(fact["indicator"] for fact in facts),
        "component": most_common(fact["component"] for fact in facts),
        "unit": most_common(fact["unit"] for fact in facts),
        "publisher": by_document[documents[0]]["publisher"],
        "area_code": most_common(by_document[document]["area_code"] for document in documents),
        "names": sorted({fact["indicator"] for fact in facts}),
        "document_ids": documents,
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
        **{table: tables[table] for table in ("targets", "actuals", "costs")},
    }


def most_common(values: Iterable[str | None]) -> str | None:
    """The value found most often, nulls aside; of several, the first in code point order, so that no order of input decides."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)
