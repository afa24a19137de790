"""A content stream as operands and operators, in one pass of a pattern, cut where pdfminer's tokenizer would cut it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from pdfminer.psparser import LIT, PSLiteral, literal_name


class Doubtful(Exception):
    """The content holds what the quick reader does not read as the reference does; the reference reads the page."""


# What calls a performer's method with the operands.
Operator = Callable[[Any, list[Any]], None]

# What may hold blanks: strings, dictionaries, comments. Nothing is tried twice (`++`, `*+`), so that a string without an end costs no more than its length.
_WHOLE: Final = rb"""
      \((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)
    | <[0-9A-Fa-f\s]*+>
    | <<(?:[^<>()]++|<[0-9A-Fa-f\s]*+>|\((?:[^()\\]++|\\.)*+\))*+>>
    | %[^\r\n]*+"""
WHOLE: Final = re.compile(b"(" + _WHOLE + b")", re.VERBOSE | re.DOTALL)
# One token, where words are written as one or pictures stand between them. Whatever no other branch takes is one token of one character.
TOKEN: Final = re.compile(
    rb"""\s*+(
      [-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)
    | [A-Za-z][^\s#/%\[\]()<>{}]*+
    | /[^\s/%\[\]()<>{}]*+
    | """
    + _WHOLE
    + rb"""
    | \S )""",
    re.VERBOSE | re.DOTALL,
)
PERCENT, SLASH = 37, 47
# Words of one document that are kept (some 100 bytes each).
MOST_WORDS: Final = 50_000
# Where pictures lie in the stream itself, what is between their marks is no text.
INLINE: Final = re.compile(rb"ID\s")
# pdfminer's search for the end of such a picture: an E that is followed by anything but I and a blank is passed over with what follows it.
END_OF_IMAGE: Final = re.compile(rb"(?:[^E]*+E(?:[^I]|I\S))*+[^E]*+EI\s", re.DOTALL)
ESCAPED: Final = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r", b"(": b"(", b")": b")"}
BYTES: Final = [bytes([code]) for code in range(256)]
HEX_IN_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class Words:
    """What the words of the content streams of one document stand for, each looked at once: nine of ten numbers of a page stand on it before.

    `known` has for a word a float (a number), an operator, a list of such (several tokens written as one), or the word itself.
    """

    def __init__(self, operators: dict[bytes, Operator]) -> None:
        self.operators = operators
        self.known: dict[bytes, Any] = dict(operators)

    def bounded(self) -> dict[bytes, Any]:
        """What is known, begun anew where it has become much."""
        if len(self.known) > MOST_WORDS:
            self.known = dict(self.operators)
        return self.known

    def learn(self, word: bytes) -> Any:
        """What a word stands for that was not met before."""
        tokens = TOKEN.findall(word)
        found = self._meaning(word) if len(tokens) == 1 else [self._meaning(token) for token in tokens]
        self.known[word] = found
        return found

    def _meaning(self, token: bytes) -> Any:
        operator = self.operators.get(token)
        if operator is not None:
            return operator
        first = token[0]
        if first != SLASH and not token.isascii():
            raise Doubtful("a word of other bytes than ASCII's, which pdfminer leaves out when it looks for its operator")
        # A digit, or one behind a sign or a point, which alone are no number.
        return float(token) if 48 <= first <= 57 or (len(token) > 1 and first in b"+-.") else token


def perform(data: bytes, words: Words, performer: object) -> None:
    """Calls the operators of a content stream in order, each with its performer and the operands that stand before it and that no operator took:
    floats, and tokens of all else.

    Raises Doubtful where the stream is not cut with certainty.
    """
    operands: list[Any] = []
    if _has_images(data):
        # Blanks that no token follows would be tried from each of them.
        for token in _around_images(data.rstrip()):
            if WHOLE.match(token):
                _push(token, operands)
            else:
                _act([words.bounded().get(token) or words.learn(token)], operands, performer)
    else:
        _act_on(data, words, operands, performer)
    if b"[" in operands or b"BI" in operands:
        raise Doubtful("an array or a picture without an end")


def _act_on(data: bytes, words: Words, operands: list[Any], performer: object) -> None:
    """The same for a stream without pictures."""
    known = words.bounded()
    between = False
    for part in WHOLE.split(data):
        between = not between
        if not between:
            _push(part, operands)
            continue
        for word in part.split():
            meaning = known.get(word)
            if meaning is None:
                meaning = words.learn(word)
            if isinstance(meaning, (float, bytes)):
                operands.append(meaning)
            elif isinstance(meaning, list):
                _act(meaning, operands, performer)
            else:
                meaning(performer, operands)


def _push(token: bytes, operands: list[Any]) -> None:
    if token[0] != PERCENT:
        operands.append(token)


def _act(meanings: list[Any], operands: list[Any], performer: object) -> None:
    for meaning in meanings:
        if isinstance(meaning, (float, bytes)):
            operands.append(meaning)
        elif isinstance(meaning, list):
            _act(meaning, operands, performer)
        else:
            meaning(performer, operands)


def _has_images(data: bytes) -> bool:
    """Whether ID stands in the stream as a word: Word writes MCID by the hundred."""
    return any(not data[found.start() - 1 : found.start()].isalpha() for found in INLINE.finditer(data))


def _around_images(data: bytes) -> Iterator[bytes]:
    """Tokens of a stream with pictures in it; the data of each picture is left out, and EI follows its ID."""
    at = 0
    while True:
        for found in TOKEN.finditer(data, at):
            yield found[1]
            if found[1] == b"ID":
                end = END_OF_IMAGE.match(data, found.end() + 1)
                if end is None:
                    raise Doubtful("a picture without an end")
                at = end.end()
                yield b"EI"
                break
        else:
            return


def string_of(token: bytes) -> bytes:
    """The bytes of a string in brackets `(...)` or `<...>`."""
    if len(token) < 2:
        raise Doubtful("a string without an end")
    if token[:1] == b"(":
        return _unescaped(token[1:-1]) if b"\\" in token else token[1:-1]
    if token[:1] != b"<" or token[:2] == b"<<":
        raise Doubtful("no string")
    digits = b"".join(token[1:-1].split())
    if len(digits) % 2:
        # pdfminer takes an odd last digit for the lower half of its byte.
        return bytes.fromhex(digits[:-1].decode()) + bytes([int(digits[-1:], 16)])
    return bytes.fromhex(digits.decode())


def _unescaped(inside: bytes) -> bytes:
    """The bytes that a string with backslashes stands for."""
    parts = inside.split(b"\\")
    out = [parts[0]]
    at = 1
    while at < len(parts):
        part = parts[at]
        if part:
            _escape(part, out)
            at += 1
        else:
            # Two of them stand for one, and what follows is as it stands.
            out.append(b"\\")
            out += parts[at + 1 : at + 2]
            at += 2
    return b"".join(out)


def _escape(part: bytes, out: list[bytes]) -> None:
    """What stands behind a backslash, up to the next one."""
    if 48 <= part[0] <= 55:
        end = 1
        while end < 3 and end < len(part) and 48 <= part[end] <= 55:
            end += 1
        code = int(part[:end], 8)
        if code > 255:
            raise Doubtful("an octal code beyond a byte")
        out.append(BYTES[code])
        out.append(part[end:])
        return
    if part[:2] == b"\r\n":
        raise Doubtful("a line end of two characters after a backslash, which pdfminer reads by where its buffer ends")
    # Any other character after a backslash is dropped, as pdfminer does.
    out.append(ESCAPED.get(part[:1], b""))
    out.append(part[1:])


@lru_cache(4096)
def name_of(token: bytes) -> str:
    """The name in a token `/Name`, as pdfminer keys resources."""
    return literal_name(literal_of(token))


@lru_cache(4096)
def literal_of(token: bytes) -> PSLiteral:
    """What pdfminer keeps of a token `/Name`: its text, or its bytes where they are none."""
    if token[:1] != b"/" or b"#" in HEX_IN_NAME.sub(b"", token):
        raise Doubtful("no plain name")
    raw = HEX_IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), token[1:])
    try:
        return LIT(raw.decode())
    except UnicodeDecodeError:
        return LIT(raw)
