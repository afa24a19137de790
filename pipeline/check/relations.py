"""Tables that compute: totals, differences and ratios between rows or columns, found by the numbers themselves.

A table seldom says that a column is the sum of others. But where `a + b = c` holds with numbers of three and more digits in several
columns, that is no chance; the column where it fails is then worth a look. No label is needed, so this works for every table.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import regex

from extractors.vocabulary import Finding
from pipeline.check.arithmetic import slip
from pipeline.check.matter import Amount, Matter, Table, shown
from pipeline.check.rule import found, rule

# A relation that holds by chance in one table of a thousand is no relation: decimal digits that must agree beyond the tries made.
ENOUGH: Final = 3.0
# A total printed as such needs less.
LABELLED: Final = 1.0
# How far apart the parts and the result of a difference or a ratio stand, in rows or columns: further ones belong to another block.
WINDOW: Final = 8
TOTAL: Final = regex.compile(r"(?:^|[\s)）])(?:総?合計|総?計|総数|小計|[一-龠]{0,4}合計|[一-龠]{0,3}全体)(?:$|[\s(（])")
INNER: Final = regex.compile(r"^[\s(（]*(?:うち|内訳|再掲|内、|（再掲)")
# Larger tables are lists of records, not of sums.
LARGEST: Final = 80
# Columns of codes (表番号, 行番号) hold small numbers beside amounts: a hundredth of the smallest total is no amount.
CODES: Final = 100
NUMBERED: Final = regex.compile(r"番\s*号|コード|\bNo\b")
# More contradictions than this in one table mean that it was not read as it is meant.
MOST: Final = 3
# Names in messages are cut here.
LONGEST: Final = 40
RATE: Final = re.compile(r"率|割合|比|度合|％|%|達成度|進捗度")
# Where a table holds no number and no dash: unequal to every number, itself too.
NOTHING: Final = math.nan

PERCENT: Final = ("%", "％")

# Positions (columns of a row, or rows of a column) to their numbers.
Item = dict[int, Amount]


class Axis:
    """The rows of a table as items with columns as positions, or the other way round.

    `values` are the numbers of each item by position, with dashes as 0 and NOTHING where neither stands; `totals` those of its amounts that may be
    sums: rates and changes have none.
    """

    __slots__ = ("across", "items", "names", "places", "table", "totals", "values")

    def __init__(self, table: Table, across: bool) -> None:
        self.table, self.across = table, across
        labels, headers = [table.labels(row) for row in range(table.rows)], [table.headers(column) for column in range(table.columns)]
        self.names, self.places = (labels, headers) if across else (headers, labels)
        self.items: list[Item] = [{} for _ in self.names]
        self.values: list[list[float]] = [[NOTHING] * len(self.places) for _ in self.names]
        for (row, column), amount in table.amounts.items():
            item, position = (row, column) if across else (column, row)
            self.items[item][position] = amount
            self.values[item][position] = amount.value
        for row, column in table.dashes:
            item, position = (row, column) if across else (column, row)
            self.values[item][position] = 0.0
        rates = [bool(words) and RATE.search(words[-1]) is not None for words in self.places]
        self.totals: list[list[tuple[int, Amount]]] = [[(p, one) for p, one in item.items() if not rates[p] and one.unit not in PERCENT] for item in self.items]

    def name(self, item: int) -> str:
        return " ".join(self.names[item])[:LONGEST]

    def own(self, item: int) -> str:
        """The innermost word of an item's name: `達成率` of `来館者数 達成率`."""
        return self.names[item][-1] if self.names[item] else ""

    def place(self, position: int) -> str:
        return " ".join(self.places[position])[:LONGEST]


