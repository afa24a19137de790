"""Figures in running words: sentences, list items, the text of an evaluation cell.

The labels of such a figure are the words before and after it in its clause, then earlier words of its sentence. This step cuts
the words; what they mean is read by `labels` and decided by `meaning`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractors.calendar import shifted
from extractors.context import Figure, Label, Relation
from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import VALUE_ROLES
from extractors.normalise.names import fits, split_compound
from extractors.normalise.places import find_places
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, Quantity, Token, When
from extractors.normalise.years import resolve
from extractors.vocabulary import Text

EXTRACTOR = "prose"
# Where a clause ends: nothing before these names a figure after them.
HARD = regex.compile(r"[)）][ 　]+|[。\n→➡⇒⇨;；◇◆●○◎■□★☆※]|\s{2,}|　{2,}")
COMMA = regex.compile(r"[、，]")
# What continues a sentence after a number (…倍となり、) and names nothing.
LEAD = regex.compile(
    r"^(?:[\s、，,。・:：;；)）\]］」』>〉＞(（\[［「『→➡⇒]|となり|となって|となった|であり|であった|であるが|であるほか|と回答|と比べ|また|なお|一方|ただし|うち|そのうち|このうち|は(?=\s|、)|が(?=[\s、])|も(?=\s|、)|の(?=\s|、)|及び|並びに|から(?!\w{0,3}た)|より(?=\s))+"
)
# A date opens its paragraph and holds for the sentence after it, no farther (令和6年1月における…雇用情勢は…。有効求人倍率は2.02倍).
ENDS = regex.compile(r"[。\n]")
REACH = 2
TAIL = regex.compile(
    r"(?:[\s、，,・:：;；(（\[［「『<〈＜=＝]|(?<=\s)計|合計で?|では|には|とは|については|について|における|において|のうち|は|が|も|を|に|で|の|と|約|全|各|延べ|のべ|およそ|おおむね|概ね|年間|わずか|まで|から|へ|や|し|より|新たに|（?うち|ほぼ|合わせて|あわせて|平均で|である|となる|(?:は|が)(?:大幅に|やや)?(?:増加|減少|上昇|低下|増|減)[\s(（]*)+$"
)
# Dates of deeds, not of measurement: 平成27年4月に締結した, 令和6年4月から.
EVENT = regex.compile(r"^\s*(?:から|以降|より(?!\p{Han})|まで|に(?:[^。、\n]{0,12})?(?:締結|策定|設置|開設|施行|公布|制定|卒業(?!生|者)|移転|改定|設立|開館|開院|合併)|付け|締結|施行|策定|卒業(?!生|者)|改正|設置|生まれ|開設|発足|開始|事業開始|改定|採択|制定|設立)")
# A month or day with に is when something was done, unless it was held then.
# 第1回 and R5.6.20開催 tell which event, not what was counted.
EVENT_NAME = regex.compile(r"\s*(?:第\s*[0-9０-９]+\s*回)?\s*(?:開催|実施)?\s*(?:[(（][^()（）]*[)）])?\s*")
DEED = regex.compile(r"^\s*に(?!開催|実施|行|おけ|おい|は)")
COUNTED = regex.compile(r"^(?:分|\p{Han}{1,3})?[のが]((?:(?!に|を|が|で|は|も|と|し(?:た|て)|され)[\p{Han}\p{Katakana}ー・a-zA-Z]){2,10})")
# Who did it is no part of what was counted (`事業主が求人61件`).
DOER = regex.compile(r".*[^我\s]が(?=[\p{Han}\p{Katakana}ー]{2,10}$)")
# A clause that ends in a verb says what happened, not what was counted.
VERBAL = regex.compile(r"(?:て|あり|おり|つつ|され|なり|なく|たが|るが|ため|よう|ほか|など|ながら|るよう|した|する|を図り|加え|ことから|ように|として|に入り)$")
BEHIND = regex.compile(r"\s*[(（\[［]([^()（）\[\]［］]{2,20})[)）\]］]")
# Words that tell how a number was counted and name nothing.
TOTAL = regex.compile(r"[\s　]|合?計|延べ|のべ|約|累計|合わせて|あわせて|平均で?|全国|全体で?|(?:県|市|町|村|管|区)内(?:で|に)?|[:：、，)）」』]")
# `（前年度以上）` behind a name says what bound the number is, not of which year it is.
BOUND = regex.compile(r"[(（]\s*(?:前年度?|昨年度?|現状|基準値?)[^()（）]{0,6}以上\s*[)）]")
NOT_DATING = regex.compile(r"\s*(?:実績値?|目標値?)?(?:以上|並み|水準|を上回|と同|比|差|と比|に比|より|同時期|から)")
# 同割合: the measure of the name before it.
SAME = regex.compile(r"同(?:割合|率|数|件数|比率|値|倍率)$")
# Groups of people by which a number is parted; alone they name nothing.
GROUP = regex.compile(r"男性|女性|男子|女子|男|女|男の子|女の子|男児|女児|大人|子ども|こども|小人|一般|小学生|中学生|高校生")
SAYING = VALUE_ROLES | {Role.RATE, Role.CHANGE}
# Places and their extents that say where, not what.
PLACE_ALONE = regex.compile(r"^(?:\p{Han}{1,6}(?:管内|圏域|県|市|町|村|区)|全国|県内?|市内?|町内?|村内?|(?:県|市|町|村)全体|全体)$")
HEAD_MARK = regex.compile(r"[:：]\s*$|[】〕＞>]\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One quantity of a passage with the words before it (from `start`) and the passage's tokens."""

    quantity: Quantity
    start: int
    continues: bool


