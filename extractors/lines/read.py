"""A stretch of lines between two grids: records first, then bands, items and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import regex

from extractors.context import Context, Figure, Label, Relation
from extractors.headings import Shape, Shaped
from extractors.labels import Hint, read_label
from extractors.lines.records import Header, Record, header_for, headers, is_row, records, row_figures
from extractors.lines.shares import name_shares
from extractors.normalise.patterns import matcher
from extractors.normalise.scan import scan, times
from extractors.normalise.tokens import Calendar, Quantity
from extractors.prose import read_prose
from extractors.vocabulary import Text

# A line this full (of the widest in its stretch) was broken by the margin, not by the writer.
FULL: Final = 0.8
NEAR: Final = 4
# White between two lines of one paragraph is less than a line is high; more parts them.
GAP: Final = 1.1
# Names wrap to so many lines between two rows.
WRAPPED: Final = 3
STARTS: Final = re.compile(r"\s*(?:第\s*[0-9０-９]+\s*[回期次]|[(（※\[＊]|(?:現状|基準|実績|目標)値?[\s　:：]*[0-9０-９(（])")
# A line that ends in a number set apart from its words: an entry of a list, whose next line is another.
ENTRY: Final = regex.compile(r"\p{L}.*[\s　=＝:：][0-9０-９][0-9０-９,，.．]*[^\s　0-9０-９。、,，]{0,6}$")
ARROWED, TITLED = frozenset("→➡⇒⇨►▶"), frozenset("【<＜〈《")
UNFINISHED: Final = re.compile(r"(?:[の、，「『（(・＝=/／]|及び|または|又は|として|による|における)\s*$")


@dataclass
class Passage:
    """Lines that say one thing: a sentence, a list item, a short block of a slide."""

    lines: list[Shaped]
    base: tuple[Label, ...] = ()
    notes: list[Label] = field(default_factory=list)

    def text(self, widest: int) -> Text:
        """The lines in one run: nothing between a line and its wrapped rest, an unprinted line break elsewhere."""
        runs = [[self.lines[0].text.strip()]]
        for before, line in zip(self.lines, self.lines[1:], strict=False):
            if _wraps(before.text, line.text, widest):
                runs[-1].append(line.text.strip())
            else:
                runs.append([line.text.strip()])
        parts = [run[0] if len(run) == 1 else Text.join(run) for run in runs]
        return parts[0] if len(parts) == 1 else Text.join(parts, "\n")


def _wraps(before: Text, after: Text, widest: int) -> bool:
    string = before.string.rstrip()
    opened = string.count("（") + string.count("(") + string.count("「") > string.count("）") + string.count(")") + string.count("」")
    listed = ENTRY.search(string) and ENTRY.search(after.string.rstrip())
    full = len(string) >= FULL * widest and not string.endswith("。") and not STARTS.match(after.string) and not listed
    return bool(UNFINISHED.search(string)) or opened or full or after.string.strip()[:1] in "）)」』、。"


def read_stretch(lines: list[Shaped], base: list[tuple[Label, ...]], calendar: Calendar, key: tuple[object, ...]) -> Context:
    """The figures of a stretch of lines. `base` gives the headings' labels of each line, nearest first; `key` names the stretch."""
    figures: list[Figure] = []
    taken = _take_records(lines, base, calendar, key, figures)
    widths = _widths(lines)
    passages = _passages(lines, base, taken)
    _lead(passages, calendar)
    for number, passage in enumerate(passages):
        text = passage.text(max(widths[id(line.line)] for line in passage.lines))
        if not any(isinstance(t, Quantity) for t in scan(text.string, calendar)):
            continue
        figures += name_shares(text, read_prose(text, (*passage.notes, *passage.base), calendar, (*key, "passage", number)))
    return Context(figures)


def _lead(passages: list[Passage], calendar: Calendar) -> None:
    """Gives the date of a line that leads items (`登録団体（令和６年６月１日時点）`, `【令和5年度実績】相談件数`) to the items right below it."""
    lead: tuple[Label, str, tuple[Label, ...]] | None = None
    for passage in passages:
        first = passage.lines[0]
        string = " ".join(line.text.string for line in passage.lines)
        dated = _state(first.text, calendar)
        if dated is not None:
            lead = (dated, first.mark, passage.base)
        elif lead is not None and first.shape is Shape.ITEM and first.mark != lead[1] and passage.base is lead[2] and "。" not in string:
            passage.notes.append(lead[0])
        else:
            lead = None


def _state(line: Text, calendar: Calendar) -> Label | None:
    """The date of a line that says as of when, or of which year's results, it speaks: in brackets, or with 時点, 現在, 実績."""
    for token in times(line.string, calendar):
        if token.relative is None:
            before, after = line.string[: token.start].rstrip()[-1:], line.string[token.end :].lstrip()
            bracketed = before in "（(【[［" and before != "" and bool(matcher(r"(?:現在|時点|実績|の実績)?\s*[)）】\]］]").match(after))
            if token.as_of or bracketed or matcher(r"(?:の)?(?:実績|結果)").match(after):
                hint = read_label(after[:2] if after.startswith("実績") else "", calendar)
                return Label(line[token.start : token.end], Relation.NOTE, hint.dated(token))
    return None


def _widths(lines: list[Shaped]) -> dict[int, int]:
    """For each line the length of the longest line near it: what a full line is there."""
    lengths = [len(s.text.string.strip()) for s in lines]
    return {id(line.line): max(lengths[max(0, at - NEAR) : at + NEAR + 1]) for at, line in enumerate(lines)}


