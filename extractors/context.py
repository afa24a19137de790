"""What the three ways of context hand over: a figure with the labels that govern it, from near to far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from extractors.labels import Hint, read_label
from extractors.normalise.tokens import Calendar, Quantity
from extractors.vocabulary import Text


class Relation(StrEnum):
    """How a label stands to its figure."""

    CELL = "cell"  # other words of the figure's own cell or clause, before it
    AFTER = "after"  # words directly after it
    ARROW = "arrow"  # the arrow that leads to it from another number
    BRACKET = "bracket"  # a footnote that says what brackets mean
    UNIT = "unit"  # the cell of a 単位 column in its row
    ROW = "row"  # row label, nearest first
    COLUMN = "column"  # column header, lowest level first
    ALIKE = "alike"  # the dated header of another column, for a column that is dated by what it compares with alone
    BAND = "band"  # a row over all columns, or a label line over the lines below it
    SENTENCE = "sentence"  # earlier words of its paragraph
    NOTE = "note"  # a line directly above or below its table or line
    NEARBY = "nearby"  # the one band of its section, wherever it stands
    HEADING = "heading"  # the headings above, nearest first
    NAME = "name"  # the indicator's name
    PART = "part"  # the part of a compound indicator, or the measure printed beside the name
    MEASURE = "measure"  # the 施策 or 事業 that indicator or money belongs to
    SECTION = "section"  # the carried-down category, or the heading that names the section
    AREA = "area"  # the place or body of the row


class Label:
    """Words that govern a figure, and how they stand to it. Never changed once it is made, and one label is no other's equal."""

    __slots__ = ("hint", "relation", "text")

    def __init__(self, text: Text, relation: Relation, hint: Hint) -> None:
        self.text, self.relation, self.hint = text, relation, hint

    def __repr__(self) -> str:
        return f"Label({self.text!r}, {self.relation}, {self.hint!r})"

    def related(self, relation: Relation) -> Label:
        """The same words in another relation to the figure."""
        return Label(self.text, relation, self.hint)

    @staticmethod
    def read(text: Text, relation: Relation, calendar: Calendar) -> Label:
        return Label(text, relation, read_label(text.string, calendar))


class Figure:
    """A number with its unit in its place, and its labels from near to far. Never changed once it is made.

    `row` is the same for figures printed as one record (a table row, a sheet row): a printed rate goes to the actual of its own row.
    `order` counts the figures of one cell or record. `by` gives the labels of each relation, near to far.
    """

    __slots__ = ("by", "extractor", "labels", "order", "quantity", "row", "text")

    def __init__(self, text: Text, quantity: Quantity, labels: tuple[Label, ...], extractor: str, row: tuple[object, ...] = (), order: int = 0) -> None:
        self.text, self.quantity, self.labels, self.extractor, self.row, self.order = text, quantity, labels, extractor, row, order
        # Every attribute asks for them, relation by relation.
        self.by: dict[Relation, tuple[Label, ...]] = {}
        for label in labels:
            known = self.by.get(label.relation)
            self.by[label.relation] = (label,) if known is None else (*known, label)

    def __repr__(self) -> str:
        return f"Figure({self.text!r}, {self.quantity!r}, {self.labels!r})"

    def first(self, relation: Relation) -> Label | None:
        found = self.by.get(relation)
        return found[0] if found else None

    def all(self, *relations: Relation) -> tuple[Label, ...]:
        """The labels of these relations, in the order in which they stand."""
        if len(relations) == 1:
            return self.by.get(relations[0], ())
        present = [relation for relation in relations if relation in self.by]
        if len(present) > 1:
            return tuple([label for label in self.labels if label.relation in present])
        return self.by[present[0]] if present else ()

    def adding(self, *labels: Label) -> Figure:
        """The same figure with labels put in, where those of one relation stay near to far."""
        return self.labelled(self.labels + labels)

    def labelled(self, labels: tuple[Label, ...]) -> Figure:
        """The same figure with other labels."""
        return Figure(self.text, self.quantity, labels, self.extractor, self.row, self.order)


@dataclass(frozen=True, slots=True)
class Grade:
    """A rating printed as a letter or word (`A`, `達成`), with the labels that tell whose it is."""

    text: Text
    labels: tuple[Label, ...]
    row: tuple[object, ...] = ()
    order: int = 0


@dataclass
class Context:
    """What one page's zones gave: figures, grades, and texts that were read as labels only."""

    figures: list[Figure] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)

    def extend(self, other: Context) -> None:
        self.figures.extend(other.figures)
        self.grades.extend(other.grades)
