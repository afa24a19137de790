"""Clauses that say the same with another year are told by what cannot be part of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.normalise.characters import fold
from extractors.normalise.scan import scan
from extractors.normalise.tokens import When
from pipeline.check import twice
from tests.conftest import ROOT
from tests.pipeline.check.sources import CASES

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "tests" / "samples").rglob("*.txt"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_time_has_a_character_of_words(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    times = [line[token.start : token.end] for line in lines for token in scan(line) if isinstance(token, When)]
    assert [time for time in times if twice._OF_TIMES.sub("", fold(time).string)] == []


@pytest.mark.parametrize("name", CASES)
def test_clauses_of_the_same_words_without_their_years_have_the_same_characters_of_words(name: str) -> None:
    for line in (CASES[name][0] + "\n" + CASES[name][2]).split("\n"):
        at, words = 0, ""
        for token in scan(line):
            if isinstance(token, When):
                words += line[at : token.start] + "年"
                at = token.end
        assert twice._OF_TIMES.sub("", fold(twice.key(words + line[at:])).string) == twice._OF_TIMES.sub("", fold(line).string)
