"""From letters to lines of text: what stands on one baseline, where blanks belong, and which characters run downwards."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import regex

from extractors.vocabulary import Box, Glyph, Text
from pipeline.read.letters import Letter, glyphs_of

# Gaps in ems (the smaller neighbour's font size). Justified Japanese opens up to a fifth of an em between characters; a western blank is a quarter.
BLANK: Final = 0.28
SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# Raised note marks are set at 0.5 to 0.7 of the text and end at least a tenth of an em above its foot.
RAISED_SIZE: Final = 0.76
RAISED_BY: Final = 0.1
WIDE: Final = 1.5
# Letters share a baseline when they overlap by this share of the smaller one's height: a raised note mark does, ruby above a word does not.
OVERLAP: Final = 0.5
# A cell narrower than this (in ems) has no room for a line of its own.
NARROW: Final = 2.2
# Characters of vertical writing are set solid or nearly so; lines stand further apart (in ems, from one to the next).
SOLID: Final = 1.15

# What the marks of notes are made of: 1, 注1, ※2, *3, (1), 1,2.
MARK: Final = regex.compile(r"[0-9０-９注※*＊†()（）,，、]")
CJK: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・、。（）()「」]")

Run = list[Letter]

def _order(letter: Letter) -> int:
    return letter.order


def _in_order(letters: list[Letter]) -> list[Letter]:
    """The letters in content order, in which they are but for those of a joined row."""
    last = -1
    for letter in letters:
        if letter.order < last:
            return sorted(letters, key=_order)
        last = letter.order
    return letters


def from_left(letter: Letter) -> tuple[float, int]:
    """By which the letters of a line are sorted."""
    return letter.x0, letter.order


def around(letters: list[Letter]) -> Box:
    """The rectangle around the letters (at least one)."""
    first = letters[0]
    if len(letters) == 1:
        return first.box
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for letter in letters:
        x0 = letter.x0 if letter.x0 < x0 else x0
        top = letter.top if letter.top < top else top
        x1 = letter.x1 if letter.x1 > x1 else x1
        bottom = letter.bottom if letter.bottom > bottom else bottom
    return Box(x0, top, x1, bottom)


def linked(letters: list[Letter]) -> list[Letter]:
    """The letters of a page in content order, each told whether it follows the one before: asked once, though many ask for runs of parts of them."""
    last: Letter | None = None
    for letter in letters:
        if last is not None:
            letter.prior, letter.follows = last.order, _follows(last, letter)
        last = letter
    return letters


def runs_of(letters: list[Letter]) -> list[Run]:
    """Letters that follow each other in the content stream and on the page: pieces of lines in the order in which they were set."""
    out: list[Run] = []
    run: Run = []
    last: Letter | None = None
    for letter in _in_order(letters):
        if last is not None and (letter.follows if letter.prior == last.order else _follows(last, letter)):
            run.append(letter)
        else:
            run = [letter]
            out.append(run)
        last = letter
    return out


def _follows(one: Letter, other: Letter) -> bool:
    if one.turn != other.turn:
        return False
    gap = other.x0 - one.x1
    em = one.em if one.em < other.em else other.em
    return -0.5 * em <= gap <= em and other.x0 > one.x0 - 0.1 * em and _overlap(one.top, one.bottom, other.top, other.bottom) >= OVERLAP


def _overlap(top: float, bottom: float, upper: float, lower: float) -> float:
    """Shared height of two stretches as a share of the smaller one's."""
    height, size = bottom - top, lower - upper
    least = size if size < height else height
    shared = (lower if lower < bottom else bottom) - (upper if upper > top else top)
    return shared / (least if least > 0.01 else 0.01)


def rows_of(letters: list[Letter]) -> list[Run]:
    """The lines of horizontal text, top to bottom, each from left to right. Every letter is in exactly one.

    A tall character beside two small lines joins one of them only: a run joins no line of which it covers a part.
    """
    runs = runs_of(letters)
    if len(runs) == 1:
        return [_line(runs)]
    rows: list[_Row] = []
    near: list[_Row] = []
    for box, run in sorted([(around(run), run) for run in runs], key=_from_top):
        # Those that end above this run share no height with it, nor with any that follows: a page of many rows does not ask each for each.
        near = [row for row in near if row.band.bottom > box.top]
        row = _home(near, box)
        if row is None:
            row = _Row(box)
            rows.append(row)
            near.append(row)
        else:
            row.band = _band(row.band, box)
        row.runs.append(run)
        row.boxes.append(box)
    rows.sort(key=_middle_and_left)
    return [_line(row.runs) for row in rows]


