"""Runs of characters that know where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.glyphs import Box, Glyph, Sheet
from extractors.native import mypyc_attr


@mypyc_attr(acyclic=True)
class Text:
    """A run of characters that knows where each of them stands. `string` and `glyphs` have the same length; slicing keeps both.

    It holds its glyphs, or the stretch of a sheet in which they are.
    """

    __slots__ = ("_first", "_glyphs", "_sheet", "string")

    def __init__(self, glyphs: Iterable[Glyph] = (), string: str | None = None, sheet: Sheet | None = None, first: int = 0) -> None:
        """`string`: the characters of the glyphs, where the caller knows them already. With a `sheet`, its stretch that begins at `first`."""
        self._glyphs: tuple[Glyph, ...] = tuple(glyphs)
        self._sheet, self._first = sheet, first
        self.string = "".join([g.char for g in self._glyphs]) if string is None else string

    @staticmethod
    def on(sheet: Sheet, first: int, string: str) -> Text:
        """The stretch of a sheet that begins at `first` and holds `string`."""
        return Text((), string, sheet, first)

    def move(self, sheet: Sheet, first: int) -> None:
        """Holds from now on the stretch of a sheet that begins at `first`, on which its glyphs stand, and lets go of these."""
        self._glyphs, self._sheet, self._first = (), sheet, first

    def __reduce__(self) -> tuple[type[Text], tuple[object, ...]]:
        return Text, (self._glyphs, self.string, self._sheet, self._first)

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        if self._sheet is None:
            return self._glyphs
        return tuple(map(self._sheet.glyph, range(self._first, self._first + len(self.string))))

    @property
    def keys(self) -> Sequence[object]:
        """What tells each character from all others of its document, in order: quicker to come by than the glyphs, and equal where they are."""
        if self._sheet is None:
            return [g.key or g for g in self._glyphs]
        first = self._sheet.key(self._first)
        return range(first, first + len(self.string))

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string.strip())

    def __iter__(self) -> Iterator[Glyph]:
        return iter(self.glyphs)

    def __getitem__(self, key: slice) -> Text:
        if self._sheet is None:
            return Text(self._glyphs[key], self.string[key])
        start, stop, step = key.indices(len(self.string))
        return Text.on(self._sheet, self._first + start, self.string[start:stop]) if step == 1 else Text(self.glyphs[key], self.string[key])

    def __add__(self, other: Text) -> Text:
        whole = Text._stretch((self, other))
        return Text(self.glyphs + other.glyphs, self.string + other.string) if whole is None else whole

    def __repr__(self) -> str:
        return f"Text({self.string!r})"

    @staticmethod
    def join(parts: Iterable[Text], between: str = "") -> Text:
        """The parts in one run, with `between` as unprinted characters between them."""
        parts = list(parts)
        whole = Text._stretch(parts) if not between else None
        if whole is not None:
            return whole
        out: list[Glyph] = []
        for part in parts:
            if out and between:
                out.extend(Glyph(char, out[-1].page, printed=False) for char in between)
            out.extend(part.glyphs)
        return Text(out)

    @staticmethod
    def _stretch(parts: Sequence[Text]) -> Text | None:
        """Parts that follow each other on one sheet as the stretch that they are; None where they do not."""
        if not parts or (sheet := parts[0]._sheet) is None:
            return None
        ends = [part._first + len(part.string) for part in parts]
        if any(part._sheet is not sheet or part._first != end for part, end in zip(parts[1:], ends, strict=False)):
            return None
        return Text.on(sheet, parts[0]._first, "".join([part.string for part in parts]))

    def strip(self) -> Text:
        left = len(self.string) - len(self.string.lstrip())
        right = len(self.string.rstrip())
        if left == 0 and right == len(self.string):
            return self
        return self[left:right] if left < right else Text()

    def split_lines(self) -> list[Text]:
        """The parts between line breaks, empty ones left out."""
        if "\n" not in self.string:
            return [self] if self else []
        out, start = [], 0
        for line in self.string.split("\n"):
            if line.strip():
                out.append(self[start : start + len(line)])
            start += len(line) + 1
        return out

    @property
    def raw(self) -> str:
        """The characters as the file holds them."""
        if self._sheet is None:
            return "".join([g.raw for g in self._glyphs])
        return self._sheet.raw(self._first, self._first + len(self.string))

    @property
    def page(self) -> int:
        """1-based page of the first printed character; 0 for an empty run."""
        if self._sheet is None:
            return next((g.page for g in self._glyphs if g.printed), 0)
        return self._sheet.page if 1 in self._sheet.printed[self._first : self._first + len(self.string)] else 0

    @property
    def line(self) -> int:
        """1-based line of the first printed character in a text file; 0 in a PDF."""
        return next((g.line for g in self._glyphs if g.printed), 0)

    @property
    def box(self) -> Box | None:
        """The rectangle around all printed, visible characters on the page of the first one; None in a text file."""
        if self._sheet is not None:
            return self._box_on(self._sheet)
        page = self.page
        some = [g for g in self._glyphs if g.printed and g.page == page and g.placed and not g.char.isspace()]
        if not some:
            return None
        return Box(min([g.x0 for g in some]), min([g.top for g in some]), max([g.x1 for g in some]), max([g.bottom for g in some]))

    def _box_on(self, sheet: Sheet) -> Box | None:
        places = sheet.inked(self._first, self._first + len(self.string))
        if not places:
            return None
        bands = sheet.bands(places)
        if isinstance(places, range):
            x0, x1 = min(sheet.x0[places.start : places.stop]), max(sheet.x1[places.start : places.stop])
        else:
            x0, x1 = min([sheet.x0[at] for at in places]), max([sheet.x1[at] for at in places])
        if bands[0] == bands[-1]:
            return Box(x0, sheet.top[bands[0]], x1, sheet.bottom[bands[0]])
        return Box(x0, min([sheet.top[band] for band in bands]), x1, max([sheet.bottom[band] for band in bands]))

    @property
    def size(self) -> float:
        """The median font size in points; 0 in a text file."""
        if self._sheet is None:
            sizes = sorted([g.size for g in self._glyphs if g.printed and not g.char.isspace()])
        else:
            places = self._sheet.inked(self._first, self._first + len(self.string))
            sizes = sorted(self._sheet.sizes(places)) if places else []
        return sizes[len(sizes) // 2] if sizes else 0.0
