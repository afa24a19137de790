"""What one document says under one name: the smallest thing that is linked, and the numbers by which two of them are compared."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from pipeline.rows import Rows

# The same amount may be printed in 円 and in 千円: that makes no second indicator.
MONEY_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "億": 10**8,
    "十億": 10**9,
    "百億": 10**10,
    "千億": 10**11,
    "兆": 10**12,
}

# Bits of agreeing numbers from which two places say the same.
TOLD = 3.0

# A name of its own that stands in more rows than this is one of a long table of statistics.
MOST_ROWS = 200

Fact = dict[str, Any]
Row = tuple[object, ...]
# (table, area, first day, last day): two numbers with one key are about one thing, if they are about one indicator.
Key = tuple[object, ...]
# Publisher, name, component, kind of unit, and the section where the document itself keeps two of one name apart.
Identity = tuple[str, str, str, str | None, str]


@lru_cache(maxsize=65536)
def plain(name: str | None) -> str:
    """A name's letters and digits alone, width and case folded: how it is compared, not how it is published."""
    folded = unicodedata.normalize("NFKC", name or "")
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN").lower()


def unit_kind(unit: str | None) -> str | None:
    """The unit without a scale before 円 and without 年 below a stroke: a fiscal year's 人/年 are its 人."""
    unit = unit.removesuffix("/年") if unit else unit
    return "円" if unit and unit.endswith("円") and unit[:-1] in MONEY_SCALES else unit


def scale(unit: str | None) -> int:
    """By what a value in this unit is multiplied to be in its kind of unit (千円: 1000)."""
    return MONEY_SCALES[unit[:-1]] if unit and unit.endswith("円") and unit[:-1] in MONEY_SCALES else 1


def most_common(values: Iterable[str | None]) -> str | None:
    """The value found most often, nulls aside; of several, the first in code point order, so that no order of input decides."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


@dataclass(frozen=True)
class Number:
    """A value in its kind of unit, and how fine it is printed: 12,345 千円 is 12345000.0, fine to 1000."""

    value: float
    fine: int = 1

    def agrees(self, other: Number) -> bool:
        """Whether both are one number, the coarser unit's rounding or cutting aside."""
        if self.fine == other.fine:
            return math.isclose(self.value, other.value, rel_tol=1e-9)
        return abs(self.value - other.value) < max(self.fine, other.fine)


Says = Mapping[Key, tuple[Number, ...]]


@dataclass(eq=False)
class Form:
    """All facts of one document under one name, component and kind of unit. `order` is its place among the document's forms."""

    document_id: str
    identity: Identity
    members: list[tuple[str, Fact]] = field(default_factory=list)
    order: int = 0
    says: dict[Key, tuple[Number, ...]] = field(default_factory=dict)

    @property
    def first(self) -> Fact:
        return self.members[0][1]

    @property
    def name(self) -> str:
        return str(self.first["indicator"])

    @property
    def component(self) -> str | None:
        return None if self.first["component"] is None else str(self.first["component"])

    @property
    def kind(self) -> str | None:
        return self.identity[3]

    @property
    def money_spent(self) -> bool:
        """A 事業費 and a sales figure are both 円: an amount of `costs` is never an indicator of the other tables under another name."""
        return all(table == "costs" for table, _ in self.members)

    @cached_property
    def sections(self) -> frozenset[str]:
        return frozenset(plain(fact["section"]) for _, fact in self.members if fact["section"])


def said_by(members: Iterable[tuple[str, Fact]]) -> dict[Key, tuple[Number, ...]]:
    """What facts state of each year or days; a number that belongs to none is not compared. 200 and 200以上 are one number here."""
    says: dict[Key, dict[Number, None]] = defaultdict(dict)
    for table, fact in members:
        if fact["fiscal_year"] is not None or fact.get("period_end") is not None:
            says[table, fact.get("area"), _days(fact)][Number(fact["value"] * scale(fact["unit"]), scale(fact["unit"]))] = None
    return {key: tuple(numbers) for key, numbers in says.items()}


def _days(fact: Fact) -> object:
    """(first day, last day), or the year: 3月末時点 is the fiscal year's number too."""
    start, end = fact.get("period_start"), fact.get("period_end")
    if start is not None and start == end and (end.month, end.day) == (3, 31):
        start = start.replace(year=start.year - 1, month=4, day=1)
    return fact["fiscal_year"] if end is None else (start, end)


def worth(number: Number) -> float:
    """How much an agreeing number says, in bits: 0, 1 and 100 stand under many names, 2,162 under one."""
    printed = f"{abs(number.value) / number.fine:.10g}".replace(".", "").lstrip("0")
    digits = printed.rstrip("0")
    if not digits:
        return 0.5
    return {1: 1.5, 2: 3.0, 3: 5.0}.get(len(digits), 7.0) + (0.5 * (len(printed) - len(digits)) if number.value != 100 else 0.0)


def compared(one: Says, other: Says) -> tuple[list[tuple[Key, Number]], list[tuple[Key, Number, Number]]]:
    """(what both say alike, what they say differently of the same year)."""
    alike, unlike = [], []
    for key in sorted(one.keys() & other.keys(), key=str):
        same = [number for number in one[key] if any(number.agrees(its) for its in other[key])]
        if same:
            alike.append((key, same[0]))
        else:
            unlike.append((key, one[key][0], other[key][0]))
    return alike, unlike


