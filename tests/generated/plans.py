"""Indicator tables of strategies and comprehensive plans: header trees, rows by role, tables without rules, tables over two pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.generated import decoys
from tests.generated.manner import Manner, head, heading, spaced
from tests.generated.model import Block, Book, Cell, Page, Rules, Table, Words
from tests.generated.words import GOALS, SECTIONS, SENTENCES, Measure

Row = tuple[Cell, ...]


# Sheets of many grids come from spreadsheets, which rule every cell; a table with level rules alone has columns of one kind.
SHEETS = {"kpi_tree", "rows_by_role", "merged_turned", "evaluation_sheet", "welfare", "childcare", "key_value", "reform", "implementation", "two_up"}


def bind(m: Manner, family: str, title: str, body: list[Page], years: tuple[int, int]) -> Book:
    """A book of the body with front and back matter."""
    pages = (*decoys.front(m, title, *years), *body, *decoys.back(m))
    look = replace(m.look, rules="all") if family in SHEETS and m.look.rules == "level" else m.look
    return Book(family, f"{m.city} {title}", f"{m.city}{title}", pages, look, m.producer)


def rate_of(actual: str, target: str) -> str:
    return f"{float(actual) / float(target) * 100:.1f}"


def grade_of(rate: str) -> str:
    value = float(rate)
    return "A" if value >= 100 else "B" if value >= 80 else "C" if value >= 60 else "D"


def kpi_header(m: Manner, base: int, years: list[int], goal: int, unit: bool) -> tuple[Row, Row]:
    """Two header rows: 指標, 単位, 基準値 over its year, 実績値 over years, 目標値 over its year, 進捗率, 評価."""
    first = [head(m.rng.choice(("基本目標", "分野", "施策")), 2), head(m.rng.choice(("重要業績評価指標（KPI）", "指　標", "KPI", "指標名")), 2)]
    first += [head("単位", 2)] if unit else []
    first += [head("基準値"), head(m.rng.choice(("実績値", "実　績", "各年度の実績値")), across=len(years)), head(m.rng.choice(("目標値", spaced("目標値"))))]
    first += [head(m.rng.choice(("進捗率", "達成率")), 2), head("評価", 2)]
    return tuple(first), (head(m.year(base)), *(head(m.year(year)) for year in years), head(m.year(goal)))


def kpi_row(m: Manner, one: Measure, base: int, years: list[int], goal: int, unit: bool, section: str) -> list[Cell]:
    """One indicator: baseline, yearly results (the latest with rate and grade), target."""
    values = m.series(one, len(years) + 1)
    target = m.aim(one, values[0])
    rate = rate_of(values[-1], target)
    grade = grade_of(rate)
    more: dict[str, Any] = {"show_unit": not unit, "section": section}
    cells = [Cell(m.unit(one.unit) or m.none, align="center")] if unit else []
    cells.append(m.cell("actual", one.name, values[0], one.unit, base, **more))
    for year, value in zip(years, values[1:], strict=True):
        if year != years[-1] and m.rng.random() < 0.08:
            cells.append(m.empty())
        else:
            beside: dict[str, Any] = {"rate": rate, "rating": grade} if year == years[-1] else {}
            cells.append(m.cell("actual", one.name, value, one.unit, year, **more, **beside))
    mark = "以上" if one.up and m.rng.random() < 0.15 else ""
    cells.append(m.cell("target", one.name, target, one.unit, goal, mark=mark, comparator=">=" if mark else "", **more))
    return [*cells, Cell(f"{rate}{m.percent}", align="right"), Cell(grade, align="center")]


def kpi_tree(m: Manner) -> Book:
    """総合戦略: one wide table a page, categories merged down, the latest result beside 進捗率 and 評価."""
    rng, base = m.rng, m.rng.choice((2019, 2020))
    years = list(range(base + 1, base + rng.choice((4, 5, 6))))
    goal, unit, title = base + 5, rng.random() < 0.7, f"第{rng.randint(2, 3)}期 まち・ひと・しごと創生総合戦略"
    body = []
    for page in range(2):
        rows: list[Row] = list(kpi_header(m, base, years, goal, unit))
        for number, section in enumerate(rng.sample(GOALS, 2), 1):
            _, chosen = m.pick(rng.randint(3, 4))
            for i, one in enumerate(chosen):
                first = [Cell(f"{2 * page + number}\n{section}", down=len(chosen))] if i == 0 else []
                rows.append((*first, Cell(one.name), *kpi_row(m, one, base, years, goal, unit, section)))
        widths = (2.2, 4.6, *([1.1] if unit else []), 1.7, *([1.7] * len(years)), 1.7, 1.4, 1.0)
        lines: list[Block] = [heading(f"{page + 1}　重要業績評価指標（KPI）の進捗状況"), Table(widths, tuple(rows), heads=2), decoys.formula(m)]
        body.append(Page(tuple(lines if page else [*decoys.preface(m, title, base + 1), *lines]), landscape=True))
    return bind(m, "kpi_tree", title, body, (base + 1, goal))


def plan_table(m: Manner, years: tuple[int, int, int], chosen: list[Measure], section: str, detail: bool) -> Table:
    """指標名（単位） | 現状値 | 中間目標値 | 最終目標値, each with its year in brackets in the header."""
    form = m.rng.choice(("reiwa", "letter_nendo", "western"))
    labels = m.rng.choice((("現状値", "中間目標値", "最終目標値"), ("基準値", "中間目標", "目標値"), ("計画策定時", "前期目標値", "後期目標値")))
    top = [head(m.rng.choice(("指標名（単位）", "成果指標", "まちづくり指標")))]
    top += [head(f"{label}\n（{m.year(year, form)}）") for label, year in zip(labels, years, strict=True)]
    rows: list[Row] = [(*top, *([head("指標の説明")] if detail else []))]
    for one in chosen:
        now = m.series(one, 1)[0]
        middle = m.aim(one, now)
        last = m.aim(one, middle)
        name = one.name + (f"（{m.unit(one.unit)}）" if one.unit else "")
        cells = [
            m.cell(kind, one.name, value, one.unit, year, section=section)
            for kind, value, year in zip(("actual", "target", "target"), (now, middle, last), years, strict=True)
        ]
        rows.append(
            (Cell(name), *cells, *([Cell(m.rng.choice(("市民意識調査による", "年度末の現況", "住民基本台帳による", "担当課の業務統計")))] if detail else []))
        )
    return Table((5, 2.3, 2.3, 2.3, *([3.4] if detail else [])), tuple(rows))


def plan_list(m: Manner) -> Book:
    """総合計画: under each 施策 a small table with units in the names' brackets."""
    base, title, detail = m.rng.choice((2019, 2020, 2021)), f"第{m.rng.randint(5, 7)}次総合計画 基本計画", m.rng.random() < 0.6
    years, body = (base, base + 5, base + 10), []
    for page in range(1, 4):
        blocks: list[Block] = [heading(f"基本目標{page}　{m.rng.choice(GOALS)}", 1.5)]
        for number in range(1, 3):
            field, chosen = m.pick(m.rng.randint(2, 4))
            section = f"施策{page}-{number}　{field}の充実"
            blocks += [
                heading(section),
                Words("　" + m.rng.choice(SENTENCES) + m.rng.choice(SENTENCES)),
                Words("■ 成果指標"),
                plan_table(m, years, chosen, section, detail),
            ]
        body.append(Page(tuple(blocks)))
    return bind(m, "plan_list", title, body, (base + 1, base + 10))


