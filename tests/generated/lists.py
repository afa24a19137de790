"""Facts outside of big tables: bullet lists with arrows, slides of text boxes, key-value sheets."""

from __future__ import annotations

from dataclasses import replace

from tests.generated.manner import Manner, head, heading, spaced
from tests.generated.model import Block, Book, Cell, Fact, Frame, Page, Table, Words
from tests.generated.plans import Row, bind, grade_of, rate_of
from tests.generated.words import GOALS, SECTIONS, SENTENCES, Measure


def pair(m: Manner, one: Measure, base: int, goal: int, section: str, mark: str = "") -> tuple[str, str, Fact, Fact]:
    """A present value and a target with units: their texts and their facts."""
    now = m.series(one, 1)[0]
    aim = m.aim(one, now)
    texts = m.amount(now, one.unit), m.amount(aim, one.unit) + mark
    first = Fact("actual", one.name, now, one.unit, texts[0], base, section=section)
    return *texts, first, Fact("target", one.name, aim, one.unit, texts[1], goal, section=section, comparator=">=" if mark else "")


def bullet(m: Manner, one: Measure, base: int, goal: int, form: int, section: str) -> list[Words]:
    """One target as a list prints it: one line or two, the years before or after the numbers."""
    mark = "以上" if one.up and m.rng.random() < 0.25 else ""
    now, aim, first, second = pair(m, one, base, goal, section, mark)
    a, b = m.year_in(base), m.year_in(goal)
    facts, sign, arrow = (first, second), m.rng.choice("・○◆■"), m.rng.choice("→→⇒")
    if form == 0:
        return [Words(f"{sign}{one.name}", indent=1, after=0.1), Words(f"現状 {now}（{a}） {arrow} 目標 {aim}（{b}）", facts, indent=3)]
    if form == 1:
        return [Words(f"{sign}{one.name}：{a}　{now} {arrow} {b}　{aim}", facts, indent=1)]
    if form == 2:
        return [Words(f"{sign}{one.name}　{now}（{a}実績）{arrow} {aim}（{b}目標）", facts, indent=1)]
    return [
        Words(f"{sign}{one.name}", indent=1, after=0.1),
        Words(f"基準値（{a}）：{now}", (first,), indent=3, after=0.1),
        Words(f"目標値（{b}）：{aim}", (second,), indent=3),
    ]


def bullets(m: Manner) -> Book:
    """数値目標 under headings as bullet lists: 現状 1,234人（令和5年度） → 目標 1,500人（令和10年度）."""
    base, title, body = m.rng.choice((2021, 2022, 2023)), "デジタル田園都市構想総合戦略", []
    goal, form = base + 5, m.rng.randint(0, 3)
    for page in range(2):
        blocks: list[Block] = []
        for number in range(2):
            section = f"基本目標{2 * page + number + 1}　{m.rng.choice(GOALS)}"
            blocks += [
                heading(section),
                Words("　" + "".join(m.rng.sample(SENTENCES, 3))),
                Words(m.rng.choice(("【数値目標】", "＜重要業績評価指標（KPI）＞", "《成果目標》"))),
            ]
            for one in m.pick(4)[1]:
                blocks += bullet(m, one, base, goal, form, section)
            blocks.append(Words("【具体的な取組】\n①相談窓口の設置　②情報発信の強化　③関係団体との連携会議（年2回程度）", after=1.2))
        body.append(Page(tuple(blocks)))
    return bind(m, "bullets", title, body, (base + 1, goal))


def result_box(m: Manner, one: Measure, year: int, at: tuple[float, float, float, float], section: str) -> list[Frame]:
    """目標 and 実績 of one indicator: a title, two boxes and an arrow between them."""
    x, y, width, height = at
    goal = m.series(one, 1)[0]
    actual = m.results(one, [goal])[0]
    rate = rate_of(actual, goal)
    texts = m.amount(goal, one.unit), m.amount(actual, one.unit)
    facts = (
        Fact("target", one.name, goal, one.unit, texts[0], year, section=section),
        Fact("actual", one.name, actual, one.unit, texts[1], year, section=section, rate=rate),
    )
    half, label = width * 0.42, m.year_in(year)
    tail = (Words(f"達成率 {rate}{m.percent}", size=0.8, align="center"),) if m.rng.random() < 0.5 else ()
    boxes = [
        (Words(f"{label} {word}", size=0.85, align="center"), Words(text, (fact,), size=1.5, bold=True, align="center"))
        for word, text, fact in zip(("目標", "実績"), texts, facts, strict=True)
    ]
    return [
        Frame(x, y, width, height * 0.3, (Words(one.name, size=1.0, bold=True),), border=False, shade=True),
        Frame(x, y + height * 0.34, half, height * 0.62, boxes[0]),
        Frame(x + half, y + height * 0.5, width - 2 * half, height * 0.3, (Words("→", size=1.5, align="center"),), border=False),
        Frame(x + width - half, y + height * 0.34, half, height * 0.62, (*boxes[1], *tail)),
    ]


def column_box(m: Manner, chosen: list[Measure], years: tuple[int, int], at: tuple[float, float, float, float], section: str) -> list[Frame]:
    """Two boxes side by side under titles 現状 and 目標, one line an indicator in each."""
    x, y, width, height = at
    pairs = [pair(m, one, *years, section) for one in chosen]
    left = [Words(f"■ 現状値（{m.year_in(years[0])}）", bold=True)]
    right = [Words(f"■ 目標値（{m.year_in(years[1])}）", bold=True)]
    for one, (now, aim, first, second) in zip(chosen, pairs, strict=True):
        left.append(Words(f"・{one.name}　{now}", (first,)))
        right.append(Words(f"・{one.name}　{aim}", (second,)))
    half = width * 0.47
    return [
        Frame(x, y, half, height, tuple(left)),
        Frame(x + half, y + height * 0.4, width - 2 * half, height * 0.2, (Words("→", size=1.6, align="center"),), border=False),
        Frame(x + width - half, y, half, height, tuple(right)),
    ]


