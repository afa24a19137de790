"""The shape of the house: which way imports go, and how large a file, a function and a name may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each stage may import those before it, never one after it. A new stage is put where its imports allow it.
STAGES = {
    "extractors": (
        *("native", "normalise", "glyphs", "texts", "vocabulary", "labels", "calendar", "publisher", "context", "headings", "prose", "grids", "lines", "boxes"),
        *("naming", "dating", "meaning", "ratings", "walk", "account", "extract", "__init__"),
    ),
    "pipeline": (
        *("__init__", "media", "cores", "processes", "limits", "log", "remote", "settings", "fingerprint", "form", "swap", "lock", "manifest", "sources"),
        *("known", "store", "offer"),
        *("read", "schema", "whole", "rows", "check", "corrections", "cards", "ranges", "work", "workers", "cluster", "packing", "run", "link"),
        *("supersede", "groups", "across", "preload", "parts", "publish", "mirror", "changes", "fetch", "ingest", "summary"),
        *("listing", "linkage", "explain", "look", "headers", "readings"),
        *("review", "export", "sql", "cli", "__main__"),
    ),
    "yojitsu": ("where", "filters", "form", "tables", "amounts", "statements", "panel", "direction", "compare", "cutout", "fact", "__init__"),
}
CODE = sorted(file for package in STAGES for file in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(file: Path) -> Iterator[str]:
    """Dotted names of the modules that a file imports anywhere, also inside functions."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)} has a relative import, which this test cannot follow"
            assert node.module is not None
            yield node.module
            # `from pipeline import run` names a stage too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names if (ROOT / node.module.replace(".", "/") / f"{alias.name}.py").exists())


def stage_of(module: str) -> tuple[str, str]:
    package, _, rest = module.partition(".")
    return package, rest.partition(".")[0] or "__init__"


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_no_stage_imports_a_later_one(file: Path) -> None:
    package, stage = stage_of(module_of(file))
    order = STAGES[package]
    assert stage in order, f"{stage} has no place in the order of {package}: give it one in STAGES"
    later = {other for module in imported(file) for into, other in [stage_of(module)] if into == package and order.index(other) > order.index(stage)}
    assert not later


@pytest.mark.parametrize("file", [file for file in CODE if module_of(file).startswith("extractors")], ids=name_of)
def test_extractors_know_nothing_of_files_and_tables(file: Path) -> None:
    forbidden = {"pipeline", "pyarrow", "pandas", "duckdb", "pdfplumber", "pdfminer", "typer", "rich", "os", "subprocess", "socket", "urllib", "random", "time"}
    assert not {module for module in imported(file) if module.partition(".")[0] in forbidden}


@pytest.mark.parametrize("file", [file for file in CODE if not module_of(file).startswith("yojitsu")], ids=name_of)
def test_only_analysts_import_the_loader(file: Path) -> None:
    assert not [module for module in imported(file) if stage_of(module)[0] == "yojitsu"]


def test_importing_the_loader_loads_nothing_that_reads_documents() -> None:
    program = "import sys, yojitsu; print(*sorted({name.partition('.')[0] for name in sys.modules} | {name for name in sys.modules if '.' in name}))"
    loaded = set(subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
    heavy = {"extractors", "pipeline.read", "pdfplumber", "pypdfium2", "pikepdf", "sudachipy", "typer", "pandas", "polars", "duckdb", "matplotlib"}
    assert "pipeline.schema" in loaded
    assert not heavy & loaded


@pytest.mark.parametrize("file", CODE + TESTS, ids=name_of)
def test_files_and_functions_stay_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    functions = [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_every_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(tree_of(file))


def test_no_module_is_called_utils() -> None:
    assert [name_of(file) for file in CODE + TESTS if file.stem in {"utils", "util", "helpers", "misc", "common"}] == []


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_no_error_is_swallowed_in_silence(file: Path) -> None:
    handlers = [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.ExceptHandler)]
    assert [node.lineno for node in handlers if node.type is None or all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)] == []
