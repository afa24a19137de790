"""Kanji numerals against an independent reader, and the rules that no other test names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kanjize import KanjizeConfiguration, KanjizeStyle, number2kanji

from extractors.normalise.kanji import value_of
from extractors.normalise.numbers import read_kanji, read_number
from extractors.normalise.quantities import signed_by_brackets
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


@pytest.mark.parametrize("text", ["十百", "十十", "千千", "万", "1万2万", "億万", "1.2.3", ".", "3.", "", "・", "〇・", "・五", "人", "万億", "千十百"])
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


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("十.五", "10.5"),
        ("二十三・五", "23.5"),
        ("三・一四", "3.14"),
        ("二十三.五", "23.5"),
        ("1.5千", "1500"),
        ("1,234万5", "12340005"),
        ("千万", "10000000"),
        ("3億5千万", "350000000"),
    ],
)
def test_points_and_scales_multiply_out(printed: str, value: str) -> None:
    assert value_of(printed) == Decimal(value)


def _quantities(printed: str) -> list[Quantity]:
    return [token for token in scan(printed) if isinstance(token, Quantity)]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("約3～5回", ["3", "5"]),
        ("3回から5回まで", ["3", "5"]),
        ("累計で2、3名", ["2", "3"]),
        ("2、3件", ["2", "3"]),
        ("△1 2 3人", ["△1 2 3"]),
        ("- 1,234円", ["- 1,234"]),
        ("補助率は2/3以上", ["2/3"]),
        ("△(12)件", ["△(12)"]),
    ],
)
def test_the_offsets_of_a_number_hold_sign_and_digits_without_the_unit(printed: str, numbers: list[str]) -> None:
    found = _quantities(printed)
    assert [printed[quantity.number_start : quantity.number_end] for quantity in found] == numbers


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("3～5名", [("名", 1), ("名", 2)]),
        ("2、3名", [("名", 1), ("名", 2)]),
        ("12名", [("名", 0)]),
        ("3割", [("割", 0)]),
        ("3ボランティア", [("ボランティア", 0)]),
        ("¥500", [("¥", 0)]),
        ("50余件", [("件", 0)]),
    ],
)
def test_a_quantity_keeps_its_printed_unit_and_its_place_in_a_range(printed: str, parts: list[tuple[str, int]]) -> None:
    assert [(quantity.printed_unit, quantity.range_part) for quantity in _quantities(printed)] == parts


@pytest.mark.parametrize(
    ("printed", "value"),
    [("(12)", -12), ("(0.5)", -0.5), ("(1)", -1), ("12", 12), ("(△12)", -12), ("(0)", 0), ("(12以上)", 12), ("(+12)", 12), ("(3件増)", 3), ("[12人]", -12)],
)
def test_brackets_that_a_note_calls_a_minus_turn_only_bare_positive_numbers(printed: str, value: float) -> None:
    (quantity,) = _quantities(printed)
    assert repr(signed_by_brackets(quantity).value) == repr(float(value)), "and a zero gets no sign"


@pytest.mark.parametrize(
    ("printed", "signed", "currency", "kanji"),
    [
        ("△12", "-", "", False),
        ("▲ ¥12", "-", "¥", False),
        ("+12", "+", "", False),
        ("±12", "±", "", False),
        ("マイナス12", "-", "", False),
        ("△1 2 3人", "-", "", False),
        ("1 2 3人", "", "", False),
        ("$ 12", "", "$", False),
    ],
)
def test_a_number_keeps_its_sign_and_the_sign_of_money(printed: str, signed: str, currency: str, kanji: bool) -> None:
    number = read_number(printed, 0)
    assert number is not None
    assert (number.start, number.signed, number.currency, number.kanji) == (0, signed, currency, kanji)


def test_a_number_spelt_in_kanji_says_so() -> None:
    number = read_kanji("約二十三件", 1)
    assert number is not None
    assert (number.start, number.end, number.value, number.kanji) == (1, 4, 23, True)
    assert read_kanji("一二、三四件", 0) is None


def test_a_value_is_exact_after_multiplying_out() -> None:
    number = read_number("1.1億円", 0)
    assert number is not None
    assert number.value == Decimal(110_000_000)
