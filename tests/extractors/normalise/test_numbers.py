"""Kanji numerals against an independent reader, and the rules that no other test names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kanjize import KanjizeConfiguration, KanjizeStyle, number2kanji

from extractors.normalise.kanji import value_of
from extractors.normalise.numbers import read_number
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Quantity

FLAGS = (False, True)
STYLES = [KanjizeConfiguration(style=style, use_daiji=daiji, kanji_thousand=thousand) for style in KanjizeStyle for daiji in FLAGS for thousand in FLAGS]


def _style(config: KanjizeConfiguration) -> str:
    return f"{config.style.name} daiji={config.use_daiji} thousand={config.kanji_thousand}"


@pytest.mark.parametrize("config", STYLES, ids=_style)
@settings(max_examples=1000)
@given(number=st.integers(1, 10**16 - 1))
def test_kanji_and_mixed_numerals_read_as_an_independent_writer_spells_them(config: KanjizeConfiguration, number: int) -> None:
    """Twelve styles of a thousand numbers each: 二十三, 二〇二四, 1億2345万, 壱百弐拾参 …"""
    assert value_of(number2kanji(number, config)) == number


@pytest.mark.parametrize("text", ["十百", "万", "億万", "1.2.3", "", "・", "〇・", "人", "万億"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert value_of(text) in (None, Decimal(0)) if text == "" else value_of(text) is None


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("1,234,56", [1234, 56]),
        ("1,2345", [1, 2345]),
        ("12,345", [12345]),
        ("1234,567", [1234, 567]),
        ("11,5％", [11.5]),
        ("11,500％", [11500]),
        ("3.", [3]),
    ],
)
def test_a_comma_joins_only_groups_of_three_digits(printed: str, values: list[float]) -> None:
    assert [token.value for token in scan(printed) if isinstance(token, Quantity)] == values


def test_a_value_is_exact_after_multiplying_out() -> None:
    number = read_number("1.1億円", 0)
    assert number is not None
    assert number.value == Decimal(110_000_000)
