"""Ids over runs: the same input the same ids, next year's document none but new ones, and the way back from an old id."""

from __future__ import annotations

from random import Random

from pipeline.link.tables import link
from tests.generated.drift import HELD_OUT
from tests.generated.editions import make
from tests.generated.editions_printed import as_rows
from tests.pipeline.link.made import fact, linked


def test_the_order_in_which_facts_and_documents_come_decides_nothing() -> None:
    documents, facts, _ = as_rows(make(303, HELD_OUT))
    once = link(documents, facts)
    ids = {row["fact_id"]: row["indicator_id"] for some in facts.values() for row in some}
    mixed = {table: Random(table).sample(some, len(some)) for table, some in facts.items()}
    again = link(documents[::-1], mixed)
    assert {row["fact_id"]: row["indicator_id"] for some in mixed.values() for row in some} == ids
    for name in ("indicators", "links"):
        key = f"{name[:-1]}_id"
        assert sorted(getattr(once, name), key=lambda row: str(row[key])) == sorted(getattr(again, name), key=lambda row: str(row[key]))


def test_next_years_document_changes_no_id() -> None:
    first = [fact("障がい者の就職件数", 310, 2023, document="d_2023"), fact("就農相談の件数", 40, 2023, document="d_2023")]
    linked(*first)
    before = [one["indicator_id"] for one in first]
    linked(*first, fact("障害者の就職件数(常用)", 310, 2023, document="d_2024"), fact("就農相談件数", 41, 2024, document="d_2024"))
    assert [one["indicator_id"] for one in first] == before


def test_an_id_from_before_an_earlier_document_was_known_is_found_again() -> None:
    later = fact("障害者の就職件数(常用)", 310, 2023, document="d_2024")
    linked(later)
    published = later["indicator_id"]
    made = linked(fact("障がい者の就職件数", 310, 2023, document="d_2023"), later)
    assert later["indicator_id"] != published
    [row] = [row for row in made.indicators if row["indicator_id"] == later["indicator_id"]]
    assert published in row["form_ids"]


def test_a_further_year_of_a_whole_plan_changes_no_id() -> None:
    editions = make(304, HELD_OUT, editions=4)
    documents, facts, truth = as_rows(editions[:3])
    link(documents, facts)
    before = {row["fact_id"]: row["indicator_id"] for some in facts.values() for row in some}
    documents, facts, _ = as_rows(editions)
    link(documents, facts)
    after = {row["fact_id"]: row["indicator_id"] for some in facts.values() for row in some}
    assert len(before) == len(truth) < len(after)
    assert {fact_id: after[fact_id] for fact_id in before} == before


def test_two_indicators_that_begin_with_one_name_have_two_ids() -> None:
    facts = [
        fact("利用者数", value, 2024, document=document, section=section)
        for document, section, value in (("d_2024", "図書館の運営", 120), ("d_2025", "公民館の運営", 85), ("d_2026", "体育館の運営", 31))
    ]
    made = linked(*facts)
    assert len({one["indicator_id"] for one in facts}) == len(made.indicators) == 3


def test_links_are_told_once() -> None:
    made = linked(*(fact("就農相談件数", year, year, document=f"d_{year}") for year in (2023, 2024, 2025)))
    assert [(row["document_id"], row["other_document_id"], row["decided_by"]) for row in made.links] == [
        ("d_2023", "d_2024", "exact"),
        ("d_2024", "d_2025", "exact"),
    ]
    assert len({row["link_id"] for row in made.links}) == 2
