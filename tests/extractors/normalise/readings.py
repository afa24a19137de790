"""How docs/readings.md writes down what each function makes of a string: one line of text for any result."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from extractors.normalise import eras
from extractors.normalise.tokens import Calendar
from pipeline.readings import reading

DOCUMENT = Path(__file__).parents[3] / "docs" / "readings.md"
ROW = re.compile(r"^\| `(?P<printed>[^`]*)` \| `(?P<reading>[^`]*)` \|$")
HEADING = re.compile(r"^## .*`(?P<function>\w+)`(?: in a document of (?P<era>[^\d\s]+)?(?: ?(?P<year>\d{4}))?)?(?: on (?P<day>[\d-]{10}))?")


class Row(NamedTuple):
    """One row of the document: which function reads the printed string (`⏎` is a line break), in which calendar or on which day, as what."""

    line: int
    function: str
    calendar: Calendar | None
    printed: str
    reading: str
    day: date | None = None


def rows() -> list[Row]:
    """All rows of docs/readings.md, in order."""
    out: list[Row] = []
    function, calendar, day = "", None, None
    for number, line in enumerate(DOCUMENT.read_text(encoding="utf-8").splitlines(), 1):
        if heading := HEADING.match(line):
            function = heading["function"]
            year = int(heading["year"]) if heading["year"] else None
            calendar = Calendar(heading["era"], year) if heading["era"] or year else None
            day = date.fromisoformat(heading["day"]) if heading["day"] else None
        elif row := ROW.match(line):
            out.append(Row(number, function, calendar, row["printed"].replace("⏎", "\n"), row["reading"], day))
    return out


def read(function: str, printed: str, calendar: Calendar | None = None, day: date | None = None) -> str:
    """The reading of a printed string as the document writes it."""
    if function == "era_year":
        return str(eras.era_year(printed[:2], int(printed[2:])))
    return reading(function, printed, calendar, day)
