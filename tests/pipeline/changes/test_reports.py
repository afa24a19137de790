"""The changes in a terminal, as markdown, as JSON, and in the folder of reports."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.changes import Changes, compare, write_report
from pipeline.changes.digest import LIMIT, days, fact_line
from pipeline.changes.model import FactChange
from pipeline.changes.render import as_json, markdown, terminal
from pipeline.cli import main
from tests.pipeline.changes.editions import PLAN_R6, Nights, plan_r7
from tests.pipeline.changes.made import TOTALS, Address, fact, revisions

NIGHT = dt.datetime(2026, 4, 1, 3, 0, 5, tzinfo=dt.UTC)
NOTHING = Changes(TOTALS, TOTALS)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tables of two nights: a plan is replaced, next year's comes and revises a result, one file is no PDF."""
    nights = Nights(tmp_path_factory.mktemp("nights"), {})
    before = nights.night(r6=PLAN_R6)
    (nights.raw / "error.pdf").write_text("404")
    return before, nights.night(r6=PLAN_R6.replace("120人", "130人"), r7=plan_r7(就職決定率="63.2％"))


def diff(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(["diff", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_a_person_sees_in_one_look_what_changed(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    said = diff(capsys, *outputs).splitlines()
    assert said[0] == "documents  1 → 3: 1 failed, 2 added, 1 changed"
    assert "  「就職決定率」 FY2023 actual: 58.7% (r6.md l. 11) → 63.2% (r7.md l. 11)" in said
    assert "  「就職面接会の参加者数」 FY2024 target: 120人 → 130人 (r6.md l. 9)" in said
    assert said[said.index("failed") + 1].startswith("  error.pdf: ")
    assert said.index("failed") < said.index("revised") < said.index("changed in a new edition") < said.index("added")
    assert "  r7.md (12 facts)" in said
    assert len(said) < 24


def test_equal_input_gives_equal_bytes_in_each_form(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "markdown", "json"):
        once, again = (diff(capsys, *outputs, "--format", form, "--all") for _ in range(2))
        assert once == again
        assert "就職決定率" in once


def test_json_holds_every_change_with_its_ids(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(diff(capsys, *outputs, "--format", "json"))
    assert list(data) == ["format", "time", "changed", "counts", "before", "after", "documents", "facts", "revisions", "coverage", "findings", "fetched"]
    (revision,) = data["revisions"]
    assert (revision["before"]["value"], revision["after"]["value"], revision["after"]["period_end"]) == (58.7, 63.2, "2024-03-31")
    assert revision["before"]["fact_id"].startswith("f_")
    assert data["counts"]["documents"]["added"] == 2
    assert {one["finding_id"][:2] for one in data["findings"]} == {"n_"}


def test_marks_of_markdown_in_names_stay_as_they_are_printed(outputs: tuple[Path, Path]) -> None:
    page = markdown(compare(*outputs))
    assert "# 1 failed, 1 revised, 1 changed in a new edition" in page
    assert "other\\_edition" in page


@pytest.mark.parametrize(("count", "more"), [(LIMIT, False), (LIMIT + 3, True)])
def test_a_long_list_says_how_many_more_there_are(count: int, more: bool) -> None:
    lines = [line.plain for line in terminal(revisions(count))]
    assert ("  … and 3 more (--all)" in lines) is more
    assert sum("「参加者数」" in line for line in lines) == LIMIT
    assert sum("「参加者数」" in line.plain for line in terminal(revisions(count), limit=None)) == count
    assert markdown(revisions(count)).count("- 「参加者数」") == count


def test_days_that_are_not_the_fiscal_years_are_named() -> None:
    october = dt.date(2023, 10, 31)
    assert days(fact(1, "1")) == "FY2023"
    assert days(fact(1, "1", period_start=october, period_end=october)) == "2023-10-31"
    assert days(fact(1, "1", period_end=october)) == "2023-04-01..2023-10-31"
    assert days(fact(1, "1", fiscal_year=None, period_start=None, period_end=None)) == "without year"


def test_a_year_that_is_read_otherwise_is_named_without_its_days() -> None:
    one, other = fact(1, "1件", "件"), fact(1, "1件", "件", fiscal_year=None, period_start=None, period_end=None)
    line = fact_line(FactChange("reread", one, other, ("fiscal_year", "period_start", "period_end")))
    assert line == "「参加者数」 without year actual: 1件, fiscal_year 2023 → none (a.pdf p. 3)"


def test_nothing_changed_is_one_line_or_none(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(capsys, outputs[0], outputs[0]) == "nothing changed: 1 document, 8 facts\n"
    assert diff(capsys, outputs[0], outputs[0], "--quiet-if-same") == ""
    assert diff(capsys, *outputs, "--quiet-if-same") != ""


def test_an_empty_folder_is_the_time_before_the_first_run(outputs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(capsys, tmp_path, outputs[0]).startswith("documents  0 → 1: 1 added\n")


@pytest.mark.parametrize(("wrong", "said"), [("missing", "there is no folder"), ("raw", "holds no table documents")])
def test_a_folder_that_is_no_output_ends_with_1_and_a_sentence(
    outputs: tuple[Path, Path], tmp_path: Path, wrong: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "letter.txt").write_text("x")
    assert main(["diff", str(tmp_path / wrong), str(outputs[0])]) == 1
    assert said in capsys.readouterr().err


def test_one_document_alone_is_told_of_and_a_name_that_none_has_is_a_wrong_call(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    said = diff(capsys, *outputs, "--document", "r7")
    assert "1 added" in said
    assert "error.pdf" not in said
    assert main(["diff", *map(str, outputs), "--document", "r99"]) == 1
    assert "r99" in capsys.readouterr().err


def test_a_report_is_written_under_its_time_and_as_the_latest(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    changes, fetched = compare(*outputs), [Address("new"), Address("refused", "robots.txt forbids it")]
    path = write_report(changes, fetched, tmp_path / "reports", NIGHT)
    assert path.name == "2026-04-01T030005Z.md"
    assert sorted(one.name for one in path.parent.iterdir()) == ["2026-04-01T030005Z.json", path.name, "latest.json", "latest.md"]
    assert (path.parent / "latest.md").read_bytes() == path.read_bytes()
    assert path.read_text(encoding="utf-8").startswith("# 2026-04-01 03:00 UTC: 1 not fetched, 1 failed")
    assert "| fetched | 1 new, 1 refused |" in path.read_text(encoding="utf-8")
    data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (data["time"], data["fetched"][1]["reason"]) == ("2026-04-01T03:00:05+00:00", "robots.txt forbids it")


def test_a_night_with_nothing_new_is_three_lines(tmp_path: Path) -> None:
    path = write_report(NOTHING, [Address("unchanged")] * 3, tmp_path, NIGHT)
    assert path.read_text() == "# 2026-04-01 03:00 UTC: nothing new\n\n1 document, 1 fact; 3 addresses asked.\n"
    assert json.loads(as_json(NOTHING, [Address("unchanged")]))["changed"] is False


@pytest.mark.parametrize("status", ["gone", "refused", "failed"])
def test_an_address_that_gave_nothing_is_no_night_with_nothing_new(status: str) -> None:
    page = markdown(NOTHING, [Address(status, "the server answers 404")])
    assert f"- みどり市: https://example.jp/plan.pdf: {status}: the server answers 404" in page


def test_the_same_report_twice_is_one_and_another_of_the_same_second_keeps_both(tmp_path: Path) -> None:
    first, same = (write_report(NOTHING, [], tmp_path, NIGHT) for _ in range(2))
    other = write_report(revisions(1), [], tmp_path, NIGHT)
    assert (first, other.name) == (same, "2026-04-01T030005Z-2.md")
    assert "nothing new" in first.read_text()
    assert (tmp_path / "latest.md").read_bytes() == other.read_bytes()


def test_the_fixed_time_of_builds_is_the_time_of_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NIGHT.timestamp())))
    assert write_report(NOTHING, [], tmp_path).name == "2026-04-01T030005Z.md"


def test_a_report_that_cannot_be_written_leaves_the_former_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(NOTHING, [], tmp_path, NIGHT)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(handle: int) -> Iterator[None]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(revisions(1), [], tmp_path, NIGHT.replace(hour=4))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
