"""Folders as sources: local and on S3."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from pyarrow import fs

from tests.pipeline.fetch.shop import ONE, TWO, Status, card, fetched, folder_at, held, only
from tests.pipeline.fetch.site import Time


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "共有"
    (folder / "令和6").mkdir(parents=True)
    (folder / "令和6/計画.pdf").write_bytes(ONE)
    (folder / "b.PDF").write_bytes(TWO)
    (folder / "notes.txt").write_text("none of ours")
    (folder / ".b.pdf").write_bytes(b"half written")
    return folder


def test_a_local_folder_is_copied_with_its_folders(there: Path, time: Time, raw: Path) -> None:
    origin = folder_at(there.as_posix())
    assert [(one.status, one.file) for one in fetched(raw, time, origin)] == [(Status.NEW, "folder/b.PDF"), (Status.NEW, "folder/令和6/計画.pdf")]
    assert held(raw) == {"folder/b.PDF": TWO, "folder/令和6/計画.pdf": ONE}
    assert card(raw, "folder/令和6/計画.pdf")["address"] == f"{there.as_posix()}/令和6/計画.pdf"
    assert [one.status for one in fetched(raw, time, origin)] == [Status.UNCHANGED] * 2


def test_a_file_that_changed_in_the_folder_is_a_new_edition(there: Path, time: Time, raw: Path) -> None:
    origin = folder_at(there.as_posix())
    fetched(raw, time, origin)
    (there / "b.PDF").write_bytes(ONE + b"\n")
    os.utime(there / "b.PDF", (0, 0))
    assert [one.file for one in fetched(raw, time, origin) if one.status is Status.CHANGED] == ["folder/b.2026-11-21.PDF"]
    assert held(raw)["folder/b.PDF"] == TWO


def test_a_file_touched_without_a_change_stays_one_document(there: Path, time: Time, raw: Path) -> None:
    origin = folder_at(there.as_posix())
    fetched(raw, time, origin)
    os.utime(there / "b.PDF", (0, 0))
    assert [one.status for one in fetched(raw, time, origin)] == [Status.UNCHANGED] * 2
    assert len(held(raw)) == 2


def test_a_file_that_left_the_folder_is_gone_and_stays(there: Path, time: Time, raw: Path) -> None:
    origin = folder_at(there.as_posix())
    fetched(raw, time, origin)
    (there / "b.PDF").unlink()
    assert [one.status for one in fetched(raw, time, origin)] == [Status.UNCHANGED, Status.GONE]
    assert held(raw)["folder/b.PDF"] == TWO


def test_a_folder_that_is_not_there_or_empty_is_a_failure(tmp_path: Path, time: Time, raw: Path) -> None:
    assert only(raw, time, folder_at((tmp_path / "nowhere").as_posix())).status is Status.FAILED
    (tmp_path / "empty").mkdir()
    assert only(raw, time, folder_at((tmp_path / "empty").as_posix())).reason == "no file in the folder ends in .pdf"


def test_a_folder_around_or_within_the_documents_is_refused(tmp_path: Path, time: Time, raw: Path) -> None:
    (raw / "in").mkdir()
    (raw / "in/a.pdf").write_bytes(ONE)
    for folder in (tmp_path, raw / "in"):
        assert only(raw, time, folder_at(folder.as_posix())).status is Status.REFUSED


def test_links_that_lead_round_and_pipes_are_not_followed(there: Path, time: Time, raw: Path) -> None:
    (there / "令和6/round").symlink_to(there)
    os.mkfifo(there / "pipe.pdf")
    assert len(fetched(raw, time, folder_at(there.as_posix()))) == 2


def test_a_file_that_is_no_document_and_one_over_the_limit_are_left(there: Path, time: Time, raw: Path) -> None:
    (there / "page.pdf").write_bytes(b"<html>404</html>")
    (there / "令和6/計画.pdf").write_bytes(ONE + b" " * 5000)
    done = fetched(raw, time, folder_at(there.as_posix()), most_bytes=len(ONE) + 1000)
    assert [one.status for one in done] == [Status.NEW, Status.FAILED, Status.FAILED]
    assert held(raw) == {"folder/b.PDF": TWO}


def test_texts_come_where_the_source_allows_them(there: Path, time: Time, raw: Path) -> None:
    (there / "page.txt").write_text("<!doctype html><html>404</html>")
    done = fetched(raw, time, folder_at(there.as_posix(), suffixes=(".txt",)))
    assert [(one.file, one.status) for one in done] == [("folder/notes.txt", Status.NEW), (None, Status.FAILED)]


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


def test_a_folder_on_s3_is_fetched_and_known_the_next_time(storage: str, time: Time, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"AWS_ENDPOINT_URL": f"http://{storage}", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "us-east-1"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    system = fs.S3FileSystem(endpoint_override=storage, scheme="http", access_key="x", secret_key="x", region="us-east-1", allow_bucket_creation=True)
    system.create_dir("plans")

    def put(key: str, data: bytes) -> None:
        with system.open_output_stream(f"plans/{key}") as stream:
            stream.write(data)

    put("r6/計画.pdf", ONE)
    put("r6/b/2.pdf", TWO)
    put("other/3.pdf", TWO)
    origin = folder_at("s3://plans/r6")
    assert [(one.status, one.file) for one in fetched(raw, time, origin)] == [(Status.NEW, "folder/b/2.pdf"), (Status.NEW, "folder/計画.pdf")]
    assert held(raw) == {"folder/b/2.pdf": TWO, "folder/計画.pdf": ONE}
    assert card(raw, "folder/計画.pdf")["address"] == "s3://plans/r6/計画.pdf"
    assert [one.status for one in fetched(raw, time, origin)] == [Status.UNCHANGED] * 2
    system.delete_file("plans/r6/計画.pdf")
    assert [one.status for one in fetched(raw, time, origin)] == [Status.UNCHANGED, Status.GONE]
    assert only(raw, time, folder_at("s3://no-such-bucket/x")).status is Status.FAILED
