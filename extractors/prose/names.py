"""What a number in a passage is called: its own clause, the line above it, or the name before it."""

from __future__ import annotations

import re
from typing import Final

import regex

from extractors.context import Label, Relation
from extractors.labels import Hint, read_label
from extractors.normalise.names import fits, split_compound
from extractors.normalise.patterns import HAN, compiled, matcher
from extractors.normalise.places import find_places
from extractors.normalise.tokens import Calendar, Quantity, Token, When
from extractors.prose.dates import Piece
from extractors.prose.trim import TOTAL, clauses, masked, new_words, of_kind, trimmed, without_dates, without_role
from extractors.vocabulary import Text

# A month or day with に is when something was done, unless it was held then.
# 第1回 and R5.6.20開催 tell which event, not what was counted.
EVENT_NAME: Final = re.compile(r"\s*(?:第\s*[0-9０-９]+\s*回)?\s*(?:開催|実施)?\s*(?:[(（][^()（）]*[)）])?\s*")
# A clause that ends in a verb says what happened, not what was counted.
VERBAL = re.compile(r"(?:て|あり|おり|つつ|され|なり|なく|たが|るが|ため|よう|ほか|など|ながら|るよう|した|する|を図り|加え|ことから|ように|として|に入り)$")
# `（前年度以上）` behind a name says what bound the number is, not of which year it is.
BOUND: Final = re.compile(r"[(（]\s*(?:前年度?|昨年度?|現状|基準値?)[^()（）]{0,6}以上\s*[)）]")
# 同割合: the measure of the name before it.
SAME: Final = re.compile(r"同(?:割合|率|数|件数|比率|値|倍率)$")
# Groups of people by which a number is parted; alone they name nothing.
GROUP: Final = re.compile(r"男性|女性|男子|女子|男|女|男の子|女の子|男児|女児|大人|子ども|こども|小人|一般|小学生|中学生|高校生")
# Places and their extents that say where, not what.
PLACE_ALONE: Final = re.compile(rf"^(?:[{HAN}]{{1,6}}(?:管内|圏域|県|市|町|村|区)|全国|県内?|市内?|町内?|村内?|(?:県|市|町|村)全体|全体)$")


# What goes on behind a number of a name, to the number that it names: `歩く市民の割合　` of `1日60分以上歩く市民の割合　45.1%`.
NAMED_BEHIND: Final = regex.compile(r"[\p{L}・「」『』（）()]{2,40}(?:割合|率|数|額|量|度)(?:[(（][^()（）]*[)）])?[\s　:：]+")


def in_names(string: str, tokens: tuple[Token, ...]) -> frozenset[Quantity]:
    """The numbers that a name holds: those with a bound (60分以上) whose words go on to what is counted, set apart from its number, and
    those right before them (1日)."""
    found: set[Quantity] = set()
    # A date may stand between the name and its number (`…歩く市民の割合：R3　39.4%`).
    told = [t for t in tokens if isinstance(t, (Quantity, When))]
    for one, following in zip(told[-2::-1], told[:0:-1], strict=True):
        if not isinstance(one, Quantity):
            continue
        between = string[one.end : following.start]
        bound = one.comparator in (">=", "<=", "<", ">") and NAMED_BEHIND.fullmatch(between) is not None
        if (bound or (not between and following in found)) and "。" not in string:
            found.add(one)
    return frozenset(found)


def named(text: Text) -> Label:
    return Label(text, Relation.NAME, Hint(name=text.string))


