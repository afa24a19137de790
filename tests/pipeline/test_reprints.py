"""A document printed again says the same: at another size, turned, moved on its sheet, compressed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors import extract
from extractors.vocabulary import Box, Document, Fact, Text
from pipeline.read import read
from tests.conftest import RAW
from tests.pipeline.read.reprints import REPRINTS, first_pages
from tests.pipeline.read.variants import NAMES, small

# Enough of each sample to meet its tables; reading a page takes its time.
PAGES = 4
SAMPLES = {f"sample {i}": path for i, path in enumerate(RAW, start=1)}
# Points: coordinates in a file have few decimals.
NEAR = 0.75


@cache
def original(name: str) -> tuple[bytes, Document, tuple[Fact, ...]]:
    path = SAMPLES.get(name)
    data = first_pages(path.read_bytes(), PAGES) if path else small(name)
    document = read(data, name)
    return data, document, extract(document).facts


def columns(fact: Fact) -> tuple[Any, ...]:
    """What a fact says, without where it stands."""
    return tuple(_said(getattr(fact, field.name)) for field in fields(fact))


def _said(value: Any) -> Any:
    if isinstance(value, Text):
        return value.raw
    return tuple(map(_said, value)) if isinstance(value, tuple) else value


def off_place(before: tuple[Fact, ...], after: tuple[Fact, ...], document: Document, how: str) -> Iterator[tuple[str, Box, Box]]:
    """The figures that do not stand where the reprint puts them."""
    for one, other in zip(before, after, strict=True):
        box, found = one.figure.box, other.figure.box
        assert box and found
        wanted = REPRINTS[how].moved(box, document.pages[one.page - 1])
        if any(abs(a - b) > NEAR for a, b in zip(wanted, found, strict=True)):
            yield one.figure.raw, wanted, found


@pytest.mark.parametrize("how", REPRINTS)
@pytest.mark.parametrize("name", [*SAMPLES, *NAMES])
def test_a_reprint_gives_the_same_facts_in_their_new_places(name: str, how: str) -> None:
    data, document, facts = original(name)
    again = extract(read(REPRINTS[how].print(data), name)).facts
    assert [columns(fact) for fact in again] == [columns(fact) for fact in facts]
    assert list(off_place(facts, again, document, how)) == []


def test_the_reprints_are_of_documents_with_facts() -> None:
    assert sum(len(original(name)[2]) for name in SAMPLES) > 200
    assert sum(bool(original(name)[2]) for name in NAMES) > 10
    assert all(Path(path).exists() for path in SAMPLES.values())