def slides(m: Manner) -> Book:
    """Slides: a title bar, boxes 目標 → 実績 in a raster, and a page of two columns."""
    year, title, body = m.rng.choice((2022, 2023, 2024)), "総合戦略の進捗状況について", []
    for page in range(3):
        section = m.rng.choice(GOALS)
        bar = Frame(0.0, 0.0, 1.0, 0.12, (Words(f"{page + 1}　{section}", size=1.8, bold=True),), border=False, shade=True)
        lead = Frame(0.05, 0.14, 0.9, 0.11, (Words("○ " + m.rng.choice(SENTENCES)), Words("○ " + m.rng.choice(SENTENCES))), border=False)
        frames = [bar, lead]
        if page < 2:
            for i, one in enumerate(m.pick(4)[1]):
                frames += result_box(m, one, year, (0.05 + 0.46 * (i % 2), 0.28 + 0.33 * (i // 2), 0.43, 0.28), section)
        else:
            frames += column_box(m, m.pick(4)[1], (year, year + 4), (0.05, 0.3, 0.9, 0.5), section)
        body.append(Page(tuple(frames), slide=True))
    book = bind(m, "slides", title, body, (year, year + 4))
    cover = Frame(
        0.1,
        0.35,
        0.8,
        0.3,
        (Words(f"{m.city}{title}", size=2.2, align="center"), Words(m.day(year + 1, 8, 6), align="center"), Words(m.rng.choice(SECTIONS), align="center")),
        border=False,
    )
    return replace(book, pages=(Page((cover,), slide=True, bare=True), *body), look=replace(book.look, size=12.0, crop=False))


def sheet_left(m: Manner, one: Measure, base: int, year: int, goal: int, number: int) -> Table:
    """A sheet with labels at the left: name, section, definition, baseline, results by year, target, rate, grade."""
    values = m.series(one, year - base + 1)
    aim, section = m.aim(one, values[0]), m.rng.choice(GOALS)
    rate = rate_of(values[-1], aim)
    rows: list[Row] = [(head("指標番号"), Cell(f"{number}-{m.rng.randint(1, 9)}"), head("担当課"), Cell(m.rng.choice(SECTIONS)))]
    rows += [
        (head("指標名"), Cell(one.name, across=3)),
        (head("基本目標"), Cell(section, across=3)),
        (head("指標の説明"), Cell(m.rng.choice(SENTENCES), across=3)),
    ]

    def cell(kind: str, value: str, when: int, **more: str) -> Cell:
        return m.cell(kind, one.name, value, one.unit, when, show_unit=True, **more)

    rows.append((head(f"基準値（{m.year_in(base)}）"), cell("actual", values[0], base), head(f"目標値（{m.year_in(goal)}）"), cell("target", aim, goal)))
    ends = list(zip(range(base + 1, year + 1), values[1:], strict=True))
    for i in range(0, len(ends), 2):
        pairs: list[Cell] = []
        for when, value in ends[i : i + 2]:
            beside = {"rate": rate, "rating": grade_of(rate)} if when == year else {}
            pairs += [head(f"実績値（{m.year_in(when)}）"), cell("actual", value, when, **beside)]
        rows.append(tuple(pairs) if len(pairs) == 4 else (*pairs, head(""), Cell("")))
    rows += [
        (head("達成率"), Cell(f"{rate}{m.percent}"), head("評価"), Cell(grade_of(rate), align="center")),
        (head(spaced("評価理由")), Cell("".join(m.rng.sample(SENTENCES, 2)), across=3)),
    ]
    return Table((2.2, 3, 2.2, 3), tuple(rows))


def sheet_above(m: Manner, one: Measure, base: int, year: int, goal: int, number: int) -> Table:
    """A sheet with labels above: name and unit, then a row of years over a row of values."""
    values = m.series(one, year - base + 1)
    aim, count = m.aim(one, values[0]), year - base
    rows: list[Row] = [
        (head("指標"), head("指標の内容", across=count), head("単位")),
        (Cell(f"{one.name}"), Cell(m.rng.choice(SENTENCES), across=count), Cell(m.unit(one.unit) or m.none, align="center")),
    ]
    rows.append((head(f"基準値\n{m.year(base)}"), *(head(f"{m.year(when)}\n実績値") for when in range(base + 1, year + 1)), head(f"目標値\n{m.year(goal)}")))
    cells = [m.cell("actual", one.name, value, one.unit, base + i) for i, value in enumerate(values)]
    rows.append((*cells, m.cell("target", one.name, aim, one.unit, goal)))
    rows += [(head("今後の取組", across=count + 2),), (Cell("".join(m.rng.sample(SENTENCES, 2)), across=count + 2),)]
    return Table((2.6, *([2.0] * count), 2.0), tuple(rows))


def key_value(m: Manner) -> Book:
    """指標ごとの個票: two sheets a page, labels at the left or above."""
    base, title, body = m.rng.choice((2019, 2020, 2021)), "総合戦略 指標個票", []
    build = m.rng.choice((sheet_left, sheet_above))
    year, number = base + m.rng.choice((2, 3)), 0
    for _ in range(2):
        blocks: list[Block] = [heading("指標個票")]
        for one in m.pick(2)[1]:
            number += 1
            blocks += [Words(f"◆ No.{number}", after=0.2), build(m, one, base, year, base + 5, number), Words("\n")]
        body.append(Page(tuple(blocks)))
    return bind(m, "key_value", title, body, (base + 1, base + 5))
