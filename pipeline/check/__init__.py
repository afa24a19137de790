"""What does not add up in a document: its own arithmetic, its lists against its tables, its text against its numbers.

`check` runs every rule of the registry over one document, in the worker and on what is printed: a correction mends a number, never what is
said of the document. `pipeline.check.editions` compares documents with each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.vocabulary import Document, Extraction, Finding
from pipeline.check import editions, grades, lists, names, parts, population, prints, rates, ratios, relations, series, shares, twice
from pipeline.check.matter import Matter
from pipeline.check.rule import RULES, Rule, describe, run_rules

# The modules are imported for their rules.
MODULES = (editions, grades, lists, names, parts, population, prints, rates, ratios, relations, series, shares, twice)

describe(
    "same_bytes",
    "info",
    "the bytes of all files of a run",
    "Two files with the same bytes are one document: its numbers would count twice.",
    "report.pdf / report (1).pdf",
)

describe(
    "rule_failed",
    "error",
    "a rule with a document that it was not made for",
    "A rule that breaks is a fault of the program. The document's numbers are there all the same, but nothing was checked by this rule.",
    "規則 table_total がこの文書で止まりました",
)


def check(document: Document, extraction: Extraction) -> Extraction:
    """The extraction with the findings of every rule, those about one place in a fixed order. A rule changes no fact."""
    return replace(extraction, findings=(*extraction.findings, *_once(run_rules(Matter(document, extraction)))))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that say the same of the same figure: two ways to the same contradiction are one thing to look at."""
    seen: dict[object, Finding] = {}
    for one in findings:
        glyph = next((glyph for glyph in one.place if glyph.printed), None) if one.place else None
        seen.setdefault((one.rule, glyph or one.message, one.expected), one)
    return list(seen.values())


__all__ = ["MODULES", "RULES", "Rule", "check"]
