"""Does a row of docs/readings.md speak of every rule? mutmut changes the code of functions; here the rules that are patterns and words are changed.

`python benchmarks/mutants.py` drops one alternative, lookaround, character or word at a time from the module constants of the readers of numbers and
years, reads all rows again and prints what no row notices; `--mutmut FOLDER` prints what mutmut found, module by module. `make mutants` runs both.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import itertools
import json
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import regex

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.extractors.normalise.readings import Row, read, rows  # noqa: E402

MODULES = ("numbers", "kanji", "fractions", "quantities", "points", "years", "dates", "eras")
# Reading all rows takes a fraction of a second; a mutant that takes this many hangs.
PATIENCE = 10
_ATOM = regex.compile(r"\\p\{\w+\}|\\.|.", flags=regex.DOTALL)
_RANGE = regex.compile(r"(?:\\p\{\w+\}|\\.|[^\]\\])(?:-(?:\\.|[^\]\\]))?", flags=regex.DOTALL)
_LOOK = ("(?=", "(?!", "(?<=", "(?<!")


def mutants_of(pattern: str) -> Iterator[tuple[str, str]]:
    """(what was dropped, the pattern without it): each alternative, lookaround, optional group and character of a class."""
    for start, end in _dropped(pattern):
        yield pattern[start:end], pattern[:start] + pattern[end:]


def _dropped(pattern: str) -> Iterator[tuple[int, int]]:
    opened: list[list[int]] = [[0]]
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            at, spans = _class(pattern, at)
            yield from spans
            continue
        if pattern[at] == "(":
            head = regex.compile(r"\((?:\?(?:P<\w+>|<?[=!]|[:>])|\?P=\w+)?").match(pattern, at)
            assert head is not None
            opened.append([at, head.end()])
            at = head.end()
            continue
        if pattern[at] == ")":
            yield from _group(pattern, opened.pop(), at)
        elif pattern[at] == "|":
            opened[-1].append(at + 1)
        at = _ATOM.match(pattern, at).end()  # type: ignore[union-attr]
    yield from _alternatives([*opened[0], len(pattern) + 1])


def _group(pattern: str, marks: list[int], end: int) -> Iterator[tuple[int, int]]:
    """A group from its bracket marks[0] to `end`: whole if it is a lookaround or optional, and each of its alternatives."""
    yield from _alternatives([*marks[1:], end + 1])
    if pattern.startswith(_LOOK, marks[0]):
        yield marks[0], end + 1
    elif pattern[end + 1 : end + 2] in ("?", "*"):
        yield marks[0], end + 2


def _alternatives(starts: list[int]) -> Iterator[tuple[int, int]]:
    """Each alternative with one of the strokes beside it; `starts` ends one behind the last alternative's end."""
    if len(starts) > 2:
        for number, (start, after) in enumerate(itertools.pairwise(starts)):
            last = number == len(starts) - 2
            yield (start - 1, after - 1) if last else (start, after)


def _class(pattern: str, at: int) -> tuple[int, list[tuple[int, int]]]:
    """(behind the class that begins at `at`, its members)."""
    inner = at + 1 + (pattern[at + 1] == "^")
    spans = []
    while pattern[inner] != "]":
        match = _RANGE.match(pattern, inner)
        assert match is not None
        spans.append(match.span())
        inner = match.end()
    # A class with all kanji numerals is one rule, not a dozen.
    return inner + 1, spans if len(spans) > 1 and "三四五六" not in pattern[at:inner] else []


def rules_of(module: ModuleType) -> Iterator[tuple[str, str, Callable[[], None], Callable[[], None]]]:
    """(constant, what is dropped, how to drop it, how to put it back) for the patterns and words that a module's functions use."""
    own = [held for held in vars(module).values() if (inspect.isroutine(held) or inspect.isclass(held)) and held.__module__ == module.__name__]
    used = set(regex.findall(r"\w+", "".join(inspect.getsource(held) for held in own)))
    for name, value in [(name, value) for name, value in vars(module).items() if name.isupper()]:
        if isinstance(value, (re.Pattern, regex.Pattern)):
            for what, less in mutants_of(value.pattern):
                yield from _changed(module, name, value, what, less)
        elif isinstance(value, dict) and not any(isinstance(held, (re.Pattern, regex.Pattern)) for held in value.values()):
            for key, held in list(value.items()):
                yield name, repr(key), lambda k=key, d=value: d.pop(k), lambda k=key, h=held, d=value: d.update({k: h})
        elif isinstance(value, frozenset | str) and name in used:
            for member in sorted(value):
                less_words = value - {member} if isinstance(value, frozenset) else value.replace(member, "")
                yield name, repr(member), lambda n=name, w=less_words: setattr(module, n, w), lambda n=name, w=value: setattr(module, n, w)


def _changed(module: ModuleType, name: str, value: object, what: str, less: str) -> Iterator[tuple[str, str, Callable[[], None], Callable[[], None]]]:
    try:
        pattern = regex.compile(less)
    except regex.error:
        return
    # _LOOSE holds two patterns a second time.
    holders = [vars(module), *(held for held in vars(module).values() if isinstance(held, dict) and value in held.values())]
    places = [(holder, key) for holder in holders for key, held in holder.items() if held is value]

    def put(pattern: object) -> None:
        for holder, key in places:
            holder[key] = pattern

    yield name, what, lambda: put(pattern), lambda: put(value)


def noticed(examples: list[Row]) -> bool:
    """Whether some row reads otherwise than it says, or reading raises or hangs."""
    signal.alarm(PATIENCE)
    try:
        return any(read(row.function, row.printed, row.calendar, row.day) != row.reading for row in examples)
    except Exception:  # noqa: BLE001 - whatever a mutant raises, it was noticed
        return True
    finally:
        signal.alarm(0)


def _hangs(*_: object) -> None:
    raise TimeoutError


def patterns(names: list[str]) -> None:
    signal.signal(signal.SIGALRM, _hangs)
    examples = [row for row in rows() if row.function in ("scan", "direction", "unit_note", "era_year")]
    assert not noticed(examples), "the rows do not even hold for the code as it is"
    for name in names:
        count, missed = 0, []
        for constant, what, drop, restore in rules_of(importlib.import_module(f"extractors.normalise.{name}")):
            drop()
            count += 1
            if not noticed(examples):
                missed.append(f"    {constant}: {what}")
            restore()
        print(f"{name:<12}{count:>6} rules dropped {count - len(missed):>6} noticed", *missed, sep="\n", flush=True)


def mutmut(folder: Path) -> None:
    """What mutmut left in its folder: per module how many mutants, killed, survived, without a test, timed out."""
    for name in MODULES:
        codes = list(json.loads((folder / "extractors" / "normalise" / f"{name}.py.meta").read_text(encoding="utf-8"))["exit_code_by_key"].values())
        survived, untested = codes.count(0), codes.count(33)
        killed = len(codes) - survived - untested - codes.count(None)
        print(f"{name:<12}{len(codes):>6} mutants {killed:>6} killed {survived:>6} survived {untested:>6} without a test  {killed / len(codes):.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutmut", type=Path)
    parser.add_argument("modules", nargs="*", default=list(MODULES))
    arguments = parser.parse_args()
    if arguments.mutmut:
        mutmut(arguments.mutmut)
    else:
        patterns(arguments.modules)


if __name__ == "__main__":
    main()
