"""From letters to lines of text: what stands on one baseline, where blanks belong, and which characters run downwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

import regex

from extractors.vocabulary import Box, Glyph, Text
from pipeline.read.letters import Letter

# Gaps in ems (the smaller neighbour's font size). Justified Japanese opens up to a fifth of an em between characters; a western blank is a quarter.
BLANK = 0.28
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# Raised note marks are set at 0.5 to 0.7 of the text and end at least a tenth of an em above its foot.
RAISED_SIZE = 0.76
RAISED_BY = 0.1
WIDE = 1.5
# Letters share a baseline when they overlap by this share of the smaller one's height: a raised note mark does, ruby above a word does not.
OVERLAP = 0.5
# A cell narrower than this (in ems) has no room for a line of its own.
NARROW = 2.2
# Characters of vertical writing are set solid or nearly so; lines stand further apart (in ems, from one to the next).
SOLID = 1.15

# What the marks of notes are made of: 1, 注1, ※2, *3, (1), 1,2.
MARK = regex.compile(r"[0-9０-９注※*＊†()（）,，、]")
CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・、。（）()「」]")

Run = list[Letter]

IN_ORDER = attrgetter("order")


def from_left(letter: Letter) -> tuple[float, int]:
    """By which the letters of a line are sorted."""
    return letter.box[0], letter.order


def around(letters: Sequence[Letter]) -> Box:
    """The rectangle around the letters (at least one)."""
    if len(letters) == 1:
        return letters[0].box
    lefts, tops, rights, bottoms = zip(*[x.box for x in letters], strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def runs_of(letters: Sequence[Letter]) -> list[Run]:
    """Letters that follow each other in the content stream and on the page: pieces of lines in the order in which they were set."""
    out: list[Run] = []
    last: Letter | None = None
    for letter in sorted(letters, key=IN_ORDER):
        if last is not None and _follows(last, letter):
            out[-1].append(letter)
        else:
            out.append([letter])
        last = letter
    return out


def _follows(one: Letter, other: Letter) -> bool:
    box, behind = one.box, other.box
    gap = behind[0] - box[2]
    em = one.size if one.size < other.size else other.size
    near = one.turn == other.turn and -0.5 * em <= gap <= em and behind[0] > box[0] - 0.1 * em
    return near and _overlap(box, behind) >= OVERLAP


def _overlap(one: Box, other: Box) -> float:
    """Shared height as a share of the smaller one's."""
    _, top, _, bottom = one
    _, upper, _, lower = other
    height, size = bottom - top, lower - upper
    shared = (lower if lower < bottom else bottom) - (upper if upper > top else top)
    return shared / max(size if size < height else height, 0.01)


def rows_of(letters: Sequence[Letter]) -> list[Run]:
    """The lines of horizontal text, top to bottom, each from left to right. Every letter is in exactly one.

    A tall character beside two small lines joins one of them only: a run joins no line of which it covers a part.
    """
    rows: list[_Row] = []
    near: list[_Row] = []
    for box, run in sorted([(around(run), run) for run in runs_of(letters)], key=lambda item: (item[0].top, item[0].x0)):
        # Those that end above this run share no height with it, nor with any that follows: a page of many rows does not ask each for each.
        near = [row for row in near if row.band.bottom > box.top]
        best = max(near, key=lambda row: _overlap(row.band, box), default=None)
        if best is not None and _overlap(best.band, box) >= OVERLAP and not _upon(best.boxes, box):
            best.band = _band(best.band, box)
        else:
            best = _Row(box)
            rows.append(best)
            near.append(best)
        best.runs.append(run)
        best.boxes.append(box)
    rows.sort(key=lambda row: (row.band.top + row.band.bottom, row.band.x0))
    return [sorted((x for run in row.runs for x in run), key=from_left) for row in rows]


class _Row:
    """A line as it grows: its height (`band`), its runs and the box of each."""

    __slots__ = ("band", "boxes", "runs")

    def __init__(self, band: Box) -> None:
        self.band = band
        self.runs: list[Run] = []
        self.boxes: list[Box] = []


def _upon(boxes: list[Box], box: Box) -> bool:
    """Whether the box lies upon letters that stand there already, in `boxes`, by more than half of its width."""
    shared = sum(max(0.0, min(box.x1, b.x1) - max(box.x0, b.x0)) for b in boxes)
    return shared > 0.5 * max(box.width, 0.1)


def _band(band: Box, box: Box) -> Box:
    """The height of the line goes by its largest letters, as long as they are not of another order of size."""
    taller = band.height < box.height < 1.6 * band.height
    return Box(min(band.x0, box.x0), box.top, max(band.x1, box.x1), box.bottom) if taller else band


