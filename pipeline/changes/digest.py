"""What a person reads of the changes: counts, and then the things that need a person. Terminal and markdown show the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.changes.compare import SEVERITIES, count_findings
from pipeline.changes.model import DOCUMENT_KINDS, FACT_KINDS, Changes, CoverageChange, DocumentChange, Fact, FactChange, FindingChange, Revision

# How many entries of one kind a report names before it says how many more there are.
LIMIT = 10
# Fetched documents that need nobody: what came is a document that was added or changed.
QUIET = ("new", "changed", "unchanged")
NOTES = {"provisional": "provisional before", "baseline": "a 現状値", "section": "under another heading"}


class Fetched(Protocol):
    """What became of one address of a source: `status` is new, changed, unchanged, gone, refused or failed; `file` where it lies, None where nowhere."""

    @property
    def source(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def file(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True)
class Section:
    """Entries of one kind, a line each. `heavy` ones need a person; the others are to know."""

    title: str
    entries: tuple[str, ...]
    heavy: bool


@dataclass(frozen=True)
class Digest:
    """`counts` are (what, sentence); `sections` those that have entries, the heavy ones first."""

    counts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def digest(changes: Changes, fetched: Sequence[Fetched] = ()) -> Digest:
    sections = (*_needing(changes, fetched), *_to_know(changes))
    return Digest(tuple(_counts(changes, fetched)), tuple(section for section in sections if section.entries))


def nothing_new(changes: Changes, fetched: Sequence[Fetched] = ()) -> bool:
    return not changes and all(one.status == "unchanged" for one in fetched)


def standing(changes: Changes, fetched: Sequence[Fetched] = ()) -> str:
    """One sentence on what there is, for a night in which nothing happened."""
    now = changes.after
    said = [f"{_some(now.documents, 'document')}, {_some(now.coverage.facts, 'fact')}"]
    if now.failed:
        said.append(f"{_some(now.failed, 'document')} still cannot be read")
    if fetched:
        said.append(f"{_some(len(fetched), 'address', 'es')} asked")
    return "; ".join(said)


def _some(count: int, what: str, ending: str = "s") -> str:
    return f"{count:,} {what}{'' if count == 1 else ending}"


def _counts(changes: Changes, fetched: Sequence[Fetched]) -> Iterator[tuple[str, str]]:
    if fetched:
        statuses = Counter(str(one.status) for one in fetched)
        order = ("new", "changed", "gone", "refused", "failed", "unchanged")
        yield "fetched", _listed([(name, statuses[name]) for name in (*order, *sorted(statuses.keys() - set(order)))])
    before, after = changes.before, changes.after
    kinds = Counter(kind for one in changes.documents for kind in one.kinds)
    yield "documents", f"{_moved(before.documents, after.documents)}: {_listed([(kind.replace('_', ' '), kinds[kind]) for kind in DOCUMENT_KINDS])}"
    counted = changes.counted()
    yield "facts", f"{_moved(before.coverage.facts, after.coverage.facts)}: {_listed([(kind, counted[kind]) for kind in FACT_KINDS])}"
    explained = sum(bool(one.notes) for one in changes.revisions)
    yield "revisions", (f"{len(changes.revisions):,}" + (f" ({explained:,} with a note)" if explained else "")) if changes.revisions else "none"
    one, other = before.coverage, after.coverage
    yield "coverage", f"unknown numerals {_moved(one.unknown, other.unknown)}, pages with facts {_moved(one.pages_with_facts, other.pages_with_facts)}"
    found = count_findings(changes)
    named = [(f"{kind} {severity}", found[kind, severity]) for kind in ("new", "gone") for severity in SEVERITIES]
    yield "findings", _listed([(name if count == 1 else f"{name}s", count) for name, count in named])


def _moved(before: int, after: int) -> str:
    return f"{after:,}" if before == after else f"{before:,} → {after:,}"


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts if count) or "none"


def _needing(changes: Changes, fetched: Sequence[Fetched]) -> Iterator[Section]:
    alarming = [one for one in fetched if str(one.status) not in QUIET]
    yield _section("not fetched", alarming, lambda one: f"{one.source}: {one.address}: {one.status}{_because(one.reason)}")
    yield _section("failed", changes.of("failed"), _failed)
    yield _section("incomplete", changes.of("incomplete"), lambda one: f"{one.path}: {one.after.status}{_because(one.after.reason)}")
    yield _section("gone", changes.of("gone"), lambda one: f"{one.path}{_counted(one)}")
    yield _section("revised", changes.revisions, revised)
    replaced = [one for one in changes.facts if one.kind == "changed"]
    yield _section("changed in a new edition", replaced, fact_line)
    yield _section("read otherwise", [one for one in changes.facts if one.kind == "reread"], fact_line)
    yield _section("coverage fell", [one for one in changes.coverage if one.falls], _fallen)
    yield _section("new errors", _came(changes, "error"), _finding)


def _to_know(changes: Changes) -> Iterator[Section]:
    yield _section("added", [one for one in changes.of("added") if "failed" not in one.kinds], lambda one: f"{one.path}{_counted(one)}", heavy=False)
    yield _section("changed", changes.of("changed"), _replaced, heavy=False)
    yield _section("renamed", changes.of("renamed"), lambda one: f"{one.before.source_path} → {one.path}", heavy=False)
    yield _section("copied", changes.of("copied"), lambda one: f"{'、'.join(one.copies)}: the same bytes as {one.before.source_path}", heavy=False)
    yield _section("recovered", changes.of("recovered"), lambda one: f"{one.path}{_counted(one)}", heavy=False)
    yield _section("reread", changes.of("reread"), lambda one: f"{one.path}{_counted(one)}", heavy=False)
    yield _section("still failed", changes.of("still_failed"), lambda one: f"{one.path}{_because(one.after.reason)}", heavy=False)
    replaced = [one for one in changes.facts if one.kind in ("added", "removed")]
    yield _section("facts that came or went in a document that stayed", replaced, fact_line, heavy=False)
    yield _section("new warnings", _came(changes, "warning"), _finding, heavy=False)
    yield _section("new infos", _came(changes, "info"), _finding, heavy=False)
    yield _section("findings that went", [one for one in changes.findings if one.kind == "gone"], _finding, heavy=False)


def _came(changes: Changes, severity: str) -> list[FindingChange]:
    return [one for one in changes.findings if (one.kind, one.severity) == ("new", severity)]


def _section(title: str, some: Sequence[Any], line: Callable[[Any], str], heavy: bool = True) -> Section:
    return Section(title, tuple(line(one).replace("\n", " ") for one in some), heavy)


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""


def _counted(change: DocumentChange) -> str:
    said = [f"{change.facts[kind]:,} {kind}" for kind in FACT_KINDS if change.facts.get(kind)]
    if change.before is None or change.after is None:
        said = [_some(count, "fact") for count in change.facts.values()]
    return f" ({', '.join([*said, *change.differs])})" if said or change.differs else ""


def _failed(change: DocumentChange) -> str:
    assert change.after is not None
    lost = change.facts.get("removed", 0)
    return f"{change.path}{_because(change.after.reason)}" + (f" Facts that left the tables: {lost:,}." if lost else "")


def _replaced(change: DocumentChange) -> str:
    assert change.before is not None
    instead = f" supersedes {change.before.source_path}" if change.edition else ""
    return f"{change.path}{instead}{_counted(change)}"


def revised(one: Revision) -> str:
    notes = f" [{', '.join(NOTES[note] for note in one.notes)}]" if one.notes else ""
    return f"{_about(one.after)}: {number(one.before)} ({where(one.before)}) → {number(one.after)} ({where(one.after)}){notes}"


def fact_line(change: FactChange) -> str:
    one, other = change.before, change.after
    if one is None or other is None:
        fact = one or other
        assert fact is not None
        return f"{change.kind}: {_about(fact)}: {number(fact)} ({where(fact)})"
    place = where(other) if where(one) == where(other) else f"{where(one)} → {where(other)}"
    if {"value", "unit", "comparator"} & set(change.differs):
        said = f"{number(one)} → {number(other)}"
        rest = [name for name in change.differs if name not in ("value", "unit", "comparator")] if change.kind == "reread" else []
    else:
        said, rest = number(other), list(change.differs)
    if "fiscal_year" in rest:
        # Its days follow from it.
        rest = [name for name in rest if not name.startswith("period_")]
    otherwise = "".join(f", {name} {shown(getattr(one, name))} → {shown(getattr(other, name))}" for name in rest)
    return f"{_about(other)}: {said}{otherwise} ({place})"


def shown(value: Any) -> str:
    return "none" if value is None else f"「{value}」" if isinstance(value, str) else str(value)


def _about(fact: Fact) -> str:
    name = f"「{fact.indicator}」" + (f" {fact.component}" if fact.component else "") + (f" {fact.area}" if fact.area else "")
    role = "baseline" if fact.baseline else fact.table.removesuffix("s")
    return f"{name} {days(fact)} {role}"


def days(fact: Fact) -> str:
    """FY2024, or the days where they are not the fiscal year's."""
    start, end, year = fact.period_start, fact.period_end, fact.fiscal_year
    whole = None if year is None else (f"{year}-04-01", f"{year + 1}-03-31")
    if start is None or end is None or (start.isoformat(), end.isoformat()) == whole:
        return "without year" if year is None else f"FY{year}"
    return start.isoformat() if start == end else f"{start.isoformat()}..{end.isoformat()}"


def number(fact: Fact) -> str:
    return f"{fact.comparator or ''}{fact.value:,.15g}{fact.unit or ''}"


def where(fact: Fact) -> str:
    return f"{fact.source_path} {_spot(fact.page, fact.line)}".rstrip()


def _spot(page: int | None, line: int | None) -> str:
    return f"p. {page}" if page is not None else f"l. {line}" if line is not None else ""


def _fallen(change: CoverageChange) -> str:
    one, other = change.before, change.after
    said = {
        "facts": f"facts {_moved(one.facts, other.facts)}",
        "pages_with_facts": f"pages with facts {_moved(one.pages_with_facts, other.pages_with_facts)}",
        "share": f"{_percent(one.share)} → {_percent(other.share)} of the numerals that could be facts",
    }
    return f"{change.path or 'all documents'}: {', '.join(said[name] for name in change.falls)}"


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.0f} %"


def _finding(change: FindingChange) -> str:
    place = _spot(change.page, change.line)
    return f"{change.source_path}{' ' + place if place else ''}: {change.message} ({change.rule})"
