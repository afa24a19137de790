"""How one office writes: its years, digits, minus signs, units and gaps. Every document draws its own manner from its seed."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.generated.model import Cell, Fact, Look, Words
from tests.generated.words import INDICATORS, Measure, cities, measures

WIDE = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")
YEAR_FORMS = ("reiwa", "reiwa", "wide", "letter", "letter_nendo", "western", "both", "letter_wide")


def era(year: int) -> tuple[str, str, str]:
    """(name, letter, number) of a fiscal year in its era, 元 for the first."""
    name, letter, start = ("令和", "R", 2018) if year >= 2019 else ("平成", "H", 1988)
    return name, letter, "元" if year - start == 1 else str(year - start)


class Manner:
    """The writing habits of one document, and helpers that print a value and state it as a fact at once."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.city = rng.choice(cities())
        self.used: set[str] = set()
        self.form = rng.choice(YEAR_FORMS)
        self.wide = rng.random() < 0.2
        self.minus = rng.choice("△△▲-")
        self.gap = rng.choice(("", "", "", " "))
        self.none = rng.choice(("－", "-", "―", "…"))
        self.notes = rng.choice(("", "", "", "", "※1", "1", "注1", "*"))
        self.percent = rng.choice(("%", "％"))
        self.producer = rng.choice(("canvas", "canvas", "browser"))
        self.look = Look(
            font=rng.choice(("mincho", "gothic", "ipa-mincho", "ipa-gothic")),
            size=rng.choice((9.0, 9.5, 10.0, 10.5)),
            shaded=rng.random() < 0.7,
            numbers=rng.choice(("right", "right", "center")),
            thick=rng.choice((0.4, 0.5, 0.75)),
            double_bold=rng.random() < 0.15,
            filled_rules=rng.random() < 0.25,
            crop=rng.random() < 0.15,
            singly=rng.random() < 0.12,
            shifted=rng.random() < 0.12,
            rules=rng.choice(("all", "all", "all", "all", "all", "open", "level", "dashed")),
            margin=rng.choice((48.0, 56.0, 60.0)),
        )

    def pick(self, count: int, field: str | None = None) -> tuple[str, list[Measure]]:
        """A field and `count` of its indicators that the document has not yet used; another field where too few are left."""
        left = {name: [one for one in measures(name) if one.name not in self.used] for name in INDICATORS}
        fits = [name for name in left if len(left[name]) >= count]
        field = field if field in fits else self.rng.choice(fits)
        chosen = self.rng.sample(left[field], count)
        self.used |= {one.name for one in chosen}
        return field, chosen

    def year(self, year: int, form: str | None = None) -> str:
        """A fiscal year as this office writes it in a header: 令和6年度, R6, 2024年度 …"""
        name, letter, number = era(year)
        wide = number.translate(WIDE)
        forms = {
            "reiwa": f"{name}{number}年度", "wide": f"{name}{wide}年度", "letter": f"{letter}{number}", "letter_nendo": f"{letter}{number}年度",
            "western": f"{year}年度", "both": f"{name}{number}年度\n({year}年度)", "letter_wide": f"{letter}{wide}".replace("R", "Ｒ").replace("H", "Ｈ"),
            "bare": f"{number}年度",
        }  # fmt: skip
        return forms[form or self.form]

    def year_in(self, year: int) -> str:
        """A year for use in brackets or in a line: never on two lines."""
        return self.year(year, "reiwa" if self.form == "both" else None)

    def day(self, year: int, month: int, day: int) -> str:
        """A date in the era of its year, for decoys."""
        name, _, number = era(year)
        return f"{name}{number}年{month}月{day}日"

    def number(self, value: str) -> str:
        """A plain decimal with separators, this office's minus and digits: 12345.6 as 12,345.6."""
        whole, _, part = value.lstrip("-").partition(".")
        text = f"{int(whole):,}" + (f".{part}" if part else "")
        text = (self.minus if value.startswith("-") else "") + text
        return text.translate(WIDE) if self.wide else text

    def unit(self, unit: str) -> str:
        return unit.replace("%", self.percent)

    def amount(self, value: str, unit: str) -> str:
        """A number with its unit: 1,234人, 85.0 ％."""
        return f"{self.number(value)}{self.gap}{self.unit(unit)}"

    def cell(self, kind: str, name: str, value: str, unit: str, year: int | None, *, show_unit: bool = False, mark: str = "", **more: Any) -> Cell:
        """A cell of one number, with the fact that it states. `mark` follows the number (以上), `more` are further columns of the fact."""
        raw = self.amount(value, unit) if show_unit else self.number(value)
        fact = Fact(kind, name, value, unit, raw + mark, year, **more)
        return Cell(raw + mark, (fact,), mark=self.notes if self.rng.random() < 0.08 else "")

    def empty(self) -> Cell:
        return Cell(self.none, align="center")

    def start(self, measure: Measure) -> float:
        """A first value of an indicator."""
        return self.rng.uniform(measure.low, measure.low + (measure.high - measure.low) * 0.7)

    def series(self, measure: Measure, count: int, begin: float | None = None) -> list[str]:
        """`count` yearly values that move the way the indicator should, with setbacks."""
        value, out = self.start(measure) if begin is None else begin, []
        for _ in range(count):
            out.append(self.plain(value, measure))
            value *= 1 + (self.rng.uniform(-0.015, 0.05) if measure.up else self.rng.uniform(-0.05, 0.02))
        return out

    def results(self, measure: Measure, goals: list[str]) -> list[str]:
        """Results for targets: some short of them, some beyond."""
        return [self.plain(float(goal) * self.rng.uniform(0.78, 1.12), measure) for goal in goals]

    def plain(self, value: float, measure: Measure) -> str:
        """A value in the indicator's decimal places; a percentage stays below 100."""
        if measure.unit == "%":
            value = min(value, 99.4)
        return f"{value:.{measure.places}f}"

    def aim(self, measure: Measure, value: str, strength: float = 0.12) -> str:
        """A target for an indicator that stands at `value`: better by about `strength`, rounded as targets are."""
        step = self.rng.uniform(0.4, 1.0) * strength
        goal = float(value) * (1 + step if measure.up else 1 - step)
        if measure.places == 0 and goal > 1000:
            goal = round(goal / 100) * 100
        elif measure.places == 0 and goal > 60:
            goal = round(goal / 5) * 5
        elif measure.places == 1 and goal > 20:
            goal = round(goal)
        out = self.plain(goal, measure)
        if float(out) != float(value):
            return out
        nudge = 10.0**-measure.places
        return self.plain(float(value) + (nudge if measure.up else -nudge), measure)


def head(text: str, down: int = 1, across: int = 1, upright: bool = False) -> Cell:
    """A header cell."""
    return Cell(text, down=down, across=across, head=True, upright=upright)


def heading(text: str, size: float = 1.25) -> Words:
    return Words(text, size=size, bold=True, after=0.6)


def spaced(text: str) -> str:
    """目標値 as 目　標　値."""
    return "　".join(text)
