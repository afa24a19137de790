"""Linking over three years of invented plans: who is who is known, and these plans and words were not looked at while it was made."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from pipeline.link.tables import link
from pipeline.schema import FACT_TABLES
from pipeline.sources import Source
from pipeline.work import work
from tests.generated.draw import draw
from tests.generated.drift import HELD_OUT, TUNED
from tests.generated.editions import MANNERS, Edition, make
from tests.generated.editions_printed import Found, as_book, as_markdown, as_rows, compare, found_facts, total
from tests.generated.manner import Manner

PLANS = range(301, 313)


def of_rows(seed: int) -> dict[str, Found]:
    documents, facts, truth = as_rows(make(seed, HELD_OUT))
    link(documents, facts)
    return compare(truth, [(row["fact_id"], row["indicator_id"]) for some in facts.values() for row in some])


def of_files(editions: list[Edition], files: list[Path]) -> dict[str, Found]:
    """What linking makes of printed editions, from their bytes on."""
    outcomes = [work(Source(file.name, file)) for file in files]
    truth = {}
    for edition, outcome in zip(editions, outcomes, strict=True):
        truth |= found_facts(edition, outcome.document["document_id"], {name: outcome.as_rows()[name] for name in ("targets", "actuals")})
    facts = {name: [row for outcome in outcomes for row in outcome.as_rows()[name]] for name in FACT_TABLES}
    link([outcome.document for outcome in outcomes], facts)
    rows = [row for name in ("targets", "actuals") for row in facts[name]]
    assert len(truth) >= 0.9 * len(rows)
    return compare(truth, [(row["fact_id"], row["indicator_id"]) for row in rows])


def test_renamed_split_and_alike_indicators_are_told_apart_in_plans_never_seen() -> None:
    found = total(of_rows(seed) for seed in PLANS)
    assert found["all"].right > 1000 and found["renamed"].right > 400
    assert found["all"].precision >= 0.985 and found["all"].f1 >= 0.975
    assert found["renamed"].precision >= 0.97 and found["renamed"].f1 >= 0.95


@pytest.mark.parametrize("seed", PLANS[:4])
def test_a_plan_is_the_same_each_time_and_its_editions_differ(seed: int) -> None:
    editions = make(seed, TUNED)
    assert editions == make(seed, TUNED)
    assert len({as_markdown(edition) for edition in editions}) == 3
    assert editions[0].manner == MANNERS[seed % 4]
    # Something of the first year is still there in the last.
    assert {line.truth for line in editions[0].lines} & {line.truth for line in editions[2].lines}


@pytest.mark.parametrize("seed", PLANS[2:4])
def test_editions_read_from_text_are_linked_as_well(seed: int, tmp_path: Path) -> None:
    editions = make(seed, HELD_OUT)
    files = [tmp_path / f"{edition.year}.md" for edition in editions]
    for edition, file in zip(editions, files, strict=True):
        file.write_text(as_markdown(edition), encoding="utf-8")
    found = of_files(editions, files)
    assert found["all"].precision >= 0.98 and found["all"].f1 >= 0.95


def test_editions_read_from_pages_are_linked_as_well(tmp_path: Path) -> None:
    editions = make(PLANS[1], HELD_OUT)
    files = [tmp_path / f"{edition.year}.pdf" for edition in editions]
    for edition, file in zip(editions, files, strict=True):
        draw(as_book(edition, Manner(Random(f"{PLANS[1]}"))), file)
    found = of_files(editions, files)
    assert found["all"].precision >= 0.98 and found["all"].f1 >= 0.95
