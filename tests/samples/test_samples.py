"""The committed PDFs, their truth and their cards belong together; the ledger that makes them lets no wrong figure through."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from pathlib import Path

import pytest

from samples.ledger import COLUMNS, Fact, Ledger, LedgerError, load
from samples.pages import squeeze, texts

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
TRUTHS = sorted((ROOT / "samples" / "truth").glob("*.csv"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def ledger(*raws: str) -> Ledger:
    blank = dict.fromkeys(COLUMNS, "")
    return Ledger([Fact({**blank, "kind": "actual", "fiscal_year": "2024", "raw": raw}) for raw in raws])


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_every_figure_of_the_truth_stands_on_its_page(truth: Path) -> None:
    pages = texts(RAW / f"{truth.stem}.pdf")
    absent = [row for row in rows(truth) if squeeze(row["raw"]) not in pages[int(row["page"]) - 1]]
    assert absent == []


def test_every_pdf_has_a_truth_and_a_card_that_names_its_bytes() -> None:
    pdfs = {path.stem for path in RAW.glob("*.pdf")}
    assert {path.stem for path in TRUTHS} <= pdfs
    for truth in TRUTHS:
        pdf = RAW / f"{truth.stem}.pdf"
        card = tomllib.loads(pdf.with_name(f"{pdf.name}.card.toml").read_text(encoding="utf-8"))
        assert card["sha256"] == hashlib.sha256(pdf.read_bytes()).hexdigest()
        assert card["licence"] and card["source"] and card["restatement"].startswith("Not the original")


def test_the_truths_are_the_facts() -> None:
    facts = sorted(tuple(fact[column] for column in COLUMNS) for path in (ROOT / "samples" / "facts").glob("*.csv") for fact in load(path).facts)
    assert facts == sorted(tuple(row[column] for column in COLUMNS) for path in TRUTHS for row in rows(path))


def test_a_figure_that_is_not_the_next_fact_stops_the_build() -> None:
    book = ledger("12人", "3回")
    assert book.fill("参加者 [[12人]]") == "参加者 12人"
    with pytest.raises(LedgerError, match="printed '4回'"):
        book.fill("開催 [[4回]]")


def test_a_fact_that_was_not_printed_stops_the_build() -> None:
    book = ledger("12人", "3回")
    book.fill("参加者 [[12人]]")
    with pytest.raises(LedgerError, match="not printed"):
        book.close()


def test_a_table_cannot_take_a_fact_of_another_year() -> None:
    book = ledger("12人")
    with pytest.raises(LedgerError, match="wanted actual 2025"):
        book.take("actual", 2025)


@pytest.mark.parametrize(
    ("raw", "value", "holds"), [("２，１６２件以上", "2162", True), ("1 3 7 か 所", "137", True), ("11,5％", "11.5", True), ("12人", "13", False)]
)
def test_the_value_of_a_fact_must_be_the_one_it_shows(tmp_path: Path, raw: str, value: str, holds: bool) -> None:
    path = tmp_path / "facts.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerow({"kind": "actual", "raw": raw, "value": value})
    if holds:
        assert load(path).facts[0]["raw"] == raw
    else:
        with pytest.raises(LedgerError, match="is not 13"):
            load(path)
