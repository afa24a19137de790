"""Lines are told by characters of the file, rules ask for folded ones: every character that folds to one of these is among those looked for."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from extractors.normalise.characters import plain
from pipeline.check import grades, lists, shares


@pytest.mark.parametrize(("folded", "pattern"), [("/", shares._OF_TWO), ("%", grades._PERCENT), *((char, lists._BRACKET) for char in "【[(<「『")])
def test_every_character_that_folds_to_a_mark_is_looked_for(folded: str, pattern: object) -> None:
    told = [char for char in map(chr, range(sys.maxunicode + 1)) if folded in unicodedata.normalize("NFKC", char) and folded in plain(char)]
    assert [char for char in told if not pattern.search(char)] == []  # type: ignore[attr-defined]