def _take_records(lines: list[Shaped], base: list[tuple[Label, ...]], calendar: Calendar, key: tuple[object, ...], figures: list[Figure]) -> set[int]:
    """Reads every row line that has a header into `figures`; returns the places of the lines that were used."""
    found = headers(lines, calendar)
    rows = {at: r for at, line in enumerate(lines) if is_row(line) and (r := records(line.text, calendar))}
    taken: set[int] = set()
    for at, row in rows.items():
        match = header_for(at, row, found, _run(at, rows, len(lines)))
        if match is None:
            continue
        header, beside = match
        name, used = _wrapped_name(at, row, rows, lines, header, taken)
        label_base = tuple(label for label in base[at] if label.relation is not Relation.BAND)
        figures += row_figures(row, header, beside, lines[at].text, name, label_base, (*key, at), calendar)
        taken |= {at, header.at, *used}
    return taken


def _run(at: int, rows: dict[int, tuple[Record, ...]], lines: int) -> tuple[int, int]:
    """The first and last row of the run of rows of this width, with at most three lines of wrapped names between."""
    width = len(rows[at][0].quantities)
    ends = []
    for step, stop in ((-1, -1), (1, lines)):
        end = at
        for other in range(at + step, stop, step):
            if other in rows and len(rows[other][0].quantities) == width:
                end = other
            elif abs(other - end) > WRAPPED:
                break
        ends.append(end)
    return ends[0], ends[1]


def _wrapped_name(
    at: int, row: tuple[Record, ...], rows: dict[int, tuple[Record, ...]], lines: list[Shaped], header: Header, taken: set[int]
) -> tuple[Text | None, set[int]]:
    """The lines above a row that hold its name, where the other rows print a name and a measure and this one the measure alone."""
    if len(row) != 1 or matcher(r"\S \S").search(row[0].lead.string):
        return None, set()
    others = [r[0].lead.string for other, r in rows.items() if other != at and len(r) == 1 and len(r[0].quantities) == len(row[0].quantities)]
    if sum(bool(matcher(r"\S \S").search(lead)) for lead in others) < 0.6 * max(1, len(others)) or len(others) < 2:
        return None, set()
    used: list[int] = []
    for above in range(at - 1, -1, -1):
        if above in rows or above in taken or above == header.at or lines[above].shape is not Shape.PLAIN:
            break
        used.insert(0, above)
    return (Text.join([lines[i].text.strip() for i in used]), set(used)) if used else (None, set())


def _passages(lines: list[Shaped], base: list[tuple[Label, ...]], taken: set[int]) -> list[Passage]:
    """The lines that no record used, in passages: an item with its wrapped lines, a paragraph, a block."""
    out: list[Passage] = []
    open_: Passage | None = None
    for at, line in enumerate(lines):
        if line.shape is Shape.MARGIN or (at and _points(line, lines[at - 1])):
            continue
        if at in taken or line.shape in (Shape.HEADING, Shape.BAND):
            if line.shape is Shape.BAND and open_ is not None and at not in taken:
                _note(open_, line)
            open_ = None if line.shape is Shape.HEADING or at in taken or not _bracketed(line) else open_
            continue
        ends = open_ is None or (_closed(open_) and not _of_that(line)) or open_.base is not base[at] or _apart(open_, line)
        if open_ is None or ends or line.shape in (Shape.ITEM, Shape.NOTE):
            if line.shape is Shape.NOTE and out and not _has_quantity(line):
                _note(out[-1], line)
            open_ = Passage([], base[at])
            out.append(open_)
        open_.lines.append(line)
    return out


def _points(line: Shaped, above: Shaped) -> bool:
    """Whether a line is an arrow between two boxes of a slide, beside the text that was read before it: it continues none of its items."""
    box, other = line.line.box, above.line.box
    string = line.text.string.strip()
    arrow = string[:1] in ARROWED and matcher(r"[→➡⇒⇨►▶]+").fullmatch(string) is not None
    return arrow and box is not None and other is not None and not (box.x0 < other.x1 and other.x0 < box.x1)


def _apart(passage: Passage, line: Shaped) -> bool:
    """Whether a line begins something new: a title in brackets, or more than a line's height of white above it."""
    if line.text.string.lstrip()[:1] in TITLED:
        return True
    above, box = passage.lines[-1].line.box if passage.lines else None, line.line.box
    return above is not None and box is not None and (box.top - above.bottom > GAP * above.height or box.bottom < above.top)


def _of_that(line: Shaped) -> bool:
    """うち continues the sentence before it: its numbers are parts of those."""
    return bool(matcher(r"\s*(?:その|この)?うち").match(line.text.string))


def _bracketed(line: Shaped) -> bool:
    """A date in brackets on a line of its own, which dates the number above it, not what follows."""
    return bool(matcher(r"\s*[(（\[［].*[)）\]］]\s*$").match(line.text.string)) and line.hint.role is None


def _note(passage: Passage, line: Shaped) -> None:
    """A line that is a date alone, in brackets or behind ※, right below a number: the number's date."""
    if line.hint.when is not None and line.hint.role is None and line.hint.whole and matcher(r"\s*[(（※\[［*＊]").match(line.text.string):
        if _bracketed(line):
            passage.lines.append(Shaped(line.line, Shape.PLAIN, line.hint, line.rank, line.mark))
        else:
            passage.notes.append(Label(line.text.strip(), Relation.NOTE, Hint(when=line.hint.when)))


def _has_quantity(line: Shaped) -> bool:
    return any(isinstance(t, Quantity) for t in scan(line.text.string))


def _closed(passage: Passage) -> bool:
    return bool(passage.lines) and passage.lines[-1].text.string.rstrip().endswith(("。", "！", "！ ）"))
