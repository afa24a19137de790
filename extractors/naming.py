"""What a figure is called, measured in and part of: the words that stand for its name, unit, component, section and area."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extractors.context import Figure, Label, Relation
from extractors.labels import Role
from extractors.labels.hints import MONEY
from extractors.normalise.characters import plain
from extractors.normalise.names import clean_name
from extractors.normalise.patterns import compiled, matcher
from extractors.normalise.units import canonical
from extractors.vocabulary import Kind, Text

PROSE: Final = "prose"
UNIT_ORDER: Final = (Relation.UNIT, Relation.ROW, Relation.PART, Relation.NAME, Relation.COLUMN, Relation.NOTE, Relation.BAND, Relation.HEADING)
AS_OF: Final = re.compile(r"\([^()]*(?:現在|時点|末)\)")
# What is counted stands last in a name: a heading that ends so names the numbers under it.
MEASURED: Final = re.compile(r"(?:数|率|割合|額|量|人口|面積|時間|得点|スコア)(?:[(（][^()（）]*[)）])?$")
# Groups and sums that name nothing alone: the table's title does.
GROUP: Final = re.compile(r"男性?|女性?|男子|女子|合計|総数|全体|総計|計|小計|男女計|その他")


def unit_of(figure: Figure) -> tuple[str | None, Label | None]:
    """The unit printed with the number, else the nearest label's."""
    if figure.quantity.unit:
        return figure.quantity.unit, None
    for relation in [relation for relation in UNIT_ORDER if relation in figure.by]:
        for label in figure.by[relation]:
            unit = _unit_cell(label.text.string) if relation is Relation.UNIT else label.hint.unit
            if unit and relation is Relation.NOTE and "%" in plain(label.text.string) and unit != "%" and _is_ratio(figure):
                return "%", label
            if unit:
                return unit, label
    return None, None


def _is_ratio(figure: Figure) -> bool:
    """Whether the labels call a number a share: under 単位：千円、％ it is in percent."""
    named = [x.text.string for x in figure.all(Relation.COLUMN, Relation.ROW, Relation.NAME, Relation.PART)]
    return any(matcher(r"(?:率|割合|比|シェア)(?:[(（][^()（）]*[)）])?\s*$").search(name) for name in named)


def _unit_cell(string: str) -> str | None:
    """The unit of a cell under 単位: known or not, as long as it is a word."""
    printed = plain(string).replace("\n", "").strip("()[] ")
    return canonical(printed) or (printed if matcher(r"[^\d\s]{1,8}").fullmatch(printed) and compiled(r"\p{L}").search(printed) else None)


def name_of(figure: Figure, role: Role | None) -> str:
    """The indicator's name; for money what it is for. Where row and column name nothing, the table's title; a part is a name of last resort."""
    order = (Relation.MEASURE, Relation.NAME) if role in MONEY else (Relation.NAME, Relation.MEASURE)
    for relation in order:
        label = figure.first(relation)
        name = _undated(label) if label is not None else ""
        # The sum of the money of several 事業 is called as it is printed: no title says what it is spent on.
        grouped = figure.extractor != PROSE and role not in MONEY and GROUP.fullmatch(name) and _caption(figure)
        if compiled(r"\p{L}").search(name) and not grouped:
            return name
    part = figure.first(Relation.PART)
    return (_caption(figure) if figure.extractor != PROSE else _measure_above(figure)) or (clean_name(part.hint.name) if part else "")


def _measure_above(figure: Figure) -> str:
    """The heading right over a line that has a role and a number but no name (`■ 待機児童数` over `現状 12人 → 目標 0人`), where it names what is counted."""
    heading = figure.first(Relation.HEADING)
    said = any(label.hint.role is not None for label in figure.all(Relation.CELL))
    name = clean_name(heading.text.string) if heading is not None and said else ""
    return name if MEASURED.search(name) else ""


def _undated(label: Label) -> str:
    """A name without the bracket that says as of when it is (利用者数（令和6年3月末現在））."""
    name = clean_name(label.text.string)
    return AS_OF.sub("", name).strip() or name if label.hint.when is not None or "現在" in name or "時点" in name else name


def _caption(figure: Figure) -> str:
    """The title of the table, for figures whose row and column name nothing: a line above it, else the nearest heading that is no key."""
    for label in figure.all(Relation.NOTE, Relation.HEADING):
        if not label.hint.whole and label.hint.unit is None:
            return clean_name(label.text.string)
    return ""


def words(label: Label | None) -> str | None:
    """The printed words of a label, on one line and no longer than a header is."""
    return None if label is None else words_in(label.text)


def words_in(text: Text) -> str | None:
    """As `words`, of a text: by this string a fact's `role_from`, `year_from`, `unit_from` and the texts in its `words` are matched."""
    return _on_one_line(text.string)[:80] or None


@lru_cache(maxsize=16_384)
def _on_one_line(string: str) -> str:
    return matcher(r"\s+").sub(" ", string.strip())


def bound_of(figure: Figure) -> str | None:
    """前年度以上 beside the name: the number is a floor."""
    named = " ".join(plain(x.text.string) for x in figure.all(Relation.NAME, Relation.CELL, Relation.PART))
    return ">=" if matcher(r"(?:前年度?|昨年度?|現状|基準値)(?:実績)?値?以上").search(named) else None


def component_of(figure: Figure, kind: Kind, name: str) -> str | None:
    if kind is Kind.COST:
        label = next((x for x in figure.all(Relation.ROW, Relation.COLUMN, Relation.PART) if x.hint.role in MONEY), None)
        sums = [part for x in figure.all(Relation.NAME)[:1] if GROUP.fullmatch(part := clean_name(x.text.string)) and part != name]
        printed = [clean_name(label.hint.word or label.text.string)] if label else []
        return " ".join(sums + printed) or None
    parts = [part for x in figure.all(Relation.NAME)[:1] if GROUP.fullmatch(part := clean_name(x.text.string))]
    parts += [clean_name(x.hint.name or x.text.string) for x in figure.all(Relation.PART)]
    parts = [p for p in parts if p and p != name]
    return " ".join(dict.fromkeys(parts)) or None


def section_of(figure: Figure) -> str | None:
    label = figure.first(Relation.SECTION) or next((x for x in figure.all(Relation.BAND, Relation.HEADING) if not x.hint.whole), None)
    return clean_section(label.text) if label else None


def clean_section(text: Text) -> str:
    """A heading as printed: NFKC, on one line, with its own number kept."""
    return _on_one_line(plain(text.string))


def area_of(figure: Figure) -> str | None:
    label = figure.first(Relation.AREA)
    return clean_name(label.text.string) if label else None
