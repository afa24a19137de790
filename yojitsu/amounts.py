"""Whether two printed numbers are the same amount: 1,234千円 and 1,234,567円 may be, in two documents that round differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

# Each in the unit that it is a multiple of. Only money is printed in several scales of one unit in the tables; 件 and 人 are counted one by one.
SCALES = {scale + "円": 10.0**power for power, scale in ((0, ""), (3, "千"), (4, "万"), (6, "百万"), (7, "千万"), (8, "億"), (12, "兆"))}
# Of a value: below what a float of a printed decimal may be off.
CLOSE = 1e-9


def comparable(unit: str | None, other: str | None) -> bool:
    """Whether numbers in these units can be set against each other: the same unit, both of money, or one that is printed without a unit."""
    return unit == other or unit is None or other is None or (unit in SCALES and other in SCALES)


def converted(value: float, unit: str | None, into: str | None) -> float:
    """The value in the unit `into`, which must be comparable."""
    if unit == into or unit not in SCALES or into not in SCALES:
        return value
    # Divided where the result is smaller, so that 10,000円 are 10千円 and not 10.000000000000002.
    ratio = SCALES[unit] / SCALES[into]
    return value * ratio if ratio >= 1 else value / (SCALES[into] / SCALES[unit])


def same_amount(value: float, unit: str | None, other: float, other_unit: str | None) -> bool:
    """Whether two values agree: equal, or, in two scales of money, equal when the finer one is rounded (or cut) to the coarser one's scale."""
    if not comparable(unit, other_unit):
        return False
    if unit == other_unit or unit not in SCALES or other_unit not in SCALES:
        return abs(value - other) <= CLOSE * max(abs(value), abs(other))
    coarse = unit if SCALES[unit] > SCALES[other_unit] else other_unit
    return abs(converted(value, unit, coarse) - converted(other, other_unit, coarse)) < 1


@dataclass(frozen=True)
class Amounts:
    """Many printed numbers: `values`, a number for each unit (0 where none is printed) and the `scale` of a unit of money (0 for any other unit)."""

    values: npt.NDArray[np.float64]
    units: npt.NDArray[np.int64]
    scales: npt.NDArray[np.float64]

    @classmethod
    def of(cls, values: Any, units: Any) -> Amounts:
        """From columns of Arrow."""
        encoded = units.combine_chunks().dictionary_encode()
        scales = np.array([0.0, *(SCALES.get(unit, 0.0) for unit in encoded.dictionary.to_pylist())])
        codes = encoded.indices.cast("int64").fill_null(-1).to_numpy(zero_copy_only=False) + 1
        return cls(values.to_numpy(), codes, scales[codes])

    def agree(self, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """`same_amount` of the numbers at the places `one` with those at `other`."""
        a, b, units, others, scale, scales = (each[at] for each in (self.values, self.units, self.scales) for at in (one, other))
        equal = np.abs(a - b) <= CLOSE * np.maximum(np.abs(a), np.abs(b))
        money = (scale > 0) & (scales > 0) & (units != others)
        coarse = np.maximum(np.maximum(scale, scales), 1.0)
        # Divided, as `converted` does, so that both say the same to the last bit.
        rounded = np.abs(a / (coarse / np.where(money, scale, coarse)) - b / (coarse / np.where(money, scales, coarse))) < 1
        comparable = (units == others) | (units == 0) | (others == 0)
        agree: npt.NDArray[np.bool_] = np.where(money, rounded, comparable & equal)
        return agree
