"""What is read again and what is not, and what becomes of files that are renamed, copied, replaced and removed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from filelock import FileLock

from pipeline import fingerprint
from pipeline.cli import Exit, main
from pipeline.known import Known, Stamp
from pipeline.limits import Limits
from pipeline.lock import state_of
from pipeline.run import Run
from pipeline.sources import Source, find
from pipeline.store import Store
from tests.pipeline.made import outcomes, put, run_in, work_with_words

TABLE = "| 指標 | 令和6年度目標 | 令和6年度実績 |\n|---|---|---|\n| 参加者数 | {}人 | 9人 |\n"
# Tells which files under a folder were opened by whatever the command does.
COUNTING = """
import os, sys
opened = []
def hook(name, arguments):
    if name == "open" and str(arguments[0]).startswith(sys.argv[1] + os.sep):
        opened.append(str(arguments[0]))
sys.addaudithook(hook)
from pipeline.cli import main
code = main(sys.argv[2:])
print("opened", len(opened), "modules", [name for name in ("pdfplumber", "pyarrow", "sudachipy", "pandas") if name in sys.modules])
sys.exit(code)
"""

# Tells which of the project's files a worker has loaded.
IMPORTED = """
import json, sys
import extractors, pipeline.packing, pipeline.read.pdf, pipeline.read.text, pipeline.work
print(json.dumps([module.__file__ for name, module in sys.modules.items() if name.split(".")[0] in ("pipeline", "extractors")]))
"""


def ingest(raw: Path, out: Path, *more: str) -> int:
    return main(["ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet", *more])


def counted(raw: Path, out: Path) -> str:
    command = [sys.executable, "-c", COUNTING, str(raw), "ingest", str(raw), "--out", str(out), "--jobs", "0", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def read_of(raw: Path, state: Path, **more: Any) -> tuple[list[str], Run]:
    """The names of the documents that a run reads, and the run."""
    names: list[str] = []
    result = run_in(raw, state, seen=lambda outcome: names.append(str(outcome.document["source_name"])), **more)
    return sorted(names), result


def test_a_second_run_with_nothing_new_opens_no_document_and_imports_no_reader(raw: Path, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    (raw / "計画.pdf").write_bytes(make_pdf("plan 2024"))
    (raw / "計画.pdf.card.toml").write_text('licence = "CC0-1.0"', encoding="utf-8")
    put(raw, a="件数 目標10")
    assert not counted(raw, tmp_path / "out").startswith("opened 0 ")
    assert counted(raw, tmp_path / "out") == "opened 0 modules []"


def test_what_is_known_is_not_read_again(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1", b="件数 目標2")
    assert read_of(raw, tmp_path)[0] == ["a.txt", "b.txt"]
    put(raw, c="件数 目標3")
    names, result = read_of(raw, tmp_path)
    assert names == ["c.txt"]
    assert [outcome.document["source_name"] for outcome in outcomes(result)] == ["a.txt", "b.txt", "c.txt"]
    assert [len(outcome.rows["targets"]) for outcome in outcomes(result)] == [1, 1, 1]


def test_a_renamed_file_is_not_read_again_and_has_its_new_name_in_every_row(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1")
    read_of(raw, tmp_path)
    (raw / "a.txt").rename(raw / "b.txt")
    names, result = read_of(raw, tmp_path)
    assert names == []
    [outcome] = outcomes(result)
    assert (outcome.document["source_path"], outcome.rows["targets"][0]["source_name"]) == ("b.txt", "b.txt")


def test_a_replaced_file_is_read_again_and_the_old_numbers_are_gone(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(raw, a="# 計画\n\n" + TABLE.format(10))
    assert ingest(raw, out) == Exit.FINE
    put(raw, a="# 計画\n\n" + TABLE.format(20))
    assert ingest(raw, out) == Exit.FINE
    assert pd.read_parquet(out / "targets")["value"].tolist() == [20]
    assert len(pd.read_parquet(out / "documents")) == 1


def test_a_file_of_the_same_size_and_time_of_change_is_known_to_be_another(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1")
    read_of(raw, tmp_path)
    before = (raw / "a.txt").stat()
    put(raw, a="件数 目標2")
    os.utime(raw / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_of(raw, tmp_path)[0] == ["a.txt"]


def test_a_removed_file_leaves_the_tables(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(raw, a="# 計画\n\n" + TABLE.format(10), b="# 計画\n\n" + TABLE.format(20))
    assert ingest(raw, out) == Exit.FINE
    (raw / "a.txt").unlink()
    assert ingest(raw, out) == Exit.FINE
    assert pd.read_parquet(out / "documents")["source_name"].tolist() == ["b.txt"]
    assert pd.read_parquet(out / "targets")["value"].tolist() == [20]
    assert duckdb.sql(f"select count(*) from '{out}/actuals/*.parquet'").fetchall() == [(1,)]


def test_a_copy_is_reported_and_not_read(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1")
    read_of(raw, tmp_path)
    put(raw, b="件数 目標1")
    names, result = read_of(raw, tmp_path)
    assert names == []
    assert result.copies == {"a.txt": ["b.txt"]}


def test_an_incremental_run_gives_the_bytes_of_a_run_from_nothing(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    put(raw, a="# 計画\n\n" + TABLE.format(10), c="# 計画\n\n" + TABLE.format(30))
    assert ingest(raw, tmp_path / "bit by bit") == Exit.FINE
    put(raw, b="# 計画\n\n" + TABLE.format(20))
    (raw / "c.txt").rename(raw / "d.txt")
    assert ingest(raw, tmp_path / "bit by bit") == Exit.FINE
    assert ingest(raw, tmp_path / "at once") == Exit.FINE
    outs = [tmp_path / "bit by bit", tmp_path / "at once"]
    bit_by_bit, at_once = ({file.relative_to(out): file.read_bytes() for file in out.rglob("*.parquet")} for out in outs)
    assert bit_by_bit == at_once


def test_what_another_version_of_the_code_read_is_read_again(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, a="# 計画\n\n" + TABLE.format(10))
    assert ingest(raw, tmp_path / "out") == Exit.FINE
    first = pd.read_parquet(tmp_path / "out" / "documents")["ingested_at"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setattr(fingerprint, "reading", lambda: "another")
    monkeypatch.setattr(fingerprint, "whole", lambda: "another")
    assert ingest(raw, tmp_path / "out") == Exit.FINE
    assert pd.read_parquet(tmp_path / "out" / "documents")["ingested_at"].iloc[0] < first.iloc[0]


def test_tables_that_somebody_damaged_are_written_again(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(raw, a="# 計画\n\n" + TABLE.format(10))
    assert ingest(raw, out) == Exit.FINE
    whole = (out / "targets" / "part-0.parquet").read_bytes()
    (out / "targets" / "part-0.parquet").unlink()
    assert ingest(raw, out) == Exit.FINE
    assert (out / "targets" / "part-0.parquet").read_bytes() == whole


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-9], lambda data: data[:99] + bytes([data[99] ^ 1]) + data[100:]])
def test_a_kept_reading_that_the_disk_damaged_is_read_again(raw: Path, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    put(raw, a="件数 目標1")
    read_of(raw, tmp_path)
    [kept] = (tmp_path / "readings").rglob("*.arrow")
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    names, result = read_of(raw, tmp_path)
    assert names == ["a.txt"]
    assert len(outcomes(result)[0].rows["targets"]) == 1
    assert len(kept.read_bytes()) == len(whole)


@pytest.mark.parametrize("name", ["files.json", "readings/v1/troubles.json"])
def test_a_damaged_memory_costs_a_reading_at_most(raw: Path, tmp_path: Path, name: str) -> None:
    put(raw, a="件数 目標1")
    read_of(raw, tmp_path)
    for broken in ("{", "[1]", '{"a": 1}', "\udcff"):
        (tmp_path / name).write_text(broken, encoding="utf-8", errors="surrogateescape")
        assert len(outcomes(read_of(raw, tmp_path)[1])[0].rows["targets"]) == 1


def test_a_file_written_in_the_same_moment_as_it_was_read_is_not_trusted(raw: Path, tmp_path: Path) -> None:
    put(raw, a="件数 目標1")
    stamp = Stamp.of(raw / "a.txt")
    assert not stamp.settled(stamp.ctime_ns)
    assert stamp.settled(stamp.ctime_ns + 3_000_000_000)
    assert not Stamp(1, 5_000_000_000, 5_000_000_000, 1).settled(6_000_000_000), "a file system that knows whole seconds alone"


def test_a_link_and_the_file_behind_it_are_judged_by_their_own_names(raw: Path, tmp_path: Path) -> None:
    put(raw, b="件数 目標1")
    (raw / "a.pdf").symlink_to("b.txt")
    known = Known.load(tmp_path / "files.json")
    contents = [known.content(source) for source in find(raw).sources]
    again = [known.content(source) for source in find(raw).sources]
    assert contents == again
    assert contents[0] != contents[1]


def test_a_document_that_ended_its_process_is_tried_in_three_runs_and_again_under_other_limits(raw: Path, tmp_path: Path) -> None:
    put(raw, killer="件数 目標1", a="件数 目標2")
    tried = [read_of(raw, tmp_path, jobs=1, worker=_die, limits=Limits(60, 1, 0))[0] for _ in range(4)]
    assert tried == [["a.txt", "killer.txt"], ["killer.txt"], ["killer.txt"], []]
    assert read_of(raw, tmp_path, jobs=1, worker=_die, limits=Limits(61, 1, 0))[0] == ["killer.txt"]
    assert read_of(raw, tmp_path, limits=Limits(62, 1, 0))[0] == ["killer.txt"]
    assert read_of(raw, tmp_path, limits=Limits(63, 1, 0))[0] == [], "what came to an end is known like any other"


def _die(source: Source) -> Any:
    if source.name.startswith("killer"):
        os._exit(9)
    return work_with_words(source)


def test_old_readings_that_nothing_needs_are_removed(raw: Path, tmp_path: Path) -> None:
    store = Store(tmp_path, "v2")
    for version, content in (("v2", "used"), ("v2", "new"), ("v2", "old"), ("v1", "old")):
        Store(tmp_path, version).put(content, b"x")
    for file in (Store(tmp_path, "v1").file("old"), store.file("old"), store.file("used")):
        for place in (file, file.parent, file.parents[1]):
            os.utime(place, (0, 0))
    store.prune({"used"})
    assert store.contents() == {"used", "new"}
    assert not (tmp_path / "v1").exists()


def test_a_run_while_another_writes_the_same_tables_ends_with_4_and_touches_nothing(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(raw, a="# 計画\n\n" + TABLE.format(10))
    assert ingest(raw, tmp_path / "out") == Exit.FINE
    put(raw, b="# 計画\n\n" + TABLE.format(20))
    with FileLock(state_of(tmp_path / "out") / "lock"):
        assert ingest(raw, tmp_path / "out") == Exit.LOCKED == 4
        assert "another run" in capsys.readouterr().err
        assert len(pd.read_parquet(tmp_path / "out" / "documents")) == 1
    assert ingest(raw, tmp_path / "out") == Exit.FINE


def test_findings_of_the_required_severity_end_the_run_with_5_every_time(raw: Path, tmp_path: Path) -> None:
    put(raw, a="# 計画\n\n| 指標 | 令和6年度目標 | 令和6年度実績 | 達成率 |\n|---|---|---|---|\n| 参加者数 | 100人 | 50人 | 80% |\n")
    assert ingest(raw, tmp_path / "out") == Exit.FINE
    for _ in range(2):
        assert ingest(raw, tmp_path / "out", "--require", "warning") == Exit.CHECKS_FAILED == 5


def test_the_list_of_what_reads_a_document_holds_all_that_its_worker_imports() -> None:
    files = json.loads(subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True, cwd=fingerprint.HOUSE).stdout)
    names = {Path(file).relative_to(fingerprint.HOUSE).as_posix() for file in files if file}
    # What keeps and moves the outcome, or talks about it, decides nothing of it.
    movers = {"pipeline/cores.py", "pipeline/log.py", "pipeline/remote.py", "pipeline/store.py", "pipeline/swap.py"}
    assert {name for name in names - movers if not any(name == place or name.startswith(place + "/") for place in fingerprint.READING)} == set()


def test_every_library_of_the_readers_counts_for_the_version() -> None:
    assert all(fingerprint._version(library) != "unknown" for library in fingerprint.LIBRARIES)
