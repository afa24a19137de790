"""PDFs written object by object, so that each can be wrong in one place: no library would write them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

# What a readable page of these files says: one target.
SENTENCE = "令和6年度の来館者数の目標は、1,500人とする。"

# Japanese text without an embedded font: the reader knows the map of characters by its name. F2 is one of the fonts that every viewer has.
FONTS = (
    b"<< /F1 << /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0"
    b" /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 >>] >>"
    b" /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
)
CATALOG, TREE, PAGE, CONTENT, MORE = 1, 2, 3, 4, 5

Objects = dict[int, bytes]


def said(string: str = SENTENCE, x: float = 60, y: float = 700) -> bytes:
    """The operators that print a line of Japanese text; x and y in points from the bottom left."""
    return b"BT /F1 11 Tf %.2f %.2f Td <%s> Tj ET\n" % (x, y, string.encode("utf-16-be").hex().encode())


def stream(data: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object, `packed` by Flate."""
    data, entries = (zlib.compress(data, 9), entries + b" /Filter /FlateDecode") if packed else (data, entries)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def bomb(size: int, fill: bytes = b" ") -> bytes:
    """`size` times the same byte (whole megabytes), packed by Flate to a thousandth of it."""
    block, count = fill * 2**20, size // 2**20
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    # After a full flush the same block packs to the same bytes: it need not be packed again.
    once, check = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH), 1
    for _ in range(count):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + once * count + b"\x03\x00" + check.to_bytes(4, "big")


def page(box: bytes = b"[0 0 595 842]", resources: bytes = b"", entries: bytes = b"", contents: bytes = b"4 0 R") -> bytes:
    """A page object with the two fonts; `resources` are further entries of its resources, `entries` of itself."""
    return b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources << /Font %s %s >> /Contents %s %s >>" % (box, FONTS, resources, contents, entries)


def objects(content: bytes = b"", more: Mapping[int, bytes] | None = None, **of_page: bytes) -> Objects:
    """The objects of a file of one page that says SENTENCE and draws `content`."""
    return {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>",
        TREE: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE: page(**of_page),
        CONTENT: stream(said() + content),
        **(more or {}),
    }


def written(some: Objects, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """The file of these objects, with its table of them and its trailer."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in some.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(some) + 1
    table = b"".join(b"%010d 00000 n \n" % places[i] if i in places else b"0000000000 65535 f \n" for i in range(size))
    return bytes(out + b"xref\n0 %d\n%strailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, table, size, trailer, start))


def one_page(content: bytes = b"", more: Mapping[int, bytes] | None = None, **of_page: bytes) -> bytes:
    """The file of `objects`."""
    return written(objects(content, more, **of_page))
