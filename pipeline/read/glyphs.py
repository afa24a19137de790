"""What a font says of the codes in a string."""

from __future__ import annotations

from typing import Any

from pdfminer.cmapdb import IdentityCMap, IdentityCMapByte
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined

from pipeline.read.content import Doubtful


class Glyphs:
    """What one font says of its codes, each asked once: (text, advance in text space, displacement of vertical writing)."""

    def __init__(self, font: PDFFont) -> None:
        self.font = font
        self.vertical, self.multibyte = font.is_vertical(), font.is_multibyte()
        self.descent = font.get_descent()
        self.known: dict[int, tuple[str, float, Any]] = {}
        cmap = font.cmap if isinstance(font, PDFCIDFont) else None
        # These decode by struct alone; other maps walk their tables byte by byte, so that a string met again is looked up.
        self.plain = cmap is None or type(cmap) in (IdentityCMap, IdentityCMapByte)
        self.strings: dict[bytes, tuple[int, ...]] = {}

    def codes(self, string: bytes) -> Any:
        """The codes in a string."""
        if self.plain:
            return self.font.decode(string)
        found = self.strings.get(string)
        if found is None:
            found = self.strings[string] = tuple(self.font.decode(string))
        return found

    def of(self, code: int) -> tuple[str, float, Any]:
        """What the font says of a code; pdfminer writes `(cid:7)` where it does not tell the character."""
        try:
            text = self.font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        if not isinstance(text, str):
            raise Doubtful("a code that stands for no text")
        found = self.known[code] = (text, self.font.char_width(code), self.font.char_disp(code))
        return found
