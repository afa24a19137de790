"""What a person decided of two names: `data/aliases.toml`, both ways, each line with its reason.

A line names its publisher and the names as printed; where one name stands for several indicators, their component, unit or section. A line whose
publisher is there and that fits no name of its documents is reported: a decision that nothing follows is one that everybody believes in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.check.rule import describe
from pipeline.link.forms import Form, plain, unit_kind
from pipeline.rows import Rows, stable_id

UNMATCHED = "alias_unmatched"
REQUIRED = ("publisher", "names", "why", "who")
PARTS = ("name", "component", "unit", "section")

describe(
    UNMATCHED,
    "error",
    "a line of data/aliases.toml with the names in the documents of its publisher",
    "A person decided that two names are one indicator, or two; where a name is no longer there the decision does nothing. The command ends with "
    "an exit code of its own.",
    "別名の指定「相談件数」は、どの文書にもありません",
)


class BadAlias(ValueError):
    """A file of aliases that cannot be used; the text is a sentence that names the file."""


@dataclass(frozen=True)
class Named:
    """One name of a line. What is None is not asked for; an empty component or unit means that there is none."""

    name: str
    component: str | None = None
    unit: str | None = None
    section: str | None = None

    def fits(self, form: Form) -> bool:
        return (
            plain(self.name) in (form.identity[1], plain(form.name))
            and (self.component is None or plain(self.component) == form.identity[2])
            and (self.unit is None or (unit_kind(self.unit) or None) == form.kind)
            and (self.section is None or plain(self.section) in form.sections)
        )


@dataclass(frozen=True)
class Alias:
    """One line: the names are the `same` indicator, or no two of them are."""

    same: bool
    publisher: str
    names: tuple[Named, ...]
    why: str
    who: str


def load_aliases(file: Path | None) -> tuple[Alias, ...]:
    """The lines of a file, `[[same]]` before `[[not_same]]`; none where there is no such file.

    Raises BadAlias where it is no TOML, a line lacks a key or has an unknown one, names fewer than two, or two lines decide both ways.
    """
    if file is None or not file.exists():
        return ()
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadAlias(f"{file}: {error}") from error
    if strange := set(entries) - {"same", "not_same"}:
        raise BadAlias(f"{file}: unknown {sorted(strange)}; there are [[same]] and [[not_same]]")
    out = tuple(_alias(kind == "same", entry, f"{file}, {kind} {at}") for kind in ("same", "not_same") for at, entry in enumerate(entries.get(kind, ()), 1))
    decided: dict[tuple[str, frozenset[Named]], bool] = {}
    for alias in out:
        for one in alias.names:
            for other in alias.names:
                if one != other and decided.setdefault((alias.publisher, frozenset((one, other))), alias.same) != alias.same:
                    raise BadAlias(f"{file}: {one.name} and {other.name} are the same in one line and not in another")
    return out


def _alias(same: bool, entry: dict[str, Any], where: str) -> Alias:
    if strange := set(entry) - set(REQUIRED):
        raise BadAlias(f"{where}: unknown {sorted(strange)}; there are {', '.join(REQUIRED)}")
    if lacking := [name for name in REQUIRED if not entry.get(name)]:
        raise BadAlias(f"{where}: {', '.join(lacking)} missing")
    if not isinstance(entry["names"], list) or any(not isinstance(entry[name], str) for name in ("publisher", "why", "who")):
        raise BadAlias(f"{where}: `names` is a list, the rest are strings")
    names = tuple(_named(name, where) for name in entry["names"])
    if len(set(names)) < 2:
        raise BadAlias(f"{where}: a decision is about two names or more")
    return Alias(same, entry["publisher"], names, entry["why"], entry["who"])


def _named(entry: object, where: str) -> Named:
    if isinstance(entry, str) and plain(entry):
        return Named(entry)
    if isinstance(entry, dict) and set(entry) <= set(PARTS) and plain(str(entry.get("name", ""))) and all(isinstance(part, str) for part in entry.values()):
        return Named(**entry)
    raise BadAlias(f"{where}: {entry!r} is no name; a string, or a table of {', '.join(PARTS)}")


@dataclass
class Aliases:
    """The lines of one publisher, and which of their names were met."""

    lines: Sequence[Alias] = ()
    met: set[tuple[int, int]] = field(default_factory=set)

    def meet(self, forms: Iterable[Form]) -> None:
        """Notes which names stand in a document."""
        if self.lines:
            for form in forms:
                self.met |= {(at, which) for at, line in enumerate(self.lines) for which, named in enumerate(line.names) if named.fits(form)}

    def entries_of(self, form: Form) -> list[int]:
        """The lines that name a form."""
        return [at for at, line in enumerate(self.lines) if any(named.fits(form) for named in line.names)]

    def says(self, one: Form, other: Form) -> bool | None:
        """True where a line says that two forms are the same, False where one says that they are not; null where none does."""
        for line in self.lines:
            fit = [(first, second) for first in line.names for second in line.names if first != second and first.fits(one) and second.fits(other)]
            if any(_told(first, second, one, other) for first, second in fit):
                return line.same
        return None

    def join(self, one: Form, other: Form) -> bool:
        return self.says(one, other) is True

    def forbid(self, some: Iterable[Form], others: Iterable[Form]) -> bool:
        """Whether any of some forms is said not to be any of the others."""
        others = list(others)
        return bool(self.lines) and any(self.says(one, other) is False for one in some for other in others)

    def unmatched(self) -> list[tuple[Alias, list[Named]]]:
        """The lines with names that no document has."""
        lacking = [(line, [n for which, n in enumerate(line.names) if (at, which) not in self.met]) for at, line in enumerate(self.lines)]
        return [(line, names) for line, names in lacking if names]


def _told(first: Named, second: Named, one: Form, other: Form) -> bool:
    """Names alone speak of forms with one component and unit; who means others says so."""
    free_component = first.component is not None or second.component is not None or one.identity[2] == other.identity[2]
    free_unit = first.unit is not None or second.unit is not None or one.kind == other.kind or None in (one.kind, other.kind)
    return free_component and free_unit


def finding(document_id: str, line: Alias, names: Sequence[Named]) -> Rows:
    """The finding of a line that fits nothing, at a document of its publisher."""
    lacking, every = "」「".join(named.name for named in names), "」「".join(named.name for named in line.names)
    said = f"data/aliases.toml の「{every}」({line.publisher}) は当てはめられません: 「{lacking}」がどの文書にもありません。"
    row = {"document_id": document_id, "page": None, "line": None, "rule": UNMATCHED, "severity": "error", "message": said}
    return [{"finding_id": stable_id("n_", document_id, UNMATCHED, said), **row, "stated": lacking, "expected": None, "fact_ids": []}]
