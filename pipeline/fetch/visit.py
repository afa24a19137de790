"""All sources, one after the other: what is new or changed is fetched, checked, and only then put among the documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import filelock

from pipeline.fetch.cards import BadCard, Card, Entry, sha256_of
from pipeline.fetch.check import suffix_for
from pipeline.fetch.folders import stored
from pipeline.fetch.keep import Body, Wanted, keep
from pipeline.fetch.links import links, matching
from pipeline.fetch.names import given_name, safe, safe_folder
from pipeline.fetch.origins import Kind, Origin
from pipeline.fetch.outcome import Fetched, NotFetched, Status, Vanished
from pipeline.fetch.settings import Settings
from pipeline.fetch.shelf import Shelf
from pipeline.fetch.web import Answer, Web

LOCK = ".refresh.yojitsu-lock"
# The server says that there is no such thing (any more).
GONE = frozenset({404, 410})


class Busy(Exception):
    """Another process is refreshing the same folder."""


def refresh(
    origins: Sequence[Origin], raw: Path, settings: Settings | None = None, *, dry_run: bool = False, seen: Callable[[Fetched], None] = lambda one: None
) -> list[Fetched]:
    """Fetches into `raw` what is new or changed at the sources; what became of each address, in the order of sources, links and paths.

    Nothing that lies in `raw` is replaced or removed. A dry run asks for pages and lists folders alone. `seen` is called after each address.
    Raises Busy where another process is at it, OSError where `raw` cannot be made.
    """
    settings = settings or Settings()
    raw.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(raw / LOCK, timeout=0), Web(settings) as web:
            shelf = Shelf(raw)
            shelf.sweep()
            work = _Round(shelf, web, settings, dry_run)
            out = []
            for origin in origins:
                for one in work.source(origin):
                    seen(one)
                    out.append(one)
            return out
    except filelock.Timeout as error:
        raise Busy(f"another process is refreshing {raw}") from error


class _Round:
    def __init__(self, shelf: Shelf, web: Web, settings: Settings, dry_run: bool) -> None:
        self._shelf, self._web, self._settings, self._dry_run = shelf, web, settings, dry_run
        self._asked: dict[str, Fetched] = {}

    def source(self, origin: Origin) -> Iterator[Fetched]:
        """Each document of one source, then those that we have from it and that it no longer offers."""
        try:
            wanted = self._wanted(origin)
        except (NotFetched, OSError) as error:
            status = error.status if isinstance(error, NotFetched) else Status.FAILED
            yield Fetched(origin.id, origin.address, None, status, _sentence(error))
            return
        for one in wanted:
            if one.address not in self._asked:
                self._asked[one.address] = self._one(origin, one)
            # Two pages may link to the same document: it is asked for once.
            yield replace(self._asked[one.address], source=origin.id)
        yield from self._no_longer_offered(origin, {one.address for one in wanted})

    def _wanted(self, origin: Origin) -> list[Wanted]:
        folder = self._shelf.raw / origin.into
        if origin.kind is Kind.FILE:
            return [Wanted(origin.address, folder)]
        if origin.kind is Kind.FOLDER:
            files = stored(origin, self._shelf.raw)
            return [Wanted(one.address, folder.joinpath(*map(safe_folder, one.path.split("/")[:-1])), stored=one) for one in files]
        page, answer = self._web.page(origin.address)
        found = matching(links(page, answer.address, answer.header("content-type") or ""), origin.link, origin.text)
        if not found:
            raise NotFetched("no link of the page matches")
        return [Wanted(link.address, folder, origin.address, link.text) for link in found]

    def _one(self, origin: Origin, wanted: Wanted) -> Fetched:
        held = self._shelf.newest(wanted.address)
        if self._dry_run:
            return self._done(origin, wanted, held, Status.WANTED)
        try:
            return self._fetched(origin, wanted, held)
        except (NotFetched, BadCard, OSError) as error:
            status = error.status if isinstance(error, NotFetched) else Status.FAILED
            # What we never had is not gone: its address is wrong.
            missing = status is Status.GONE and not (held and held.file.is_file())
            return self._done(origin, wanted, held, Status.FAILED if missing else status, _sentence(error))

    def _fetched(self, origin: Origin, wanted: Wanted, held: Card | None) -> Fetched:
        """One document. Raises NotFetched, BadCard and OSError, with everything as it was."""
        intact = held if held and self._shelf.intact(held) else None
        with self._shelf.incoming(held.file.parent if held else wanted.folder) as (path, handle):
            body = (self._copied if wanted.stored else self._asked_for)(origin, wanted, intact, path, handle)
            if body is None:
                return self._done(origin, wanted, intact, Status.UNCHANGED)
            kept = keep(self._shelf, origin, wanted, held, intact, body)
            return self._done(origin, wanted, kept.card, kept.status, kept.reason)

    def _copied(self, origin: Origin, wanted: Wanted, intact: Card | None, path: Path, handle: BinaryIO) -> Body | None:
        """The bytes of a file of a folder, or None where size and time of change are the card's."""
        assert wanted.stored is not None
        entry = intact.entry(wanted.address) if intact else None
        if intact and entry and entry.last_modified == wanted.stored.modified and intact.data.get("bytes") == wanted.stored.size:
            return None
        wanted.stored.copy(handle, self._settings)
        return self._body(path, handle, origin, self._entry(origin, wanted, None), wanted.stored.path.rpartition("/")[2])

    def _asked_for(self, origin: Origin, wanted: Wanted, intact: Card | None, path: Path, handle: BinaryIO) -> Body | None:
        """The bytes at an address, or None where the server says that they are the card's."""
        entry = intact.entry(wanted.address) if intact else None
        answer = self._web.get(wanted.address, handle, entry.validators if entry else {})
        if answer.status == 304 and intact and entry and entry.validators:
            if answer.address != entry.final_address:
                intact.note(replace(entry, final_address=answer.address))
                self._shelf.put(intact)
            return None
        if answer.status in GONE:
            raise Vanished(f"the server answers {answer.status}")
        if answer.status != 200:
            raise NotFetched(f"the server answers {answer.status}")
        return self._body(path, handle, origin, self._entry(origin, wanted, answer), given_name(answer.address, answer.disposition))

    def _entry(self, origin: Origin, wanted: Wanted, answer: Answer | None) -> Entry:
        now = self._settings.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        if answer:
            return Entry(wanted.address, answer.address, origin.id, now, answer.header("etag"), answer.header("last-modified"))
        return Entry(wanted.address, wanted.address, origin.id, now, None, wanted.stored.modified if wanted.stored else None)

    def _body(self, path: Path, handle: BinaryIO, origin: Origin, entry: Entry, given: str) -> Body:
        """What came, once it is on the disk and checked."""
        handle.flush()
        os.fsync(handle.fileno())
        suffix = suffix_for(path, given, origin.suffixes)
        return Body(path, sha256_of(path), path.stat().st_size, safe(given, (suffix,)), entry)

    def _no_longer_offered(self, origin: Origin, offered: set[str]) -> Iterator[Fetched]:
        """What we have from a page or folder under addresses of which none is offered any more; it stays."""
        if origin.kind is Kind.FILE:
            return
        reason = "the folder no longer has it" if origin.kind is Kind.FOLDER else "the page no longer links to it"
        for card in sorted(self._shelf.cards, key=lambda card: card.path):
            entries = [entry for entry in card.entries() if entry.source_id == origin.id]
            if entries and card.file.is_file() and not any(entry.address in offered for entry in card.entries()):
                yield Fetched(origin.id, entries[0].address, self._shelf.path(card.file), Status.GONE, reason)

    def _done(self, origin: Origin, wanted: Wanted, held: Card | None, status: Status, reason: str | None = None) -> Fetched:
        file = self._shelf.path(held.file) if held and held.file.is_file() else None
        return Fetched(origin.id, wanted.address, file, status, reason)


def _sentence(error: Exception) -> str:
    # An error of the disk names the hidden file that was being written; what is wrong is enough.
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