def read_prose(text: Text, base: tuple[Label, ...], calendar: Calendar, row: tuple[object, ...] = ()) -> list[Figure]:
    """The figures of one passage, each with CELL, AFTER, NAME, PART and SENTENCE labels, then `base`.

    `text` is a sentence, paragraph or list item, its unprinted line breaks standing where a printed line ends a thought.
    """
    return _Passage(text, base, calendar, row).figures()


class _Passage:
    def __init__(self, text: Text, base: tuple[Label, ...], calendar: Calendar, row: tuple[object, ...]) -> None:
        self.text, self.base, self.calendar, self.row = text, base, calendar, row
        self.string = text.string
        self.masked = _masked(text.string)
        self.tokens: tuple[Token, ...] = scan(self.string, calendar)
        self.nominal = "。" not in self.string
        self.topic: Label | None = None
        self.parts: tuple[str, ...] = ()
        self.taken = 0

    def figures(self) -> list[Figure]:
        out: list[Figure] = []
        for order, piece in enumerate(self._pieces()):
            labels = self._labels(piece)
            figure = self.text[piece.quantity.start : piece.quantity.end]
            base = self.base if self._told_alone(piece) else tuple(x for x in self.base if x.relation is not Relation.NEARBY)
            out.append(Figure(figure, piece.quantity, (*labels, *base), EXTRACTOR, (*self.row, self._clause(piece)), order))
        return out

    def _told_alone(self, piece: Piece) -> bool:
        """Whether the number stands in a list item or in words that are no sentence: only there a box apart from it can date it."""
        line = self.string.rfind("\n", 0, piece.quantity.start) + 1
        stop = self.string.find("\n", piece.quantity.end)
        return "。" not in self.string[line : stop if stop >= 0 else len(self.string)] or regex.match(r"\s*[・○〇●◇◆■□✓➢]", self.string) is not None

    def _clause(self, piece: Piece) -> int:
        """Figures of one sentence are one record: a printed rate goes to the actual before it."""
        return self.string.count("。", 0, piece.quantity.start) + self.string.count("\n", 0, piece.quantity.start)

    def _pieces(self) -> list[Piece]:
        out: list[Piece] = []
        last = 0
        for token in self.tokens:
            if not isinstance(token, Quantity):
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
        said = hint.strong in SAYING
        labels = [Label(before, Relation.CELL, replace(hint, when=None, role=hint.strong))] if before and said else []
        labels += self._said_behind(piece) + self._bounds(piece)
        after = self._after(piece)
        if after:
            labels.append(Label(after, Relation.AFTER, read_label(after.string, self.calendar)))
        dated = self._when(piece)
        if dated:
            labels.append(dated)
        labels += self._heads(piece)
        return labels + self._names(piece, before, said) + self._counted(after)

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
        arrow = regex.match(r"\s*[→➡⇒⇨]", self.string[behind.end() if behind else at :])
        if arrow:
            start = behind.end() if behind else at
            return self.text[start : start + arrow.end()]
        cut = regex.search(r"[。、，\n→➡⇒（(]", self.string[at:stop])
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
        return [Label(self.text[found.start(1) : found.end(1)], Relation.CELL, replace(hint, when=None))]

    def _when(self, piece: Piece) -> Label | None:
        """The date that governs a quantity: in its own words, in the bracket behind it, then the nearest earlier one of the passage."""
        own = [t for t in self._dates() if piece.start <= t.start < piece.quantity.start]
        behind = self._bracketed_after(piece)
        earlier = [t for t in self._dates() if t.end <= piece.start and len(ENDS.findall(self.masked, t.end, piece.start)) <= REACH]
        token = own[-1] if own else behind or (earlier[-1] if earlier else self._ahead(piece))
        if token is None:
            return None
        relation = Relation.CELL if own or behind is token else Relation.SENTENCE
        return Label(self.text[token.start : token.end], relation, Hint(when=self._resolved(token, earlier)))

    def _dates(self) -> list[When]:
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
        gap = regex.match(r"\s*[)）]?\s*[(（\[［〔※＊*]\s*", self.string[piece.quantity.end :])
        if gap is None:
            return None
        at = piece.quantity.end + gap.end()
        return next((t for t in self._dates() if t.start == at), None)

    def _ahead(self, piece: Piece) -> When | None:
        """The date in the bracket behind a later number of the same sentence (`1,465人、保護率は7.62%（令和6年1月末現在）`)."""
        stop = self.masked.find("。", piece.quantity.end)
        later = (t for t in self.tokens if isinstance(t, Quantity) and piece.quantity.end <= t.start and (stop < 0 or t.start < stop))
        return next((when for t in later if (when := self._bracketed_after(Piece(t, 0, False)))), None)

    def _heads(self, piece: Piece) -> list[Label]:
        """Earlier words of the passage that head what follows them (`令和５年度実績：`, `【令和5年度実績】`)."""
        out = []
        starts = [0, *(m.end() for m in regex.finditer(r"[。\n:：】〕]", self.string[: piece.start]))]
        for a, b in zip(starts, starts[1:], strict=False):
            part = self.text[a:b]
            hint = read_label(part.string, self.calendar)
            if HEAD_MARK.search(part.string) and hint.strong and not any(isinstance(t, Quantity) and a <= t.start < b for t in self.tokens):
                out.append(Label(part.strip(), Relation.SENTENCE, hint))
        return out[::-1]

    def _names(self, piece: Piece, before: Text, has_role: bool) -> list[Label]:
        own, kind = _of_kind(self._own_name(piece, before, has_role))
        parent = self._parent(piece)
        if own and PLACE_ALONE.search(own.string) and (subject := self._subject(piece)):
            return [self._name(subject), Label(own, Relation.PART, Hint(name=own.string))]
        compound = next((t for t in (own, parent) if t and split_compound(t.string)), None)
        if compound is not None:
            self.parts, self.taken, self.topic = split_compound(compound.string), 0, self._name(compound)
        if self.parts and (part := self._part(piece.quantity)) is not None and self.topic is not None:
            return [self.topic, Label(Text.join([self.topic.text]), Relation.PART, Hint(name=part))]
        if not own:
            return [self.topic] if self.topic else ([self._name(parent)] if parent else [])
        if parent and self.string[piece.start - 1 : piece.start] == "\n" and not own:
            self.topic = self._name(parent)
            return [self.topic]
        if not own:
            return [self.topic] if self.topic else ([self._name(parent)] if parent else [])
        if self.topic is None and self._in_bracket(piece):
            return [self._name(own)]
        if self.topic is not None and ((piece.continues and self._in_bracket(piece)) or SAME.search(own.string) or GROUP.fullmatch(own.string)):
            return [self.topic, Label(own, Relation.PART, Hint(name=own.string))]
        if parent:
            self.topic = self._name(parent)
            return [self.topic, Label(own, Relation.PART, Hint(name=own.string))]
        self.topic = self._name(own)
        return [self.topic, *([Label(kind, Relation.PART, Hint(name=kind.string))] if kind else [])]

    def _subject(self, piece: Piece) -> Text:
        """What the sentence is about, where a place stands between it and the number (`…割合は、市内が56.7%、県全体が58.5%`)."""
        start = max(self.masked.rfind("。", 0, piece.quantity.start), self.masked.rfind("\n", 0, piece.quantity.start)) + 1
        found = regex.search(r"は、?", self.string[start : piece.quantity.start])
        return _trimmed(_without_dates(self.text[start : start + found.start()], self.calendar), False) if found else Text()

    def _name(self, text: Text) -> Label:
        return Label(text, Relation.NAME, Hint(name=text.string))

    def _in_bracket(self, piece: Piece) -> bool:
        """Whether the number stands in a bracket that opened before its own words, or with them right behind the number before."""
        own = self.string[piece.start : piece.quantity.start]
        if regex.match(r"\s*[(（]", own):
            return not regex.search(r"[)）]", own)
        upto = self.string[: piece.start]
        opened = max(upto.rfind("（"), upto.rfind("(")) > max(upto.rfind("）"), upto.rfind(")"))
        return opened and not regex.search(r"[)）]", own)

    def _part(self, quantity: Quantity) -> str | None:
        """The part of a compound name that goes with this number: by its unit, else in order."""
        fitting = [part for part in self.parts if fits(part, quantity.unit)]
        if len(fitting) == 1:
            return fitting[0]
        part = self.parts[self.taken] if self.taken < len(self.parts) else None
        self.taken += 1
        return part

    def _own_name(self, piece: Piece, before: Text, has_role: bool) -> Text:
        """The words that name the number: its clause without dates, role words and particles; empty where nothing is left."""
        words = self._undated(piece)
        if piece.continues:
            words = _new_words(words)
        whole = _trimmed(words, piece.continues)
        if has_role:
            whole = _trimmed(_without_role(whole), piece.continues)
        if self.nominal and (not piece.continues or split_compound(whole.string)):
            return whole if TOTAL.sub("", whole.string) else Text()
        clauses = _clauses(words)
        for clause in reversed(clauses):
            trimmed = _trimmed(_without_role(clause) if has_role else clause, piece.continues)
            if len(regex.findall(r"[\p{L}]", TOTAL.sub("", trimmed.string))) >= 2 and not VERBAL.search(trimmed.string):
                return trimmed
        return Text()

    def _undated(self, piece: Piece) -> Text:
        words = self.text[piece.start : piece.quantity.start]
        bound = BOUND.search(words.string)
        if bound:
            words = Text.join([words[: bound.start()], words[bound.end() :]])
        return _without_dates(words, self.calendar)

    def _parent(self, piece: Piece) -> Text:
        """The line of the passage above the number's own line, where it holds no number: what the list item is about."""
        line = self.string.rfind("\n", 0, piece.start + 1)
        if line <= 0 or regex.match(r"\s*(?:[・○〇●◇◆■□✓➢]|[①-⑳]|[(（]?[0-9０-９アイウエオ][)）．.])", self.string[line + 1 :]):
            return Text()
        start = self.string.rfind("\n", 0, line) + 1
        above = self.text[start:line]
        if above.string.rstrip().endswith("。") or any(isinstance(t, Quantity) and start <= t.start < line for t in self.tokens) or read_label(above.string, self.calendar).whole:
            return Text()
        name = _trimmed(_without_dates(above, self.calendar), False)
        if EVENT_NAME.fullmatch(name.string):
            return Text()
        places = find_places(name.string)
        return Text() if places and places[0].end - places[0].start >= len(name.string) else name