def role_rows(m: Manner, one: Measure, years: list[int], labels: tuple[str, str, str], section: str) -> list[list[Cell]]:
    """The rows 目標, 実績 and 達成率 of one indicator; the last year has no result yet."""
    targets = m.series(one, len(years))
    actuals = m.results(one, targets[:-1])
    rates = [rate_of(a, t) for a, t in zip(actuals, targets, strict=False)]
    first = [Cell(labels[0], align="center"), *(m.cell("target", one.name, v, one.unit, y, section=section) for v, y in zip(targets, years, strict=True))]
    second = [m.cell("actual", one.name, v, one.unit, y, section=section, rate=r) for v, y, r in zip(actuals, years, rates, strict=False)]
    third = [Cell(f"{rate}{m.percent}", align=m.look.numbers) for rate in rates]
    return [first, [Cell(labels[1], align="center"), *second, m.empty()], [Cell(labels[2], align="center"), *third, m.empty()]]


def role_table(m: Manner, years: list[int], chosen: list[Measure], section: str, unit: bool) -> Table:
    """Indicators with three rows each, years across."""
    labels = m.rng.choice((("目標", "実績", "達成率"), ("目標値", "実績値", "達成率"), ("計画", "実績", "達成率"), ("計画値", "実績値", "達成度")))
    rows: list[Row] = [(head("指標"), *([head("単位")] if unit else []), head("区分"), *(head(m.year(year)) for year in years))]
    for one in chosen:
        made = role_rows(m, one, years, labels, section)
        name = one.name if unit or not one.unit else f"{one.name}\n（{m.unit(one.unit)}）"
        first = [Cell(name, down=3), *([Cell(m.unit(one.unit) or m.none, down=3, align="center")] if unit else [])]
        rows += [(*first, *made[0]), tuple(made[1]), tuple(made[2])]
    return Table((4.5, *([1.2] if unit else []), 1.6, *([1.9] * len(years))), tuple(rows))


