"""What other tools give of the same pages, and what of that is an answer: `python -m benchmarks.cells --others PYTHON [--seed N]`.

Every number that a person read in the sample documents (samples/truth), and every one that generated pages state, is looked for in what a tool gives:

1. in a cell of its page;
2. in a row in which its indicator's name stands too, empty cells filled from the cell above, as one does for merged cells;
3. with its year and its role (目標, 実績 …) named in that row, or in a cell above it in its column: where the answer stands for a person who looks on;
4. as a row of a table with the right kind, name, year, value and unit in columns of their own.

The first three are asked of yojitsu of its facts alone, and so is the last, which the others do not offer. `--others` names a Python in which pdfplumber,
camelot-py, tabula-py (needs Java), tablers, img2table and markitdown[pdf] are installed; what it cannot import is left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
# Rows of cells by page (1-based), table by table; under 0 stand tables of which a tool does not say the page.
Tables = dict[int, list[list[list[str]]]]
NUMBER = re.compile(r"[-△▲]?\d+(?:\.\d+)?")
# Words that a person takes for the role of a number; of money every word for it will do.
ROLES = {"target": r"目標|指標|計画|見込|目安|KPI|KGI", "actual": r"実績|現状|基準|結果|達成|現在|時点|状況", "cost": r"費|額|予算|決算|円"}
# As in the score of generated documents: a heading or a unit in brackets may stand beside the name.
ALIKE = 80.0


def pdfplumber(file: str) -> Tables:
    import pdfplumber as library

    with library.open(file) as pdf:
        return {page.page_number: page.extract_tables() for page in pdf.pages}


def camelot(file: str) -> Tables:
    import camelot as library

    out: Tables = {}
    for table in library.read_pdf(file, pages="all", flavor="lattice"):
        out.setdefault(int(table.page), []).append(table.df.values.tolist())
    return out


def tabula(file: str) -> Tables:
    import pypdfium2
    import tabula as library

    out: Tables = {}
    for page in range(1, len(pypdfium2.PdfDocument(file)) + 1):
        found = library.read_pdf(file, pages=page, lattice=True, silent=True, output_format="json")
        out[page] = [[[cell["text"] for cell in row] for row in table["data"]] for table in found]
    return out


def tablers(file: str) -> Tables:
    import tablers as library

    with library.Document(file) as document:
        return {at: [table.to_list() for table in library.find_tables(page, extract_text=True)] for at, page in enumerate(document.pages(), start=1)}


def img2table(file: str) -> Tables:
    from img2table.document import PDF

    return {at + 1: [table.df.values.tolist() for table in some] for at, some in PDF(file).extract_tables().items()}


def markitdown(file: str) -> Tables:
    from markitdown import MarkItDown

    tables: list[list[list[str]]] = [[]]
    for line in MarkItDown().convert(file).text_content.splitlines():
        if line.lstrip().startswith("|"):
            tables[-1].append(line.strip().strip("|").split("|"))
        elif tables[-1]:
            tables.append([])
    return {0: tables}


OTHERS: tuple[Callable[[str], Tables], ...] = (pdfplumber, camelot, tabula, tablers, img2table, markitdown)


class Asked(NamedTuple):
    """A number that a document states; `numbers` are those that its printed characters hold. `tier` 1: it stands in a table, sheet or list of targets."""

    kind: str
    names: tuple[str, ...]
    year: int | None
    value: float
    unit: str
    page: int
    numbers: frozenset[float]
    tier: str


def asked_of(file: Path) -> list[Asked]:
    """What a person, or the generator, says that a document states, without what one may or may not call a fact."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if not row["note"].startswith("optional")]
    return [
        Asked(
            row["kind"], tuple(name for name in (letters(row["indicator"]), letters(row["component"])) if name),
            int(row["fiscal_year"]) if row["fiscal_year"] else None, float(row["value"]), row["unit"], int(row["page"]), frozenset(numbers(row["raw"])),
            row["tier"],
        )
        for row in rows
    ]  # fmt: skip


def plain(text: object) -> str:
    """A cell's characters, width folded, without blanks and the commas of thousands; an empty cell, None or nan is nothing."""
    if text is None or text != text:
        return ""
    folded = unicodedata.normalize("NFKC", str(text)).replace("（", "(").replace("）", ")")
    return re.sub(r"(?<=\d),(?=\d{3})|\s", "", folded)


def letters(text: object) -> str:
    return re.sub(r"[\W_]", "", plain(text)).lower()


def numbers(text: object) -> set[float]:
    return {float(found.lstrip("-△▲")) for found in NUMBER.findall(plain(text))}


def steps(one: Asked, tables: Tables, alike: Callable[[str, str], float]) -> int:
    """How many of the first three steps (0 to 3) a tool's cells take for a number, at the best of the places where it stands."""
    best = 0
    for table in (*tables.get(one.page, ()), *tables.get(0, ())):
        filled: list[str] = []
        above: list[str] = []
        for row in table:
            cells = [plain(cell) for cell in row]
            filled = [cell or (filled[at] if at < len(filled) else "") for at, cell in enumerate(cells)]
            above = [(above[at] if at < len(above) else "") + " " + cell for at, cell in enumerate(cells)]
            for at, cell in enumerate(cells):
                if one.numbers & numbers(cell):
                    best = max(best, _reached(one, filled, above[at], alike))
    return best


