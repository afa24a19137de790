"""Sheets and tables of money: 事務事業評価, 行政改革の効果額, 実施計画の事業費."""

from __future__ import annotations

from dataclasses import replace

from tests.generated import decoys
from tests.generated.manner import Manner, head, heading, spaced
from tests.generated.model import Beside, Block, Book, Cell, Page, Table, Words
from tests.generated.plans import Row, bind, rate_of
from tests.generated.words import GOALS, PROJECTS, SECTIONS, SENTENCES, Measure

SOURCES = ("国庫支出金", "県支出金", "地方債", "その他特定財源")
ACTIVITY = (
    ("講座・研修会の開催回数", "回", 2, 48),
    ("広報紙への掲載回数", "回", 1, 12),
    ("補助金の交付件数", "件", 4, 180),
    ("相談対応件数", "件", 30, 900),
    ("巡回点検の実施箇所数", "か所", 10, 240),
    ("啓発資料の配布部数", "部", 500, 12000),
)
OUTCOME = (
    ("利用者の満足度", "%", 58, 94),
    ("参加者数", "人", 80, 4200),
    ("登録者数", "人", 60, 2600),
    ("計画に対する整備率", "%", 25, 92),
    ("新規利用者の割合", "%", 12, 48),
    ("苦情・要望の件数", "件", 3, 70),
)


def about(m: Manner, project: str, section: str) -> Table:
    """The head of the sheet: names, dates and laws, none of them a fact."""
    rng = m.rng
    rows: list[Row] = [
        (head("事務事業名"), Cell(project, across=3), head("事業番号"), Cell(f"{rng.randint(1, 9)}-{rng.randint(1, 9)}-{rng.randint(1, 30)}")),
        (head("担当部課"), Cell(section), head("事業期間"), Cell(f"平成{rng.randint(16, 30)}年度～"), head("電話"), Cell(f"内線{rng.randint(200, 899)}")),
        (head("施　策"), Cell(rng.choice(GOALS), across=3), head("根拠法令"), Cell("地方自治法")),
        (head("目的・対象"), Cell("市内に住所を有する65歳以上の市民及びその家族。" + rng.choice(SENTENCES), across=5)),
    ]
    return Table((1.7, 2.6, 1.5, 2.2, 1.5, 1.8), tuple(rows))


def indicator_grid(m: Manner, years: list[int]) -> Table:
    """活動指標 and 成果指標, each with rows 目標 and 実績 (and 達成率) across the years; the last year has only a target."""
    rated = m.rng.random() < 0.6
    rows: list[Row] = [(head("区分"), head("指標名"), head("単位"), head(""), *(head(m.year(year)) for year in years))]
    for kind, choice in (("活動指標", ACTIVITY), ("成果指標", OUTCOME)):
        lines = 3 if rated else 2
        for i, (name, unit, low, high) in enumerate(m.rng.sample(choice, 2)):
            one = Measure(name, unit, low, high, 1 if unit == "%" else 0)
            goals = m.series(one, len(years))
            results = m.results(one, goals[:-1])
            rates = [rate_of(a, b) for a, b in zip(results, goals, strict=False)]
            first = [Cell(kind, down=lines * 2, upright=True)] if i == 0 else []
            planned = [m.cell("target", name, v, unit, y) for v, y in zip(goals, years, strict=True)]
            found = [m.cell("actual", name, v, unit, y, rate=r if rated else "") for v, y, r in zip(results, years, rates, strict=False)]
            rows.append((*first, Cell(name, down=lines), Cell(m.unit(unit), down=lines, align="center"), Cell("目標", align="center"), *planned))
            rows.append((Cell("実績", align="center"), *found, m.empty()))
            if rated:
                rows.append((Cell("達成率", align="center"), *(Cell(f"{rate}{m.percent}", align="right") for rate in rates), m.empty()))
    return Table((0.9, 3.6, 1.1, 1.3, *([1.7] * len(years))), tuple(rows))


def amounts(m: Manner) -> list[int]:
    """国, 県, 債, その他, 一般財源 in thousands of yen; some are 0."""
    return [m.rng.choice((0, m.rng.randint(100, 9000))) for _ in SOURCES] + [m.rng.randint(300, 28000)]


