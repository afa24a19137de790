"""What the fuzzer found is mended, and the fuzzer itself finds what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors import extract
from extractors.vocabulary import Extraction
from pipeline.check import check
from pipeline.rows import Outcome, rows_of
from pipeline.schema import TABLES
from pipeline.sources import Source
from pipeline.work import work
from tests.fuzz.judge import faults_of, judged
from tests.fuzz.mutants import ODD, TEXTS, mutant
from tests.pipeline.made import text_document

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.*"))
# Mutants of each run of the tests; `make fuzz` makes thousands.
MUTANTS = 40


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_found_gives_an_outcome(path: Path) -> None:
    assert judged(path.read_bytes(), path.name) == []


@pytest.mark.parametrize("number", range(MUTANTS))
def test_a_mutant_gives_an_outcome(number: int) -> None:
    one = mutant(0, number)
    assert judged(one.data, one.name) == [], one.how


def test_the_same_seed_gives_the_same_mutants() -> None:
    assert [mutant(5, number) for number in range(30)] == [mutant(5, number) for number in range(30)]
    assert len({mutant(5, number).data for number in range(30)}) == 30


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("text", TEXTS, ids=["markdown", "dump"])
def test_characters_that_no_file_can_hold_are_extracted_from_too(text: str, odd: str) -> None:
    """Straight on the extractors, where a PDF's fonts may bring half characters and control codes that a text file cannot."""
    lines = [line[:9] + odd + line[9:] for line in text.split("\n")]
    document = text_document(*lines)
    rows = rows_of(document, check(document, extract(document)), "a.txt")
    for table, some in rows.items():
        TABLES[table].rows_of_document(some)
    assert rows["targets"] or rows["actuals"] or rows["unclaimed"]


def broken(**changed: Any) -> Outcome:
    """An outcome of a good text with some of its row changed."""
    path = Path(__file__).parents[1] / "pdfs" / "header_tree.pdf"
    outcome = work(Source(path.name, path))
    return Outcome(outcome.document | changed, outcome.as_rows())


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "fine"},
        {"reason": "理由。"},
        {"status": "partial"},
        {"status": "failed", "reason": "読み取りの途中で予期しない誤りが起きました (KeyError)。"},
        {"status": "needs_ocr", "reason": "OCR が必要です。"},
        {"targets": 99},
    ],
    ids=str,
)
def test_the_judge_finds_fault(changed: dict[str, Any]) -> None:
    assert faults_of(broken()) == []
    assert faults_of(broken(**changed)) != []


def test_an_exception_is_a_fault(raw: Path) -> None:
    def odd(document: object) -> Extraction:
        raise KeyError("deep")

    (raw / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    assert faults_of(work(Source("a.txt", raw / "a.txt"), odd)) != []
