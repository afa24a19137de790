"""Names of indicators: cleaned for showing, split where one name holds several, and matched with units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extractors.normalise.characters import fold
from extractors.normalise.patterns import HAN, HIRAGANA, KATAKANA, matcher
from extractors.normalise.units import canonical, kind_of

_CJK: Final = rf"[{HAN}{HIRAGANA}{KATAKANA}ー々〇、。・「」『』()\[\]【】]"
_BREAK: Final = re.compile(r" *[\n\r\f\v]+ *")
_BETWEEN_LATIN: Final = re.compile(r"(?<=[A-Za-z0-9,.;:])\n(?=[A-Za-z])")
_MARKS: Final = r"☆★○●◎◯◇◆□■△▲▽▼・･•∙◦‣▪▫►▶▷➢➤➡✓✔❖※＊*◉⦿■❏❑☐☑→⇒"
# 〇 is a bullet only where no kanji numeral follows (〇・五); a dash only before a blank or a word.
_LEADING: Final = re.compile(
    rf"\s*(?:[{_MARKS}]|〇(?![・.〇一二三四五六七八九])|[-–—‐](?=\s*[{HAN}{HIRAGANA}{KATAKANA}A-Za-z「『(])|[\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]"
    r"|\((?:\d{1,2}|[ア-ンa-zA-Zivx]{1,3})\)(?=\s*\S)|[ア-ン](?=[ .)]\s*\S)[.)]?|\d{1,2}\)(?=\s*\S))\s*"
)
_SINGLE: Final = re.compile(rf"(?<!\S)(?:{_CJK}|\d)(?: +(?:{_CJK}|\d)(?!\S))+(?!\S)")
# What each of them has.
_SPACED_OUT: Final = re.compile(r"(?<!\S)\S +\S(?!\S)")
_BLANKS: Final = re.compile(r"[ \t]+")
_PARTED: Final = re.compile(r"[ \t\n\r\f\v]")
_OPENING, _CLOSING = "([「『【〔《〈{", ")]」』】〕》〉}"


@lru_cache(maxsize=16_384)
def clean_name(string: str) -> str:
    """The name as a table shows it: one way of writing, no line breaks, no bullets before it, no blanks inside spaced-out words (`目　標　値`)."""
    text, before = fold(string).string.strip(), ""
    # Without a blank or a break there are only bullets to take off.
    parted = _PARTED.search(text) is not None
    if parted:
        text = _BREAK.sub("\n", text)
        text = _BETWEEN_LATIN.sub(" ", text).replace("\n", "")
        text = _BLANKS.sub(" ", text)
    # What a bullet leaves behind may be spaced out (※就 職), and a joined word may begin with a bullet.
    while text != before:
        joined = _SINGLE.sub(_closed_up, text) if parted and _SPACED_OUT.search(text) else text
        before, text = text, _without_bullets(joined).strip()
    return text


def _closed_up(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _without_bullets(text: str) -> str:
    while True:
        match = _LEADING.match(text)
        if not match or match.end() == len(text):
            return text
        text = text[match.end() :]


_SEPARATORS: Final = (
    re.compile(r"、|,(?!\d)|;|及び|および|並びに|ならびに"),
    re.compile(rf"・|/|と(?=[{HAN}]{{2,12}}(?:数|率|額)(?:\([^()]*\))?$)"),
    re.compile(r" "),
)
# A part counts something by its own ending; a bare body or person (参加企業) does so only beside a last part that ends the same way (参加求職者数).
_MEASURE: Final = re.compile(r"(?:数|率|額|量|割合|件|高|費|度|面積|延長|日数|時間|回|点|得点|スコア|%)(?:\([^()]*\))*$")
_BODIES: Final = "者|人|社|企業|団体|法人|施設|事業所|店舗|店|校|学校|園|世帯|戸|家庭|児童|生徒|学生|組|自治体|市町村"
_BARE: Final = re.compile(rf"(?:{_BODIES}|名)(?:\([^()]*\))*$")
_BARE_COUNT: Final = re.compile(rf"(?:{_BODIES})(?:\([^()]*\))*数(?:\([^()]*\))*$")
_LAST: Final = re.compile(r"(?:数|率|額|量|割合|件|高|費|面積|延長|時間|回)(?:\([^()]*\))*$")
_AMONG: Final = re.compile(r"^.*(?:のうち|うち)[、,]?(?=.)")
_OF_ALL: Final = re.compile(r"(?<=.)の(?P<tail>数|件数|人数|回数|割合|額)$")


@lru_cache(maxsize=4096)
def split_compound(name: str) -> tuple[str, ...]:
    """The parts of a name that stands for several numbers (`…の参加企業、参加求職者数` to `参加企業`, `参加求職者数`), () where it stands for one.

    Forced by plans that print `15社・50人` under such a name. Separators in brackets part nothing, nor do lists of things that share one measure
    (`研修、セミナー等の参加者数`): each part must itself end in what is counted.
    """
    text = clean_name(name)
    for separator in _SEPARATORS:
        segments = _segments(text, separator)
        if len(segments) > 1:
            parts = _parts(segments)
            if parts:
                return parts
    return ()


def _segments(text: str, separator: re.Pattern[str]) -> list[str]:
    """The text between separators that stand outside all brackets."""
    if separator.search(text) is None:
        return [text.strip()] if text.strip() else []
    out, depth, start, at = [], 0, 0, 0
    while at < len(text):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        match = separator.match(text, at) if depth == 0 else None
        if match:
            out.append(text[start:at])
            start = at = match.end()
        else:
            at += 1
    return [segment.strip() for segment in [*out, text[start:]] if segment.strip()]


def _parts(segments: list[str]) -> tuple[str, ...]:
    last = segments[-1]
    among = bool(_AMONG.match(last))
    if not _LAST.search(last):
        return ()
    shared = _OF_ALL.search(last)
    head = last[: shared.start()] if shared else last
    bare = among or ("の" not in _outside(head) and bool((_BARE if shared else _BARE_COUNT).search(head)))
    if not all(_MEASURE.search(segment) or (bare and _BARE.search(segment)) for segment in segments[:-1]):
        return ()
    return tuple(_own(segment) for segment in segments)


def _outside(text: str) -> str:
    """The text without what stands in brackets."""
    return matcher(r"\([^()]*\)|「[^」]*」|『[^』]*』").sub("", text)


_QUOTED: Final = re.compile(r"^(?:「[^」]*」|『[^』]*』)(?=..)")


def _own(segment: str) -> str:
    """The part's own words: behind the last の outside brackets, unless only 数 or 割合 would be left (Bの数 stays)."""
    segment = _AMONG.sub("", segment)
    depth, cut = 0, 0
    for at, char in enumerate(segment):
        depth += (char in _OPENING) - (char in _CLOSING)
        if depth == 0 and char == "の":
            cut = at + 1
    tail = _QUOTED.sub("", segment[cut:])
    if cut and tail in ("数", "件数", "人数", "割合", "額", "率", "量"):
        return segment
    return tail if len(tail) > 1 else segment


