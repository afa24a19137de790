"""The job of `yojitsu ingest`: what is new is read, what is known is taken, and the tables are published, or left as they are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import fingerprint, manifest, processes
from pipeline.known import Known
from pipeline.limits import Limits
from pipeline.lock import locked
from pipeline.manifest import Manifest
from pipeline.offer import Offered, due, offered, retries
from pipeline.remote import Remote
from pipeline.sources import Found, Source, find
from pipeline.store import Store
from pipeline.swap import Foreign, check_own

if TYPE_CHECKING:
    from pipeline.changes import Changes
    from pipeline.rows import Outcome

LOG = logging.getLogger(__name__)

# Two outputs are compared in memory, about 300 bytes a fact: above this a run would need more for that than for its tables.
MOST_COMPARED = 2_000_000
COMPARED = ("targets", "actuals", "costs")

# A bar or lines while so many documents are read: a block that gives a function to call after each.
Progress = Callable[[int], "AbstractContextManager[Callable[[Outcome], None]]"]


@dataclass(frozen=True)
class Job:
    """What to read, where to write, and how. `store` is the folder of readings kept between runs, None for the one beside `out`.

    `fresh` reads every document again, known or not. `jobs` is the number of worker processes, 0 for none and no limits. `aliases` is the file
    of what a person decided of names, None for no file.
    `scheduler` is the address of a Dask cluster whose workers read the documents instead. `publish_to` is where on
    storage the tables are copied to, when they are new there.
    """

    raw: Path | Remote
    out: Path
    corrections: Path
    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    store: Path | Remote | None = None
    fresh: bool = False
    aliases: Path | None = None
    scheduler: str | None = None
    publish_to: Remote | None = None


@dataclass(frozen=True)
class Done:
    """What a run came to. `published` is false where nothing was new and `out` was left as it was; `read` is how many documents were opened.

    `changes` is what differs from the tables before, None where nothing was new or it could not be told; `first` where there were no tables.
    """

    manifest: Manifest
    found: Found
    read: int = 0
    published: bool = False
    changes: Changes | None = None
    first: bool = False


class Refused(ValueError):
    """The job cannot be begun as it stands: a folder that holds something else, a file of corrections that cannot be used. The text says what."""


class NotWritten(OSError):
    """Something could not be written; the tables are as they were."""


class NotCopied(NotWritten):
    """The tables are there; their copy on storage is as it was."""


class NoDocuments(LookupError):
    """There is nothing to read in the folder; the text says so."""


def ingest(job: Job, progress: Progress) -> Done:
    """Bring the tables of `job.out` up to date with the documents of `job.raw`, whole or not at all.

    Raises Refused, NoDocuments, lock.Locked where another run writes there, and NotWritten; the tables are then as they were.
    """
    if job.scheduler:
        # Workers run in other folders.
        job = replace(job, raw=_absolute(job.raw), store=job.store and _absolute(job.store))
    try:
        return _ingest(job, progress)
    except Foreign as error:
        raise Refused(str(error)) from error
    except NotCopied:
        raise
    except OSError as error:
        raise NotWritten(f"{error}; the tables are as they were") from error


def _ingest(job: Job, progress: Progress) -> Done:
    with locked(job.out) as state:
        found = _found(job)
        if not found.sources:
            raise NoDocuments(f"no document in {job.raw}")
        known = Known.load(state / "files.json")
        store = Store(job.store or state / "readings", fingerprint.reading())
        offer = offered(found.sources, known)
        reading = offer.first if job.fresh else due(offer, store, job.limits)
        side = _side(job, found, known)
        before = manifest.load(job.out)
        if not job.fresh and before is not None and before.inputs == _inputs(offer, side) and not retries(offer, reading, store) and before.holds(job.out):
            known.save()
            _mirror(job, before)
            return Done(before, found)
        done = _renew(job, found, offer, reading, store, side, progress)
        known.save()
        store.prune(set(offer.contents.values()))
        _mirror(job, done.manifest)
        return done


def _mirror(job: Job, said: Manifest) -> None:
    if job.publish_to is None:
        return
    from pipeline.mirror import mirror

    try:
        mirror(job.out, said, job.publish_to)
    except OSError as error:
        raise NotCopied(f"the tables in {job.out} are up to date, their copy at {job.publish_to} is as it was: {error}") from error


def _absolute(place: Path | Remote) -> Path | Remote:
    return place.absolute() if isinstance(place, Path) else place


def _found(job: Job) -> Found:
    try:
        return find(job.raw, leave_out=job.out)
    except OSError as error:
        raise NoDocuments(f"{job.raw} cannot be listed: {error}") from error


def _renew(
    job: Job, found: Found, offer: Offered, reading: Sequence[Source], store: Store, side: Sequence[tuple[str, str]], progress: Progress
) -> Done:
    """Read what is due and publish all tables."""
    if job.jobs and not job.scheduler:
        processes.begin()
    from pipeline.cards import read_cards
    from pipeline.cluster import Unfit
    from pipeline.corrections import BadCorrection, load
    from pipeline.link.aliases import BadAlias, load_aliases
    from pipeline.publish import publish
    from pipeline.run import run
    from pipeline.schema import TABLES

    check_own(job.out, TABLES)
    try:
        corrections = load(job.corrections)
        aliases = load_aliases(job.aliases)
    except (BadCorrection, BadAlias) as error:
        raise Refused(str(error)) from error
    try:
        with progress(len(reading)) as seen:
            result = run(offer, reading, store, job.jobs, job.limits, seen=seen, scheduler=job.scheduler)
    except Unfit as error:
        raise Refused(str(error)) from error
    changes, first = _Changes(job.out), not job.out.exists()
    said = publish(result, job.out, read_cards(found.sources, result.copies), corrections, _inputs(offer, side), changes.take, aliases, job.jobs)
    return Done(said, found, result.read, True, changes.taken, first)


class _Changes:
    """What differs from the tables in `out`, taken before they are replaced."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.taken: Changes | None = None

    def take(self, new: Path, said: Manifest) -> None:
        from pipeline.changes import compare

        before = manifest.load(self.out)
        rows = sum(one.rows.get(name, 0) for one in (said, before) if one is not None for name in COMPARED)
        if rows > MOST_COMPARED:
            LOG.warning("the tables have %d facts before and after: `yojitsu diff` says what changed, a run does not", rows)
            return
        try:
            self.taken = compare(self.out, new)
        except Exception:
            # Tables of an older version, or damaged ones: the new ones are published all the same.
            LOG.warning("what changed since the tables in %s cannot be told", self.out, exc_info=True)


def _side(job: Job, found: Found, known: Known) -> list[tuple[str, str]]:
    """What beside the documents decides the tables, by name and content: cards, corrections and aliases."""
    corrections = [Source(f"corrections/{file.name}", file) for file in sorted(job.corrections.glob("*.toml"))]
    aliases = [Source("aliases.toml", job.aliases)] if job.aliases is not None and job.aliases.is_file() else []
    return [(source.path, known.content(source) or "") for source in (*found.cards, *corrections, *aliases)]


def _inputs(offer: Offered, side: Sequence[tuple[str, str]]) -> str:
    documents = [(source.path, content) for source, content in offer.contents.items()]
    return manifest.digest([("code", fingerprint.whole()), *documents, *side])
