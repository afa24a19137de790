"""Tables by another order: years down, areas down, categories in vertical writing, turned pages."""

from __future__ import annotations

from dataclasses import replace

from tests.generated import decoys
from tests.generated.manner import Manner, head, heading
from tests.generated.model import Block, Book, Cell, Page, Table, Words
from tests.generated.plans import Row, bind
from tests.generated.words import DISTRICTS, GOALS, SECTIONS, SENTENCES, Measure, cities, some


def label(m: Manner, one: Measure) -> str:
    """A column's header: the name with its unit in brackets on a line of its own."""
    return one.name + (f"\n（{m.unit(one.unit)}）" if one.unit else "")


def year_labels(m: Manner, years: list[int]) -> list[str]:
    """Years down a column; some offices print the era with the first year (and at its change) only."""
    if m.rng.random() < 0.3:
        return [m.year(year, "reiwa" if i == 0 or year == 2019 else "bare") for i, year in enumerate(years)]
    return [m.year(year) for year in years]


def paired_table(m: Manner, years: list[int], chosen: list[Measure]) -> Table:
    """Years down; under each indicator 目標 and 実績 side by side; the last year has no result."""
    words = m.rng.choice((("目標値", "実績値"), ("目標", "実績"), ("計画値", "実績値")))
    top: list[Row] = [(head("年度", 2), *(head(label(m, one), across=2) for one in chosen)), tuple(head(word) for _ in chosen for word in words)]
    goals = [m.series(one, len(years)) for one in chosen]
    results = [m.results(one, goal) for one, goal in zip(chosen, goals, strict=True)]
    for i, (year, name) in enumerate(zip(years, year_labels(m, years), strict=True)):
        cells: list[Cell] = [head(name)]
        for one, goal, result in zip(chosen, goals, results, strict=True):
            cells.append(m.cell("target", one.name, goal[i], one.unit, year))
            cells.append(m.empty() if i == len(years) - 1 else m.cell("actual", one.name, result[i], one.unit, year))
        top.append(tuple(cells))
    return Table((1.8, *([1.6] * 2 * len(chosen))), tuple(top), heads=2)


def trend_table(m: Manner, years: list[int], chosen: list[Measure]) -> Table:
    """Years down, one column an indicator; the role comes from the table's title."""
    rows: list[Row] = [(head("年度"), *(head(label(m, one)) for one in chosen))]
    series = [m.series(one, len(years)) for one in chosen]
    for i, (year, name) in enumerate(zip(years, year_labels(m, years), strict=True)):
        rows.append((head(name), *(m.cell("actual", one.name, values[i], one.unit, year) for one, values in zip(chosen, series, strict=True))))
    return Table((1.8, *([2.4] * len(chosen))), tuple(rows))


def transposed(m: Manner) -> Book:
    """Years down and indicators across: one table with 目標 and 実績 columns, one of results."""
    last, title = m.rng.choice((2022, 2023, 2024)), "教育振興基本計画 点検評価報告書"
    years = list(range(last - m.rng.choice((4, 5)), last + 1))
    field, ten = m.pick(7)
    second = m.rng.choice(("表2　主な指標の実績", "表2　利用状況等の実績の推移"))
    blocks: list[Block] = [heading(f"1　{field}に関する指標"), Words("　" + m.rng.choice(SENTENCES))]
    blocks += [Words("表1　計画値と実績値", bold=True), paired_table(m, years, ten[:3]), Words("　" + m.rng.choice(SENTENCES))]
    blocks += [Words(second, bold=True), trend_table(m, years, ten[3:7]), Words(f"資料：{m.city}{m.rng.choice(SECTIONS)}", align="right", size=0.85)]
    return bind(m, "transposed", title, [Page(tuple(blocks))], (last - 4, last))


def matrix_table(m: Manner, one: Measure, areas: list[str], years: list[int], goal: int | None, rank: bool) -> Table:
    """Areas down, years across, a total; with `goal` a last column of targets."""
    word = "地区" if areas[0] in DISTRICTS else "市町村"
    top = [head(word), *(head(m.year(year)) for year in years), *([head(f"目標\n（{m.year_in(goal)}）")] if goal else [])]
    rows: list[Row] = [tuple(top)]
    totals = [0.0] * (len(years) + 1)
    for area in areas:
        values = m.series(one, len(years))
        aim = m.aim(one, values[-1])
        totals = [a + float(b) for a, b in zip(totals, [*values, aim], strict=True)]
        cells = [m.cell("actual", one.name, v, one.unit, y, area=area) for v, y in zip(values, years, strict=True)]
        rows.append((Cell(area), *cells, *([m.cell("target", one.name, aim, one.unit, goal, area=area)] if goal else [])))
    if rank:
        whole = [m.plain(total, one) for total in totals]
        cells = [m.cell("actual", one.name, v, one.unit, y, area="合計") for v, y in zip(whole, years, strict=False)]
        rows.append(
            (
                Cell(m.rng.choice(("合計", "計", "市全体")), align="center"),
                *cells,
                *([m.cell("target", one.name, whole[-1], one.unit, goal, area="合計")] if goal else []),
            )
        )
    return Table((2.4, *([1.7] * (len(top) - 1))), tuple(rows), share=0.95)


