"""Pages and sentences that every plan has and that state no fact: title, contents, preface, members, schedule, rules, contact."""

from __future__ import annotations

from tests.generated.manner import Manner, head, heading
from tests.generated.model import Cell, Page, Table, Words
from tests.generated.words import SECTIONS, SENTENCES

KANJI = "一二三四五六七八九十"
CHAPTERS = ("計画の策定に当たって", "現状と課題", "計画の基本的な考え方", "施策の展開", "数値目標と進捗管理", "計画の推進体制", "資料編")
POSTS = ("学識経験者", "自治会連合会", "商工会議所", "社会福祉協議会", "PTA連合会", "農業協同組合", "公募委員", "金融機関", "医師会", "市立小中学校長会")


def cover(m: Manner, title: str, first: int, last: int) -> Page:
    """The title page: title, years of the plan, month, city."""
    rng = m.rng
    span = f"【計画期間：{m.year(first, 'reiwa')}～{m.year(last, 'reiwa')}】"
    lines = [Words("\n\n\n\n"), Words(title, size=2.2, bold=True, align="center", after=1.5)]
    if rng.random() < 0.7:
        lines.append(Words(span, size=1.2, align="center", after=14))
    lines += [Words("\n\n\n"), Words(f"令和{first - 2018}年{rng.randint(1, 12)}月", size=1.3, align="center"), Words(m.city, size=1.5, align="center")]
    return Page(tuple(lines), bare=True)


def contents(m: Manner) -> Page:
    """A table of contents with dotted leaders and page numbers."""
    rng, page, lines = m.rng, 1, [heading("目　次", 1.5)]
    for chapter, name in enumerate(rng.sample(CHAPTERS, 5), 1):
        lines.append(Words(f"第{chapter}章　{name}{'…' * rng.randint(14, 22)}{page}", after=0.3))
        for part in range(1, rng.randint(2, 4)):
            lines.append(Words(f"{part}　{rng.choice(CHAPTERS)}について{'・' * rng.randint(12, 20)}{page}", indent=2, after=0.2))
            page += rng.randint(1, 4)
        page += 1
    return Page(tuple(lines))


def preface(m: Manner, title: str, year: int) -> list[Words]:
    """A paragraph with dates, laws, ages and an edition's number."""
    rng = m.rng
    law = rng.choice(
        (
            "まち・ひと・しごと創生法（平成26年法律第136号）第10条",
            "老人福祉法（昭和38年法律第133号）第20条の8",
            "地方自治法（昭和22年法律第67号）",
            "環境基本法（平成5年法律第91号）第7条",
        )
    )
    return [
        heading(f"{rng.randint(1, 4)}　計画の位置付け"),
        Words(f"　{title}は、{law}の趣旨を踏まえ、{m.day(year - 1, 3, 24)}に策定した計画を引き継ぐものです。{rng.choice(SENTENCES)}{rng.choice(SENTENCES)}"),
        Words(f"　計画の対象には、18歳未満の子どもから65歳以上の高齢者までを含みます（第{rng.randint(2, 5)}章参照）。{rng.choice(SENTENCES)}", after=0.9),
    ]


def members(m: Manner) -> Page:
    """The list of the members of a council, by number and body, without names of persons."""
    rows: list[tuple[Cell, ...]] = [(head("番号"), head("区分"), head("所属団体等"), head("備考"))]
    for number, post in enumerate(m.rng.sample(POSTS, 8), 1):
        rows.append((Cell(str(number), align="center"), Cell(post), Cell(f"{m.city}{post}"), Cell("会長" if number == 1 else "")))
    when = f"任期：{m.day(2024, 4, 1)}から{m.day(2026, 3, 31)}まで"
    return Page((heading("資料1　策定委員会 委員名簿"), Words(when, align="right"), Table((1, 3, 6, 2), tuple(rows), rules="all"), *schedule(m)))


def schedule(m: Manner) -> list[Words | Table]:
    """The course of the meetings, with dates."""
    rng, rows = m.rng, [(head("開催日"), head("会議"), head("主な議題"))]
    for number in range(1, rng.randint(4, 6)):
        day = m.day(2024, 2 + 2 * number, rng.randint(1, 28))
        rows.append(
            (
                Cell(day),
                Cell(f"第{number}回 策定委員会"),
                Cell(rng.choice(("骨子案について", "素案について", "指標の検証について", "パブリックコメントの結果について"))),
            )
        )
    return [heading("資料2　策定の経過"), Table((3, 3, 6), tuple(rows), rules="all")]


