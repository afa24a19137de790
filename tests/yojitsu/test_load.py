from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import yojitsu
from pipeline import whole
from pipeline.whole import Changing, NoTables, read_whole
from tests.yojitsu.made import actual, document, row, target, written
from yojitsu.where import NotFound, raw_folder

# Two municipalities, by the lists of places: one document each, and one whose publisher nobody knows.
YOKOHAMA, KOBE = "141003", "281000"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    documents = [
        document("d_1", title="第２次 みらい計画", publisher="横浜市", area_code=YOKOHAMA),
        document("d_2", title="総合戦略", publisher="神戸市", area_code=KOBE),
        document("d_3", title="総合戦略(案)", publisher="神戸市", area_code=KOBE, superseded_by="d_2"),
    ]
    targets = [
        target("f_1", 1, "d_1", area_code=YOKOHAMA, section="1 福祉"),
        target("f_2", 2, "d_2", area_code=KOBE, section="2 産業", fiscal_year=2025, period_end=dt.date(2026, 3, 31)),
        target("f_3", 3, "d_3", area_code=KOBE, superseded_by="d_2"),
        target("f_4", 4, "d_2", area_code=None, fiscal_year=None),
    ]
    findings = [row("findings", finding_id=f"g_{n}", document_id=f"d_{n}") for n in (1, 2, 3)]
    return written(tmp_path / "data" / "parquet", documents, targets=targets, findings=findings)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, "f_1 f_2 f_4"),
        ({"superseded": True}, "f_1 f_2 f_3 f_4"),
        ({"prefecture": "兵庫"}, "f_2 f_4"),
        ({"prefecture": "14"}, "f_1"),
        ({"municipality": "神戸市"}, "f_2 f_4"),
        ({"municipality": "神戸"}, "f_2 f_4"),
        ({"municipality": YOKOHAMA}, "f_1"),
        ({"municipality": "神戸市", "prefecture": "神奈川県"}, ""),
        ({"plan": "第2次みらい"}, "f_1"),
        ({"plan": "d_2.pdf"}, "f_2 f_4"),
        ({"section": "産業"}, "f_2"),
        ({"year": 2025}, "f_2"),
        ({"year": [2024, 2025]}, "f_1 f_2"),
        ({"year": "2025"}, "f_2"),
    ],
)
def test_filters_keep_the_rows_they_ask_for(asked: dict[str, object], ids: str, out: Path) -> None:
    assert sorted(yojitsu.load("targets", out=out, **asked).fact_id) == ids.split()  # type: ignore[arg-type]


def test_findings_of_a_superseded_edition_and_of_other_places_are_left_out(out: Path) -> None:
    assert list(yojitsu.load("findings", out=out).document_id) == ["d_1", "d_2"]
    assert list(yojitsu.load("findings", out=out, prefecture="神奈川県").document_id) == ["d_1"]


def test_what_cannot_be_asked_is_refused_with_a_sentence(out: Path) -> None:
    with pytest.raises(KeyError, match="there are documents, targets"):
        yojitsu.load("target", out=out)
    with pytest.raises(ValueError, match="findings has no column section"):
        yojitsu.load("findings", out=out, section="福祉")
    with pytest.raises(NotFound, match="山口けん"):
        yojitsu.load("targets", out=out, prefecture="山口けん")
    with pytest.raises(NotFound, match="存在しない市"):
        yojitsu.load("targets", out=out, municipality="存在しない市")
    with pytest.raises(ValueError, match="令和6年度 is 2024"):
        yojitsu.load("targets", out=out, year="令和6年度")
    # There are 府中市 and 府中町, and no document is of either.
    with pytest.raises(NotFound, match="府中"):
        yojitsu.load("targets", out=out, municipality="府中")
    with pytest.raises(ValueError, match="pandas, polars, arrow, duckdb"):
        yojitsu.load("targets", out=out, as_="numpy")  # type: ignore[arg-type]


def test_each_form_has_the_same_rows_and_pandas_keeps_years_whole_and_days_as_days(out: Path) -> None:
    frame = yojitsu.load("targets", out=out)
    assert isinstance(frame, pd.DataFrame) and str(frame.fiscal_year.dtype) == "Int16" and str(frame.period_end.dtype).startswith("datetime64")
    arrow = yojitsu.load("targets", out=out, as_="arrow")
    assert isinstance(arrow, pa.Table) and arrow.num_rows == len(frame) == 3
    frame2 = yojitsu.load("targets", out=out, as_="polars")
    assert isinstance(frame2, pl.DataFrame) and frame2["fact_id"].to_list() == list(frame.fact_id)
    relation = yojitsu.load("targets", out=out, as_="duckdb")
    assert isinstance(relation, duckdb.DuckDBPyRelation) and relation.aggregate("count(*)").fetchall() == [(3,)]


def test_the_nearest_tables_above_the_working_folder_are_opened_unless_the_variable_names_others(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "notebooks" / "mine"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert len(yojitsu.load("targets")) == 3
    monkeypatch.setenv("YOJITSU_OUT", str(written(tmp_path / "other", targets=[target("f_9", 9)])))
    assert list(yojitsu.load("targets").fact_id) == ["f_9"]
    monkeypatch.setenv("YOJITSU_OUT", str(tmp_path / "nowhere"))
    with pytest.raises(NotFound, match="nowhere"):
        yojitsu.load("targets")


def test_the_documents_lie_beside_the_tables(out: Path) -> None:
    raw = out.parent / "raw"
    raw.mkdir()
    assert raw_folder(None, out) == raw


def test_tables_that_are_replaced_while_they_are_read_are_read_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = whole.pq.read_table, []

    def read(path: Path) -> pa.Table:
        table = real(path)
        calls.append(path.name)
        if len(calls) == 1:
            written(out, inputs="two", targets=[target("f_7", 7)], actuals=[actual("f_8", 8)])
        return table

    monkeypatch.setattr(whole.pq, "read_table", read)
    read_twice = read_whole(out, ["targets", "actuals"], pause=lambda seconds: None)
    assert calls == ["targets", "actuals"] * 2
    assert [read_twice[name].column("fact_id").to_pylist() for name in ("targets", "actuals")] == [["f_7"], ["f_8"]]


def test_tables_that_never_stand_still_are_not_handed_out(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, versions = whole.pq.read_table, iter(range(100))

    def read(path: Path) -> pa.Table:
        table = real(path)
        written(out, inputs=str(next(versions)))
        return table

    monkeypatch.setattr(whole.pq, "read_table", read)
    with pytest.raises(Changing):
        read_whole(out, ["targets"], pause=lambda seconds: None)


def test_a_folder_without_tables_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoTables, match=tmp_path.name):
        read_whole(tmp_path, ["targets"], pause=lambda seconds: None)
