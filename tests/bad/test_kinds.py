"""A folder with every kind of bad file and some good ones: each bad one has its reason, the good ones are as they are alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.cli import Exit, main
from pipeline.schema import FACT_TABLES
from tests.bad.kinds import KINDS, TEXT, Kind

GOOD = ("header_tree", "role_rows", "pages_first")
PDFS = Path(__file__).parents[1] / "pdfs"
TABLES = ("documents", *FACT_TABLES, "unclaimed", "findings")


class Told:
    """The tables of a folder."""

    def __init__(self, raw: Path, out: Path, code: int) -> None:
        self.code = code
        self.rows = {name: pq.read_table(out / name).to_pylist() for name in TABLES}
        self.documents = {row["source_path"]: row for row in self.rows["documents"]}
        self.good = {row["document_id"] for path, row in self.documents.items() if path.startswith("good/")}

    def of_good(self, table: str) -> list[dict[str, Any]]:
        return [row | {"ingested_at": None} for row in self.rows[table] if row["document_id"] in self.good]


def put_good(raw: Path) -> None:
    (raw / "good").mkdir(parents=True)
    for name in GOOD:
        shutil.copy(PDFS / f"{name}.pdf", raw / "good")
    (raw / "good" / "本文.txt").write_text(TEXT + "来館者数の実績は1,310人であった。\n\n電話 03-1234-5678\n2,300\n4,500\n第3条\n", encoding="utf-8")


def put_strange(raw: Path) -> None:
    """What is no file, or none that can be opened."""
    (raw / "輪.txt").symlink_to(raw / "輪2.txt")
    (raw / "輪2.txt").symlink_to(raw / "輪.txt")
    (raw / "行き先のない.pdf").symlink_to(raw / "nowhere.pdf")
    (raw / "上へ").symlink_to(raw, target_is_directory=True)
    (raw / "フォルダ.pdf").mkdir()
    (raw / "フォルダ.pdf" / "中.txt").write_text(TEXT + "フォルダの中。\n", encoding="utf-8")
    os.mkfifo(raw / "管.pdf")
    Path(os.fsdecode(os.fsencode(raw) + b"/" + "計画書.txt".encode("cp932"))).write_text(TEXT + "名前が違う。\n", encoding="utf-8")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, Told]]:
    """The good files alone, and with all the bad ones, read by a worker process."""
    told = []
    for bad in (False, True):
        place = tmp_path_factory.mktemp("bad")
        put_good(place / "raw")
        if bad:
            for kind in KINDS:
                (place / "raw" / kind.name).write_bytes(kind.make())
            put_strange(place / "raw")
        code = main(["ingest", str(place / "raw"), "--out", str(place / "out"), "--jobs", "1", "--quiet"])
        told.append(Told(place / "raw", place / "out", code))
    yield told[0], told[1]


def test_the_run_ends_with_some_documents_failed(ran: tuple[Told, Told]) -> None:
    assert [told.code for told in ran] == [Exit.FINE, Exit.SOME_FAILED]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_bad_file_is_told_for_what_it_is(ran: tuple[Told, Told], kind: Kind) -> None:
    row = ran[1].documents[kind.name]
    assert (row["status"], row["targets"]) == (kind.status, kind.targets), row["reason"]
    if kind.status == "ok":
        assert row["reason"] is None
    else:
        assert kind.said in row["reason"] and row["reason"].endswith("。") and "予期しない" not in row["reason"]


@pytest.mark.parametrize("table", TABLES)
def test_the_good_ones_have_the_rows_that_they_have_alone(ran: tuple[Told, Told], table: str) -> None:
    alone, among = ran
    assert among.of_good(table) == alone.of_good(table)
    assert len(alone.of_good(table)) > 1 or table in {"costs", "findings"}


def test_no_file_is_lost_and_none_is_told_twice(ran: tuple[Told, Told]) -> None:
    names = {kind.name for kind in KINDS} | {"輪.txt", "輪2.txt", "行き先のない.pdf", "フォルダ.pdf/中.txt", "計画書.txt"}
    assert set(ran[1].documents) == names | set(ran[0].documents)
    assert len(ran[1].rows["documents"]) == len(ran[1].documents)


@pytest.mark.parametrize("name", ["輪.txt", "輪2.txt", "行き先のない.pdf"])
def test_a_link_that_leads_nowhere_cannot_be_opened(ran: tuple[Told, Told], name: str) -> None:
    row = ran[1].documents[name]
    assert row["status"] == "failed" and row["reason"].startswith("ファイルを開けません")


def test_a_folder_called_pdf_is_entered_and_a_name_of_other_bytes_is_made_readable(ran: tuple[Told, Told]) -> None:
    assert [ran[1].documents[path]["status"] for path in ("フォルダ.pdf/中.txt", "計画書.txt")] == ["ok", "ok"]