def _line(runs: list[Run]) -> Run:
    """The letters of the runs (each in content order) from left to right."""
    if len(runs) > 1:
        return sorted([x for run in runs for x in run], key=from_left)
    run, reached = runs[0], -math.inf
    for letter in run:
        if letter.x0 < reached:
            return sorted(run, key=from_left)
        reached = letter.x0
    return run


def _from_top(item: tuple[Box, Run]) -> tuple[float, float]:
    return item[0].top, item[0].x0


def _home(near: list[_Row], box: Box) -> _Row | None:
    """The row that shares most of its height with the box of a run, if that is enough and nothing of the row stands there."""
    best: _Row | None = None
    most = 0.0
    for row in near:
        share = _overlap(row.band.top, row.band.bottom, box.top, box.bottom)
        if best is None or share > most:
            best, most = row, share
    return best if best is not None and most >= OVERLAP and not _upon(best.boxes, box) else None


class _Row:
    """A line as it grows: its height (`band`), its runs and the box of each."""

    __slots__ = ("band", "boxes", "runs")

    def __init__(self, band: Box) -> None:
        self.band = band
        self.runs: list[Run] = []
        self.boxes: list[Box] = []


def _middle_and_left(row: _Row) -> tuple[float, float]:
    return row.band.top + row.band.bottom, row.band.x0


def _upon(boxes: list[Box], box: Box) -> bool:
    """Whether the box lies upon letters that stand there already, in `boxes`, by more than half of its width."""
    x0, x1, shared = box.x0, box.x1, 0.0
    for b in boxes:
        if b.x0 < x1 and b.x1 > x0:
            shared += (x1 if x1 < b.x1 else b.x1) - (x0 if x0 > b.x0 else b.x0)
    return shared > 0.5 * max(x1 - x0, 0.1)


def _band(band: Box, box: Box) -> Box:
    """The height of the line goes by its largest letters, as long as they are not of another order of size."""
    taller = band.height < box.height < 1.6 * band.height
    return Box(min(band.x0, box.x0), box.top, max(band.x1, box.x1), box.bottom) if taller else band


def set_line(row: list[Letter]) -> Text:
    """One line's text: an unprinted blank in a gap wider than BLANK ems, two in one wider than WIDE, none where a blank is printed.

    A raised note mark that begins with a word (`人` and raised `注1`) is parted from what it follows: it is no part of the unit.
    """
    glyphs: list[Glyph] = []
    last: Letter | None = None
    foot: Letter | None = None
    for letter in row:
        raised = last is not None and foot is not None and letter.em <= RAISED_SIZE * foot.em and _raised(letter, last, foot)
        if last is not None and not last.blank and not letter.blank:
            apart = _blanks(last, letter) or int(raised and last is foot and not letter.string.isdecimal())
            if apart:
                glyphs += [Glyph(" ", letter.page, printed=False) for _ in range(apart)]
        if raised and letter.string.isdecimal():
            letter.glyphs[0].char = SUPERSCRIPTS[int(letter.string)]
        if letter.own:
            glyphs += letter.own
        else:
            glyphs.append(letter)
        last, foot = letter, foot if raised else letter
    return Text(glyphs)


def _blanks(last: Letter, letter: Letter) -> int:
    """How many blanks the gap between two letters stands for."""
    em = last.em if last.em < letter.em else letter.em
    gap = (letter.x0 - last.x1) / (em if em > 1.0 else 1.0)
    if gap <= BLANK:
        return 0
    # A full-width digit beside a half-width one (33０) leaves its own side bearing open: one number, no blank.
    one, other = last.own[-1].char if last.own else last.char, letter.own[0].char if letter.own else letter.char
    widths = one.isascii() != other.isascii() and (one.isdecimal() or one in ".,．，") and (other.isdecimal() or other in ".,．，")
    return 2 if gap > WIDE else 0 if widths else 1


