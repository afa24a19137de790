"""What a content stream puts on the page, as pdfplumber's objects: characters, lines, rectangles, curves, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from pdfminer.utils import Matrix, Point
from pdfplumber.page import Page as SourcePage

from pipeline.read import pdf_device
from pipeline.read.content import Doubtful
from pipeline.read.glyphs import Glyph, Glyphs
from pipeline.read.objects import Char, Objects, Shape, turn_of
from pipeline.read.pdf_device import FAR
from pipeline.read.state import State

SUBPATH: Final = re.compile(r"m[^m]+")


class Path:
    """The path that is being built: of each step its operator (`m`, `l`, `c`, `v`, `y`, `h`) and where it ends; a curve's other points are not asked for."""

    __slots__ = ("letters", "start_x", "start_y", "xs", "ys")

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.start_x = self.start_y = 0.0

    def move(self, x: float, y: float) -> None:
        """A new part that begins at a point."""
        self.start_x, self.start_y = x, y
        self.step("m", x, y)

    def step(self, letter: str, x: float, y: float) -> None:
        """A line or curve to a point."""
        self.letters.append(letter)
        self.xs.append(x)
        self.ys.append(y)

    def close(self) -> None:
        """A line to where the part began."""
        self.step("h", self.start_x, self.start_y)


