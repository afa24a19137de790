"""Bad PDFs, each wrong in one way: `PDFS` makes them by name. Sizes are those of the real thing where they can be, for one second or so."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf

from tests.bad.drawn import CATALOG, CONTENT, MORE, PAGE, TREE, bomb, objects, one_page, page, said, stream, written

Maker = Callable[[], bytes]
MB = 2**20


def locked(user: str, owner: str) -> bytes:
    """Encrypted (AES-256): `user` opens it, `owner` may change it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner, R=6, allow=pikepdf.Permissions(extract=False)))
    return out.getvalue()


def cut(share: float) -> bytes:
    data = one_page(b"\n" * 4000)
    return data[: int(len(data) * share)]


def pages(count: int) -> bytes:
    """Many pages, each with a line and its own number."""
    numbers = range(3, 3 + 2 * count, 2)
    kids = b" ".join(b"%d 0 R" % n for n in numbers)
    some = {CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>", TREE: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)}
    for at, number in enumerate(numbers, start=1):
        some[number] = page(contents=b"%d 0 R" % (number + 1))
        some[number + 1] = stream(said() + said(f"- {at} -", 280, 30))
    return written(some)


def tree(depth: int) -> bytes:
    """One page at the end of a page tree that is a chain."""
    some = objects()
    some[TREE] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % MORE
    for n in range(MORE, MORE + depth):
        some[n] = b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (n - 1 if n > MORE else TREE, n + 1 if n < MORE + depth - 1 else PAGE)
    return written(some)


def loop() -> bytes:
    """A page tree whose second node lists the first one again."""
    some = objects()
    some[TREE] = b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    some[MORE] = b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 5 0 R] /Count 2 >>"
    return written(some)


def forms(depth: int, calls: int = 1, size: int = 0) -> bytes:
    """Forms that draw the next form `calls` times each, `depth` of them, each of `size` bytes at least; the last one draws nothing."""

    def form(n: int) -> bytes:
        last = n == MORE + depth - 1
        inner = b"" if last else b"/XObject << /X %d 0 R >>" % (n + 1)
        content = b" " * size + (b"" if last else b"/X Do\n" * calls)
        return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % inner)

    return one_page(b"/X Do\n", {n: form(n) for n in range(MORE, MORE + depth)}, resources=b"/XObject << /X 5 0 R >>")


