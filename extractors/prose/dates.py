"""Which date governs a number in a passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

import regex

from extractors.calendar import shifted
from extractors.context import Label, Relation
from extractors.labels import Hint
from extractors.normalise.tokens import Calendar, Quantity, Token, When
from extractors.normalise.years import resolve
from extractors.prose.trim import masked
from extractors.vocabulary import Text

# A date opens its paragraph and holds for the sentence after it, no farther (令和6年1月における…状況は…。平均気温は2.02度).
ENDS: Final = re.compile(r"[。\n]")
REACH: Final = 2
DEEDS: Final = "締結|策定|設置|開設|施行|公布|制定|卒業(?!生|者)|移転|改正|改定|設立|開館|開院|合併|生まれ|発足|開始|事業開始|採択"
# Dates of deeds, not of measurement: 平成27年4月に締結した, 令和6年4月から.
EVENT: Final = regex.compile(r"^\s*(?:から|以降|より(?!\p{Han})|まで|に(?:[^。、\n]{0,12})?(?:DEEDS)|付け|(?:DEEDS))".replace("DEEDS", DEEDS))
DEED: Final = re.compile(r"^\s*に(?!開催|実施|行|おけ|おい|は)")
BRACKET: Final = re.compile(r"\s*[)）]?\s*[(（\[［〔※＊*]\s*")
NOT_DATING: Final = re.compile(r"\s*(?:実績値?|目標値?)?(?:以上|並み|水準|を上回|と同|比|差|と比|に比|より|同時期|から)")


class Piece:
    """One quantity of a passage with the words before it (from `start`), and whether these go on with those of the quantity before."""

    __slots__ = ("continues", "quantity", "start")

    def __init__(self, quantity: Quantity, start: int, continues: bool) -> None:
        self.quantity, self.start, self.continues = quantity, start, continues


class Dates:
    """The dates of one passage."""

    def __init__(self, text: Text, tokens: tuple[Token, ...], calendar: Calendar) -> None:
        self.text, self.string, self.tokens, self.calendar = text, text.string, tokens, calendar
        self.masked = masked(text.string)
        # Made once: a passage of a thousand numbers asks for them a thousand times.
        self.ends = [match.start() for match in ENDS.finditer(self.masked)]
        self.whens = self._all()
        self.begins = {when.start: when for when in reversed(self.whens)}

    def of(self, piece: Piece) -> Label | None:
        """The date that governs a quantity: in its own words, in the bracket behind it, then the nearest earlier one of the passage."""
        own = [t for t in self.whens if piece.start <= t.start < piece.quantity.start]
        behind = self._bracketed_after(piece)
        earlier = [t for t in self.whens if t.end <= piece.start and self._parted(t.end, piece.start) <= REACH]
        token = own[-1] if own else behind or (earlier[-1] if earlier else self._ahead(piece))
        if token is None:
            return None
        relation = Relation.CELL if own or behind is token else Relation.SENTENCE
        return Label(self.text[token.start : token.end], relation, Hint(when=self._resolved(token, earlier)))

    def _parted(self, start: int, end: int) -> int:
        """How many sentences end from one place to another."""
        return bisect_left(self.ends, end) - bisect_left(self.ends, start)

    def _all(self) -> list[When]:
        behind = {t: self.string[t.end : t.end + 24] for t in self.tokens if isinstance(t, When)}
        kept = [t for t, after in behind.items() if not EVENT.match(after) and not NOT_DATING.match(after)]
        return [t for t in kept if t.as_of or t.kind not in ("month", "day") or not DEED.match(behind[t])]

    def _resolved(self, token: When, earlier: list[When]) -> When:
        """前年同月 is a year before the date named before it."""
        if token.relative is not None and token.same_month and earlier:
            base = resolve(earlier[-1], self.calendar)
            return shifted(base, token.relative)
        return resolve(token, self.calendar)

    def _bracketed_after(self, piece: Piece) -> When | None:
        gap = BRACKET.match(self.string, piece.quantity.end)
        return self.begins.get(gap.end()) if gap else None

    def _ahead(self, piece: Piece) -> When | None:
        """The date in the bracket behind a later number of the same sentence (`1,465人、保護率は7.62%（令和6年1月末現在）`)."""
        stop = self.masked.find("。", piece.quantity.end)
        later = (t for t in self.tokens if isinstance(t, Quantity) and piece.quantity.end <= t.start and (stop < 0 or t.start < stop))
        return next((when for t in later if (when := self._bracketed_after(Piece(t, 0, False)))), None)
