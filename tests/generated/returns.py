"""Statistical returns: months across and down, half years, this year against the last, tables folded in two, a header below its figures."""

from __future__ import annotations

from tests.generated.manner import Manner, head, heading
from tests.generated.model import Block, Book, Cell, Page, Table, Words
from tests.generated.plans import Row, bind
from tests.generated.words import DISTRICTS, SENTENCES, Measure

PLACES = (
    Measure("図書館の来館者数", "人", 900, 9800),
    Measure("体育館の利用者数", "人", 700, 8200),
    Measure("公民館の利用件数", "件", 40, 620),
    Measure("窓口の相談件数", "件", 25, 480),
    Measure("ごみの搬入量", "t", 120, 1900, 1),
    Measure("証明書の交付件数", "件", 300, 5200),
)
APRIL = 4


def months(year: int) -> list[tuple[int, str]]:
    """(month, period) of a fiscal year, April first."""
    return [(month, f"{year if month >= APRIL else year + 1}-{month:02d}") for month in (*range(4, 13), 1, 2, 3)]


def across_table(m: Manner, chosen: list[Measure], year: int, section: str) -> Table:
    """Months across, their sum at the right; the heading alone gives the year."""
    rows: list[Row] = [(head("区分"), head("単位"), *(head(f"{month}月") for month, _ in months(year)), head("計"))]
    for one in chosen:
        values = [m.plain(m.rng.uniform(one.low, one.high), one) for _ in months(year)]
        cells = [m.cell("actual", one.name, v, one.unit, year, period=p, section=section) for v, (_, p) in zip(values, months(year), strict=True)]
        whole = m.cell("actual", one.name, m.plain(sum(map(float, values)), one), one.unit, year, section=section)
        rows.append((Cell(one.name), Cell(one.unit, align="center"), *cells, whole))
    return Table((3.2, 1.1, *([1.5] * 12), 1.8), tuple(rows), size=0.78)


def down_table(m: Manner, one: Measure, years: list[int]) -> Table:
    """Months down, fiscal years across; the table's title names what is counted."""
    rows: list[Row] = [(head("月"), *(head(m.year(year)) for year in years))]
    for at in range(12):
        whens = [(year, *months(year)[at]) for year in years]
        values = [m.plain(m.rng.uniform(one.low, one.high), one) for _ in years]
        cells = [m.cell("actual", one.name, v, one.unit, year, period=p) for v, (year, _, p) in zip(values, whens, strict=True)]
        rows.append((Cell(f"{whens[0][1]}月", align="center"), *cells))
    return Table((1.4, *([2.0] * len(years))), tuple(rows), share=0.7)


def half_table(m: Manner, chosen: list[Measure], years: list[int]) -> Table:
    """Half years and their sum under each year."""
    halves = ("上半期", "下半期", "計")
    rows: list[Row] = [(head("区分", 2), *(head(m.year_in(year), across=3) for year in years)), tuple(head(half) for _ in years for half in halves)]
    for one in chosen:
        cells = []
        for year in years:
            values = [m.plain(m.rng.uniform(one.low, one.high), one) for _ in range(2)]
            values.append(m.plain(sum(map(float, values)), one))
            cells += [m.cell("actual", one.name, v, one.unit, year, component=half) for v, half in zip(values, halves, strict=True)]
        rows.append((Cell(f"{one.name}（{one.unit}）"), *cells))
    return Table((4, *([1.6] * 3 * len(years))), tuple(rows), heads=2)


def monthly(m: Manner) -> Book:
    """業務年報: months across with the year in the heading, months down with years across, half years under years."""
    year, title = m.rng.choice((2021, 2022, 2023)), "公共施設 業務年報"
    chosen = m.rng.sample(PLACES, 5)
    section = m.rng.choice((f"1　{m.year(year, 'reiwa')}の利用状況", f"1　{m.year(year, 'reiwa')} 月別利用実績"))
    first: list[Block] = [heading(section), Words("　" + m.rng.choice(SENTENCES)), across_table(m, chosen[:4], year, section)]
    two = [year - 2, year - 1, year]
    second: list[Block] = [heading("2　年度別の推移"), Words(f"表2　月別{chosen[4].name}の推移（単位：{chosen[4].unit}）"), down_table(m, chosen[4], two)]
    second += [Words("表3　半期別の実績"), half_table(m, chosen[:3], two[1:])]
    return bind(m, "monthly", title, [Page(tuple(first), landscape=True), Page(tuple(second))], (year + 1, year + 1))


