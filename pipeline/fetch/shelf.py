"""The folder of documents with its cards: what we hold from which address, and how another file comes to it without anything being lost.

A document's file comes first and its card second, each under a hidden name that is renamed once it is on the disk. Whoever dies in between leaves a
document without a card; the next run knows it by its bytes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.fetch.cards import TEMPORARY, BadCard, Card, card_path, sha256_of, temporary
from pipeline.fetch.names import numbered
from pipeline.sources import CARD_SUFFIX, find, printable
from pipeline.swap import sync_folder

LOG = logging.getLogger(__name__)


class Shelf:
    """The cards and documents under RAW. Reads all cards when made; one process at a time may change it."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self.cards: list[Card] = []
        self.bad: dict[Path, str] = {}
        for path in _files(raw, CARD_SUFFIX):
            try:
                self.cards.append(Card.read(path))
            except BadCard as error:
                LOG.warning("%s", error)
                self.bad[path] = str(error)

    def sweep(self) -> None:
        """Removes what dead runs left half written."""
        for path in _files(self.raw, "", hidden=True):
            if path.name.startswith(TEMPORARY):
                path.unlink()

    def path(self, file: Path) -> str:
        """A file's path under RAW, / between folders."""
        return printable(file.relative_to(self.raw).as_posix())

    def newest(self, address: str) -> Card | None:
        """The card of the edition that an address gave last: one that no other edition of it supersedes, and the last retrieved of these."""
        cards = [card for card in self.cards if card.entry(address)]
        superseded = {card.supersedes for card in cards}
        # Where the clock cannot tell, the one that came after another came last.
        return max(cards, key=lambda card: (card.sha256 not in superseded, _retrieved(card, address), card.supersedes is not None, card.path), default=None)

    def intact(self, card: Card) -> bool:
        """Whether the document of a card is there with the card's bytes."""
        said = card.data.get("bytes")
        file = card.file
        return file.is_file() and said in (None, file.stat().st_size) and sha256_of(file) == card.sha256

    def holding(self, sha256: str, size: int) -> Path | None:
        """A document under RAW with these bytes, with a card or without, or None."""
        files = [card.file for card in self.cards if card.sha256 == sha256]
        files += [source.file for source in find(self.raw).sources if isinstance(source.file, Path)]
        return next((file for file in files if file.is_file() and file.stat().st_size == size and sha256_of(file) == sha256), None)

    def card_of(self, file: Path) -> Card:
        """The document's card, or an empty one. Raises BadCard where there is one that cannot be used: a person's words may be in it."""
        path = card_path(file)
        if path in self.bad:
            raise BadCard(self.bad[path])
        return next((card for card in self.cards if card.path == path), Card.of(file))

    def put(self, card: Card) -> None:
        """Writes a card and takes note of it."""
        card.write()
        if all(card is not other for other in self.cards):
            self.cards.append(card)

    def supersede(self, card: Card, old: str, address: str) -> None:
        """Notes on a card (not written) that its edition of `address` came after the one whose bytes hash to `old`.

        Editions of an address are a chain, newest first, each naming the one before. One that comes back moves to the front: the edition
        that came after it now names the one before it.
        """
        for other in self.cards:
            if other is not card and other.supersedes is not None and other.supersedes == card.sha256:
                _name(other, card.supersedes if card.supersedes != other.sha256 else None)
                self.put(other)
        still_there = any(self.newest(entry.address) is one for one in self.cards if one.sha256 == old for entry in one.entries() if entry.address != address)
        # The old edition may still be what another address gives; and a document with a history of its own keeps it.
        if not still_there and (card.supersedes is None or card.data.get("address") == address):
            _name(card, old)

    @contextmanager
    def incoming(self, folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
        """A hidden file to write a document into, on the folder's file system; gone when the block ends."""
        # A source that gives nothing leaves no empty folder.
        path = temporary(next(there for there in (folder, *folder.parents) if there.is_dir()))
        try:
            with path.open("xb") as handle:
                yield path, handle
        finally:
            path.unlink(missing_ok=True)

    def keep(self, incoming: Path, folder: Path, name: str) -> Path:
        """The incoming document under its name in the folder, or where that is taken under the next free one (`計画-2.pdf`). Replaces nothing."""
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            file = folder / numbered(name, number)
            if not card_path(file).exists() and _linked(incoming, file):
                sync_folder(folder)
                return file
            number += 1

    def renew(self, incoming: Path, card: Card) -> Path | None:
        """The incoming document in the place of one that is missing beside its card; None where a file is there."""
        if not _linked(incoming, card.file):
            return None
        sync_folder(card.file.parent)
        return card.file


def _linked(incoming: Path, file: Path) -> bool:
    """Give a file its second name, unless that is taken; a plain rename would replace what a person just put there."""
    try:
        os.link(incoming, file)
    except FileExistsError:
        return False
    except OSError as error:
        # No second names here (FAT, some shares): look first, then rename.
        LOG.debug("no link (%s)", error)
        if os.path.lexists(file):
            return False
        incoming.rename(file)
    return True


def _name(card: Card, superseded: str | None) -> None:
    card.data.pop("supersedes", None)
    if superseded is not None and superseded != card.sha256:
        card.data["supersedes"] = superseded


def _retrieved(card: Card, address: str) -> str:
    entry = card.entry(address)
    return entry.retrieved if entry else ""


def _files(folder: Path, suffix: str, hidden: bool = False) -> Iterator[Path]:
    """Files under a folder by the end of their name, in the order of their paths; hidden folders are not entered."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place) / name for name in names if name.endswith(suffix) and name.startswith(".") == hidden]
    return iter(sorted(found))