def _reached(one: Asked, row: Sequence[str], above: str, alike: Callable[[str, str], float]) -> int:
    line = "".join(map(letters, row))
    if max((alike(name, line) for name in one.names if line), default=0.0) < ALIKE:
        return 1
    around = above + " " + " ".join(row)
    return 3 if (one.year is None or re.search(_year(one.year), around)) and re.search(ROLES[one.kind], around) else 2


def _year(year: int) -> str:
    """The ways in which a header names a fiscal year."""
    era = year - 2018 if year >= 2019 else year - 1988
    return rf"(?<!\d)(?:{year}|{'元' if era == 1 else era}年|[RHrh]\.?{era}(?!\d)|(?:令和|平成){era})"


def own(file: Path, asked: Sequence[Asked], alike: Callable[[str, str], float]) -> list[int]:
    """The steps (0 to 4) that yojitsu's facts take for each number."""
    from extractors import extract
    from extractors.normalise.units import canonical
    from pipeline.read import read
    from pipeline.rows import rows_of

    document = read(file.read_bytes(), file.name)
    rows = rows_of(document, extract(document), file.name)
    facts = [(kind, row) for kind in ("target", "actual", "cost") for row in rows[f"{kind}s"]]
    out = []
    for one in asked:
        here = [(kind, row) for kind, row in facts if row["page"] == one.page and (row["value"] == one.value or one.numbers & numbers(row["raw"]))]
        named = [(kind, row) for kind, row in here if _named(one, row, alike)]
        dated = [row for kind, row in named if kind == one.kind and row["fiscal_year"] == one.year]
        unit = (canonical(one.unit) if one.unit else None) or None
        right = any(row["value"] == one.value and (unit is None or row["unit"] == unit) for row in dated)
        out.append(4 if right else 3 if dated else 2 if named else 1 if here else 0)
    return out


def _named(one: Asked, row: Mapping[str, Any], alike: Callable[[str, str], float]) -> bool:
    line = letters(row["section"]) + letters(row["indicator"]) + letters(row["component"])
    return max(alike(name, line) for name in one.names) >= ALIKE


def given_by(python: str, tool: str, file: Path) -> Tables | None:
    """What a tool gives, from a process of its own; None where it is not installed or fails."""
    done = subprocess.run([python, __file__, "--one", tool, str(file)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{tool}, {file.name}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}", file=sys.stderr)
        return None
    return {int(page): tables for page, tables in json.loads(done.stdout.splitlines()[-1]).items()}


def measured(files: Sequence[tuple[Path, Path]], python: str | None) -> Iterator[tuple[str, list[tuple[Asked, int]]]]:
    """For each tool every number of some documents with the steps taken for it; 0 for all of a document on which a tool failed."""
    from rapidfuzz import fuzz

    asked = [(file, asked_of(truth)) for file, truth in files]
    yield "yojitsu", [pair for file, some in asked for pair in zip(some, own(file, some, fuzz.partial_ratio), strict=True)]
    for tool in OTHERS if python else ():
        given = [(some, given_by(python or "", tool.__name__, file)) for file, some in asked]
        if any(tables is not None for _, tables in given):
            yield tool.__name__, [(one, 0 if tables is None else steps(one, tables, fuzz.partial_ratio)) for some, tables in given for one in some]


def samples() -> list[tuple[Path, Path]]:
    """The sample documents, each with its truth."""
    return [(ROOT / "data" / "raw" / f"{truth.stem}.pdf", truth) for truth in sorted((ROOT / "samples" / "truth").glob("*.csv"))]


def generated(folder: Path, seed: int) -> list[tuple[Path, Path]]:
    """A generated document of each family, each with its truth."""
    command = [sys.executable, "-m", "tests.generated", str(folder), "--seed", str(seed), "--per-family", "1"]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    made = sorted(truth for truth in (folder / "truth").glob("*.csv") if truth.stem != "manifest")
    return [(folder / "pdf" / f"{truth.stem}.pdf", truth) for truth in made]


def line(label: str, tool: str, some: Sequence[int]) -> str:
    """A row of the table: which share of numbers takes each step."""
    shares = [f"{sum(step >= asked for step in some) / len(some):.0%}" for asked in (1, 2, 3, 4)]
    return f"| {label} ({len(some):,}) | {tool} | " + " | ".join([*shares[:3], shares[3] if tool == "yojitsu" else "–"]) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cells", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", metavar="PYTHON", help="a Python in which other tools are installed")
    parser.add_argument("--generated", action=argparse.BooleanOptionalAction, default=True, help="also pages that are generated (a quarter of an hour)")
    parser.add_argument("--seed", type=int, default=4242, help="of the generated pages")
    parser.add_argument("--one", nargs=2, metavar=("TOOL", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        found = {tool.__name__: tool for tool in OTHERS}[given.one[0]](given.one[1])
        print("\n" + json.dumps(found, default=str))
        return
    print("| numbers | tool | in a cell | + name in its row | + year and role in sight | as columns |\n| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for label, files in (("samples", samples()), ("generated", generated(Path(folder), given.seed) if given.generated else [])):
            for tool, some in measured(files, given.others) if files else ():
                print(line(f"{label}, all", tool, [step for _, step in some]))
                print(line(f"{label}, tables of targets", tool, [step for one, step in some if one.tier == "1"]), flush=True)


if __name__ == "__main__":
    main()
