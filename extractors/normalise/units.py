"""Units: from their printed forms to one canonical form, and where a unit is announced (単位 notes, brackets behind a name)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import regex

from extractors.normalise.characters import fold, plain
from extractors.normalise.patterns import HAN, KATAKANA, matcher

_HERE: Final = Path(__file__).parent
SCALES: dict[str, int] = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "億": 10**8}
SCALES |= {"十億": 10**9, "百億": 10**10, "千億": 10**11, "兆": 10**12}
# 千円, 百万円, 億円, 千人, 万人, 千t: the scales that stand in 単位 notes.
_SCALES_OF_UNITS: Final = ("百万", "十億", "十万", "千万", "百億", "千", "万", "億", "兆", "百")
_SCALE_STARTS: Final = frozenset(scale[0] for scale in _SCALES_OF_UNITS)
# What stands behind the stroke of a rate (人/年, kg/人・日).
_PER = ["年", "月", "日", "週", "時間", "時", "か月", "年度", "人", "世帯", "戸", "人日", "人年", "万人", "千人", "人口", "社", "団体", "施設", "校", "学級"]
_PER += ["所", "床", "回", "件", "台", "号", "円", "km", "km²", "ha", "㎡", "㎥", "kg", "t", "kWh", "10a", "L", "mL", "dL", "g", "m", "s", "人月"]
_PER += ["枚", "本", "冊", "10万人", "1000人"]


class Unit(NamedTuple):
    """A canonical unit, its kind (people, money, ratio …) and whether 千, 百万 … may stand before it."""

    name: str
    kind: str
    scalable: bool


def _load() -> tuple[dict[str, Unit], dict[str, tuple[str, ...]], frozenset[str]]:
    """(printed form to unit, counter to the beginnings that make it part of a longer word, forms that no header announces)."""
    groups = tomllib.loads((_HERE / "units.toml").read_text(encoding="utf-8"))
    forms: dict[str, Unit] = {}
    for group in filter(lambda group: isinstance(group, dict), groups.values()):
        for name, others in group.items():
            if name in ("kind", "scalable"):
                continue
            unit = Unit(name, group["kind"], group.get("scalable", False))
            for form in (name, *others.split()):
                forms[plain(form)] = unit
                forms[form] = unit
    words = tomllib.loads((_HERE / "continuations.toml").read_text(encoding="utf-8"))
    return forms, {counter: tuple(line.split()) for counter, line in words.items()}, frozenset(groups["behind_numbers_only"].split())


_FORMS, _CONTINUED, _BEHIND_NUMBERS_ONLY = _load()


def _by_first() -> dict[str, tuple[str, ...]]:
    """First character to the forms that begin with it, longest first: the longest match wins (事業所 before 事業)."""
    out: dict[str, list[str]] = {}
    for form in _FORMS:
        out.setdefault(form[0], []).append(form)
    return {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in out.items()}


_INDEX: Final = _by_first()
_PER_FORMS: Final = sorted({plain(per) for per in _PER} | {form for form, unit in _FORMS.items() if unit.name in _PER}, key=len, reverse=True)
_PER_BEHIND: Final = regex.compile(r" ?[/・] ?(?:\L<per>)(?:[・/](?:\L<per>))?(?![\p{Han}\p{Katakana}A-Za-z0-9])", per=_PER_FORMS)
# Behind a stroke 時 is an hour, not a time of day.
_PER_NAMES: Final = {"時": "時間"}
_PER_BEGINS: Final = frozenset(" /・")
_LATIN: Final = re.compile(r"[A-Za-zμ]")


class Found:
    """A unit found in a folded string: its canonical name, its end offset, the form as printed there."""

    __slots__ = ("end", "name", "printed")

    def __init__(self, name: str, end: int, printed: str) -> None:
        self.name, self.end, self.printed = name, end, printed


def find_unit(string: str, at: int) -> Found | None:
    """The longest unit of a folded string that begins at `at` and is no part of a longer word, None if there is none."""
    scale = _scale_at(string, at)
    if scale:
        base = _plain_unit(string, at + len(scale), scaled=True)
        if base is not None:
            return _with_per(string, at, Found(scale + base.name, base.end, string[at : base.end]))
    found = _plain_unit(string, at)
    return _with_per(string, at, found) if found else None


def _scale_at(string: str, at: int) -> str:
    if string[at : at + 1] not in _SCALE_STARTS:
        return ""
    for scale in _SCALES_OF_UNITS:
        if string.startswith(scale, at):
            return scale
    return ""


def _plain_unit(string: str, at: int, scaled: bool = False) -> Found | None:
    for form in _INDEX.get(string[at : at + 1], ()):
        if not string.startswith(form, at):
            continue
        unit, end = _FORMS[form], at + len(form)
        if scaled and not unit.scalable:
            continue
        if not _continues(form, unit, string, end):
            return Found(unit.name, end, form)
    return None


def opens_with_counter(string: str, at: int) -> bool:
    """Whether a known unit's form begins at `at`, be it only as the opening of a longer word (社 of 社会)."""
    return any(string.startswith(form, at) for form in _INDEX.get(string[at : at + 1], ()))


