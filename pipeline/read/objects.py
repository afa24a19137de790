"""What stands on a page before anybody asks what it means: characters and drawn shapes, by either of the two readers."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

# The direction of text that lies across the page, as a watermark does: it belongs to no line and no cell.
SKEW: Final = 45


Shape = dict[str, Any]


class Objects(NamedTuple):
    """The objects of a page: its characters in content order, and pdfplumber's dictionaries of its shapes by kind (`line`, `rect`, `curve`, `image`)."""

    chars: list[Char]
    shapes: dict[str, list[Shape]]


class Char:
    """A character of a page: `text` (several letters where a code stands for a ligature), its box in pdfplumber's points, `size` the height of that
    box, `turn` the direction of reading in degrees (SKEW across the page), `color` the colour of its ink, `hidden` where it is set without ink.
    """

    __slots__ = ("bottom", "color", "hidden", "size", "text", "top", "turn", "x0", "x1")

    def __init__(self, text: str, x0: float, top: float, x1: float, bottom: float, size: float, turn: int, color: Any, hidden: bool) -> None:
        self.text, self.x0, self.top, self.x1, self.bottom = text, x0, top, x1, bottom
        self.size, self.turn, self.color, self.hidden = size, turn, color, hidden

    def __repr__(self) -> str:
        sides = f"{self.x0!r}, {self.top!r}, {self.x1!r}, {self.bottom!r}"
        return f"Char({self.text!r}, {sides}, {self.size!r}, {self.turn}, {self.color!r}, {self.hidden})"


def turn_of(a: float, b: float) -> int:
    """The reading direction of text from the first two numbers of its matrix: a quarter turn, or SKEW where it lies across the page."""
    if b == 0:
        return 0 if a >= 0 else 180
    if min(abs(a), abs(b)) > 0.2 * max(abs(a), abs(b)):
        return SKEW
    if abs(b) <= abs(a):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270
