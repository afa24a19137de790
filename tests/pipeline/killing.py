"""Runs that are killed: `python -m tests.pipeline.killing --documents 60 --moments 30` kills one at as many random moments and in the middle of publishing.

After each kill the tables must open and be a whole version, the old or the new, and the next run must end with the tables of an undisturbed one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.schema import TABLES

ROOT = Path(__file__).parents[2]
SMALL = sorted((ROOT / "tests" / "pdfs").glob("*.pdf"))

# Ends its own process group when the interpreter is about to do something for the n-th time: audit events are raised before the deed.
AT = """
import os, signal, sys
event, part, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
def hook(name, arguments):
    global count
    if name == event and part in str(arguments):
        count -= 1
        if not count:
            os.killpg(0, signal.SIGKILL)
sys.addaudithook(hook)
from pipeline.cli import main
sys.exit(main(sys.argv[4:]))
"""
# Between the first table and the last; before the exchange; after it, when the old tables are removed.
PUBLISHING = (("os.mkdir", "/costs'", 1), ("ctypes.dlopen", "None", 1), ("shutil.rmtree", ".out.yojitsu-", 1))
# While an outcome is kept, and while the contents of files are.
KEEPING = (("os.rename", ".arrow", 2), ("os.rename", "files.json", 1))


class Bench:
    """A folder with documents, of which the tables hold the first half, and what an undisturbed run over all makes of it."""

    def __init__(self, place: Path, documents: int, pdfs: int = len(SMALL)) -> None:
        self.pdfs = SMALL[:pdfs]
        self.place, self.raw, self.out = place, place / "raw", place / "out"
        self.raw.mkdir()
        self._put(range(documents // 2))
        assert self.run() == 0
        self.old = versions(self.out)
        self._put(range(documents // 2, documents))
        shutil.copytree(self.out, place / "kept" / "out")
        shutil.copytree(place / ".yojitsu", place / "kept" / ".yojitsu")
        assert self.run() == 0
        self.new = versions(self.out)
        assert self.new != self.old

    def _put(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            if number < len(self.pdfs):
                shutil.copy(self.pdfs[number], self.raw)
            else:
                text = f"# 第{number}号\n\n| 指標 | 令和{number % 7 + 1}年度目標 | 実績 |\n|---|---|---|\n| 参加者数 | {number}人 | {number + 3}人 |\n"
                (self.raw / f"{number}.md").write_text(text, encoding="utf-8")

    def begin(self) -> None:
        """As before the second run."""
        for name in ("out", ".yojitsu"):
            shutil.rmtree(self.place / name, ignore_errors=True)
            shutil.copytree(self.place / "kept" / name, self.place / name)

    def run(self) -> int:
        return self._start("-m", "pipeline").wait()

    def killed_after(self, lines: int) -> None:
        """A run whose whole process group is killed once it has told of so many documents."""
        with self._start("-m", "pipeline", stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(lines):
                process.stdout.readline()
            os.killpg(process.pid, signal.SIGKILL)

    def killed_at(self, event: str, part: str, count: int) -> None:
        """A run that is killed when it is about to do something; without workers, so that the deed is its own."""
        process = self._start("-c", AT, event, part, str(count), jobs=0)
        assert process.wait() == -signal.SIGKILL, f"{event} {part} never happened"

    def killed_in(self, seconds: float) -> None:
        """A run that is killed after so much time, or was faster."""
        process = self._start("-m", "pipeline")
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, *python: str, jobs: int = 2, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        command = [sys.executable, *python, "ingest", str(self.raw), "--out", str(self.out), "--jobs", str(jobs), "--corrections", str(self.place / "none")]
        environment = os.environ | {"SOURCE_DATE_EPOCH": "0"}
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stdout, start_new_session=True)

    def check(self) -> str:
        """Which version the killed run left, and that the next run ends with the new one. Raises AssertionError with what is wrong."""
        left = versions(self.out)
        assert left in (self.old, self.new), "the tables are of no whole version"
        for name in TABLES:
            pq.read_table(self.out / name)
        assert self.run() == 0
        assert versions(self.out) == self.new, "the next run made other tables"
        assert sorted(path.name for path in self.place.iterdir()) == [".yojitsu", "kept", "out", "raw"], "something was left behind"
        return "old" if left == self.old else "new"


def versions(out: Path) -> dict[str, bytes]:
    return {name: (out / name / "part-0.parquet").read_bytes() for name in TABLES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--moments", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long an undisturbed run takes about")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    draw = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), arguments.documents)
        for moment in PUBLISHING + KEEPING:
            bench.begin()
            bench.killed_at(*moment)
            print(f"killed at {moment[0]} {moment[1]}: tables of the {bench.check()} version", flush=True)
        for _ in range(arguments.moments):
            seconds = draw.uniform(0, arguments.seconds)
            bench.begin()
            bench.killed_in(seconds)
            print(f"killed after {seconds:.2f} s: tables of the {bench.check()} version", flush=True)


if __name__ == "__main__":
    main()
