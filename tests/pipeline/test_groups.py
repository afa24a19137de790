"""What is looked at together, and how its rows lie in the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline import parts
from pipeline.cards import Card
from pipeline.groups import groups
from pipeline.parts import Parts
from pipeline.publish import publish
from pipeline.run import Entry
from pipeline.schema import TABLES
from pipeline.sources import Source
from tests.pipeline.made import put, run_in


def entry(name: str, publisher: str | None = None, code: str | None = None, **said: Any) -> Entry:
    said = {"fiscal_year": 2024, "failed": False, "sha256": name * 64} | said
    return Entry(Source(f"{name}.pdf", Path(f"{name}.pdf")), name, f"d_{name}", publisher, code, **said)


def names(entries: list[Entry], cards: dict[str, tuple[Card, ...]] | None = None) -> list[str]:
    return ["".join(one.source.path[0] for one in group) for group in groups(entries, cards or {})]


def test_the_documents_of_a_publisher_are_one_group_and_groups_lie_in_the_order_of_codes() -> None:
    some = [entry("a", "乙市", "200001"), entry("b", "甲市", "100005"), entry("c", "乙市"), entry("d", "丙市", "150002")]
    assert names(some) == names(some[::-1]) == ["b", "d", "ac"]


def test_documents_of_unknown_publishers_are_together_by_year_where_editions_are_looked_for() -> None:
    some = [entry("a"), entry("b"), entry("c", fiscal_year=2023), entry("d", failed=True), entry("e", failed=True)]
    assert names(some) == ["ab", "c", "d", "e"]


def test_cards_tie_documents_of_several_publishers() -> None:
    some = [entry("a", "甲市"), entry("b", "乙市"), entry("c", "丙市"), entry("d", "丁市")]
    cards = {"a.pdf": (Card("a.pdf", supersedes=("b" * 64,)),), "c.pdf": (Card("c.pdf", address="x:1"),), "d.pdf": (Card("d.pdf", address="x:1"),)}
    assert names(some, cards) == ["cd", "ab"]
    other_bytes = {"a.pdf": (Card("a.pdf", supersedes=("b" * 64,), sha256="f" * 64),)}
    assert len(names(some, other_bytes)) == 4, "a card of other bytes says nothing"


def test_files_hold_the_same_bytes_however_the_rows_came(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS_A_GROUP", 7)
    monkeypatch.setattr(parts, "ROWS_A_FILE", 14)
    put(raw, **{f"文書{n}": "".join(f"件数 目標{n}{at}\n" for at in range(9)) for n in range(5)})
    publish(run_in(raw, tmp_path), tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "targets")
    assert (len(table), pq.ParquetFile(tmp_path / "out" / "targets" / "part-0.parquet").metadata.num_row_groups) == (45, 7)
    for folder, pieces in (("one", [45]), ("two", [1, 0, 20, 24])):
        (tmp_path / folder).mkdir()
        monkeypatch.setattr(parts, "ROWS_A_FILE", 1000)
        with Parts(tmp_path / folder, "targets") as written:
            start = 0
            for rows in pieces:
                written.add(table.slice(start, rows))
                start += rows
    files = [(tmp_path / folder / "targets" / "part-0.parquet").read_bytes() for folder in ("one", "two")]
    assert files[0] == files[1]


def test_many_rows_make_several_files_that_read_as_one_table(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, a="".join(f"件数 目標{at}\n" for at in range(9)))
    publish(run_in(raw, tmp_path), tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "targets")
    monkeypatch.setattr(parts, "ROWS_A_GROUP", 4)
    monkeypatch.setattr(parts, "ROWS_A_FILE", 8)
    (tmp_path / "more").mkdir()
    with Parts(tmp_path / "more", "targets") as written:
        for _ in range(3):
            written.add(table)
    files = sorted((tmp_path / "more" / "targets").iterdir())
    assert [pq.read_metadata(file).num_rows for file in files] == [9, 9, 9]
    assert pq.read_table(tmp_path / "more" / "targets").num_rows == written.rows == 27


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_is_a_file_with_its_schema(name: str, tmp_path: Path) -> None:
    with Parts(tmp_path, name):
        pass
    assert pq.read_schema(tmp_path / name / "part-0.parquet").metadata == TABLES[name].schema().metadata