# What a part of a name counts, by its ending, against the kinds of units (or units) that go with it.
_ENDINGS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"(?:率|割合|比率|比|構成比|度|カバー率)", frozenset({"%", "‰", "割", "倍", "ポイント", "ppm"})),
    (r"(?:倍率)", frozenset({"倍", "%"})),
    (r"(?:回数|回|開催数|実施数|開催)", frozenset({"回", "日", "件", "か所", "時間", "講座"})),
    (r"(?:企業|企業数|社|社数|会社数|法人数|団体|団体数|事業所|事業所数|事業者|事業者数|店舗|店舗数)", frozenset({"body"})),
    (r"(?:者|人|名|児|客|員|人口|児童|生徒|学生|会員|サポーター|ボランティア|リーダー)数?", frozenset({"people"})),
    (r"(?:人数|利用数|求人数|人員)", frozenset({"people"})),
    (r"(?:件|件数)", frozenset({"件", "回", "社", "人", "か所", "項目", "事業"})),
    (r"(?:世帯|世帯数|戸数|家庭数)", frozenset({"世帯", "戸", "家庭", "家族", "組"})),
    (r"(?:か所数|箇所数|拠点数|施設数|施設|校|校数|園数|拠点|箇所|会場数)", frozenset({"body", "か所", "所", "area"})),
    (r"(?:台数)", frozenset({"台", "両", "基", "車両"})),
    (r"(?:額|費|事業費|金額|高|所得|予算|決算)", frozenset({"money"})),
    (r"(?:面積)", frozenset({"surface"})),
    (r"(?:延長|距離)", frozenset({"length"})),
    (r"(?:排出量|ごみ量|収集量|処理量|収量|生産量|重量)", frozenset({"mass", "volume"})),
    (r"(?:電力量|発電量|エネルギー量|出力)", frozenset({"energy"})),
    (r"(?:日数)", frozenset({"日", "日間"})),
    (r"(?:時間|時間数)", frozenset({"時間", "分"})),
    (r"(?:冊数)", frozenset({"冊", "点"})),
    (r"(?:数)", frozenset({"people", "body", "case", "area"})),
)
_FITS: Final = tuple((re.compile(rf"{ending}(?:\([^()]*\))*$"), kinds) for ending, kinds in _ENDINGS)
# 参加求職者（障がい者）数: a bracket before 数 is no part of the ending.
_INNER: Final = re.compile(r"\([^()]*\)(?=数)")


def fits(part: str, unit: str | None) -> bool | None:
    """Whether a unit goes with a part of a name (者・人数 with 人, 企業 with 社, 回数 with 回, 率 with %); None where the part's ending says nothing."""
    text = _INNER.sub("", clean_name(part))
    if not unit:
        return None
    name = canonical(unit) or unit
    base = matcher(r"^(?:百万|十万|千万|千|万|億)(?=.)").sub("", name)
    for pattern, kinds in _FITS:
        if pattern.search(text):
            return name in kinds or base in kinds or (kind_of(base) or "") in kinds
    return None