class Relation:
    """`result` = sum of `parts` (signed items): where it holds, with what evidence (decimal digits), and where it fails."""

    __slots__ = ("evidence", "fails", "holds", "parts", "result")

    def __init__(self, result: int, parts: tuple[tuple[int, int], ...]) -> None:
        self.result, self.parts, self.evidence = result, parts, 0.0
        self.holds: dict[int, tuple[float, ...]] = {}
        self.fails: dict[int, float] = {}


# What looks at both ways through a table with three numbers or more, rows as items and then columns: (name of the rule, what it finds).
Look = Callable[[Matter, Sequence[Axis]], Iterator[tuple[str, Finding]]]
LOOKS: list[Look] = []


def of_tables(matter: Matter) -> dict[str, list[Finding]]:
    """What the rules over tables that compute find, by their names; they ask with `matter.once`.

    A table after the other, each let go before the next: all of them, both ways, are more than all else that is known of a long report.
    """
    out: dict[str, list[Finding]] = defaultdict(list)
    for table in matter.tables:
        if len(table.amounts) >= 3:
            both = [Axis(table, True), Axis(table, False)]
            for look in LOOKS:
                for name, finding in look(matter, both):
                    out[name].append(finding)
    return out


def is_total(word: str) -> bool:
    """Whether a row or column is printed as the sum of others."""
    return ("計" in word or "総数" in word or "全体" in word) and TOTAL.search(word) is not None


def is_numbered(name: str) -> bool:
    """Whether a row or column holds numbers of things (番号, コード), which make no sum."""
    return ("番" in name or "コード" in name or "No" in name) and NUMBERED.search(name) is not None


def _is_inner(name: str) -> bool:
    return ("うち" in name or "内" in name or "再掲" in name) and INNER.match(name) is not None


def candidates(axis: Axis) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """(result, signed parts) of every relation that holds anywhere: runs of neighbours before or behind, and pairs within the window."""
    named = [(i, axis.name(i)) for i, item in enumerate(axis.items) if item]
    full = [i for i, name in named if not is_numbered(name)]
    if len(full) > LARGEST:
        return
    inner = {i for i, name in named if _is_inner(name)}
    for at, result in enumerate(full):
        for run in _runs(axis, full, at):
            yield result, tuple([(i, 1) for i in run])
        for side in (full[:at], full[at + 1 :]) if inner else ():
            run = [i for i in side if i not in inner]
            if 2 <= len(run) < len(side):
                yield result, tuple([(i, 1) for i in run])
        for a, b in _pairs(axis, result, [i for i in full if i != result and abs(i - result) <= WINDOW]):
            yield result, ((a, 1), (b, 1))


def _runs(axis: Axis, full: list[int], at: int) -> list[list[int]]:
    """The runs that begin beside the result and come to it somewhere, the longest run of each side in any case.

    Only positions in which every item of a run says something, and two of them more than nothing, can bear it out (`weigh`): where none is left,
    no longer run is looked at.
    """
    runs: list[list[int]] = []
    totals = axis.items[full[at]]
    for side in (full[:at][::-1], full[at + 1 :]):
        counts: set[int] = set()
        for position, total in axis.totals[full[at]] if len(side) >= 2 else ():
            counts.update(_reached(axis, side, position, total.value))
        for count in sorted(counts):
            run = side[:count]
            if count == len(side) or any(_same(_sum(axis, run, position), total.value) for position, total in totals.items()):
                runs.append(sorted(run))
    return runs


def _reached(axis: Axis, side: list[int], position: int, total: float) -> list[int]:
    """How many items from the first on come to a total in a position, whatever the order in which floats are added up."""
    out: list[int] = []
    whole, told, within = 0.0, 0, 1000 * _tolerance(total)
    for at, item in enumerate(side):
        value = axis.values[item][position]
        if value != value:  # NOTHING
            break
        if value != 0.0:
            told += 1
            whole += value
        if told >= 2 and -within < whole - total < within:
            out.append(at + 1)
    return out


