"""Municipalities and prefectures by name, with their 6-digit 全国地方公共団体コード, today or on any day since 1970.

data/README.md says where the lists are from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extractors.normalise import history
from extractors.normalise.characters import fold
from extractors.normalise.patterns import HAN

_DATA: Final = Path(__file__).parent / "data"


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
_BY_NUMBER: Final = {code[:2]: name for name, code in _PREFECTURES.items()}
_SHORT: Final = {(name if name == "北海道" else name[:-1]): name for name in _PREFECTURES}
# One character with two forms in names of places: 龍ケ崎 and 龍ヶ崎, 塩竈 and 塩釜 stand side by side in print.
_FORMS: Final = ("ヶケ", "ヵカ", "檜桧", "竈釜", "籠篭", "曾曽", "龍竜", "澤沢", "濱浜", "邊辺", "邉辺", "嶋島", "廣広", "國国", "舘館")
_VARIANTS: Final = str.maketrans({pair[0]: pair[1] for pair in _FORMS})
# No two prefectures begin with the same two characters, and no place's name is shorter.
_OPENS: Final = 2
# Every name ends with one of these: a string without any of them names no place, of whatever day.
_ENDS: Final = re.compile("[市区町村都道府県]")
_BY_OPENING: Final = {name[:_OPENS]: name for name in _PREFECTURES}


def _key(name: str) -> str:
    """The name in one form of each character, as long as it was."""
    return name.translate(_VARIANTS)


class Named(NamedTuple):
    """A name at start..end of a folded string: a town with or without its prefecture before it, or a prefecture alone (`town` empty)."""

    start: int
    end: int
    town: str
    prefecture: str | None


class _List:
    """The places of one time: names (a ward with its city, without the blank) to {prefecture: code}.

    The code is None where a prefecture had two places of that name, in two counties (three villages 東村 in 群馬県 until 2005).
    """

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        """From (code, name), a ward's name with a blank behind its city."""
        self.towns: dict[str, dict[str, str | None]] = {}
        self._spaced: dict[str, str] = {}
        self._by_key: dict[str, list[str]] = {}
        self._openings: dict[str, list[tuple[str, int]]] = {}
        for code, spaced in places:
            name = spaced.replace(" ", "")
            if name not in self.towns:
                self._by_key.setdefault(_key(name), []).append(name)
            codes = self.towns.setdefault(name, {})
            codes[_BY_NUMBER[code[:2]]] = None if _BY_NUMBER[code[:2]] in codes else code
            if name != spaced:
                self._spaced[name] = spaced
        self.wards = frozenset(self._spaced)
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

    def _index(self) -> dict[str, list[tuple[str, int]]]:
        """The first characters of a name to the names that begin so, the longest first, and where a blank may part a ward from its city (0: nowhere)."""
        if not self._openings:
            for name in sorted(self.towns, key=len, reverse=True):
                self._openings.setdefault(_key(name)[:_OPENS], []).append((_key(name), self._spaced.get(name, "").find(" ") + 1))
        return self._openings

    def named(self, text: str) -> Iterator[Named]:
        """The names of the list in a folded string, in order, the longest first, every character in any of its forms.

        A dictionary finds them: a pattern of two thousand names would take longer to compile than most documents to read.
        """
        forms, at = _key(text), 0
        while at < len(text) - 1:
            opening = text[at : at + _OPENS]
            found = self._at(text, forms, at) if opening in _BY_OPENING or forms[at : at + _OPENS] in self._index() else None
            if found is not None:
                yield found
            at = found.end if found is not None else at + 1

    def _at(self, text: str, forms: str, at: int) -> Named | None:
        prefecture = _BY_OPENING.get(text[at : at + _OPENS])
        if prefecture is not None and text.startswith(prefecture, at):
            behind = at + len(prefecture)
            end = self._town(forms, behind + (text[behind : behind + 1] == " "))
            if end is not None:
                return Named(at, end, text[behind:end].strip(" "), prefecture)
        else:
            prefecture = None
        end = self._town(forms, at)
        if end is not None:
            return Named(at, end, text[at:end], None)
        return Named(at, at + len(prefecture), "", prefecture) if prefecture is not None else None

    def _town(self, forms: str, at: int) -> int | None:
        """The end of the longest name that begins at a place, None where none does."""
        for name, cut in self._index().get(forms[at : at + _OPENS], ()):
            if forms.startswith(name, at):
                return at + len(name)
            head = cut - 1
            if cut and forms.startswith(name[:head] + " " + name[head:], at):
                return at + len(name) + 1
        return None


_LISTED: Final = [(row["code"], row["name"]) for row in _rows("municipalities.csv")]
_TODAY: Final = _List(_LISTED)


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
_BODY: Final = re.compile(
    r" ?(?:労働局|労働基準|公共職業安定所|広域|地方裁|警察|銀行|大学|信用|高等学校|高校|新聞|病院|商工会|社会福祉協議会|観光協会|農業協同|森林組合|立)"
)


@lru_cache(maxsize=16_384)
def find_places(string: str, on: date | None = None) -> tuple[Place, ...]:
    """Places named in a raw string, in order, of today or of the day `on` (see `code_of`). A body named after a place (〇〇労働局) is none;
    a name inside a longer word is none.

    A town's name of one kanji before 市, 町 or 村 (津市) counts only where no kanji stands before it, else 中津市 would hold 津市.
    """
    folded = fold(string)
    text = folded.string
    if _ENDS.search(text) is None:
        return ()
    places = _on(on)
    found = (one for one in places.named(text) if not _inside_word(text, one) and not _BODY.match(text, one.end))
    return tuple([_place(one, folded.raw_span(one.start, one.end), places) for one in found])


def _inside_word(text: str, found: Named) -> bool:
    """Whether kanji before the name belong to the same name: 東広島市 is not 広島市, 大津市 is not 津市."""
    if (found.town and found.prefecture) or found.start == 0:
        return False
    before = text[found.start - 1]
    if not _HAN.match(before):
        return False
    # A place may follow another place or its body directly (〇〇県〇〇市); other kanji before it belong to a longer name.
    return not found.town or before not in "都道府県市区町村郡局"


_HAN: Final = re.compile(rf"[{HAN}ー]")


def _place(found: Named, span: tuple[int, int], places: _List) -> Place:
    if not found.town:
        name = found.prefecture or ""
        return Place(*span, name, _PREFECTURES[name], "prefecture", name)
    printed = found.town.replace(" ", "")
    name = places.listed(printed) or ""
    prefecture = found.prefecture or places.only(name)
    code = places.towns.get(name, {}).get(prefecture) if prefecture else None
    return Place(*span, printed, code, "ward" if name in places.wards else "municipality", prefecture)
