from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.publish import publish
from pipeline.schema import TABLES
from tests.pipeline.made import put, run_in

TEXTS = {f"文書{n}": f"件数 目標{n}0 実績{n}1\n費用 予算{n}2 番号 {n}3\n" for n in range(5)}


def ingest(raw: Path, out: Path, jobs: int = 0) -> Path:
    with tempfile.TemporaryDirectory() as state:
        publish(run_in(raw, Path(state), jobs), out, jobs=jobs)
    return out


def bytes_of(out: Path) -> dict[str, bytes]:
    return {name: (out / name / "part-0.parquet").read_bytes() for name in TABLES}


@pytest.fixture(autouse=True)
def _at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


def test_the_same_input_gives_the_same_bytes_with_any_number_of_workers(raw: Path, tmp_path: Path) -> None:
    put(raw, **TEXTS)
    assert bytes_of(ingest(raw, tmp_path / "one")) == bytes_of(ingest(raw, tmp_path / "two", jobs=2))


def test_workers_take_the_time_of_their_own_run(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, **TEXTS)
    times = []
    for fixed in ("0", "86400"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", fixed)
        times.append(pq.read_table(ingest(raw, tmp_path / fixed, jobs=1) / "documents").column("ingested_at").to_pylist())
    assert [{time.day for time in some} for some in times] == [{1}, {2}]


def test_a_copy_of_the_folder_made_in_another_order_gives_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    put(raw, **TEXTS)
    (tmp_path / "copy").mkdir()
    for file in sorted(raw.iterdir(), reverse=True):
        shutil.copy(file, tmp_path / "copy" / file.name)
    assert bytes_of(ingest(raw, tmp_path / "one")) == bytes_of(ingest(tmp_path / "copy", tmp_path / "two"))


def test_a_new_name_changes_the_names_alone(raw: Path, tmp_path: Path) -> None:
    put(raw, **TEXTS)
    before = ingest(raw, tmp_path / "before")
    (raw / "深い").mkdir()
    (raw / "文書3.txt").rename(raw / "深い" / "あ 名前.md")
    after = ingest(raw, tmp_path / "after")
    for name in TABLES:
        frames = [pq.read_table(out / name).to_pandas() for out in (before, after)]
        kept = [frame.drop(columns=["source_name", "source_path"], errors="ignore") for frame in frames]
        order = "document_id" if name == "documents" else kept[0].columns[0]
        one, other = (frame.sort_values(order, kind="stable").reset_index(drop=True) for frame in kept)
        pd.testing.assert_frame_equal(one, other)
    assert set(pd.read_parquet(after / "documents")["source_path"]) - set(pd.read_parquet(before / "documents")["source_path"]) == {"深い/あ 名前.md"}


def test_every_table_exists_even_without_rows(raw: Path, tmp_path: Path) -> None:
    put(raw, a="数字のない文書。")
    out = ingest(raw, tmp_path / "out")
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith(".")) == sorted(TABLES)
    assert len(pd.read_parquet(out / "costs")) == 0
    assert duckdb.connect().execute(f"select count(*) from '{out}/costs/*.parquet'").fetchall() == [(0,)]


def test_facts_documents_and_indicators_hang_together(raw: Path, tmp_path: Path) -> None:
    put(raw, **TEXTS)
    out = ingest(raw, tmp_path / "out")
    documents, indicators = (pd.read_parquet(out / name) for name in ("documents", "indicators"))
    for name in ("targets", "actuals", "costs"):
        facts = pd.read_parquet(out / name)
        assert len(facts) == 5 == documents[name].sum() == indicators[name].sum()
        assert set(facts["document_id"]) <= set(documents["document_id"])
        assert set(facts["indicator_id"]) <= set(indicators["indicator_id"])


def test_a_failure_while_writing_leaves_the_old_tables_whole(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, **TEXTS)
    out = ingest(raw, tmp_path / "out")
    before = bytes_of(out)
    put(raw, neu="件数 目標99")
    write, written = pq.ParquetWriter.write_table, []

    def write_three(*arguments: object, **options: object) -> None:
        if len(written) == 3:
            raise OSError("no space left on device")
        written.append(arguments)
        write(*arguments, **options)

    monkeypatch.setattr(pq.ParquetWriter, "write_table", write_three)
    with pytest.raises(OSError, match="no space"):
        ingest(raw, out)
    assert bytes_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]
