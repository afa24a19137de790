"""No name of a document that was read while this was written stands in the code: what is right for one plan only is no rule."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extractors.normalise.places import find_places
from tests.conftest import ROOT

FOLDERS = {"facts read by hand": ROOT.parent / "shared" / "gold", "truth of the samples": ROOT / "samples" / "truth"}
# Lists of all places of the country are of general use; they hold the samples' places among the others.
GENERAL = ROOT / "extractors" / "normalise" / "data"
# Shorter names are ordinary words (人口, 団体数, その他).
SHORTEST = 4
# Longer ones that are ordinary words too: words of headers, prefectures, the whole country.
ORDINARY = {"利用実績", "全ての都道府県"}


def code() -> list[Path]:
    kinds = {".py", ".toml", ".json", ".tsv", ".csv", ".html", ".css", ".js"}
    files = [file for package in ("pipeline", "extractors", "yojitsu") for file in (ROOT / package).rglob("*") if file.suffix in kinds]
    return sorted(file for file in files if GENERAL not in file.parents)


def tight(string: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", string))


@cache
def rows(folder: Path) -> tuple[dict[str, str], ...]:
    out: list[dict[str, str]] = []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as handle:
            out += csv.DictReader(handle)
    return tuple(out)


def indicators(folder: Path) -> set[str]:
    return {tight(row["indicator"]) for row in rows(folder)}


def areas(folder: Path) -> set[str]:
    """Areas as printed, and their parts inside and outside brackets (`窓口(県市)`); prefectures and the whole country are words of general use."""
    printed = {part for row in rows(folder) for part in [tight(row["area"]), *re.split(r"[()]", tight(row["area"]))] if len(part) >= 3}
    return {area for area in printed if not any(place.kind == "prefecture" and place.end - place.start == len(area) for place in find_places(area))}


def municipalities(folder: Path) -> set[str]:
    """Every municipality that any words of the facts name."""
    texts = {row[column] for row in rows(folder) for column in ("area", "indicator", "section", "note")}
    texts |= {path.stem for path in folder.glob("*.csv")}
    return {text[place.start : place.end] for text in texts for place in find_places(text) if place.kind == "municipality"}


def stems(folder: Path) -> set[str]:
    return {tight(path.stem) for path in folder.glob("*.csv")}


def places_of(names: set[str]) -> Iterator[str]:
    kept = {name for name in names if name and name not in ORDINARY}
    for file in code():
        text = tight(file.read_text(encoding="utf-8"))
        yield from (f"{file.relative_to(ROOT).as_posix()}: {name}" for name in sorted(kept) if name in text)


@pytest.fixture(params=list(FOLDERS.values()), ids=list(FOLDERS))
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    if not path.exists():
        pytest.skip("these facts are not here")
    assert rows(path)
    return path


def test_the_code_names_no_indicator(folder: Path) -> None:
    names = {name for name in indicators(folder) if len(name) >= SHORTEST}
    assert names
    assert list(places_of(names)) == []


def test_the_code_names_no_area(folder: Path) -> None:
    assert areas(folder)
    assert list(places_of(areas(folder))) == []


def test_the_code_names_no_municipality(folder: Path) -> None:
    assert municipalities(folder)
    assert list(places_of(municipalities(folder))) == []


def test_the_code_names_no_document(folder: Path) -> None:
    assert list(places_of(stems(folder))) == []


def test_a_name_in_the_code_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("pipeline", "extractors"):
        (tmp_path / package).mkdir()
    (tmp_path / "extractors" / "rule.py").write_text('NAME = "みどり 市の\\n相談件数"\n', encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert list(places_of({"みどり市", "あおい町"})) == ["extractors/rule.py: みどり市"]
