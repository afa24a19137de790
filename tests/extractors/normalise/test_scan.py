"""What holds for every string: digits are covered once, offsets point into the raw string, a number survives its printed form."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.normalise.characters import fold
from extractors.normalise.scan import scan
from extractors.normalise.tokens import REASONS, Aside, Calendar, Quantity, When
from extractors.normalise.years import resolve

WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")
PIECES = ["令和", "平成", "R", "H", "年度", "年", "月", "日", "～", "-", "件", "人", "%", "千円", "万", "億", "(", ")", "第", "※", "△", "▲"]
PIECES += ["二", "十", "〇", "元", "前年度", "歳", "以上", "約", "①", "²", "½", "ｶﾞ", "㎡", "か所", "回", "次", "A", "http://", "内線"]
PIECES += ["分の", "に", "中", "¥", "½", "余", "数", "FY", "'", "上旬", "現在", "四半期", "末"]
PIECES += ["から", "まで", "割", "台", "を下回らない", "目標", "(火)", "同", "翌"]
PIECES += [",", ".", "/", "・", " ", "\u3000", "\n"]
PIECES += ["0", "1", "12", "２０２４", "6", "1,234", "3.5"]
TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def _quantities(string: str) -> list[Quantity]:
    return [token for token in scan(string) if isinstance(token, Quantity)]


@given(TEXTS)
@example("2024～2月30日")
@example("R6.13.45")
@example("第元年度")
@example("1" + "0" * 500 + "年度")
@example("1" + "0" * 40)
def test_every_decimal_digit_lies_in_exactly_one_token_and_tokens_stand_in_order(string: str) -> None:
    tokens = scan(string)
    covered = [index for token in tokens for index in range(token.start, token.end)]
    assert covered == sorted(set(covered))
    digits = {index for index, char in enumerate(string) if unicodedata.category(char) == "Nd"}
    assert digits <= set(covered)


@given(TEXTS)
def test_a_token_covers_at_least_one_character_inside_the_string(string: str) -> None:
    for token in scan(string, Calendar("令和", 2024)):
        assert 0 <= token.start < token.end <= len(string)
        if isinstance(token, Quantity):
            assert token.start <= token.number_start < token.number_end <= token.end
        if isinstance(token, Aside):
            assert token.reason in REASONS


@given(TEXTS, st.sampled_from([None, Calendar("令和", None), Calendar(None, 2013), Calendar("平成", 2013)]))
def test_reading_never_raises_and_resolving_later_equals_reading_with_the_calendar(string: str, calendar: Calendar | None) -> None:
    early, late = scan(string, calendar), scan(string)
    assert len(early) == len(late)
    for known, bare in zip(early, late, strict=True):
        if isinstance(bare, When):
            assert resolve(bare, calendar) == known


@given(st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Lo", "Cs"]), max_size=30))
def test_a_string_without_a_numeral_never_gives_a_number(string: str) -> None:
    assert not _quantities(string)


@pytest.mark.parametrize(
    "style",
    [
        lambda n: f"{n}件",
        lambda n: f"{n:,}件",
        lambda n: f"{n} 件",
        lambda n: f"{n:,}　件以上",
        lambda n: f"{n}件".translate(WIDE),
        lambda n: f"{n:,}件".translate(WIDE),
        lambda n: f"約{n:,}件",
        lambda n: f"計{n}\n件",
        lambda n: f"（{n:,}件）",
        lambda n: f"就職件数 {n:,} 件",
        lambda n: f"延べ{n}.0件",
    ],
)
@given(number=st.integers(0, 10**12))
def test_a_number_printed_in_any_style_reads_as_itself(style: object, number: int) -> None:
    assert callable(style)
    found = _quantities(style(number))
    assert [(quantity.value, quantity.unit) for quantity in found] == [(float(number), "件")]


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["", "△", "▲", "-", "－", "−"]))
def test_a_decimal_keeps_its_value_and_every_kind_of_minus_its_sign(number: Decimal, sign: str) -> None:
    (quantity,) = _quantities(f"{sign}{number:f}％")
    assert quantity.value == float(-number if sign else number)


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_large_scales_are_multiplied_out(oku: int, man: int) -> None:
    printed = f"{oku:,}億{man:,}万円" if man else f"{oku:,}億円"
    (quantity,) = _quantities(printed)
    assert (quantity.value, quantity.unit) == (oku * 10**8 + man * 10**4, "円")


@given(st.integers(1, 60), st.sampled_from(["令和{}年度", "Ｒ{}年度", "R{}", "令和 {} 年度", "令{}年度"]))
def test_a_fiscal_year_reads_the_same_in_every_form(number: int, form: str) -> None:
    (token,) = scan(form.format(number))
    assert isinstance(token, When)
    assert token.fiscal_year == 2018 + number
    assert token.period_start is not None
    assert (token.period_start.month, token.period_start.day) == (4, 1)


@given(TEXTS)
def test_offsets_hold_in_the_raw_string_whatever_folding_does_to_its_length(string: str) -> None:
    for quantity in _quantities("㈱ﾊﾞ①" + string):
        digits = fold(("㈱ﾊﾞ①" + string)[quantity.number_start : quantity.number_end]).string
        assert any(char.isdecimal() or char in "〇一二三四五六七八九十百千" or char.isnumeric() for char in digits)


def test_the_raw_characters_of_a_token_are_its_own_under_half_width_kana_and_ligatures() -> None:
    string = "ﾊﾟｰﾄ㈱の就職件数１２０件以上（㍻25年度）"
    quantity, when = scan(string)
    assert string[quantity.start : quantity.end] == "１２０件以上"
    assert string[when.start : when.end] == "㍻25年度"


@pytest.mark.parametrize("string", ["26 注¹", "26 注1", "26（注1）"])
def test_a_number_with_a_note_behind_it_counts_no_row(string: str) -> None:
    (number,) = _quantities(string)
    assert (number.value, number.unit) == (26.0, None)


def test_a_number_before_a_word_that_begins_with_the_sign_of_a_note_counts_a_row() -> None:
    assert _quantities("3 注文の数") == []


@pytest.mark.parametrize("string", ["1\ufffd240人", "\ufffd240人", "240\ufffd人", "\ufffd,240人", "12.\ufffd%", "12\ue123人"])
def test_a_number_beside_a_character_that_the_font_does_not_tell_is_none(string: str) -> None:
    assert [token.reason if isinstance(token, Aside) else token for token in scan(string)] == ["unreadable"] * len(scan(string))
    assert scan(string)


def test_a_bullet_of_a_symbol_font_leaves_the_number_behind_it() -> None:
    assert [number.value for number in _quantities("\uf0b73件")] == [3.0]


def test_a_factor_of_a_formula_counts_nothing() -> None:
    assert _quantities("達成率＝実績値÷目標値×100") == []