def cost_columns(m: Manner, years: list[int], both: bool) -> list[tuple[int, str]]:
    """(year, 予算 or 決算) of each column: both for every year, or settled years and then the current year's budget."""
    if both:
        return [(year, word) for year in years for word in ("予算", "決算")]
    return [(year, "予算" if year == years[-1] else "決算") for year in years]


def cost_grid(m: Manner, project: str, years: list[int], both: bool, unit: bool) -> Table:
    """事業費 with its 財源内訳, 人件費 and a total; a unit column or only the grid's title says 千円."""
    columns = cost_columns(m, years, both)
    money = [amounts(m) for _ in columns]
    staff = [m.rng.randint(800, 9000) for _ in columns]
    lead = 3 if unit else 2
    if both:
        top: list[Row] = [(head("区　分", 2, lead), *(head(m.year(year), across=2) for year in years)), tuple(head(f"{word}額") for _, word in columns)]
    else:
        top = [(head("区　分", across=lead), *(head(f"{m.year(year)}\n{word}") for year, word in columns))]

    def line(label: str, values: list[int], across: int, first: tuple[Cell, ...] = ()) -> Row:
        cells = [m.cell("cost", project, str(value), "千円", year, component=label) for value, (year, _) in zip(values, columns, strict=True)]
        return (*first, Cell(label, across=across), *([Cell("千円", align="center")] if unit else []), *cells)

    sums = [sum(one) for one in money]
    rows = [line("直接事業費", sums, 2)]
    for i, source in enumerate((*SOURCES, "一般財源")):
        rows.append(line(source, [one[i] for one in money], 1, (Cell("財源内訳", down=5, upright=True),) if i == 0 else ()))
    rows += [line("人件費", staff, 2), line("総事業費", [a + b for a, b in zip(sums, staff, strict=True)], 2)]
    return Table((0.9, 2.4, *([1.0] if unit else []), *([1.7] * len(columns))), (*top, *rows), heads=len(top))


def verdict(m: Manner) -> Table:
    """The grades of the project, no facts."""
    rows: list[Row] = [tuple(head(word) for word in ("必要性", "有効性", "効率性", "総合評価", "今後の方向性"))]
    rows.append(
        (*tuple(Cell(m.rng.choice("ABC"), align="center") for _ in range(4)), Cell(m.rng.choice(("拡充", "現状維持", "見直し", "縮小")), align="center"))
    )
    return Table((1, 1, 1, 1, 2), tuple(rows))


def evaluation_sheet(m: Manner) -> Book:
    """事務事業評価: one project a page, a page of many grids; indicators above, beside or below the costs."""
    year, title = m.rng.choice((2021, 2022, 2023)), "事務事業評価シート"
    both, unit, beside, body = m.rng.random() < 0.5, m.rng.random() < 0.3, m.rng.random() < 0.4, []
    for project in m.rng.sample(PROJECTS, 3):
        years = [year - 1, year, year + 1] if beside or both else [year - 2, year - 1, year, year + 1]
        note = Words("【事業費の推移】（単位：千円）" if not unit else "【事業費の推移】", bold=True)
        cost = (note, cost_grid(m, project, years[-2:] if both and beside else years, both, unit))
        indicators = (Words("【指標】", bold=True), indicator_grid(m, years))
        grids: tuple[Block, ...] = (
            (Beside((indicators, cost), (1.15, 1.0)),) if beside else (*cost, *indicators) if m.rng.random() < 0.5 else (*indicators, *cost)
        )
        lines: list[Block] = [
            Words(f"{m.year(year + 1, 'reiwa')} {title}（{m.year(year, 'reiwa')}実施事業）", size=1.3, bold=True, align="center"),
            about(m, project, m.rng.choice(SECTIONS)),
        ]
        tail = (Words("【評価】", bold=True), verdict(m), Words("課題・改善点：" + "".join(m.rng.sample(SENTENCES, 2)), framed=True))
        body.append(Page((*lines, *grids, *tail), landscape=beside))
    book = bind(m, "evaluation_sheet", title, body, (year, year + 1))
    return replace(book, look=replace(book.look, size=min(book.look.size, 9.0), margin=42))


