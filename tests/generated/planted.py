"""Plants one error in a generated document, of a kind that contradicts something printed, and asks whether checking finds it.

`python -m tests.generated.planted [--books K] [--each N] [--seed S]` prints the share found by kind, what was missed, and the warnings of the
documents without an error.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from extractors import extract
from extractors.vocabulary import Finding
from pipeline.check import check
from pipeline.read import read
from tests.generated.__main__ import make
from tests.generated.draw import draw
from tests.generated.families import FAMILIES
from tests.generated.model import Beside, Block, Book, Cell, Page, Table, flat

TOTAL = re.compile(r"合計|計|市全体")
DIFFERENCE = re.compile(r"過不足|差引")
OTHER_UNIT = {"人": "件", "件": "人", "回": "件", "か所": "人", "社": "人", "%": "人", "％": "人", "世帯": "件", "団体": "件", "戸": "人"}
Change = dict[int, Cell]
Placed = list[tuple[int, int, Cell]]


@dataclass(frozen=True)
class Plant:
    """One error: its kind, the 1-based page, what was printed and what is now, and the book that prints it."""

    kind: str
    page: int
    before: str
    after: str
    book: Book


def value(cell: Cell) -> float | None:
    """The number that a cell prints."""
    match = re.match(r"([△▲-]?)([\d,]+(?:\.\d+)?)", flat(cell.text))
    return float(match[2].replace(",", "")) * (-1 if match[1] else 1) if match else None


def with_digit(cell: Cell, rng: Random) -> Cell:
    """The cell with one digit of its number changed to another; the first one never to zero."""
    number = re.match(r"[^\d]*([\d,.，．]+)", cell.text)
    assert number is not None
    spots = [at for at in range(*number.span(1)) if cell.text[at].isdecimal()]
    at = rng.choice(spots)
    wide = cell.text[at] > "9"
    digit = rng.choice([d for d in "0123456789" if int(d) != int(cell.text[at]) and (d != "0" or at != spots[0])])
    return replace(cell, text=cell.text[:at] + (chr(ord(digit) + 0xFEE0) if wide else digit) + cell.text[at + 1 :])


def tables(page: Page) -> Iterator[Table]:
    for block in page.blocks:
        for inner in (one for part in block.parts for one in part) if isinstance(block, Beside) else (block,):
            if isinstance(inner, Table):
                yield inner


def changed(book: Book, change: Change) -> Book:
    """The book with some cells (by identity) replaced."""

    def block_of(block: Block) -> Block:
        if isinstance(block, Table):
            return replace(block, rows=tuple(tuple(change.get(id(cell), cell) for cell in row) for row in block.rows))
        if isinstance(block, Beside):
            return replace(block, parts=tuple(tuple(block_of(one) for one in part) for part in block.parts))  # type: ignore[misc]
        return block

    return replace(book, pages=tuple(replace(page, blocks=tuple(block_of(block) for block in page.blocks)) for page in book.pages))


def rated(placed: Placed) -> list[Cell]:
    """The results whose rate the same table prints."""
    printed = {flat(cell.text).rstrip("%") for _, _, cell in placed if not cell.facts}
    return [cell for _, _, cell in placed for fact in cell.facts if fact.rate and flat(fact.rate) in printed]


def targets(placed: Placed, actual: Cell) -> list[Cell]:
    fact = actual.facts[0]
    same = [cell for _, _, cell in placed for one in cell.facts if one.kind == "target" and (one.indicator, one.section) == (fact.indicator, fact.section)]
    return [cell for cell in same if cell.facts[0].fiscal_year == fact.fiscal_year] or same


def half(cell: Cell) -> float:
    """Half of the last digit of a number with decimals: what rounding may have taken from it; nothing of a count."""
    match = re.search(r"\.(\d+)", flat(cell.text))
    return 0.5 * 10.0 ** -len(match[1]) if match else 0.0


def off(cell: Cell, new: Cell, other: Cell, rate: float) -> bool:
    """Whether a number that a rate was computed from, with `other`, no longer gives it: neither cut nor rounded nor from unrounded numbers."""
    old, now, beside = value(cell), value(new), value(other)
    if not old or now is None or not beside:
        return False
    rounding = rate * (half(cell) / min(old, now or old) + half(other) / beside)
    return abs(min(now / old, old / (now or 1e-9)) - 1) * rate > 0.2 + 2 * rounding


def result_digit(placed: Placed, rng: Random) -> Change:
    """A digit of a result whose rate is printed."""
    cell = rng.choice(rated(placed))
    (target,) = targets(placed, cell)[:1]
    new = with_digit(cell, rng)
    return {id(cell): new} if off(cell, new, target, float(cell.facts[0].rate)) else {}


def target_digit(placed: Placed, rng: Random) -> Change:
    """A digit of the target that a printed rate divides by."""
    actual = rng.choice(rated(placed))
    (target,) = targets(placed, actual)[:1]
    new = with_digit(target, rng)
    return {id(target): new} if off(target, new, actual, float(actual.facts[0].rate)) else {}


def rate_digit(placed: Placed, rng: Random) -> Change:
    """A digit of a printed rate."""
    actual = rng.choice(rated(placed))
    (target,) = targets(placed, actual)[:1]
    (cell,) = [cell for _, _, cell in placed if not cell.facts and flat(cell.text).rstrip("%") == flat(actual.facts[0].rate)]
    new = with_digit(cell, rng)
    rounding = float(actual.facts[0].rate) * (half(actual) / (value(actual) or 1) + half(target) / (value(target) or 1))
    return {id(cell): new} if abs((value(new) or 0) - (value(cell) or 0)) > 0.2 + 2 * rounding else {}


def rows_shifted(placed: Placed, rng: Random) -> Change:
    """The results of one column one row further down, the last one first, while the rates stay."""
    by_column: dict[int, list[Cell]] = defaultdict(list)
    results = {id(cell) for cell in rated(placed)}
    for _, column, cell in placed:
        if id(cell) in results:
            by_column[column].append(cell)
    cells = rng.choice([some for some in by_column.values() if len(some) >= 3])
    moved = dict(zip(map(id, cells), [cells[-1], *cells[:-1]], strict=True))
    return {at: replace(cell, text=moved[at].text) for at, cell in zip(map(id, cells), cells, strict=True)}


def columns_swapped(placed: Placed, rng: Random) -> Change:
    """Targets and results changed about in every row with a rate."""
    change: Change = {}
    for actual in rated(placed):
        for target in targets(placed, actual)[:1]:
            change[id(actual)], change[id(target)] = replace(actual, text=target.text), replace(target, text=actual.text)
    return change if len(change) >= 6 else {}


def total_digit(placed: Placed, rng: Random) -> Change:
    """A digit of a total, or of one of the numbers above it."""
    totals = [(column, cell) for _, column, cell in placed for fact in cell.facts if "合計" in (fact.area, fact.indicator)]
    column, _ = rng.choice(totals)
    cells = [cell for _, at, cell in placed if at == column and cell.facts]
    cell = rng.choice(cells)
    new = with_digit(cell, rng)
    return {id(cell): new} if abs((value(new) or 0) - (value(cell) or 0)) > sum(map(half, cells)) else {}


def sum_digit(placed: Placed, rng: Random) -> Change:
    """A digit of a sum over the years, or of one of the years."""
    rows = [row for row, _, cell in placed for fact in cell.facts if "sum over the years" in fact.note]
    row = rng.choice(rows)
    cell = rng.choice([cell for at, _, cell in placed if at == row and cell.facts])
    return {id(cell): with_digit(cell, rng)}


def source_digit(placed: Placed, rng: Random) -> Change:
    """A digit of a 財源, or of the 直接事業費 that they make up."""
    if not any(flat(cell.text) == "直接事業費" for _, _, cell in placed):
        return {}
    cell = rng.choice([cell for _, _, cell in placed if cell.facts and cell.facts[0].component != "人件費" and value(cell)])
    return {id(cell): with_digit(cell, rng)}


def difference_digit(placed: Placed, rng: Random) -> Change:
    """A digit of one of the two numbers whose difference is printed below them."""
    last = max(row for row, _, cell in placed if DIFFERENCE.search(flat(cell.text)))
    cell = rng.choice([cell for row, _, cell in placed if last - 2 <= row < last and cell.facts])
    return {id(cell): with_digit(cell, rng)}


def budget_digit(placed: Placed, rng: Random) -> Change:
    """A digit of this or last year's budget, beside their difference, over their total."""
    if not any(flat(cell.text) == "比較増減" for _, _, cell in placed):
        return {}
    cell = rng.choice([cell for _, _, cell in placed if cell.facts])
    return {id(cell): with_digit(cell, rng)}