def forms_of(publisher: str, members: Iterable[tuple[str, Fact]], generic: Mapping[str, bool]) -> list[Form]:
    """The forms of one document, in the order of the document. `generic` tells by name whether it names no thing of its own (利用者数)."""
    named: dict[tuple[str, str], list[tuple[str, Fact]]] = defaultdict(list)
    members = list(members)
    across = _rows_of_columns(members)
    for table, fact in sorted(members, key=lambda member: (place(member[1]), member[0], str(member[1].get("fact_id")))):
        named[plain(fact["indicator"]) or fact["indicator"], plain(fact["component"])].append((table, fact))
    forms = []
    for (name, component), some in named.items():
        for unit, same_unit in _by_unit(some).items():
            for section, part in _kept_apart(same_unit, generic[same_unit[0][1]["indicator"]], across):
                forms.append(Form(part[0][1]["document_id"], (publisher, name, component, unit, section), part, says=said_by(part)))
    forms.sort(key=lambda form: (place(form.first), form.identity[1:3], str(form.kind), form.identity[4]))
    for order, form in enumerate(forms):
        form.order = order
    return forms


def place(fact: Fact) -> tuple[float, ...]:
    return tuple(fact.get(edge) or 0.0 for edge in ("page", "line", "top", "x0"))


def _by_unit(members: list[tuple[str, Fact]]) -> dict[str | None, list[tuple[str, Fact]]]:
    """One group a kind of unit. Facts without a unit (前年度以上, a bare number) belong to the only unit there is, if there is only one."""
    groups: dict[str | None, list[tuple[str, Fact]]] = defaultdict(list)
    for table, fact in members:
        groups[unit_kind(fact["unit"])].append((table, fact))
    if len(groups) == 2 and None in groups:
        bare = groups.pop(None)
        next(iter(groups.values())).extend(bare)
    return groups


def _kept_apart(members: list[tuple[str, Fact]], generic: bool, across: set[Row]) -> list[tuple[str, list[tuple[str, Fact]]]]:
    """(where or "", facts): one group, unless rows of the document say different things of one year under a name like 利用者数.

    A long name that differs once between a list and a sheet is misprinted; one that differs everywhere is repeated for several services. `where`
    is the heading, and which of its rows; rows `across` which several names stand are not told apart by their place.
    """
    rows: dict[tuple[str, Row], list[tuple[str, Fact]]] = defaultdict(list)
    for member in members:
        row = row_of(member[1])
        rows[plain(member[1]["section"]), () if row in across else row].append(member)
    groups: list[tuple[set[str], list[tuple[str, Fact]]]] = []
    clashes = matches = 0
    for (section, _), some in rows.items():
        said, home = said_by(some), None
        for sections, group in reversed(groups):
            alike, unlike = compared(said_by(group), said)
            # Two services may both have 1 of something.
            agree = not unlike and sum(worth(number) for _, number in alike) >= TOLD
            clashes, matches = clashes + bool(unlike), matches + agree
            if agree or (not unlike and section in sections):
                home = (sections, group)
                break
        if home is None:
            groups.append(({section}, list(some)))
        else:
            home[0].add(section)
            home[1].extend(some)
        if not generic and len(rows) > MOST_ROWS:
            return [("", members)]
    if clashes <= (0 if generic else 1 + matches):
        return [("", members)]
    seen: Counter[str] = Counter()
    out = []
    for sections, group in _rejoined(groups):
        label = min(sections)
        seen[label] += 1
        out.append((label if seen[label] == 1 else f"{label}#{seen[label]}", group))
    return out


def _rejoined(groups: list[tuple[set[str], list[tuple[str, Fact]]]]) -> list[tuple[set[str], list[tuple[str, Fact]]]]:
    """The groups, those that say the same as a whole put together: the one row of a long series that a list prints too stands far down in it."""
    out: list[tuple[set[str], list[tuple[str, Fact]]]] = []
    for sections, group in groups:
        for others, home in out:
            alike, unlike = compared(said_by(home), said_by(group))
            if not unlike and sum(worth(number) for _, number in alike) >= TOLD:
                others |= sections
                home.extend(group)
                break
        else:
            out.append((sections, group))
    return out


def _rows_of_columns(members: Iterable[tuple[str, Fact]]) -> set[Row]:
    """Rows in which several names stand: those are the names of columns, and the next row is another year or place of the same."""
    names: dict[Row, set[tuple[str, str]]] = defaultdict(set)
    for _, fact in members:
        names[row_of(fact)].add((plain(fact["indicator"]), plain(fact["component"])))
    return {row for row, some in names.items() if len(some) > 1}


def row_of(fact: Fact) -> Row:
    """The row of a page or the line of a text in which a number stands."""
    return fact.get("page"), fact.get("line"), round(fact.get("top") or 0.0)


def documents_in_order(documents: Rows) -> list[str]:
    """The ids of documents from the earliest fiscal year on, those without a year last: a later document never changes what was linked before it."""
    dated = sorted((row["fiscal_year"] is None, row["fiscal_year"] or 0, row["document_id"]) for row in documents if row["status"] != "failed")
    return [name for _, _, name in dated]
