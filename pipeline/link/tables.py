"""The rows of `indicators` and `links`, and the ids: what linking hands to publishing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.link.aliases import Alias, Aliases, finding
from pipeline.link.editions import Publisher
from pipeline.link.forms import Fact, Form, documents_in_order, most_common
from pipeline.link.things import Judgement, Thing
from pipeline.rows import Rows, stable_id


@dataclass(frozen=True)
class Linked:
    """Rows of `indicators` and `links`, and the findings of lines of aliases that fit nothing."""

    indicators: Rows
    links: Rows
    findings: Rows


def link(documents: Rows, facts: dict[str, Rows], aliases: Sequence[Alias] = ()) -> Linked:
    """Fill `indicator_id` of every row of `facts` (rows by table name) in place. Documents of another publisher, or of none, share no indicator."""
    by_document = {row["document_id"]: row for row in documents if row["status"] != "failed"}
    members: dict[str, list[tuple[str, Fact]]] = defaultdict(list)
    for table in sorted(facts):
        for fact in facts[table]:
            members[fact["document_id"]].append((table, fact))
    publishers: dict[str, list[str]] = defaultdict(list)
    for document in documents_in_order(documents):
        publishers[by_document[document]["publisher"] or document].append(document)
    out = Linked([], [], [])
    for name, ids in sorted(publishers.items()):
        publisher = Publisher(name, Aliases([alias for alias in aliases if alias.publisher == name]))
        for document in ids:
            if members[document]:
                publisher.add(members[document])
        names = _ids(publisher.things)
        out.indicators.extend(_indicator(names[thing], thing, by_document) for thing in publisher.things)
        out.links.extend(_links(publisher, names, by_document))
        for line, lacking in publisher.aliases.unmatched():
            out.findings.extend(finding(ids[-1], line, lacking))
    return out


def form_id(form: Form, *more: object) -> str:
    """The id that an indicator has whose earliest form this is."""
    publisher, name, component, kind, section = form.identity
    return stable_id("i_", publisher, name, component, kind, *([section] if section else []), *more)


def _ids(things: Iterable[Thing]) -> dict[Thing, str]:
    """Each thing's id, from its earliest form. Where two begin with one name the later one's document is part of it."""
    taken: set[str] = set()
    out = {}
    for thing in things:
        own = form_id(thing.forms[0])
        if own in taken:
            own = form_id(thing.forms[0], thing.forms[0].document_id, "\x1e".join(sorted(thing.forms[0].sections)))
        taken.add(own)
        out[thing] = own
    return out


def _indicator(indicator_id: str, thing: Thing, by_document: dict[str, dict[str, Any]]) -> dict[str, Any]:
    members = [member for form in thing.forms for member in form.members]
    for _, fact in members:
        fact["indicator_id"] = indicator_id
    facts = [fact for _, fact in members]
    documents = sorted({fact["document_id"] for fact in facts})
    years = [fact["fiscal_year"] for fact in facts if fact["fiscal_year"] is not None]
    tables = Counter(table for table, _ in members)
    return {
        "indicator_id": indicator_id,
        "form_ids": sorted({indicator_id, *(form_id(form) for form in thing.forms)}),
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


def _links(publisher: Publisher, names: dict[Thing, str], by_document: dict[str, dict[str, Any]]) -> Rows:
    of_form = {form: names[thing] for thing in publisher.things for form in thing.forms}
    rows = {}
    for one in publisher.judgements:
        row = _link(one, of_form, by_document)
        # A pair that stayed alone and that a later document joined after all is no doubt any more.
        if one.relation == "unsure" and row["indicator_id"] == row["other_indicator_id"]:
            continue
        rows[row["link_id"]] = row
    return list(rows.values())


def _link(one: Judgement, of_form: dict[Form, str], by_document: dict[str, dict[str, Any]]) -> dict[str, Any]:
    row = {"relation": one.relation, "publisher": by_document[one.one.document_id]["publisher"]}
    for prefix, form in (("", one.one), ("other_", one.other)):
        row |= {
            f"{prefix}indicator_id": of_form[form],
            f"{prefix}document_id": form.document_id,
            f"{prefix}indicator": form.name,
            f"{prefix}component": form.component,
            f"{prefix}unit": most_common(fact["unit"] for _, fact in form.members),
            f"{prefix}section": most_common(fact["section"] for _, fact in form.members),
        }
    said = (one.relation, one.one.document_id, *one.one.identity, one.other.document_id, *one.other.identity)
    return row | {"link_id": stable_id("l_", *said), "score": one.score, "evidence": "; ".join(one.evidence), "decided_by": one.decided_by}
