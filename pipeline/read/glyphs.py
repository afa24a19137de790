"""What a font says of the codes in a string."""

from __future__ import annotations

from typing import Any, Final

from pdfminer.cmapdb import CMap, FileUnicodeMap, IdentityCMap, PyCMap, PyUnicodeMap
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined

from pipeline.read.content import Doubtful, string_of

# Tokens longer than this (bytes) are seldom met again, and so many are kept of one font.
SHORT: Final = 128
KEPT: Final = 4096


class Glyph:
    """What a font says of one code: its text, its advance in text space, its displacement in vertical writing, and whether word spacing applies to it."""

    __slots__ = ("disp", "space", "text", "width")

    def __init__(self, text: str, width: float, disp: Any, space: bool) -> None:
        self.text, self.width, self.disp, self.space = text, width, disp, space


class Glyphs:
    """The glyphs of one font, each asked for once, and those of short strings, which producers write again and again."""

    def __init__(self, font: PDFFont) -> None:
        self.font = font
        self.vertical, self.multibyte = font.is_vertical(), font.is_multibyte()
        self.descent: float = font.get_descent()
        self.known: dict[int, Glyph] = {}
        self.rows: dict[bytes, list[Glyph]] = {}
        cmap = font.cmap if isinstance(font, PDFCIDFont) else None
        # The two ways of almost all fonts of Japanese: pairs of bytes, and a tree of tables with a step for each byte.
        self.paired = type(cmap) is IdentityCMap
        self.tree: dict[int, Any] | None = cmap.code2cid if isinstance(cmap, CMap) and type(cmap) in (CMap, PyCMap) else None
        texts = font.unicode_map if isinstance(font, PDFCIDFont) else None
        self.texts: dict[int, str] = texts.cid2unichr if isinstance(texts, (FileUnicodeMap, PyUnicodeMap)) else {}

    def row(self, token: bytes) -> list[Glyph]:
        """The glyphs of a string in brackets, as it stands in the content."""
        found = self.rows.get(token)
        if found is None:
            known = self.known
            found = [known.get(code) or self._of(code) for code in self._codes(string_of(token))]
            if len(token) <= SHORT:
                if len(self.rows) >= KEPT:
                    self.rows.clear()
                self.rows[token] = found
        return found

    def _codes(self, string: bytes) -> list[int]:
        if self.paired:
            return [string[at] * 256 + string[at + 1] for at in range(0, len(string) - 1, 2)]
        if self.tree is None:
            return list(self.font.decode(string))
        out: list[int] = []
        here = self.tree
        for byte in string:
            step = here.get(byte)
            if isinstance(step, dict):
                here = step
            else:
                here = self.tree
                if step is not None:
                    out.append(step)
        return out

    def _of(self, code: int) -> Glyph:
        """What the font says of a code; pdfminer writes `(cid:7)` where it does not tell the character."""
        text = self.texts.get(code)
        told = True
        if text is None:
            try:
                text = self.font.to_unichr(code)
            except PDFUnicodeNotDefined:
                text, told = f"(cid:{code})", False
        if not isinstance(text, str):
            raise Doubtful("a code that stands for no text")
        found = self.known[code] = Glyph(text, self._width(code, text if told else None), self.font.char_disp(code), code == 32)
        return found

    def _width(self, code: int, text: str | None) -> float:
        """The advance of a code in text space; pdfminer looks for the code, then for its text, with an error for each that is not there."""
        font = self.font
        width: Any = font.widths.get(code)
        if width is None and text is not None:
            width = font.widths.get(text)
        if width is None:
            return font.default_width * font.hscale
        return float(width) * font.hscale if isinstance(width, (int, float)) else font.char_width(code)
