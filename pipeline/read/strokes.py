"""The drawn lines of a page: from lines, thin boxes, outlines and dashes to a few long strokes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final, NamedTuple

from extractors.native import mypyc_attr
from extractors.vocabulary import Box

# A filled box thinner than this is a drawn rule (Word and Excel draw rules so); thicker ones are shaded areas or bars.
THIN: Final = 2.6
# Dashes and dots up to this far apart are one rule; two tables side by side stand further apart.
DASH_GAP: Final = 4.0
# Pieces of one rule stand within this of each other across.
LEVEL: Final = 1.2
# Shorter strokes bound no text: ticks, arrow heads, parts of letters drawn as outlines.
SHORT: Final = 5.0
# A closed box this large in both directions, and as large as a word in one, may hold text, whichever way the page lies.
NARROW, WORD = 8.0, 20.0
# So many strokes are a map or a drawing: the longest ones are looked at, so that the page ends in seconds.
MOST: Final = 3000


@mypyc_attr(acyclic=True)
class Stroke:
    """A straight rule along one axis: `at` its place across, `lo` to `hi` its extent along, all in points of the visible page."""

    __slots__ = ("at", "hi", "lo")

    def __init__(self, at: float, lo: float, hi: float) -> None:
        self.at, self.lo, self.hi = at, lo, hi

    @property
    def length(self) -> float:
        return self.hi - self.lo


class Drawing(NamedTuple):
    """What is drawn on a page.

    `across` and `down` are the strokes that can be seen on the paper, `frames` closed boxes as large as a word or larger, `fills`
    coloured areas, and `pale` white strokes (across, down): on the paper nobody sees them, between coloured cells they are borders.
    """

    across: list[Stroke]
    down: list[Stroke]
    frames: list[Box]
    fills: list[Box]
    pale: tuple[list[Stroke], list[Stroke]]


def drawing_of(objects: dict[str, list[dict[str, Any]]], origin: tuple[float, float], visible: Box) -> Drawing:
    """What pdfplumber's objects (`line`, `rect`, `curve`) draw on the visible page, and thin ones of `image`.

    Printer drivers that know no dashes lay a dotted rule as hundreds of pictures, each a few dots long.
    """
    ink, pale = _Pen(), _Pen()
    for kind in ("line", "rect", "curve", "image"):
        for item in objects.get(kind, ()):
            box = Box(item["x0"] - origin[0], item["top"] - origin[1], item["x1"] - origin[0], item["bottom"] - origin[1])
            if _meets(box, visible):
                _draw(kind, item, _cut(box, visible), ink, pale)
    return Drawing(joined(ink.across), joined(ink.down), _distinct(ink.frames), ink.fills[:MOST], (joined(pale.across), joined(pale.down)))


class _Pen:
    """Collects what is drawn in one kind of colour."""

    def __init__(self) -> None:
        self.across: list[Stroke] = []
        self.down: list[Stroke] = []
        self.frames: list[Box] = []
        self.fills: list[Box] = []

    def thin(self, box: Box) -> None:
        """A rule. A dot of a dotted rule is both: joined with its neighbours it becomes long in one direction only."""
        if box.height <= THIN:
            self.across.append(Stroke((box.top + box.bottom) / 2, box.x0, box.x1))
        if box.width <= THIN:
            self.down.append(Stroke((box.x0 + box.x1) / 2, box.top, box.bottom))

    def outline(self, box: Box) -> None:
        self.across += [Stroke(box.top, box.x0, box.x1), Stroke(box.bottom, box.x0, box.x1)]
        self.down += [Stroke(box.x0, box.top, box.bottom), Stroke(box.x1, box.top, box.bottom)]


def _draw(kind: str, item: dict[str, Any], box: Box, ink: _Pen, pale: _Pen) -> None:
    if kind == "image":
        ink.thin(box)
        return
    stroked, filled = bool(item.get("stroke")), bool(item.get("fill")) and kind != "line"
    line = pale if (stroked or kind == "line") and is_white(item.get("stroking_color")) else ink
    area = pale if (filled or not stroked) and is_white(item.get("non_stroking_color")) else ink
    heavy = kind == "line" and float(item.get("linewidth") or 0) > 2 * THIN
    if heavy:
        # A very wide line is how some producers shade a cell.
        half = float(item["linewidth"]) / 2
        aside, above = (0.0, half) if box.height <= box.width else (half, 0.0)
        line.fills.append(Box(box.x0 - aside, box.top - above, box.x1 + aside, box.bottom + above))
    elif box.height <= THIN or box.width <= THIN:
        (line if stroked else area).thin(box)
    elif kind != "line":
        if stroked and kind == "rect":
            line.outline(box)
        if filled:
            area.fills.append(box)
        if ((stroked and line is ink) or (filled and area is ink)) and min(box.width, box.height) > NARROW and max(box.width, box.height) > WORD:
            ink.frames.append(box)
        if stroked and kind == "curve":
            _steps(item, box, line)


def _steps(item: dict[str, Any], box: Box, line: _Pen) -> None:
    """The sides of an outline of right angles only (a table's border drawn in one go)."""
    points = item.get("pts") or []
    moves = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points)]
    if len(points) < 3 or any(abs(dx) > 0.5 and abs(dy) > 0.5 for dx, dy in moves) or any(step[0] not in "mlh" for step in item.get("path") or []):
        return
    left, top = min(x for x, _ in points), min(y for _, y in points)
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= 0.5:
            line.across.append(Stroke(box.top + y0 - top, box.x0 + min(x0, x1) - left, box.x0 + max(x0, x1) - left))
        else:
            line.down.append(Stroke(box.x0 + x0 - left, box.top + min(y0, y1) - top, box.top + max(y0, y1) - top))