def spent_digit(placed: Placed, rng: Random) -> Change:
    """A digit of a budget or of what was spent of it, beside 執行率."""
    if not any(flat(cell.text) == "執行率" for _, _, cell in placed):
        return {}
    cell = rng.choice([cell for _, _, cell in placed if cell.facts])
    new = with_digit(cell, rng)
    return {id(cell): new} if abs((value(new) or 0) / (value(cell) or 1) - 1) > 0.003 else {}


def unit_changed(placed: Placed, rng: Random) -> Change:
    """Another unit behind one number, where the other numbers of its indicator print theirs."""
    by_indicator: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for _, _, cell in placed:
        for fact in cell.facts:
            if fact.unit in OTHER_UNIT and flat(cell.text).endswith(flat(fact.unit)):
                by_indicator[(fact.section, fact.indicator)].append(cell)
    cells = rng.choice([some for some in by_indicator.values() if len(some) >= 3])
    cell = rng.choice(cells)
    unit = next(one for one in OTHER_UNIT if cell.text.endswith(one))
    return {id(cell): replace(cell, text=cell.text.removesuffix(unit) + OTHER_UNIT[unit])}


KINDS: tuple[Callable[[Placed, Random], Change], ...] = (
    result_digit, target_digit, rate_digit, rows_shifted, columns_swapped, total_digit, sum_digit, source_digit, difference_digit, budget_digit,
    spent_digit, unit_changed,
)  # fmt: skip