def matrix(m: Manner) -> Book:
    """地区別: area × year; the caption alone gives name, unit and role."""
    last, title, body = m.rng.choice((2021, 2022, 2023)), "地域福祉計画", []
    plain = [one for field in ("健康・福祉", "子育て・教育", "観光・交流") for one in some(m.rng, field, 10) if one.unit in ("人", "件", "か所", "軒")]
    for number, one in enumerate(m.rng.sample(plain, 2), 1):
        years, goal = list(range(last - 3, last + 1)), (last + 5 if number == 2 else None)
        areas = m.rng.sample(DISTRICTS, 6) if number == 1 else sorted(m.rng.sample(cities(), 6))
        small = replace(one, low=one.low / 4 + 3, high=one.high / 4 + 9)
        unit = f"（単位：{m.unit(one.unit)}）"
        tail = "の実績" if number == 1 else "の実績と目標"
        caption = f"図表{number}-{m.rng.randint(1, 9)}　{'地区別' if number == 1 else '圏域市町村別'} {one.name}{tail}"
        lines = [Words(caption + unit, bold=True)] if m.rng.random() < 0.5 else [Words(caption, bold=True, after=0.1), Words(unit, align="right", size=0.9)]
        body.append(
            Page(
                (heading(f"{number}　地域の状況"), Words("　" + "".join(m.rng.sample(SENTENCES, 2))), *lines, matrix_table(m, small, areas, years, goal, True))
            )
        )
    return bind(m, "matrix", title, body, (last + 1, last + 5))


def vertical_table(m: Manner, base: int, groups: list[tuple[str, str, list[Measure]]], widths: tuple[float, ...]) -> Table:
    """A category in vertical writing merged down, a second merged category, then indicators with 単位, 現状, 目標 and a year in each header."""
    rows: list[Row] = [
        (
            head("政策"),
            head("施策"),
            head("指標名"),
            head("単位"),
            head(f"現状値\n{m.year(base)}"),
            head(f"目標値\n{m.year(base + 3)}"),
            head(f"目標値\n{m.year(base + 6)}"),
            head("所管課"),
        )
    ]
    for policy, section, chosen in groups:
        office = Cell(m.rng.choice(SECTIONS), down=len(chosen))
        for i, one in enumerate(chosen):
            now = m.series(one, 1)[0]
            middle = m.aim(one, now)
            facts = [("actual", now, base), ("target", middle, base + 3), ("target", m.aim(one, middle), base + 6)]
            lead = [Cell(policy, down=len(chosen), upright=True), Cell(section, down=len(chosen))] if i == 0 else []
            cells = [m.cell(kind, one.name, value, one.unit, year, section=section) for kind, value, year in facts]
            rows.append((*lead, Cell(one.name), Cell(m.unit(one.unit) or m.none, align="center"), *cells, *([office] if i == 0 else [])))
    return Table(widths, tuple(rows))


def merged_turned(m: Manner) -> Book:
    """Categories in vertical writing on an upright page and on one with /Rotate; both tables have merged cells at both ends."""
    base, title, body = m.rng.choice((2020, 2021, 2022)), "第3次総合計画 実施状況", []
    for rotate in (0, m.rng.choice((90, 270))):
        groups = []
        for field in m.rng.sample(("雇用・産業", "子育て・教育", "健康・福祉", "環境", "都市基盤・防災"), 3):
            name, chosen = m.pick(m.rng.randint(3, 4), field)
            groups.append((name.split("・")[0], m.rng.choice(GOALS), chosen))
        wide = rotate > 0
        table = vertical_table(m, base, groups, (0.9, 3, 5, 1.3, 2, 2, 2, 2.2))
        body.append(Page((heading("成果指標の一覧"), table, decoys.formula(m)), landscape=wide, rotate=rotate))
    book = bind(m, "merged_turned", title, body, (base + 1, base + 6))
    return replace(book, producer="canvas")
