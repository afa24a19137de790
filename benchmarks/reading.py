"""How fast PDFs are read, next to other tools.

`python -m benchmarks.reading [--rounds N] [--others PYTHON] [--tools NAME ...] [--pages FILE ...] [--out FILE]`.

Pairs are interleaved: in each round every tool reads every file once, in a process of its own that has read another small file before, so that
imports, tables of characters and lists of places are there and nothing of the file itself is. What is compared is CPU time (of the process
and of those it starts), for wall time is others' on a machine that is shared; the ratios' medians and their spread are printed as a table.

`--others` names a Python with other tools installed (camelot, tabula, tablers, img2table); those that it cannot import are left out. yojitsu does
its whole job, from bytes to facts and findings, as a worker process does; the others give the cells or the text of every page. `yojitsu` is what
is installed: its compiled modules after `make compiled`, and `source` is then the same modules as they are written.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# Pages of a plan of which a fifth are tables.
PAGES, TABLES = 200, 40
BASE = "yojitsu"


def yojitsu(file: str) -> int:
    """Facts, findings and all else that a run writes for a document."""
    from extractors import extract
    from pipeline import limits
    from pipeline.check import check
    from pipeline.read import read
    from pipeline.rows import rows_of

    limits.start(limits.NO_LIMITS)
    document = read(Path(file).read_bytes(), file)
    return len(rows_of(document, check(document, extract(document)), file))


def source(file: str) -> int:
    """As `yojitsu`, from modules that are not compiled."""
    return yojitsu(file)


def reference(file: str) -> int:
    """yojitsu with its own reference reader in place of the quick one."""
    from extractors import extract
    from extractors.vocabulary import Document
    from pipeline import limits
    from pipeline.check import check
    from pipeline.read.pdf import read_pdf
    from pipeline.rows import rows_of

    limits.start(limits.NO_LIMITS)
    pdf = read_pdf(Path(file).read_bytes(), reference=True)
    document = Document("d_0", pdf.pages, "application/pdf", paged=True, title=pdf.title, metadata=pdf.metadata)
    return len(rows_of(document, check(document, extract(document)), file))


def pdfplumber(file: str) -> int:
    import pdfplumber as library

    with library.open(file) as pdf:
        found = 0
        for page in pdf.pages:
            found += len(page.extract_words()) + len(page.extract_tables())
            page.close()
        return found


def pypdfium2(file: str) -> int:
    import pypdfium2 as library

    pdf = library.PdfDocument(file)
    found = 0
    for page in pdf:
        text = page.get_textpage()
        found += len(text.get_text_range())
        text.close()
        page.close()
    return found


def camelot(file: str) -> int:
    import camelot as library

    return len(library.read_pdf(file, pages="all", flavor="lattice"))


def tabula(file: str) -> int:
    import tabula as library

    return len(library.read_pdf(file, pages="all", lattice=True, silent=True))


def tablers(file: str) -> int:
    import tablers as library

    with library.Document(file) as document:
        return sum(len(library.find_tables(page, extract_text=True)) for page in document.pages())


def img2table(file: str) -> int:
    from img2table.document import PDF

    return sum(map(len, PDF(file).extract_tables().values()))


OWN: tuple[Callable[[str], int], ...] = (yojitsu, source, reference, pdfplumber, pypdfium2)
OTHERS: tuple[Callable[[str], int], ...] = (camelot, tabula, tablers, img2table)
TOOLS = {tool.__name__: tool for tool in (*OWN, *OTHERS)}


def measured(name: str, file: str, warm: str) -> dict[str, float]:
    """Seconds of CPU and of the clock, and megabytes at most, that one tool takes for one file."""
    TOOLS[name](warm)
    begun, before = time.perf_counter(), _cpu()
    TOOLS[name](file)
    return {"cpu": _cpu() - before, "wall": time.perf_counter() - begun, "memory": memory()}


def _cpu() -> float:
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def memory() -> float:
    """Megabytes that this process held at most; Linux hands the figure of getrusage on from the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def asked(python: str, name: str, file: Path, warm: Path) -> dict[str, float] | None:
    """`measured` in a process of its own; None where the tool is not installed or fails."""
    call = [python, str(Path(__file__)), "--one", name, str(file), str(warm)]
    done = subprocess.run(call, capture_output=True, text=True, env=_environment(name), check=False)
    if done.returncode:
        print(f"{name} left out: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}", file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _environment(name: str) -> dict[str, str]:
    """What is installed is read with, but for `source`, which is the checkout's."""
    return os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]) if name == source.__name__ else ""}


