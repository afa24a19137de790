from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.rows import Outcome
from tests.pipeline.made import outcomes, put, run_in, work_or_die


def test_every_document_is_seen_once_and_comes_out_in_the_order_of_paths(raw: Path, tmp_path: Path) -> None:
    put(raw, b="件数 目標1", a="件数 目標2", c="件数 目標3")
    seen: list[Outcome] = []
    result = run_in(raw, tmp_path, seen=seen.append)
    assert [outcome.document["source_path"] for outcome in outcomes(result)] == ["a.txt", "b.txt", "c.txt"]
    assert len(seen) == 3


def test_a_document_that_kills_its_process_fails_alone(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1", killer="件数 目標2", killer2="件数 目標3", z="件数 目標4")
    result = run_in(raw, tmp_path, 2, work_or_die)
    found = {outcome.document["source_path"]: outcome.document["status"] for outcome in outcomes(result)}
    assert found == {"a.txt": "ok", "killer.txt": "failed", "killer2.txt": "failed", "z.txt": "ok"}
    assert all("強制終了" in str(outcome.document["reason"]) for outcome in outcomes(result) if outcome.document["status"] == "failed")


def test_copies_of_a_document_are_one_document_and_a_finding(raw: Path, tmp_path: Path) -> None:
    put(raw, b="件数 目標1", a="件数 目標1", c="件数 目標2")
    result = run_in(raw, tmp_path)
    assert [outcome.document["source_path"] for outcome in outcomes(result)] == ["a.txt", "c.txt"]
    [finding] = outcomes(result)[0].rows["findings"]
    assert (finding["rule"], finding["severity"]) == ("same_bytes", "info")
    assert "b.txt" in finding["message"]
    assert result.copies == {"a.txt": ["b.txt"]}


def test_each_file_that_failed_has_its_own_row(raw: Path, tmp_path: Path) -> None:
    put(raw, b="", a="")
    result = run_in(raw, tmp_path)
    assert [(outcome.document["source_name"], outcome.document["status"]) for outcome in outcomes(result)] == [("a.txt", "failed"), ("b.txt", "failed")]


def test_a_text_called_pdf_fails_and_its_copy_called_txt_is_read(raw: Path, tmp_path: Path) -> None:
    put(raw, b="件数 目標1")
    (raw / "a.pdf").write_bytes((raw / "b.txt").read_bytes())
    result = run_in(raw, tmp_path)
    assert {outcome.document["source_name"]: outcome.document["status"] for outcome in outcomes(result)} == {"a.pdf": "failed", "b.txt": "ok"}


def test_the_same_pdf_under_two_suffixes_is_one_document(raw: Path, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    for name in ("a.pdf", "a.txt"):
        (raw / name).write_bytes(make_pdf("x"))
    assert len(outcomes(run_in(raw, tmp_path))) == 1


def test_a_folder_without_documents_gives_no_outcome(raw: Path, tmp_path: Path) -> None:
    assert outcomes(run_in(raw, tmp_path, 2)) == []
