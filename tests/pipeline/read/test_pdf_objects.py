"""Objects, tables of objects and character maps that are read at once are pdfminer's own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdfdocument import PDFXRef
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import PSException, PSKeyword, PSLiteral

from pipeline.read import pdf_shortcuts
from pipeline.read.content import Doubtful
from pipeline.read.pdf_objects import Plain, offsets_of, words_of
from tests.conftest import RAW
from tests.pipeline.read.variants import NAMES, changed, small

FILES = [*RAW, *(Path(__file__).parents[2] / "pdfs" / f"{name}.pdf" for name in NAMES)]
PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


def told(value: Any) -> Any:
    """A value of pdfminer in a form that is equal where everything in it is."""
    if isinstance(value, PDFStream):
        return "stream", told(value.attrs), value.rawdata, value.objid, value.genno
    if isinstance(value, (PSLiteral, PSKeyword)):
        return type(value), value.name
    if isinstance(value, dict):
        return [(key, told(entry)) for key, entry in value.items()]
    if isinstance(value, list):
        return [told(entry) for entry in value]
    return (PDFObjRef, value.objid) if isinstance(value, PDFObjRef) else (type(value), value)


def opened(data: bytes) -> tuple[Any, Plain]:
    """A document of pdfminer and what stands in for its parser."""
    doc = pdfplumber.open(io.BytesIO(data)).doc
    return doc, Plain(doc, data)


def numbers_of(doc: Any) -> list[int]:
    return sorted({number for table in doc.xrefs for number in table.get_objids()})


@pytest.mark.parametrize("packed", [False, True], ids=["alone", "in streams"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_object_of_a_file_is_the_same(file: Path, packed: bool) -> None:
    data = file.read_bytes()
    data = changed(data, lambda pdf: None, **PACKED) if packed else data
    reference, (quick, plain) = pdfplumber.open(io.BytesIO(data)).doc, opened(data)
    left: list[int] = []
    plain.parse = lambda position, number: left.append(number)
    plain.unpack = lambda stream: ([], 0)
    quick._getobj_parse, quick._get_objects = plain.at, plain.within
    for number in numbers_of(reference)[:400]:
        assert told(quick.getobj(number)) == told(reference.getobj(number)), number
    assert left == []


PLAIN = {
    "numbers": b"[1 -2 +3 4. .5 -.5 +6.25 007 -0]",
    "numbers without blanks": b"[1-2+3.5.5]",
    "names": b"[/A /A#20B /\xe4 /a.b-c_d /]",
    "words": b"<</A true/B false/C null/D [null]>>",
    "strings": b"[(a(b)c) (\\(\\)\\\\\\n\\101\\12\\0615\\q) <48 65 6> () <>]",
    "references": b"<</A 5 0 R/B[6 0 R 7 1 R]/C 8 0 R>>",
    "a key twice": b"<</A 1/B 2/A 3/B null>>",
    "depth": b"<</A<</B[[<</C<41>>>]]>>>>",
    "comments": b"% first\n<</A 1 % of it\r/B (%)>>",
    "a word alone": b"null",
    "a stream": b"<</Length 5>>\nstream\nabcde\nendstream",
    "a stream with its own end in it": b"<</Length 26>>stream\r\nendstream endobj endstream\r\nendstream",
}
ODD = {
    "a comment that holds the end": b"<</A 1>> % endobj",
    "a string that holds the end": b"[(a endobj b)]",
    "a name with a broken escape": b"<</A#2 1>>",
    "a reference alone": b"5 0 R",
    "a reference of a real number": b"[5.5 0 R]",
    "a key without a value": b"<</A>>",
    "a key that is a number": b"<<1 2>>",
    "two values": b"5 6",
    "no value": b"",
    "an unknown word": b"[bold]",
    "a dictionary without an end": b"<</A 1",
    "an end without a beginning": b"1 >>",
    "an array that ends as a dictionary": b"[1 >>",
    "a code beyond a byte": b"(\\777)",
    "a line end of two characters": b"(a\\\r\nb)",
    "brackets in brackets in a string": b"((()))",
    "a string without an end": b"[5 (6 7]",
    "digits without an end": b"[5 <6 7]",
    "a procedure": b"{1 2 add}",
    "signs": b"[--1 +]",
    "a stream that is longer than it says": b"<</Length 3>>\nstream\nabcde\nendstream",
    "a stream without a length": b"<<>>\nstream\nabcde\nendstream",
    "a stream whose line goes on": b"<</Length 5>>\nstream x\nabcde\nendstream",
    "a stream of an array": b"[5]\nstream\nabcde\nendstream",
}


def outcome(parse: Any, *given: Any) -> Any:
    try:
        return told(parse(*given))
    except (PDFException, PSException, AssertionError, ValueError, TypeError) as error:
        return type(error), str(error)


@pytest.mark.parametrize("name", [*PLAIN, *ODD])
def test_an_object_is_taken_as_pdfminer_takes_it_or_left_to_it(name: str) -> None:
    data = small("spans")
    position = len(data) + 1
    data += b"\n77 0 obj\n" + (PLAIN | ODD)[name] + b"\nendobj\n78 0 obj\n(next)\nendobj\n"
    doc, plain = opened(data)
    assert outcome(plain.at, position, 77) == outcome(doc._getobj_parse, position, 77)
    plain.parse = lambda position, number: "left"
    assert (outcome(plain.at, position, 77) == (str, "left")) == (name in ODD)


WITHIN = [b"1 0 <</A 5 0 R/B null>>", b"1 0 5 0 R", b"1 0 endobj 5", b"1 0 << /A 1", b"1 0 (a) % end", b"1 0 [null] null"]


@pytest.mark.parametrize("within", WITHIN, ids=["plain", "reference", "word", "open", "comment", "null"])
def test_a_stream_of_objects_is_taken_as_pdfminer_takes_it(within: bytes) -> None:
    doc, plain = opened(small("spans"))
    stream = PDFStream({"N": 1}, within)
    assert outcome(lambda: list(plain.within(stream))) == outcome(lambda: list(doc._get_objects(stream)))


@pytest.mark.parametrize("name", NAMES)
def test_a_table_of_objects_is_the_same(name: str) -> None:
    data = changed(small(name), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = data.rindex(b"\nxref\n") + len(b"\nxref\n")
    parser = PDFParser(io.BytesIO(data))
    parser.seek(start)
    table = PDFXRef()
    table.load(parser)
    offsets, end = offsets_of(data, start)
    assert list(offsets.items()) == list(table.offsets.items())
    assert data.startswith(b"trailer", end)


ODD_TABLES = [(b" 00000 n \n", b" 00000 n\n"), (b" 65535 f", b" 65535 free"), (b"xref\n0 ", b"xref\n\n0 ")]


@pytest.mark.parametrize("odd", ODD_TABLES, ids=["short", "word", "blank line"])
def test_an_odd_table_of_objects_is_left_to_pdfminer(odd: tuple[bytes, bytes]) -> None:
    data = changed(small("spans"), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = data.rindex(b"\nxref\n") + len(b"\nxref\n")
    with pytest.raises(Doubtful):
        offsets_of(data.replace(*odd), start)


def maps_of(file: Path) -> list[bytes]:
    with pikepdf.open(file) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and isinstance(one.get("/ToUnicode"), pikepdf.Stream)]
        return [font["/ToUnicode"].read_bytes() for font in fonts]


def test_character_maps_are_the_same() -> None:
    found = [data for file in FILES for data in maps_of(file)]
    assert len(found) > 10
    for data in found:
        one, other = FileUnicodeMap(), FileUnicodeMap()
        CMapParser(one, io.BytesIO(data)).run()
        quick = pdf_shortcuts._CMapParser(other, io.BytesIO(data))
        assert quick.words is not None
        quick.run()
        assert (list(one.cid2unichr.items()), one.attrs.keys()) == (list(other.cid2unichr.items()), other.attrs.keys())


def test_a_character_map_with_a_procedure_is_left_to_pdfminer() -> None:
    data = b"/a { pop } def 1 beginbfchar <01> <0041> endbfchar"
    with pytest.raises(Doubtful):
        words_of(data)
    found = FileUnicodeMap()
    pdf_shortcuts._CMapParser(found, io.BytesIO(data)).run()
    assert found.cid2unichr == {1: "A"}