class Names:
    """The names of one passage. A number without words of its own takes the topic: the name of the number before it."""

    def __init__(self, text: Text, tokens: tuple[Token, ...], calendar: Calendar) -> None:
        self.text, self.string, self.tokens, self.calendar = text, text.string, tokens, calendar
        self.masked = masked(text.string)
        self.nominal = "。" not in self.string
        self.topic: Label | None = None
        self.parts: tuple[str, ...] = ()
        self.taken = 0

    def of(self, piece: Piece, has_role: bool) -> list[Label]:
        own, kind = of_kind(self._own_name(piece, has_role))
        parent = self._parent(piece)
        if own and PLACE_ALONE.search(own.string) and (subject := self._subject(piece)):
            return [named(subject), Label(own, Relation.PART, Hint(name=own.string))]
        compound = next((t for t in (own, parent) if t and split_compound(t.string)), None)
        if compound is not None:
            self.parts, self.taken, self.topic = split_compound(compound.string), 0, named(compound)
        if self.parts and (part := self._part(piece.quantity)) is not None and self.topic is not None:
            return [self.topic, Label(Text.join([self.topic.text]), Relation.PART, Hint(name=part))]
        if not own:
            # The line above names the numbers of all lines below it (基準値：5人 over 目標値：9人).
            self.topic = self.topic or (named(parent) if parent else None)
            return [self.topic] if self.topic else []
        if self.topic is None and self._in_bracket(piece):
            return [named(own)]
        if self.topic is not None and ((piece.continues and self._in_bracket(piece)) or SAME.search(own.string) or GROUP.fullmatch(own.string)):
            return [self.topic, Label(own, Relation.PART, Hint(name=own.string))]
        if parent:
            self.topic = named(parent)
            return [self.topic, Label(own, Relation.PART, Hint(name=own.string))]
        self.topic = named(own)
        return [self.topic, *self._kind(kind)]

    def _kind(self, kind: Text) -> list[Label]:
        """The words before a colon: a role (`目標：相談件数を200件以上`), or the part that is counted."""
        hint = read_label(kind.string, self.calendar) if kind else Hint()
        if hint.whole and hint.strong is not None:
            return [Label(kind, Relation.CELL, hint)]
        return [Label(kind, Relation.PART, Hint(name=kind.string))] if kind else []

    def _subject(self, piece: Piece) -> Text:
        """What the sentence is about, where a place stands between it and the number (`…割合は、市内が56.7%、県全体が58.5%`)."""
        start = max(self.masked.rfind("。", 0, piece.quantity.start), self.masked.rfind("\n", 0, piece.quantity.start)) + 1
        found = matcher(r"は、?").search(self.string[start : piece.quantity.start])
        return trimmed(without_dates(self.text[start : start + found.start()], self.calendar), False) if found else Text()

    def _in_bracket(self, piece: Piece) -> bool:
        """Whether the number stands in a bracket that opened before its own words, or with them right behind the number before."""
        own = self.string[piece.start : piece.quantity.start]
        if matcher(r"\s*[(（]").match(own):
            return not matcher(r"[)）]").search(own)
        upto = self.string[: piece.start]
        opened = max(upto.rfind("（"), upto.rfind("(")) > max(upto.rfind("）"), upto.rfind(")"))
        return opened and not matcher(r"[)）]").search(own)

    def _part(self, quantity: Quantity) -> str | None:
        """The part of a compound name that goes with this number: by its unit, else in order."""
        fitting = [part for part in self.parts if fits(part, quantity.unit)]
        if len(fitting) == 1:
            return fitting[0]
        part = self.parts[self.taken] if self.taken < len(self.parts) else None
        self.taken += 1
        return part

    def _own_name(self, piece: Piece, has_role: bool) -> Text:
        """The words that name the number: its clause without dates, role words and particles; empty where nothing is left."""
        words = self._undated(piece)
        if piece.continues:
            words = new_words(words)
        whole = trimmed(words, piece.continues)
        if has_role:
            whole = trimmed(without_role(whole), piece.continues)
        if self.nominal and (not piece.continues or split_compound(whole.string)):
            return whole if TOTAL.sub("", whole.string) else Text()
        for clause in reversed(clauses(words)):
            name = trimmed(without_role(clause) if has_role else clause, piece.continues)
            if len(compiled(r"[\p{L}]").findall(TOTAL.sub("", name.string))) >= 2 and not VERBAL.search(name.string):
                return name
        return Text()

    def _undated(self, piece: Piece) -> Text:
        words = self.text[piece.start : piece.quantity.start]
        bound = BOUND.search(words.string)
        if bound:
            words = Text.join([words[: bound.start()], words[bound.end() :]])
        return without_dates(words, self.calendar)

    def _parent(self, piece: Piece) -> Text:
        """The line of the passage above the number's own line, where it holds no number: what the list item is about."""
        line = self.string.rfind("\n", 0, piece.start + 1)
        if line <= 0 or matcher(r"\s*(?:[・○〇●◇◆■□✓➢]|[①-⑳]|[(（]?[0-9０-９アイウエオ][)）．.])").match(self.string[line + 1 :]):
            return Text()
        start = self.string.rfind("\n", 0, line) + 1
        above = self.text[start:line]
        counted = any(isinstance(t, Quantity) and start <= t.start < line for t in self.tokens)
        if counted or above.string.rstrip().endswith("。") or read_label(above.string, self.calendar).whole:
            return Text()
        name = trimmed(without_dates(above, self.calendar), False)
        if EVENT_NAME.fullmatch(name.string):
            return Text()
        places = find_places(name.string, self.calendar.day)
        return Text() if places and places[0].end - places[0].start >= len(name.string) else name
