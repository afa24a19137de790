"""The one resolver: takes each attribute of a figure from the nearest label that has a hint of it, and keeps which words decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from extractors.context import Figure, Label, Relation
from extractors.dating import Decided, year_of
from extractors.labels import Role
from extractors.labels.hints import MONEY, VALUE_ROLES
from extractors.naming import PROSE, area_of, bound_of, component_of, name_of, section_of, unit_of, words
from extractors.normalise.characters import ARROWS, plain
from extractors.normalise.patterns import HAN, compiled, matcher
from extractors.normalise.tokens import Calendar, When
from extractors.normalise.units import kind_of
from extractors.normalise.years import resolve
from extractors.vocabulary import Fact, Kind

# The precedence of each attribute, nearest relation first. Within a relation, labels stand near to far.
ROLE_ORDER: Final = (
    *(Relation.BRACKET, Relation.CELL, Relation.AFTER, Relation.COLUMN, Relation.ROW),
    *(Relation.BAND, Relation.SENTENCE, Relation.NOTE, Relation.NEARBY, Relation.HEADING),
)
# Roles that say what a number is; the others (name, unit, year …) say what a cell is for.
SAYING: Final = VALUE_ROLES | {Role.RATE, Role.CHANGE, Role.REMARK, Role.NUMBER}
# Where a role must be said in so many words: 計画 or 現状 in a heading says nothing of the numbers below it.
STRONG: Final = (Relation.HEADING, Relation.SENTENCE, Relation.NOTE, Relation.BAND, Relation.NEARBY, Relation.AFTER)
AIMED: Final = re.compile(
    r"^\s*と(?:する|した|なる)(?:こと|よう)?(?:を|が|に)?(?:数値)?目(?:標|指)"
    r"|^\s*[」』]?\s*(?:を|が|の|は)\s*(?:数値)?目標|^\s*(?:を目指|をめざ|とする。)"
)
RESULTED: Final = re.compile(rf"^の[{HAN}]{{0,6}}実績")
CHANGED: Final = re.compile(
    r"^\s*[）)」]?\s*(?:の|も|だけ|ほど|程度)?\s*(?:大幅な|大幅に|の大幅な)?(?:上昇|増加|減少|低下|改善|悪化|増(?!設|員)|減(?!免)|UP|ＵＰ|アップ|ダウン|上回|下回(?!る施設)|縮小|拡大|伸び|の差)"
)
CHANGES: Final = re.compile(
    r"(?:前年|前月|前期|前回|現状数?値?|基準値|計画|対)(?:同月|同期|度|度同時期|同時期|度同期|値)?(?:と?比べ|より|比|対比|に比べ|差|との差|からの?)"
    r"|増減|前年同時期より|実績比|度比$|同$|対前年|対目標"
)
# Lengths of time in running text (開設から15年) are no statistic unless a word says so.
SPANS: Final = frozenset({"年", "年間", "か月", "か月間", "週", "週間", "日", "日間", "時間", "分", "秒"})
# A：達成率100％以上: what a grade stands for.
LEGEND: Final = re.compile(r"(?:^|\s)[A-ESＡ-ＥＳ◎○△×](?:\s|[:：…=＝・])")
# Who is meant, not how many there were: 人口5万人以上の市町村, 週20時間以上の者.
CONDITION: Final = re.compile(r"^\s*の(?:市町村|市|町|村|者|方|世帯|企業|事業所|事業者|団体|児童|生徒|場合|人|高齢者|住宅|建築物|施設に)")
PER: Final = re.compile(r"^\s*(?:あたり|当たり|当り|につき|おき|ごと|毎|でも)")
LEGAL: Final = re.compile(r"法定[^企業者]{0,6}$|基準を?$|要件|上限|下限|定員は?$")
# アンケート（N=7,061）: how many were asked.
SAMPLE: Final = re.compile(r"(?:^|[^A-Za-z])[nNｎＮ]$")
# A day or month of the year after the document's own is still past (a report on 令和5年度, printed in 令和6年度, with data of August).
AHEAD: Final = 1


class Verdict:
    """What became of a figure: a fact, a printed rate for the actual of its row, or the reason why it is neither. Never changed once it is made."""

    __slots__ = ("fact", "figure", "rate", "reason")

    def __init__(self, figure: Figure, fact: Fact | None = None, reason: str | None = None, rate: bool = False) -> None:
        self.figure, self.fact, self.reason, self.rate = figure, fact, reason, rate

    def stating(self, fact: Fact) -> Verdict:
        """The verdict with its fact completed."""
        return Verdict(self.figure, fact, self.reason, self.rate)


def judge(figure: Figure, calendar: Calendar, last_year: int | None) -> Verdict:
    """The meaning of one figure. `last_year` is the last fiscal year of which its document can report (None: unknown)."""
    decided = role_of(figure)
    role = decided.role
    reason = _no_fact(figure, role)
    if reason:
        return Verdict(figure, reason=reason)
    if role is Role.RATE:
        return Verdict(figure, rate=True)
    dated = year_of(figure, calendar, role)
    if role is Role.TARGET and _before_arrow(figure, decided, dated, calendar):
        role = Role.BASELINE
    if role is None and _led_to(figure, dated, calendar, last_year):
        role = Role.TARGET
    unit, unit_label = unit_of(figure)
    if figure.extractor == PROSE and unit is None and not _stands_without_unit(figure, role, decided, dated):
        return Verdict(figure, reason="no_unit")
    if role is Role.TARGET and _plans_money(figure, decided, unit):
        role = Role.COST
    if figure.extractor == PROSE and unit in SPANS and decided.label not in figure.all(Relation.CELL):
        return Verdict(figure, reason="duration")
    name = name_of(figure, role)
    if not name:
        return Verdict(figure, reason="unnamed")
    if role is None or _from_afar(figure, decided, dated):
        reason = _undecided(figure, dated, unit, last_year)
        if reason == "future" and any(x.hint.both for x in figure.all(Relation.NOTE, Relation.HEADING)):
            role, reason = Role.TARGET, None
        if reason:
            return Verdict(figure, reason=reason)
    fact = _fact(figure, role or Role.ACTUAL, decided, dated, unit, unit_label, name, calendar)
    return Verdict(figure, fact=fact)


def _stands_without_unit(figure: Figure, role: Role | None, decided: Decided, dated: Decided) -> bool:
    """Whether a number in prose needs no unit: its own words, its band or its list say the role, or an arrow ties it to the next."""
    said = figure.all(Relation.CELL, Relation.BAND) if role is Role.TARGET else figure.all(Relation.CELL)
    if decided.label in said or decided.label in _listing(figure):
        return True
    return (figure.first(Relation.ARROW) is not None or _earlier(figure)) and dated.label in figure.all(Relation.CELL)


def role_of(figure: Figure) -> Decided:
    """The role from the nearest label that says one; where that is a column's, the row's label may say another, and both decide."""
    found = _roles(figure)
    nearest = next(found, None)
    if nearest is None:
        return Decided()
    relation, label, role = nearest
    # Rows are asked right after columns: what comes first behind the column's labels is the row's, or the row says nothing.
    behind = next((one for one in found if one[0] is not Relation.COLUMN), None) if relation is Relation.COLUMN and Relation.ROW in figure.by else None
    if behind is not None and behind[0] is Relation.ROW and behind[2] is not role:
        role = _crossed(role, behind[2])
    return Decided(label, role)


def _roles(figure: Figure) -> Iterator[tuple[Relation, Label, Role]]:
    """The labels that say a role, from near to far."""
    for relation in [relation for relation in ROLE_ORDER if relation in figure.by]:
        for label in _headings(figure) if relation is Relation.HEADING else figure.by[relation]:
            role = _role_said(figure, relation, label)
            if role is not None and role in SAYING:
                yield relation, label, role


def _role_said(figure: Figure, relation: Relation, label: Label) -> Role | None:
    if relation is Relation.AFTER:
        return Role.TARGET if AIMED.match(label.text.string) else Role.ACTUAL if RESULTED.match(label.text.string) else None
    hint = label.hint
    role = hint.mentioned if relation in (Relation.HEADING, Relation.NOTE) else hint.strong if relation in STRONG else hint.role
    if role is Role.TARGET and relation in (Relation.BAND, Relation.HEADING) and not _listed(figure):
        return None
    if role is Role.RATE and relation not in (Relation.BRACKET, Relation.CELL, Relation.COLUMN, Relation.ROW):
        return None
    return Role.RATE if role is Role.RATING and figure.quantity.unit == "%" else role


def _headings(figure: Figure) -> tuple[Label, ...]:
    """The headings that may give a role: down to the nearest that has a role or a date, none where a table has a title of its own.

    `１ 目標値の設定` over `２ 平成22年の入込客数` says nothing of the numbers under the latter, nor does it of a table titled 来場者数.
    """
    if figure.extractor != PROSE and any(not x.hint.whole and x.hint.name for x in figure.all(Relation.NOTE)):
        return ()
    headings = figure.all(Relation.HEADING)
    last = next((at for at, x in enumerate(headings) if x.hint.mentioned or x.hint.when is not None), len(headings))
    return headings[: last + 1]


def _listed(figure: Figure) -> bool:
    """Whether a number ends its item, as numbers of a list of targets do; `３万円分の商品券` under such a list is none of them."""
    after = figure.first(Relation.AFTER)
    return after is None or not compiled(r"\s*[\p{L}]").match(after.text.string)


def _led_to(figure: Figure, dated: Decided, calendar: Calendar, last_year: int | None) -> bool:
    """Whether a dated number to which an arrow leads is where one goes: in a list headed 指標, or in a year that has not come."""
    if figure.first(Relation.ARROW) is None or dated.when is None:
        return False
    when = resolve(dated.when, calendar)
    if when.fiscal_year is None:
        return False
    listed = any(x.hint.whole and x.hint.role in (Role.NAME, Role.TARGET) for x in figure.all(Relation.BAND, Relation.HEADING))
    return listed or (last_year is not None and when.fiscal_year > last_year)


def _listing(figure: Figure) -> tuple[Label, ...]:
    """The band or heading that says role and year and nothing else (`■ 現状値（2023年度）`), for a number that ends its item: a rate per
    population has no unit, but is one of the list."""
    name = figure.first(Relation.NAME)
    alone = figure.first(Relation.AFTER) is None and not (name is not None and SAMPLE.search(name.text.string))
    return tuple(x for x in figure.all(Relation.BAND, Relation.HEADING) if alone and x.hint.whole and x.hint.role and x.hint.when)


def _plans_money(figure: Figure, decided: Decided, unit: str | None) -> bool:
    """Whether 計画 over money of a 事業 is what it will cost (年次計画（千円）), not what it aims for."""
    word = decided.label.hint.word if decided.label else ""
    measured = figure.first(Relation.NAME) is None and figure.first(Relation.MEASURE) is not None
    return measured and "目標" not in word and unit is not None and kind_of(unit) == "money"


def _before_arrow(figure: Figure, decided: Decided, dated: Decided, calendar: Calendar) -> bool:
    """Whether a number of a list of targets stands before an arrow with a year gone by (`Ｒ４ 18,283kW → Ｒ９ 19,400kW`): where one starts from."""
    if not _earlier(figure) or decided.label not in figure.all(Relation.BAND, Relation.HEADING, Relation.SENTENCE):
        return False
    year = dated.when.fiscal_year if dated.when else None
    return year is not None and (calendar.fiscal_year is None or year <= calendar.fiscal_year)


def _from_afar(figure: Figure, decided: Decided, dated: Decided) -> bool:
    """A number in prose whose only result word is in a heading: without a date it is no statistic of anything."""
    return figure.extractor == PROSE and decided.role is not Role.TARGET and decided.label in figure.all(Relation.HEADING) and dated.when is None


def _crossed(column: Role, row: Role) -> Role:
    """The role where a column header and a row label each say one."""
    if Role.RATE in (column, row):
        return Role.RATE
    if Role.CHANGE in (column, row):
        return Role.CHANGE
    if column in MONEY or row in MONEY:
        return next((r for r in (column, row) if r in (Role.BUDGET, Role.SETTLED)), Role.COST)
    if Role.REMARK in (column, row):
        return column if row is Role.REMARK else row
    if Role.BASELINE in (column, row):
        return Role.BASELINE
    return Role.REMARK


def _earlier(figure: Figure) -> bool:
    """Whether an arrow leads from this number to the next (`144人→148人`) without a word for either: the number of an earlier time."""
    after = figure.first(Relation.AFTER)
    return after is not None and bool(matcher(rf"\s*[{ARROWS}]").match(after.text.string))


def _no_fact(figure: Figure, role: Role | None) -> str | None:
    """Why a number is no fact, from its own words."""
    before = " ".join(plain(label.text.string) for label in figure.all(Relation.NAME, Relation.PART, Relation.CELL))
    after = figure.first(Relation.AFTER)
    if figure.quantity.change or role is Role.CHANGE or _compares(before) or (after is not None and CHANGED.match(plain(after.text.string))):
        return "change"
    if role is Role.REMARK:
        return "remark"
    own_name = figure.first(Relation.NAME)
    inside = own_name is not None and figure.text.keys[0] in own_name.text.keys
    if inside or (after is not None and PER.match(plain(after.text.string))):
        return "name"
    if figure.extractor == PROSE:
        return _no_fact_in_prose(figure, role, before, after)
    return "list_number" if role is Role.NUMBER else None


def _no_fact_in_prose(figure: Figure, role: Role | None, before: str, after: Label | None) -> str | None:
    """Why a number in running words is no fact, from the words `before` it and `after` it."""
    if LEGEND.search(before):
        return "threshold"
    if figure.quantity.comparator and matcher(r"(?:達成率|達成度|進捗率)\s*[がは]?\s*$").search(before):
        return "threshold"
    if figure.quantity.comparator and after is not None and CONDITION.match(plain(after.text.string)):
        return "threshold"
    own = figure.first(Relation.CELL)
    if matcher(r"(?:連続|続けて)(?:して)?\s*$").search(plain(own.text.string) if own else before):
        return "threshold"
    if _earlier(figure) and not any(x.hint.role or x.hint.when for x in figure.all(Relation.CELL)):
        return "change"
    if role is Role.NUMBER:
        return "list_number"
    # 委員12人以内で組織する: how many there may be, not how many there are.
    within = figure.text.string.rstrip().endswith("以内") or (after is not None and after.text.string.startswith("以内"))
    said = within and any(x.hint.strong for x in figure.all(Relation.CELL, Relation.AFTER, Relation.BAND, Relation.SENTENCE))
    return "threshold" if (within and not said) or (role is None and LEGAL.search(before)) else None


@lru_cache(maxsize=16_384)
def _compares(words: str) -> bool:
    """Whether the words before a number say that it is a change: all numbers of a row have the same."""
    return CHANGES.search(words) is not None


def _undecided(figure: Figure, dated: Decided, unit: str | None, last_year: int | None) -> str | None:
    """Why a number that no label calls target or actual is no statistic either; None where it is one: dated, named, past."""
    if dated.when is None or (figure.extractor == PROSE and dated.when.relative is not None):
        return "undated"
    year = dated.when.fiscal_year or (dated.when.period_end.year if dated.when.period_end else None)
    if year is None:
        return "undated"
    ahead = 0 if dated.when.kind in ("fiscal_year", "span") else AHEAD
    if (last_year is None and figure.first(Relation.ARROW) is not None) or (last_year is not None and year > last_year + ahead):
        return "future"
    if figure.extractor == PROSE and unit is not None and kind_of(unit) == "money" and figure.first(Relation.ARROW) is None and not _earlier(figure):
        return "money_in_prose"
    return None


def _fact(figure: Figure, role: Role, decided: Decided, dated: Decided, unit: str | None, unit_label: Label | None, name: str, calendar: Calendar) -> Fact:
    kind = Kind.COST if role in MONEY else Kind.TARGET if role is Role.TARGET else Kind.ACTUAL
    when = dated.when
    year = when.fiscal_year if when else None
    if when is None and kind is Kind.TARGET:
        year = calendar.fiscal_year
    used = [x.text for x in (decided.label, dated.label, unit_label) if x is not None]
    return Fact(
        kind=kind,
        figure=figure.text,
        indicator=name,
        value=figure.quantity.value,
        page=figure.text.page,
        section=section_of(figure),
        component=component_of(figure, kind, name),
        area=area_of(figure),
        fiscal_year=year,
        period_start=when.period_start if when else None,
        period_end=when.period_end if when else None,
        unit=unit,
        comparator=figure.quantity.comparator or (bound_of(figure) if kind is Kind.TARGET else None),
        cumulative=any(x.hint.cumulative or "累計" in x.text.string for x in figure.all(Relation.NAME, Relation.PART, Relation.ROW, Relation.COLUMN)),
        role_from=words(decided.label),
        year_from=words(dated.label),
        unit_from=words(unit_label),
        extractor=figure.extractor,
        baseline=role is Role.BASELINE,
        basis={Role.BUDGET: "budget", Role.SETTLED: "settled"}.get(role, _planned(when, calendar) if kind is Kind.COST else None),
        words=tuple(used),
    )


def _planned(when: When | None, calendar: Calendar) -> str | None:
    if when is None or when.fiscal_year is None or calendar.fiscal_year is None:
        return None
    return "planned" if when.fiscal_year > calendar.fiscal_year else None


def attach_rates(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Printed rates to the actual of their row: of the same year where the rate has one, else the nearest before it."""
    out = list(verdicts)
    rows: dict[tuple[object, ...], list[int]] = {}
    for at, verdict in enumerate(out):
        rows.setdefault(verdict.figure.row, []).append(at)
    for members in rows.values():
        for at in members:
            if out[at].rate:
                _attach(out, members, at)
    return out


def _attach(out: list[Verdict], members: list[int], at: int) -> None:
    actuals = [m for m in members if (f := out[m].fact) is not None and f.kind is Kind.ACTUAL and not f.baseline and f.achievement_rate is None]
    before = [m for m in actuals if m < at]
    chosen = before[-1] if before else actuals[0] if actuals else None
    if chosen is None:
        out[at] = Verdict(out[at].figure, out[at].fact, "rate_without_actual")
        return
    fact = out[chosen].fact
    if fact is not None:
        figure = out[at].figure
        out[chosen] = out[chosen].stating(replace(fact, achievement_rate=figure.quantity.value, words=(*fact.words, figure.text)))
        out[at] = Verdict(figure, out[at].fact, None, out[at].rate)
