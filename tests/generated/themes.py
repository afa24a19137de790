"""Environment and tourism: base years, reductions, calendar years, changes against the year before."""

from __future__ import annotations

from itertools import pairwise

from tests.generated import decoys
from tests.generated.manner import Manner, era, head, heading
from tests.generated.model import Block, Book, Cell, Fact, Page, Table, Words
from tests.generated.plans import Row, bind
from tests.generated.words import SENTENCES, Measure

SECTORS = ("産業部門", "業務その他部門", "家庭部門", "運輸部門", "廃棄物分野")


def emission_table(m: Manner, now: int, unit: str, change: bool) -> Table:
    """Sectors down; base year, present and target year across, then the reduction that the target means."""
    goal = 2030
    top = [
        head("部門"),
        head(f"基準年度\n（2013年度）\n{unit}"),
        head(f"現況値\n（{now}年度）\n{unit}"),
        *([head("基準年度比\n増減率")] if change else []),
        head(f"目標年度\n（{goal}年度）\n{unit}"),
        head("削減目標\n（2013年度比）"),
    ]
    rows: list[Row] = [tuple(top)]
    sums = [0.0, 0.0, 0.0]
    for sector in (*SECTORS, "合計"):
        base = m.rng.uniform(18, 640)
        figures = [base, base * m.rng.uniform(0.72, 0.95), base * m.rng.uniform(0.42, 0.66)] if sector != "合計" else sums
        shown = [f"{one:.1f}" for one in figures]
        sums = [a + float(b) for a, b in zip(sums, shown, strict=True)]
        cut = f"{(float(shown[2]) / float(shown[0]) - 1) * 100:.1f}"
        moved = f"{(float(shown[1]) / float(shown[0]) - 1) * 100:.1f}"
        kinds = (("actual", 2013), ("actual", now), ("target", goal))
        cells = [m.cell(kind, sector, value, unit, year, component="温室効果ガス排出量") for value, (kind, year) in zip(shown, kinds, strict=True)]
        aim = m.cell("target", sector, cut, "%", goal, show_unit=True, component="削減目標")
        rows.append((Cell(sector), *cells[:2], *([Cell(m.amount(moved, "%"))] if change else []), cells[2], aim))
    return Table((2.6, 2.2, 2.2, *([1.8] if change else []), 2.2, 2.2), tuple(rows))


def change_table(m: Manner, base: int, goal: int, chosen: list[Measure], section: str) -> Table:
    """Indicators with present value, target and the change asked for, which may be negative."""
    rows: list[Row] = [(head("環境指標"), head("単位"), head(f"基準年度\n{base}年度"), head(f"目標年度\n{goal}年度"), head("備考"))]
    for one in chosen:
        now = m.series(one, 1)[0]
        cells = [
            m.cell("actual", one.name, now, one.unit, base, section=section),
            m.cell("target", one.name, m.aim(one, now, 0.3), one.unit, goal, section=section),
        ]
        rows.append((Cell(one.name), Cell(m.unit(one.unit), align="center"), *cells, Cell(m.rng.choice(("", "毎年度把握", "国の調査（5年に1回）による")))))
    return Table((5, 1.2, 2, 2, 3), tuple(rows))


def budget_table(m: Manner, years: list[int]) -> Table:
    """Yearly balances that go below zero, with 黒字 and 赤字 marked by the sign alone."""
    rows: list[Row] = [(head("区分"), *(head(f"{year}年度\n実績") for year in years))]
    for name, low, high in (("森林吸収量", -42, -8), ("電力のCO2削減量", -19, -2), ("廃棄物の前処理による排出量", 1, 30)):
        values = [f"{m.rng.uniform(low, high):.1f}" for _ in years]
        rows.append((Cell(f"{name}（千t-CO2）"), *(m.cell("actual", name, v, "千t-CO2", y) for v, y in zip(values, years, strict=True))))
    return Table((4, *([1.8] * len(years))), tuple(rows), share=0.9)


