"""`yojitsu refresh`: what it prints, how it ends, and that what was fetched is read."""

from __future__ import annotations

import json
from pathlib import Path

import filelock
import pandas as pd
import pytest

from pipeline import cli
from pipeline.cli.app import Exit
from pipeline.ingest import Job
from tests.pipeline.fetch.shop import ONE, held
from tests.pipeline.fetch.site import Site, body, marked, status

SOURCE = '[[source]]\nid = "{id}"\nkind = "file"\naddress = "{address}"\npublisher = "P"\nplan = "Q"\nlicence = "CC0-1.0"\n'


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """What reading was called with; it ends with 0."""
    calls: list[Job] = []

    def attempted(job: Job, quiet: bool) -> Exit:
        calls.append(job)
        return Exit.FINE

    monkeypatch.setattr("pipeline.cli.refresh.attempted", attempted)
    return calls


def sources(tmp_path: Path, **addresses: str) -> Path:
    file = tmp_path / "sources.toml"
    file.write_text("".join(SOURCE.format(id=name, address=address) for name, address in addresses.items()), encoding="utf-8")
    return file


def refresh(tmp_path: Path, *arguments: str) -> int:
    places = {"sources": "sources.toml", "out": "out", "reports": "reports"}
    given = [*(f"--{name}={tmp_path / place}" for name, place in places.items()), "--delay", "0", str(tmp_path / "raw")]
    return cli.main(["refresh", *arguments, *given])


def test_what_is_fetched_is_read(site: Site, tmp_path: Path, raw: Path) -> None:
    sources(tmp_path, one=site.says("/計画.pdf", body(ONE)))
    site.says("/%E8%A8%88%E7%94%BB.pdf", marked(ONE))
    assert refresh(tmp_path, "--quiet") == Exit.FINE
    assert pd.read_parquet(tmp_path / "out" / "documents")["source_path"].tolist() == ["one/計画.pdf"]


def test_a_source_that_fails_gives_its_own_code_and_the_rest_is_read(
    site: Site, tmp_path: Path, raw: Path, read: list[Job], capsys: pytest.CaptureFixture[str]
) -> None:
    sources(tmp_path, bad=site.says("/資料.pdf", status(404)), good=site.says("/b.pdf", body(ONE)))
    assert refresh(tmp_path) == Exit.SOURCES_FAILED
    assert capsys.readouterr().out.splitlines()[:-1] == [
        f"failed     bad  {site.address}/資料.pdf  the server answers 404",
        "new        good  good/b.pdf",
        "fetched      new 1  failed 1",
    ]
    assert [(job.raw, job.out) for job in read] == [(raw, tmp_path / "out")]
    assert refresh(tmp_path, "--quiet") == Exit.SOURCES_FAILED
    assert capsys.readouterr() == ("", f"yojitsu: bad: {site.address}/%E8%B3%87%E6%96%99.pdf: the server answers 404\n")


