"""What a second worker process brings: `python -m benchmarks.workers [--rounds N] [--out FILE]`.

Three folders of made documents: sixty of many lengths, three hundred such, and one of 400 pages among twenty small ones. In each round each is read
by one process and by two, one after the other, with a store of its own each time; ratios are taken within the round. The times of `reading` (with
putting documents together) and of the `run` are those of the processors on the longest way: what the busiest worker did, and for the run also what
the command and the server of processes did, which is not shared. They are what two cores give that have nothing else to do; the ratio of the clock's
times is that of this machine with whatever else it does, and says little of a run of few seconds, whose beginning and end are not shared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading import tables_and_others

# Pages of the documents of each folder.
FOLDERS = {
    "60 documents of 2 to 40 pages": [2, 3, 4, 5, 6, 8, 10, 12, 15, 40] * 6,
    "300 documents of 2 to 40 pages": [2, 3, 4, 5, 6, 8, 10, 12, 15, 40] * 30,
    "one of 400 pages, 20 of 1 to 8": [400, *[1, 1, 2, 2, 3, 3, 4, 5, 6, 8] * 2],
}
ROOT = Path(__file__).parents[1]
# Seconds between two looks at the processes of a run.
STEP = 0.1


@dataclass(frozen=True)
class Took:
    """Seconds that a run took, from its start to its tables: of the clock, and of the processors for what one process did and each worker."""

    wall: float
    alone: float
    workers: tuple[float, ...]
    jobs: int

    @property
    def reading(self) -> float:
        """What the busiest place of a worker took: workers are replaced after some documents, one after the other."""
        return max(*self.workers, sum(self.workers) / self.jobs)

    @property
    def longest(self) -> float:
        """The processors' seconds on the longest way through the run."""
        return self.alone + self.reading


def made(folder: Path, lengths: list[int]) -> int:
    """Documents of these lengths, of pages of tables and of text in turn; how many pages they have."""
    import pikepdf

    folder.mkdir(parents=True)
    half = sum(lengths) // 2 + 1
    tables, others, _files = tables_and_others(folder.parent / "parts", half, half)
    pages = [page for pair in zip(tables, others, strict=True) for page in pair]
    first = 0
    for number, length in enumerate(lengths):
        with pikepdf.new() as pdf:
            pdf.pages.extend(pages[first : first + length])
            pdf.save(folder / f"{number:03}.pdf", static_id=True)
        first += length
    return sum(lengths)


def took(folder: Path, jobs: int) -> Took:
    """A run over a folder that has never been read."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "pipeline", "ingest", str(folder), "--out", str(Path(out) / "tables"), "--jobs", str(jobs), "--quiet"]
        began, seen = time.perf_counter(), {}
        run = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        while run.poll() is None:
            seen |= processes(run.pid)
            time.sleep(STEP)
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, command)
        above = {pid: parent for pid, (parent, _) in seen.items()}
        workers = [seconds for parent, seconds in seen.values() if parent in above and parent != run.pid]
        return Took(time.perf_counter() - began, sum(seconds for _, seconds in seen.values()) - sum(workers), tuple(workers), jobs)


def processes(session: int) -> dict[int, tuple[int, float]]:
    """The parent and the processors' seconds so far of each process of a session."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            # The name of the program stands in brackets and may hold blanks.
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            # It has ended since it was listed.
            continue
        if int(fields[3]) == session:
            found[int(place.name)] = int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def measured(folder: Path, rounds: int) -> list[tuple[Took, Took]]:
    """What one process and two took, round by round."""
    return [(took(folder, 1), took(folder, 2)) for _ in range(rounds)]


def line(label: str, pages: int, found: list[tuple[Took, Took]]) -> str:
    def times(ratios: list[float]) -> str:
        return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})"

    speed = statistics.median(pages / one.longest for one, _ in found)
    alone = statistics.median(two.alone for _, two in found)
    reading = [one.reading / two.reading for one, two in found]
    ways, clocks = [one.longest / two.longest for one, two in found], [one.wall / two.wall for one, two in found]
    return f"| {label} ({pages}) | {speed:.1f} | {times(reading)} | {times(ways)} | {times(clocks)} | {alone:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folders", nargs="*", type=int, default=range(len(FOLDERS)), help="which folders, from 0 on")
    parser.add_argument("--out", type=Path, help="where the table goes (Markdown)")
    given = parser.parse_args()
    lines = ["| documents (pages) | pages a second, one | reading: times as many (min - max) | the run | by the clock | seconds not shared |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as place:
        for number, (label, lengths) in enumerate(FOLDERS.items()):
            if number not in given.folders:
                continue
            folder = Path(place) / str(number)
            pages = made(folder, lengths)
            lines.append(line(label, pages, measured(folder, given.rounds)))
            print(lines[-1], flush=True)
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
