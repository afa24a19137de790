"""One polite client: robots.txt, a pause for each host, retries with growing pauses, limits of size and time, redirects within the web."""

from __future__ import annotations

import datetime as dt
import email.utils
import functools
import io
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO

import httpx2
import stamina

from pipeline.fetch.addresses import origin_of, redirected
from pipeline.fetch.deadline import Budget, Deadline
from pipeline.fetch.outcome import NotFetched, Refused
from pipeline.fetch.robots import Rules, unreachable
from pipeline.fetch.settings import Settings

LOG = logging.getLogger(__name__)
# stamina's line names the pause that it would have made; the real one, with what the server asked for, is logged here.
logging.getLogger("stamina").setLevel(logging.ERROR)

MOVED = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536
# For one connection and one silence of the server; what counts is the limit over everything.
CONNECT_SECONDS, SILENCE_SECONDS = 15.0, 60.0
# Ten times what RFC 9309 wants a reader to take: some servers send a whole page in place of a missing robots.txt.
MOST_ROBOTS = 5_000_000


@dataclass(frozen=True)
class Answer:
    """The last answer to a request, after redirects; its body went to the file handed over where `status` is 200."""

    status: int
    address: str
    headers: httpx2.Headers

    def header(self, name: str) -> str | None:
        """A header as text that a card can hold; None where there is none."""
        value = self.headers.get(name)
        return value if value and value.isprintable() else None

    @property
    def disposition(self) -> bytes | None:
        return next((value for name, value in self.headers.raw if name.lower() == b"content-disposition"), None)


class Unsettled(NotFetched):
    """An answer that may be another one later (5xx, 429), with the seconds that the server asked to wait."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(f"the server answers {status}" + (f" and asks to wait {wait:g} s" if wait else ""))
        self.wait = wait


class TooMuch(NotFetched):
    """More bytes or seconds than the limits allow."""


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The certificates of the machine, loaded once: that takes longer than a request."""
    return httpx2.create_ssl_context()


