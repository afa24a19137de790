"""What the card beside a document says: `<file>.card.toml`, written by a person or by the step that fetched the file."""

from __future__ import annotations

import datetime as dt
import logging
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from pipeline.check.rule import describe
from pipeline.rows import Rows, finding_row
from pipeline.sources import CARD_SUFFIX, Source

LOG = logging.getLogger(__name__)

SHA256 = regex.compile(r"[0-9a-f]{64}")

describe(
    "card_wrong",
    "warning",
    "the card beside a document (`.card.toml`) with what a card may say",
    "A card that cannot be read, or says a hash or a moment that is none, says nothing: the document is published without what its card would add.",
    "retrieved = 'yesterday'",
)
describe(
    "card_of_other_bytes",
    "warning",
    "`sha256` in a document's card with the document's bytes",
    "The file was replaced and its card was not: address, time and editions in it are those of another file, so that none of it is used.",
    "sha256 = '9f86…' / the file's is '60303…'",
)

Cards = Mapping[str, Sequence["Card"]]


@dataclass(frozen=True)
class Card:
    """The card of one file: `path` is the file's inside the folder, `says` its keys as they stand, `wrong` a Japanese sentence for each fault."""

    path: str
    says: Mapping[str, Any] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    address: str | None = None
    retrieved: dt.datetime | None = None
    sha256: str | None = None
    supersedes: tuple[str, ...] = ()


def read_cards(sources: Iterable[Source], copies: Mapping[str, Sequence[str]] | None = None) -> dict[str, tuple[Card, ...]]:
    """The cards of documents by the path of each; files without a card are left out.

    `copies` maps a path to further paths with the same bytes: their cards speak of the same document. Never raises for what a card holds.
    """
    found = {source.path: card for source in sources if (card := card_of(source)) is not None}
    first = {other: path for path, others in (copies or {}).items() for other in others}
    out: dict[str, tuple[Card, ...]] = {}
    for path, card in sorted(found.items()):
        at = first.get(path, path)
        out[at] = (*out.get(at, ()), card)
    return out


def card_of(source: Source) -> Card | None:
    """The card beside a file, None where there is none. One that cannot be read says why in `wrong`, and nothing else."""
    try:
        data = source.file.with_name(source.file.name + CARD_SUFFIX).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        return Card(source.path, wrong=(f"開けません ({error.strerror or error})",))
    try:
        return _card(source.path, tomllib.loads(data.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        LOG.debug("%s: %s", source.path, error)
        return Card(source.path, wrong=(f"TOML として読めません ({error})",))


def _card(path: str, says: dict[str, Any]) -> Card:
    wrong: list[str] = []
    address = says.get("address")
    if address is not None and not isinstance(address, str):
        wrong.append("address が文字列ではありません")
    hashes = {key: _hashes(says[key]) for key in ("sha256", "supersedes") if key in says}
    wrong += [f"{key} が sha256 (16進64桁) ではありません" for key, some in hashes.items() if some is None]
    retrieved = _moment(says.get("retrieved"))
    if "retrieved" in says and retrieved is None:
        wrong.append("retrieved が日時ではありません")
    own = hashes.get("sha256") or ()
    where = address.strip() or None if isinstance(address, str) else None
    return Card(path, says, tuple(wrong), where, retrieved, own[0] if own else None, hashes.get("supersedes") or ())


def _hashes(said: object) -> tuple[str, ...] | None:
    """One hash or a list of them, in small letters; None where any is none."""
    some = [said] if isinstance(said, str) else said
    if not isinstance(some, list) or not all(isinstance(one, str) for one in some):
        return None
    folded = tuple(one.strip().lower() for one in some)
    return folded if all(SHA256.fullmatch(one) for one in folded) else None


def _moment(said: object) -> dt.datetime | None:
    """A TOML day or moment, or the same as a string (ISO 8601), in UTC; what names no offset is UTC."""
    if isinstance(said, str):
        try:
            said = dt.datetime.fromisoformat(said.strip())
        except ValueError as error:
            LOG.debug("%s", error)
            return None
    if isinstance(said, dt.datetime):
        # The first and last days of the calendar have no UTC.
        return said.replace(tzinfo=dt.UTC) if said.tzinfo is None else said.astimezone(dt.UTC) if 1 < said.year < 9999 else None
    return dt.datetime(said.year, said.month, said.day, tzinfo=dt.UTC) if isinstance(said, dt.date) else None


def believed(document: Mapping[str, Any], cards: Cards) -> tuple[Card, ...]:
    """The cards that speak of a document's own bytes; one that names no `sha256` is believed."""
    some = cards.get(document["source_path"], ())
    return tuple(card for card in some if card.sha256 in (None, document["sha256"]))


def findings(documents: Iterable[Mapping[str, Any]], cards: Cards) -> Rows:
    """What is wrong with the cards of all documents, as rows of `findings`, one for each document and fault."""
    rows = (row for document in documents for row in _faults(document, cards.get(document["source_path"], ())))
    return list({row["finding_id"]: row for row in rows}.values())


def _faults(document: Mapping[str, Any], cards: Sequence[Card]) -> Iterator[dict[str, Any]]:
    place = {"document_id": document["document_id"]}
    for card in cards:
        for wrong in card.wrong:
            said = f"文書のカード {card.path}{CARD_SUFFIX} は使えません: {wrong}。"
            yield finding_row(place, "card_wrong", "warning", said, told_by=(wrong,))
        # Of a file that could not be opened, nobody knows whose card it is.
        if document["sha256"] is not None and card.sha256 not in (None, document["sha256"]):
            said = f"文書のカード {card.path}{CARD_SUFFIX} は別のファイルのものです。sha256 が合わないため、書かれている内容は使っていません。"
            yield finding_row(place, "card_of_other_bytes", "warning", said, stated=card.sha256, expected=document["sha256"], told_by=(card.sha256,))
