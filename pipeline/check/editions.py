"""This year's document against last year's: what both say of the same indicator and year. Runs over the rows of all documents."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.check.arithmetic import slip
from pipeline.check.matter import shown
from pipeline.check.rule import describe
from pipeline.rows import Rows, finding_row

describe(
    "other_edition",
    "warning",
    "前年度目標, 前年度実績 and other numbers of a past year with what an earlier document of the same publisher said of them",
    "A target that is another one in next year's report was changed after the fact, or one of the two is misprinted. Results are revised "
    "(速報 to 確報), so these are only to know, unless they differ as a slip of the pen does.",
    "R5計画 目標 666件 / R6計画 前年度目標 660件",
)
describe(
    "unit_of_edition",
    "info",
    "the unit of an indicator with the one in another year's document",
    "A series over two units (人 and 件) is no series.",
    "R5 参加者数 120人 / R6 参加者数 120件",
)

Row = Mapping[str, Any]


def compare(documents: Sequence[Row], facts: Mapping[str, Rows]) -> Rows:
    """Findings, as rows, about documents of one publisher for different fiscal years. `facts` are the rows of the fact tables by name.

    Documents that a newer edition supersedes take no part: what they say otherwise than it was put right, and last year is its newest edition.
    """
    documents = [row for row in documents if row.get("superseded_by") is None]
    facts = {table: [row for row in rows if row.get("superseded_by") is None] for table, rows in facts.items()}
    about = {row["document_id"]: row for row in documents}
    by_key: dict[tuple[object, ...], list[tuple[str, Row]]] = defaultdict(list)
    for table in ("targets", "actuals"):
        for row in facts[table]:
            if row["fiscal_year"] is not None and not row.get("baseline"):
                days = (row["period_start"], row["period_end"])
                by_key[(table, row["indicator_id"], row["component"], row["area"], row["fiscal_year"], *days)].append((row["document_id"], row))
    out = {one["finding_id"]: one for rows in by_key.values() for one in _differing([row for _, row in rows], about)}
    return [*out.values(), *_units(documents, facts)]


def _differing(rows: list[Row], about: Mapping[str, Row]) -> Iterator[dict[str, Any]]:
    """One finding for the latest document whose number is not the one that the document before it states."""
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_document[row["document_id"]].append(row)
    dated = [(about[name]["fiscal_year"], name) for name in by_document if about[name]["fiscal_year"] is not None]
    for (early, before), (late, after) in zip(sorted(dated), sorted(dated)[1:], strict=False):
        one, other = by_document[before], by_document[after]
        # A document that says two things of one year is the matter of another rule.
        if early == late or len({r["value"] for r in one}) != 1 or len({r["value"] for r in other}) != 1 or one[0]["unit"] != other[0]["unit"]:
            continue
        if one[0]["value"] != other[0]["value"]:
            target = "achievement_rate" not in other[0]
            heavy = target or slip(one[0]["value"], other[0]["value"])
            word = "目標" if target else "実績"
            said = (
                f"「{other[0]['indicator']}」の{other[0]['fiscal_year']}年度の{word}は{shown(other[0]['value'])}ですが、"
                f"{about[before]['source_name']}では{shown(one[0]['value'])}です。"
            )
            stated, expected = shown(other[0]["value"]), shown(one[0]["value"])
            yield _row_at(other[0], "other_edition", "warning" if heavy else "info", said, stated, expected, [*one, *other])


def _units(documents: Sequence[Row], facts: Mapping[str, Rows]) -> Iterator[dict[str, Any]]:
    """An indicator with one unit in each document, but not the same: named once for the later document."""
    about = {row["document_id"]: row for row in documents}
    by_name: dict[tuple[object, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table in ("targets", "actuals"):
        for row in facts[table]:
            if row["unit"] is not None and about[row["document_id"]]["publisher"] and about[row["document_id"]]["fiscal_year"] is not None:
                by_name[(about[row["document_id"]]["publisher"], row["indicator"], row["component"])][row["document_id"]].append(row)
    for some in by_name.values():
        dated = sorted((about[name]["fiscal_year"], name) for name in some)
        for (early, before), (late, after) in itertools.pairwise(dated):
            units = [{row["unit"] for row in some[name]} for name in (before, after)]
            if early != late and all(len(one) == 1 for one in units) and units[0] != units[1]:
                old, new = next(iter(units[0])), next(iter(units[1]))
                first = min(some[after], key=lambda row: str(row["fact_id"]))
                said = f"「{first['indicator']}」の単位は{new}ですが、{about[before]['source_name']}では{old}です。"
                yield _row_at(first, "unit_of_edition", "info", said, new, old, [first])


def _row_at(place: Row, rule: str, severity: str, message: str, stated: str, expected: str, facts: Sequence[Row]) -> dict[str, Any]:
    """A finding at a fact's place; its id does not hang on the message, which names the file of another document."""
    ids = [row["fact_id"] for row in facts]
    return finding_row(place, rule, severity, message, stated=stated, expected=expected, fact_ids=ids, told_by=(place["fact_id"], expected))
