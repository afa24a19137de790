"""Words around a number, cut down to a name. Pure functions on texts."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import regex

from extractors.labels import read_label
from extractors.normalise.characters import ARROWS
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, When
from extractors.vocabulary import Text

COMMA: Final = regex.compile(r"[、，]")
# What continues a sentence after a number (…倍となり、) and names nothing.
LEAD: Final = regex.compile(
    rf"^(?:[\s、，,。・:：;；)）\]］」』>〉＞(（\[［「『{ARROWS}]|となり|となって|となった|であり|であった|であるが|であるほか|と回答|と比べ|また|なお|一方|ただし|うち|そのうち|このうち|は(?=\s|、)|が(?=[\s、])|も(?=\s|、)|の(?=\s|、)|及び|並びに|から(?!\w{{0,3}}た)|より(?=\s))+"
)
TAIL: Final = regex.compile(
    r"(?:[\s、，,・:：;；(（\[［「『<〈＜=＝]|(?<=\s)計|合計で?|では|には|とは|については|について|における|において|のうち|は|が|も|を|に|で|の|と|約|全|各|延べ|のべ|およそ|おおむね|概ね|年間|わずか|まで|から|へ|や|し|より|新たに|（?うち|ほぼ|合わせて|あわせて|平均で|である|となる|(?:は|が)(?:大幅に|やや)?(?:増加|減少|上昇|低下|増|減)[\s(（]*)+$"
)
# Who did it is no part of what was counted (`事業主が求人61件`).
DOER: Final = regex.compile(r".*[^我\s]が(?=[\p{Han}\p{Katakana}ー]{2,10}$)")
# Which one of an order the name is (`2位は「防災・減災対策の充実」の84.2％`), and the quotes around a name that is nothing else.
PLACED: Final = regex.compile(r"(?:第\s*)?[0-9０-９]{1,2}\s*位は[、，]?\s*")
QUOTED: Final = regex.compile(r"[「『｢]([^「」『』｢｣]+)[」』｣]")
# Words that tell how a number was counted and name nothing.
TOTAL: Final = regex.compile(r"[\s　]|合?計|延べ|のべ|約|累計|合わせて|あわせて|平均で?|全国|全体で?|(?:県|市|町|村|管|区)内(?:で|に)?|[:：、，)）」』]")


def masked(string: str) -> str:
    """The string with full stops inside brackets made harmless (`（以下「本市」という。）` ends no sentence)."""
    return compiled(r"[(（「][^()（）「」]*[)）」]").sub(lambda m: m.group().replace("。", "・").replace("\n", " "), string)


def of_kind(own: Text) -> tuple[Text, Text]:
    """Name and part of `中央館：来館者数` (what is counted stands last) and of `体験講座（…：延べ参加者` (it stands in the bracket)."""
    bracket = compiled(r"(.{2,}?)\s*[(（][^()（）]*?([^\s()（）:：、]{2,})$").match(own.string)
    if bracket:
        part = compiled(r"^(?:延べ|のべ|計|うち)").sub("", bracket[2])
        return own[: bracket.end(1)], own[bracket.end(2) - len(part) : bracket.end(2)]
    colon = compiled(r"([^:：]{2,30})\s*[:：]\s*([^:：]{2,})$").match(own.string)
    if colon:
        return own[colon.start(2) :], own[: colon.end(1)]
    return own, Text()


def new_words(text: Text) -> Text:
    """What begins after the number before: letters that follow it at once are its own (`３回共同開催：28名`), unless they are one noun."""
    if not compiled(r"\p{L}").match(text.string) or compiled(r"[\p{Han}\p{Katakana}ー]{3,}[\s(（]*").fullmatch(text.string):
        return text
    cut = compiled(rf"[、，,：:\s（(・/／{ARROWS})）]").search(text.string)
    return text[cut.start() :] if cut else Text()


def without_dates(text: Text, calendar: Calendar) -> Text:
    """A line without its dates, and without the brackets that held nothing else (`利用者数（令和6年4月現在）`)."""
    parts, at = [], 0
    for when in scan(text.string, calendar):
        if isinstance(when, When):
            left = compiled(r"[(（]\s*$").search(text.string[: when.start])
            right = compiled(r"\s*(?:現在|時点|開催)?\s*[)）]").match(text.string[when.end :])
            both = left is not None and right is not None
            parts.append(text[at : left.start() if left and both else when.start])
            at = when.end + (right.end() if right and both else 0)
    parts.append(text[at:])
    return Text.join([p for p in parts if p])


def clauses(text: Text) -> list[Text]:
    bounds = [0, *(m.end() for m in COMMA.finditer(text.string)), len(text)]
    return [text[a:b] for a, b in pairwise(bounds) if a < b]


def trimmed(text: Text, continues: bool) -> Text:
    """Without the particles and marks around a name; what continues the sentence before it is taken off only after a number."""
    lead = LEAD.match(text.string) if continues else compiled(rf"[\s(（{ARROWS}、，,。・:：;；)）\]］◇◆●○◎■□★☆\-•✓➢〇]+").match(text.string)
    text = text[lead.end() :] if lead else text
    event = compiled(r"第\s*[0-9０-９]+\s*回\s*(?:開催|実施)?[\s　]+").match(text.string)
    text = text[event.end() :] if event else text
    placed = PLACED.match(text.string)
    text = text[placed.end() :] if placed else text
    tail = TAIL.search(text.string)
    text = (text[: tail.start()] if tail else text).strip()
    quoted = QUOTED.fullmatch(text.string)
    text = text[quoted.start(1) : quoted.end(1)] if quoted else text
    led = compiled(r"(?:の|における|において|現在の|時点の)+(?=\S)").match(text.string)
    text = text[led.end() :] if led else text
    deed = DOER.match(text.string)
    return text[deed.end() :] if deed else text


def without_role(text: Text) -> Text:
    """Without the role word that ends the words before a number (`来館者数 目標`, `相談件数：目標`)."""
    hint = read_label(text.string)
    at = text.string.rfind(hint.word) if hint.word else -1
    left = text[:at] if at >= 0 else text
    bare = len(hint.word) <= 3 or compiled(r"\p{L}").search(left.string)
    return left if bare else text