def _continues(form: str, unit: Unit, string: str, end: int) -> bool:
    """Whether the form is only the beginning of a longer word (人 of 人口, m of mail, クラブ of クラブハウス)."""
    behind = string[end : end + 1]
    if not behind:
        return False
    if form[-1].isascii() and form[-1].isalpha() and (_LATIN.match(behind) or behind.isdecimal()):
        return True
    if "ァ" <= form[-1] <= "ー" and "ァ" <= behind <= "ー" and behind != "・":
        return True
    return any(string.startswith(word, end) for word in _CONTINUED.get(form, ()))


def _with_per(string: str, at: int, found: Found) -> Found:
    """`人` with what follows in `人/年`, `kg/人・日`, `円/㎡`."""
    match = _PER_BEHIND.match(string, found.end) if string[found.end : found.end + 1] in _PER_BEGINS else None
    if not match:
        return found
    tail = "".join(_PER_NAMES.get(part) or (_FORMS[part].name if part in _FORMS else part) for part in matcher(r"([/・])").split(match[0].replace(" ", "")))
    return Found(found.name + tail, match.end(), string[at : match.end()])


_SPACED_ON: Final = re.compile(rf" ?[{HAN}{KATAKANA}]")


def find_spaced_unit(string: str, at: int) -> Found | None:
    """A unit whose characters are parted by single blanks (`か 所`, `地 方 公 共 団 体`), beginning at `at`."""
    for size in range(8, 1, -1):
        run = string[at : at + 2 * size - 1]
        if len(run) == 2 * size - 1 and run[1::2].strip(" ") == "" and " " not in run[::2]:
            unit = _FORMS.get(run[::2])
            if unit is not None and not _SPACED_ON.match(string, at + len(run)):
                return Found(unit.name, at + len(run), run[::2])
    return None


@lru_cache(maxsize=4096)
def canonical(printed: str) -> str | None:
    """The canonical form of a printed unit (`名` to `人`, `ヶ所` to `か所`), None where it is no unit that we know."""
    form = plain(printed).replace(" ", "")
    if not form:
        return None
    found = find_unit(form, 0)
    return found.name if found and found.end == len(form) else None


@lru_cache(maxsize=4096)
def kind_of(unit: str) -> str | None:
    """The kind of a unit (people, body, area, case, time, ratio, money, length, surface, volume, mass, energy), None if unknown."""
    name = matcher("/").split(canonical(unit) or unit)[0]
    known = _FORMS.get(name) or _FORMS.get(name.removeprefix(_scale_at(name, 0)))
    return known.kind if known else None


def scale_of(unit: str) -> tuple[int, str]:
    """(factor, unit without scale): `千円` to (1000, `円`), `人` to (1, `人`)."""
    name = canonical(unit) or unit
    if name in _FORMS:
        return 1, name
    scale = _scale_at(name, 0)
    return (SCALES[scale], name[len(scale) :]) if scale and name[len(scale) :] in _FORMS else (1, name)


_NOTE: Final = re.compile(r"単 ?位 ?[:;= ]? ?([^\s()\[\]【】、。,]+(?: [^\s()\[\]、。,]{1,4})?)")
# A note of several units (単位：人、件) settles none of them; ％ beside one (単位：千円、％) is that of the ratios.
_ANOTHER: Final = re.compile(r" ?[、,] ?[^\s()\[\]]")
_AND_PERCENT: Final = re.compile(r"単 ?位 ?[:;= ]? ?(?:% ?[、,・] ?)?(?P<unit>[^\s()\[\]【】、。,・%]+)(?: ?[、,・] ?%)?(?= ?(?:[)\]】]|$))")
# 12月1日(日) is a Sunday.
_WEEKDAY: Final = re.compile(r"日 ?$")
_OPENINGS: Final = frozenset("([〔【<〈")
_OPENED: Final = re.compile("[(\\[〔【<〈]")
_BRACKET: Final = re.compile(r"[(\[〔【<〈]\s*(?:単位\s*[:;]?\s*)?([^()\[\]〔〕【】<>〈〉]{1,12}?)\s*[)\]〕】>〉]")


def unit_note(string: str) -> str | None:
    """The canonical unit that a note gives: `（単位：千円）`, `単位:人`, or a string that is nothing but a bracketed unit (`(千円)`, `［％］`); None else."""
    text = fold(string).string.strip()
    match = _NOTE.search(text) if "単" in text else None
    if match:
        if _ANOTHER.match(text, match.end()):
            both = _AND_PERCENT.search(text)
            return canonical(both["unit"]) if both else None
        return canonical(match[1]) or canonical(match[1].split(" ")[0])
    match = _BRACKET.fullmatch(text) if text[:1] in _OPENINGS else None
    return _announced(match[1]) if match else None


def _announced(printed: str) -> str | None:
    """As `canonical`, without the counters that are words of headings too."""
    return None if printed.strip() in _BEHIND_NUMBERS_ONLY else canonical(printed)


@lru_cache(maxsize=16_384)
def bracket_unit(string: str) -> str | None:
    """The canonical unit in the brackets of a name or header (`参加者数（人）` to `人`); the last such bracket wins, None if none holds a unit."""
    text = fold(string).string.replace("\n", "")
    if _OPENED.search(text) is None:
        return None
    found = [_announced(match[1]) for match in _BRACKET.finditer(text) if not _WEEKDAY.search(text, 0, match.start())]
    return next((unit for unit in reversed(found) if unit), None)