class Web:
    """A context in which addresses are asked for, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = httpx2.Client(
            headers={"User-Agent": settings.agent, "Accept-Encoding": "identity"},
            verify=_trusted(),
            timeout=httpx2.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
            # A connection of its own for each request: the deadline knows its socket, and a pause outlives most kept connections.
            limits=httpx2.Limits(max_keepalive_connections=0),
        )
        self._rules: dict[str, Rules] = {}
        self._ended: dict[str, float] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def get(self, address: str, into: BinaryIO, headers: Mapping[str, str] | None = None) -> Answer:
        """Asks for an address and writes the body of a 200 into `into`, from its start.

        Raises Refused where robots.txt or a redirect forbids it, NotFetched where limits, redirects or attempts run out or no connection comes
        about, OSError where `into` cannot be written.
        """
        budget = Budget(self._settings.most_seconds)
        for _ in range(self._settings.redirects + 1):
            self._check_robots(address)
            answer = self._patiently(address, into, headers or {}, budget, self._settings.most_bytes)
            if answer.status not in MOVED:
                return answer
            address = redirected(address, answer.headers.get("location", ""))
        raise NotFetched(f"more than {self._settings.redirects} redirects")

    def page(self, address: str) -> tuple[bytes, Answer]:
        """A page's bytes, with the answer that brought them. Raises as `get` does, and NotFetched for any status but 200."""
        body = io.BytesIO()
        answer = self.get(address, body)
        if answer.status != 200:
            raise NotFetched(f"the server answers {answer.status}")
        return body.getvalue(), answer

    def _check_robots(self, address: str) -> None:
        origin = origin_of(address)
        if origin not in self._rules:
            self._rules[origin] = self._robots(origin)
        rules = self._rules[origin]
        if rules.pause > self._settings.longest_wait:
            raise Refused(f"robots.txt of {origin} asks for {rules.pause:g} s between requests, more than the limit of {self._settings.longest_wait:g} s")
        if why := rules.against(address):
            raise Refused(why)

    def _robots(self, origin: str) -> Rules:
        address, body = f"{origin}/robots.txt", io.BytesIO()
        budget = Budget(self._settings.most_seconds)
        try:
            for _ in range(self._settings.redirects + 1):
                answer = self._patiently(address, body, {}, budget, MOST_ROBOTS)
                if answer.status not in MOVED:
                    return Rules.of(origin, answer.status, body.getvalue())
                address = redirected(address, answer.headers.get("location", ""))
        except NotFetched as error:
            return unreachable(origin, str(error))
        return unreachable(origin, "too many redirects")

    def _patiently(self, address: str, into: BinaryIO, headers: Mapping[str, str], budget: Budget, most_bytes: int) -> Answer:
        """One answer, asked for again while the server is out of order: stamina counts, the pauses are made here, where a test need not wait."""
        asked, backoff = 0.0, 0.0
        first, most = self._settings.first_wait, self._settings.longest_wait

        def again(error: Exception) -> bool | float:
            nonlocal asked
            asked = error.wait if isinstance(error, Unsettled) else 0.0
            # 0.0 is stamina's own pause; False ends it.
            return 0.0 if isinstance(error, Unsettled | httpx2.TransportError) and asked <= most else False

        try:
            for attempt in stamina.retry_context(on=again, attempts=self._settings.attempts, timeout=None, wait_initial=first, wait_max=most, wait_jitter=0):
                with attempt:
                    # stamina asks `again` only when the next attempt begins.
                    self._wait(address, max(backoff, asked))
                    return self._once(address, into, headers, budget, most_bytes)
                backoff = attempt.next_wait
        except httpx2.HTTPError as error:
            raise NotFetched(_said(error)) from error
        except (httpx2.InvalidURL, ValueError, OverflowError) as error:
            # A host with an empty label, a port that is none: pages and redirects hold such addresses.
            raise NotFetched(f"the address cannot be asked for ({error})") from error
        raise AssertionError("an attempt returns or raises")

    def _wait(self, address: str, pause: float) -> None:
        """Until the host has been left alone for long enough."""
        origin = origin_of(address)
        rules = self._rules.get(origin)
        least = max(self._settings.delay, rules.pause if rules else 0.0, pause)
        rest = self._ended[origin] + least - self._settings.clock() if origin in self._ended else 0.0
        if rest > 0:
            LOG.debug("%s: waiting %g s", origin, rest)
            self._settings.sleep(rest)

    def _once(self, address: str, into: BinaryIO, headers: Mapping[str, str], budget: Budget, most_bytes: int) -> Answer:
        into.seek(0)
        into.truncate()
        slow = TooMuch(f"took longer than {self._settings.most_seconds:g} s")
        try:
            with budget as deadline:
                if deadline.over:
                    raise slow
                try:
                    return self._exchange(address, into, headers, deadline, most_bytes)
                except httpx2.TransportError as error:
                    if deadline.over:
                        raise slow from error
                    raise
        finally:
            self._ended[origin_of(address)] = self._settings.clock()

    def _exchange(self, address: str, into: BinaryIO, headers: Mapping[str, str], deadline: Deadline, most_bytes: int) -> Answer:
        with self._client.stream("GET", address, headers=dict(headers), extensions={"trace": deadline.trace}) as response:
            if response.status_code == 429 or response.status_code >= 500:
                raise Unsettled(response.status_code, retry_after(response.headers.get("retry-after"), self._settings.now()))
            if response.status_code == 200:
                self._take(response, into, deadline, most_bytes)
            return Answer(response.status_code, address, response.headers)

    def _take(self, response: httpx2.Response, into: BinaryIO, deadline: Deadline, most_bytes: int) -> None:
        """The body, which the library takes for whole only where it has the bytes that Content-Length or the chunks promise."""
        said = response.headers.get("content-length", "")
        if said.isdecimal() and int(said) > most_bytes:
            raise TooMuch(f"{int(said):,} bytes, more than the limit of {most_bytes:,}")
        taken = 0
        for chunk in response.iter_bytes(CHUNK):
            taken += len(chunk)
            if taken > most_bytes:
                raise TooMuch(f"more bytes than the limit of {most_bytes:,}")
            into.write(chunk)
            if deadline.over:
                break
        # A body without a stated length ends where the connection does, also where the deadline ended it.
        if deadline.over:
            raise TooMuch(f"took longer than {self._settings.most_seconds:g} s")


def retry_after(header: str | None, now: dt.datetime) -> float:
    """The seconds that a Retry-After asks for, in seconds or as a date; 0 where it says nothing that can be read."""
    header = (header or "").strip()
    if header.isdecimal():
        return float(header)
    try:
        until = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    return max((until.replace(tzinfo=until.tzinfo or dt.UTC) - now).total_seconds(), 0.0)


def _said(error: httpx2.HTTPError) -> str:
    """A transport error as a sentence; its own words name sockets and states of protocols."""
    if isinstance(error, httpx2.RemoteProtocolError):
        return f"the answer was cut short or is no HTTP ({error})"
    if isinstance(error, httpx2.DecodingError):
        return f"the body cannot be unpacked ({error})"
    if isinstance(error, httpx2.TimeoutException):
        return "the server does not answer in time"
    return f"no connection ({error or type(error).__name__})"
