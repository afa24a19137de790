"""Makes the files: `python -m tests.generated OUTDIR [--seed N] [--per-family K] [--only FAMILY ...]`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.generated.browser import chromium, print_book
from tests.generated.draw import draw
from tests.generated.families import FAMILIES
from tests.generated.manner import Manner
from tests.generated.model import Book
from tests.generated.score import Score, listed, score
from tests.generated.truth import write_manifest, write_truth


def make(family: str, seed: int, number: int) -> Book:
    """The book of a family, seed and number: always the same."""
    book = FAMILIES[family](Manner(Random(f"{seed}/{family}/{number}")))
    turned = any(page.rotate for page in book.pages)
    return replace(book, producer="canvas") if turned or chromium() is None else book


def produce(book: Book, file: Path) -> None:
    if book.producer == "browser":
        print_book(book, file)
    else:
        draw(book, file)


def main() -> None:
    """Writes pdf/*.pdf, truth/*.csv and truth/manifest.csv."""
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-family", type=int, default=4, help="files of each family")
    parser.add_argument("--score", action="store_true", help="read the files and print how much of the truth is found in each family")
    parser.add_argument("--only", nargs="*", choices=sorted(FAMILIES), help="these families only")
    given = parser.parse_args()
    for part in ("pdf", "truth"):
        (given.outdir / part).mkdir(parents=True, exist_ok=True)
    entries = []
    scores: dict[str, Score] = {}
    for family in given.only or FAMILIES:
        for number in range(1, given.per_family + 1):
            stem, book = f"{family}_{given.seed}_{number}", make(family, given.seed, number)
            produce(book, given.outdir / "pdf" / f"{stem}.pdf")
            entries.append((stem, book, write_truth(book, given.outdir / "truth" / f"{stem}.csv")))
            if given.score:
                found = score(book, (given.outdir / "pdf" / f"{stem}.pdf").read_bytes())
                scores[family] = scores.get(family, Score()) + found
                print(*(f"    {line}" for line in found.wrong), sep="\n", end="\n" if found.wrong else "")
            print(f"{stem}: {len(book.pages)} pages, {entries[-1][2]} facts, {book.producer}")
    write_manifest(entries, given.outdir / "truth" / "manifest.csv")
    if scores:
        print(listed(scores.items()))


if __name__ == "__main__":
    main()
