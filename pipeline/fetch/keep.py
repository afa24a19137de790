"""What came and passed its checks takes its place: beside what is there, never over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.fetch.addresses import shown
from pipeline.fetch.cards import Card, Entry, sha256_of
from pipeline.fetch.folders import Stored
from pipeline.fetch.names import edition
from pipeline.fetch.origins import Origin
from pipeline.fetch.outcome import Status
from pipeline.fetch.shelf import Shelf


@dataclass(frozen=True)
class Wanted:
    """A document that a source offers. `folder` is where a new one goes, `found_on` and `text` the page that links to it and the words of the link,
    `stored` the file of a folder; the web's others are asked for by their address."""

    address: str
    folder: Path
    found_on: str | None = None
    text: str | None = None
    stored: Stored | None = None


@dataclass(frozen=True)
class Body:
    """A document as it came: the file that holds it for now, its hash and size in bytes, the name it should have and the entry for its card."""

    file: Path
    sha256: str
    size: int
    name: str
    entry: Entry


@dataclass(frozen=True)
class Kept:
    """The card of the document that an address gives now, and how it came there."""

    card: Card
    status: Status
    reason: str | None = None


def keep(shelf: Shelf, origin: Origin, wanted: Wanted, held: Card | None, intact: Card | None, body: Body) -> Kept:
    """Puts a document among the others and its card beside it. `held` is the newest card of the address, `intact` the same where its file has its bytes.

    Bytes that we have get no second copy; other bytes than last time become an edition beside the old one. Raises BadCard where the bytes are
    here with a card that cannot be used, OSError where the disk refuses.
    """
    if intact and intact.sha256 == body.sha256:
        return _again(shelf, intact, body)
    same = shelf.holding(body.sha256, body.size)
    kept = _known(shelf, same, held, body) if same else _placed(shelf, wanted, held, body)
    _describe(kept.card, origin, wanted, body)
    if held and held is not kept.card and held.file.is_file():
        shelf.supersede(kept.card, sha256_of(held.file), wanted.address)
    shelf.put(kept.card)
    return kept


def _again(shelf: Shelf, card: Card, body: Body) -> Kept:
    """The bytes of last time, sent once more: the card changes only where the server's marks or the redirect did."""
    before = card.entry(body.entry.address)
    assert before is not None
    now = replace(body.entry, retrieved=before.retrieved, source_id=before.source_id)
    if now != before:
        card.note(now)
        shelf.put(card)
    return Kept(card, Status.UNCHANGED)


def _known(shelf: Shelf, file: Path, held: Card | None, body: Body) -> Kept:
    card = shelf.card_of(file)
    if held and held.file == file:
        return Kept(card, Status.CHANGED, "the new edition had been put in the old one's place by hand")
    if held:
        return Kept(card, Status.CHANGED, f"{shown(body.entry.address)} now gives this document, which was here already")
    if card.sha256:
        return Kept(card, Status.UNCHANGED, f"the same bytes as {shelf.path(file)}")
    return Kept(card, Status.NEW, "the file was here without its card")


def _placed(shelf: Shelf, wanted: Wanted, held: Card | None, body: Body) -> Kept:
    if held and shelf.renew(body.file, held):
        return Kept(held, Status.NEW if held.sha256 == body.sha256 else Status.CHANGED, "the file was missing beside its card")
    if not held:
        return Kept(Card.of(shelf.keep(body.file, wanted.folder, body.name)), Status.NEW)
    day = body.entry.retrieved.partition("T")[0]
    file = shelf.keep(body.file, held.file.parent, edition(body.name, day))
    meddled = f"{shelf.path(held.file)} no longer has the bytes of its card" if held.sha256 == body.sha256 else None
    return Kept(Card.of(file), Status.CHANGED, meddled)


def _describe(card: Card, origin: Origin, wanted: Wanted, body: Body) -> None:
    """What the card says of its document; what a person wrote stays."""
    said = {"link_text": wanted.text, "found_on": wanted.found_on, "publisher": origin.publisher, "plan": origin.plan, "licence": origin.licence}
    for name, value in said.items():
        if value:
            card.data.setdefault(name, value)
    card.data.update(sha256=body.sha256, bytes=body.size)
    card.note(body.entry)
