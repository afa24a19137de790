"""Numbers, units, years, names and places of Japanese official figures, read from any string.

The ground floor of the project: pure functions, no I/O beyond the data files of this package, nothing imported from the rest.
Every reader takes the string as it was printed and keeps offsets into it, so that a caller can always show the printed characters; none raises
on any string.

`scan` finds every numeral of a string: each is a `Quantity` (number, unit, bound), a `When` (year, days, fiscal year) or an `Aside` (an article, a
telephone number, a list number …). `resolve` dates a When anew with a `Calendar`, for bare years (25年度) and relative ones (前年度).
`canonical`, `kind_of`, `scale_of`, `unit_note` and `bracket_unit` read units; `nothing` and `direction` cells without a number; `clean_name` and
`split_compound` names; `fold` and `plain` give the one way of writing that all of them read.
Two modules load data of their own and are therefore imported by name: `keys.match_key` (the dictionary) and `places` with `history`.

>>> from extractors.normalise import scan
>>> (quantity,) = scan("３億５,０００万円以上")
>>> quantity.value, quantity.unit, quantity.comparator
(350000000.0, '円', '>=')

docs/readings.md shows what each makes of more than a thousand printed forms, and is their test.
"""

from extractors.normalise.characters import Folded, fold, plain
from extractors.normalise.marks import direction, means_minus, nothing
from extractors.normalise.names import clean_name, split_compound
from extractors.normalise.scan import scan
from extractors.normalise.tokens import Aside, Calendar, Quantity, When
from extractors.normalise.units import bracket_unit, canonical, kind_of, scale_of, unit_note
from extractors.normalise.years import resolve

__all__ = [
    "Aside",
    "Calendar",
    "Folded",
    "Quantity",
    "When",
    "bracket_unit",
    "canonical",
    "clean_name",
    "direction",
    "fold",
    "kind_of",
    "means_minus",
    "nothing",
    "plain",
    "resolve",
    "scale_of",
    "scan",
    "split_compound",
    "unit_note",
]
