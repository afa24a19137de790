"""Municipalities and prefectures by name, with their 6-digit 全国地方公共団体コード (data/README.md says where the list is from)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import regex

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
_SHORT = {(name if name == "北海道" else name[:-1]): name for name in _PREFECTURES}
# One character with two forms in names of places: 龍ケ崎 and 龍ヶ崎, 塩竈 and 塩釜 stand side by side in print.
_FORMS = ("ヶケ", "ヵカ", "檜桧", "竈釜", "籠篭", "曾曽", "龍竜", "澤沢", "濱浜", "邊辺", "邉辺", "嶋島", "廣広", "國国", "舘館")
_VARIANTS = str.maketrans({pair[0]: pair[1] for pair in _FORMS})


def _key(name: str) -> str:
    return name.translate(_VARIANTS)


def _towns() -> dict[str, dict[str, str]]:
    """Name (a ward with its city, without the blank) to {prefecture: code}."""
    out: dict[str, dict[str, str]] = {}
    for row in _rows("municipalities.csv"):
        out.setdefault(row["name"].replace(" ", ""), {})[row["prefecture"]] = row["code"]
    return out


_TOWNS = _towns()
_BY_KEY: dict[str, list[str]] = {}
for _name in _TOWNS:
    _BY_KEY.setdefault(_key(_name), []).append(_name)


def _listed(name: str) -> str | None:
    """The name as the list has it: itself, or the one name that differs from it only in forms of characters (鹿嶋市 and 鹿島市 are two cities)."""
    if name in _TOWNS:
        return name
    names = _BY_KEY.get(_key(name), [])
    return names[0] if len(names) == 1 else None


_WARDS = frozenset(row["name"].replace(" ", "") for row in _rows("municipalities.csv") if " " in row["name"])
# 北区, 中央区: wards of the capital whose names wards of designated cities have too. Alone they say nothing.
_SHARED = frozenset(row["name"].split(" ")[1] for row in _rows("municipalities.csv") if " " in row["name"])


def prefecture_of(name: str) -> str | None:
    """The full name of a prefecture printed with or without 都, 府, 県 (`東京` to `東京都`), None for any other string."""
    text = fold(name).string.replace(" ", "")
    return text if text in _PREFECTURES else _SHORT.get(text)


def code_of(place: str, prefecture: str | None = None) -> str | None:
    """The code of a place named in full, with or without its prefecture before it; None for an unknown name or one that two prefectures share."""
    text = fold(place).string.replace(" ", "")
    if text in _PREFECTURES:
        return _PREFECTURES[text]
    for known in _PREFECTURES:
        town = _listed(text[len(known) :]) if text.startswith(known) else None
        if town is not None:
            return _TOWNS[town].get(known)
    name = _listed(text) or ""
    codes = _TOWNS.get(name, {})
    if prefecture is not None:
        return codes.get(prefecture_of(prefecture) or prefecture)
    return next(iter(codes.values())) if len(codes) == 1 and name not in _SHARED else None


def _alternatives() -> list[str]:
    """Names as patterns: every character in either of its forms."""
    back: dict[str, set[str]] = {}
    for code, other in _VARIANTS.items():
        back.setdefault(str(other), {str(other)}).add(chr(code))
    spaced = {row["name"].replace(" ", ""): row["name"].replace(" ", " ?") for row in _rows("municipalities.csv") if " " in row["name"]}
    either = {char: f"[{''.join(sorted(forms))}]" for forms in back.values() for char in forms}
    return ["".join(either.get(char, char) for char in spaced.get(name, name)) for name in sorted(_TOWNS, key=lambda name: (-len(name), name))]


_PREFECTURE = "|".join(_PREFECTURES)
_PLACE = regex.compile(rf"(?:(?P<prefecture>{_PREFECTURE}) ?)?(?P<town>{'|'.join(_alternatives())})|(?P<alone>{_PREFECTURE})")
# 労働局, 広域連合 … make the place part of a body's name; 民, 議 … make it part of a word that still names the place.
_BODY = regex.compile(
    r" ?(?:労働局|労働基準|公共職業安定所|広域|地方裁|警察|銀行|大学|信用|高等学校|高校|新聞|病院|商工会|社会福祉協議会|観光協会|農業協同|森林組合|立)"
)


def find_places(string: str) -> tuple[Place, ...]:
    """Places named in a raw string, in order. A body named after a place (〇〇労働局) is none; a name inside a longer word is none.

    A town's name of one kanji before 市, 町 or 村 (津市) counts only where no kanji stands before it, else 中津市 would hold 津市.
    """
    folded = fold(string)
    text, out, at = folded.string, [], 0
    while match := _PLACE.search(text, at):
        at = match.end()
        if _inside_word(text, match) or _BODY.match(text, match.end()):
            continue
        out.append(_place(match, folded.raw_span(*match.span())))
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


def _place(match: regex.Match[str], span: tuple[int, int]) -> Place:
    if match["alone"]:
        return Place(*span, match["alone"], _PREFECTURES[match["alone"]], "prefecture", match["alone"])
    printed, prefecture = match["town"].replace(" ", ""), match["prefecture"]
    name = _listed(printed) or ""
    codes = _TOWNS.get(name, {})
    if prefecture is None and len(codes) == 1 and name not in _SHARED:
        prefecture = next(iter(codes))
    code = codes.get(prefecture) if prefecture else None
    return Place(*span, printed, code, "ward" if name in _WARDS else "municipality", prefecture)