def form_in_itself() -> bytes:
    form = stream(said("図", 60, 600) + b"/X Do\n", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >>")
    return one_page(b"/X Do\n", {MORE: form}, resources=b"/XObject << /X 5 0 R >>")


def nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    """Arrays or dictionaries one in the other, as an entry of the page."""
    return one_page(entries=b"/PieceInfo " + opening * depth + closing * depth)


def packed(data: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream object of data that is packed already."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def content_bomb(size: int) -> bytes:
    return one_page(more={MORE: packed(bomb(size))}, contents=b"[4 0 R 5 0 R]")


def twice_packed(size: int) -> bytes:
    """A bomb in a bomb: a few kilobytes for any size."""
    data = zlib.compress(bomb(size), 9)
    return one_page(more={MORE: packed(data, b"/Filter [/FlateDecode /FlateDecode]")}, contents=b"[4 0 R 5 0 R]")


def damaged_bomb(size: int) -> bytes:
    """A bomb whose checksum is wrong."""
    return one_page(more={MORE: packed(bomb(size)[:-4] + b"\0\0\0\0")}, contents=b"[4 0 R 5 0 R]")


def font_bomb(size: int) -> bytes:
    """The map of a font's characters is the bomb."""
    more = {MORE: packed(bomb(size)), MORE + 1: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 5 0 R >>"}
    return _with_font(6, b"BT /F3 10 Tf 60 500 Td (2024) Tj ET\n", more)


def wide_font() -> bytes:
    """A font that gives a width to two thousand million characters."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 2147483647 500] >>] >>"
    )
    return _with_font(5, b"BT /F3 10 Tf 60 500 Td <0032> Tj ET\n", {MORE: font})


def _with_font(number: int, content: bytes, more: dict[int, bytes]) -> bytes:
    some = objects(content, more)
    some[PAGE] = some[PAGE].replace(b"/F2 ", b"/F3 %d 0 R /F2 " % number)
    return written(some)


def image(side: int) -> bytes:
    """A white picture of `side` x `side` elements in colour, and white text: the reader looks at the picture of such a page."""
    entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode" % (side, side)
    more = {MORE: packed(bomb(3 * side * side, b"\xff"), entries)}
    drawn = b"q 90 0 0 90 400 100 cm /X Do Q\n1 1 1 rg " + said("見えない 99件", 60, 300)
    return one_page(drawn, more, resources=b"/XObject << /X 5 0 R >>")


def damaged(share: float) -> bytes:
    """A packed content stream with a wrong byte in the middle of the packing; the table of objects and the lengths are right."""
    plain = said() + b"".join(said(f"指標{i} {7 * i}件", 60, 600 - 9 * i) for i in range(60))
    data = bytearray(zlib.compress(plain, 9))
    data[int(len(data) * share)] ^= 0x55
    return one_page(more={CONTENT: packed(bytes(data))})


def one_of_two() -> bytes:
    """A good page, and one whose content stream is damaged."""
    data = bytearray(zlib.compress(said("指標 7件", 60, 500) * 40, 9))
    data[len(data) // 2] ^= 0x55
    some = objects(more={MORE: page(contents=b"6 0 R"), MORE + 1: packed(bytes(data))})
    some[TREE] = b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    return written(some)


def scan() -> bytes:
    """A picture as large as the page, and no text."""
    picture = stream(b"\xc8" * 64, b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8")
    return one_page(more={MORE: picture, CONTENT: stream(b"595 0 0 842 0 0 cm /X Do")}, resources=b"/XObject << /X 5 0 R >>")


def rules(count: int) -> bytes:
    """Level and upright rules of a random-looking length all over the page."""
    parts = [said()]
    for i in range(count):
        x, y, length = 20 + i * 7919 % 550, 20 + i * 104729 % 800, 8 + i * 31 % 90
        parts.append(b"%d %d m %d %d l S\n" % ((x, y, x + length, y) if i % 2 else (x, y, x, y + length)))
    return one_page(more={CONTENT: stream(b"".join(parts), packed=True)})


def characters(count: int) -> bytes:
    """Digits and letters all over the page, hardly two on one line."""
    parts = [said(), b"BT /F2 4 Tf\n"]
    parts += [b"1 0 0 1 %.2f %.2f Tm (%d) Tj\n" % (20 + i * 7919 % 5501 / 10, 20 + i * 104729 % 6501 / 10, i % 10) for i in range(count)]
    return one_page(more={CONTENT: stream(b"".join([*parts, b"ET\n"]), packed=True)})


def text(count: int) -> bytes:
    """Lines of text set small, as a dense page has them: `count` characters in lines of 200."""
    lines = [said(("来館者数の目標は1,500人、実績は1,310人。" * 8)[:200], 20, 820 - 800 * i * 200 / count) for i in range(count // 200)]
    return one_page(more={CONTENT: stream(b"".join(lines).replace(b"/F1 11", b"/F1 2.7"), packed=True)})


def broken_table() -> bytes:
    data = one_page()
    return data.replace(b"startxref\n", b"startxref\n7")


def no_trailer() -> bytes:
    data = one_page()
    return data[: data.index(b"trailer")] + b"%%EOF\n"


def no_pages() -> bytes:
    return written(objects() | {TREE: b"<< /Type /Pages /Kids [] /Count 0 >>"})


def long_length() -> bytes:
    """A stream that says it is 1 GB long."""
    some = objects()
    some[CONTENT] = stream(said()).replace(b"/Length %d" % len(said()), b"/Length 1073741824")
    return written(some)


def object_stream(count: int | None) -> bytes:
    """A file whose objects lie in a stream; `count` is the wrong number of them that it states."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page())) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False)
    data = out.getvalue()
    at = data.index(b"/N ")
    end = at + 3 + len(data[at + 3 :].split()[0].split(b"/")[0])
    return data if count is None else data[:at] + b"/N " + str(count).encode().ljust(end - at - 3)[: end - at - 3] + data[end:]


def missing_fonts() -> bytes:
    """Text in a font that the page's resources do not name, and in one whose object is not there."""
    return _with_font(99, b"BT /F9 10 Tf 60 500 Td (2024) Tj ET BT /F3 10 Tf 60 400 Td (2025) Tj ET\n", {})
