"""Every digit of every page is in exactly one place: a fact's figure, a fact's words, or the list of what no fact took."""

from __future__ import annotations

from collections import Counter

import pytest
import regex

from extractors import extract
from extractors.account import REASONS
from extractors.vocabulary import Document, Extraction, Glyph
from pipeline.read import read
from tests.conftest import RAW, Sample
from tests.extractors.small import table

DIGIT = regex.compile(r"\p{Nd}")
TEXTS = {
    "table": "令和6年度 計画 3ページ\n"
    + table("No.|指標|令和5年度実績|令和6年度目標|達成率", "1|相談件数|90件|100件以上|90%", "2|面談件数|-|約20件|", "3|開催回数|3～5回|(1回)11人|－"),
    "header of many years": table("指標|R4|R5|R6|R7|R8", "受診率|80.5|81|82.25|83|84"),
    "lines": "項目 令和6年度目標 令和6年度実績 達成率\n相談件数 相談件数 1,234 件 1,111 件 90.0 ％\n",
    "prose": "令和5年度の相談は120件（前年度比10件増）で、第3回は65歳以上を対象に083-123-4567で受け、費用は1億2,000万円（2分の1補助）であった。\f"
    "① 第12条 R6.4.1 12/31 3割 1/2 １２ 2024-06",
    "odd": "12\n|1|2|\n|-|-|\n|3|4|\n→5件→6件\n7,8,,9 0.1.2\n1 2 3 4 5\n注1) ()は2\n",
    "untagged": "| 指標 | 令和6年度目標 |\n| --- | --- |\n| 相談<br>件数 | <u>1</u>2件<sup>3</sup> |\n| a1 | b |\n",
}


def digits(document: Document) -> set[Glyph]:
    """The printed digits of all pages."""
    return {glyph for page in document.pages for glyph in page.glyphs if glyph.printed and DIGIT.match(glyph.char)}


def figures(extraction: Extraction) -> Counter[Glyph]:
    """How many different figures hold each digit (facts that share one figure, as in a range, count once)."""
    spans = {tuple(fact.figure) for fact in extraction.facts}
    return Counter(glyph for span in spans for glyph in span if DIGIT.match(glyph.char))


def words(extraction: Extraction) -> set[Glyph]:
    return {glyph for fact in extraction.facts for text in fact.words for glyph in text if DIGIT.match(glyph.char)}


def left(extraction: Extraction) -> Counter[Glyph]:
    return Counter(glyph for one in extraction.unclaimed for glyph in one.numeral if DIGIT.match(glyph.char))


def assert_accounted(document: Document, extraction: Extraction) -> None:
    taken, said, unclaimed = figures(extraction), words(extraction), left(extraction)
    lost = digits(document) - taken.keys() - said - unclaimed.keys()
    assert sorted((glyph.page, glyph.line, glyph.char) for glyph in lost) == [], "digits that are nowhere"
    assert [glyph for glyph, times in taken.items() if times > 1] == [], "digits in two figures"
    assert [glyph for glyph, times in unclaimed.items() if times > 1] == [], "digits twice among the unclaimed"
    assert unclaimed.keys() & taken.keys() == set(), "digits of a figure among the unclaimed"
    assert unclaimed.keys() & said == set(), "digits of a fact's words among the unclaimed"
    assert taken.keys() & said == set(), "digits of a figure among the words of a fact"


@pytest.mark.parametrize("source", TEXTS.values(), ids=TEXTS.keys())
def test_every_digit_of_a_text_is_in_one_place(source: str) -> None:
    document = read(source.encode(), "document.txt")
    assert digits(document)
    assert_accounted(document, extract(document))


@pytest.mark.parametrize("stem", [path.stem for path in RAW])
def test_every_digit_of_a_sample_is_in_one_place(stem: str, samples: dict[str, Sample]) -> None:
    assert_accounted(samples[stem].document, samples[stem].extraction)


@pytest.mark.parametrize("stem", [path.stem for path in RAW])
def test_every_unclaimed_numeral_says_why_in_a_known_word_and_where(stem: str, samples: dict[str, Sample]) -> None:
    for one in samples[stem].extraction.unclaimed:
        assert one.reason in REASONS
        assert regex.sub(r"\s+", " ", one.numeral.string).strip() in one.context
        assert one.numeral.page >= 1
