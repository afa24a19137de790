"""The operators of a content stream, quickly: what pdfminer's interpreter does, without what nobody here asks for.

Three quarters of pdfminer's time goes into cutting the stream into tokens one by one, objects for each character, and copies of its state.
Resources, fonts, character maps and streams are still pdfminer's own, and so is every sum: the objects are the same to the last bit. What is
read the same way but not understood here (an operator or operand out of place) raises Doubtful, and the reference reads the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE
from pdfminer.pdftypes import PDFStream, list_value, resolve1, stream_value
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from pipeline.read import pdf_device
from pipeline.read.content import Doubtful, Operator, Words, name_of, perform, string_of
from pipeline.read.marks import Marks, Path
from pipeline.read.pdf_device import HIDDEN, NO_INK
from pipeline.read.pdf_streams import expanded
from pipeline.read.resources import Resources
from pipeline.read.state import State

# Floats, and tokens of all that is no number.
Operands = list[Any]


class Operators:
    """Performs the content streams of one page or form on `marks`."""

    def __init__(self, marks: Marks, resources: Resources, ctm: Matrix, words: Words, outer: frozenset[int] = frozenset()) -> None:
        self.marks, self.resources, self.words, self.outer = marks, resources, words, outer
        self.state = State(ctm)
        marks.ctm = ctm
        self.kept: list[State] = []
        self.path = Path()

    def run(self, streams: Sequence[Any]) -> None:
        """Performs streams one after the other; one that is being performed already (a form within itself) is left out, as pdfminer does."""
        found = [resolve1(s) for s in streams]
        if not all(isinstance(s, PDFStream) for s in found):
            raise Doubtful("content that is no stream")
        whole = [s for s in found if s.objid is not None and s.objid not in self.outer]
        self.own = self.outer | {s.objid for s in whole if s.objid is not None}
        perform(b"\n".join(map(self._data, whole)), self.words, self)

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

    def _named(self, operand: Any) -> None:
        # The tag that pdf_device puts on invisible text must be nobody else's.
        if _name(operand) == HIDDEN:
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
        self.state.linewidth = _number(operands) * (ctm[0] ** 2 + ctm[1] ** 2) ** 0.5

    def dash(self, operands: Operands) -> None:
        operands.pop()
        _array(operands)

    # Colours

    def G(self, operands: Operands) -> None:
        self.state.scolor, self.state.scs = _number(operands), self.resources.spaces["DeviceGray"]

    def g(self, operands: Operands) -> None:
        self.state.ncolor, self.state.ncs = _number(operands), self.resources.spaces["DeviceGray"]

    def RG(self, operands: Operands) -> None:
        self.state.scolor, self.state.scs = _three(operands), self.resources.spaces["DeviceRGB"]

    def rg(self, operands: Operands) -> None:
        self.state.ncolor, self.state.ncs = _three(operands), self.resources.spaces["DeviceRGB"]

    def K(self, operands: Operands) -> None:
        self.state.scolor, self.state.scs = _four(operands), self.resources.spaces["DeviceCMYK"]

    def k(self, operands: Operands) -> None:
        self.state.ncolor, self.state.ncs = _four(operands), self.resources.spaces["DeviceCMYK"]

    def CS(self, operands: Operands) -> None:
        self.state.scs = self.resources.spaces.get(_name(operands.pop()), self.state.scs)

    def cs(self, operands: Operands) -> None:
        self.state.ncs = self.resources.spaces.get(_name(operands.pop()), self.state.ncs)

    def SCN(self, operands: Operands) -> None:
        color = _color(operands, self.state.scs)
        self.state.scolor = self.state.scolor if color is None else color

    def scn(self, operands: Operands) -> None:
        color = _color(operands, self.state.ncs)
        self.state.ncolor = self.state.ncolor if color is None else color

    # Paths

    def m(self, operands: Operands) -> None:
        self.path.move(*_two(operands))

    def l(self, operands: Operands) -> None:  # noqa: E743
        self.path.step("l", *_two(operands))

    def c(self, operands: Operands) -> None:
        *_, x, y = _six(operands)
        self.path.step("c", x, y)

    def v(self, operands: Operands) -> None:
        *_, x, y = _four(operands)
        self.path.step("v", x, y)

    def y(self, operands: Operands) -> None:
        *_, x, y = _four(operands)
        self.path.step("y", x, y)

    def h(self, operands: Operands) -> None:
        self.path.close()

    def re(self, operands: Operands) -> None:
        x, y, width, height = _four(operands)
        path = self.path
        path.move(x, y)
        path.step("l", x + width, y)
        path.step("l", x + width, y + height)
        path.step("l", x, y + height)
        path.close()

    def _paint(self, stroke: bool, fill: bool) -> None:
        self.marks.paint(self.path, self.state, stroke, fill)
        self.path = Path()

    def stroke(self, operands: Operands) -> None:
        self._paint(True, False)

    def close_and_stroke(self, operands: Operands) -> None:
        self.path.close()
        self._paint(True, False)

    def fill(self, operands: Operands) -> None:
        self._paint(False, True)

    def both(self, operands: Operands) -> None:
        self._paint(True, True)

    def close_and_both(self, operands: Operands) -> None:
        self.path.close()
        self._paint(True, True)

    def n(self, operands: Operands) -> None:
        self.path = Path()

    # Text

    def BT(self, operands: Operands) -> None:
        self.state.matrix, self.state.position = MATRIX_IDENTITY, (0, 0)

    def Tc(self, operands: Operands) -> None:
        self.state.charspace = _number(operands)

    def Tw(self, operands: Operands) -> None:
        self.state.wordspace = _number(operands)

    def Tz(self, operands: Operands) -> None:
        self.state.scaling = _number(operands)

    def TL(self, operands: Operands) -> None:
        self.state.leading = -_number(operands)

    def Tf(self, operands: Operands) -> None:
        self.state.size = _number(operands)
        self.state.glyphs = self.resources.glyphs(operands.pop())

    def Tr(self, operands: Operands) -> None:
        self.state.hidden = int(_number(operands)) in NO_INK

    def Ts(self, operands: Operands) -> None:
        self.state.rise = _number(operands)

    def Td(self, operands: Operands) -> None:
        across, down = _two(operands)
        a, b, c, d, e, f = self.state.matrix
        self.state.matrix, self.state.position = (a, b, c, d, across * a + down * c + e, across * b + down * d + f), (0, 0)

    def TD(self, operands: Operands) -> None:
        across, down = _two(operands)
        self.Td([across, down])
        self.state.leading = down

    def Tm(self, operands: Operands) -> None:
        self.state.matrix, self.state.position = _six(operands), (0, 0)

    def next_line(self, operands: Operands) -> None:
        a, b, c, d, e, f = self.state.matrix
        leading = self.state.leading
        self.state.matrix, self.state.position = (a, b, c, d, leading * c + e, leading * d + f), (0, 0)

    def Tj(self, operands: Operands) -> None:
        self._show([_string(operands.pop())])

    def TJ(self, operands: Operands) -> None:
        self._show(_array(operands))

    def line_and_show(self, operands: Operands) -> None:
        self.next_line(operands)
        self.Tj(operands)

    def spaced_and_shown(self, operands: Operands) -> None:
        # pdfminer does not move to the next line here, although ISO 32000 has it so.
        string = _string(operands.pop())
        self.Tc(operands)
        self.Tw(operands)
        self._show([string])

    def _show(self, pieces: Operands) -> None:
        if self.state.glyphs is not None:
            self.state.position = self.marks.show(pieces, self.state, self.state.glyphs)
            return
        for piece in pieces:
            # pdfminer shows nothing without a font, but stumbles over what is no string and no number all the same.
            if not isinstance(piece, float):
                string_of(piece)

    # What stands elsewhere

    def EI(self, operands: Operands) -> None:
        """A picture in the stream itself: `BI`, its keys and `ID` lie among the operands."""
        at = len(operands) - 1 - operands[::-1].index(b"BI")
        keys = operands[at + 1 :]
        del operands[at:]
        if b"/F" in keys and any(isinstance(key, bytes) and b"85" in key for key in keys):
            raise Doubtful("a picture in ASCII, whose end is marked otherwise")
        if b"/W" in keys and b"/H" in keys:
            self.marks.image()

    def Do(self, operands: Operands) -> None:
        spec = self.resources.xobjects.get(_name(operands.pop()))
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
            Operators(self.marks, resources, mult_matrix((a, b, c, d, e, f), self.state.ctm), self.words, self.own).run([thing])
        elif kind is LITERAL_IMAGE and "Width" in thing and "Height" in thing:
            self.marks.image()


def _number(operands: Operands) -> float:
    """The last operand as a number."""
    found = operands.pop()
    if not isinstance(found, float):
        raise Doubtful("an operand that is no float")
    return found


def _two(operands: Operands) -> tuple[float, float]:
    y = _number(operands)
    return _number(operands), y


def _three(operands: Operands) -> tuple[float, float, float]:
    z = _number(operands)
    x, y = _two(operands)
    return x, y, z


def _four(operands: Operands) -> tuple[float, float, float, float]:
    c, d = _two(operands)
    a, b = _two(operands)
    return a, b, c, d


def _six(operands: Operands) -> Matrix:
    e, f = _two(operands)
    a, b, c, d = _four(operands)
    return a, b, c, d, e, f


def _name(operand: Any) -> str:
    if not isinstance(operand, bytes):
        raise Doubtful("no plain name")
    return name_of(operand)


def _string(operand: Any) -> bytes:
    if not isinstance(operand, bytes):
        raise Doubtful("no string")
    return operand


def _array(operands: Operands) -> Operands:
    """The array that the last operand closes."""
    if not operands or operands.pop() != b"]":
        raise Doubtful("no array")
    at = len(operands) - 1
    while at >= 0:
        item = operands[at]
        if isinstance(item, bytes) and item == b"[":
            inside = operands[at + 1 :]
            del operands[at:]
            return inside
        at -= 1
    raise Doubtful("an array without a beginning")


def _color(operands: Operands, space: PDFColorSpace) -> Any:
    """The colour in a colour space; None where pdfminer keeps the one before."""
    count = space.ncomponents
    some = operands[-count:]
    if count < 1 or len(some) < count:
        raise Doubtful("a colour of too few parts")
    del operands[-count:]
    if space.name == "Pattern":
        return _name(some[0])
    if not all(isinstance(part, float) for part in some):
        raise Doubtful("a colour of no numbers")
    return some[0] if count == 1 else tuple(some) if count in (3, 4) else None


# Forms that call each other by the thousand are a trap: the quick reader leaves a page to the reference at this share of the figures that
# the reference bears, so that what becomes of the page takes hardly longer.
SOONER: Final = 10
OWN_NAMES: Final = "q Q cm w G g RG rg K k CS cs SCN scn m l c v y h re n BT Tc Tw Tz TL Tf Tr Ts Td TD Tm Tj TJ EI Do"
METHODS: Final = {
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
OPERATORS: Final[dict[bytes, Operator]] = {name: getattr(Operators, method) for name, method in METHODS.items()}
