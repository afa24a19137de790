"""Three years of one plan, with the truth of which names are one indicator: renamed, split, merged, dropped, new and alike.

A plan is made of sections of indicators; each year's edition is what last year's became. It is printed in one of four manners: an agreement (last
year's target and result, this year's target), a strategy (base, results of all years, goal), bare targets (nothing of what was printed before), or a
list of all indicators with a sheet for each, whose names are not quite those of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from tests.generated.drift import Vocabulary, other_head, restyled, reworded
from tests.generated.words import Measure, cities

MANNERS = ("agreement", "strategy", "targets", "list_and_sheets")
FIRST = 2022


@dataclass(frozen=True)
class Line:
    """One indicator of an edition. `truth` is its number, the same in every edition; `results` and `aims` are by fiscal year."""

    truth: int
    name: str
    unit: str
    section: str
    places: int
    results: dict[int, float] = field(default_factory=dict)
    aims: dict[int, float] = field(default_factory=dict)
    slot: str = ""
    sheet_name: str = ""


@dataclass(frozen=True)
class Printed:
    """One number of an edition: what a reader of the document would find."""

    truth: int
    table: str
    name: str
    component: str | None
    unit: str
    section: str
    year: int
    value: float
    baseline: bool = False


@dataclass(frozen=True)
class Edition:
    """One year's plan. `listing` is True where a list of all stands before the sheets."""

    city: str
    title: str
    year: int
    manner: str
    lines: tuple[Line, ...]

    def blocks(self) -> Iterator[tuple[str, list[str], list[tuple[Line, str, list[Printed]]]]]:
        """(heading, header, rows) of each table; a row is (line, name as printed, its numbers in the order of the header)."""
        sections = list(dict.fromkeys(line.section for line in self.lines))
        if self.manner == "list_and_sheets":
            rows = [(line, line.name, [self._number(line, line.name, "targets", self.year, section="指標一覧")]) for line in self.lines]
            # A service's 利用者数 is told apart by its heading alone: a list without headings does not hold it.
            yield "指標一覧", [f"{self.year}年度目標"], [row for row in rows if not row[0].slot.startswith("service")]
        for section in sections:
            rows = [(line, self._name(line), list(self._numbers(line))) for line in self.lines if line.section == section]
            header = [f"{one.year}年度{'目標' if one.table == 'targets' else '基準値' if one.baseline else '実績'}" for one in rows[0][2]]
            yield section, header, rows

    def _name(self, line: Line) -> str:
        return line.sheet_name or line.name if self.manner == "list_and_sheets" else line.name

    def _number(self, line: Line, name: str, table: str, year: int, section: str = "", baseline: bool = False) -> Printed:
        value = (line.aims if table == "targets" else line.results)[year]
        return Printed(line.truth, table, name, None, line.unit, section or line.section, year, value, baseline)

    def _numbers(self, line: Line) -> Iterator[Printed]:
        name, year = self._name(line), self.year
        if self.manner == "strategy":
            yield self._number(line, name, "actuals", FIRST - 2, baseline=True)
            yield from (self._number(line, name, "actuals", at) for at in range(FIRST - 1, year))
            yield self._number(line, name, "targets", FIRST + 4)
        elif self.manner == "targets":
            yield self._number(line, name, "targets", year)
        else:
            if self.manner == "agreement":
                yield self._number(line, name, "targets", year - 1)
            yield self._number(line, name, "actuals", year - 1)
            yield self._number(line, name, "targets", year)


