"""How many names that are one indicator linking finds, over generated three-year editions of plans: `python -m benchmarks.linking --plans 30 --seed 7001`.

Pairs of forms (what one document prints under one name and heading). Plans of seeds and words that were not looked at while the weights were set; as rows,
and, for the first ten, read from text and from pages as any document is.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.generated.draw import draw
from tests.generated.drift import HELD_OUT
from tests.generated.editions import make
from tests.generated.editions_printed import Found, as_book, as_markdown, total
from tests.generated.manner import Manner
from tests.generated.test_editions import of_files, of_rows

# Reading pages takes a minute a dozen plans.
PRINTED = 10


def of_text(seed: int, place: Path) -> dict[str, Found]:
    editions = make(seed, HELD_OUT)
    files = [place / f"{seed}_{edition.year}.md" for edition in editions]
    for edition, file in zip(editions, files, strict=True):
        file.write_text(as_markdown(edition), encoding="utf-8")
    return of_files(editions, files)


def of_pages(seed: int, place: Path) -> dict[str, Found]:
    editions = make(seed, HELD_OUT)
    files = [place / f"{seed}_{edition.year}.pdf" for edition in editions]
    for edition, file in zip(editions, files, strict=True):
        draw(as_book(edition, Manner(Random(f"{seed}"))), file)
    return of_files(editions, files)


def measured(seeds: range) -> Iterator[tuple[str, dict[str, Found]]]:
    """(what was measured, pairs found) for each way in which the plans are given."""
    yield f"{len(seeds)} plans, as rows", total(of_rows(seed) for seed in seeds)
    with tempfile.TemporaryDirectory() as folder:
        few = seeds[:PRINTED]
        yield f"{len(few)} plans, read from text", total(of_text(seed, Path(folder)) for seed in few)
        yield f"{len(few)} plans, read from pages", total(of_pages(seed, Path(folder)) for seed in few)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7001, help="the first plan's; the others follow")
    asked = parser.parse_args()
    print("| measured on | pairs | precision | recall | F1 |\n| --- | --- | --- | --- | --- |")
    for what, found in measured(range(asked.seed, asked.seed + asked.plans)):
        for kind, said in (("all", "all pairs"), ("renamed", "names that differ")):
            one = found[kind]
            print(f"| {what}: {said} | {one.right + one.missed:,} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |")


if __name__ == "__main__":
    main()
