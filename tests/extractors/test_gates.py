"""What is passed by for speed is passed by rightly: each gate against the reading that it saves."""

from __future__ import annotations

import importlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import calendar as calendars
from extractors import headings
from extractors.labels import hints, read_label
from extractors.labels.hints import WORDS
from extractors.lines import records
from extractors.normalise.characters import fold
from extractors.normalise.dates import place
from extractors.normalise.tokens import Calendar, When
from extractors.normalise.years import read_when, resolve
from extractors.vocabulary import Glyph, Text
from tests.extractors.normalise.readings import rows

# The package has a function of the module's name.
scanning = importlib.import_module("extractors.normalise.scan")
PRINTED = sorted({row.printed.replace("⏎", "\n") for row in rows()})
ROLES = sorted({word for words in WORDS.values() for word in words})
PIECES = st.sampled_from(
    [*"令和平成昭大正明治元前昨本今次来翌々該年度上下半期第注釈備考内線電話午後マイナス一二十", *"0123456789,.()（）[]%'’RHFY △▲¥\n　・、", "人", "千円"]
)
STRINGS = st.one_of(st.sampled_from(PRINTED), st.lists(PIECES, max_size=10).map("".join), st.text(max_size=12))
LABELS = st.one_of(STRINGS, st.lists(st.one_of(st.sampled_from(ROLES), PIECES, st.sampled_from("来館者への支援活用")), max_size=5).map("".join))
CALENDARS = st.sampled_from([None, Calendar("令和", None), Calendar(None, 2013), Calendar("平成", 2013), Calendar("昭和", 1980)])
NUMBERS = st.one_of(
    st.integers(0, 10**16).map(str),
    st.integers(0, 10**12).map("{:,}".format),
    st.decimals(0, 10**6, places=2).map(str),
    st.from_regex(r"\A[0-9,.]{1,20}\Z"),
)


@given(NUMBERS)
def test_a_plain_number_is_what_the_whole_pass_reads(string: str) -> None:
    tokens, dated = scanning._read_once(string)
    assert tokens == tuple(scanning._Scan(fold(string).string).tokens())
    assert dated == any(isinstance(token, When) for token in tokens)


@given(NUMBERS)
def test_a_plain_number_says_as_a_label_what_its_words_would(string: str) -> None:
    assert hints._read_alone(string) == hints._read_words(string)


@given(STRINGS)
def test_every_token_begins_where_a_token_may(string: str) -> None:
    folded = fold(string).string
    for at in range(len(folded)):
        if scanning._CANDIDATE.match(folded, at):
            assert scanning._OPENING.match(folded, at)
            assert scanning._may_begin(folded, at)


@given(LABELS)
def test_a_label_that_may_not_say_a_role_or_a_time_says_none_and_is_no_key(string: str) -> None:
    hint = read_label(string)
    assert read_label(f"目{string}標").role is None or hints.may_say_role(f"目{string}標")
    assert hint.role is None or hints.may_say_role(string)
    assert hint.when is None or hints.may_say_when(string)
    assert not hint.whole or hints.may_be_key(string)


@given(LABELS)
def test_a_character_of_names_alone_always_stays(string: str) -> None:
    tight = hints._tight(string)
    assert hints._names(tight, None) == hints._stays(tight, None)


@pytest.mark.parametrize("calendar", [None, Calendar("令和", 2024), Calendar(None, 2013)])
def test_the_hint_of_every_printed_form_is_the_same_alone_and_in_its_calendar(calendar: Calendar | None) -> None:
    for string in PRINTED:
        hint, dates = hints._read_alone(string)
        read = read_label(string, calendar or Calendar())
        assert (read.when is None or bool(dates) or read == hint) and (read.role, read.name, read.unit) == (hint.role, hint.name, hint.unit)


@given(STRINGS, CALENDARS)
def test_a_time_is_placed_later_as_if_it_had_been_read_with_the_calendar(string: str, calendar: Calendar | None) -> None:
    folded = fold(string).string
    for at in range(len(folded)):
        bare = read_when(folded, at)
        assert bare is None or resolve(bare, calendar) == place(bare.start, bare.end, bare.points, calendar) == read_when(folded, at, calendar)


@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_half_width_characters_alone_never_say_as_of_when(string: str) -> None:
    assert not any(isinstance(token, When) and token.as_of for token in scanning.scan(string, Calendar("令和", 2024)))


@given(LABELS, CALENDARS)
def test_a_string_that_may_hold_no_time_holds_none(string: str, calendar: Calendar | None) -> None:
    assert scanning.times(string, calendar) == [token for token in scanning.scan(string, calendar) if isinstance(token, When)]


@given(LABELS, CALENDARS)
def test_what_says_as_of_when_ends_in_a_word_for_it(string: str, calendar: Calendar | None) -> None:
    assert calendars._AS_OF.search(fold(string).string) or not any(when.as_of for when in scanning.times(string, calendar))


@given(LABELS)
def test_what_heads_a_narrative_has_the_last_character_of_one_of_its_words(string: str) -> None:
    tight = hints._tight(string)
    assert hints._narrates(tight) == hints._MARKS.sub("", hints._unbracketed(tight)).endswith(hints.NARRATIVE)


@given(st.one_of(LABELS, st.from_regex(r"\A[-－Pp(（]?\s?[0-9０-９]{1,3}\s?[)）-]?(?:頁|…{2,3}[0-9])?\Z"), st.from_regex(r"\A目\s*次\Z")))
def test_a_line_that_cannot_be_of_the_margin_is_none(string: str) -> None:
    line = string.strip()
    said = headings.LEADER.search(line) or re.fullmatch(r"目\s*次", line) or headings.PAGE_NUMBER.fullmatch(line)
    assert headings._in_margin(line, placed=True) == bool(said)


@given(st.one_of(LABELS, st.from_regex(headings.RANKED.pattern + r"\s?[0-9章.)）]?[ 　]?.{0,5}")))
def test_a_line_that_bears_no_mark_of_headings_has_no_rank(string: str) -> None:
    assert headings.RANKED.match(string) or not any(pattern.match(string) for pattern in headings.RANKS)


@given(st.lists(LABELS, max_size=4).map("　".join))
def test_a_line_whose_parts_cannot_be_keys_has_none(string: str) -> None:
    text = Text([Glyph(char, 1, line=1) for char in string])
    assert hints.may_have_keys(string) or not (headings._heads_columns(string) or records.header_labels(text, Calendar("令和", 2024)))
    chunks = records._chunks(text)
    assert hints.may_have_keys(string) or not any(read_label(chunk.string).whole and hints.may_be_key(chunk.string) for chunk in chunks)
