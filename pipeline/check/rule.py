"""What a rule is, and the registry of all of them: each says what it compares, why, and shows a line that it was made for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from extractors.vocabulary import Fact, Finding, Text
from pipeline.check.matter import Matter

LOG: Final = logging.getLogger(__name__)

Check = Callable[[Matter], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule over one document. `severity` is the heaviest that it gives, `compares` what it holds against what, `reason` why that is
    worth a person's time, `example` a printed line (or two, parted by ` / `) that it finds fault with."""

    name: str
    severity: str
    compares: str
    reason: str
    example: str
    check: Check | None = None


RULES: dict[str, Rule] = {}


def rule(severity: str, compares: str, reason: str, example: str) -> Callable[[Check], Check]:
    """Registers a function under its own name. Raises ValueError where two rules have one name."""

    def register(check: Check) -> Check:
        if check.__name__ in RULES:
            raise ValueError(f"the rule {check.__name__} is there already")
        RULES[check.__name__] = Rule(check.__name__, severity, compares, reason, example, check)
        return check

    return register


def describe(name: str, severity: str, compares: str, reason: str, example: str) -> None:
    """Registers a rule that runs elsewhere (over all documents, over all files): findings name it, so the list of rules must too."""
    RULES[name] = Rule(name, severity, compares, reason, example)


def found(severity: str, message: str, place: Text | None, stated: str | None = None, expected: str | None = None, facts: Iterable[Fact] = ()) -> Finding:
    """A finding whose rule is named by the registry when it runs. `message` is a Japanese sentence."""
    return Finding("", severity, message, place, stated, expected, tuple(facts))


def run_rules(matter: Matter) -> Iterator[Finding]:
    """The findings of every rule over one document, in the order of their names. A rule that breaks is a finding itself: the facts are not lost with it."""
    for name, one in sorted(RULES.items()):
        if one.check is None:
            continue
        try:
            yield from (replace(finding, rule=name) for finding in list(one.check(matter)))
        except Exception as error:
            LOG.debug("%s", name, exc_info=True)
            yield Finding("rule_failed", "error", f"規則 {name} がこの文書で止まりました ({type(error).__name__})。この規則の指摘はありません。")