def rows_by_role(m: Manner) -> Book:
    """進捗管理: rows 目標 / 実績 / 達成率 under one indicator, years across."""
    first, unit = m.rng.choice((2019, 2020, 2021, 2022)), m.rng.random() < 0.6
    years, title, body = list(range(first, first + m.rng.choice((4, 5)))), "第4次行動計画 進捗状況報告書", []
    for page in range(1, 3):
        field, chosen = m.pick(m.rng.randint(4, 6))
        section = f"第{page}節　{field}"
        table = role_table(m, years, chosen, section, unit)
        body.append(
            Page((heading(section), Words("　" + m.rng.choice(SENTENCES)), Words(f"表{page}　指標の達成状況", align="center"), table, decoys.formula(m)))
        )
    return bind(m, "rows_by_role", title, body, (first, first + 4))


def borderless(m: Manner) -> Book:
    """Small indicator tables with level rules only, with a rule above and below the header only, and with none."""
    base, title, body = m.rng.choice((2020, 2021, 2022)), "男女共同参画プラン", []
    bare: tuple[Rules, ...] = ("level", "heads", "none", "stripes", "white")
    for page, rules in enumerate(m.rng.sample(bare, 3), 1):
        section = f"基本施策{page}　{m.rng.choice(GOALS)}"
        rows: list[Row] = [(head("指標"), head(f"現状値\n{m.year(base)}"), head(f"目標値\n{m.year(base + 5)}"), head("担当課"))]
        for one in m.pick(5)[1]:
            now = m.series(one, 1)[0]
            more: dict[str, Any] = {"show_unit": True, "section": section}
            rows.append(
                (
                    Cell(one.name),
                    m.cell("actual", one.name, now, one.unit, base, **more),
                    m.cell("target", one.name, m.aim(one, now), one.unit, base + 5, **more),
                    Cell(m.rng.choice(SECTIONS)),
                )
            )
        table = Table((5, 2.2, 2.2, 2.2), tuple(rows), rules=rules)
        text = [Words("　" + "".join(m.rng.sample(SENTENCES, 3)), after=1) for _ in range(2)]
        body.append(Page((heading(section), text[0], Words("〔数値目標〕"), table, text[1])))
    return bind(m, "borderless", title, body, (base + 1, base + 5))


def long_rows(m: Manner, base: int, count: int) -> list[Row]:
    """Rows of a long list of indicators of all fields: number, name, baseline, target, section."""
    chosen = [(field, one) for field, picked in (m.pick(count // 4) for _ in range(4)) for one in picked]
    rows = []
    for number, (field, one) in enumerate(chosen, 1):
        now = m.series(one, 2)
        wide: dict[str, Any] = {"show_unit": True, "section": field}
        cells = [m.cell("actual", one.name, now[0], one.unit, base, **wide), m.cell("actual", one.name, now[1], one.unit, base + 1, **wide)]
        rows.append(
            (
                Cell(str(number), align="center"),
                Cell(one.name),
                *cells,
                m.cell("target", one.name, m.aim(one, now[0]), one.unit, base + 5, **wide),
                Cell(m.rng.choice(SECTIONS)),
            )
        )
    return rows


def cut_row(row: Row) -> list[Row]:
    """A row that the page's end cuts: the second half of its name stands alone on the next page."""
    name = row[1].text
    half = len(name) // 2
    while half < len(name) and not (name[half - 1 : half + 1].isalpha()):
        half += 1
    if half >= len(name):
        return [row]
    return [(row[0], Cell(name[:half]), *row[2:]), (Cell(""), Cell(name[half:]), *(Cell("") for _ in row[2:]))]


def two_pages(m: Manner) -> Book:
    """A table over two pages: open at its sides, with its header on both pages, and one with its header on the first only."""
    base, title, body = m.rng.choice((2019, 2020, 2021)), "まちづくり指標一覧", []
    top = (
        head("番号"),
        head("指標"),
        *(head(f"{word}\n（{m.year_in(year)}）") for word, year in (("基準値", base), ("実績値", base + 1), ("目標値", base + 5))),
        head("担当課"),
    )
    widths, tall = (1, 5, 2.2, 2.2, 2.2, 2.2), m.rng.uniform(1.5, 2.1)
    for repeated in (True, False):
        rows, cut = long_rows(m, base, 20), m.rng.randint(10, 13)
        if m.rng.random() < 0.5:
            rows[cut - 1 : cut] = cut_row(rows[cut - 1])
        rules: Rules = "open" if repeated else m.look.rules
        opening: list[Block] = [
            heading("資料　指標一覧（再掲を除く）" if repeated else "資料　参考指標"),
            Table(widths, (top, *rows[:cut]), rules=rules, stretch=tall),
        ]
        rest = (top, *rows[cut:]) if repeated else tuple(rows[cut:])
        closing = Table(widths, rest, heads=int(repeated), rules=rules, stretch=tall)
        body += [Page(tuple(opening)), Page((closing, decoys.formula(m)))]
    book = bind(m, "two_pages", title, body, (base + 1, base + 5))
    return replace(book, look=replace(book.look, size=min(book.look.size, 9.5)))