class Maker:
    """Makes the editions of one plan from a seed."""

    def __init__(self, seed: int, vocabulary: Vocabulary) -> None:
        self.rng, self.vocabulary = Random(f"editions/{seed}"), vocabulary
        self.manner = MANNERS[seed % len(MANNERS)]
        self.count = 0
        self.used: set[str] = set()
        # A name that was dropped does not come back as something else, nor as itself: who could say which?
        self.names: set[str] = set()

    def line(self, name: str, unit: str, section: str, low: float, high: float, places: int, slot: str = "") -> Line:
        self.count += 1
        self.names.add(name)
        level = self.rng.uniform(low, high)
        results = {year: round(level * self.rng.uniform(0.9, 1.12), places) for year in range(FIRST - 2, FIRST + 5)}
        aims = {year: round(value * self.rng.uniform(1.0, 1.15), places) for year, value in results.items()}
        sheet = restyled(self.rng, name) if self.manner == "list_and_sheets" and self.rng.random() < 0.3 else ""
        return Line(self.count, name, unit, section, places, results, aims, slot, sheet)

    def of(self, one: Measure, section: str) -> Line:
        return self.line(one.name, one.unit, section, one.low, one.high, one.places)

    def first(self) -> list[Line]:
        """Sections of plain indicators, with families, wholes that may be split, and services under one name."""
        rng, out = self.rng, []
        plain = rng.sample(self.vocabulary.plain, len(self.vocabulary.plain))
        for number in range(1, rng.randint(3, 5)):
            section = f"基本施策{number}"
            out += [self.of(plain.pop(), section) for _ in range(rng.randint(4, 8)) if plain]
            for template, words in rng.sample(self.vocabulary.families, 2):
                if template not in self.used:
                    self.used.add(template)
                    kept = words if rng.random() < 0.6 else rng.sample(words, 1)
                    out += [self.family(template, word, section) for word in kept]
            whole, parts = rng.choice(self.vocabulary.split)
            if whole not in self.used:
                self.used.add(whole)
                chosen = [self.split_line(name, whole, section, "piece") for name in parts]
                out += chosen if rng.random() < 0.4 else [self.split_line(whole.split("|")[0], whole, section, "whole")]
        if rng.random() < 0.5:
            for service in rng.sample(self.vocabulary.services, 3):
                out += [self.line(name, unit, service, 5, 900, 0, "service") for name, unit in (("利用者数", "人"), ("利用日数", "日"))]
        return out

    def family(self, template: str, word: str, section: str) -> Line:
        name, unit = template.split("|")
        low, high, places = (10, 70, 1) if unit in ("%", "倍", "歳") else (12, 2600, 0)
        return self.line(name.format(word), unit, section, low, high, places, f"family:{template}:{word}")

    def split_line(self, name: str, whole: str, section: str, what: str) -> Line:
        return self.line(name, whole.split("|")[1], section, 30, 4000, 0, f"{what}:{whole}")

    def next(self, lines: list[Line]) -> list[Line]:
        """What the lines become in the next edition."""
        out: list[Line] = []
        done: set[int] = set()
        for line in lines:
            if line.truth in done:
                continue
            siblings = [other for other in lines if other.slot == line.slot and other.slot.startswith("piece:")]
            if len(siblings) > 1 and self.rng.random() < 0.5:
                done |= {other.truth for other in siblings}
                out.append(self.merged(siblings))
            else:
                out += self.become(line)
        for _ in range(self.rng.randint(0, 2)):
            fresh = [one for one in self.vocabulary.plain if one.name not in self.names]
            out.insert(self.rng.randint(0, len(out)), self.of(self.rng.choice(fresh), self.rng.choice(out).section))
        if self.rng.random() < 0.3:
            old = self.rng.choice(out).section
            out = [replace(line, section=f"第{old}" if line.section == old and not line.slot.startswith("service") else line.section) for line in out]
        return _distinct(out)

    def become(self, line: Line) -> list[Line]:
        chance, rng = self.rng.random(), self.rng
        if line.slot.startswith("whole:") and rng.random() < 0.4:
            return self.parts(line)
        if line.slot.startswith("service"):
            return [line]
        if chance < 0.05:
            return []
        if chance < 0.09:
            name = other_head(rng, line.name, self.vocabulary)
            return [self.line(name, line.unit, line.section, *self.level(line), line.places)] if name and name not in self.names else [line]
        if chance < 0.1:
            # Counted in another unit it is another series.
            return [self.line(line.name, "回" if line.unit == "件" else "件", line.section, *self.level(line), line.places)]
        if chance < 0.12 and line.slot.startswith("family:"):
            return self.swapped(line)
        if chance < 0.28:
            name = restyled(rng, line.name)
            return [replace(line, name=restyled(rng, name) if rng.random() < 0.3 else name)]
        if chance < 0.36:
            return [replace(line, name=reworded(rng, line.name, self.vocabulary))]
        if chance < 0.42 and self.manner in ("strategy", "agreement"):
            names = dict(self.vocabulary.renamed)
            return [replace(line, name=names.get(line.name, line.name))]
        if chance < 0.45:
            # Results are corrected after the fact.
            return [replace(line, results={year: round(value * rng.uniform(0.98, 1.02), line.places) for year, value in line.results.items()})]
        return [line]

    def level(self, line: Line) -> tuple[float, float]:
        """The range of the line's numbers."""
        return min(line.results.values()), max(line.results.values())

    def swapped(self, line: Line) -> list[Line]:
        """Another of the family takes its place: it looks alike and is not the same."""
        _, template, _ = line.slot.split(":")
        words = dict(self.vocabulary.families)[template]
        free = [other for other in words if template.split("|")[0].format(other) not in self.names]
        return [self.family(template, free[0], line.section)] if free else [line]

    def parts(self, line: Line) -> list[Line]:
        """The line in parts that add up to it."""
        whole = line.slot.removeprefix("whole:")
        names = dict(self.vocabulary.split)[whole]
        out = [self.split_line(name, whole, line.section, "part") for name in names]
        share = self.rng.uniform(0.2, 0.8)
        for table in ("results", "aims"):
            values: dict[int, float] = getattr(line, table)
            getattr(out[0], table).update({year: round(value * share) for year, value in values.items()})
            getattr(out[1], table).update({year: value - round(value * share) for year, value in values.items()})
        return out

    def merged(self, parts: list[Line]) -> Line:
        whole = parts[0].slot.removeprefix("piece:")
        made = self.split_line(whole.split("|")[0], whole, parts[0].section, "sum")
        for table in ("results", "aims"):
            for year in getattr(made, table):
                getattr(made, table)[year] = sum(getattr(part, table)[year] for part in parts)
        return made


def _distinct(lines: list[Line]) -> list[Line]:
    """Without a second line of one name in one section, which no reader could tell from the first."""
    seen: dict[tuple[str, ...], Line] = {}
    for line in lines:
        seen.setdefault((line.name,) if not line.slot.startswith("service") else (line.name, line.section), line)
    return list(seen.values())


def make(seed: int, vocabulary: Vocabulary, editions: int = 3) -> list[Edition]:
    """The editions of one plan, the earliest first: always the same for a seed and vocabulary."""
    maker = Maker(seed, vocabulary)
    city = Random(f"city/{seed}").choice(cities())
    lines, out = _distinct(maker.first()), []
    for at in range(editions):
        out.append(Edition(city, "総合計画 実施計画", FIRST + at, maker.manner, tuple(lines)))
        lines = maker.next(lines)
    return out
