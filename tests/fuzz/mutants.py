"""Mutants of small good documents: the same seed and number give the same bytes."""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf

PDFS = sorted((Path(__file__).parents[1] / "pdfs").glob("*.pdf"))
TEXTS = (
    "# 令和6年度 事業計画\n\n令和6年度の来館者数の目標は1,500人、実績は1,310人（達成率87.3％）であった。\n\n"
    "| 指標 | 単位 | R5実績 | R6目標 | 評価 |\n| --- | --- | ---: | ---: | --- |\n| 来館者数 | 人 | 1,310 | 1,500 | B |\n| 講座の回数 | 回 | 18 | 20 | A |\n\n"
    "事業費（単位：千円）\n令和5年度決算 12,345 令和6年度予算 23,456\n",
    "１　就職件数　　　　　目標４９０件　　実績５１２件（対前年比＋３．２％）\n２　求人数（人）　　　H30 1,234　R元 1,300　R2 △56\n"
    "（注）令和６年１０月末時点の数値である。\n",
)
# What breaks readers of numbers, tables and characters.
ODD = (
    *("\u0000", "\ufeff", "\u202e", "\u200b", "\u3000", "\u0301", "\U000e0100", "\U0001f1ef", "ﷺ", "㍻", "㌫", "①", "¹", "Ⅷ", "卅", "⼀"),
    *("\ud800", "\t", "\f", "\r", "\v", "|", "||", "\\|", "| --- |", "<br>", "<td", "9" * 400, "1e999", "-0", "△", "▲", "０．０．０", "1,2,3,4"),
    *("兆億万", "令和99年度", "平成0年", "平成8011年度", "R-1", "00年度", "13月32日", "～", "％％", "（" * 50),
)
NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"0.0000001", b"-1e9", b"nan", b"." * 3, b"1" + b"0" * 310)
NUMBER = re.compile(rb"(?<![\d.])-?\d+(?:\.\d+)?")
LENGTH = re.compile(rb"/Length \d+")

Mutation = Callable[[bytes, random.Random], bytes]


class Mutant(NamedTuple):
    """One mutated file: the name under which it is offered, its bytes, and what was done."""

    name: str
    data: bytes
    how: str


def flip(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def cut(data: bytes, dice: random.Random) -> bytes:
    at, length = dice.randrange(len(data)), dice.choice((1, 4, 64, 1024, len(data)))
    return data[:at] + data[at + length :]


def double(data: bytes, dice: random.Random) -> bytes:
    at, length = dice.randrange(len(data)), dice.choice((1, 16, 256, 4096))
    return data[:at] + data[at : at + length] * dice.choice((2, 3, 50)) + data[at + length :]


def swap(data: bytes, dice: random.Random) -> bytes:
    """Numbers for other numbers."""
    found = list(NUMBER.finditer(data))
    for match in sorted(dice.sample(found, min(len(found), dice.choice((1, 1, 3, 20)))), key=lambda m: -m.start()):
        other = dice.choice(NUMBERS) if dice.random() < 0.6 else dice.choice(found).group()
        data = data[: match.start()] + other + data[match.end() :]
    return data


def lengths(data: bytes, dice: random.Random) -> bytes:
    return LENGTH.sub(lambda m: b"/Length " + dice.choice(NUMBERS) if dice.random() < 0.5 else m.group(), data)


def words(data: bytes, dice: random.Random) -> bytes:
    """Names, operators and keywords for one another."""
    found = list(re.finditer(rb"/?[A-Za-z]{1,12}\*?", data))
    for match in sorted(dice.sample(found, min(len(found), dice.choice((1, 2, 8)))), key=lambda m: -m.start()):
        data = data[: match.start()] + dice.choice(found).group() + data[match.end() :]
    return data


def inside(data: bytes, dice: random.Random) -> bytes:
    """A stream unpacked, mutated and packed again: the file around it stays whole."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        for one in dice.sample(streams, min(len(streams), dice.choice((1, 1, 2)))):
            change = dice.choice((flip, cut, double, swap, words))
            plain = one.read_bytes()
            if plain:
                one.write(change(plain, dice))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def unpacked(data: bytes, dice: random.Random) -> bytes:
    """The file without packing, its text mutated."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, deterministic_id=True)
    return dice.choice((flip, cut, double, swap, words, lengths))(out.getvalue(), dice)


def spoiled(data: bytes, dice: random.Random) -> bytes:
    """Packed streams with a byte changed in the middle of the packing."""
    parts = re.split(rb"(stream\r?\n)", data)
    at = dice.randrange(len(parts))
    return b"".join([*parts[:at], flip(parts[at], dice) if parts[at] else b"", *parts[at + 1 :]])


PDF_MUTATIONS: tuple[Mutation, ...] = (flip, cut, double, swap, lengths, words, inside, inside, inside, inside, unpacked, unpacked, unpacked, spoiled)


def odd(data: bytes, dice: random.Random) -> bytes:
    """Characters of a text for odd ones, lines doubled, pipes lost, or everything on one line."""
    some = list(data.decode("utf-8"))
    for _ in range(dice.choice((1, 3, 20))):
        at = dice.randrange(len(some))
        some[at : at + dice.choice((0, 0, 1, 5))] = dice.choice(ODD)
    string = "".join(some)
    if dice.random() < 0.1:
        string = string.replace("\n", dice.choice(("", "\r", "\f", "\n\n\n")))
    if dice.random() < 0.03:
        string *= dice.choice((20, 200))
    return string.encode("utf-8", "surrogatepass")


def coded(data: bytes, dice: random.Random) -> bytes:
    """In another encoding, or in two at once."""
    string = odd(data, dice).decode("utf-8", "replace")
    some = [string.encode(code, "replace") for code in ("cp932", "euc_jp", "utf_16", "utf_16_le", "utf_16_be", "utf_8_sig")]
    return dice.choice(some) + (dice.choice(some) if dice.random() < 0.3 else b"")


TEXT_MUTATIONS: tuple[Mutation, ...] = (odd, odd, odd, odd, coded, flip, cut, double)


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of this number in the series of this seed; a third of them are texts."""
    dice = random.Random(f"{seed}:{number}")
    if dice.random() < 0.3:
        change = dice.choice(TEXT_MUTATIONS)
        return Mutant(f"{seed}_{number}.txt", change(dice.choice(TEXTS).encode(), dice), change.__name__)
    path, change = dice.choice(PDFS), dice.choice(PDF_MUTATIONS)
    data = path.read_bytes()
    try:
        data = change(data, dice)
        if dice.random() < 0.3:
            data = dice.choice((flip, swap, words, cut))(data, dice)
    except (pikepdf.PdfError, zlib.error):
        # The library that packs again cannot take what came out: the plain mutation is left.
        data = flip(data, dice)
    return Mutant(f"{seed}_{number}.pdf", data, f"{path.stem} {change.__name__}")
