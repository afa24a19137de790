"""Corrections change just the number that they name, stay visible on it, and say so where they fit nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.cli import Exit, main
from pipeline.corrections import BadCorrection, load
from pipeline.read import document_id

TEXT = "令和6年度 事業報告\n\n| 指標 | 令和5年度実績 | 令和6年度実績 |\n| --- | --- | --- |\n| 受給率 | 7.51‰ | 7.62% |\n"
GOOD = """
[[correction]]
document = "DOCUMENT"
source_name = "report.txt"
line = 5
printed = "7.62%"
right = { value = 7.62, unit = "‰" }
why = "受給者数と人口から。"
who = "担当課への照会"
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """RAW with one document, OUT, and a folder for corrections."""
    raw, corrections = tmp_path / "raw", tmp_path / "corrections"
    raw.mkdir()
    corrections.mkdir()
    (raw / "report.txt").write_text(TEXT, encoding="utf-8")
    return raw, tmp_path / "out", corrections


def ingest(folders: tuple[Path, Path, Path], text: str) -> int:
    raw, out, corrections = folders
    (corrections / "one.toml").write_text(text.replace("DOCUMENT", document_id(TEXT.encode())), encoding="utf-8")
    return main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet", "--corrections", str(corrections)])


def rows(folders: tuple[Path, Path, Path], table: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = pq.read_table(folders[1] / table).to_pylist()
    return read


def test_a_correction_changes_its_number_and_shows_what_was_printed(folders: tuple[Path, Path, Path]) -> None:
    assert ingest(folders, GOOD) == Exit.FINE
    found = {row["raw"]: (row["value"], row["unit"], row["corrected_from"]) for row in rows(folders, "actuals")}
    assert found == {"7.51‰": (7.51, "‰", None), "7.62%": (7.62, "‰", "unit=%、value=7.62")}
    (finding,) = [row for row in rows(folders, "findings") if row["rule"] == "corrected"]
    assert finding["severity"] == "info" and "担当課への照会" in finding["message"] and len(finding["fact_ids"]) == 1


def test_a_corrected_year_moves_the_days(folders: tuple[Path, Path, Path]) -> None:
    assert ingest(folders, GOOD.replace('value = 7.62, unit = "‰"', "fiscal_year = 2023")) == Exit.FINE
    (row,) = [row for row in rows(folders, "actuals") if row["corrected_from"]]
    assert (row["fiscal_year"], str(row["period_start"]), str(row["period_end"])) == (2023, "2023-04-01", "2024-03-31")
    assert row["corrected_from"] == "fiscal_year=2024"


@pytest.mark.parametrize("change", [("7.62%", "7.63%"), ("line = 5", "line = 4"), ("line = 5", 'fact_id = "f_0"')])
def test_a_correction_that_fits_nothing_fails_loudly_and_the_tables_are_there(folders: tuple[Path, Path, Path], change: tuple[str, str]) -> None:
    assert ingest(folders, GOOD.replace(*change)) == Exit.CHECKS_FAILED == 5
    (finding,) = [row for row in rows(folders, "findings") if row["rule"] == "correction_unmatched"]
    assert finding["severity"] == "error" and "合う数がありません" in finding["message"]
    assert {row["corrected_from"] for row in rows(folders, "actuals")} == {None}


def test_a_correction_for_a_document_whose_bytes_changed_fails_loudly(folders: tuple[Path, Path, Path]) -> None:
    (folders[0] / "report.txt").write_text(TEXT + "\n以上\n", encoding="utf-8")
    assert ingest(folders, GOOD) == Exit.CHECKS_FAILED
    (finding,) = [row for row in rows(folders, "findings") if row["rule"] == "correction_unmatched"]
    assert "文書の内容が変わっています" in finding["message"]


def test_a_correction_that_fits_two_numbers_changes_neither(folders: tuple[Path, Path, Path]) -> None:
    text = TEXT.replace("7.51‰", "7.62%")
    (folders[0] / "report.txt").write_text(text, encoding="utf-8")
    assert ingest(folders, GOOD.replace("DOCUMENT", document_id(text.encode()))) == Exit.CHECKS_FAILED
    assert {row["corrected_from"] for row in rows(folders, "actuals")} == {None}


def test_a_correction_of_another_document_waits_for_it(folders: tuple[Path, Path, Path]) -> None:
    assert ingest(folders, GOOD.replace("DOCUMENT", "d_0000000000000000").replace("report.txt", "other.txt")) == Exit.FINE


@pytest.mark.parametrize(
    "change",
    [('who = "担当課への照会"', ""), ("line = 5", "row = 5"), ('unit = "‰"', 'raw = "x"'), ("value = 7.62", 'value = "x"'), ("[[correction]]", "[correction]")],
)
def test_a_correction_that_cannot_be_used_stops_the_run(folders: tuple[Path, Path, Path], change: tuple[str, str]) -> None:
    assert ingest(folders, GOOD.replace(*change)) == Exit.USAGE
    assert not folders[1].exists()


def test_the_corrections_of_this_repository_can_be_used() -> None:
    from tests.conftest import ROOT

    assert load(ROOT / "data" / "corrections") is not None
    assert (ROOT / "data" / "corrections" / "README.md").is_file()


def test_a_file_that_is_no_list_of_corrections_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(BadCorrection, match=r"odd\.toml"):
        load(tmp_path)
