"""Tables that compute: totals, differences and ratios between rows or columns, found by the numbers themselves.

A table seldom says that a column is the sum of others. But where `a + b = c` holds with numbers of three and more digits in several
columns, that is no chance; the column where it fails is then worth a look. No label is needed, so this works for every table.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby

import regex

from extractors.vocabulary import Finding
from pipeline.check.arithmetic import slip
from pipeline.check.matter import Amount, Matter, Table, shown
from pipeline.check.rule import found, rule

# A relation that holds by chance in one table of a thousand is no relation: decimal digits that must agree beyond the tries made.
ENOUGH = 3.0
# A total printed as such needs less.
LABELLED = 1.0
# How far apart the parts and the result of a difference or a ratio stand, in rows or columns: further ones belong to another block.
WINDOW = 8
TOTAL = regex.compile(r"(?:^|[\s)）])(?:総?合計|総?計|総数|小計|[一-龠]{0,4}合計|[一-龠]{0,3}全体)(?:$|[\s(（])")
INNER = regex.compile(r"^[\s(（]*(?:うち|内訳|再掲|内、|（再掲)")
# Larger tables are lists of records, not of sums.
LARGEST = 80
# Columns of codes (表番号, 行番号) hold small numbers beside amounts: a hundredth of the smallest total is no amount.
CODES = 100
NUMBERED = regex.compile(r"番\s*号|コード|\bNo\b")
# More contradictions than this in one table mean that it was not read as it is meant.
MOST = 3
# Names in messages are cut here.
LONGEST = 40
RATE = regex.compile(r"率|割合|比|度合|％|%|達成度|進捗度")
DASHES = regex.compile(r"[-－―—–…‐ー]")

# Positions (columns of a row, or rows of a column) to their numbers.
Item = dict[int, Amount]


@dataclass
class Axis:
    """The rows of a table as items with columns as positions, or the other way round.

    `values` are the items' numbers with dashes as nothing, `totals` those of its amounts that may be sums: rates and changes have none.
    """

    table: Table
    across: bool
    items: list[Item] = field(default_factory=list)
    names: list[list[str]] = field(default_factory=list)
    places: list[list[str]] = field(default_factory=list)
    values: list[dict[int, float]] = field(default_factory=list)
    totals: list[list[tuple[int, Amount]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = self.table.rows if self.across else self.table.columns
        self.items = [{} for _ in range(count)]
        for (row, column), amount in self.table.amounts.items():
            item, position = (row, column) if self.across else (column, row)
            self.items[item][position] = amount

        self.names = [self.table.labels(i) if self.across else self.table.headers(i) for i in range(count)]
        places = self.table.columns if self.across else self.table.rows
        self.places = [self.table.headers(i) if self.across else self.table.labels(i) for i in range(places)]
        self.values = [{position: one.value for position, one in item.items()} for item in self.items]
        for spot, cell in self.table.cells.items():
            item, position = spot if self.across else spot[::-1]
            if position not in self.values[item] and DASHES.fullmatch(cell.text.string.strip()):
                self.values[item][position] = 0.0
        rates = {i for i in range(places) if any(RATE.search(word) for word in self.places[i][-1:])}
        self.totals = [[(p, one) for p, one in item.items() if one.unit not in ("%", "％") and p not in rates] for item in self.items]

    def name(self, item: int) -> str:
        return " ".join(self.names[item])[:LONGEST]

    def own(self, item: int) -> str:
        """The innermost word of an item's name: `達成率` of `来館者数 達成率`."""
        return self.names[item][-1] if self.names[item] else ""

    def place(self, position: int) -> str:
        return " ".join(self.places[position])[:LONGEST]


@dataclass
class Relation:
    """`result` = sum of `parts` (signed items): where it holds, with what evidence (decimal digits), and where it fails."""

    result: int
    parts: tuple[tuple[int, int], ...]
    holds: dict[int, tuple[float, ...]] = field(default_factory=dict)
    fails: dict[int, float] = field(default_factory=dict)
    evidence: float = 0.0


def axes(matter: Matter) -> list[Axis]:
    """Both ways through every table with three numbers or more: rows as items, then columns. Rules ask for them with `matter.once`."""
    return [Axis(table, across) for table in matter.tables if len(table.amounts) >= 3 for across in (True, False)]


