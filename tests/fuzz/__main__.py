"""Runs mutants until the time is over, each in a worker process with limits, and keeps those that show a fault: `make fuzz`."""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import TimeoutError as Late
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from pipeline.limits import Limits
from pipeline.sources import find
from pipeline.work import work
from tests.fuzz.judge import judged
from tests.fuzz.mutants import Mutant, mutant
from tests.pipeline.made import run_in

# What a mutant may take, of a document of a page or two that takes a second. Generous: the machine may be busy.
SECONDS, BYTES = 120, 2 * 2**30
# So many mutants are also read as one folder, each time after so many alone.
FOLDER, EVERY = 30, 600
# A worker process ends after so many, so that what it leaks is no mutant's fault.
TASKS = 300


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))


def main() -> int:
    """Ends with 1 where a fault was found; the files are then in the folder `--keep`."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    arguments = parser.parse_args()
    end, number = time.monotonic() + 60 * arguments.minutes, arguments.start
    found: Counter[str] = Counter()
    with ProcessPool(max_workers=1, max_tasks=TASKS, initializer=_limited) as pool:
        while time.monotonic() < end:
            one = mutant(arguments.seed, number)
            for fault in _alone(pool, one):
                found[fault] += 1
                _keep(arguments.keep, one, fault, found[fault])
            number += 1
            if number % EVERY == 0:
                found.update(_together([mutant(arguments.seed, at) for at in range(number - FOLDER, number)]))
    sys.stdout.write(f"seed {arguments.seed}: {number - arguments.start} mutants, {sum(found.values())} faults, {len(found)} of them distinct\n")
    sys.stdout.writelines(f"{count:6} {fault}\n" for fault, count in found.most_common())
    return 1 if found else 0


def _alone(pool: ProcessPool, one: Mutant) -> list[str]:
    try:
        return pool.schedule(judged, args=(one.data, one.name), timeout=SECONDS).result()
    except Late:
        return [f"longer than {SECONDS} s"]
    except ProcessExpired as error:
        return [f"process ended with {error.exitcode}"]
    except Exception as error:  # noqa: BLE001 - whatever comes out of reading is what is looked for
        return [f"raised {type(error).__name__}: {error}"[:200]]


def _together(some: list[Mutant]) -> list[str]:
    """A run over a folder of these: nothing may be lost."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        for one in some:
            (raw / one.name).write_bytes(one.data)
        sources = find(raw).sources
        done = run_in(raw, Path(folder), 1, work, limits=Limits(SECONDS, 5, BYTES))
    named = {entry.source.path for entry in done.entries} | {path for paths in done.copies.values() for path in paths}
    return [f"lost in a run: {source.path}" for source in sources if source.path not in named]


def _keep(folder: Path, one: Mutant, fault: str, count: int) -> None:
    """The first five files of each fault, and a line for each."""
    folder.mkdir(parents=True, exist_ok=True)
    if count <= 5:
        (folder / f"{hashlib.sha256(fault.encode()).hexdigest()[:6]}_{one.name}").write_bytes(one.data)
    with (folder / "found.txt").open("a", encoding="utf-8") as file:
        file.write(f"{one.name}\t{one.how}\t{fault}\n")


if __name__ == "__main__":
    sys.exit(main())
