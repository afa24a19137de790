"""When two printed numbers are the same number."""

from __future__ import annotations

import pytest

from pipeline.changes.model import Fact
from pipeline.changes.revisions import agree, last_digit
from tests.pipeline.changes.made import fact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (fact(100.4, "100.4"), fact(100, "100")),
        (fact(100.6, "100.6"), fact(101, "101")),
        (fact(12345, "12,345", "千円"), fact(12, "12", "百万円")),
        (fact(12345, "12,345", "千円"), fact(12345000, "12,345,000円", "円")),
        (fact(300000000, "3億円", "円"), fact(301234567, "301,234,567円", "円")),
        (fact(300000000, "３億円", "円"), fact(301234, "301,234", "千円")),
        (fact(100, "約100人", "人", comparator="~"), fact(112, "112人", "人")),
        (fact(100, "100人", "人"), fact(112, "112件", "件")),
        (fact(100, "100人", "人"), fact(112, "112")),
        (fact(0.1 + 0.2, "0.3", "%"), fact(0.3, "0.3", "%")),
    ],
)
def test_rounding_scales_and_units_that_do_not_convert_contradict_nothing(one: Fact, other: Fact) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (fact(100, "100人", "人"), fact(101, "101人", "人")),
        (fact(100, "100"), fact(101, "101")),
        (fact(100.4, "100.4"), fact(102, "102")),
        (fact(12345, "12,345", "千円"), fact(13, "13.0", "百万円")),
        (fact(12345, "12,345", "千円"), fact(12345, "12,345", "百万円")),
        (fact(300000000, "3億円", "円"), fact(512345678, "512,345,678円", "円")),
        (fact(3, "3億円", "億円"), fact(5, "5億円", "億円")),
        (fact(100, "100人以上", "人", comparator=">="), fact(120, "120人", "人")),
    ],
)
def test_other_numbers_contradict(one: Fact, other: Fact) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


@pytest.mark.parametrize(
    ("one", "worth"),
    [
        (fact(12.5, "１２．５％", "%"), 0.1),
        (fact(123450000, "1億2,345万円", "円"), 1e4),
        (fact(1.5e8, "1.5億円", "円"), 1e7),
        (fact(3, "3億円", "億円"), 1.0),
        (fact(1300, "1,300件以上", "件"), 1.0),
        (fact(300, "三百人", "人"), 1.0),
    ],
)
def test_the_last_printed_digit_is_worth_what_its_scale_says(one: Fact, worth: float) -> None:
    assert last_digit(one) == pytest.approx(worth)
