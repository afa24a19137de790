"""A comparison for a person (text, markdown) and for a program (JSON)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.form import Rendering
from pipeline.headers.compare import Compared, Comparison
from pipeline.headers.difference import Change, Difference, became, reading
from pipeline.headers.model import Edition, Form, Header, Kind, Zone
from pipeline.headers.pairing import Pair, Pairing

# Names of rows in one line; the JSON has all.
NAMES_SHOWN = 6
PLACES_SHOWN = 8
# Two documents with less in common are hardly editions of one plan.
STRANGERS = 0.3


def rendered(one: Comparison, form: Rendering, whole: bool = False) -> Iterator[str]:
    """The comparison as lines without their ends; with `whole` the headers that are the same, too (JSON has them always)."""
    if form is Rendering.JSON:
        yield json.dumps(as_json(one), ensure_ascii=False, indent=1)
        return
    marks = Marks(form is Rendering.MARKDOWN)
    yield from _editions(one, marks)
    yield from _headings(one, marks, whole)
    for group in one.groups():
        yield from _group(group, one, marks)
    yield from _same(one, marks, whole)
    yield from _judgement(one, marks)


class Marks:
    """How titles, items and commands are written in text and in markdown."""

    def __init__(self, markdown: bool) -> None:
        self.markdown = markdown

    def title(self, words: str) -> list[str]:
        return ["", f"## {_escaped(words)}", ""] if self.markdown else ["", words]

    def item(self, words: str, look: bool = False) -> str:
        return f"- {'**!** ' if look else ''}{_escaped(words)}" if self.markdown else f"  {'!' if look else ' '} {words}"

    def command(self, words: str) -> str:
        return f"`{words}`" if self.markdown else words


def _escaped(words: str) -> str:
    return "".join(f"\\{char}" if char in r"*_|<>[]`#" else char for char in words)


def _editions(one: Comparison, marks: Marks) -> Iterator[str]:
    if marks.markdown:
        yield "# Headers of two editions"
        yield ""
    for name, edition in (("OLD", one.old), ("NEW", one.new)):
        year = f"fiscal year {edition.year}" if edition.stated else f"fiscal year not found, taken as {edition.year}" if edition.year else "no fiscal year"
        pages = f"{edition.pages} pages, " if edition.paged else ""
        counts = f"{pages}{edition.facts} facts, {edition.unclaimed} unclaimed"
        yield f"{'- ' if marks.markdown else ''}{name}  {edition.name}  {year}, {counts}"
    if one.old.year is not None and one.new.year is not None and one.old.year != one.new.year:
        yield f"{'- ' if marks.markdown else ''}Years are counted from each edition's own: 前年度 is {one.old.year - 1} in OLD and {one.new.year - 1} in NEW."


def _headings(one: Comparison, marks: Marks, whole: bool) -> Iterator[str]:
    if one.headings or whole:
        yield from marks.title("Headings")
        yield from (_line(d, marks) for d in one.headings if d.look or d.change not in (Change.GONE, Change.CAME))
        for change in (Change.GONE, Change.CAME):
            names = [h.text for d in one.headings if d.change is change and not d.look and (h := d.new or d.old)]
            yield from [marks.item(f"headings {change} that decided nothing: {len(names)}: {_some(names)}")] if names else []
        if whole:
            yield from _kept(one.heading_pairs, marks)


def _group(group: Sequence[Compared], one: Comparison, marks: Marks) -> Iterator[str]:
    """Zones that differ in the same way: their title and places, their numbers, each difference once."""
    yield from marks.title(_title(group, one))
    first = group[0]
    both = first.old is not None and first.new is not None
    if both:
        yield marks.item(_counts(group))
    if not both and len(group) > 1:
        names = [f"「{compared.zone.title}」" for compared in group]
        total = sum((compared.zone.became for compared in group), Counter[str]())
        yield marks.item(f"{len(group)} lists of lines, {became(total)}: {_some(names)}", any(d.look for c in group for d in c.found))
        return
    yield from (_line(d, marks) for d in first.layout)
    yield from (marks.item(line) for line in _rows([d for compared in group for d in compared.rows]))


def _title(group: Sequence[Compared], one: Comparison) -> str:
    both = group[0].old is not None and group[0].new is not None
    kind = "table" if group[0].zone.form is Form.TABLE else "lines"
    named = group[0].zone.title or "without a title"
    where = places([_place(c.new or c.zone, one.new if c.new else one.old) for c in group], (one.new if group[0].new else one.old).paged)
    before = group[0].old
    elsewhere = len(group) == 1 and before is not None and group[0].new is not None and before.page != group[0].new.page
    was = f" (was {places([_place(before, one.old)], one.old.paged)})" if elsewhere and before is not None else ""
    if len(group) > 1 and not both:
        return f"Lines that {'are gone, of OLD' if group[0].new is None else 'came'}, {where}"
    if len(group) > 1:
        return f"{len(group)} {kind}{'s' if kind == 'table' else ''}, {where}: 「{named}」 and others like it"
    return f"{kind[0].upper()}{kind[1:]} {where}{was}{' of OLD' if group[0].new is None else ''} 「{named}」"


def _place(zone: Zone, edition: Edition) -> int:
    return zone.page if edition.paged else zone.line


def places(some: Sequence[int], paged: bool) -> str:
    """Pages (or lines) with runs drawn together: `p. 3-5, 9`."""
    runs: list[list[int]] = []
    for number in sorted(set(some)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    more = f" and {len(shown) - PLACES_SHOWN} more" if len(shown) > PLACES_SHOWN else ""
    return f"{'p.' if paged else 'line'} {', '.join(shown[:PLACES_SHOWN])}{more}"


def _counts(group: Sequence[Compared]) -> str:
    """Facts and unclaimed numerals before and after, and for which reasons there are more of these."""
    old, new = [c.old for c in group if c.old is not None], [c.new for c in group if c.new is not None]
    left = [sum((zone.left for zone in zones), Counter[str]()) for zones in (old, new)]
    more = left[1] - left[0]
    why = f" ({', '.join(f'{reason} +{more[reason]}' for reason in sorted(more, key=lambda r: (-more[r], r)))})" if more else ""
    facts = [sum(zone.facts for zone in zones) for zones in (old, new)]
    return f"facts {facts[0]} → {facts[1]}, unclaimed {left[0].total()} → {left[1].total()}{why}"


def _line(one: Difference, marks: Marks) -> str:
    return marks.item(f"{f'{one.kind} ' if one.kind else ''}{one.change}: {one.said}", one.look)


def _rows(some: Sequence[Difference]) -> Iterator[str]:
    """Rows that came, went or were reworded, in a line each."""
    for change in (Change.GONE, Change.CAME, Change.MOVED, Change.LOST, Change.UNIT, Change.YEAR):
        names = [(d.new or d.old).text for d in some if d.change is change and (d.new or d.old)]  # type: ignore[union-attr]
        if names:
            yield f"rows {change}: {len(names)}: {_some(names)}"
    renamed = [f"{d.old.text} → {d.new.text}" for d in some if d.change is Change.REWORDED and d.old and d.new]
    if renamed:
        yield f"rows reworded: {len(renamed)}: {_some(renamed)}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return "、".join(names[:NAMES_SHOWN]) + more


def _same(one: Comparison, marks: Marks, whole: bool) -> Iterator[str]:
    """The zones in which nothing differs: counted, or with all their headers."""
    same = [compared for compared in one.zones if not compared.found]
    if not same and not whole:
        return
    tables = sum(c.zone.form is Form.TABLE for c in same)
    yield from marks.title(f"The same: {tables} tables, {len(same) - tables} lists of lines")
    for compared in one.zones if whole else (c for c in same if c.zone.form is Form.TABLE and c.zone.facts):
        yield marks.item(f"{_title([compared], one)}  {_counts([compared])}")
        if whole:
            yield from _kept(compared.pairing, marks)


def _kept(pairing: Pairing, marks: Marks) -> Iterator[str]:
    """Every paired header with what is read from it in both editions."""
    for old, new, _ in pairing.pairs:
        read = reading(new) if old.reads == new.reads else f"{reading(old)} → {reading(new)}"
        yield marks.item(f"    {new.kind:<8}{_shown(old, new)}  {read}; {_numbers(old, new)}")


def _numbers(old: Header, new: Header) -> str:
    counts = [f"{h.numbers}: {became(h.became)}" if h.numbers else "0" for h in (old, new)]
    return f"numbers {counts[0]}" if counts[0] == counts[1] else f"numbers {counts[0]} → {counts[1]}"


def _shown(old: Header, new: Header) -> str:
    """A header that both editions have: years that went on with the edition are named once, as counted from it."""
    if old.text == new.text:
        return new.shows()
    said = new.spelling.said
    return f"{said} ({old.text} → {new.text})" if old.spelling.relative == new.spelling.relative and said != new.text else f"{old.shows()} → {new.shows()}"


def _judgement(one: Comparison, marks: Marks) -> Iterator[str]:
    yield from marks.title("Judgement")
    if one.safe:
        changed = sum(bool(c.layout) for c in one.zones) + bool(one.headings)
        notes = "" if not changed else " What differs above changes no reading."
        yield f"safe: the new edition is read as the old one was.{notes}"
        return
    if one.common < STRANGERS:
        yield f"Only {one.common:.0%} of their numbers stand in tables or lists that both have: are these two editions of one plan?"
    yield f"look at {len(one.looks)} thing{'s' if len(one.looks) > 1 else ''} before its numbers are used:"
    for at, look in enumerate(one.looks, start=1):
        words = f"{places(look.places, look.paged)}: {look.why}"
        yield f"{at}. {_escaped(words) if marks.markdown else words}"
        yield f"   {marks.command(look.command)}"


def as_json(one: Comparison) -> dict[str, Any]:
    """The whole comparison: editions, headings and zones with every header, differences, and the judgement."""
    return {
        "old": _edition(one.old),
        "new": _edition(one.new),
        "headings": {"headers": _pairs(one.heading_pairs), "differences": [_difference(d) for d in one.headings]},
        "zones": [_compared(compared) for compared in one.zones],
        "judgement": {
            "safe": one.safe,
            "look": [{"pages" if look.paged else "lines": list(look.places), "why": look.why, "command": look.command} for look in one.looks],
        },
    }


def _edition(one: Edition) -> dict[str, Any]:
    counts = {"pages": one.pages if one.paged else None, "facts": one.facts, "unclaimed": one.unclaimed, "unreadable_pages": list(one.unreadable)}
    return {"name": one.name, "title": one.title, "fiscal_year": one.year, "fiscal_year_stated": one.stated, **counts}


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "form": str(one.zone.form),
        "title": one.zone.title,
        "old": _zone(one.old),
        "new": _zone(one.new),
        "headers": _pairs(one.pairing),
        "differences": [_difference(d) for d in one.found],
    }


def _zone(zone: Zone | None) -> dict[str, Any] | None:
    if zone is None:
        return None
    return {"page": zone.page, "line": zone.line or None, "numbers": zone.numbers, "became": dict(sorted(zone.became.items())), **_left(zone)}


def _left(zone: Zone) -> dict[str, Any]:
    return {"facts": zone.facts, "unclaimed": dict(sorted(zone.left.items()))}


def _pairs(pairing: Pairing) -> list[dict[str, Any]]:
    both = [*pairing.pairs, *((h, None, Change.GONE) for h in pairing.gone), *((None, h, Change.CAME) for h in pairing.came)]
    return [{"how": str(how), "old": _header(old), "new": _header(new)} for old, new, how in both]


def _header(one: Header | None) -> dict[str, Any] | None:
    if one is None:
        return None
    told = {"reads": list(one.reads), "numbers": one.numbers, "became": dict(sorted(one.became.items())), "not_understood": one.lost}
    return {"kind": str(one.kind), "text": one.text, "path": [h.text for h in one.above], "page": one.page, "line": one.line or None, **told}


def _difference(one: Difference) -> dict[str, Any]:
    return {"change": str(one.change), "kind": one.kind and str(one.kind), "said": one.said, "look": one.look}


__all__ = ["Kind", "Pair", "as_json", "rendered"]
