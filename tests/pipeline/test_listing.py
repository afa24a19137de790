"""findings, unclaimed and rules in a terminal: filtered, as table, CSV or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import Exit, main
from pipeline.listing import rules_page
from tests.conftest import ROOT
from tests.pipeline.check.sources import CASES


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of two documents: one with an error and a misprint, one with digits of two widths."""
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out") / "tables"
    (raw / "rates.txt").write_text(CASES["achievement_rate"][0] + "\n団体は11,5％であった。\n", encoding="utf-8")
    (raw / "widths.txt").write_text(CASES["mixed_widths"][0], encoding="utf-8")
    assert main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]) == Exit.FINE
    return out


def lines(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    assert main([*map(str, arguments), "--format", "jsonl"]) == Exit.FINE
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("filters", "rules"),
    [
        ((), {"achievement_rate", "misprinted_number", "mixed_widths"}),
        (("--severity", "warning"), {"achievement_rate", "misprinted_number"}),
        (("--severity", "error"), {"achievement_rate"}),
        (("--rule", "mixed_widths", "--rule", "misprinted_number"), {"mixed_widths", "misprinted_number"}),
        (("--document", "widths"), {"mixed_widths"}),
        (("--text", "11,5"), {"misprinted_number"}),
        (("--line", "7"), {"misprinted_number"}),
        (("--page", "1"), set()),
    ],
)
def test_findings_are_filtered(out: Path, capsys: pytest.CaptureFixture[str], filters: tuple[str, ...], rules: set[str]) -> None:
    assert {row["rule"] for row in lines(capsys, "findings", out, *filters)} == rules


def test_unclaimed_numerals_are_filtered_by_reason(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["reason"] for row in lines(capsys, "unclaimed", out)} >= {"date"}
    assert {row["reason"] for row in lines(capsys, "unclaimed", out, "--reason", "date")} == {"date"}
    assert lines(capsys, "unclaimed", out, "--reason", "phone") == []


def test_csv_has_every_column_and_reads_back(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", str(out), "--rule", "achievement_rate", "--format", "csv"]) == Exit.FINE
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["source_name"], row["severity"], row["stated"], row["expected"]) == ("rates.txt", "error", "80%", "70.0%")
    assert len(row["fact_ids"].split(" ")) == 2


def test_a_table_for_people_says_how_many_rows_there_are(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", str(out)]) == Exit.FINE
    assert capsys.readouterr().out.splitlines()[-1] == "3 rows"


@pytest.mark.parametrize("command", ["findings", "unclaimed"])
def test_a_folder_without_tables_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, str(tmp_path)]) == Exit.USAGE
    assert "yojitsu ingest" in capsys.readouterr().err


def test_the_rules_are_printed_and_the_page_of_rules_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == Exit.FINE
    printed = capsys.readouterr().out
    assert printed.strip() == rules_page().strip() == (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").strip()
    assert all(f"## {name}" in printed for name in CASES)
