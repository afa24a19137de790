"""Municipalities and prefectures by name, with their 6-digit 全国地方公共団体コード, today or on any day since 1970.

data/README.md says where the lists are from.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import regex

from extractors.normalise import history
from extractors.normalise.characters import fold

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a raw string at start..end. `kind`: prefecture, municipality or ward; `code` None where two places share the name."""

    start: int
    end: int
    name: str
    code: str | None
    kind: str
    prefecture: str | None = None


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_PREFECTURES: dict[str, str] = {row["name"]: row["code"] for row in _rows("prefectures.csv")}
_BY_NUMBER = {code[:2]: name for name, code in _PREFECTURES.items()}
_SHORT = {(name if name == "北海道" else name[:-1]): name for name in _PREFECTURES}
# One character with two forms in names of places: 龍ケ崎 and 龍ヶ崎, 塩竈 and 塩釜 stand side by side in print.
_FORMS = ("ヶケ", "ヵカ", "檜桧", "竈釜", "籠篭", "曾曽", "龍竜", "澤沢", "濱浜", "邊辺", "邉辺", "嶋島", "廣広", "國国", "舘館")
_VARIANTS = str.maketrans({pair[0]: pair[1] for pair in _FORMS})
_PREFECTURE = "|".join(_PREFECTURES)


def _either() -> dict[str, str]:
    """A character to a pattern of all its forms."""
    back: dict[str, set[str]] = {}
    for code, other in _VARIANTS.items():
        back.setdefault(str(other), {str(other)}).add(chr(code))
    return {char: f"[{''.join(sorted(forms))}]" for forms in back.values() for char in forms}


_EITHER = _either()


def _key(name: str) -> str:
    return name.translate(_VARIANTS)


class _List:
    """The places of one time: names (a ward with its city, without the blank) to {prefecture: code}.

    The code is None where a prefecture had two places of that name, in two counties (three villages 東村 in 群馬県 until 2005).
    """

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        """From (code, name), a ward's name with a blank behind its city."""
        self.towns: dict[str, dict[str, str | None]] = {}
        self._spaced: dict[str, str] = {}
        self._by_key: dict[str, list[str]] = {}
        for code, spaced in places:
            name = spaced.replace(" ", "")
            if name not in self.towns:
                self._by_key.setdefault(_key(name), []).append(name)
            codes = self.towns.setdefault(name, {})
            codes[_BY_NUMBER[code[:2]]] = None if _BY_NUMBER[code[:2]] in codes else code
            if name != spaced:
                self._spaced[name] = spaced
        self.wards = frozenset(self._spaced)
        # Every name ends with one of a few characters (市, 町, 村 …): a string without any of them names no place.
        last = {name[-1] for name in (*self.towns, *_PREFECTURES)}
        self.ends = frozenset("".join(_EITHER.get(char, char) for char in last))
        # 北区, 中央区: wards of the capital whose names wards of designated cities have too. Alone they say nothing.
        self._shared = frozenset(spaced.split(" ")[1] for spaced in self._spaced.values())

    def listed(self, name: str) -> str | None:
        """The name as the list has it: itself, or the one name that differs from it only in forms of characters (鹿嶋市 and 鹿島市 are two cities)."""
        if name in self.towns:
            return name
        names = self._by_key.get(_key(name), [])
        return names[0] if len(names) == 1 else None

    def only(self, name: str) -> str | None:
        """The one prefecture with a place of this name, None where several or none has."""
        return next(iter(self.towns[name])) if len(self.towns.get(name, ())) == 1 and name not in self._shared else None

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """Any name of the list, the longest first, every character in any of its forms."""
        names = sorted(self.towns, key=lambda name: (-len(name), name))
        towns = "|".join("".join(_EITHER.get(char, char) for char in self._spaced.get(name, name).replace(" ", " ?")) for name in names)
        return regex.compile(rf"(?:(?P<prefecture>{_PREFECTURE}) ?)?(?P<town>{towns})|(?P<alone>{_PREFECTURE})")