def candidates(axis: Axis) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """(result, signed parts) of every relation that holds anywhere: runs of neighbours before or behind, and pairs within the window."""
    full = [i for i, item in enumerate(axis.items) if item and not NUMBERED.search(axis.name(i))]
    if len(full) > LARGEST:
        return
    inner = {i for i in full if INNER.match(axis.name(i))}
    for at, result in enumerate(full):
        for run in _runs(axis, full, at):
            yield result, tuple([(i, 1) for i in run])
        plain = [run for side in (full[:at], full[at + 1 :]) for run in [[i for i in side if i not in inner]] if 2 <= len(run) < len(side)]
        yield from ((result, tuple([(i, 1) for i in run])) for run in plain)
        near = [i for i in full if i != result and abs(i - result) <= WINDOW]
        yield from ((result, ((a, 1), (b, 1))) for a, b in _pairs(axis, result, near))


def _runs(axis: Axis, full: list[int], at: int) -> Iterator[list[int]]:
    """The runs that begin beside the result and come to it somewhere, the longest run of each side in any case.

    Only positions in which every item of a run says something, and two of them more than nothing, can bear it out (`weigh`): where none is left,
    no longer run is looked at.
    """
    result = full[at]
    totals = {position: one.value for position, one in axis.items[result].items()}
    for side in (full[:at][::-1], full[at + 1 :]):
        counts: set[int] = set()
        for position, total in axis.totals[result]:
            counts.update(_reached([axis.values[i] for i in side], position, total.value))
        for count in sorted(counts):
            run = side[:count]
            if count == len(side) or any(_same(sum(axis.values[i].get(p, 0.0) for i in run), total) for p, total in totals.items()):
                yield sorted(run)


def _reached(values: list[dict[int, float]], position: int, total: float) -> list[int]:
    """How many items from the first on come to a total in a position, whatever the order in which floats are added up."""
    out, whole, told, within = [], 0.0, 0, 1000 * _tolerance(total)
    for count, numbers in enumerate(values, 1):
        value = numbers.get(position)
        if value is None:
            break
        if value != 0.0:
            told += 1
            whole += value
        if told >= 2 and -within < whole - total < within:
            out.append(count)
    return out


def _pairs(axis: Axis, result: int, near: list[int]) -> list[tuple[int, int]]:
    """The pairs of items that come to the result in two positions or more, or in one where it is printed as a total; nothing adds to nothing.

    A pair that does so in fewer is no relation (`broken`), and most pairs are none: they are told here, without being weighed.
    """
    held: Counter[tuple[int, int]] = Counter()
    for position, total in axis.totals[result]:
        told = [(i, value) for i in near if (value := axis.values[i].get(position, 0.0)) != 0.0]
        value = total.value
        within = _tolerance(value)
        held.update([(a, b) for (a, one), (b, other) in combinations(told, 2) if -within < one + other - value < within])
    fewest = 1 if TOTAL.search(axis.own(result)) else 2
    return sorted(pair for pair, times in held.items() if times >= fewest)


def _tolerance(value: float) -> float:
    return 1e-6 * max(1.0, abs(value))


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _tolerance(other)


def weigh(axis: Axis, result: int, parts: tuple[tuple[int, int], ...]) -> Relation:
    """Where the relation holds and fails. A dash is nothing; a column in which only one part says anything is no evidence."""
    relation = Relation(result, parts)
    signed = [(axis.values[item], sign) for item, sign in parts]
    for position, total in axis.totals[result]:
        values = []
        for numbers, sign in signed:
            value = numbers.get(position)
            if value is None:
                break
            values.append(sign * value)
        else:
            if len(values) - values.count(0.0) >= 2:
                _count(relation, position, total, tuple(values))
    distinct = set(relation.holds.values())
    unit = _unit(axis, relation) if distinct else 1.0
    # Where one part is large and the other small, only the small one had to fit: 4,222 = 4,220 + 2 says little.
    relation.evidence = sum(math.log10(max(1.0, sorted(map(abs, values))[-2] / unit)) for values in distinct)
    return relation


def _count(relation: Relation, position: int, total: Amount, values: tuple[float, ...]) -> None:
    if _same(sum(values), total.value):
        relation.holds[position] = values
    else:
        relation.fails[position] = sum(values)


def _unit(axis: Axis, relation: Relation) -> float:
    return min(10.0**-amount.places for amount in axis.items[relation.result].values())


def tolerated(relation: Relation, total: Amount) -> float:
    """What rounding explains: nothing for small counts, else half a digit for each part and the total (千円 and decimals are rounded one by one)."""
    return 0.0 if not total.places and abs(total.value) < 1000 else (len(relation.parts) + 1) * total.half


