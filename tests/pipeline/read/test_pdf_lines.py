"""Text outside of tables becomes lines in reading order."""

from __future__ import annotations

from extractors.vocabulary import Box, Line
from pipeline.read.letters import letters_of
from pipeline.read.objects import Char
from pipeline.read.typeset import linked, runs_of
from tests.pipeline.read.variants import lines, page_of


def test_columns_are_read_one_after_the_other_and_lists_keep_their_numbers() -> None:
    found = lines(page_of("two_columns"))
    assert found[0] == "1 学びの場を広げる"
    assert found[1].startswith("市内の図書館") and found[4].startswith("千冊から54千冊")
    assert found[5].startswith("公民館の講座") and found[8] == "の数を30回とする。"
    assert found[9:] == ["・講座の回数  30回以上", "・受講した人の数  450人", "・図書館の貸出冊数  60千冊"]


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    assert [line[:7] for line in lines(page_of("staggered"))] == ["一つ目の段の一", "一つ目の段の二", "一つ目の段の三", "二つ目の段の一", "二つ目の段の二"]


def test_text_in_a_box_of_a_slide_stays_together() -> None:
    page = page_of("slide")
    assert page.slide
    assert lines(page) == [
        "取組の成果",
        "就職の支援",
        "目標 490件",
        "実績 581件",
        "創業の支援",
        "目標 25件",
        "実績 30件",
        "今後の進め方: 相談の窓口を二か所に増やす",
        "相談 1,200件を目指す",
    ]


def test_a_gap_between_a_label_and_its_number_is_seen_in_the_text() -> None:
    line = next(block for block in page_of("two_columns").blocks if isinstance(block, Line) and "450人" in block.text.string)
    gap = [g.printed for g in line.text if g.char == " "]
    assert gap == [False, False]


def test_double_printing_counts_once_and_what_nobody_sees_does_not_count() -> None:
    page = page_of("doubled")
    assert lines(page) == ["数値目標 11件", "講座の回数 25回¹", "権利条約の周知", "目 標 値"]
    assert "".join(g.char for g in page.glyphs).count("1") == 2
    assert not any(g.char == "9" for g in page.glyphs)


def test_a_raised_note_mark_is_read_as_a_mark_and_keeps_its_print() -> None:
    line = next(block for block in page_of("doubled").blocks if isinstance(block, Line) and "講座" in block.text.string)
    assert [(g.char, g.raw, g.size) for g in line.text if g.char in "5¹"] == [("5", "5", 10.0), ("¹", "1", 5.0)]


def test_a_character_is_printed_twice_where_it_reads_the_same_way() -> None:
    """A label set downwards behind the same label turned: 90 degrees and 0 are two prints of one character, and none of them is the other's bold."""
    boxes = [Char("の", 115.0, 566.0, 123.0, 573.4, 7.4, turn, (0.0,), False) for turn in (90, 0, 0)]
    found = letters_of(boxes, (0.0, 0.0), Box(0.0, 0.0, 595.0, 842.0), 1)
    assert [(x.order, x.turn) for x in found] == [(0, 90), (1, 0)]


def test_runs_of_a_part_of_the_letters_are_asked_anew() -> None:
    """What a letter follows on the whole page says nothing of a part in which the letter between is left out."""
    places = (("目", 50.0), ("標", 60.0), ("値", 70.0), ("値", 80.0))
    boxes = [Char(c, x, 100.0, x + 10, 110.0, 10.0, 0, (0.0,), False) for c, x in places]
    letters = linked(letters_of(boxes, (0.0, 0.0), Box(0.0, 0.0, 595.0, 842.0), 1))
    assert ["".join(x.string for x in run) for run in runs_of(letters)] == ["目標値値"]
    assert ["".join(x.string for x in run) for run in runs_of([letters[0], letters[3]])] == ["目", "値"]