def plants(book: Book, rng: Random, each: int = 1) -> Iterator[Plant]:
    """Up to `each` plants of every kind that the tables of a book allow."""
    for kind in KINDS:
        places = [(number, table) for number, page in enumerate(book.pages, 1) for table in tables(page)]
        rng.shuffle(places)
        made = 0
        for number, table in places:
            placed = list(table.placed())
            try:
                change = kind(placed, rng)
            except (IndexError, ValueError):
                # Nothing in this table to choose from.
                change = {}
            if change:
                by_id = {id(cell): cell for _, _, cell in placed}
                before, after = ("、".join(text) for text in ([by_id[at].text for at in change], [cell.text for cell in change.values()]))
                yield Plant(kind.__name__, number, before[:60], after[:60], changed(book, change))
                made += 1
            if made == each:
                break


def findings(book: Book) -> list[Finding]:
    """The warnings and errors of a book, printed, read and checked."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "book.pdf"
        draw(book, file)
        document = read(file.read_bytes(), file.name)
    return [one for one in check(document, extract(document)).findings if one.severity != "info"]


def said(one: Finding) -> tuple[str, int | None, str]:
    return one.rule, one.place.page if one.place else None, one.message


def is_found(plant: Plant, before: set[tuple[str, int | None, str]]) -> bool:
    """Whether the planted book has a finding on the plant's page that the book without it has not."""
    return any(said(one) not in before and said(one)[1] == plant.page for one in findings(plant.book))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.generated.planted", description=__doc__)
    parser.add_argument("--books", type=int, default=2, help="books of each family")
    parser.add_argument("--each", type=int, default=1, help="plants of each kind in a book")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=sorted(FAMILIES))
    given = parser.parse_args()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    pages = false = 0
    for family in given.only:
        for number in range(1, given.books + 1):
            book = make(family, given.seed, number)
            clean = findings(book)
            pages, false = pages + len(book.pages), false + len(clean)
            for one in clean:
                print(f"UNPLANTED {family} {number}: {said(one)}", flush=True)
            for plant in plants(book, Random(f"{given.seed}/{family}/{number}"), given.each):
                hit = is_found(plant, {said(one) for one in clean})
                counts[plant.kind][0] += hit
                counts[plant.kind][1] += 1
                if not hit:
                    print(f"MISSED {family} {number} p. {plant.page} {plant.kind}: {plant.before} -> {plant.after}", flush=True)
    for kind, (hits, whole) in sorted(counts.items()):
        print(f"{kind:18} {hits:4}/{whole}")
    hits, whole = (sum(column) for column in zip(*counts.values(), strict=True))
    print(f"found {hits}/{whole} = {100 * hits / whole:.1f} %; without an error {false} warnings on {pages} pages")


if __name__ == "__main__":
    main()
