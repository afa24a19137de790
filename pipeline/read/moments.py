"""When a file says that it was written."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping

import regex

LOG = logging.getLogger(__name__)

# ISO 32000-1 section 7.9.4: everything behind the year may be missing, and Z stands for no offset.
MOMENT = regex.compile(
    r"D?:?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"(?:(?P<sign>[-+])(?P<hours>\d\d)'?(?P<minutes>\d\d)?|(?P<zulu>Z))?"
)
# A file that names no offset was written where these documents are.
JAPAN = dt.timezone(dt.timedelta(hours=9))
# Producers that set no date write the first day of 1970, 1980 or 2000.
UNSET = 2000


def written_at(metadata: Mapping[str, str]) -> dt.datetime | None:
    """The `moddate` of a document's metadata in UTC, else its `creationdate`; None where neither is a date, or one that no clock gave."""
    found = (moment(metadata[key]) for key in ("moddate", "creationdate") if key in metadata)
    return next((at for at in found if at is not None and at.year > UNSET), None)


def moment(string: str) -> dt.datetime | None:
    """The moment that a PDF date (`D:20240801093000+09'00'`) names, in UTC; None where it names none (a 13th month, words)."""
    match = MOMENT.match(string.strip())
    if match is None:
        return None
    parts = {name: int(match[name] or least) for name, least in (("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0))}
    try:
        return dt.datetime(int(match["year"]), **parts, tzinfo=_zone(match)).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        LOG.debug("%r is no date: %s", string, error)
        return None


def _zone(match: regex.Match[str]) -> dt.timezone:
    if match["zulu"]:
        return dt.UTC
    if not match["sign"]:
        return JAPAN
    away = dt.timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return dt.timezone(away if match["sign"] == "+" else -away)