def _raised(letter: Letter, last: Letter, foot: Letter) -> bool:
    """Whether a letter belongs to the mark of a note: small, behind `last`, and set above the line on which `foot` stands.

    Its digits are read as superscripts, so that 92.0 with note 1 is not 92.01.
    """
    small = letter.em <= RAISED_SIZE * foot.em and letter.bottom < foot.bottom - RAISED_BY * foot.em
    return small and letter.x0 - last.x1 < BLANK * foot.em and MARK.fullmatch(letter.string) is not None


def set_block(letters: list[Letter], width: float | None = None) -> list[Text]:
    """The lines of a cell or a frame: text from left to right, text that runs downwards, and turned text, each in its own order.

    `width` is the cell's in points: two characters one above the other are a label in vertical writing only where no line has room.
    """
    if _is_line(letters):
        text = set_line(letters)
        return [text] if text.glyphs else []
    out: list[Text] = []
    turned = any(x.turn for x in letters)
    level = [x for x in letters if x.turn in (0, 180)] if turned else letters
    rows = rows_of(level) if level else []
    if stacked(rows, width):
        out.append(_downwards(level))
    else:
        stacks, rest = stacks_of(level)
        # Columns of vertical writing are read from the right.
        out += [_downwards(stack) for stack in sorted(stacks, key=lambda stack: -stack[0].across)]
        out += [set_line(row) for row in (rows_of(rest) if stacks else rows)]
    for turn in (90, 270) if turned else ():
        some = [x for x in letters if x.turn == turn]
        out += [set_line(row) for row in rows_of(_levelled(some, turn))] if some else []
    return [text for text in out if text.glyphs]


def _is_line(letters: list[Letter]) -> bool:
    """Whether the letters are one piece of a line, level and as they were set: most cells hold no more."""
    last: Letter | None = None
    for letter in letters:
        if letter.turn != 0 or (last is not None and not (letter.follows and letter.prior == last.order and letter.top == last.top and letter.x0 >= last.x0)):
            return False
        last = letter
    return last is not None


def stacked(rows: list[Run], width: float | None = None) -> bool:
    """Whether the rows are one character each, one under the other: a label in vertical writing, not a list of marks or digits."""
    full: Run = []
    for row in rows:
        inked = [x for x in row if not x.blank]
        if len(inked) > 1:
            return False
        full += inked
    if len(full) < 2 or not _mostly_cjk(full):
        return False
    first = full[0]
    roomy = width is not None and width > NARROW * first.em
    if len(full) == 2 and roomy and full[1].top - first.top > SOLID * first.em:
        return False
    close = all(b.top - a.bottom < 2.0 * first.em for a, b in pairwise(full))
    return close and all(abs(x.across - first.across) < 0.4 * first.em for x in full)


def stacks_of(letters: list[Letter]) -> tuple[list[Run], list[Letter]]:
    """Columns of vertical writing among other text (set one under the other in the content stream, three characters or more), and the rest."""
    stacks: list[Run] = []
    stack: Run = []
    last: Letter | None = None
    for letter in _in_order(letters):
        if letter.blank:
            continue
        if last is not None and _under(last, letter):
            stack = stack or [last]
            stack.append(letter)
        elif stack:
            if len(stack) > 2:
                stacks.append(stack)
            stack = []
        last = letter
    if len(stack) > 2:
        stacks.append(stack)
    stacks = [stack for stack in stacks if _mostly_cjk(stack)]
    if not stacks:
        return [], list(letters)
    taken = {id(x) for stack in stacks for x in stack}
    return stacks, [x for x in letters if id(x) not in taken]


def _mostly_cjk(letters: Run) -> bool:
    return 2 * sum([CJK.match(x.string) is not None for x in letters]) > len(letters)


def _under(one: Letter, other: Letter) -> bool:
    """Whether the second letter stands right below the first one, as large and in line with it."""
    step, size = other.top - one.top, one.em
    return 0.6 * size < step < 1.5 * size and abs(one.across - other.across) < 0.2 * size and one.turn == other.turn


def _downwards(letters: list[Letter]) -> Text:
    return Text(glyphs_of([x for x in sorted(letters, key=lambda x: (x.top, x.order)) if not x.blank]))


def _levelled(letters: list[Letter], turn: int) -> list[Letter]:
    """Turned letters in the frame of their own reading direction."""
    out = []
    for x in letters:
        box = Box(-x.bottom, x.x0, -x.top, x.x1) if turn == 90 else Box(x.top, -x.x1, x.bottom, -x.x0)
        out.append(x.within(box, 0))
    return out
