"""A run that is killed loses nothing; `python -m tests.pipeline.killing` does the same at many more moments."""

from __future__ import annotations

import pytest

from tests.pipeline.killing import KEEPING, PUBLISHING, Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("killed"), 10, pdfs=2)


@pytest.mark.parametrize("moment", PUBLISHING + KEEPING, ids=lambda moment: f"{moment[0]} {moment[1].strip(chr(39))}")
def test_a_run_killed_while_it_writes_leaves_one_whole_version_and_the_next_run_ends_it(bench: Bench, moment: tuple[str, str, int]) -> None:
    bench.begin()
    bench.killed_at(*moment)
    bench.check()


@pytest.mark.parametrize("documents", [0, 1, 4])
def test_a_run_killed_between_documents_leaves_the_old_tables_and_the_next_run_ends_it(bench: Bench, documents: int) -> None:
    bench.begin()
    bench.killed_after(documents)
    assert bench.check() == "old"