def test_what_reading_found_comes_before_what_fetching_did_not(site: Site, tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cli.refresh.attempted", lambda *given: Exit.SOME_FAILED)
    sources(tmp_path, bad=site.address + "/a.pdf")
    assert refresh(tmp_path) == Exit.SOME_FAILED


def test_a_document_that_is_gone_is_no_failure(site: Site, tmp_path: Path, raw: Path, read: list[Job]) -> None:
    sources(tmp_path, one=site.says("/a.pdf", body(ONE), status(404)))
    assert refresh(tmp_path) == Exit.FINE
    assert refresh(tmp_path) == Exit.FINE
    assert held(raw) == {"one/a.pdf": ONE}


def test_a_dry_run_prints_what_would_be_asked_for_and_reads_nothing(
    site: Site, tmp_path: Path, raw: Path, read: list[Job], capsys: pytest.CaptureFixture[str]
) -> None:
    sources(tmp_path, one=site.says("/a.pdf", body(ONE)))
    assert refresh(tmp_path, "--dry-run") == Exit.FINE
    assert capsys.readouterr().out.splitlines() == [f"wanted     one  {site.address}/a.pdf", "fetched      wanted 1"]
    assert (site.asked, read, held(raw)) == ([], [], {})


def test_one_source_alone_may_be_fetched(site: Site, tmp_path: Path, raw: Path, read: list[Job]) -> None:
    sources(tmp_path, one=site.says("/a.pdf", body(ONE)), two=site.says("/b.pdf", body(ONE)))
    assert refresh(tmp_path, "--only", "two") == Exit.FINE
    assert site.paths() == ["/b.pdf"]


@pytest.mark.parametrize(
    ("text", "arguments", "sentence"),
    [
        (SOURCE.format(id="a", address="ftp://x"), (), "source a: 'ftp://x' is no http or https address"),
        (SOURCE.format(id="a", address="http://127.0.0.1/"), ("--only", "b"), "there is no source b; there are a"),
        (None, (), "there is no "),
    ],
)
def test_a_wrong_call_fetches_and_reads_nothing(
    tmp_path: Path, raw: Path, read: list[Job], capsys: pytest.CaptureFixture[str], text: str | None, arguments: tuple[str, ...], sentence: str
) -> None:
    if text is not None:
        (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    assert refresh(tmp_path, *arguments) == Exit.USAGE
    assert sentence in capsys.readouterr().err
    assert read == []


def test_without_a_source_the_folder_is_still_read(tmp_path: Path, raw: Path, read: list[Job], capsys: pytest.CaptureFixture[str]) -> None:
    file = sources(tmp_path)
    assert refresh(tmp_path) == Exit.FINE
    assert capsys.readouterr().out.splitlines()[0] == f"fetched      nothing: {file} lists no source"
    assert len(read) == 1


def test_while_another_process_refreshes_nothing_is_done(site: Site, tmp_path: Path, raw: Path, read: list[Job]) -> None:
    sources(tmp_path, one=site.says("/a.pdf", body(ONE)))
    with filelock.FileLock(raw / ".refresh.yojitsu-lock"):
        assert refresh(tmp_path) == Exit.LOCKED
    assert (site.asked, read) == ([], [])


def test_a_file_in_the_place_of_the_folder_is_a_wrong_call(tmp_path: Path, read: list[Job]) -> None:
    sources(tmp_path)
    (tmp_path / "raw").write_bytes(ONE)
    assert refresh(tmp_path) == Exit.USAGE


def test_every_refresh_leaves_a_report_and_a_night_with_nothing_new_a_short_one(site: Site, tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources(tmp_path, one=site.says("/計画.pdf", body(ONE)), bad=site.says("/b.pdf", status(404)))
    site.says("/%E8%A8%88%E7%94%BB.pdf", marked(ONE))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert refresh(tmp_path, "--quiet") == Exit.SOURCES_FAILED
    latest = tmp_path / "reports" / "latest.md"
    assert all(word in latest.read_text(encoding="utf-8") for word in ("one/計画.pdf", "the server answers 404"))
    assert json.loads(latest.with_suffix(".json").read_text(encoding="utf-8"))["counts"]["documents"]["added"] == 1
    sources(tmp_path, one=site.address + "/計画.pdf")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert refresh(tmp_path, "--quiet") == Exit.FINE
    assert latest.read_text(encoding="utf-8").splitlines()[0] == "# 1970-01-02 00:00 UTC: nothing new"
    assert sorted(path.name for path in latest.parent.glob("*.md")) == ["1970-01-01T000000Z.md", "1970-01-02T000000Z.md", "latest.md"]


def test_a_folder_that_is_not_ours_is_refused_and_the_fetched_reported(site: Site, tmp_path: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources(tmp_path, one=site.says("/a.pdf", body(ONE)))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"x")
    assert refresh(tmp_path, "--quiet") == Exit.USAGE
    assert "thesis.docx" in capsys.readouterr().err
    assert "1 new" in (tmp_path / "reports" / "latest.md").read_text(encoding="utf-8")


def test_half_a_cluster_is_a_wrong_call_before_anything_is_fetched(site: Site, tmp_path: Path, raw: Path, read: list[Job]) -> None:
    sources(tmp_path, one=site.says("/a.pdf", body(ONE)))
    assert refresh(tmp_path, "--engine", "dask") == Exit.USAGE
    assert (site.asked, read, held(raw)) == ([], [], {})