def is_white(color: Any) -> bool:
    """Whether a colour of pdfminer (grey, RGB or CMYK; None where it is not told) is the paper's white."""
    if color is None:
        return False
    parts = (color,) if isinstance(color, (int, float)) else color if isinstance(color, tuple) else tuple(color)
    inks = len(parts) == 4
    for part in parts:
        if not isinstance(part, (int, float)) or (part > 0.02 if inks else part < 0.98):
            return False
    return len(parts) > 0


def _meets(box: Box, visible: Box) -> bool:
    return box.x1 >= visible.x0 and box.x0 <= visible.x1 and box.bottom >= visible.top and box.top <= visible.bottom


def _cut(box: Box, visible: Box) -> Box:
    if box.x0 >= visible.x0 and box.top >= visible.top and box.x1 <= visible.x1 and box.bottom <= visible.bottom:
        return box
    return Box(max(box.x0, visible.x0), max(box.top, visible.top), min(box.x1, visible.x1), min(box.bottom, visible.bottom))


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on one line joined where they meet or are dashes of one rule, by place; short ones left out, at most MOST kept."""
    out: list[Stroke] = []
    for level in _levels(sorted(strokes, key=_at)):
        pieces: list[list[Stroke]] = []
        reach = -1e9
        for stroke in sorted(level, key=_extent) if len(level) > 1 else level:
            if stroke.lo > reach + DASH_GAP:
                pieces.append([])
                reach = stroke.hi
            pieces[-1].append(stroke)
            reach = stroke.hi if stroke.hi > reach else reach
        for piece in pieces:
            hi = piece[0].hi if len(piece) == 1 else max([s.hi for s in piece])
            if hi - piece[0].lo >= SHORT:
                out.append(Stroke(_middle(piece), piece[0].lo, hi))
    # The pieces of one level stand in the order of their extents already.
    return sorted(out, key=_at) if len(out) <= MOST else sorted(sorted(out, key=_longest_first)[:MOST], key=by_place)


def by_place(stroke: Stroke) -> tuple[float, float, float]:
    """By which strokes are sorted."""
    return stroke.at, stroke.lo, stroke.hi


def _at(stroke: Stroke) -> float:
    return stroke.at


def _extent(stroke: Stroke) -> tuple[float, float]:
    return stroke.lo, stroke.hi


def _longest_first(stroke: Stroke) -> tuple[float, tuple[float, float, float]]:
    return -stroke.length, by_place(stroke)


def _levels(strokes: list[Stroke]) -> list[list[Stroke]]:
    """Strokes within LEVEL points of the first of their group: the pieces and dots of one rule differ by a fraction of a point."""
    out: list[list[Stroke]] = []
    first = 0.0
    for stroke in strokes:
        at = stroke.at
        if out and at - first <= LEVEL:
            out[-1].append(stroke)
        else:
            out.append([stroke])
            first = at
    return out


def _middle(piece: list[Stroke]) -> float:
    """Where most of the rule's length stands."""
    weight = moment = 0.0
    for stroke in piece:
        length = stroke.hi - stroke.lo
        weight += length
        moment += stroke.at * length
    return moment / weight if weight > 0 else piece[0].at


def _distinct(frames: list[Box]) -> list[Box]:
    """Frames once each: fill and outline of one box are often drawn separately."""
    seen: dict[tuple[int, ...], Box] = {}
    for box in frames[: 4 * MOST]:
        seen.setdefault((round(box.x0 / 2), round(box.top / 2), round(box.x1 / 2), round(box.bottom / 2)), box)
    return list(seen.values())
