"""How fast `scan` reads cells and prose, as a ratio to plain unicodedata.normalize in the same run: `python benchmarks/normalise.py`."""

from __future__ import annotations

import random
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from extractors.normalise.scan import scan

# What the cells of a table hold, in about the shares of the samples' own: names, keys and dashes, plain numbers, numbers with units, years and pairs.
FORMS = (
    *("就職件数", "事業費", "－", "（{a}）参加者数", "{b:,}", "{b}", "{c}％", "{a}.{c} ％"),
    *("令和{a}年度目標", "{b:,}件以上", "{b:,}千円", "20{a:02} (R{a})", "{a}社・{c}人", "R{a}.4.18", "延べ{b}人"),
)
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def cells(count: int = 6000) -> tuple[str, ...]:
    """Cells that differ from each other, a third of them in full-width digits; the same at every run."""
    source, out = random.Random(7), []
    for at in range(count):
        cell = FORMS[at % len(FORMS)].format(a=source.randrange(1, 40), b=source.randrange(1, 99_999), c=source.randrange(10, 99))
        out.append(cell.translate(WIDE) if at % 3 == 0 else cell)
    return tuple(out)


PROSE = 500 * (
    "令和７年３月における有効求人倍率は１．２０倍となり、前年同月の１．０９倍から０．１１ポイント上昇した。",
    "人材不足により求人を公開しているが、応募者が少ないため充足に至らない事業所も多く見られる。",
)


def _best(read: Callable[[str], object], strings: tuple[str, ...]) -> float:
    """Seconds of the fastest of five runs over the strings."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        for string in strings:
            read(string)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    for name, strings in (("cells", cells()), ("sentences", PROSE)):
        ours, plain = _best(scan, strings), _best(lambda string: unicodedata.normalize("NFKC", string), strings)
        characters = sum(map(len, strings))
        speed = f"{len(strings) / ours:>10,.0f} a second  {characters / ours:>12,.0f} characters a second"
        print(f"{name:<10} {speed}  {ours / plain:.0f} times the time of unicodedata.normalize")


if __name__ == "__main__":
    main()
