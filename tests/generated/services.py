"""Welfare and child-care plans: amounts expected and provided, by service and year."""

from __future__ import annotations

from tests.generated.manner import Manner, head, heading
from tests.generated.model import Block, Book, Cell, Page, Table, Words
from tests.generated.plans import Row, bind
from tests.generated.words import SENTENCES, Measure

# Service, then its measures as (word, unit, low, high).
CARE = (
    ("訪問介護", (("回数", "回/月", 900, 21000), ("利用者数", "人/月", 60, 980))),
    ("訪問看護", (("回数", "回/月", 300, 6200), ("利用者数", "人/月", 40, 640))),
    ("通所介護", (("回数", "回/月", 1400, 18000), ("利用者数", "人/月", 130, 1500))),
    ("通所リハビリテーション", (("回数", "回/月", 600, 7800), ("利用者数", "人/月", 70, 900))),
    ("短期入所生活介護", (("日数", "日/月", 250, 4400), ("利用者数", "人/月", 30, 420))),
    ("福祉用具貸与", (("利用者数", "人/月", 200, 2800),)),
    ("認知症対応型共同生活介護", (("利用者数", "人/月", 18, 260),)),
    ("介護老人福祉施設", (("利用者数", "人/月", 60, 720),)),
    ("居宅介護支援", (("利用者数", "人/月", 280, 3900),)),
)
SUPPORT = (
    ("居宅介護", (("利用者数", "人/月", 12, 240), ("利用時間", "時間/月", 160, 4200))),
    ("生活介護", (("利用者数", "人/月", 25, 410), ("延べ日数", "人日/月", 480, 8200))),
    ("就労移行支援", (("利用者数", "人/月", 4, 70), ("延べ日数", "人日/月", 60, 1300))),
    ("就労継続支援（Ｂ型）", (("利用者数", "人/月", 40, 620), ("延べ日数", "人日/月", 700, 11000))),
    ("共同生活援助", (("利用者数", "人/月", 15, 310),)),
    ("放課後等デイサービス", (("利用児童数", "人/月", 20, 520), ("延べ日数", "人日/月", 210, 7100))),
    ("計画相談支援", (("利用者数", "人/月", 10, 230),)),
    ("移動支援事業", (("実利用者数", "人/年", 12, 180), ("延べ利用時間", "時間/年", 600, 14000))),
    ("手話通訳者派遣事業", (("派遣件数", "件/年", 20, 340),)),
)
CHILD = (
    ("延長保育事業", "人", 40, 900),
    ("一時預かり事業（幼稚園型）", "人日", 1200, 26000),
    ("病児・病後児保育事業", "人日", 90, 2100),
    ("ファミリー・サポート・センター事業", "人日", 130, 3400),
    ("地域子育て支援拠点事業", "人回", 2400, 52000),
    ("乳児家庭全戸訪問事業", "人", 80, 2600),
    ("養育支援訪問事業", "人", 5, 140),
    ("妊婦健康診査", "人回", 700, 21000),
    ("利用者支援事業", "か所", 1, 6),
    ("子育て短期支援事業（ショートステイ）", "人日", 14, 260),
)
Service = tuple[str, tuple[tuple[str, str, int, int], ...]]


def measure_of(word: str, unit: str, low: int, high: int) -> Measure:
    return Measure(word, unit, low, high)


def care_table(m: Manner, services: list[Service], start: int) -> Table:
    """Services and measures down; 実績 of the last period and 見込量 of the next across, the current year as an estimate."""
    past, coming = [start - 3, start - 2, start - 1], [start, start + 1, start + 2]
    term = start // 3 - 666
    guess = m.rng.random() < 0.5
    words = m.rng.choice(("見込量", "計画値", "推計値（見込量）"))
    top: list[Row] = [
        (head("サービス種別", 2, 2), head("単位", 2), head(f"第{term}期 実績値", across=3), head(f"第{term + 1}期 {words}", across=3)),
        (*(head(m.year(y) + ("\n（見込み）" if guess and y == start - 1 else "")) for y in past), *(head(m.year(y)) for y in coming)),
    ]
    for service, measures in services:
        for i, (word, unit, low, high) in enumerate(measures):
            one = measure_of(word, unit, low, high)
            values = m.series(one, 6)
            cells = [
                m.cell("actual", service, v, unit, y, component=word, note="optional: estimate" if guess and y == start - 1 else "")
                for v, y in zip(values, past, strict=False)
            ]
            cells += [m.cell("target", service, v, unit, y, component=word) for v, y in zip(values[3:], coming, strict=True)]
            top.append((*([Cell(service, down=len(measures))] if i == 0 else []), Cell(word), Cell(unit, align="center"), *cells))
    return Table((3.6, 2, 1.5, *([1.5] * 6)), tuple(top), heads=2)


def support_table(m: Manner, service: Service, years: list[int], bracket: bool) -> Table:
    """One service: rows 計画値 and 実績値 for each measure, the current year without result."""
    name, measures = service
    rows: list[Row] = [(head("", across=2), *(head(m.year(year)) for year in years))]
    for word, unit, low, high in measures:
        one = measure_of(word, unit, low, high)
        plans = m.series(one, len(years))
        results = m.results(one, plans[:-1])
        shown = f"{word}（{unit}）" if bracket else f"{word}\n（{unit}）"
        planned = [m.cell("target", name, v, unit, y, component=word) for v, y in zip(plans, years, strict=True)]
        found = [m.cell("actual", name, v, unit, y, component=word) for v, y in zip(results, years, strict=False)]
        rows += [(Cell(shown, down=2), Cell("計画値", align="center"), *planned), (Cell("実績値", align="center"), *found, m.empty())]
    return Table((2.4, 1.4, *([1.6] * len(years))), tuple(rows), share=0.95)


