"""The sample documents through the real extractors: what must hold of any run, whatever is found."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path

import pandas as pd

from pipeline.ingest import Job, ingest
from pipeline.schema import FACT_TABLES, TABLES
from tests.conftest import ROOT


def test_a_copy_made_in_another_order_and_read_by_one_process_gives_byte_identical_tables(published: Path, tmp_path: Path) -> None:
    raw = tmp_path / "ひとつ 下" / "raw"
    raw.mkdir(parents=True)
    for file in sorted((ROOT / "data" / "raw").glob("*.pdf"), reverse=True):
        shutil.copy(file, raw / file.name)
    ingest(Job(raw, tmp_path / "out", tmp_path / "none"), lambda total: nullcontext(lambda outcome: None))
    for name in set(TABLES) - {"documents"}:
        part = Path(name) / "part-0.parquet"
        assert (tmp_path / "out" / part).read_bytes() == (published / "data" / "parquet" / part).read_bytes(), name
    one, other = (pd.read_parquet(folder / "documents").drop(columns="ingested_at") for folder in (tmp_path / "out", published / "data" / "parquet"))
    pd.testing.assert_frame_equal(one, other)


def test_every_sample_is_read_whole_and_has_facts(published: Path) -> None:
    documents = pd.read_parquet(published / "data" / "parquet" / "documents")
    assert documents["status"].to_list() == ["ok"] * len(list((ROOT / "data" / "raw").glob("*.pdf")))
    assert (documents[list(FACT_TABLES)].sum(axis=1) > 0).all()


def test_every_fact_lies_on_its_page_with_its_own_characters(published: Path) -> None:
    for name in FACT_TABLES:
        facts = pd.read_parquet(published / "data" / "parquet" / name)
        assert (facts["x0"] < facts["x1"]).all()
        assert (facts["top"] < facts["bottom"]).all()
        assert facts["raw"].str.len().gt(0).all()
        assert facts["page"].ge(1).all()
        assert facts["line"].isna().all()
