"""Long PDFs in ranges of pages: several processes read one document, and one of them makes its rows of what they read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NamedTuple

from pipeline import limits
from pipeline.log import about
from pipeline.media import PDF, media_type
from pipeline.read import pages_at_most, read_pages
from pipeline.sources import Source

LOG = logging.getLogger(__name__)

# Pages: the first (0-based), and the one behind the last; None for all that come.
Range = tuple[int, int | None]

# A page takes some 0.02 s to 0.1 s to read and half of that again to understand: a document of fewer pages than this holds one process for some
# ten seconds at most, which is what a run may end later than it could.
PAGES = 200
# A PDF of so many pages in fewer bytes has next to nothing on them; shorter files need not be opened to be counted.
BYTES = 50_000
# Each range opens the file and its fonts anew: 0.1 s to 0.5 s, against two to ten seconds for so many pages.
PAGES_A_RANGE = 100


def read_range(source: Source, pages: Range) -> bytes | None:
    """A range of a document's pages, packed; None where they cannot be read: whoever reads the whole document finds out why."""
    first, last = pages
    with about(source.path):
        limits.begin((last or first + 2 * PAGES_A_RANGE) - first)
        try:
            return read_pages(source.file.read_bytes(), first, last)
        except Exception:
            # MemoryError and OSError too: what becomes of them is said once, by the one who reads the document.
            LOG.debug("pages from %d on are left to the reading of the whole", first + 1, exc_info=True)
            return None


class Long(NamedTuple):
    """Which documents are read in ranges: those of `pages` pages and `size` bytes and more, `a_range` pages at a time, each by `read`."""

    pages: int = PAGES
    size: int = BYTES
    a_range: int = PAGES_A_RANGE
    read: Callable[[Source, Range], bytes | None] = read_range

    def ranges(self, source: Source) -> tuple[Range, ...]:
        """The ranges of a document; none where it is short, no PDF, or cannot be opened."""
        try:
            data = source.file.read_bytes() if source.size() >= self.size else b""
        except OSError as error:
            LOG.debug("%s: %s", source.path, error)
            return ()
        pages = pages_at_most(data) if data and media_type(data) == PDF else 0
        if pages < self.pages:
            return ()
        # The last one takes a rest of less than half a range, and pages that the file has beyond those that it claims.
        firsts = [first for first in range(0, pages, self.a_range) if first == 0 or pages - first > self.a_range // 2]
        return tuple(zip(firsts, [*firsts[1:], None], strict=True))
