from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import extractors
from pipeline import __version__
from pipeline.cli import main
from pipeline.readings import READERS
from tests.pipeline.made import extract_words, put


@pytest.fixture(autouse=True)
def _find_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the extractors find is other tests' matter."""
    monkeypatch.setattr(extractors, "extract", extract_words)


@pytest.fixture
def mixed(raw: Path, make_pdf: Callable[..., bytes]) -> Path:
    """A zero-byte file, a text called .pdf, a truncated PDF, and a good document of each kind."""
    put(raw, good="件数 目標10 実績9")
    whole = make_pdf("plan 2024")
    (raw / "zero.pdf").write_bytes(b"")
    (raw / "text.pdf").write_text("目標 10件", encoding="utf-8")
    (raw / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (raw / "good.pdf").write_bytes(whole)
    return raw


def ingest(raw: Path, out: Path, *more: str) -> int:
    return main(["ingest", str(raw), "--out", str(out), "--jobs", "0", *more])


def test_broken_documents_do_not_stop_the_good_ones(mixed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest(mixed, tmp_path / "out") == 3
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("source_name")
    assert documents["status"].to_dict() == {"cut.pdf": "failed", "good.pdf": "ok", "good.txt": "ok", "text.pdf": "failed", "zero.pdf": "failed"}
    assert documents["reason"].notna().to_dict() == (documents["status"] == "failed").to_dict()
    assert len(pd.read_parquet(tmp_path / "out" / "targets")) == 1
    said = capsys.readouterr().out
    assert "ok 2  failed 3" in said
    assert all(name in said and documents["reason"][name] in said for name in ("cut.pdf", "text.pdf", "zero.pdf"))


def test_all_fine_ends_with_0_and_says_where_the_tables_are(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(raw, a="件数 目標10", b="件数 目標11 予算5")
    assert ingest(raw, tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert "[2/2] ok" in said
    assert "targets 2  actuals 0  costs 1" in said
    assert str(tmp_path / "out") in said


def test_nothing_readable_ends_with_2(raw: Path, tmp_path: Path) -> None:
    put(raw, a="")
    assert ingest(raw, tmp_path / "out") == 2
    assert pd.read_parquet(tmp_path / "out" / "documents")["status"].to_list() == ["failed"]


def test_a_folder_without_documents_ends_with_2_and_leaves_the_tables(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標10")
    ingest(raw, tmp_path / "out")
    (raw / "a.txt").unlink()
    assert ingest(raw, tmp_path / "out") == 2
    assert len(pd.read_parquet(tmp_path / "out" / "targets")) == 1


@pytest.mark.parametrize(
    "call", ["", "bogus", "ingest nowhere", "ingest --jobs many", "ingest --jobs -2", "ingest --log-level loud", "schema bogus", "explain gone", "ingest a b c"]
)
def test_a_wrong_call_ends_with_1_and_a_sentence(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.split()) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(("yojitsu: ", "Usage: "))
    assert "Traceback" not in captured.err


def test_a_folder_of_somebodys_files_is_no_place_for_tables(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(raw, a="件数 目標10")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    assert ingest(raw, tmp_path / "mine") == 1
    assert "letter.txt" in capsys.readouterr().err


def test_quiet_prints_nothing(mixed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert ingest(mixed, tmp_path / "out", "--quiet") == 3
    assert capfd.readouterr() == ("", "")


def test_the_debug_log_holds_what_the_reason_leaves_out(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def broken(document: object) -> None:
        raise ZeroDivisionError("somewhere deep")

    monkeypatch.setattr(extractors, "extract", broken)
    put(raw, a="件数 目標10")
    ingest(raw, tmp_path / "out")
    assert "somewhere deep" not in capfd.readouterr().err
    ingest(raw, tmp_path / "out", "--fresh", "--log-level", "debug")
    assert "somewhere deep" in capfd.readouterr().err


def test_help_and_version_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"yojitsu {__version__}\n"
    assert main(["ingest", "--help"]) == 0
    assert "--jobs" in capsys.readouterr().out


def test_schema_prints_the_dictionary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "costs"]) == 0
    assert "| basis | string | yes | budget 予算" in capsys.readouterr().out
    assert main(["schema"]) == 0
    assert capsys.readouterr().out.count("## ") == 7


def test_explain_hands_on_the_page_of_a_line(raw: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(extractors, "explain", lambda document, page, line: [f"page {page} line {line} of {len(document.pages)}"])
    put(raw, a="一\n二\f三\n四 10\n")
    assert main(["explain", str(raw / "a.txt"), "--line", "3"]) == 0
    assert capsys.readouterr().out == "page 2 line 3 of 2\n"


@pytest.mark.parametrize(("arguments", "said"), [(["--page", "3"], "no page 3"), (["--line", "99"], "nothing on line 99")])
def test_explain_says_where_there_is_nothing(raw: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(raw, a="一\n二\n")
    assert main(["explain", str(raw / "a.txt"), *arguments]) == 1
    assert said in capsys.readouterr().err


def test_explain_prints_how_every_function_reads_a_string(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--text", "３億５,０００万円（前年度比△12.3％）", "--fiscal-year", "2024"]) == 0
    rows = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert rows[:4] == [
        ["function", "reading"],
        ["scan", "«３億５,０００万円» 350000000 円"],
        ["scan", "«前年度» relative FY2023 2023-04-01..2024-03-31 relative -1"],
        ["scan", "«△12.3％» -12.3 %"],
    ]
    assert [function for function, _ in rows[4:]] == list(READERS)


def test_explain_reads_bare_years_in_the_era_that_is_given_and_knows_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--text", "25年度", "--era", "平成"]) == 0
    assert "FY2013" in capsys.readouterr().out
    assert main(["explain", "--text", "25年度", "--era", "平安"]) == 1
    assert "there are 令和, 平成" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["explain"], ["explain", "a.txt", "--text", "1"]])
def test_explain_takes_a_document_or_a_string(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    assert "one of the two" in capsys.readouterr().err


def test_an_interrupt_ends_with_130_and_leaves_the_tables(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(raw, a="件数 目標10")
    ingest(raw, tmp_path / "out")
    before = (tmp_path / "out" / "documents" / "part-0.parquet").read_bytes()

    def interrupted(document: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(extractors, "extract", interrupted)
    assert ingest(raw, tmp_path / "out", "--fresh") == 130
    assert "stopped" in capsys.readouterr().err
    assert (tmp_path / "out" / "documents" / "part-0.parquet").read_bytes() == before
