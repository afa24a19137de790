"""Whether two printed numbers are the same amount: 1,234千円 and 1,234,567円 may be, in two documents that round differently."""

from __future__ import annotations

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
