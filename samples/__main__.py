"""`python -m samples [NAME ...]` makes the sample PDFs (all, or those named), their truth CSVs and their cards."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from samples import deck, kpi_workbook, plan_web, plan_word, slide_library
from samples.cards import write_card
from samples.ledger import Ledger, load, write_truth
from samples.pages import locate

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"


class Sample(NamedTuple):
    """One sample: the stem of its PDF, and what builds it from its ledger."""

    stem: str
    build: Callable[[Ledger, Path], None]


SAMPLES = {
    "kpi_workbook": Sample("定住自立圏共生ビジョン_KPI実績_R6", kpi_workbook.build),
    "plan_web": Sample("令和6年度 雇用対策協定 事業計画", plan_web.build),
    "plan_word": Sample("雇用対策協定_令和7年度事業計画", plan_word.build),
    "slide_library": Sample("ittaiteki_jisshi_h25", slide_library.build),
    "deck": Sample("国と地方の雇用対策の連携_R6年9月", deck.build),
}


def make(name: str) -> None:
    """Builds one sample and writes what belongs to it. Raises LedgerError, ProducerError."""
    sample = SAMPLES[name]
    ledger = load(HERE / "facts" / f"{name}.csv")
    target = RAW / f"{sample.stem}.pdf"
    sample.build(ledger, target)
    ledger.close()
    write_truth(HERE / "truth" / f"{sample.stem}.csv", ledger.facts, locate(target, ledger.pieces))
    write_card(target, name)
    print(f"{target.name}: {len(ledger.facts)} facts, {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SAMPLES:
        make(chosen)
