"""One passage: its numbers, each with the words before and behind it, its date and its name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from extractors.context import Figure, Label, Relation
from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import VALUE_ROLES
from extractors.normalise.characters import ARROWS
from extractors.normalise.patterns import HAN, KATAKANA, matcher
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, Quantity, Token
from extractors.prose.dates import Dates, Piece
from extractors.prose.names import BOUND, Names, in_names
from extractors.prose.trim import TAIL, TOTAL, masked
from extractors.vocabulary import Text

EXTRACTOR: Final = "prose"
# Where a clause ends: nothing before these names a figure after them.
HARD: Final = re.compile(rf"[)）][ 　]+|[。\n{ARROWS};；◇◆●○◎■□★☆※]|\s{{2,}}|　{{2,}}")
COUNTED: Final = re.compile(rf"^(?:分|[{HAN}]{{1,3}})?[のが]((?:(?!に|を|が|で|は|も|と|し(?:た|て)|され)[{HAN}{KATAKANA}ー・a-zA-Z]){{2,10}})")
BEHIND: Final = re.compile(r"\s*[(（\[［]([^()（）\[\]［］]{2,20})[)）\]］]")
SAYING: Final = VALUE_ROLES | {Role.RATE, Role.CHANGE}
HEAD_MARK: Final = re.compile(r"[:：]\s*$|[】〕＞>]\s*$")


def read_prose(text: Text, base: tuple[Label, ...], calendar: Calendar, row: tuple[object, ...] = ()) -> list[Figure]:
    """The figures of one passage, each with CELL, AFTER, NAME, PART and SENTENCE labels, then `base`.

    `text` is a sentence, paragraph or list item, its unprinted line breaks standing where a printed line ends a thought.
    """
    return _Passage(text, base, calendar, row).figures()


class _Passage:
    def __init__(self, text: Text, base: tuple[Label, ...], calendar: Calendar, row: tuple[object, ...]) -> None:
        self.text, self.base, self.calendar, self.row = text, base, calendar, row
        self.string = text.string
        self.masked = masked(text.string)
        self.tokens: tuple[Token, ...] = scan(self.string, calendar)
        self.dates = Dates(text, self.tokens, calendar)
        self.names = Names(text, self.tokens, calendar)
        self.inside = in_names(self.string, self.tokens)

    def figures(self) -> list[Figure]:
        out = [self._in_name(quantity) for quantity in self.inside]
        for order, piece in enumerate(self._pieces()):
            labels = self._labels(piece)
            figure = self.text[piece.quantity.start : piece.quantity.end]
            base = self.base if self._told_alone(piece) else tuple(x for x in self.base if x.relation is not Relation.NEARBY)
            out.append(Figure(figure, piece.quantity, (*labels, *base), EXTRACTOR, (*self.row, self._clause(piece)), order))
        return out

    def _in_name(self, quantity: Quantity) -> Figure:
        """A number inside a name, with the words that name goes on with: no figure of its own."""
        rest = self.text[quantity.start : min(len(self.string), quantity.end + 12)]
        return Figure(self.text[quantity.start : quantity.end], quantity, (Label(rest, Relation.NAME, Hint(name=rest.string)),), EXTRACTOR, self.row)

    def _told_alone(self, piece: Piece) -> bool:
        """Whether the number stands in a list item or in words that are no sentence: only there a box apart from it can date it."""
        line = self.string.rfind("\n", 0, piece.quantity.start) + 1
        stop = self.string.find("\n", piece.quantity.end)
        return "。" not in self.string[line : stop if stop >= 0 else len(self.string)] or matcher(r"\s*[・○〇●◇◆■□✓➢]").match(self.string) is not None

    def _clause(self, piece: Piece) -> int:
        """Figures of one sentence are one record: a printed rate goes to the actual before it."""
        return self.string.count("。", 0, piece.quantity.start) + self.string.count("\n", 0, piece.quantity.start)

    def _pieces(self) -> list[Piece]:
        out: list[Piece] = []
        last = 0
        for token in self.tokens:
            if not isinstance(token, Quantity) or token in self.inside:
                continue
            cuts = [m.end() for m in HARD.finditer(self.masked, last, token.start)]
            cuts = [c for c in cuts if self.string[c - 1] == "\n" or TOTAL.sub("", self.string[c : token.start])]
            start = cuts[-1] if cuts else last
            behind = BEHIND.match(self.string, last) if last else None
            if behind and start < behind.end() <= token.start and read_label(behind[1], self.calendar).whole:
                start = behind.end()
            out.append(Piece(token, start, continues=start == last and last > 0))
            last = token.end
        return out

    def _labels(self, piece: Piece) -> list[Label]:
        before = self._before(piece)
        tail = TAIL.search(before.string)
        hint = read_label(before.string[: tail.start()] if tail else before.string, self.calendar) if before else Hint()
        behind = self._said_behind(piece)
        # 現状 alone before a number says whose it is; a name that ends in 達成率 says no more than its name where R5実績 stands behind.
        # Nor does it where an arrow leads on (…達成率：R4 79.8％ → R9 85.0％).
        after = self._after(piece)
        other = bool(behind) or matcher(r"\s*[→➡⇒⇨]").match(after.string) is not None
        role = hint.role if hint.whole and hint.role is Role.BASELINE else None if other and hint.name and hint.role is Role.RATE else hint.strong
        said = role in SAYING
        labels = [Label(before, Relation.CELL, hint.dated(None).saying(role))] if before and said else []
        labels += behind + self._bounds(piece)
        if after:
            labels.append(Label(after, Relation.AFTER, read_label(after.string, self.calendar)))
        dated = self.dates.of(piece)
        if dated:
            labels.append(dated)
        labels += self._led(piece) + self._heads(piece)
        return labels + self.names.of(piece, said) + self._counted(after) + self._each(piece)

    def _each(self, piece: Piece) -> list[Label]:
        """The one thing of which the number counts so many (`1回20人`, `1社5人`): it is no count of the whole year."""
        number = piece.quantity
        before = next((t for t in self.tokens if isinstance(t, Quantity) and t.end <= number.start and not self.string[t.end : number.start].strip()), None)
        if before is None or before.value != 1 or before.unit in (None, number.unit) or before.comparator or before.range_part or number.unit is None:
            return []
        each = self.text[before.start : before.end]
        return [Label(each, Relation.PART, Hint(name=each.string))]

    def _counted(self, after: Text) -> list[Label]:
        """What was counted, where it stands behind the number (`1件の商品化`, `74名の職員が受講`)."""
        found = COUNTED.match(after.string) if after else None
        return [Label(after[found.start(1) : found.end(1)], Relation.PART, Hint(name=found[1]))] if found else []

    def _before(self, piece: Piece) -> Text:
        return self.text[piece.start : piece.quantity.start]

    def _after(self, piece: Piece) -> Text:
        """Up to a dozen characters after the number, to the end of its clause or the next number."""
        at = piece.quantity.end
        stop = min([t.start for t in self.tokens if t.start >= at] + [at + 12, len(self.string)])
        behind = BEHIND.match(self.string, at)
        arrow = matcher(rf"\s*[{ARROWS}]").match(self.string[behind.end() if behind else at :])
        if arrow:
            start = behind.end() if behind else at
            return self.text[start : start + arrow.end()]
        cut = matcher(rf"[。、，\n{ARROWS}（(]").search(self.string[at:stop])
        return self.text[at : at + cut.start() if cut else stop]

    def _bounds(self, piece: Piece) -> list[Label]:
        """`（前年度以上）` before or behind a number: what bound it is."""
        found = BOUND.search(self.string, piece.start, piece.quantity.start) or BOUND.match(self.string, piece.quantity.end)
        return [Label(self.text[found.start() : found.end()], Relation.CELL, Hint())] if found else []

    def _said_behind(self, piece: Piece) -> list[Label]:
        """A role in the bracket right behind a number (`1,234人（令和4年度実績）`)."""
        found = BEHIND.match(self.string, piece.quantity.end)
        hint = read_label(found[1], self.calendar) if found else Hint()
        if found is None or not hint.whole or hint.strong not in SAYING:
            return []
        return [Label(self.text[found.start(1) : found.end(1)], Relation.CELL, hint.dated(None))]

    def _led(self, piece: Piece) -> list[Label]:
        """The arrow that leads from the number before to this one (`R4 120件 → R9 150件`)."""
        found = matcher(r"[→➡⇒⇨]\s*$").search(self.string[: piece.start])
        return [Label(self.text[found.start() : found.end()], Relation.ARROW, Hint())] if found and piece.start else []

    def _heads(self, piece: Piece) -> list[Label]:
        """Earlier words of the passage that head what follows them (`令和５年度実績：`, `【令和5年度実績】`)."""
        out = []
        starts = [0, *(m.end() for m in matcher(r"[。\n:：】〕]").finditer(self.string[: piece.start]))]
        for a, b in pairwise(starts):
            part = self.text[a:b]
            if HEAD_MARK.search(part.string) is None:
                continue
            hint = read_label(part.string, self.calendar)
            if hint.strong and not any(isinstance(t, Quantity) and a <= t.start < b for t in self.tokens):
                out.append(Label(part.strip(), Relation.SENTENCE, hint))
        return out[::-1]
