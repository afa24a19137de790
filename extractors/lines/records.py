"""Tables that are lines of text: a name and its numbers, again and again, under (or over) a line of labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extractors.context import Figure, Label, Relation
from extractors.headings import Shape, Shaped
from extractors.labels import Hint, Role, read_label
from extractors.labels.hints import may_be_key, may_have_keys
from extractors.normalise.characters import ARROWS
from extractors.normalise.patterns import matcher
from extractors.normalise.places import find_places
from extractors.normalise.scan import scan, times
from extractors.normalise.tokens import Calendar, Quantity, When
from extractors.vocabulary import Text

EXTRACTOR: Final = "lines"
# How far below its rows a header may stand: dumps of some PDFs print a table's header after its last row.
HEADER_BELOW: Final = 8
# A header of two texts side by side governs the items below it no farther than a slide is long.
BESIDE: Final = 20
# A header is tied to its rows by rows: this many other lines between end the table.
BROKEN: Final = 6
NAMING: Final = (Role.NAME, Role.SECTION, Role.REMARK, Role.MEASURE, Role.AREA, Role.NUMBER, Role.UNIT)
BETWEEN: Final = re.compile(rf"[\s　{ARROWS},、・/／|｜:：]*")
NAME_TAIL: Final = re.compile(r"[\s　:：…・]+$")
WHOLE: Final = re.compile(r"全国(?:計|平均)?|全県|県全体|市全体|合計|総計|計|平均")
FORMULA: Final = re.compile(r"[①-⑳](?:\s*[／/÷×＋+]\s*[①-⑳])+|^[①-⑳]")


@dataclass(frozen=True, slots=True)
class Record:
    """A name and the numbers behind it on one line; `lead` is the words before the first number."""

    lead: Text
    quantities: tuple[Quantity, ...]
    tail: Text


def records(text: Text, calendar: Calendar) -> tuple[Record, ...]:
    """The records of a line; empty where the line is no row of a table (a sentence, or one number alone)."""
    string = text.string
    quantities = [t for t in scan(string, calendar) if isinstance(t, Quantity)]
    if len(quantities) < 2 or "。" in string:
        return ()
    groups: list[list[Quantity]] = []
    leads: list[Text] = []
    last = 0
    for quantity in quantities:
        gap = string[last : quantity.start]
        if groups and BETWEEN.fullmatch(gap):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
            leads.append(text[last : quantity.start])
        last = quantity.end
    if len({len(g) for g in groups}) != 1 or any(matcher(r"[は、（(]\s*$").search(lead.string) for lead in leads):
        return ()
    tail = text[last:]
    return tuple(Record(_named(lead), tuple(g), tail) for lead, g in zip(leads, groups, strict=True))


def _named(lead: Text) -> Text:
    lead = lead.strip()
    tail = NAME_TAIL.search(lead.string)
    return lead[: tail.start()] if tail else lead


def header_labels(text: Text, calendar: Calendar) -> tuple[Label, ...]:
    """The labels of a header line (roles and years parted by blanks), or the dates that a caption lists; empty for another line."""
    if not may_have_keys(text.string):
        return ()
    chunks = _chunks(text)
    keys = [Label(c, Relation.COLUMN, hint) for c in chunks if may_be_key(c.string) and (hint := read_label(c.string, calendar)).whole]
    if len(keys) >= 2 and len(keys) >= 0.75 * len(chunks):
        return tuple(keys)
    return _listed_dates(text, calendar)


def _chunks(text: Text) -> list[Text]:
    """The parts between blanks; letters set apart one by one (`項　目`) are one part."""
    bounds = [(m.start(), m.end()) for m in matcher(r"[^\s　]+").finditer(text.string)]
    out: list[tuple[int, int]] = []
    for start, end in bounds:
        letter = bool(out) and end - start == 1 and out[-1][1] - out[-1][0] < 8 and _single(text.string, out[-1])
        bracket = bool(out) and text.string[start] in "(（" and text.string[end - 1] in ")）"
        if letter or (bracket and read_label(text.string[start:end]).when):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return [text[a:b] for a, b in out]


def _single(string: str, span: tuple[int, int]) -> bool:
    return all(len(part) == 1 for part in string[span[0] : span[1]].split())


def _listed_dates(text: Text, calendar: Calendar) -> tuple[Label, ...]:
    """At least two dates in a row with only blanks between: a caption that says which numbers its rows show."""
    whens = times(text.string, calendar)
    runs: list[list[When]] = []
    for when in whens:
        if runs and matcher(r"[\s　、・,]+").fullmatch(text.string[runs[-1][-1].end : when.start]):
            runs[-1].append(when)
        else:
            runs.append([when])
    best = max(runs, key=len, default=[])
    if len(best) < 2:
        return ()
    return tuple(Label(text[w.start : w.end], Relation.COLUMN, Hint(when=w)) for w in best)


@dataclass(frozen=True, slots=True)
class Header:
    """A header line: its labels without the name column's, and the line's place in the stretch."""

    at: int
    labels: tuple[Label, ...]
    line: Text


def headers(lines: list[Shaped], calendar: Calendar) -> list[Header]:
    out = []
    for at, line in enumerate(lines):
        labels = tuple(x for x in header_labels(line.text, calendar) if x.hint.role not in NAMING)
        if len(labels) >= 2 and all(x.hint.when or x.hint.role for x in labels):
            out.append(Header(at, labels, line.text))
    return out


def header_for(at: int, rows: tuple[Record, ...], found: list[Header], run: tuple[int, int]) -> tuple[Header, bool] | None:
    """The header of a row line and whether its labels go to whole records (side by side) rather than to the numbers in each.

    The nearest header above wins; one below counts only where none stands above (`run` is the first and last row of the run of rows).
    """
    width = len(rows[0].quantities)
    first, last = run
    above = [h for h in found if h.at < at]
    below = [h for h in found if last < h.at <= last + HEADER_BELOW]
    for header in [*above[::-1], *below]:
        if len(header.labels) == width and width > 1 and first - header.at <= BROKEN:
            return header, False
        if width == 1 and len(rows) == len(header.labels) and 0 < at - header.at <= BESIDE and not _labelled(rows):
            return header, True
    return None


def _labelled(rows: tuple[Record, ...]) -> bool:
    """Whether the records say their own role or date: then they stand under no header."""
    return any((hint := read_label(record.lead.string)).strong or hint.when for record in rows)


def row_figures(
    rows: tuple[Record, ...], header: Header, beside: bool, text: Text, name: Text | None, base: tuple[Label, ...], key: tuple[object, ...], calendar: Calendar
) -> list[Figure]:
    """The figures of one row line: each number under its header's label, each record with its own name."""
    out: list[Figure] = []
    for number, record in enumerate(rows):
        named = _names(record, name, header, calendar)
        for order, quantity in enumerate(record.quantities):
            column = header.labels[number if beside else order]
            figure = text[quantity.start : quantity.end]
            row = (*key, order if beside else number)
            out.append(Figure(figure, quantity, (column, *named, *_caption(header, calendar), *base), EXTRACTOR, row, order))
    return out


