"""Indicator tables of other habits: the year in the cell, headers in vertical writing, budgets beside settlements, decoys all around."""

from __future__ import annotations

from tests.generated import decoys
from tests.generated.manner import Manner, head, heading
from tests.generated.model import Block, Book, Cell, Fact, Page, Table, Words
from tests.generated.plans import Row, bind
from tests.generated.words import GOALS, PROJECTS, SECTIONS, SENTENCES, Measure


def dated(m: Manner, kind: str, one: Measure, value: str, year: int, section: str) -> Cell:
    """A number with its year in brackets in the same cell, on a line of its own or behind it."""
    raw = m.amount(value, one.unit)
    gap = m.rng.choice(("\n", "\n", ""))
    return Cell(f"{raw}{gap}（{m.year_in(year)}）", (Fact(kind, one.name, value, one.unit, raw, year, section=section),), align="center")


def cell_years(m: Manner) -> Book:
    """総合計画: 現状値 and 目標値 whose years stand in the cells, because every indicator has its own."""
    base, title, body = m.rng.choice((2020, 2021, 2022)), "総合計画 後期基本計画", []
    words = m.rng.choice((("現状値", "目標値"), ("基準値", "目標値"), ("現状", "目標")))
    for page in range(1, 3):
        field, chosen = m.pick(5)
        section = f"{page}　{field}"
        rows: list[Row] = [(head("成果指標"), *(head(word) for word in words), head("指標の説明"))]
        for one in chosen:
            now = m.series(one, 1)[0]
            start = base - m.rng.randint(0, 2)
            cells = (dated(m, "actual", one, now, start, section), dated(m, "target", one, m.aim(one, now), base + 6, section))
            rows.append((Cell(one.name), *cells, Cell(m.rng.choice(("市民意識調査による", "担当課の業務統計", "国の統計調査による")))))
        body.append(Page((heading(section), Words("　" + m.rng.choice(SENTENCES)), Table((5, 2.4, 2.4, 3), tuple(rows)))))
    return bind(m, "cell_years", title, body, (base + 2, base + 6))


def upright_table(m: Manner, chosen: list[Measure], base: int, section: str) -> Table:
    """年度 across over headers in vertical writing, a category in vertical writing at the left."""
    years = [base, base + 1]
    lead = [head("分野", 2, upright=True), head("指標", 2), head("単位", 2, upright=True), head("現状値", 2, upright=True)]
    words = ("目標値", "実績値", "達成率")
    rows: list[Row] = [(*lead, *(head(m.year_in(year), across=3) for year in years)), tuple(head(word, upright=True) for _ in years for word in words)]
    for i, one in enumerate(chosen):
        now = m.series(one, 1)[0]
        cells = [m.cell("actual", one.name, now, one.unit, None, section=section, note="optional: no year is printed")]
        for year in years:
            goal = m.aim(one, now)
            result = m.results(one, [goal])[0]
            rate = f"{float(result) / float(goal) * 100:.1f}"
            cells += [m.cell("target", one.name, goal, one.unit, year, section=section)]
            cells += [m.cell("actual", one.name, result, one.unit, year, section=section, rate=rate), Cell(f"{rate}{m.percent}", align="right")]
        first = [Cell(section.split("　")[1], down=len(chosen), upright=True)] if i == 0 else []
        rows.append((*first, Cell(one.name), Cell(m.unit(one.unit) or m.none, align="center"), *cells))
    return Table((0.8, 4.4, 1.1, 1.6, *([1.6] * 6)), tuple(rows), heads=2, rules="all")


def upright_heads(m: Manner) -> Book:
    """実施状況: headers and categories in vertical writing."""
    base, title, body = m.rng.choice((2021, 2022, 2023)), "健康増進計画 実施状況", []
    for page in range(1, 3):
        field, chosen = m.pick(5)
        section = f"{page}　{field.split('・')[0]}"
        body.append(Page((heading(section), Words("　" + m.rng.choice(SENTENCES)), upright_table(m, chosen, base, section)), landscape=True))
    return bind(m, "upright_heads", title, body, (base, base + 4))


