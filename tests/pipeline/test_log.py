"""The log as lines and as JSON, from this process and from workers, and what a fault of the program leaves behind."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extractors
import pipeline.cli
from pipeline.cli import main
from pipeline.log import LogForm, about, is_json, now_set, set_up_log
from pipeline.sources import Source
from pipeline.work import work
from tests.conftest import ROOT
from tests.pipeline.made import extract_words, put

LOG = logging.getLogger("yojitsu.test")


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


def records(text: str) -> list[dict[str, Any]]:
    """Every line must be an object: a line that is none fails here."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_record_says_when_how_bad_who_what_and_of_which_document(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("info", LogForm.JSON)
    before = dt.datetime.now(dt.UTC)
    with about("計画/a.pdf"):
        LOG.info("目標\nと実績")
    LOG.info("after")
    first, second = records(capsys.readouterr().err)
    time = dt.datetime.fromisoformat(first.pop("time"))
    assert time.utcoffset() == dt.timedelta(0)
    assert before <= time <= dt.datetime.now(dt.UTC)
    assert first == {"level": "INFO", "logger": "yojitsu.test", "message": "目標\nと実績", "document": "計画/a.pdf"}
    assert "document" not in second


def test_a_traceback_stays_in_its_record(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("info", LogForm.JSON)
    try:
        raise ZeroDivisionError("somewhere deep")
    except ZeroDivisionError:
        LOG.exception("it failed")
    [record] = records(capsys.readouterr().err)
    assert record["traceback"].startswith("Traceback")
    assert "somewhere deep" in record["traceback"]


def test_a_line_names_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("info", LogForm.LINES)
    with about("計画/a.pdf"):
        LOG.info("目標")
    LOG.info("after")
    assert capsys.readouterr().err.splitlines() == ["INFO yojitsu.test: 計画/a.pdf: 目標", "INFO yojitsu.test: after"]


def test_a_stream_that_knows_no_japanese_still_gets_json(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding="latin-1", errors="backslashreplace", line_buffering=True))
    set_up_log("info", LogForm.JSON)
    LOG.info("目標 é 𠮷")
    [record] = records(raw.getvalue().decode("ascii"))
    assert record["message"] == "目標 é 𠮷"


@pytest.mark.parametrize("form", LogForm)
def test_what_is_set_can_be_handed_to_a_worker(form: LogForm) -> None:
    set_up_log("error", form)
    assert now_set() == (logging.ERROR, form)
    assert is_json() == (form is LogForm.JSON)


def warns(source: Source) -> Any:
    """Work of which a library says something; by name, for worker processes."""
    return work(source, _warned)


def died(source: Source, exitcode: int | None) -> Any:
    raise AssertionError(f"{source.path} ended its process: {exitcode}")


def _warned(document: Any) -> Any:
    logging.getLogger("somelibrary").warning("odd")
    return extract_words(document)


# In a process of its own: workers take over the standard error of the process that started the first of them.
APART = """
import sys
from pathlib import Path
from pipeline.limits import NO_LIMITS
from pipeline.log import LogForm, set_up_log
from pipeline.sources import find
from pipeline.workers import each
from tests.pipeline.test_log import died, warns
if __name__ == "__main__":
    set_up_log("warning", LogForm.JSON)
    assert len(list(each(find(Path(sys.argv[1])).sources, 2, warns, died, NO_LIMITS))) == 2
"""


def test_a_worker_logs_in_the_same_form_and_names_its_document(raw: Path) -> None:
    put(raw, a="件数 目標10", b="件数 目標11")
    done = subprocess.run([sys.executable, "-c", APART, str(raw)], cwd=ROOT, capture_output=True, text=True, check=True)
    found = records(done.stderr)
    assert {(record["logger"], record["message"], record["document"]) for record in found} == {("somelibrary", "odd", "a.txt"), ("somelibrary", "odd", "b.txt")}


def test_a_run_that_logs_json_writes_nothing_but_records(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(extractors, "extract", extract_words)
    put(raw, a="件数 目標10", b="")
    assert main(["ingest", str(raw), "--out", str(tmp_path / "out"), "--jobs", "0", "--log-format", "json", "--log-level", "info"]) == 3
    said = capfd.readouterr()
    assert said.out == ""
    found = records(said.err)
    assert {record["document"]: record["status"] for record in found if record["message"] == "read"} == {"a.txt": "ok", "b.txt": "failed"}
    [written] = [record for record in found if record["message"] == "written"]
    assert written["documents"] == {"ok": 1, "failed": 1}
    assert written["rows"]["targets"] == 1
    assert found[-1]["exit_code"] == 3


def test_a_wrong_call_is_a_record_once_the_log_is_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(tmp_path / "gone"), "--log-format", "json"]) == 1
    [record] = records(capsys.readouterr().err)
    assert (record["level"], record["exit_code"]) == ("ERROR", 1)
    assert "there is no" in record["message"]


@pytest.mark.parametrize("form", LogForm)
def test_a_fault_of_the_program_ends_with_70_a_sentence_and_its_traceback(
    form: LogForm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**arguments: object) -> None:
        set_up_log("error", form)
        raise ZeroDivisionError("somewhere deep")

    monkeypatch.setattr(pipeline.cli, "app", broken)
    assert main(["ingest"]) == 70
    said = capsys.readouterr().err
    if form is LogForm.JSON:
        fault, sentence = records(said)
        assert sentence["exit_code"] == 70
        assert fault["traceback"].startswith("Traceback")
        assert "somewhere deep" in fault["traceback"]
    else:
        assert "Traceback (most recent call last)" in said
        assert said.splitlines()[-1].startswith("yojitsu: a fault of the program (ZeroDivisionError: somewhere deep)")
