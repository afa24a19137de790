"""Numbers that are misprinted as such: a comma for a point, groups of digits that are no thousands, digits of two widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from extractors.normalise.characters import plain
from extractors.normalise.patterns import compiled
from extractors.normalise.scan import is_number
from extractors.vocabulary import Finding
from pipeline.check.matter import Matter
from pipeline.check.rule import found, rule

_COMMA: Final = regex.compile(r"(?<![\d.,，．])(\d{1,3})[,，](\d{1,2})(?=\s*(?:[%％]|ポイント|倍))")
# 12,34千円, 1,2345人, 1,234,56円: of several groups one has not three digits. A list (1,2,3) has none of three.
_GROUPS: Final = regex.compile(r"(?<![\d.,，．])\d{1,3}(?:[,，]\d+)+(?![\d,，．.])\s*(?P<unit>円|千円|万円|百万円|人|件|社|世帯|戸|台|冊|トン|㎡|ha)?")
_POINTS: Final = regex.compile(r"\d+[.．]{2,}\d+|\d+[.．]\d{1,2}[.．]\d+(?=\s*[%％])|\d[,，]{2,}\d")
# What all that the three patterns above find fault with has: a comma without just three digits behind it, or two points.
_FAULT: Final = re.compile(r"[,，](?!\d{3}(?!\d))|[.．]\d{0,2}[.．]")
_WIDE: Final = re.compile(r"[０-９]")
_DIGITS: Final = regex.compile(r"\d[\d,，.．]*")


@rule(
    "warning",
    "a comma, point or group of digits with how numbers are printed",
    "A decimal comma reads as another number to every program; groups that are not of three digits hide a lost or an added digit.",
    "11,5％",
)
def misprinted_number(matter: Matter) -> Iterator[Finding]:
    for _, text in matter.lines_with(_FAULT):
        if is_number(text.string):
            continue
        for match in _COMMA.finditer(text.string):
            right = f"{plain(match[1])}.{plain(match[2])}"
            stated = text.string[match.start() : match.end() + 1]
            yield found("warning", f"「{stated}」は小数点がコンマになっています。{right}の誤記とみられます。", text[match.start() : match.end()], stated, right)
        for match in _GROUPS.finditer(text.string):
            groups = compiled("[,，]").split(match.group().strip().removesuffix(match["unit"] or ""))[1:]
            wrong = [group for group in groups if len(group.strip()) != 3]
            mixed = len(wrong) < len(groups) or any(len(group.strip()) > 3 for group in groups)
            if wrong and match["unit"] and (mixed or match["unit"].endswith("円")):
                said = f"「{match.group()}」は桁区切りが3桁ごとではありません。桁の誤りの疑いがあります。"
                yield found("warning", said, text[match.start() : match.end()], match.group())
        for match in _POINTS.finditer(text.string):
            said = f"「{match.group()}」は小数点かコンマが重なっています。"
            yield found("warning", said, text[match.start() : match.end()], match.group())


@rule(
    "info",
    "the digits of one number with each other",
    "Digits of half and full width in one number show that it was typed over; the value is as read, but worth a glance.",
    "270/33０",
)
def mixed_widths(matter: Matter) -> Iterator[Finding]:
    for _, text in matter.lines_with(_WIDE):
        for match in _DIGITS.finditer(text.string):
            printed = match.group().rstrip(",，.．")
            if compiled("[0-9]").search(printed) and compiled("[０-９]").search(printed):
                place = text[match.start() : match.start() + len(printed)]
                yield found("info", f"「{printed}」は半角と全角の数字が混じっています。", place, printed, plain(printed))
