"""How fast `scan` reads cells and prose, as a ratio to plain unicodedata.normalize in the same run: `python benchmarks/normalise.py`."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from extractors.normalise.scan import scan

CELLS = 500 * (
    *("令和６年度目標", "２，１６２件以上", "47.4 ％", "就職件数", "1,234千円", "2024 (R6)", "（１）参加者数"),
    *("－", "15社・50人", "R6.4.18", "延べ490人", "事業費"),
)
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
    for name, strings in (("cells", CELLS), ("sentences", PROSE)):
        ours, plain = _best(scan, strings), _best(lambda string: unicodedata.normalize("NFKC", string), strings)
        characters = sum(map(len, strings))
        speed = f"{len(strings) / ours:>10,.0f} a second  {characters / ours:>12,.0f} characters a second"
        print(f"{name:<10} {speed}  {ours / plain:.0f} times the time of unicodedata.normalize")


if __name__ == "__main__":
    main()
