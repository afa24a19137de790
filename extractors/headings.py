"""Headings, list items and notes: what the mark at the start of a line makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import regex

from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import VALUE_ROLES, may_say_role, may_say_when
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, Quantity
from extractors.vocabulary import Line, Text


class Shape(StrEnum):
    """What a line is in the run of its page."""

    HEADING = "heading"
    BAND = "band"  # role or year words alone: it governs what follows
    ITEM = "item"  # starts with a bullet
    NOTE = "note"  # ※, 注
    PLAIN = "plain"
    MARGIN = "margin"  # a page number or a line of a table of contents


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line with its shape; `rank` of a heading (smaller is higher), `mark` of an item."""

    line: Line
    shape: Shape
    hint: Hint
    rank: int = 0
    mark: str = ""

    @property
    def text(self) -> Text:
        return self.line.text


SAYING: Final = VALUE_ROLES | {Role.RATE, Role.RATING, Role.CHANGE}
# Marks of headings from the highest to the lowest; offices nest them in this order (公用文の見出し記号: 第1, 1, (1), ア, (ア)).
RANKS: Final = [
    regex.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*[章部編]"),
    regex.compile(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[\s　．.、]"),
    regex.compile(r"第\s*[0-9０-９一二三四五六七八九十]+(?:\s*節|[\s　])"),
    regex.compile(r"[0-9０-９]{1,2}(?:[．.、](?![0-9０-９])|[\s　]+(?=[^0-9０-９\s]))|(?:viii|vii|vi|iv|ix|v|iii|ii|i|x)[\s　.．]|◎"),
    regex.compile(r"[0-9０-９]{1,2}[-－][0-9０-９]{1,2}[\s　]|[<＜〈《≪].*[>＞〉》≫]$|■|□"),
    regex.compile(r"[(（][0-9０-９]{1,2}[)）]|[⑴-⒇]|◆|●"),
    regex.compile(r"[①-⑳㉑-㉟]|【.*】$|［.*］$"),
    regex.compile(r"[ア-ンｱ-ﾝ][\s　．.)）]|[(（][ア-ン][)）]"),
]
ITEM: Final = regex.compile(r"\s*([・○〇●◇◆■□★☆✓➢•※*◎▪►⇒–—-])(?=[\s　]|[^\s　\d０-９-]|(?<=[・○●◇◆■□])[0-9０-９]{1,3}\s*[日人回歳週か年月])\s*")
NOTE: Final = regex.compile(r"\s*(?:※|[(（]?注[0-9０-９]*[)）]?|[(（]資料|出典|資料)")
HEADING_LENGTH: Final = 60
# What the title of an aside begins with (`＜参考＞令和6年度 …の高い順` over last year's chart).
ASIDE: Final = regex.compile(r"[<＜〈《【［\[(（]\s*参\s*考[^<>＜＞〈〉《》【】［］\[\]()（）]{0,6}[>＞〉》】］\])）]\s*\S|参考\s*[:：]\s*\S")
CAPTION: Final = regex.compile(r"(?:図表|[図表])\s*[0-9０-９]+(?:\s*[-－―.．]\s*[0-9０-９]+)*[\s　]")
# Dots that lead to a page number, and page numbers alone (in a PDF; in a dump a number alone may be a chart's label).
LEADER: Final = regex.compile(r"(?:…{2,}|・{4,}|\.{4,}|‥{2,}|(?:\s*[.・…‥]){4,})[\s　]*[(（\-－]?\s*[\d０-９]{1,3}\s*[)）\-－]?\s*$")
PAGE_NUMBER: Final = regex.compile(r"[\-－–—\s]*(?:[Pp]\.?\s*)?[\d０-９]{1,3}\s*(?:[/／]\s*[\d０-９]{1,3})?[\-－–—\s]*(?:ページ|頁)?")
SENTENCE_END: Final = regex.compile(r"[。、，]\s*$|(?:する|した|ます|です|ため|など)\s*$")
# A heading stands out by its size: a slide's title is 1.2 times its text or more.
TITLE_SIZE: Final = 1.2


def shape(line: Line, calendar: Calendar, body_size: float = 0.0) -> Shaped:
    """The shape of one line. `body_size` is the page's median font size in points (0 in a text file)."""
    string = line.text.string.strip()
    hint = read_label(string, calendar)
    if _heads_columns(string):
        return Shaped(line, Shape.PLAIN, hint)
    if LEADER.search(string) or compiled(r"目\s*次").fullmatch(string) or (line.box is not None and PAGE_NUMBER.fullmatch(string)):
        return Shaped(line, Shape.MARGIN, hint)
    figures = any(isinstance(t, Quantity) for t in scan(string, calendar))
    if figures:
        return Shaped(line, Shape.ITEM if _item(string) else Shape.NOTE if NOTE.match(string) else Shape.PLAIN, hint, mark=_item(string))
    if _banded(string, hint) or _dates_results(string, hint) or _dates_aside(string, hint):
        return Shaped(line, Shape.BAND, hint, rank=line.level or _rank(string, line.text, body_size))
    if line.level:
        return Shaped(line, Shape.HEADING, hint, line.level)
    if NOTE.match(string):
        return Shaped(line, Shape.NOTE, hint)
    # The caption of a table heads that table alone, not the sections after it.
    rank = 0 if CAPTION.match(string) and line.box is not None else _rank(string, line.text, body_size) or _titled(string, hint)
    if rank and len(compiled(r"\p{L}").findall(string)) >= 2 and len(string) <= HEADING_LENGTH and not SENTENCE_END.search(string):
        return Shaped(line, Shape.HEADING, hint, rank)
    mark = _item(string)
    return Shaped(line, Shape.ITEM if mark else Shape.PLAIN, hint, mark=mark)


def _item(string: str) -> str:
    found = ITEM.match(string)
    return found[1] if found else ""


def _banded(string: str, hint: Hint) -> bool:
    if not hint.whole or len(string) > HEADING_LENGTH or string.endswith("。") or _closes(string):
        return False
    # A day alone on a line is when something began; a year, or a day as of which things are counted, dates what follows.
    dated = hint.when is not None and (hint.when.kind != "day" or hint.when.as_of or string[:1] in "(（")
    return hint.strong in SAYING or dated


def _closes(string: str) -> bool:
    """Whether a line is the rest of a bracket that the line above opened (`…（令和8年度` over `目標）`)."""
    return sum(map(string.count, ")）]］】")) > sum(map(string.count, "(（[［【"))


def _heads_columns(string: str) -> bool:
    """A line of several roles or several years is the header of columns."""
    chunks = string.split()
    if len(chunks) < 2:
        return False
    worded, dated = [c for c in chunks if may_say_role(c)], [c for c in chunks if may_say_when(c)]
    if len(worded) >= 2 and sum(read_label(chunk).role in SAYING for chunk in worded) >= 2:
        return True
    return len(dated) >= 2 and sum(read_label(chunk).when is not None for chunk in dated) >= 2


def _dates_results(string: str, hint: Hint) -> bool:
    """A short line that ends in a role with its year (`○ 事業計画で定める実績（令和５年度）`) governs the items below it."""
    if NOTE.match(string) or len(string) > HEADING_LENGTH or hint.strong not in (Role.ACTUAL, Role.TARGET):
        return False
    if hint.when is None or hint.when.kind != "fiscal_year":
        return False
    return bool(compiled(r"(?:実績|目標|結果)(?:値|等)?\s*(?:[(（][^()（）]*年度[)）])?\s*$").search(string))


def _dates_aside(string: str, hint: Hint) -> bool:
    """The title of an aside that names its year: what stands below it is of that year, not of the document's."""
    dated = hint.when is not None and hint.when.kind in ("fiscal_year", "calendar_year")
    return dated and len(string) <= HEADING_LENGTH and ASIDE.match(string) is not None and not SENTENCE_END.search(string)


def _titled(string: str, hint: Hint) -> int:
    """A line that names a year and a role and is no sentence titles what follows (`…の令和6年度実績 結果概要`); text files show no sizes."""
    dated = hint.when is not None and hint.when.kind == "fiscal_year"
    if dated and compiled(r"\p{L}{4}[(（]\s*(?:令和|平成)\s*(?:\d+|元)\s*年度\s*[)）]$").search(string) and not _item(string):
        return 2
    return 2 if dated and compiled(r"年度\s*の?(?:事業)?(?:実績|目標|計画値|結果|取組状況|達成状況)").search(string) and not _item(string) else 0


def _rank(string: str, text: Text, body_size: float) -> int:
    for at, pattern in enumerate(RANKS, start=1):
        if pattern.match(string):
            return at
    return 1 if body_size and text.size >= TITLE_SIZE * body_size else 0
