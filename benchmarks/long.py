"""A long document against the same pages in short ones: `python -m benchmarks.long [--pages 1500] [--each 15]`.

Made pages with tables (410 characters and 60 cells each) are put into one document and into documents of a few pages. A process of its own reads the
one, from its bytes to what is kept of it, and another the others, a part of them, after a small one that is not counted. It says the processors'
milliseconds a page, and the most memory that the process had.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reading import memory, tables_and_others
from benchmarks.workers import ROOT

# One in so many of the short documents is read: they are alike.
ONE_IN = 4


def made(folder: Path, pages: int, each: int) -> None:
    """The long document, the short ones and a small one to begin with."""
    import pikepdf

    tables, _, _files = tables_and_others(folder / "parts", pages + 1, 0)
    spans = {"long": (0, pages), "warm": (pages, pages + 1)} | {f"short{first:05}": (first, first + each) for first in range(0, pages, each * ONE_IN)}
    for name, (first, last) in spans.items():
        with pikepdf.new() as pdf:
            pdf.pages.extend(tables[first:last])
            pdf.save(folder / f"{name}.pdf", static_id=True)


def measured(files: list[str]) -> dict[str, float]:
    """What it takes to read all but the first of some files, as a worker process does."""
    from pipeline import limits
    from pipeline.cores import tell_arrow_of_no_pandas
    from pipeline.packing import packed
    from pipeline.sources import Source
    from pipeline.work import work

    tell_arrow_of_no_pandas()
    limits.start(limits.NO_LIMITS)
    pages, began = 0, 0.0
    for file in map(Path, files):
        outcome = work(Source(file.name, file))
        packed(outcome)
        if began:
            pages += outcome.document["pages"]
        else:
            began = time.process_time()
    return {"pages": pages, "milliseconds": 1000 * (time.process_time() - began) / pages, "megabytes": memory()}


def asked(*files: Path) -> dict[str, float]:
    """`measured` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.long", "--read", *map(str, files)]
    found: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--each", type=int, default=15)
    parser.add_argument("--read", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(measured(given.read)))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made(folder, given.pages, given.each)
        warm, long, short = folder / "warm.pdf", folder / "long.pdf", sorted(folder.glob("short*.pdf"))
        one, many = asked(warm, long), asked(warm, *short)
        for label, some in ((f"one of {given.pages} pages", one), (f"{len(short)} of {given.each}", many)):
            print(f"{label}: {some['milliseconds']:.1f} ms a page, {some['megabytes']:.0f} MB at most")
        print(f"a page of the long one takes {one['milliseconds'] / many['milliseconds']:.2f} times as long")


if __name__ == "__main__":
    main()