def set_line(row: Sequence[Letter]) -> Text:
    """One line's text: an unprinted blank in a gap wider than BLANK ems, two in one wider than WIDE, none where a blank is printed.

    A raised note mark that begins with a word (`人` and raised `注1`) is parted from what it follows: it is no part of the unit.
    """
    glyphs: list[Glyph] = []
    last: Letter | None = None
    foot: Letter | None = None
    for letter in row:
        raised = last is not None and foot is not None and _raised(letter, last, foot)
        if last is not None and not last.blank and not letter.blank:
            apart = _blanks(last, letter) or int(raised and last is foot and not letter.string.isdecimal())
            glyphs += [Glyph(" ", letter.glyphs[0].page, printed=False) for _ in range(apart)]
        if raised and letter.string.isdecimal():
            letter.glyphs[0].char = SUPERSCRIPTS[int(letter.string)]
        glyphs.extend(letter.glyphs)
        last, foot = letter, foot if raised else letter
    return Text(glyphs)


def _blanks(last: Letter, letter: Letter) -> int:
    """How many blanks the gap between two letters stands for."""
    gap = (letter.box.x0 - last.box.x1) / max(min(last.size, letter.size), 1.0)
    # A full-width digit beside a half-width one (33０) leaves its own side bearing open: one number, no blank.
    one, other = last.glyphs[-1].char, letter.glyphs[0].char
    widths = one.isascii() != other.isascii() and all(c.isdecimal() or c in ".,．，" for c in (one, other))
    return 2 if gap > WIDE else 1 if gap > BLANK and not widths else 0


def _raised(letter: Letter, last: Letter, foot: Letter) -> bool:
    """Whether a letter belongs to the mark of a note: small, behind `last`, and set above the line on which `foot` stands.

    Its digits are read as superscripts, so that 92.0 with note 1 is not 92.01.
    """
    small = letter.size <= RAISED_SIZE * foot.size and letter.box.bottom < foot.box.bottom - RAISED_BY * foot.size
    return small and letter.box.x0 - last.box.x1 < BLANK * foot.size and MARK.fullmatch(letter.string) is not None


def set_block(letters: Sequence[Letter], width: float | None = None) -> list[Text]:
    """The lines of a cell or a frame: text from left to right, text that runs downwards, and turned text, each in its own order.

    `width` is the cell's in points: two characters one above the other are a label in vertical writing only where no line has room.
    """
    out: list[Text] = []
    level = [x for x in letters if x.turn in (0, 180)]
    rows = rows_of(level) if level else []
    if stacked(rows, width):
        out.append(_downwards(level))
    else:
        stacks, rest = stacks_of(level)
        # Columns of vertical writing are read from the right.
        out += [_downwards(stack) for stack in sorted(stacks, key=lambda stack: -stack[0].across)]
        out += [set_line(row) for row in (rows_of(rest) if stacks else rows)]
    for turn in (90, 270):
        some = [x for x in letters if x.turn == turn]
        out += [set_line(row) for row in rows_of(_levelled(some, turn))] if some else []
    return [text for text in out if text.glyphs]


def stacked(rows: list[Run], width: float | None = None) -> bool:
    """Whether the rows are one character each, one under the other: a label in vertical writing, not a list of marks or digits."""
    full = [row for row in ([x for x in row if not x.blank] for row in rows) if row]
    if len(full) < 2 or any(len(row) > 1 for row in full):
        return False
    first = full[0][0]
    if 2 * sum(bool(CJK.match(row[0].string)) for row in full) <= len(full):
        return False
    roomy = width is not None and width > NARROW * first.size
    if len(full) == 2 and roomy and full[1][0].box.top - first.box.top > SOLID * first.size:
        return False
    close = all(b[0].box.top - a[0].box.bottom < 2.0 * first.size for a, b in pairwise(full))
    return close and all(abs(row[0].across - first.across) < 0.4 * first.size for row in full)


def stacks_of(letters: Sequence[Letter]) -> tuple[list[Run], list[Letter]]:
    """Columns of vertical writing among other text (set one under the other in the content stream, three characters or more), and the rest."""
    stacks: list[Run] = []
    for letter in sorted((x for x in letters if not x.blank), key=lambda x: x.order):
        if stacks and _under(stacks[-1][-1], letter):
            stacks[-1].append(letter)
        else:
            stacks.append([letter])
    stacks = [stack for stack in stacks if len(stack) >= 3 and 2 * sum(bool(CJK.match(x.string)) for x in stack) > len(stack)]
    taken = {id(x) for stack in stacks for x in stack}
    return stacks, [x for x in letters if id(x) not in taken]


def _under(one: Letter, other: Letter) -> bool:
    """Whether the second letter stands right below the first one, as large and in line with it."""
    step = other.box.top - one.box.top
    return one.turn == other.turn and abs(one.across - other.across) < 0.2 * one.size and 0.6 * one.size < step < 1.5 * one.size


def _downwards(letters: Sequence[Letter]) -> Text:
    return Text(g for x in sorted(letters, key=lambda x: (x.box.top, x.order)) if not x.blank for g in x.glyphs)


def _levelled(letters: Sequence[Letter], turn: int) -> list[Letter]:
    """Turned letters in the frame of their own reading direction."""
    out = []
    for x in letters:
        b = x.box
        box = Box(-b.bottom, b.x0, -b.top, b.x1) if turn == 90 else Box(b.top, -b.x1, b.bottom, -b.x0)
        out.append(Letter(x.glyphs, box, x.size, 0, x.order))
    return out