def _sum(axis: Axis, run: list[int], position: int) -> float:
    """The sum of a run in a position, of those that say something there."""
    whole = 0.0
    for item in run:
        value = axis.values[item][position]
        if value == value:
            whole += value
    return whole


def _pairs(axis: Axis, result: int, near: list[int]) -> list[tuple[int, int]]:
    """The pairs of items that come to the result in two positions or more, or in one where it is printed as a total; nothing adds to nothing.

    A pair that does so in fewer is no relation (`broken`), and most pairs are none: they are told here, without being weighed.
    """
    fewest = 1 if is_total(axis.own(result)) else 2
    if len(axis.totals[result]) < fewest:
        return []
    held: dict[tuple[int, int], int] = {}
    for position, total in axis.totals[result]:
        value = total.value
        within = _tolerance(value)
        told = [i for i in near if axis.values[i][position] == axis.values[i][position] and axis.values[i][position] != 0.0]
        numbers = [axis.values[i][position] for i in told]
        for a in range(len(told)):
            one = numbers[a]
            for b in range(a + 1, len(told)):
                if -within < one + numbers[b] - value < within:
                    pair = told[a], told[b]
                    held[pair] = held.get(pair, 0) + 1
    return sorted([pair for pair, times in held.items() if times >= fewest])


def _tolerance(value: float) -> float:
    return 1e-6 * max(1.0, abs(value))


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _tolerance(other)


def weigh(axis: Axis, result: int, parts: tuple[tuple[int, int], ...]) -> Relation:
    """Where the relation holds and fails. A dash is nothing; a column in which only one part says anything is no evidence."""
    relation = Relation(result, parts)
    signed = [(axis.values[item], sign) for item, sign in parts]
    for position, total in axis.totals[result]:
        values: list[float] = []
        for numbers, sign in signed:
            value = numbers[position]
            if value != value:  # NOTHING
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
                codes = max(abs(total.value), abs(computed)) * CODES < least or is_numbered(axis.place(position))
                named = axis.name(result) and axis.place(position)
                if named and not codes and abs(computed - total.value) > tolerated(best, total) + 1e-6:
                    yield best, position


def _total(axis: Axis, result: int, parts: tuple[tuple[int, int], ...]) -> bool:
    """Whether a result is printed as a total, of all rows (columns) on one side of it down to the next total."""
    if not is_total(axis.own(result)) or any(sign < 0 for _, sign in parts):
        return False
    items = [item for item, _ in parts]
    side = [i for i in range(len(axis.items)) if axis.items[i] and (i < result) == (items[0] < result) and i != result]
    inside = [i for i in side if min(items) <= i <= max(items) and not _is_inner(axis.name(i))]
    beyond = [i for i in side if i < min(items)] if items[0] < result else [i for i in side if i > max(items)]
    whole = len(inside) == len(items) and not any(is_total(axis.own(i)) for i in items)
    return whole and (not beyond or is_total(axis.own(beyond[-1 if items[0] < result else 0])))


@rule(
    "error",
    "a row or column of a table with those it is the sum of, where the other columns prove that it is",
    "A total that its parts do not give means that one of them is misprinted, or was read from the wrong cell: each of them is in doubt.",
    "計 1,200 | 500 | 600 (other years: 1,100 = 500 + 600)",
)
def table_total(matter: Matter) -> Iterator[Finding]:
    yield from matter.once(of_tables)["table_total"]


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
    yield from matter.once(of_tables)["lone_total"]


def _look(matter: Matter, both: Sequence[Axis]) -> Iterator[tuple[str, Finding]]:
    found_here = list(_totals(matter, both))
    for finding in found_here if len(found_here) <= MOST else ():
        yield "table_total", finding
    for finding in _lone(matter, both):
        yield "lone_total", finding


LOOKS.append(_look)


def _lone(matter: Matter, both: Sequence[Axis]) -> Iterator[Finding]:
    """The totals of a table's only columns of numbers that their parts miss by a slip."""
    for axis in both:
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
