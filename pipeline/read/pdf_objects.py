"""The objects of a PDF file, quickly: one that is written plainly is cut by one pattern and built in one pass.

pdfminer goes through a file token by token and asks for each what comes next, fifty times as long. Whatever is not plain here (damage, a length
that is wrong, a spelling that only its parser knows how to take) is left to it, so that every object is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pdfminer.pdftypes import PDFObjRef, PDFStream, int_value
from pdfminer.psparser import KWD, PSLiteral

from pipeline.read.content import Doubtful, literal_of, string_of

TOKEN: Final = re.compile(
    rb"""\s*+(
      [-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)
    | /[^\s/%\[\]()<>{}]*+
    | [A-Za-z][^\s#/%\[\]()<>{}]*+
    | <<|>>|\[|\]
    | \((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)
    | <[0-9A-Fa-f\s]*+>
    | %[^\r\n]*+
    | \S )""",
    re.VERBOSE | re.DOTALL,
)
DELIMITER: Final = rb"(?=[\s#/%\[\]()<>{}])"
BEGIN: Final = re.compile(rb"\s*+([0-9]++)\s++[0-9]++\s++obj" + DELIMITER)
# What stands around an object's last word, so that it is a word of its own.
END: Final = re.compile(rb"(?<=[\s>\])])endobj" + DELIMITER)
STREAM: Final = re.compile(rb"(?<=[\s>])stream[ \t]*+(?:\r\n|\r|\n)")
END_OF_STREAM: Final = re.compile(rb"\s*+endstream\s++endobj" + DELIMITER)
# A table of objects: per section the first number and how many follow, then twenty bytes for each.
SECTION: Final = re.compile(rb"([0-9]{1,7}) ([0-9]{1,7})[ \t]*+(?:\r\n|\r|\n)")
ENTRIES: Final = re.compile(rb"(?:[0-9]{10} [0-9]{5} [fn](?: \r| \n|\r\n))*+")
# In a stream of objects pdfminer takes this word for no null.
NULL: Final = KWD(b"null")
BRACKETS: Final = (b"<<", b">>", b"[", b"]")


class Plain:
    """Stands in for the two methods of pdfminer's document that parse objects of the file `data`."""

    def __init__(self, doc: Any, data: bytes) -> None:
        self.doc, self.data = doc, data
        self.parse: Callable[[int, int], object] = doc._getobj_parse
        self.unpack: Callable[[Any], tuple[list[object], int]] = doc._get_objects

    def at(self, position: int, number: int) -> object:
        """The object of a number at a position of the file. Raises what pdfminer raises where there is none."""
        try:
            return self._at(position, number)
        except (Doubtful, ValueError):
            return self.parse(position, number)

    def _at(self, position: int, number: int) -> object:
        data = self.data
        begin = BEGIN.match(data, position)
        if begin is None or int(begin[1]) != number or self.doc._parser.fallback:
            raise Doubtful("no object of this number")
        start = begin.end()
        end = data.find(b"endobj", start)
        word = data.find(b"stream", start, end)
        stream = STREAM.match(data, word) if word >= 0 else None
        if stream is None and END.match(data, end) is None:
            raise Doubtful("an object without an end")
        [value] = values_of(tokens_of(data[start : word if stream else end]), self.doc, None)
        return value if stream is None else self._stream(value, stream.end())

    def _stream(self, entries: Any, start: int) -> PDFStream:
        if not isinstance(entries, dict):
            raise Doubtful("a stream of no dictionary")
        end = start + int_value(entries["Length"]) if "Length" in entries else -1
        if end < start or END_OF_STREAM.match(self.data, end) is None:
            raise Doubtful("a stream of another length")
        return PDFStream(entries, self.data[start:end], self.doc.decipher)

    def within(self, stream: Any) -> tuple[list[object], int]:
        """The values in a stream of objects, its table of numbers first, and how many objects it says there are."""
        try:
            count = stream.attrs.get("N")
            if not isinstance(count, int):
                raise Doubtful("no number of objects")
            return values_of(tokens_of(stream.get_data()), self.doc, NULL), count
        except (Doubtful, ValueError):
            return self.unpack(stream)


def resolved(value: Any, default: object = None) -> Any:
    """A value in which no reference is left, as pdfminer's resolve_all has it: lists are new, dictionaries are changed."""
    while isinstance(value, PDFObjRef):
        value = value.resolve(default=default)
    if isinstance(value, list):
        return [resolved(one, default) for one in value]
    if isinstance(value, dict):
        for key, one in value.items():
            # Almost all are the widths of characters.
            if not isinstance(one, (float, int)):
                value[key] = resolved(one, default)
    return value


def offsets_of(data: bytes, start: int) -> tuple[dict[int, tuple[int | None, int, int]], int]:
    """The (None, place, generation) of the objects in a table of objects whose first section begins at `start`, by their numbers, and where the
    trailer begins. Raises Doubtful where the table is not as plain as ISO 32000 (7.5.4) has it.
    """
    out: dict[int, tuple[int | None, int, int]] = {}
    while not data.startswith(b"trailer", start):
        section = SECTION.match(data, start)
        if section is None:
            raise Doubtful("no section of a table")
        first, end = int(section[1]), section.end() + 20 * int(section[2])
        if ENTRIES.fullmatch(data, section.end(), end) is None or len(data) < end:
            raise Doubtful("no entries of a table")
        fields = data[section.end() : end].split()
        for at in range(0, len(fields), 3):
            if fields[at + 2] == b"n":
                out[first + at // 3] = (None, int(fields[at]), int(fields[at + 1]))
        start = end
    return out, start


def tokens_of(data: bytes) -> list[bytes]:
    """The tokens of a text of objects. Raises Doubtful where it ends in a comment, which may hold the word that was taken for its end."""
    # Blanks that no token follows would be tried from each of them.
    found: list[bytes] = TOKEN.findall(data.rstrip())
    if found and found[-1][:1] == b"%":
        raise Doubtful("a comment at the end")
    return found


def words_of(data: bytes) -> list[object]:
    """The tokens of a program in PostScript (a character map) as pdfminer's tokenizer gives them. Raises Doubtful where it may see it otherwise."""
    out: list[object] = []
    for token in tokens_of(data):
        first = token[0]
        if first == 40 or (first == 60 and token != b"<<"):
            out.append(string_of(token))
        elif 43 <= first <= 57 and first != 47:
            out.append(float(token) if b"." in token else int(token))
        elif first == 47:
            out.append(literal_of(token))
        elif token in (b"true", b"false"):
            out.append(token == b"true")
        elif token[:1].isalpha() or token in BRACKETS:
            out.append(KWD(token))
        elif first != 37:
            raise Doubtful("no plain word")
    return out


def values_of(tokens: list[bytes], doc: Any, null: object) -> list[Any]:
    """The values that tokens write, one after the other; `null` stands for that word. Raises Doubtful where pdfminer may see it otherwise."""
    here: list[Any] = []
    outer: list[list[Any]] = []
    for token in tokens:
        first = token[0]
        # Digits, signs and the point; only the slash is among them.
        if 43 <= first <= 57 and first != 47:
            here.append(float(token) if b"." in token else int(token))
        elif first == 47:
            here.append(literal_of(token))
        elif token == b"R":
            # Alone it is none in a stream of objects, where pdfminer hands on one number after the other.
            if not outer:
                raise Doubtful("a reference alone")
            _refer(here, doc)
        elif token == b"<<" or token == b"[":
            outer.append(here)
            here = [token]
        elif token == b">>" or token == b"]":
            if not outer:
                raise Doubtful("an end without a beginning")
            made = _made(here, token)
            here = outer.pop()
            here.append(made)
        elif first == 40 or first == 60:
            here.append(string_of(token))
        elif first == 37:
            continue
        else:
            here.append(_word(token, null))
    if outer:
        raise Doubtful("something without an end")
    return here


def _refer(here: list[Any], doc: Any) -> None:
    """A reference in the place of its two numbers."""
    if len(here) < 3 or type(here[-1]) is not int or type(here[-2]) is not int:
        raise Doubtful("no reference")
    here.pop()
    here.append(PDFObjRef(doc, here.pop()))


def _made(items: list[Any], closing: bytes) -> Any:
    """The array or dictionary of its opening token and what stands behind it."""
    if items[0] != (b"<<" if closing == b">>" else b"["):
        raise Doubtful("an end of something else")
    if closing == b"]":
        return items[1:]
    if len(items) % 2 == 0:
        raise Doubtful("a key without a value")
    out: dict[str, Any] = {}
    for at in range(1, len(items), 2):
        key, value = items[at], items[at + 1]
        if not isinstance(key, PSLiteral) or not isinstance(key.name, str):
            raise Doubtful("no key")
        if value is not None:
            out[key.name] = value
    return out


def _word(token: bytes, null: object) -> Any:
    if token == b"null":
        return null
    if token in (b"true", b"false"):
        return token == b"true"
    raise Doubtful("no plain word")