def change_table(m: Manner, chosen: list[Measure], year: int, section: str) -> Table:
    """This year beside the last, their difference and ratio, which are no facts."""
    form = m.rng.choice((("", "", "増減", "増減率"), ("\n(A)", "\n(B)", "増減\n(A)-(B)", "前年度比\n(A)/(B)"), ("", "", "前年度増減", "対前年度比")))
    rows: list[Row] = [
        (head("項目"), head("単位"), head(m.year(year) + form[0]), head(m.year(year - 1) + form[1]), head(form[2]), head(form[3])),
    ]
    for one in chosen:
        last, now = m.series(one, 2)
        cells = [m.cell("actual", one.name, v, one.unit, when, section=section) for v, when in ((now, year), (last, year - 1))]
        moved, ratio = m.plain(float(now) - float(last), one), f"{float(now) / float(last) * 100:.1f}{m.percent}"
        change = Cell(m.number(moved) if float(moved) else "0", align="right")
        rows.append((Cell(one.name), Cell(m.unit(one.unit), align="center"), *cells, change, Cell(ratio, align="right")))
    return Table((4.4, 1.2, 2, 2, 1.8, 1.8), tuple(rows))


def year_on_year(m: Manner) -> Book:
    """主要施策の成果: this year against the last, differences and ratios beside them."""
    year, title, body = m.rng.choice((2022, 2023, 2024)), "主要施策の成果報告書", []
    for page in range(1, 3):
        field, chosen = m.pick(6)
        section = f"{page}　{field}"
        table = change_table(m, [one for one in chosen if one.unit], year, section)
        body.append(Page((heading(section), Words("　" + m.rng.choice(SENTENCES)), Words(f"表{page}　主な実績の前年度との比較"), table)))
    return bind(m, "year_on_year", title, body, (year + 1, year + 1))


def folded_table(m: Manner, one: Measure, year: int) -> Table:
    """A long list in two halves side by side in one table, each with its own header."""
    areas = m.rng.sample(DISTRICTS, 12)
    cells = [m.cell("actual", one.name, m.plain(m.rng.uniform(one.low, one.high), one), one.unit, year, area=area) for area in areas]
    rows: list[Row] = [(head("地区"), head(one.name), head("地区"), head(one.name))]
    rows += [(Cell(areas[i]), cells[i], Cell(areas[i + 6]), cells[i + 6]) for i in range(6)]
    return Table((2.4, 2.2, 2.4, 2.2), tuple(rows), share=0.85)


def below_table(m: Manner, chosen: list[Measure], years: list[int]) -> Table:
    """Indicators down and their years printed below the figures, as charts with a table under them do."""
    rows: list[Row] = []
    for one in chosen:
        values = m.series(one, len(years))
        cells = [m.cell("actual", one.name, v, one.unit, year) for v, year in zip(values, years, strict=True)]
        rows.append((Cell(f"{one.name}（{m.unit(one.unit)}）"), *cells))
    rows.append((Cell(""), *(head(m.year_in(year)) for year in years)))
    return Table((4, *([1.8] * len(years))), tuple(rows), heads=0, rules="all")


def folded(m: Manner) -> Book:
    """統計資料: a list folded in two beside its own header, and a table with its years below the figures."""
    year, title = m.rng.choice((2021, 2022, 2023)), "市勢要覧 資料編"
    one = m.rng.choice(PLACES[:4])
    caption = f"表1　地区別{one.name}（{m.year(year, 'reiwa')}実績、単位：{one.unit}）"
    chosen = m.rng.sample([other for other in PLACES if other is not one], 3)
    blocks: list[Block] = [heading("1　地区の概況"), Words("　" + m.rng.choice(SENTENCES)), Words(caption), folded_table(m, one, year)]
    blocks += [heading("2　施設の利用"), Words("図2　利用実績の推移"), below_table(m, chosen, [year - 3, year - 2, year - 1, year])]
    return bind(m, "folded", title, [Page(tuple(blocks))], (year + 1, year + 1))
