"""Numbers set in boxes of a slide: a label over each number, the indicator's name over the row of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.context import Figure, Label, Relation
from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import VALUE_ROLES
from extractors.normalise.characters import ARROWS
from extractors.normalise.names import clean_name
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Calendar, Quantity
from extractors.vocabulary import Box, Line, Page

EXTRACTOR: Final = "boxes"
# White between a label and its number, in heights of the number; between a number and the rate below it, too.
CLOSE: Final = 1.2
# How far above its labels a name may stand, in heights of a label.
ABOVE: Final = 7.0
# Lines of one row: their tops differ by less than this share of a height.
LEVEL: Final = 0.4
ARROW: Final = re.compile(rf"\s*[{ARROWS}▶►]+\s*")


@dataclass(frozen=True, slots=True)
class Card:
    """A number alone on its line, the label above it, and the name that both stand under."""

    number: Line
    quantity: Quantity
    key: Line
    hint: Hint
    name: Line


@dataclass
class Boxes:
    """What the boxes of a page say: the figures of each number's line, and all lines that were read (by identity)."""

    figures: dict[int, list[Figure]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def read_boxes(page: Page, calendar: Calendar) -> Boxes:
    """The boxes of a page. Only rows of two numbers or more under one name, with labels that differ, are rows of boxes.

    A number under a band and a number in a sentence are no boxes: their line holds other words, or stands alone.
    """
    out = Boxes()
    lines = [block for block in page.blocks if isinstance(block, Line) and block.box is not None]
    rows: dict[tuple[int, int], list[Card]] = {}
    for card in _cards(lines, calendar):
        level = next((top for name, top in rows if name == id(card.name) and abs(top - _box(card.number).top) < LEVEL * _box(card.number).height), None)
        rows.setdefault((id(card.name), round(_box(card.number).top) if level is None else level), []).append(card)
    for at, cards in enumerate(rows.values()):
        if len({(card.hint.role, str(card.hint.when)) for card in cards}) >= 2:
            _take(cards, lines, calendar, (page.number, EXTRACTOR, at), out)
    if out.used:
        out.used |= {id(line) for line in lines if ARROW.fullmatch(line.text.string)}
    return out


def _box(line: Line) -> Box:
    if line.box is None:
        raise ValueError("a line without a place is in no box")
    return line.box


def _cards(lines: Sequence[Line], calendar: Calendar) -> list[Card]:
    hints = {id(line): read_label(line.text.string.strip(), calendar) for line in lines}
    keys = [line for line in lines if hints[id(line)].whole and hints[id(line)].role in VALUE_ROLES]
    names = [line for line in lines if _names(line, hints[id(line)])] if keys else []
    numbers = {id(line): (line, found) for line in lines if keys and (found := _alone(line, calendar)) is not None}
    out = []
    for line, quantity in numbers.values():
        key = _over(line, keys)
        name = _name_of(key, names) if key is not None else None
        if key is not None and name is not None and not _between(name, key, [number for number, _ in numbers.values()]):
            out.append(Card(line, quantity, key, hints[id(key)], name))
    return sorted(out, key=lambda card: (_box(card.number).top, _box(card.number).x0))


def _alone(line: Line, calendar: Calendar) -> Quantity | None:
    """The quantity that is all a line holds."""
    found = [token for token in scan(line.text.string, calendar) if isinstance(token, Quantity)]
    string = line.text.string
    return found[0] if len(found) == 1 and not (string[: found[0].start] + string[found[0].end :]).strip() else None


def _names(line: Line, hint: Hint) -> bool:
    string = line.text.string.strip()
    wordy = len(compiled(r"\p{L}").findall(string)) >= 2 and not string.endswith("。")
    # A number inside a name is part of it (100とした値); one at the end is said of it.
    return wordy and not hint.whole and not any(isinstance(token, Quantity) and token.end == len(string) for token in scan(string))


def _over(line: Line, keys: Sequence[Line]) -> Line | None:
    """The label right above a line."""
    box = _box(line)
    over = [k for k in keys if min(box.x1, _box(k).x1) > max(box.x0, _box(k).x0) and -0.3 * box.height < box.top - _box(k).bottom < CLOSE * box.height]
    return max(over, key=lambda k: _box(k).bottom, default=None)


def _name_of(key: Line, names: Sequence[Line]) -> Line | None:
    """The name above a label: of the nearest row of names the last that begins left of it (a row of boxes stands under one name)."""
    box = _box(key)
    above = [n for n in names if _box(n).bottom <= box.top and box.top - _box(n).bottom < ABOVE * box.height and _box(n).x0 <= box.x1]
    nearest = max((_box(n).bottom for n in above), default=0.0)
    return max((n for n in above if nearest - _box(n).bottom < LEVEL * _box(n).height), key=lambda n: _box(n).x0, default=None)


def _between(name: Line, key: Line, numbers: Sequence[Line]) -> bool:
    """Whether another number stands between a name and a label under it: then the name is that one's, and the label's own was not seen."""
    top, box = _box(name).bottom, _box(key)
    return any(top <= _box(n).top < box.top and min(box.x1, _box(n).x1) > max(box.x0, _box(n).x0) for n in numbers)


def _take(cards: Sequence[Card], lines: Sequence[Line], calendar: Calendar, row: tuple[object, ...], out: Boxes) -> None:
    for order, card in enumerate(cards):
        name = card.name.text.strip()
        labels = (Label(card.key.text.strip(), Relation.COLUMN, card.hint), Label(name, Relation.NAME, Hint(name=clean_name(name.string))))
        figure = card.number.text[card.quantity.start : card.quantity.end]
        out.figures[id(card.number)] = [Figure(figure, card.quantity, labels, EXTRACTOR, row, order)]
        out.used |= {id(card.number), id(card.key), id(card.name)}
    below = _rate(cards, lines, calendar)
    if below is not None:
        line, quantity = below
        label = Label.read(line.text[: quantity.start].strip(), Relation.COLUMN, calendar)
        out.figures[id(line)] = [Figure(line.text[quantity.start : quantity.end], quantity, (label,), EXTRACTOR, row, len(cards))]
        out.used.add(id(line))


def _rate(cards: Sequence[Card], lines: Sequence[Line], calendar: Calendar) -> tuple[Line, Quantity] | None:
    """The printed rate (達成率 86.3%) right below the numbers of a row."""
    bottom, height = max(_box(c.number).bottom for c in cards), _box(cards[0].number).height
    left, right = _box(cards[0].number).x0, max(_box(c.number).x1 for c in cards) + height
    for line in lines:
        found = [token for token in scan(line.text.string, calendar) if isinstance(token, Quantity)]
        near = -0.3 * height < _box(line).top - bottom < CLOSE * height and left <= _box(line).x0 <= right
        if near and len(found) == 1 and read_label(line.text.string[: found[0].start].strip(), calendar).role is Role.RATE:
            return line, found[0]
    return None
