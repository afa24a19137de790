"""Budgets by project and pages of A3 with two pages of A4 beside each other."""

from __future__ import annotations

from tests.generated.manner import Manner, head, heading
from tests.generated.model import Beside, Block, Book, Cell, Page, Table, Words
from tests.generated.plans import Row, bind, plan_table, role_table
from tests.generated.words import PROJECTS, SENTENCES


def budget_table(m: Manner, projects: list[str], year: int, relative: bool, unit: str, section: str) -> Table:
    """事業名 with this and last year's budget and their difference; the years by number or as 本年度 and 前年度."""
    names = ("本年度予算額", "前年度予算額") if relative else (f"{m.year(year)}\n当初予算額", f"{m.year(year - 1)}\n当初予算額")
    word = "予算額" if relative else "当初予算額"
    rows: list[Row] = [(head("事業名"), *(head(name) for name in names), head("比較増減"), head("事業の概要"))]
    sums = [0, 0]
    for project in projects:
        values = [m.rng.randint(300, 98000) for _ in names]
        sums = [a + b for a, b in zip(sums, values, strict=True)]
        cells = [m.cell("cost", project, str(value), unit, when, component=word, section=section) for value, when in zip(values, (year, year - 1), strict=True)]
        rows.append((Cell(project), *cells, Cell(m.number(str(values[0] - values[1])), align="right"), Cell(m.rng.choice(SENTENCES))))
    cells = [m.cell("cost", "合計", str(value), unit, when, component=word, section=section) for value, when in zip(sums, (year, year - 1), strict=True)]
    rows.append((Cell("合計", align="center"), *cells, Cell(m.number(str(sums[0] - sums[1])), align="right"), Cell("")))
    return Table((3, 1.8, 1.8, 1.6, 4), tuple(rows))


def settled_table(m: Manner, projects: list[str], year: int, unit: str, section: str) -> Table:
    """事業名 with 予算現額, 決算額 and 執行率 of one year, which the table's title gives."""
    rows: list[Row] = [(head("事業名"), head("予算現額"), head("決算額"), head("執行率"))]
    for project in projects:
        plan = m.rng.randint(900, 64000)
        spent = int(plan * m.rng.uniform(0.72, 0.995))
        cells = [m.cell("cost", project, str(value), unit, year, component=word, section=section) for value, word in ((plan, "予算現額"), (spent, "決算額"))]
        rows.append((Cell(project), *cells, Cell(f"{spent / plan * 100:.1f}{m.percent}", align="right")))
    return Table((4, 2.2, 2.2, 1.6), tuple(rows), share=0.85)


def budget_book(m: Manner) -> Book:
    """主要事業の概要: budgets against the year before, then budget and settlement of a year that the heading names."""
    year, title = m.rng.choice((2023, 2024, 2025)), "主要事業の概要"
    unit, relative = m.rng.choice(("千円", "千円", "万円")), m.rng.random() < 0.4
    picked = m.rng.sample(PROJECTS, 12)
    sections = (f"1　{m.year(year, 'reiwa')}当初予算の主な事業", f"2　{m.year(year - 2, 'reiwa')}主要事業の決算")
    note = Words(f"（単位：{unit}）", align="right", size=0.9, after=0.2)
    first: tuple[Block, ...] = (
        heading(sections[0]),
        Words("　" + m.rng.choice(SENTENCES)),
        note,
        budget_table(m, picked[:6], year, relative, unit, sections[0]),
    )
    second: tuple[Block, ...] = (heading(sections[1]), note, settled_table(m, picked[6:], year - 2, unit, sections[1]))
    return bind(m, "budget_book", f"{m.year(year, 'reiwa')} {title}", [Page(first, landscape=True), Page(second)], (year, year))


def two_up(m: Manner) -> Book:
    """A3 on its side with two pages of a plan beside each other: a table of indicators at the left, rows by role at the right."""
    base, title, body = m.rng.choice((2019, 2020, 2021)), "まちづくり計画 概要版", []
    for page in range(2):
        halves: list[tuple[Words | Table, ...]] = []
        for number in (1, 2):
            field, chosen = m.pick(4)
            section = f"{2 * page + number}　{field}"
            table = (
                plan_table(m, (base, base + 5, base + 10), chosen, section, False)
                if number == 1
                else role_table(m, [base, base + 1, base + 2], chosen, section, True)
            )
            text = [Words("　" + "".join(m.rng.sample(SENTENCES, 2)), after=1) for _ in range(3)]
            halves.append((heading(section), text[0], table, text[1], text[2]))
        body.append(Page((Beside(tuple(halves), (1.0, 1.0)),), large=True))
    return bind(m, "two_up", title, body, (base + 1, base + 10))
