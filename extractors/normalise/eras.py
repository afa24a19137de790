"""Japanese eras: their first Western years from japanera's table, their abbreviations and the highest years that plans print from `eras.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, NamedTuple

from japanera import ERA_DATA_GENERAL


class Era(NamedTuple):
    """An era: the Western year that was its first (令和: 2019), the highest year number in use, and what abbreviates it before digits."""

    first: int
    most: int
    letters: tuple[str, ...]
    kanji: tuple[str, ...]


def _load() -> dict[str, Era]:
    """Eras by name, latest first, as the data file lists them. Raises KeyError if the table of first days lacks one."""
    began = {era.kanji: era.since for era in ERA_DATA_GENERAL}
    listed = tomllib.loads((Path(__file__).parent / "eras.toml").read_text(encoding="utf-8"))
    return {name: Era(began[name].year, era["most"], tuple(era["letters"].split()), tuple(era["kanji"].split())) for name, era in listed.items()}


ERAS: Final = _load()


def era_year(era: str, number: int) -> int:
    """The Western year of an era's year, counted on beyond the era's end (平成32年 is 2020). Raises KeyError for an unknown era."""
    return ERAS[era].first - 1 + number