def rules_and_contact(m: Manner) -> Page:
    """Articles of a council's rules and the imprint with address and telephone."""
    rng = m.rng
    articles = [
        "（設置）\n第1条　計画の策定及び推進に関し必要な事項を協議するため、策定委員会を置く。",
        f"（組織）\n第2条　委員会は、委員{rng.randint(10, 20)}人以内で組織する。",
        "2　委員の任期は2年とし、再任を妨げない。",
        "（会議）\n第3条　会議は、委員の過半数が出席しなければ開くことができない。",
        f"附　則\nこの要綱は、{m.day(rng.randint(2019, 2024), 4, 1)}から施行する。",
    ]
    call = f"電話　0{rng.randint(10, 99)}-{rng.randint(200, 999)}-{rng.randint(1000, 9999)}（内線{rng.randint(200, 899)}）"
    place = f"〒{rng.randint(10, 99)}0-{rng.randint(1, 9999):04d}　{m.city}本町{rng.randint(1, 5)}丁目{rng.randint(1, 30)}番{rng.randint(1, 20)}号"
    imprint = f"{m.city} {rng.choice(SECTIONS)}\n{place}\n{call}"
    return Page((heading("資料3　策定委員会設置要綱"), *(Words(text, after=0.6) for text in articles), Words("\n\n"), Words(imprint, framed=True)))


def front(m: Manner, title: str, first: int, last: int) -> list[Page]:
    """A cover and, mostly, a table of contents."""
    return [cover(m, title, first, last), *([contents(m)] if m.rng.random() < 0.7 else [])]


def back(m: Manner) -> list[Page]:
    """One or two pages of matter after the plan."""
    pages = [members(m), rules_and_contact(m)]
    return pages if m.rng.random() < 0.4 else [m.rng.choice(pages)]


def formula(m: Manner) -> Words:
    """The notes under an indicator table: how progress is computed, what the grades mean."""
    notes = (
        "※進捗率＝（実績値－基準値）÷（目標値－基準値）×100",
        "※評価区分　A：達成率100％以上　B：80％以上100％未満　C：60％以上80％未満　D：60％未満",
        "※「－」は、調査を実施していない年度を示します。",
        "注1）統計の公表時期により、数値が確定していないものがあります。",
    )
    own = [f"{m.notes}　国の統計調査の結果による。"] if m.notes else []
    return Words("\n".join([*own, *m.rng.sample(notes, 2)]), size=0.85)


def thresholds(m: Manner) -> Table:
    """What the grades stand for: rates that nobody reached or aims for."""
    rows: list[tuple[Cell, ...]] = [(head("評価"), head("達成率"), head("説明"))]
    bounds = ("100％以上", "80％以上100％未満", "60％以上80％未満", "60％未満")
    texts = ("目標を上回った", "おおむね順調", "やや遅れている", "遅れている")
    for grade, bound, text in zip("ABCD", bounds, texts, strict=True):
        rows.append((Cell(grade, align="center"), Cell(bound), Cell(text)))
    return Table((1, 3, 4), tuple(rows), share=0.6)


def roadmap(m: Manner, first: int) -> Table:
    """What is done when: years across, deeds and arrows under them."""
    rows: list[tuple[Cell, ...]] = [(head("取組"), *(head(m.year(first + i)) for i in range(4)))]
    for deed in m.rng.sample(("施設の再編", "窓口の電子化", "条例の見直し", "職員研修の体系化", "広報紙の刷新"), 3):
        steps = m.rng.choice(
            (("検討", "設計", "実施", "→"), ("調査", "実施", "→", "→"), ("実施（年2回）", "→", "→", "検証"), ("第1期工事", "第2期工事", "供用開始", "→"))
        )
        rows.append((Cell(deed), *(Cell(step, align="center") for step in steps)))
    return Table((3, *([2.0] * 4)), tuple(rows))


def contacts(m: Manner) -> Table:
    """Offices with address, telephone and extension."""
    rng = m.rng
    rows: list[tuple[Cell, ...]] = [(head("窓口"), head("所在地"), head("電話番号"), head("受付時間"))]
    for section in rng.sample(SECTIONS, 3):
        call = f"0{rng.randint(10, 99)}-{rng.randint(200, 999)}-{rng.randint(1000, 9999)}"
        rows.append((Cell(section), Cell(f"本町{rng.randint(1, 5)}丁目{rng.randint(1, 30)}番{rng.randint(1, 20)}号"), Cell(call), Cell("8:30～17:15")))
    return Table((2.4, 3.4, 2.6, 2.2), tuple(rows))


def asked(m: Manner) -> Words:
    """Who was asked how: ages, days and the size of a sample that no indicator counts."""
    rng = m.rng
    days = f"{m.day(2023, 7, rng.randint(1, 14))}から{m.day(2023, 8, rng.randint(10, 28))}まで"
    return Words(
        f"※調査の方法　18歳以上の市民から無作為に抽出、郵送により実施（{days}）。設問は第{rng.randint(1, 3)}問から第{rng.randint(20, 40)}問まで。", size=0.85
    )