_LISTED = [(row["code"], row["name"]) for row in _rows("municipalities.csv")]
_TODAY = _List(_LISTED)


@lru_cache(maxsize=16)
def _in_era(era: int) -> _List:
    return _List(history.places_in(era, _LISTED))


def _on(day: date | None) -> _List:
    return _TODAY if day is None else _in_era(history.era_of(day))


def prefecture_of(name: str) -> str | None:
    """The full name of a prefecture printed with or without 都, 府, 県 (`東京` to `東京都`), None for any other string."""
    text = fold(name).string.replace(" ", "")
    return text if text in _PREFECTURES else _SHORT.get(text)


def prefecture_by(code: str | None) -> str | None:
    """The full name of the prefecture that a code, of a prefecture or of a place in it, belongs to; None for any other string."""
    return _BY_NUMBER.get(code[:2]) if code else None


def code_of(place: str, prefecture: str | None = None, on: date | None = None) -> str | None:
    """The code of a place named in full, with or without its prefecture before it; None for an unknown name or one that two prefectures share.

    `on` asks for the places of a day (1970-04-01 or later; an earlier day is read as that one), None for the list of today: a former name has
    a code on a day of its time only, for it lives on as the name of a district (地域, 大字).
    """
    places = _on(on)
    text = fold(place).string.replace(" ", "")
    if text in _PREFECTURES:
        return _PREFECTURES[text]
    for known in _PREFECTURES:
        town = places.listed(text[len(known) :]) if text.startswith(known) else None
        if town is not None:
            return places.towns[town].get(known)
    name = places.listed(text) or ""
    sought = (prefecture_of(prefecture) or prefecture) if prefecture is not None else places.only(name)
    return places.towns.get(name, {}).get(sought) if sought else None


# 労働局, 広域連合 … make the place part of a body's name; 民, 議 … make it part of a word that still names the place.
_BODY = regex.compile(
    r" ?(?:労働局|労働基準|公共職業安定所|広域|地方裁|警察|銀行|大学|信用|高等学校|高校|新聞|病院|商工会|社会福祉協議会|観光協会|農業協同|森林組合|立)"
)


@lru_cache(maxsize=16_384)
def find_places(string: str, on: date | None = None) -> tuple[Place, ...]:
    """Places named in a raw string, in order, of today or of the day `on` (see `code_of`). A body named after a place (〇〇労働局) is none;
    a name inside a longer word is none.

    A town's name of one kanji before 市, 町 or 村 (津市) counts only where no kanji stands before it, else 中津市 would hold 津市.
    """
    places, folded = _on(on), fold(string)
    text, out, at = folded.string, [], 0
    if places.ends.isdisjoint(text):
        return ()
    while match := places.pattern.search(text, at):
        at = match.end()
        if _inside_word(text, match) or _BODY.match(text, match.end()):
            continue
        out.append(_place(match, folded.raw_span(*match.span()), places))
    return tuple(out)


def _inside_word(text: str, match: regex.Match[str]) -> bool:
    """Whether kanji before the match belong to the same name: 東広島市 is not 広島市, 大津市 is not 津市."""
    if match["prefecture"] or match.start() == 0:
        return False
    before = text[match.start() - 1]
    if not _HAN.match(before):
        return False
    # A place may follow another place or its body directly (〇〇県〇〇市); other kanji before it belong to a longer name.
    return bool(match["alone"]) or before not in "都道府県市区町村郡局"


_HAN = regex.compile(r"[\p{Han}ー]")


def _place(match: regex.Match[str], span: tuple[int, int], places: _List) -> Place:
    if match["alone"]:
        return Place(*span, match["alone"], _PREFECTURES[match["alone"]], "prefecture", match["alone"])
    printed = match["town"].replace(" ", "")
    name = places.listed(printed) or ""
    prefecture = match["prefecture"] or places.only(name)
    code = places.towns.get(name, {}).get(prefecture) if prefecture else None
    return Place(*span, printed, code, "ward" if name in places.wards else "municipality", prefecture)