def _masked(string: str) -> str:
    """The string with full stops inside brackets made harmless (`（以下「本市」という。）` ends no sentence)."""
    return regex.sub(r"[(（「][^()（）「」]*[)）」]", lambda m: m.group().replace("。", "・").replace("\n", " "), string)


def _of_kind(own: Text) -> tuple[Text, Text]:
    """Name and part of `休日当番医：受診者数` (what is counted stands last) and of `集合型研修（…：延べ参加者` (it stands in the bracket)."""
    bracket = regex.match(r"(.{2,}?)\s*[(（][^()（）]*?([^\s()（）:：、]{2,})$", own.string)
    if bracket:
        part = regex.sub(r"^(?:延べ|のべ|計|うち)", "", bracket[2])
        return own[: bracket.end(1)], own[bracket.end(2) - len(part) : bracket.end(2)]
    colon = regex.match(r"([^:：]{2,30})\s*[:：]\s*([^:：]{2,})$", own.string)
    if colon:
        return own[colon.start(2) :], own[: colon.end(1)]
    return own, Text()


def _new_words(text: Text) -> Text:
    """What begins after the number before: letters that follow it at once are its own (`３回共同開催：28名`), unless they are one noun."""
    if not regex.match(r"\p{L}", text.string) or regex.fullmatch(r"[\p{Han}\p{Katakana}ー]{3,}[\s(（]*", text.string):
        return text
    cut = regex.search(r"[、，,：:\s（(・/／→)）]", text.string)
    return text[cut.start() :] if cut else Text()