def environment(m: Manner) -> Book:
    """地球温暖化対策実行計画: 基準年度 2013年度, 目標年度 2030年度, reductions with △."""
    now, title = m.rng.choice((2019, 2020, 2021)), "地球温暖化対策実行計画（区域施策編）"
    unit = m.rng.choice(("千t-CO2", "t-CO2", "千t-CO₂"))
    change = m.rng.random() < 0.5
    section = "第3章　計画の目標"
    first = Page((
        *decoys.preface(m, title, now + 2), heading("第2章　温室効果ガスの排出状況"), Words("　" + m.rng.choice(SENTENCES)),
        Words("表2-1　部門別温室効果ガス排出量と削減目標", align="center"), emission_table(m, now, unit, change),
    ))  # fmt: skip
    chosen = m.pick(5, "環境")[1]
    second = Page((heading(section), change_table(m, now, 2030, chosen, section), Words("表3-2　吸収量等の実績"), budget_table(m, [now - 2, now - 1, now])))
    return bind(m, "environment", title, [first, second], (now + 2, 2030))


def calendar(m: Manner, year: int, form: str) -> str:
    """A calendar year: 令和5年, 2023年, 令和5年(2023年)."""
    name, letter, number = era(year)
    return {"era": f"{name}{number}年", "western": f"{year}年", "both": f"{name}{number}年\n（{year}年）", "letter": f"{letter}{number}年"}[form]


def visitor_table(m: Manner, years: list[int], goal: int | None, form: str) -> Table:
    """入込客数 and the like by calendar year, with rows of changes against the year before that state no fact."""
    measures = (
        Measure("入込客数", "万人", 40, 620, 1),
        Measure("うち県外客", "万人", 12, 180, 1),
        Measure("宿泊客数", "千人", 30, 900, 1),
        Measure("観光消費額", "億円", 12, 480, 1),
    )
    rows: list[Row] = [
        (head("区分", across=2), *(head(calendar(m, year, form)) for year in years), *([head(f"目標値\n{calendar(m, goal, form)}")] if goal else []))
    ]
    for one in measures[: m.rng.randint(3, 4)]:
        values = m.series(one, len(years))
        aim = m.aim(one, values[-1])
        ratios = [m.none, *(f"{float(b) / float(a) * 100:.1f}{m.percent}" for a, b in pairwise(values))]
        cells = [Cell(m.number(v), (Fact("actual", one.name, v, one.unit, m.number(v), None, period=str(y)),)) for v, y in zip(values, years, strict=True)]
        last = [Cell(m.number(aim), (Fact("target", one.name, aim, one.unit, m.number(aim), None, period=str(goal)),))] if goal else []
        rows.append((Cell(one.name, down=2), Cell(one.unit, align="center"), *cells, *last))
        rows.append((Cell("対前年比", align="center"), *(Cell(ratio, align="right") for ratio in ratios), *([m.empty()] if goal else [])))
    return Table((2.4, 1.4, *([1.7] * (len(rows[0]) - 1))), tuple(rows))


def month_table(m: Manner, year: int) -> Table:
    """One calendar year by month, the unit in the table's title."""
    one, months = Measure("入込客数", "千人", 6, 90, 1), range(1, 13)
    values = [m.plain(m.rng.uniform(one.low, one.high), one) for _ in months]
    cells = [
        Cell(m.number(v), (Fact("actual", one.name, v, one.unit, m.number(v), year if month > 3 else year - 1, period=f"{year}-{month:02d}"),))
        for v, month in zip(values, months, strict=True)
    ]
    top = tuple(head(f"{month}月") for month in months)
    return Table((1.6, *([1.2] * 12)), ((head(""), *top), (Cell("入込客数"), *cells)), size=0.72)


def tourism(m: Manner) -> Book:
    """観光振興計画: calendar years, 万人, 対前年比 rows, a table by month."""
    last, title = m.rng.choice((2022, 2023)), "観光振興計画"
    form, goal = m.rng.choice(("era", "western", "both", "letter")), m.rng.choice((None, last + 4))
    years = list(range(last - m.rng.choice((3, 4)), last + 1))
    caption = Words("表1　観光入込客数等の実績" + ("と目標" if goal else ""), bold=True)
    blocks: list[Block] = [heading("1　観光の動向"), Words("　" + "".join(m.rng.sample(SENTENCES, 2))), caption, visitor_table(m, years, goal, form)]
    notes = Words("※暦年（1月～12月）の集計。", size=0.85)
    single = calendar(m, last, "era" if form == "letter" else form).replace("\n", "")
    blocks += [notes, Words(f"表2　{single} 月別入込客数の実績（単位：千人）", bold=True), month_table(m, last)]
    return bind(m, "tourism", title, [Page(tuple(blocks))], (last + 1, last + 5))
