"""How much of what people read in the documents is found, and how much of what is found is right."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from extractors import extract
from pipeline.ingest import Job, ingest
from pipeline.read import read
from tests.conftest import RAW, ROOT
from tests.extractors.test_account import assert_accounted

# Documents, hand-read facts and scorer are no part of the repository; where they lie beside it, it is held to them.
SHARED = ROOT.parent / "shared"
SCORER, SEEDS, GOLD = SHARED / "score.py", SHARED / "seeds", SHARED / "gold"
pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="no scorer beside the repository")

# Least recall of all documents, by tier: tables, running text, statistics around them.
RECALL = {"1": 0.98, "2": 0.80, "3": 0.70}
RATES_OF_A_PLAN = 19
GRADES_OF_SHEETS = 34
SHOWN = 25


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the text documents."""
    out = tmp_path_factory.mktemp("seeds") / "parquet"
    ingest(Job(SEEDS, out, out), lambda total: nullcontext(lambda outcome: None))
    return out


@pytest.fixture(scope="module")
def seed_scores(scorer: ModuleType, seeds: Path) -> dict[str, Any]:
    result: dict[str, Any] = scorer.evaluate(str(GOLD), str(seeds))
    return result


@pytest.fixture(scope="module")
def sample_scores(scorer: ModuleType, published: Path) -> dict[str, Any]:
    result: dict[str, Any] = scorer.evaluate(str(ROOT / "samples" / "truth"), str(published / "data" / "parquet"))
    return result


def listed(rows: Iterable[dict[str, Any]]) -> str:
    """The first misses or spurious facts, one a line, without their empty columns."""
    return "\n".join(str({column: value for column, value in row.items() if value not in ("", None)}) for row in list(rows)[:SHOWN])


def recall(files: list[dict[str, Any]], tier: str) -> float | None:
    """The part of a tier's facts that was found; None where there are none."""
    asked, found = (sum(file["tiers"].get(tier, (0, 0, 0))[at] for file in files) for at in (0, 1))
    return found / asked if asked else None


@pytest.mark.parametrize("tier", RECALL)
def test_the_facts_of_each_tier_are_found(tier: str, seed_scores: dict[str, Any]) -> None:
    found = recall(list(seed_scores["files"].values()), tier)
    assert found is not None
    assert found >= RECALL[tier], listed(miss for miss in seed_scores["misses"] if miss["tier"] == tier)


def test_the_tables_of_every_text_document_are_found(seed_scores: dict[str, Any]) -> None:
    found = {stem: recall([file], "1") for stem, file in seed_scores["files"].items()}
    assert len(found) == len(list(GOLD.glob("*.csv")))
    assert {stem: value for stem, value in found.items() if value is not None and value < RECALL["1"]} == {}


def test_what_is_found_is_right_in_all_and_in_every_text_document(scorer: ModuleType, seed_scores: dict[str, Any]) -> None:
    files = seed_scores["files"]
    assert scorer.total(list(files.values()))["precision"] >= 0.95, listed(seed_scores["spurious"])
    assert {stem: precision for stem, file in files.items() if (precision := scorer.total([file])["precision"]) < 0.92} == {}


@pytest.mark.parametrize("stem", [path.stem for path in RAW])
def test_every_sample_is_read_as_its_truth_says(stem: str, scorer: ModuleType, sample_scores: dict[str, Any]) -> None:
    score = scorer.total([sample_scores["files"][scorer.stem(stem)]])
    wrong = (one for one in (*sample_scores["misses"], *sample_scores["spurious"]) if one["file"] == scorer.stem(stem))
    assert score["f1"] >= 0.99, listed(wrong)


def filled(parquet: Path, column: str, source: str) -> pd.Series[Any]:
    actuals = pd.read_parquet(parquet / "actuals")
    return actuals[actuals["source_name"].str.startswith(source)][column].dropna()


def gold(column: str, source: str) -> list[str]:
    (file,) = GOLD.glob(f"{source}*.csv")
    return sorted(pd.read_csv(file, dtype=str)[column].dropna())


def test_every_printed_rate_stands_beside_its_actual(seeds: Path) -> None:
    rates = filled(seeds, "achievement_rate", "000")
    assert len(rates) == RATES_OF_A_PLAN
    assert sorted(rates) == sorted(map(float, gold("achievement_rate", "000")))


def test_every_grade_of_the_list_is_joined_to_its_sheet(seeds: Path) -> None:
    grades = filled(seeds, "rating", "002")
    assert len(grades) == GRADES_OF_SHEETS
    assert sorted(grades) == gold("rating", "002")


@pytest.mark.parametrize(("column", "source"), [("achievement_rate", "000"), ("rating", "002")])
def test_rates_and_grades_are_those_of_their_indicators(column: str, source: str, seeds: Path, scorer: ModuleType) -> None:
    (file,) = GOLD.glob(f"{source}*.csv")
    truth = pd.read_csv(file, dtype=str).dropna(subset=[column])
    actuals = pd.read_parquet(seeds / "actuals")
    actuals = actuals[actuals["source_name"].str.startswith(source)].dropna(subset=[column])
    said = sorted((float(value), _plain(beside)) for value, beside in zip(actuals["value"], actuals[column], strict=True))
    assert said == sorted((float(value), _plain(beside)) for value, beside in zip(truth["value"], truth[column], strict=True))


def _plain(beside: str | float) -> str:
    return f"{float(beside):g}" if isinstance(beside, float) or beside.replace(".", "").isdigit() else beside


def test_every_numeral_of_the_seeds_is_in_exactly_one_place_and_few_are_unknown() -> None:
    unknown = numerals = 0
    for path in sorted(SEEDS.glob("*.txt")):
        document = read(path.read_bytes(), path.name)
        extraction = extract(document)
        assert_accounted(document, extraction)
        unknown += sum(one.reason == "unknown" for one in extraction.unclaimed)
        numerals += len(extraction.unclaimed) + len(extraction.facts)
    assert unknown <= 0.03 * numerals
