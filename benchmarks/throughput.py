"""Pages a second of a run as a user starts it: `python -m benchmarks.throughput [--rounds N] [--others PYTHON] [--out FILE]`.

`yojitsu ingest` over two folders that were never read, with what it does by default: as many worker processes as there are cores, tables published at
the end, its own start included. The other tools read the same files one after the other in one process, as their users do, and give cells or text.
Each round runs every tool once on each folder, one at a time; times are the clock's, ratios are taken within the round. `benchmarks.reading`
compares the same on one core.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.reading import TOOLS, tables_and_others

ROOT = Path(__file__).parents[1]
# Documents of each folder, and pages of each document. One in five pages of a plan holds tables.
TABLES, TABLE_PAGES = 20, 40
PLANS, PLAN_PAGES = 10, 200
CELLS = ("pdfplumber", "pypdfium2")
CELLS_OF_OTHERS = ("tablers",)


def made(folder: Path) -> dict[str, tuple[Path, int]]:
    """Two folders, each with its number of pages: documents of table pages, and plans of which a fifth are table pages."""
    tables, others, _files = tables_and_others(folder / "parts", TABLES * TABLE_PAGES, PLANS * PLAN_PAGES * 4 // 5)
    sheets = [tables[i * TABLE_PAGES : (i + 1) * TABLE_PAGES] for i in range(TABLES)]
    pages = [page for i in range(len(others) // 4) for page in (*others[4 * i : 4 * i + 4], tables[i % len(tables)])]
    plans = [pages[i * PLAN_PAGES : (i + 1) * PLAN_PAGES] for i in range(PLANS)]
    found = {f"{TABLES} documents of {TABLE_PAGES} table pages": sheets, f"{PLANS} plans of {PLAN_PAGES} pages": plans}
    return {label: (_written(folder / str(number), some), sum(map(len, some))) for number, (label, some) in enumerate(found.items())}


def _written(folder: Path, documents: Sequence[Sequence[Any]]) -> Path:
    import pikepdf

    folder.mkdir()
    for number, pages in enumerate(documents):
        with pikepdf.new() as pdf:
            pdf.pages.extend(pages)
            pdf.save(folder / f"{number:03}.pdf", static_id=True)
    return folder


def seconds(tool: str, python: str, folder: Path) -> float:
    """Seconds of the clock that a tool takes for all files of a folder, its start included."""
    with tempfile.TemporaryDirectory() as out:
        if tool == "yojitsu":
            # What is installed, not the checkout beside: the compiled modules after `make compiled`.
            command = [python, "-P", "-m", "pipeline", "ingest", str(folder), "--out", str(Path(out) / "tables"), "--quiet"]
        else:
            command = [python, str(Path(__file__)), "--cells", tool, str(folder)]
        begun = time.perf_counter()
        subprocess.run(command, cwd=out, check=True, env=os.environ | {"PYTHONPATH": "" if tool == "yojitsu" else str(ROOT)})
        return time.perf_counter() - begun


def run(folders: dict[str, tuple[Path, int]], rounds: int, others: str | None) -> list[str]:
    """The lines of the table: pages a second of each tool, and how many times as many yojitsu reads."""
    tools = [("yojitsu", sys.executable), *((tool, sys.executable) for tool in CELLS), *((tool, others) for tool in CELLS_OF_OTHERS if others)]
    lines = ["| documents | tool | pages a second | yojitsu, times as many (min - max) |", "| --- | --- | ---: | ---: |"]
    for label, (folder, pages) in folders.items():
        found = [{tool: seconds(tool, python, folder) for tool, python in tools} for _ in range(rounds)]
        for tool, _ in tools:
            ratios = [one[tool] / one["yojitsu"] for one in found]
            speed = pages / statistics.median(one[tool] for one in found)
            lines.append(f"| {label} | {tool} | {speed:.0f} | {statistics.median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f}) |")
            print(lines[-1], flush=True)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--others", metavar="PYTHON", help="a Python in which tablers is installed")
    parser.add_argument("--out", type=Path, help="where the table goes (Markdown)")
    parser.add_argument("--cells", nargs=2, metavar=("TOOL", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.cells:
        tool, folder = given.cells
        print(sum(TOOLS[tool](str(file)) for file in sorted(Path(folder).glob("*.pdf"))))
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = run(made(Path(folder)), given.rounds, given.others)
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