def broken(axis: Axis) -> Iterator[tuple[Relation, int]]:
    """(relation, position) of every place in which a relation fails that the rest of the table proves."""
    by_result: dict[int, list[Relation]] = {}
    full = sum(bool(item) for item in axis.items)
    tries = full * (full + WINDOW * WINDOW)
    for result, parts in candidates(axis):
        relation = weigh(axis, result, parts)
        if relation.holds and len(set(relation.holds.values())) >= (1 if _total(axis, result, parts) else 2):
            by_result.setdefault(result, []).append(relation)
    handicap = math.log10(max(tries, 1))
    for result, relations in by_result.items():
        proven = [one for one in relations if one.evidence - handicap >= ENOUGH or (_total(axis, result, one.parts) and one.evidence >= LABELLED)]
        if any(not one.fails for one in proven):
            continue
        failing = [one for one in proven if len(one.fails) <= max(1, len(one.holds) // 2)]
        if failing:
            best = max(failing, key=lambda one: (len(one.holds) - len(one.fails), one.evidence, -len(one.parts)))
            least = min(abs(axis.items[result][position].value) for position in best.holds)
            for position, computed in best.fails.items():
                total = axis.items[result][position]
                codes = max(abs(total.value), abs(computed)) * CODES < least or NUMBERED.search(axis.place(position))
                named = axis.name(result) and axis.place(position)
                if named and not codes and abs(computed - total.value) > tolerated(best, total) + 1e-6:
                    yield best, position


def _total(axis: Axis, result: int, parts: tuple[tuple[int, int], ...]) -> bool:
    """Whether a result is printed as a total, of all rows (columns) on one side of it down to the next total."""
    if not TOTAL.search(axis.own(result)) or any(sign < 0 for _, sign in parts):
        return False
    items = [item for item, _ in parts]
    side = [i for i in range(len(axis.items)) if axis.items[i] and (i < result) == (items[0] < result) and i != result]
    inside = [i for i in side if min(items) <= i <= max(items) and not INNER.match(axis.name(i))]
    beyond = [i for i in side if i < min(items)] if items[0] < result else [i for i in side if i > max(items)]
    whole = len(inside) == len(items) and not any(TOTAL.search(axis.own(i)) for i in items)
    return whole and (not beyond or bool(TOTAL.search(axis.own(beyond[-1 if items[0] < result else 0]))))


@rule(
    "error",
    "a row or column of a table with those it is the sum of, where the other columns prove that it is",
    "A total that its parts do not give means that one of them is misprinted, or was read from the wrong cell: each of them is in doubt.",
    "計 1,200 | 500 | 600 (other years: 1,100 = 500 + 600)",
)
def table_total(matter: Matter) -> Iterator[Finding]:
    for _, both in groupby(matter.once(axes), key=lambda axis: axis.table.number):
        found_here = list(_totals(matter, both))
        if len(found_here) <= MOST:
            yield from found_here


def _totals(matter: Matter, both: Iterable[Axis]) -> Iterator[Finding]:
    """The broken totals of one table, each number in one finding only."""
    seen: set[int] = set()
    for axis in both:
        for relation, position in broken(axis):
            amounts = [axis.items[item][position] for item in (relation.result, *(i for i, _ in relation.parts)) if position in axis.items[item]]
            if seen & {id(one) for one in amounts}:
                continue
            seen |= {id(one) for one in amounts}
            total, computed = amounts[0], relation.fails[position]
            names = "、".join(axis.name(item) or "?" for item, _ in relation.parts[:4]) + (" ほか" if len(relation.parts) > 4 else "")
            yield found(
                "error",
                f"「{axis.place(position)}」の「{axis.name(relation.result)}」は{shown(total.value)}ですが、内訳 ({names}) の合計は{shown(computed)}です。",
                total.text,
                shown(total.value),
                shown(computed),
                matter.facts_at(amounts),
            )


@rule(
    "warning",
    "the only number column of a table with its total, where one slip explains the difference",
    "Without a second column nothing proves that a total is the plain sum (延べ人数 and 実人数 are not), but a difference of one digit is a slip.",
    "計 1,540 / 500, 600, 540 and 100",
)
def lone_total(matter: Matter) -> Iterator[Finding]:
    for axis in matter.once(axes):
        for result, item in enumerate(axis.items):
            if len(item) != 1:
                continue
            position, total = next(iter(item.items()))
            side = [i for i in range(result) if position in axis.items[i]]
            parts = tuple((i, 1) for i in side)
            if len(parts) < 3 or any(len(axis.items[i]) != 1 for i in side) or not _total(axis, result, parts):
                continue
            amounts = [axis.items[i][position] for i in side]
            computed = sum(one.value for one in amounts)
            if slip(computed, total.value) and all(one.unit == amounts[0].unit != "%" for one in amounts):
                yield found(
                    "warning",
                    f"「{axis.name(result)}」は{shown(total.value)}ですが、上の{len(side)}行の合計は{shown(computed)}です。",
                    total.text,
                    shown(total.value),
                    shown(computed),
                    matter.facts_at([total, *amounts]),
                )