def _without_dates(text: Text, calendar: Calendar) -> Text:
    """A line without its dates, and without the brackets that held nothing else (`利用者数（令和6年4月現在）`)."""
    parts, at = [], 0
    for when in scan(text.string, calendar):
        if isinstance(when, When):
            left = regex.search(r"[(（]\s*$", text.string[: when.start])
            right = regex.match(r"\s*(?:現在|時点|開催)?\s*[)）]", text.string[when.end :])
            both = left is not None and right is not None
            parts.append(text[at : left.start() if left and both else when.start])
            at = when.end + (right.end() if right and both else 0)
    parts.append(text[at:])
    return Text.join([p for p in parts if p])


def _clauses(text: Text) -> list[Text]:
    bounds = [0, *(m.end() for m in COMMA.finditer(text.string)), len(text)]
    return [text[a:b] for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


def _trimmed(text: Text, continues: bool) -> Text:
    """Without the particles and marks around a name; what continues the sentence before it is taken off only after a number."""
    lead = LEAD.match(text.string) if continues else regex.match(r"[\s(（→➡⇒⇨、，,。・:：;；)）\]］◇◆●○◎■□★☆\-•✓➢〇]+", text.string)
    text = text[lead.end() :] if lead else text
    event = regex.match(r"第\s*[0-9０-９]+\s*回\s*(?:開催|実施)?[\s　]+", text.string)
    text = text[event.end() :] if event else text
    tail = TAIL.search(text.string)
    text = (text[: tail.start()] if tail else text).strip()
    led = regex.match(r"(?:の|における|において|現在の|時点の)+(?=\S)", text.string)
    text = text[led.end() :] if led else text
    deed = DOER.match(text.string)
    return text[deed.end() :] if deed else text


def _without_role(text: Text) -> Text:
    """Without the role word that ends the words before a number (`就職者数 目標`, `支援対象者数：目標`)."""
    hint = read_label(text.string)
    at = text.string.rfind(hint.word) if hint.word else -1
    left = text[:at] if at >= 0 else text
    bare = len(hint.word) <= 3 or regex.search(r"\p{L}", left.string)
    return left if bare else text
