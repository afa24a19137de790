"""The operators of a content stream, quickly: what pdfminer's interpreter does, without what nobody here asks for.

Three quarters of pdfminer's time goes into cutting the stream into tokens one by one, objects for each character, and copies of its state.
Resources, fonts, character maps and streams are still pdfminer's own, and so is every sum: the objects are the same to the last bit. What is
read the same way but not understood here (an operator or operand out of place) raises Doubtful, and the reference reads the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE
from pdfminer.pdftypes import PDFStream, list_value, resolve1, stream_value
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from pipeline.read import pdf_device
from pipeline.read.content import Doubtful, name_of, perform, string_of
from pipeline.read.marks import Marks, Segment
from pipeline.read.pdf_device import HIDDEN, NO_INK
from pipeline.read.pdf_streams import expanded
from pipeline.read.resources import Resources
from pipeline.read.state import State

Operands = list[bytes]


class Operators:
    """Performs the content streams of one page or form on `marks`."""

    def __init__(self, marks: Marks, resources: Resources, ctm: Matrix, outer: frozenset[int] = frozenset()) -> None:
        self.marks, self.resources, self.outer = marks, resources, outer
        self.state = State(ctm)
        marks.ctm = ctm
        self.kept: list[State] = []
        self.path: list[Segment] = []

    def run(self, streams: Sequence[Any]) -> None:
        """Performs streams one after the other; one that is being performed already (a form within itself) is left out, as pdfminer does."""
        found = [resolve1(s) for s in streams]
        if not all(isinstance(s, PDFStream) for s in found):
            raise Doubtful("content that is no stream")
        whole = [s for s in found if s.objid is not None and s.objid not in self.outer]
        self.own = self.outer | {s.objid for s in whole if s.objid is not None}
        table: dict[bytes, Callable[[Operands], None]] = {name: getattr(self, method) for name, method in OPERATORS.items()}
        perform(b"\n".join(map(self._data, whole)), table)

    def _data(self, stream: Any) -> bytes:
        data, whole = expanded(stream)
        self.marks.count("content", pdf_device.MOST_CONTENT, len(data))
        if not whole:
            raise Doubtful("a damaged stream")
        return data

    # What is given to an operator: the last operands, as pdfminer takes them; what else lies there stays.

    def doubt(self, operands: Operands) -> None:
        raise Doubtful("a mark out of place")

    def nothing(self, operands: Operands) -> None:
        """An operator without operands that changes nothing here."""

    def drop_one(self, operands: Operands) -> None:
        operands.pop()

    def tag(self, operands: Operands) -> None:
        self._named(operands.pop())

    def tag_with(self, operands: Operands) -> None:
        operands.pop()
        self._named(operands.pop())

    def _named(self, token: bytes) -> None:
        # The tag that pdf_device puts on invisible text must be nobody else's.
        if name_of(token) == HIDDEN:
            raise Doubtful("a tag of the reader's own name")

    # The state

    def q(self, operands: Operands) -> None:
        self.kept.append(self.state.copy())

    def Q(self, operands: Operands) -> None:
        if self.kept:
            self.state = self.kept.pop()
            self.marks.ctm = self.state.ctm

    def cm(self, operands: Operands) -> None:
        self.state.ctm = self.marks.ctm = mult_matrix(_six(operands), self.state.ctm)

    def w(self, operands: Operands) -> None:
        ctm = self.state.ctm
        self.state.linewidth = float(operands.pop()) * (ctm[0] ** 2 + ctm[1] ** 2) ** 0.5

    def dash(self, operands: Operands) -> None:
        operands.pop()
        _array(operands)

    # Colours

    def G(self, operands: Operands) -> None:
        self.state.scolor, self.state.scs = float(operands.pop()), self.resources.spaces["DeviceGray"]

    def g(self, operands: Operands) -> None:
        self.state.ncolor, self.state.ncs = float(operands.pop()), self.resources.spaces["DeviceGray"]

    def RG(self, operands: Operands) -> None:
        self.state.scolor, self.state.scs = _floats(operands, 3), self.resources.spaces["DeviceRGB"]

    def rg(self, operands: Operands) -> None:
        self.state.ncolor, self.state.ncs = _floats(operands, 3), self.resources.spaces["DeviceRGB"]

    def K(self, operands: Operands) -> None:
        self.state.scolor, self.state.scs = _floats(operands, 4), self.resources.spaces["DeviceCMYK"]

    def k(self, operands: Operands) -> None:
        self.state.ncolor, self.state.ncs = _floats(operands, 4), self.resources.spaces["DeviceCMYK"]

    def CS(self, operands: Operands) -> None:
        self.state.scs = self.resources.spaces.get(name_of(operands.pop()), self.state.scs)

    def cs(self, operands: Operands) -> None:
        self.state.ncs = self.resources.spaces.get(name_of(operands.pop()), self.state.ncs)

    def SCN(self, operands: Operands) -> None:
        color = _color(operands, self.state.scs)
        self.state.scolor = self.state.scolor if color is None else color

    def scn(self, operands: Operands) -> None:
        color = _color(operands, self.state.ncs)
        self.state.ncolor = self.state.ncolor if color is None else color

    # Paths

    def m(self, operands: Operands) -> None:
        self.path.append(("m", *_floats(operands, 2)))

    def l(self, operands: Operands) -> None:  # noqa: E743
        self.path.append(("l", *_floats(operands, 2)))

    def c(self, operands: Operands) -> None:
        self.path.append(("c", *_floats(operands, 6)))

    def v(self, operands: Operands) -> None:
        self.path.append(("v", *_floats(operands, 4)))

    def y(self, operands: Operands) -> None:
        self.path.append(("y", *_floats(operands, 4)))

    def h(self, operands: Operands) -> None:
        self.path.append(("h",))

    def re(self, operands: Operands) -> None:
        x, y, width, height = _floats(operands, 4)
        self.path += (("m", x, y), ("l", x + width, y), ("l", x + width, y + height), ("l", x, y + height), ("h",))

    def _paint(self, stroke: bool, fill: bool) -> None:
        self.marks.paint(self.path, self.state, stroke, fill)
        self.path = []

    def stroke(self, operands: Operands) -> None:
        self._paint(True, False)

    def close_and_stroke(self, operands: Operands) -> None:
        self.path.append(("h",))
        self._paint(True, False)

    def fill(self, operands: Operands) -> None:
        self._paint(False, True)

    def both(self, operands: Operands) -> None:
        self._paint(True, True)

    def close_and_both(self, operands: Operands) -> None:
        self.path.append(("h",))
        self._paint(True, True)

    def n(self, operands: Operands) -> None:
        self.path = []

    # Text

    def BT(self, operands: Operands) -> None:
        self.state.matrix, self.state.position = MATRIX_IDENTITY, (0, 0)

    def Tc(self, operands: Operands) -> None:
        self.state.charspace = float(operands.pop())

    def Tw(self, operands: Operands) -> None:
        self.state.wordspace = float(operands.pop())

    def Tz(self, operands: Operands) -> None:
        self.state.scaling = float(operands.pop())

    def TL(self, operands: Operands) -> None:
        self.state.leading = -float(operands.pop())

    def Tf(self, operands: Operands) -> None:
        self.state.size = float(operands.pop())
        self.state.glyphs = self.resources.glyphs(operands.pop())

    def Tr(self, operands: Operands) -> None:
        self.state.hidden = int(float(operands.pop())) in NO_INK

    def Ts(self, operands: Operands) -> None:
        self.state.rise = float(operands.pop())

    def Td(self, operands: Operands) -> None:
        across, down = _floats(operands, 2)
        a, b, c, d, e, f = self.state.matrix
        self.state.matrix, self.state.position = (a, b, c, d, across * a + down * c + e, across * b + down * d + f), (0, 0)

    def TD(self, operands: Operands) -> None:
        down = float(operands[-1])
        self.Td(operands)
        self.state.leading = down

    def Tm(self, operands: Operands) -> None:
        self.state.matrix, self.state.position = _six(operands), (0, 0)

    def next_line(self, operands: Operands) -> None:
        a, b, c, d, e, f = self.state.matrix
        leading = self.state.leading
        self.state.matrix, self.state.position = (a, b, c, d, leading * c + e, leading * d + f), (0, 0)

    def Tj(self, operands: Operands) -> None:
        self._show([string_of(operands.pop())])

    def TJ(self, operands: Operands) -> None:
        self._show([string_of(x) if x[0] in b"(<" else float(x) for x in _array(operands)])

    def line_and_show(self, operands: Operands) -> None:
        self.next_line(operands)
        self.Tj(operands)

    def spaced_and_shown(self, operands: Operands) -> None:
        # pdfminer does not move to the next line here, although ISO 32000 has it so.
        string = operands.pop()
        self.Tc(operands)
        self.Tw(operands)
        self._show([string_of(string)])

    def _show(self, pieces: list[Any]) -> None:
        if self.state.glyphs is not None:
            self.state.position = self.marks.show(pieces, self.state, self.state.glyphs)

    # What stands elsewhere

    def EI(self, operands: Operands) -> None:
        """A picture in the stream itself: `BI`, its keys and `ID` lie among the operands."""
        at = len(operands) - 1 - operands[::-1].index(b"BI")
        keys = operands[at + 1 :]
        del operands[at:]
        if b"/F" in keys and any(b"85" in key or key == b"/A85" for key in keys):
            raise Doubtful("a picture in ASCII, whose end is marked otherwise")
        if b"/W" in keys and b"/H" in keys:
            self.marks.image()

    def Do(self, operands: Operands) -> None:
        spec = self.resources.xobjects.get(name_of(operands.pop()))
        if spec is None:
            return
        thing = stream_value(spec)
        kind = thing.get("Subtype")
        self.marks.count("figures", pdf_device.MOST_FIGURES // SOONER)
        if kind is LITERAL_FORM and "BBox" in thing:
            matrix = tuple(list_value(thing.get("Matrix", MATRIX_IDENTITY)))
            own = thing.get("Resources")
            resources = self.resources.within(own) if own else self.resources
            a, b, c, d, e, f = (float(x) for x in matrix)
            Operators(self.marks, resources, mult_matrix((a, b, c, d, e, f), self.state.ctm), self.own).run([thing])
        elif kind is LITERAL_IMAGE and "Width" in thing and "Height" in thing:
            self.marks.image()


def _floats(operands: Operands, count: int) -> tuple[Any, ...]:
    """The last operands as numbers; raises ValueError where they are none."""
    if len(operands) < count:
        raise Doubtful("an operand is missing")
    found = tuple(map(float, operands[-count:]))
    del operands[-count:]
    return found


def _six(operands: Operands) -> Matrix:
    a, b, c, d, e, f = map(float, operands[-6:])
    del operands[-6:]
    return a, b, c, d, e, f


def _array(operands: Operands) -> Operands:
    """The array that the last operand closes."""
    if not operands or operands.pop() != b"]":
        raise Doubtful("no array")
    at = len(operands) - 1
    while operands[at] != b"[":
        at -= 1
    inside = operands[at + 1 :]
    del operands[at:]
    return inside


def _color(operands: Operands, space: PDFColorSpace) -> Any:
    """The colour in a colour space; None where pdfminer keeps the one before."""
    count = space.ncomponents
    some = operands[-count:]
    if count < 1 or len(some) < count:
        raise Doubtful("a colour of too few parts")
    del operands[-count:]
    if space.name == "Pattern":
        return name_of(some[0])
    parts = tuple(map(float, some))
    return parts[0] if count == 1 else parts if count in (3, 4) else None


# Forms that call each other by the thousand are a trap: the quick reader leaves a page to the reference at this share of the figures that
# the reference bears, so that what becomes of the page takes hardly longer.
SOONER: Final = 10
OWN_NAMES: Final = "q Q cm w G g RG rg K k CS cs SCN scn m l c v y h re n BT Tc Tw Tz TL Tf Tr Ts Td TD Tm Tj TJ EI Do"
OPERATORS: Final = {
    **{name.encode(): name for name in OWN_NAMES.split()},
    **dict.fromkeys((b"J", b"j", b"M", b"ri", b"i", b"gs", b"sh"), "drop_one"),
    **dict.fromkeys((b"ET", b"W", b"W*", b"BX", b"EX", b"EMC"), "nothing"),
    **dict.fromkeys((b"MP", b"BMC"), "tag"),
    **dict.fromkeys((b"DP", b"BDC"), "tag_with"),
    **dict.fromkeys((b"f", b"f*"), "fill"),
    **dict.fromkeys((b"B", b"B*"), "both"),
    **dict.fromkeys((b"b", b"b*"), "close_and_both"),
    # pdfminer does nothing on F and lets the path grow; a bracket alone is the rest of a string or a dictionary that TOKEN does not take whole.
    **dict.fromkeys((b"(", b")", b"<", b">", b"{", b"}", b"#", b"\x00", b"F"), "doubt"),
    b"d": "dash",
    b"S": "stroke",
    b"s": "close_and_stroke",
    b"SC": "SCN",
    b"sc": "scn",
    b"T*": "next_line",
    b"'": "line_and_show",
    b'"': "spaced_and_shown",
}
