"""Names: cleaning is stable, keys agree where two forms mean one thing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.normalise.keys import match_key
from extractors.normalise.marks import direction, nothing
from extractors.normalise.names import clean_name, split_compound


@given(st.text(max_size=30))
def test_cleaning_twice_is_cleaning_once(string: str) -> None:
    once = clean_name(string)
    assert clean_name(once) == once


PIECES = ["障がい者", "か所", "する", "U・I", "取り組み", "いちのせき", "③", "12", "1,000人", "まあ", "新たな", "t-CO2", "の", "数"]
WORDS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=12), WORDS))
def test_the_key_of_a_key_is_itself(string: str) -> None:
    once = match_key(string)
    assert match_key(once) == once


@given(st.text(max_size=30))
def test_splitting_and_marks_never_raise_and_parts_are_never_one_or_empty(string: str) -> None:
    parts = split_compound(string)
    assert len(parts) != 1
    assert all(parts)
    nothing(string)
    direction(string)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("障がい者の就職件数", "障害者の就職件数"),
        ("取組数", "取り組み数"),
        ("取組数", "取組み数"),
        ("子どもの数", "こどもの数"),
        ("子供の数", "こどもの数"),
        ("認知症サポータ数", "認知症サポーター数"),
        ("問合せ件数", "問い合わせ件数"),
        ("就職件数", "☆就 職 件 数"),
        ("ﾎﾞﾗﾝﾃｨｱ登録者数", "ボランティア登録者数"),
        ("⻑寿", "長壽"),
        ("U・Iターン支援", "UIターン支援"),
        ("実施か所数", "実施箇所数"),
    ],
)
def test_two_printed_forms_of_one_name_have_one_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(("one", "other"), [("高年齢者数", "高齢者数"), ("参加者数", "参加企業数"), ("就職件数", "就職率")])
def test_names_that_mean_two_things_have_two_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)