def reform_table(m: Manner, goals: list[str], years: list[int], section: str) -> Table:
    """取組項目 with 目標 and 実績 of the effect in thousands of yen, by year, with a totals row."""
    one = Measure("効果額", "千円", 800, 42000)
    rows: list[Row] = [
        (head("No.", 2), head("取組項目", 2), *(head(m.year(year), across=2) for year in years), head("所管課", 2)),
        tuple(head(word) for _ in years for word in ("目標", "実績")),
    ]  # fmt: skip
    sums = [0] * (2 * len(years))
    for number, name in enumerate(goals, 1):
        values = [m.series(one, 1)[0] for _ in sums]
        sums = [a + int(b) for a, b in zip(sums, values, strict=True)]
        cells = [m.cell("target" if i % 2 == 0 else "actual", name, v, "千円", years[i // 2], section=section) for i, v in enumerate(values)]
        rows.append((Cell(str(number), align="center"), Cell(name), *cells, Cell(m.rng.choice(SECTIONS))))
    total = [m.cell("target" if i % 2 == 0 else "actual", "合計", str(v), "千円", years[i // 2], section=section) for i, v in enumerate(sums)]
    rows.append((Cell("合　計", across=2, align="center"), *total, Cell("")))
    return Table((0.8, 4, *([1.6] * len(sums)), 2.2), tuple(rows), heads=2)


def reform(m: Manner) -> Book:
    """行政改革: effects in money, planned against reached, with a totals row; the unit stands above the table."""
    first, title = m.rng.choice((2021, 2022)), "行政改革大綱実施計画 取組実績"
    items = (
        "未利用財産の売却",
        "ネーミングライツの導入",
        "公共施設の統廃合",
        "使用料・手数料の見直し",
        "LED照明への更新",
        "補助金の適正化",
        "ふるさと納税の推進",
        "広告収入の確保",
        "時間外勤務の縮減",
        "電力調達の見直し",
        "印刷物の電子化",
        "指定管理者制度の活用",
    )
    picked, years, body = m.rng.sample(items, 10), [first, first + 1, first + 2], []
    for number in range(2):
        section = f"{number + 1}　{('歳入の確保', '歳出の削減')[number]}"
        note = Words(m.rng.choice(("（単位：千円）", "単位：千円", "［単位　千円］")), align="right", size=0.9, after=0.2)
        caption = Words(f"○ 効果額の目標と実績（{m.year(first, 'reiwa')}～{m.year(first + 2, 'reiwa')}）")
        body.append(
            Page(
                (heading(section), Words("　" + m.rng.choice(SENTENCES)), caption, note, reform_table(m, picked[5 * number : 5 * number + 5], years, section)),
                landscape=True,
            )
        )
    return bind(m, "reform", title, body, (first, first + 4))


def project_table(m: Manner, projects: list[str], years: list[int], section: str) -> Table:
    """事業名, 事業概要, planned 事業費 by year and their sum over the plan."""
    word = m.rng.choice(("事業費（千円）", "計画事業費（千円）", "年次計画（千円）"))
    rows: list[Row] = [
        (head("事業名", 2), head("事業概要", 2), head("担当課", 2), head(word, across=len(years) + 1)),
        (*(head(m.year(year)) for year in years), head("計")),
    ]
    for project in projects:
        values = [m.rng.randint(200, 96000) for _ in years]
        cells = [m.cell("cost", project, str(v), "千円", y, section=section) for v, y in zip(values, years, strict=True)]
        whole = m.cell("cost", project, str(sum(values)), "千円", None, section=section, note="optional: sum over the years of the plan")
        rows.append((Cell(project), Cell(m.rng.choice(SENTENCES)), Cell(m.rng.choice(SECTIONS)), *cells, whole))
    return Table((3, 4.4, 2, *([1.7] * (len(years) + 1))), tuple(rows), heads=2)


def implementation(m: Manner) -> Book:
    """実施計画: planned costs by project and year."""
    first, title, body = m.rng.choice((2023, 2024, 2025)), "総合計画 実施計画", []
    picked = m.rng.sample(PROJECTS, 10)
    for number in range(2):
        section = f"基本目標{number + 1}　{m.rng.choice(GOALS)}"
        table = project_table(m, picked[5 * number : 5 * number + 5], [first, first + 1, first + 2], section)
        body.append(Page((heading(section), Words(spaced("主要事業")), table), landscape=True))
    body.insert(0, Page(tuple(decoys.preface(m, title, first))))
    return bind(m, "implementation", title, body, (first, first + 2))