def _names(record: Record, name: Text | None, header: Header, calendar: Calendar) -> list[Label]:
    """A record's name, and the measure printed behind it (`中央図書館の来館者数 来館者数` has two columns of words)."""
    lead = _stripped(record.lead)
    if name is not None:
        return [Label(lead, Relation.PART, Hint(name=lead.string)), Label(name, Relation.NAME, Hint(name=name.string))]
    places = find_places(lead.string, calendar.day)
    if WHOLE.fullmatch(lead.string) or (places and places[0].start == 0 and places[0].end >= len(lead.string)):
        caption = caption_name(header, calendar)
        return [Label(lead, Relation.AREA, Hint(name=lead.string)), *([Label(caption, Relation.NAME, Hint(name=caption.string))] if caption else [])]
    cut = matcher(r"^(.*\S) (\S+)$").search(lead.string)
    if cut and len(cut[2]) >= 2:
        return [Label(lead[cut.start(2) :], Relation.PART, Hint(name=cut[2])), Label(lead[: cut.end(1)], Relation.NAME, Hint(name=cut[1]))]
    return [Label(lead, Relation.NAME, Hint(name=lead.string))]


def _stripped(lead: Text) -> Text:
    """Without the row's number, its bullet and the formula of its symbols (`就職率①／②`)."""
    mark = matcher(r"(?:[0-9０-９]{1,2}[\s　.．]+(?=\D)|[・○〇●◇◆■□★☆※]\s*|[①-⑳])").match(lead.string)
    lead = lead[mark.end() :] if mark else lead
    formula = FORMULA.search(lead.string)
    return lead[: formula.start()].strip() if formula and formula.start() else lead.strip()


def caption_name(header: Header, calendar: Calendar) -> Text | None:
    """What a caption line says its rows show: its words before the first bracket, without 都道府県別."""
    cut = matcher(r"[（(※\[]").search(header.line.string)
    text = header.line[: cut.start()] if cut else header.line
    lead = matcher(r"\s*(?:都道府県別|市町村別|地域別|年度別|月別)の?").match(text.string)
    text = (text[lead.end() :] if lead else text).strip()
    return text if text and not read_label(text.string, calendar).whole else None


def _caption(header: Header, calendar: Calendar) -> list[Label]:
    hint = read_label(header.line.string, calendar)
    return [Label(header.line, Relation.NOTE, Hint(unit=hint.unit))] if hint.unit else []


def is_row(line: Shaped) -> bool:
    return line.shape in (Shape.PLAIN, Shape.ITEM)
