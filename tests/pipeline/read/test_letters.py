"""Letters found by where they stand without asking each, and columns found beside a line without asking all."""

from __future__ import annotations

import random

from extractors.vocabulary import Box
from pipeline.read.legible import PLAIN, _kind
from pipeline.read.letters import Letter, Where, in_box, letters_of
from pipeline.read.objects import Char
from pipeline.read.order import Item, in_order

PAGE = Box(0.0, 0.0, 600.0, 800.0)


def letter(x0: float, top: float, order: int) -> Letter:
    return Letter("字", 1, (x0, top, x0 + 10.0, top + 10.0), 10.0, 10.0, 0, order)


def char(text: str, x0: float, top: float) -> Char:
    return Char(text, x0, top, x0 + 10.0, top + 10.0, 10.0, 0, (0,), False)


def test_the_letters_in_a_box_are_those_that_say_so_one_by_one() -> None:
    places = random.Random(7)
    # On a raster, so that middles lie on the sides of boxes, too.
    letters = [letter(5.0 * places.randrange(-2, 120), 5.0 * places.randrange(-2, 160), order) for order in range(400)]
    where = Where(letters)
    for _ in range(200):
        (x0, x1), (top, bottom) = (sorted(5.0 * places.randrange(160) for _ in range(2)) for _ in range(2))
        box = Box(x0, top, x1, bottom)
        assert {x.order for x in where.inside(box)} == {x.order for x in letters if in_box(x, box)}


def test_a_character_printed_again_across_the_edge_of_a_square_is_one() -> None:
    # 24 and 48 are where squares begin; the corner of the page is in the middle of one.
    for at in (-0.5, 23.5, 47.5):
        chars = [char("値", at, at), char("値", at + 1.0, at + 1.0), char("備", at + 0.5, at + 0.5), char("値", at + 10.0, at)]
        assert [(x.string, x.x0) for x in letters_of(chars, (0.0, 0.0), PAGE, 1)] == [("値", at), ("備", at + 0.5), ("値", at + 10.0)]


def test_a_blank_upon_a_character_is_left_out_and_one_between_two_is_not() -> None:
    chars = [char("目", 20.0, 20.0), char(" ", 22.0, 20.0), char(" ", 30.0, 20.0), char("標", 40.0, 20.0)]
    assert [(x.string, x.x0) for x in letters_of(chars, (0.0, 0.0), PAGE, 1)] == [("目", 20.0), (" ", 30.0), ("標", 40.0)]


def test_letters_that_stand_near_each_other_but_not_in_one_place_are_all_kept() -> None:
    """What is asked of strips of letters first never lets a double print or a covered blank pass, whatever lies between."""
    places = random.Random(11)
    for _ in range(60):
        chars = [char(places.choice("値目 "), places.uniform(0, 60), places.choice((20.0, 20.5, 23.0))) for _ in range(places.randrange(2, 14))]
        found = [x.order for x in letters_of(chars, (0.0, 0.0), PAGE, 1)]
        kept: list[int] = []
        for i, x in enumerate(chars):
            twice = any(x.text == chars[j].text and abs(x.x0 - chars[j].x0) < 2.0 and abs(x.top - chars[j].top) < 2.0 for j in kept)
            kept += [] if twice else [i]
        inked = [chars[i] for i in kept if chars[i].text != " "]
        assert found == [i for i in kept if chars[i].text != " " or not any(_upon(chars[i], x) for x in inked)]


def _upon(blank: Char, x: Char) -> bool:
    return x.x0 < (blank.x0 + blank.x1) / 2 < x.x1 and x.top < (blank.top + blank.bottom) / 2 < x.bottom


def test_what_is_taken_for_readable_without_counting_is_readable() -> None:
    plain = [c for c in map(chr, range(0xD800)) if PLAIN.fullmatch(c)]
    assert len(plain) > 4000
    assert [c for c in plain if (kind := _kind(c)).wrong or kind.symbol or kind.rare or not kind.usual] == []


def test_columns_beside_a_line_that_stands_alone_are_found_on_either_side() -> None:
    # Lines of the two columns are not level with each other, so that each row has one of them.
    left = [Item(Box(50.0, 100.0 + 20.0 * i, 250.0, 112.0 + 20.0 * i), i, 10.0) for i in range(4)]
    right = [Item(Box(300.0, 110.0 + 20.0 * i, 500.0, 122.0 + 20.0 * i), 4 + i, 10.0) for i in range(4)]
    assert in_order([*left, *right]) == list(range(8))
    higher = [Item(Box(300.0, 90.0 + 20.0 * i, 500.0, 102.0 + 20.0 * i), 4 + i, 10.0) for i in range(5)]
    assert in_order([*left, *higher]) == list(range(9))
