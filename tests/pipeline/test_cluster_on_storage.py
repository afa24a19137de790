"""A scheduler, two workers and storage, each a process of its own: one worker is killed in the middle, and the tables are those of this machine."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cluster import Started, digest, ingest, on_cluster
from benchmarks.workers import made

DOCUMENTS = 10


def test_a_cluster_on_storage_gives_the_tables_of_this_machine_though_a_worker_is_killed(tmp_path: Path) -> None:
    """`python -m benchmarks.cluster` does the same with 200 documents."""
    made(tmp_path / "raw", [1] * DOCUMENTS)
    ingest(tmp_path / "raw", tmp_path / "here", "--jobs", "1")
    with Started() as started:
        said = on_cluster(started, tmp_path / "raw", tmp_path / "there", DOCUMENTS)
    assert said[0].endswith("exit code 0")
    assert digest(tmp_path / "there") == digest(tmp_path / "here")
    assert len(list((tmp_path / "here").rglob("*.parquet"))) > 7
