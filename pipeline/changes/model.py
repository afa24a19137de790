"""What changed between two outputs, as plain data: every rendering shows this and nothing else. Lists are sorted, so that equal input gives equal bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

# What a document can be, in the order in which a person wants to hear of them. One document may be several (renamed and reread).
DOCUMENT_KINDS = ("failed", "still_failed", "recovered", "incomplete", "added", "changed", "renamed", "copied", "gone", "reread")
FACT_KINDS = ("added", "removed", "changed", "reread")
# What a fact says, besides the words that made it say so. A fact of unchanged bytes that differs in any of these was read otherwise.
SAID = (
    *("indicator", "component", "section", "area", "fiscal_year", "period_start", "period_end", "value", "unit", "comparator", "cumulative"),
    *("baseline", "achievement_rate", "rating", "basis", "corrected_from"),
)


@dataclass(frozen=True)
class Document:
    """A row of `documents` as far as a report names it. `unknown` is the number of unclaimed numerals for which no reason is known."""

    document_id: str
    source_path: str
    source_name: str
    publisher: str | None
    fiscal_year: int | None
    status: str
    reason: str | None
    facts: int
    unclaimed: int
    unknown: int
    pages_with_facts: int
    superseded_by: str | None


@dataclass(frozen=True)
class DocumentChange:
    """A document that is not as it was: `before` is None where it was not there, `after` where it is no longer.

    `kinds` are of DOCUMENT_KINDS. `edition` says that `after` supersedes `before`, which may lie beside it still. `copies` are the paths of copies
    that came. `differs` are columns of `documents`, counts aside, that the same bytes gave another value. `facts` counts its facts by FACT_KINDS.
    """

    kinds: tuple[str, ...]
    before: Document | None
    after: Document | None
    edition: bool = False
    copies: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    facts: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return (self.after or self.before or _NOBODY).source_path


_NOBODY = Document("", "", "", None, None, "", None, 0, 0, 0, 0, None)


@dataclass(frozen=True)
class Fact:
    """A row of `targets`, `actuals` or `costs` as far as a report names it. `role_from` and `year_from` are the printed words."""

    fact_id: str
    document_id: str
    source_path: str
    table: str
    page: int | None
    line: int | None
    section: str | None
    indicator: str
    component: str | None
    indicator_id: str
    area: str | None
    fiscal_year: int | None
    period_start: dt.date | None
    period_end: dt.date | None
    value: float
    unit: str | None
    comparator: str | None
    cumulative: bool
    raw: str
    role_from: str | None
    year_from: str | None
    corrected_from: str | None
    baseline: bool | None = None
    achievement_rate: float | None = None
    rating: str | None = None
    basis: str | None = None


@dataclass(frozen=True)
class FactChange:
    """A fact of a document that was replaced, or read anew. `kind` is of FACT_KINDS; `differs` are the columns of SAID that differ, `table` among them."""

    kind: str
    before: Fact | None
    after: Fact | None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revision:
    """A number that an added or replaced document states otherwise than the last document before it. `notes` say what makes it less of a surprise:
    `provisional` (the earlier one is a 見込 or 速報), `baseline` (one of them is a 現状値), `section` (they stand under other headings)."""

    before: Fact
    after: Fact
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """How much of a document became facts. `share` is facts among facts and numerals for which no reason is known; None where there are neither."""

    facts: int
    unclaimed: int
    unknown: int
    pages_with_facts: int

    @property
    def share(self) -> float | None:
        numerals = self.facts + self.unknown
        return self.facts / numerals if numerals else None


@dataclass(frozen=True)
class CoverageChange:
    """Coverage of one document, or of all (`path` None). `falls` names what fell by more than a tenth: `facts`, `pages_with_facts`, `share`."""

    path: str | None
    document_id: str | None
    before: Coverage
    after: Coverage
    falls: tuple[str, ...] = ()


@dataclass(frozen=True)
class FindingChange:
    """A finding that came (`new`) or went (`gone`)."""

    kind: str
    finding_id: str
    document_id: str
    source_path: str
    page: int | None
    line: int | None
    rule: str
    severity: str
    message: str
    stated: str | None
    expected: str | None


@dataclass(frozen=True)
class Totals:
    """What one output holds: documents, those of them that failed, and their coverage."""

    documents: int
    failed: int
    coverage: Coverage


@dataclass(frozen=True)
class Changes:
    """Everything that changed. Facts of documents that came or went as a whole are counted (`DocumentChange.facts`), not listed: they are the rows of
    their document in the tables."""

    before: Totals
    after: Totals
    documents: tuple[DocumentChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    revisions: tuple[Revision, ...] = ()
    coverage: tuple[CoverageChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed; a document that fails as it did before is no change."""
        return any((self.facts, self.revisions, self.coverage, self.findings)) or any(one.kinds != ("still_failed",) for one in self.documents)

    def of(self, kind: str) -> tuple[DocumentChange, ...]:
        """The documents of a kind."""
        return tuple(one for one in self.documents if kind in one.kinds)

    def counted(self) -> dict[str, int]:
        """Facts by FACT_KINDS over all documents."""
        return {kind: sum(one.facts.get(kind, 0) for one in self.documents) for kind in FACT_KINDS}
