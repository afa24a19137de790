"""Documents and kept readings on S3-compatible storage, served on loopback: the tables are those of a local folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer
from pyarrow import fs

from pipeline import mirror as mirrors
from pipeline.cli import Exit, main
from pipeline.mirror import latest
from pipeline.packing import kept
from pipeline.remote import Remote, system
from pipeline.schema import TABLES
from pipeline.sources import find
from pipeline.store import Store, Trouble
from tests.pipeline.test_publish import bytes_of

TABLE = "# 計画\n\n| 指標 | 令和6年度目標 | 令和6年度実績 |\n|---|---|---|\n| 参加者数 | {}人 | 9人 |\n"
GIVEN = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    serving = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    serving.start()
    host, port = serving.get_host_and_port()
    yield f"{host}:{port}"
    serving.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a bucket of the test's own."""
    for name, value in (GIVEN | {"AWS_ENDPOINT_URL_S3": f"http://{server}"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    system.cache_clear()
    name = f"b{abs(hash(request.node.name))}"
    fs.S3FileSystem(endpoint_override=server, scheme="http", access_key="x", secret_key="x", allow_bucket_creation=True).create_dir(name)
    yield f"s3://{name}"
    system.cache_clear()


def fill(place: Remote | Path) -> None:
    for name, number in (("a.md", 10), ("深い/b.md", 20), ("c.md", 30)):
        file = place / name
        if isinstance(file, Path):
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(TABLE.format(number).encode())
    (place / "a.md.card.toml").write_bytes(b'licence = "CC0-1.0"\naddress = "x:1"\nretrieved = "yesterday"\n')


def ingest(raw: object, out: Path, *more: str, jobs: int = 0) -> int:
    return main(["ingest", str(raw), "--out", str(out), "--jobs", str(jobs), "--quiet", *more])


@pytest.mark.parametrize("jobs", [0, 2])
def test_tables_from_storage_are_those_from_a_folder(bucket: str, raw: Path, tmp_path: Path, jobs: int) -> None:
    fill(raw)
    fill(Remote(f"{bucket}/raw"))
    assert ingest(raw, tmp_path / "local") == Exit.FINE
    assert ingest(f"{bucket}/raw", tmp_path / "remote", "--store", f"{bucket}/store", jobs=jobs) == Exit.FINE
    assert bytes_of(tmp_path / "local") == bytes_of(tmp_path / "remote")


def test_what_is_known_on_storage_is_not_opened_again(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Remote(f"{bucket}/raw")
    fill(raw)
    monkeypatch.setattr("pipeline.known.Stamp.settled", lambda stamp, now: True)
    assert ingest(raw, tmp_path / "out", "--store", f"{bucket}/store") == Exit.FINE
    opened: list[str] = []
    for name in ("open", "read_bytes"):
        own = getattr(Remote, name)
        monkeypatch.setattr(Remote, name, lambda self, *given, own=own: opened.append(self.address) or own(self, *given))
    assert ingest(raw, tmp_path / "out", "--store", f"{bucket}/store") == Exit.FINE
    assert [address for address in opened if "/raw/" in address] == []
    (raw / "c.md").write_bytes(TABLE.format(31000).encode())
    assert ingest(raw, tmp_path / "out", "--store", f"{bucket}/store") == Exit.FINE
    assert {address for address in opened if address.endswith(".md")} == {f"{raw}/c.md"}


def test_what_lies_on_storage_is_sorted_into_documents_and_side_files(bucket: str) -> None:
    fill(Remote(f"{bucket}/raw"))
    found = find(Remote(f"{bucket}/raw"))
    assert ([source.path for source in found.sources], found.passed_over, len(found.cards)) == (["a.md", "c.md", "深い/b.md"], 1, 1)
    assert find(Remote(f"{bucket}/nothing")).sources == ()


def test_storage_that_cannot_be_listed_ends_with_2_and_touches_nothing(bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest("s3://no-such-bucket-at-all/x", tmp_path / "out") == Exit.NOTHING_READ
    assert ingest("s3://", tmp_path / "out") == Exit.USAGE
    assert not (tmp_path / "out").exists()


def test_a_store_on_storage_keeps_and_forgets_as_a_folder_does(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path, Remote(f"{bucket}/store")):
        store = Store(folder, "v1")
        store.put("used", b"1")
        store.put("old", b"2")
        store.keep_troubles({"old": Trouble(2, "x")})
        assert (store.contents(), store.get("old"), store.troubles()) == ({"used", "old"}, b"2", {"old": Trouble(2, "x")})
        assert kept(store, "old") is None, "damaged"
        with pytest.raises(FileNotFoundError):
            store.get("nothing")
        monkeypatch.setattr("pipeline.store.KEPT_DAYS", -1)
        store.prune({"used"})
        assert store.contents() == {"used"}
        monkeypatch.setattr("pipeline.store.KEPT_DAYS", 7)


def held(place: Remote) -> dict[str, bytes]:
    return {path: file.read_bytes() for path, file in place.files()}


def test_tables_are_copied_as_a_whole_version_and_the_pointer_comes_last(
    bucket: str, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place, out, versions = Remote(f"{bucket}/tables"), tmp_path / "out", []
    for number in (1, 2, 3):
        (raw / "a.md").write_text(TABLE.format(number), encoding="utf-8")
        assert ingest(raw, out, "--publish-to", str(place)) == Exit.FINE
        versions.append(latest(place)["version"])
        assert pq.read_table((place / versions[-1] / "targets").key, filesystem=system()).column("value").to_pylist() == [number]
    assert bytes_of(out) == {name: (place / versions[-1] / name / "part-0.parquet").read_bytes() for name in TABLES}
    assert {path.split("/")[1] for path in held(place) if path.startswith("versions/")} == {version.split("/")[1] for version in versions[1:]}
    before = held(place)
    (raw / "a.md").write_text(TABLE.format(4), encoding="utf-8")
    write, written = mirrors._copy, []

    def broken(file: Path, to: Remote) -> None:
        if len(written) == 3:
            raise OSError("the storage went away")
        written.append(to)
        write(file, to)

    monkeypatch.setattr(mirrors, "_copy", broken)
    assert ingest(raw, out, "--publish-to", str(place)) == Exit.NOT_WRITTEN
    assert "their copy at" in capsys.readouterr().err
    assert before.items() <= held(place).items(), "who reads finds the version before"
    monkeypatch.setattr(mirrors, "_copy", write)
    assert ingest(raw, out, "--publish-to", str(place)) == Exit.FINE, "nothing new to read, and the copy is made up for"
    assert latest(place)["version"] not in versions
    monkeypatch.setattr(mirrors, "_copy", broken)
    assert ingest(raw, out, "--publish-to", str(place)) == Exit.FINE, "the newest is not copied again"


def test_a_folder_of_this_machine_is_no_place_on_storage(raw: Path, tmp_path: Path) -> None:
    assert ingest(raw, tmp_path / "out", "--publish-to", "somewhere") == Exit.USAGE
