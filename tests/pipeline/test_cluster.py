"""Documents read on a real Dask cluster of two worker processes on loopback: what dies is read elsewhere, and the tables are the local run's."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster

from pipeline import cluster as clusters
from pipeline.cli import Exit, main
from pipeline.cluster import Unfit
from pipeline.limits import Limits
from pipeline.log import now_set
from pipeline.publish import publish
from pipeline.sources import Source
from tests.pipeline.made import outcomes, put, run_in, work_or_die
from tests.pipeline.test_publish import bytes_of

TEXTS = {f"文書{n:02}": f"件数 目標{n}0 実績{n}1\n費用 予算{n}2 番号 {n}3\n" for n in range(12)}
LIMITS = Limits(60, 1, 0)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        with (
            dask.config.set({"distributed.worker.daemon": False}),
            LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None) as started,
        ):
            yield started


@pytest.fixture(autouse=True)
def _at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


def test_the_tables_are_those_of_a_local_run_though_a_worker_is_killed_in_the_middle(raw: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    put(raw, **TEXTS)
    publish(run_in(raw, tmp_path / "one"), tmp_path / "local")
    victim = cluster.workers[0].pid
    done: list[str] = []

    def seen(outcome: object) -> None:
        done.append(str(outcome))
        if len(done) == 2:
            os.kill(victim, signal.SIGKILL)

    publish(run_in(raw, tmp_path / "two", limits=LIMITS, scheduler=cluster.scheduler_address, seen=seen), tmp_path / "dask")
    assert bytes_of(tmp_path / "local") == bytes_of(tmp_path / "dask")
    assert (len(done), cluster.workers[0].pid != victim) == (len(TEXTS), True)


def test_a_document_that_kills_its_process_fails_alone_on_the_cluster_too(raw: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    pids = [worker.pid for worker in cluster.workers.values()]
    put(raw, killer="件数 目標1", a="件数 目標2", b="件数 目標3")
    found = outcomes(run_in(raw, tmp_path, worker=work_or_die, limits=LIMITS, scheduler=cluster.scheduler_address))
    assert {one.document["source_name"]: one.document["status"] for one in found} == {"a.txt": "ok", "b.txt": "ok", "killer.txt": "failed"}
    assert [worker.pid for worker in cluster.workers.values()] == pids, "its child died, not the worker"


def test_a_worker_with_other_code_reads_nothing(raw: Path, tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, a="件数 目標2")
    monkeypatch.setattr(clusters.fingerprint, "reading", lambda: "another")
    with pytest.raises(Unfit, match="other code"):
        run_in(raw, tmp_path, limits=LIMITS, scheduler=cluster.scheduler_address)


def test_a_document_that_the_workers_cannot_open_is_no_failed_document(
    raw: Path, tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw, a="件数 目標2")
    # As a share that this machine alone has: the file is there while it is listed, and for no worker.
    monkeypatch.setattr(clusters, "largest_first", lambda sources: [source.file.unlink() or source for source in sources])
    with pytest.raises(Unfit, match="cannot open"):
        run_in(raw, tmp_path, limits=LIMITS, scheduler=cluster.scheduler_address)


def test_the_command_reads_on_a_cluster(raw: Path, tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / "a.md").write_text("# 計画\n\n| 指標 | 令和6年度目標 |\n|---|---|\n| 参加者数 | 30人 |\n", encoding="utf-8")
    monkeypatch.chdir(raw.parent)
    common = ["ingest", raw.name, "--quiet", "--memory-limit", "0", "--out"]
    assert main([*common, "local", "--jobs", "0"]) == Exit.FINE
    assert main([*common, "dask", "--engine", "dask", "--scheduler", cluster.scheduler_address]) == Exit.FINE
    assert bytes_of(Path("local")) == bytes_of(Path("dask"))


def test_engine_and_scheduler_go_together_and_a_scheduler_that_is_not_there_ends_with_1(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw, a="件数 目標2")
    common = ["ingest", str(raw), "--out", str(tmp_path / "out"), "--quiet"]
    monkeypatch.setattr(clusters, "SECONDS_TO_CONNECT", 1)
    assert main([*common, "--engine", "dask"]) == main([*common, "--scheduler", "tcp://127.0.0.1:1"]) == Exit.USAGE
    assert main([*common, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"]) == Exit.USAGE
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_workers_that_may_start_no_processes_say_so(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, a="件数 目標2")
    monkeypatch.setattr(multiprocessing.current_process(), "_config", {"daemon": True})
    terms = clusters.Terms(LIMITS, now_set(), None, clusters.fingerprint.reading(), 1)
    with pytest.raises(Unfit, match="no-nanny"):
        clusters.read_there(terms, work_or_die, lambda source, code: None, Source("a.txt", raw / "a.txt"))  # type: ignore[arg-type, return-value]
