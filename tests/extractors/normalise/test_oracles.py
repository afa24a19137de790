"""Independent readers against ours: kanjize and SudachiPy for numbers, japanera for days. Where one disagrees, the test says why it is wrong."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

import pytest
import sudachipy
from japanera import EraDate
from kanjize import KanjizeConfiguration, KanjizeStyle, kanji2number, number2kanji

from extractors.normalise.scan import scan
from extractors.normalise.tokens import Quantity, When

FORMS = 12_000
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
# The legal forms in use; the others (肆 漆 捌 …) open words, so that a scan passes them by.
LEGAL = str.maketrans("一二三十万", "壱弐参拾萬")
_MIXED, _FLAT = KanjizeConfiguration(style=KanjizeStyle.MIXED), KanjizeConfiguration(style=KanjizeStyle.FLAT)


def _scaled(number: int) -> str:
    """`12億3,456万`: scales between groups with commas."""
    oku, man, rest = number // 10**8, number // 10**4 % 10**4, number % 10**4
    return "".join(f"{part:,}{scale}" for part, scale in ((oku, "億"), (man, "万"), (rest, "")) if part) or "0"


STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "thousands": lambda n: f"{n:,}",
    "wide": lambda n: f"{n:,}".translate(WIDE),
    "kanji": number2kanji,
    "legal kanji": lambda n: number2kanji(n).translate(LEGAL),
    "mixed": lambda n: number2kanji(n, _MIXED),
    "scaled": _scaled,
    "wide scaled": lambda n: _scaled(n).translate(WIDE),
    "decimal": lambda n: f"{n // 100:,}.{n % 100:02}",
    "decimal of 億": lambda n: f"{n % 10**5 / 100:.2f}億",
    "千 and 万": lambda n: f"{n % 9 + 1}万{n % 7 + 1}千",
    "digits in kanji": lambda n: number2kanji(n, _FLAT),
}


def forms() -> Iterator[tuple[str, str]]:
    """(style, printed number), the same at every run."""
    source = random.Random(20260401)
    for at in range(FORMS):
        style = list(STYLES)[at % len(STYLES)]
        yield style, STYLES[style](source.randrange(1, 10 ** source.randrange(1, 13)))


def ours(printed: str) -> Decimal | None:
    """What `scan` reads where a counter follows the number."""
    tokens = scan(printed + "件")
    return Decimal(repr(tokens[0].value)) if len(tokens) == 1 and isinstance(tokens[0], Quantity) and tokens[0].unit == "件" else None


_TOKENIZER = sudachipy.Dictionary(dict="core").tokenizer()


def sudachi(printed: str) -> Decimal | None:
    """The normal form of a string that the dictionary takes for one numeral."""
    tokens = _TOKENIZER.tokenize(printed)
    if len(tokens) != 1 or tokens[0].part_of_speech()[1] != "数詞":
        return None
    try:
        return Decimal(tokens[0].normalized_form())
    except InvalidOperation:
        return None


def kanjize(printed: str) -> Decimal | None:
    """kanjize's integer, None where it refuses the string."""
    try:
        return Decimal(kanji2number(unicodedata.normalize("NFKC", printed)))
    except (ValueError, KeyError, IndexError):
        return None


def _unlike(oracle: Callable[[str], Decimal | None]) -> tuple[int, list[tuple[str, str]]]:
    """(forms that both can read, (style, form) of those that they read as two numbers)."""
    read = [(style, printed, theirs) for style, printed in forms() if (theirs := oracle(printed)) is not None]
    return len(read), [(style, printed) for style, printed, theirs in read if theirs != ours(printed)]


def test_every_form_is_read_here_and_sudachi_agrees_with_each_that_it_can_read() -> None:
    assert [printed for _, printed in forms() if ours(printed) is None] == []
    read, unlike = _unlike(sudachi)
    assert read > 10_000
    assert unlike == []


def test_kanjize_agrees_but_where_it_cuts_decimals_off() -> None:
    """It reads 0.04 as 0, and 618.67億 through a binary float as 61,866,999,999."""
    read, unlike = _unlike(kanjize)
    assert read > 6_000
    assert {style for style, _ in unlike} == {"decimal", "decimal of 億"}
    assert all(abs((ours(printed) or Decimal(0)) - (kanjize(printed) or Decimal(0))) <= 1 for _, printed in unlike)


@pytest.mark.parametrize(
    ("printed", "theirs", "here"),
    [
        # The circled number is no digit of the count behind it.
        ("③12", Decimal(312), [12]),
        # 数十 says no number; the dictionary has it as a numeral without a value.
        ("数十", None, []),
        # A point between kanji digits, legal forms, and the sign of a minus are parts of one number.
        ("〇・五", None, [0.5]),
        ("壱百弐拾参", None, [123]),
        ("△12", None, [-12]),
    ],
)
def test_where_the_dictionary_is_wrong_or_silent_we_know_why(printed: str, theirs: Decimal | None, here: list[float]) -> None:
    assert sudachi(printed) == theirs
    assert [token.value for token in scan(printed + "件") if isinstance(token, Quantity)] == here


def test_days_that_japanera_prints_are_read_as_those_days_in_every_era() -> None:
    source, wrong = random.Random(1868), []
    first, last = dt.date(1912, 7, 31), dt.date(2045, 3, 31)
    for _ in range(3_000):
        day = first + dt.timedelta(days=source.randrange((last - first).days))
        printed = EraDate.from_date(day).strftime("%-K%-Y年%m月%d日")
        (token,) = scan(printed)
        if not (isinstance(token, When) and token.period_start == token.period_end == day and token.fiscal_year == day.year - (day.month < 4)):
            wrong.append((printed, token))
    assert wrong == []