class Marks:
    """Collects what is painted on one page: `chars`, and `shapes` with pdfplumber's keys as far as reading uses them. All values are the reference's
    to the last bit: each sum below is done in pdfminer's and pdfplumber's order, since ids of facts hold coordinates.
    """

    def __init__(self, page: SourcePage) -> None:
        self.chars: list[Char] = []
        self.shapes: dict[str, list[Shape]] = {}
        self.held: Counter[str] = Counter()
        self.characters = self.parts = self.points = 0
        self.left: float = page.mediabox[0]
        self.upper: float = page.mediabox[1]
        self.height: float = page.height
        # The matrix that is in force on the page; pdfminer leaves it as it was at the end of a form, until the next cm or Q.
        self.ctm: Matrix = (1, 0, 0, 1, 0, 0)

    def count(self, what: str, most: int, more: int = 1) -> None:
        """Counts what is drawn. Raises Doubtful where it is more than the reference reads: what becomes of the page is for it to say."""
        self.held[what] += more
        if self.held[what] > most:
            raise Doubtful(f"more {what} than {most}")

    def placed(self) -> bool:
        """Whether every object has a place on a page: coordinates that are none compare as nothing."""
        if any(not (x["x0"] > -FAR and x["x1"] < FAR and x["top"] > -FAR and x["bottom"] < FAR) for some in self.shapes.values() for x in some):
            return False
        return not [x for x in self.chars if not (x.x0 > -FAR and x.x1 < FAR and x.top > -FAR and x.bottom < FAR)]

    def objects(self) -> Objects:
        """What was collected."""
        return Objects(self.chars, self.shapes)

    def _sides(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The sides of a box of pdfminer, in pdfplumber's points: x0, top, x1, bottom."""
        if self.left != 0:
            x0, x1 = x0 + self.left, x1 + self.left
        return x0, (self.height - y1) + self.upper, x1, (self.height - y0) + self.upper

    def _shape(self, x0: float, y0: float, x1: float, y1: float) -> Shape:
        x0, top, x1, bottom = self._sides(x0, y0, x1, y1)
        return {"x0": x0, "top": top, "x1": x1, "bottom": bottom}

    def image(self) -> None:
        """A picture: the unit square."""
        self.count("figures", pdf_device.MOST_FIGURES)
        self.shapes.setdefault("image", []).append(self._shape(*_moved(self.ctm, 0.0, 0.0, 1.0, 1.0)))

    def paint(self, path: Path, state: State, stroke: bool, fill: bool) -> None:
        """A path, stroked or filled or both: lines, rectangles and curves."""
        shape = "".join(path.letters)
        parts = shape.count("m")
        self.parts += max(parts, 1)
        self.points += len(shape)
        if self.parts > pdf_device.MOST_SHAPES or self.points > pdf_device.MOST_POINTS:
            raise Doubtful("more shapes than a page has")
        if shape[:1] != "m":
            return
        if parts > 1:
            for found in SUBPATH.finditer(shape):
                self._part(path, found.start(), found[0], state, stroke, fill)
        else:
            self._part(path, 0, shape, state, stroke, fill)

    def _part(self, path: Path, first: int, steps: str, state: State, stroke: bool, fill: bool) -> None:
        """The part of a path that begins with its step `first` and has the given steps."""
        a, b, c, d, e, f = self.ctm
        xs: list[float] = []
        ys: list[float] = []
        for at in range(first, first + len(steps)):
            x, y = path.xs[at], path.ys[at]
            xs.append(a * x + c * y + e)
            ys.append(b * x + d * y + f)
        shape = steps
        if len(shape) > 3 and shape[-2:] == "lh" and xs[-2] == xs[0] and ys[-2] == ys[0]:
            shape = shape[:-2] + "h"
            xs.pop()
            ys.pop()
        kind = "line" if shape in ("ml", "mlh") else "rect" if shape in ("mlllh", "mllll") and _rectangular(xs, ys) else "curve"
        last = 1 if kind == "line" else 2
        item = self._shape(*(_between(xs[0], ys[0], xs[last], ys[last]) if kind != "curve" else (min(xs), min(ys), max(xs), max(ys))))
        item["stroke"], item["fill"], item["linewidth"] = stroke, fill, state.linewidth
        item["stroking_color"], item["non_stroking_color"] = state.scolor, state.ncolor
        if kind == "curve":
            item["pts"] = [(self.left + x, self.upper + self.height - y) for x, y in zip(xs, ys, strict=True)]
            item["path"] = steps
        self.shapes.setdefault(kind, []).append(item)

    def show(self, pieces: list[Any], state: State, glyphs: Glyphs) -> Point:
        """A row of strings (tokens of the content) and shifts (floats) at the text position of `state`; returns the position after it."""
        if not glyphs.vertical and self._level(state):
            return self._level_row(pieces, state, glyphs)
        return self._any_row(pieces, state, glyphs)

    def _row(self, token: bytes, glyphs: Glyphs) -> list[Glyph]:
        found = glyphs.row(token)
        self.characters += len(found)
        if self.characters > pdf_device.MOST_CHARACTERS:
            raise Doubtful("more characters than a page has")
        return found

    def _level(self, state: State) -> bool:
        """Whether text runs along the page's own axes, neither turned nor slanted."""
        return state.matrix[1] == state.matrix[2] == self.ctm[1] == self.ctm[2] == 0

    def _level_row(self, pieces: list[Any], state: State, glyphs: Glyphs) -> Point:
        """The usual case: one line, whose upper and lower side all its characters share."""
        a, d, e, f = state.matrix[0], state.matrix[3], state.matrix[4], state.matrix[5]
        a, d, e, f = self.ctm[0] * a, self.ctm[3] * d, self.ctm[0] * e + self.ctm[4], self.ctm[3] * f + self.ctm[5]
        x, y = state.position
        size, scaling = state.size, state.scaling * 0.01
        space, word = state.charspace * scaling, 0.0 if glyphs.multibyte else state.wordspace * scaling
        shift, left = 0.001 * size * scaling, self.left
        low = glyphs.descent * size + state.rise
        level = y * d + f
        y0, y1 = d * low + level, d * (low + size) + level
        if y1 < y0:
            y0, y1 = y1, y0
        top, bottom, height = (self.height - y1) + self.upper, (self.height - y0) + self.upper, y1 - y0
        color, hidden, turn, chars = _color(state.ncolor), state.hidden, turn_of(a, 0.0), self.chars
        spaced = False
        for piece in pieces:
            if isinstance(piece, float):
                x -= piece * shift
                spaced = True
                continue
            for glyph in self._row(piece, glyphs):
                if spaced:
                    x += space
                advance = glyph.width * size * scaling
                at = x * a + e
                end = a * advance + at
                x0, x1 = (at, end) if end >= at else (end, at)
                if left != 0:
                    x0, x1 = x0 + left, x1 + left
                chars.append(Char(glyph.text, x0, top, x1, bottom, height, turn, color, hidden))
                x += advance
                if word and glyph.space:
                    x += word
                spaced = True
        return x, y

    def _any_row(self, pieces: list[Any], state: State, glyphs: Glyphs) -> Point:
        """Text that is turned or slanted, or written downwards."""
        (x, y), scaling = state.position, state.scaling * 0.01
        a, b, c, d, e, f = _product(state.matrix, self.ctm)
        space, word = state.charspace * scaling, 0.0 if glyphs.multibyte else state.wordspace * scaling
        shift = 0.001 * state.size * scaling
        spaced = False
        for piece in pieces:
            if isinstance(piece, float):
                step = piece * shift
                x, y = (x, y - step) if glyphs.vertical else (x - step, y)
                spaced = True
                continue
            for glyph in self._row(piece, glyphs):
                step = space if spaced else 0.0
                x, y = (x, y + step) if glyphs.vertical else (x + step, y)
                matrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
                step = self._char(matrix, state, scaling, glyphs, glyph)
                x, y = (x, y + step) if glyphs.vertical else (x + step, y)
                if word and glyph.space:
                    x, y = (x, y + word) if glyphs.vertical else (x + word, y)
                spaced = True
        return x, y

    def _char(self, matrix: Matrix, state: State, scaling: float, glyphs: Glyphs, glyph: Glyph) -> float:
        """One character in any direction; returns its advance along the line."""
        size, rise = state.size, state.rise
        advance: float = glyph.width * size * scaling
        if glyphs.vertical:
            across, up = glyph.disp
            across = size * 0.5 if across is None else across * size * 0.001
            up = (1000 - up) * size * 0.001
            x0, y0, x1, y1 = _moved(matrix, -across, up + rise + advance, -across + size, up + rise)
        else:
            low = glyphs.descent * size
            x0, y0, x1, y1 = _moved(matrix, 0.0, low + rise, advance, low + rise + size)
        turn = turn_of(matrix[0], matrix[1])
        height = x1 - x0 if glyphs.vertical else y1 - y0
        self.chars.append(Char(glyph.text, *self._sides(x0, y0, x1, y1), height, turn, _color(state.ncolor), state.hidden))
        return advance


def _moved(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """The upright rectangle around a rectangle that a matrix has moved and turned."""
    a, b, c, d, e, f = matrix
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    return _bound([(a * x + c * y + e, b * x + d * y + f) for x, y in corners])


def _bound(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """The least and greatest coordinates of the points (at least one): x0, y0, x1, y1."""
    x0, y0 = x1, y1 = points[0]
    for x, y in points:
        x0, x1 = (x if x < x0 else x0), (x if x > x1 else x1)
        y0, y1 = (y if y < y0 else y0), (y if y > y1 else y1)
    return x0, y0, x1, y1


def _product(one: Matrix, other: Matrix) -> Matrix:
    a1, b1, c1, d1, e1, f1 = one
    a0, b0, c0, d0, e0, f0 = other
    return a0 * a1 + c0 * b1, b0 * a1 + d0 * b1, a0 * c1 + c0 * d1, b0 * c1 + d0 * d1, a0 * e1 + c0 * f1 + e0, b0 * e1 + d0 * f1 + f0


def _between(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """The sides of the rectangle between two corners: x0, y0, x1, y1."""
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _rectangular(xs: list[float], ys: list[float]) -> bool:
    """Whether five points go round an upright rectangle and end where they began."""
    if xs[0] != xs[4] or ys[0] != ys[4]:
        return False
    if xs[0] == xs[1] and ys[1] == ys[2] and xs[2] == xs[3] and ys[3] == ys[0]:
        return True
    return ys[0] == ys[1] and xs[1] == xs[2] and ys[2] == ys[3] and xs[3] == xs[0]


def _color(color: Any) -> tuple[Any, ...]:
    return color if isinstance(color, tuple) else (color,)
