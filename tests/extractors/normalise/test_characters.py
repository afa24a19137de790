"""Folding: one way of writing, with offsets back to the raw string."""

from __future__ import annotations

import re
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalise import characters, patterns
from extractors.normalise.characters import fold, plain


@given(st.text(max_size=40))
def test_each_folded_character_has_a_place_in_the_raw_string(string: str) -> None:
    folded = fold(string)
    assert len(folded.string) == len(folded.starts)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < len(string) for start in folded.starts)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(string: str) -> None:
    once = fold(string).string
    assert fold(once).string == once


@given(st.text(max_size=20))
def test_the_span_of_everything_is_the_whole_raw_string_but_invisible_characters_at_its_start(string: str) -> None:
    folded = fold(string)
    if folded.string:
        start, end = folded.raw_span(0, len(folded.string))
        assert end == len(string)
        assert start == folded.starts[0]


@pytest.mark.parametrize("char", ["①", "⓿", "❶", "²", "₂", "½", "Ⅳ", "⑴", "⒈", "㋀", "㎡"])
def test_a_character_that_nfkc_would_turn_into_digits_stays(char: str) -> None:
    folded = fold(char + "20").string
    assert not any(unicodedata.category(part) == "Nd" for part in folded[:-2])


def test_a_circled_digit_before_a_number_is_no_digit_of_it() -> None:
    assert plain("目標①20人") == "目標①20人"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ﾎﾞﾗﾝﾃｨｱ", "ボランティア"),
        ("ハ\u3099ス", "バス"),
        ("⻑野", "長野"),
        ("⾮正規⼈員", "非正規人員"),
        ("⼾⿊", "戸黒"),
        ("㈱", "(株)"),
        ("㍻", "平成"),
        ("１，２３４．５％", "1,234.5%"),
        ("５〜１０～", "5~10~"),
        ("－５", "-5"),
        ("−５", "-5"),
        ("―5", "-5"),
        ("サーバー5", "サーバー5"),
        ("ー5", "-5"),
        ("a\u3000b\u00a0c\u2009d\te", "a b c d e"),
        ("12\u200b34", "1234"),
    ],
)
def test_printed_forms_fold_to_one(raw: str, folded: str) -> None:
    assert fold(raw).string == folded


def test_spans_point_behind_ligatures_and_composed_kana() -> None:
    raw = "㈱ﾊﾞｽ12"
    folded = fold(raw)
    at = folded.string.index("12")
    start, end = folded.raw_span(at, at + 2)
    assert raw[start:end] == "12"
    assert folded.raw_span(0, 3) == (0, 1)
    assert folded.raw_span(3, 4) == (1, 3)


def test_what_is_taken_to_fold_to_itself_does_so() -> None:
    alone = [char for char in map(chr, range(0x80, 0x110000)) if characters._ITSELF.fullmatch(char)]
    assert len(alone) > 20_000
    assert [char for char in alone if characters._ALONE[ord(char)] != char] == []


@given(st.text(st.sampled_from("ーゲかガ々一年①※→ -～1０、\n"), max_size=12))
def test_a_string_of_such_characters_folds_as_character_by_character(string: str) -> None:
    slowly, starts = characters._fold_slowly(string)
    assert fold(string).string == characters._DASH_BEFORE_DIGIT.sub("-", slowly)
    assert tuple(fold(string).starts) == starts


@pytest.mark.parametrize(("script", "ranges"), [("Han", patterns.HAN), ("Hiragana", patterns.HIRAGANA), ("Katakana", patterns.KATAKANA)])
def test_a_script_s_ranges_are_those_of_its_property(script: str, ranges: str) -> None:
    characters = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x40000))))
    assert re.findall(f"[{ranges}]", characters) == regex.findall(rf"\p{{{script}}}", characters)


def test_what_is_folded_at_once_is_what_each_of_its_characters_folds_to() -> None:
    wide = [char for char in map(chr, range(0x10000)) if characters._WIDE.fullmatch(char)]
    assert len(wide) > 20_000
    assert [char for char in wide if unicodedata.normalize("NFKC", char) != characters._folded(char)] == []
    assert [char for char in wide if unicodedata.combining(char)] == []
