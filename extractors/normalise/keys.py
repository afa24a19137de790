"""Keys under which two printed forms of one name are the same name: for matching only, never shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

import regex

from extractors.normalise.names import clean_name

# Old forms of characters that stand beside the new ones in print, mostly in names. Pairs: old, new.
_OLD_FORMS: Final = (
    "髙高﨑崎濵浜濱浜邊辺邉辺澤沢廣広國国學学會会縣県區区齋斎齊斉眞真德徳惠恵榮栄嶋島櫻桜瀨瀬瀧滝龍竜壽寿鐵鉄圓円圖図應応發発藝芸實実營営變変經経單単"
    "總総續続權権觀観轉転傳伝數数團団對対體体點点當当爲為獨独舊旧號号萬万獎奨勞労驛駅醫医豐豊彌弥塚塚"
)
_NEW: Final = str.maketrans(dict(zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True)))
# 0.5 and 5, 50% and 50 are two things: the point between digits and signs of parts stay. Commas of thousands do not part a number.
_IGNORED: Final = regex.compile(r"(?:(?!(?<=\d)\.(?=\d)|[%‰])[\p{P}\p{S}\p{Z}\s])+")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# The dictionary joins a circled number to the digits behind it (③12 would be 312), so these never reach it.
_CIRCLED: Final = regex.compile(r"([\p{No}\p{Nl}--〇]+)", flags=regex.V1)


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """The morphological dictionary, loaded at the first call (a quarter of a second, 80 MB): most of the package does without it."""
    return import_module("sudachipy").Dictionary(dict="core").tokenizer()


@lru_cache(maxsize=65536)
def match_key(name: str) -> str:
    """The name with old characters renewed and each word in its dictionary's normal form.

    障がい者 = 障害者, 取り組み = 取組, 子供 = こども, サポータ = サポーター; 高年齢者 and 高齢者 stay two words, since they mean two things.
    The dictionary has chains of forms (か所 to 箇所 to カ所): each is followed to its end, so that the key of a key is itself.
    """
    seen: list[str] = []
    key = _once(name)
    while key not in seen:
        seen.append(key)
        key = _once(key)
    return min(seen[seen.index(key) :])


def _once(name: str) -> str:
    text = clean_name(name).translate(_NEW).casefold()
    parts = _CIRCLED.split(_IGNORED.sub(" ", _THOUSANDS.sub("", text)))
    return _IGNORED.sub("", "".join(part if at % 2 else _normal(part) for at, part in enumerate(parts))).casefold()


def _normal(text: str) -> str:
    return "".join(_noun(token.normalized_form(), token.part_of_speech()) for token in _tokenizer().tokenize(text))


_ROWS: Final = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


def _noun(normal: str, part: Sequence[str]) -> str:
    """A verb in its noun-making form as that noun (取り組む to 取り組み, 見守る to 見守り), any other word as it is."""
    if part[0] != "動詞" or not part[5].startswith("連用形"):
        return normal
    if part[4].startswith("五段"):
        return normal[:-1] + _ROWS.get(normal[-1], normal[-1])
    return normal.removesuffix("る") if "一段" in part[4] else normal
