"""Lines cut into the parts that may stand in columns, and the columns that many lines share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import regex

from extractors.vocabulary import Box
from pipeline.read.letters import Letter
from pipeline.read.typeset import RAISED_SIZE, Run, around

# Between columns there is at least this much room (in ems), open through all rows; blanks inside of labels are not level with each other.
ROOM: Final = 0.45

NUMERAL: Final = regex.compile(r"\d")
FIGURE: Final = regex.compile(
    r"[\p{N}.,，．:：%％△▲－ー―‐−+＋()（）\s\-–—/]*\p{N}[\p{N}.,，．:：%％△▲－ー―‐−+＋()（）\s\-–—/]*\p{L}{0,5}[)）]?"
    r"(?:\s*[⁰¹²³⁴-⁹]+|\s*(?:[※＊*†]|注)\d{0,2}[)）]?|\s*[（(][^（()）]{0,8}年度?[)）])?"
    r"|[-－ー―‐−–—…*＊]"
)
# Years alone (（2021年度）, 2019年 2020年) are the header of figures, not figures.
YEAR: Final = regex.compile(r"[(（]?(?:(?:19|20|１９|２０)\d\d|\d{1,2}(?=\s*年度))\s*(?:年度?)?[)）]?")

# From left to right, in points.
Span = tuple[float, float]


@lru_cache(8192)
def is_figure(string: str) -> bool:
    """Whether a string is a figure, with its unit and note, or a dash in the place of one."""
    return FIGURE.fullmatch(string) is not None


@lru_cache(8192)
def _is_numbered(string: str) -> bool:
    return NUMERAL.search(string) is not None


@lru_cache(8192)
def _is_year(string: str) -> bool:
    return YEAR.fullmatch(string) is not None


class Part:
    """Letters of a line that stand together: their box, string, size (the largest, `em`), and whether they are a figure (or a dash in the place of one)."""

    __slots__ = ("_figure", "box", "em", "letters", "string")

    def __init__(self, letters: Run) -> None:
        self.letters = letters
        self.box = around(letters)
        self.string = "".join([x.string for x in letters]).strip()
        self.em = letters[0].em
        for x in letters:
            self.em = x.em if x.em > self.em else self.em
        self._figure: bool | None = None

    @property
    def figure(self) -> bool:
        # Every column of a table asks.
        if self._figure is None:
            self._figure = self._is_figure()
        return self._figure

    def _is_figure(self) -> bool:
        # A note mark behind a number (113件 and a raised 1) leaves it a figure.
        raised = RAISED_SIZE * self.em
        marked = any(x.em <= raised for x in self.letters)
        return is_figure("".join([x.string for x in self.letters if x.em > raised]).strip() if marked else self.string)

    @property
    def numeral(self) -> bool:
        return _is_numbered(self.string)

    @property
    def year(self) -> bool:
        return _is_year(self.string)


Row = list[Part]


def parts_of(row: Run) -> Row:
    """The line parted where the room is that between columns. Printed blanks within a part stay, others are left out."""
    out: list[Run] = []
    blanks: Run = []
    last: Letter | None = None
    for letter in row:
        if letter.blank:
            blanks.append(letter)
            continue
        if last is None or letter.x0 - last.x1 > ROOM * min(last.em, letter.em):
            out.append([])
        else:
            out[-1] += blanks
        out[-1].append(letter)
        last, blanks = letter, []
    return [Part(run) for run in out]


def together(parts: Sequence[Part]) -> Part:
    """Several parts as one."""
    return parts[0] if len(parts) == 1 else Part([x for part in parts for x in part.letters])


def box_of(row: Row) -> Box:
    """The rectangle around a line."""
    return around([x for part in row for x in part.letters])


def is_data(row: Row) -> bool:
    """Whether a line has two figures or more, one of them with a numeral that is no year."""
    if len(row) < 2:
        return False
    figures = [part for part in row if part.figure]
    return len(figures) >= 2 and any(part.numeral and not part.year for part in figures)


def columns_of(rows: Iterable[Row], parted: Sequence[float] = ()) -> list[Span]:
    """The columns that the parts of all rows leave room between, from left to right.

    A dash set flush with the other side of its column makes none of its own: it belongs to the neighbour that is empty beside it. So does
    a word that stands apart from the other names (a total, centred or indented) where these are empty, unless a rule begins or ends
    between the two: at the places `parted`, in points from the left.
    """
    kept = list(rows)
    spans: list[list[float]] = []
    for x0, x1 in sorted((part.box.x0, part.box.x1) for row in kept for part in row):
        if spans and x0 < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], x1)
        else:
            spans.append([x0, x1])
    return _without_shifts(_without_dashes([(a, b) for a, b in spans], kept), kept, parted)


def _without_dashes(columns: list[Span], rows: list[Row]) -> list[Span]:
    out = list(columns)
    for span in columns:
        with_it = [row for row in rows if in_column(row, span)]
        if any(part.numeral or not part.figure for row in with_it for part in in_column(row, span)):
            continue
        at = out.index(span)
        beside = [other for other in (out[at - 1] if at else None, out[at + 1] if at + 1 < len(out) else None) if other is not None]
        free = [other for other in beside if not any(in_column(row, other) for row in with_it)]
        if free:
            home = min(free, key=lambda other: max(other[0] - span[1], span[0] - other[1]))
            out[out.index(home)] = (min(home[0], span[0]), max(home[1], span[1]))
            out.remove(span)
    return out


def _without_shifts(columns: list[Span], rows: list[Row], parted: Sequence[float]) -> list[Span]:
    out = columns[:1]
    for span in columns[1:]:
        named = [[bool(in_column(row, column)) for row in rows] for column in (out[-1], span)]
        figures = any(part.numeral and part.figure for row in rows for column in (out[-1], span) for part in in_column(row, column))
        ruled = any(out[-1][1] <= end <= span[0] for end in parted)
        if not figures and not ruled and not any(a and b for a, b in zip(*named, strict=True)):
            out[-1] = (out[-1][0], span[1])
        else:
            out.append(span)
    return out


def in_column(row: Row, column: Span) -> list[Part]:
    """The parts of a line that lie over a column, if only with their edge."""
    return [part for part in row if part.box.x0 < column[1] and part.box.x1 > column[0]]