def settled_years_table(m: Manner, groups: list[tuple[str, list[str]]], years: list[int]) -> Table:
    """予算現額, 決算額 and 執行率 under each year, projects by group with 小計, and 合計."""
    words = m.rng.choice((("予算現額", "決算額"), ("当初予算額", "決算額"), ("最終予算額", "決算額")))
    rows: list[Row] = [
        (head("款", 2), head("事業名", 2), *(head(m.year_in(year), across=3) for year in years)),
        tuple(head(word) for _ in years for word in (*words, "執行率")),
    ]
    whole = [0] * (2 * len(years))

    def line(name: str, sums: list[int], section: str, note: str) -> list[Cell]:
        cells = []
        for i, year in enumerate(years):
            pair = sums[2 * i : 2 * i + 2]
            cells += [m.cell("cost", name, str(v), "千円", year, component=w, section=section, note=note) for v, w in zip(pair, words, strict=True)]
            cells.append(Cell(f"{pair[1] / pair[0] * 100:.1f}{m.percent}", align="right"))
        return cells

    for group, projects in groups:
        part = [0] * len(whole)
        for i, project in enumerate(projects):
            plans = [m.rng.randint(900, 64000) for _ in years]
            values = [v for plan in plans for v in (plan, int(plan * m.rng.uniform(0.72, 0.995)))]
            part = [a + b for a, b in zip(part, values, strict=True)]
            lead = [Cell(group, down=len(projects) + 1)] if i == 0 else []
            rows.append((*lead, Cell(project), *line(project, values, group, "")))
        rows.append((Cell("小計", align="center"), *line("小計", part, group, "optional: a subtotal")))
        whole = [a + b for a, b in zip(whole, part, strict=True)]
    rows.append((Cell("合　計", across=2, align="center"), *line("合計", whole, "", "")))
    return Table((2, 3.4, *([2.0, 2.0, 1.4] * len(years))), tuple(rows), heads=2)


def settled_years(m: Manner) -> Book:
    """決算: budgets beside settlements of two years, subtotals by group and a total."""
    year, title = m.rng.choice((2021, 2022, 2023)), "決算に係る主要な事業の概要"
    picked = m.rng.sample(PROJECTS, 7)
    groups = [(name, picked[a:b]) for name, a, b in zip(m.rng.sample(("民生費", "衛生費", "商工費", "土木費", "教育費"), 3), (0, 3, 5), (3, 5, 7), strict=True)]
    note = Words(m.rng.choice(("（単位：千円）", "単位：千円", "（単位:千円、％）")), align="right", size=0.9, after=0.2)
    section = f"1　{m.year(year, 'reiwa')}決算の概要"
    page = Page((heading(section), Words("　" + m.rng.choice(SENTENCES)), note, settled_years_table(m, groups, [year - 1, year])), landscape=True)
    return bind(m, "settled_years", title, [page], (year + 1, year + 1))


def crowded(m: Manner) -> Book:
    """行動計画: one indicator table between thresholds, schedules, contacts and formulas that state no fact."""
    base, title, body = m.rng.choice((2021, 2022, 2023)), "行政評価 行動計画", []
    for page in range(1, 3):
        section = f"{page}　{m.rng.choice(GOALS)}"
        rows: list[Row] = [(head("指標"), head("単位"), head(f"{m.year(base)}\n実績"), head(f"{m.year(base + 1)}\n実績"), head(f"{m.year(base + 4)}\n目標"))]
        for one in [one for one in m.pick(6)[1] if one.unit]:
            values = m.series(one, 2)
            cells = [m.cell("actual", one.name, v, one.unit, base + i, section=section) for i, v in enumerate(values)]
            aim = m.cell("target", one.name, m.aim(one, values[0]), one.unit, base + 4, section=section)
            rows.append((Cell(one.name), Cell(m.unit(one.unit), align="center"), *cells, aim))
        around: tuple[Block, ...] = (decoys.thresholds(m), decoys.roadmap(m, base + 1)) if page == 1 else (decoys.contacts(m), decoys.asked(m))
        body.append(Page((heading(section), Table((4.6, 1.2, 2, 2, 2), tuple(rows)), decoys.formula(m), *around)))
    return bind(m, "crowded", f"{title}（{m.rng.choice(SECTIONS)}）", body, (base + 1, base + 4))