def compiled() -> bool:
    """Whether what is installed has compiled modules."""
    asks = "import importlib.util as u; print(u.find_spec('extractors.glyphs').origin)"
    done = subprocess.run([sys.executable, "-P", "-c", asks], capture_output=True, text=True, env=_environment(BASE), check=True)
    return not done.stdout.strip().endswith(".py")


def tables_and_others(folder: Path, tables: int, others: int) -> tuple[list[Any], list[Any], list[Any]]:
    """So many pages with tables, and so many without, of generated documents that are drawn into a folder, and the files in which they are.

    Pages and files are pikepdf's; whoever wants the pages keeps the files.
    """
    import pikepdf

    from tests.generated.__main__ import make
    from tests.generated.draw import draw
    from tests.generated.families import FAMILIES
    from tests.generated.model import Table

    found: tuple[list[Any], list[Any], list[Any]] = [], [], []
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while len(found[0]) < tables or len(found[1]) < others:
        number += 1
        for family in sorted(FAMILIES):
            book = make(family, 11, number)
            file = folder / f"{family}_{number}.pdf"
            draw(book, file)
            found[2].append(pikepdf.open(file))
            for printed, page in zip(book.pages, found[2][-1].pages, strict=False):
                found[not any(isinstance(block, Table) for block in printed.blocks)].append(page)
    return found[0][:tables], found[1][:others], found[2]


def made(folder: Path) -> dict[str, Path]:
    """A file of table pages, a plan of which a fifth are table pages, one page, and a small file to begin with, from the generated documents."""
    import pikepdf

    tables, others, _files = tables_and_others(folder, TABLES, PAGES - TABLES)
    step = PAGES // TABLES
    mixed = [tables[i // step] if i % step == step - 1 else others[i - i // step] for i in range(PAGES)]
    files = {"tables": tables, "mixed": mixed, "one page": tables[:1], "small": [*others[:1], *tables[-1:]]}
    for name, pages in files.items():
        with pikepdf.new() as pdf:
            pdf.pages.extend(pages)
            pdf.save(folder / f"{name}.pdf", static_id=True)
    return {name: folder / f"{name}.pdf" for name in files}


def tools_of(others: str | None, wanted: Sequence[str]) -> list[tuple[str, str]]:
    """The tools to run, each with its Python: yojitsu, and of the rest those `wanted`, or all where none is named."""
    own = [(sys.executable, tool.__name__) for tool in OWN if tool is not source or compiled()]
    every = own + [(others, tool.__name__) for tool in OTHERS if others]
    return [(python, name) for python, name in every if not wanted or name in (BASE, *wanted)]


def run(files: dict[str, Path], warm: Path, rounds: int, tools: list[tuple[str, str]]) -> list[str]:
    """The lines of the table: for each file and tool milliseconds a page, times of yojitsu's, and memory."""
    import pypdfium2 as library

    lines = ["| pages | tool | ms a page (CPU) | times yojitsu's (min - max) | MB at most |", "| --- | --- | ---: | ---: | ---: |"]
    for label, file in files.items():
        pages = len(library.PdfDocument(file))
        found: dict[str, list[dict[str, float]]] = {}
        for _ in range(rounds):
            for python, name in list(tools):
                one = asked(python, name, file, warm)
                if one is None:
                    tools.remove((python, name))
                else:
                    found.setdefault(name, []).append(one)
        for name, some in found.items():
            ratios = [one["cpu"] / base["cpu"] for one, base in zip(some, found[BASE], strict=False)]
            each = statistics.median(one["cpu"] for one in some) / pages * 1000
            spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})"
            lines.append(f"| {label} ({pages}) | {name} | {each:.1f} | {spread} | {max(one['memory'] for one in some):.0f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--others", metavar="PYTHON", help="a Python in which other tools are installed")
    parser.add_argument("--tools", nargs="*", choices=sorted(TOOLS), default=[], help="those to run beside yojitsu (default: all)")
    parser.add_argument("--pages", nargs="*", type=Path, default=[], help="PDFs to read besides the made ones")
    parser.add_argument("--out", type=Path, help="where the table goes (Markdown)")
    parser.add_argument("--one", nargs=3, metavar=("TOOL", "FILE", "WARM"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(*given.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = made(Path(folder))
        warm = files.pop("small")
        lines = run(files | {file.stem: file for file in given.pages}, warm, given.rounds, tools_of(given.others, given.tools))
    print("\n".join(lines))
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
