"""What the rules of shares pass by holds none."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from extractors.normalise.characters import plain
from pipeline.check import grades, shares


@pytest.mark.parametrize(("folded", "pattern"), [("/", shares._OF_TWO), ("%", grades._PERCENT)])
def test_every_character_that_folds_to_a_mark_is_looked_for(folded: str, pattern: object) -> None:
    told = [char for char in map(chr, range(sys.maxunicode + 1)) if folded in unicodedata.normalize("NFKC", char) and folded in plain(char)]
    assert [char for char in told if not pattern.search(char)] == []  # type: ignore[attr-defined]