def welfare(m: Manner) -> Book:
    """介護・障害福祉計画: a wide table of services, then one small table a service under its own heading."""
    start, title = m.rng.choice((2021, 2024)), "高齢者保健福祉計画・障害福祉計画"
    years, body = [start, start + 1, start + 2], []
    table = care_table(m, m.rng.sample(CARE, 6), start)
    body.append(
        Page((heading("第1節　介護サービスの見込量"), Words("　" + "".join(m.rng.sample(SENTENCES, 2))), Words("表　居宅サービスの実績と見込量"), table))
    )
    blocks: list[Block] = [heading("第2節　障害福祉サービスの実施状況")]
    for number, service in enumerate(m.rng.sample(SUPPORT, 4), 1):
        blocks += [Words(f"（{number}）{service[0]}", bold=True), support_table(m, service, years, m.rng.random() < 0.5)]
    body.append(Page(tuple(blocks)))
    return bind(m, "welfare", title, body, (start, start + 2))


def child_table(m: Manner, name: str, unit: str, low: int, high: int, years: list[int], section: str) -> Table:
    """One service: 量の見込み, 確保方策 and the places that provide it, years across; 過不足 is derived."""
    one = Measure(name, unit, low, high)
    needed = m.series(one, len(years))
    offered = m.results(one, needed)
    places = [str(m.rng.randint(2, 14))] * len(years)
    top = (head("区分"), *(head(m.year(year)) for year in years))
    labels = m.rng.choice((("量の見込み", "確保方策"), ("①量の見込み", "②確保方策"), ("量の見込み（A）", "確保の内容（B）")))
    rows: list[Row] = [top]
    for label, values in zip(labels, (needed, offered), strict=True):
        cells = [m.cell("target", name, v, unit, y, component=label.strip("①②（AB）"), section=section) for v, y in zip(values, years, strict=True)]
        rows.append((Cell(f"{label}\n（{unit}）" if len(label) < 6 else f"{label} {unit}"), *cells))
    gaps = [str(int(b) - int(a)) for a, b in zip(needed, offered, strict=True)]
    rows.append((Cell(m.rng.choice(("過不足（②－①）", "差引（B）－（A）"))), *(Cell(m.number(gap)) for gap in gaps)))
    if unit != "か所" and m.rng.random() < 0.6:
        rows.append(
            (
                Cell("実施か所数（か所）"),
                *(m.cell("target", name, v, "か所", y, component="実施か所数", section=section) for v, y in zip(places, years, strict=True)),
            )
        )
    return Table((2.6, *([1.6] * len(years))), tuple(rows))


def nursery_table(m: Manner, years: list[int]) -> Table:
    """教育・保育: the three classes of children side by side for each year, 量の見込み over 確保方策 of two kinds of places."""
    classes = ("1号認定", "2号認定", "3号認定\n（0歳）", "3号認定\n（1・2歳）")
    rows: list[Row] = [(head("年度"), head("区分", across=2), *(head(name) for name in classes))]
    for year in years:
        sizes = [m.rng.randint(60, 1800) for _ in classes]
        lines = []
        for label, factor in (("量の見込み", 1.0), ("特定教育・保育施設", 0.9), ("地域型保育事業", 0.15)):
            part = "量の見込み" if factor == 1.0 else f"確保方策 {label}"
            values = [str(int(size * factor * m.rng.uniform(0.95, 1.1))) for size in sizes]
            lines.append([m.cell("target", name.replace("\n", ""), v, "人", year, component=part) for name, v in zip(classes, values, strict=True)])
        rows += [
            (head(m.year(year), 3), Cell("量の見込み", across=2), *lines[0]),
            (Cell("確保方策", down=2), Cell("特定教育・保育施設"), *lines[1]), (Cell("地域型保育事業"), *lines[2]),
        ]  # fmt: skip
    return Table((1.7, 1.6, 2.8, *([1.6] * 4)), tuple(rows))


def childcare(m: Manner) -> Book:
    """子ども・子育て支援事業計画: a table by class of children, then small tables under numbered headings."""
    start, title = m.rng.choice((2020, 2025)), "子ども・子育て支援事業計画"
    years = list(range(start, start + 5))
    caption = Words("（単位：人）", align="right", size=0.9)
    first = Page((heading("1　教育・保育の量の見込みと確保方策"), Words("　" + m.rng.choice(SENTENCES)), caption, nursery_table(m, years[:3])))
    blocks: list[Block] = [heading("2　地域子ども・子育て支援事業の量の見込みと確保方策")]
    for number, (name, unit, low, high) in enumerate(m.rng.sample(CHILD, 4), 1):
        section = f"（{number}）{name}"
        blocks += [Words(section, bold=True), Words("　" + m.rng.choice(SENTENCES)), child_table(m, name, unit, low, high, years, section)]
    return bind(m, "childcare", title, [first, Page(tuple(blocks))], (start, start + 4))
