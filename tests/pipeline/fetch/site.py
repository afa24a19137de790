"""A web site on loopback that says what a test tells it to, and the time that passes while it is asked."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pipeline.fetch import Settings

Handler = BaseHTTPRequestHandler
Act = Callable[[Handler], None]


class Time:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []
        self.day = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds

    def clock(self) -> float:
        return self.seconds

    def now(self) -> dt.datetime:
        return self.day + dt.timedelta(seconds=self.seconds)


def settings(time: Time, **given: object) -> Settings:
    return Settings(**({"delay": 0.0, "sleep": time.sleep, "clock": time.clock, "now": time.now} | given))  # type: ignore[arg-type]


@dataclass
class Asked:
    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """What each path says; the last of several answers is repeated. A path without an answer is a 404."""

    address: str = ""
    answers: dict[str, list[Act]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, path: str, *acts: Act) -> str:
        self.answers[path] = list(acts)
        return self.address + path

    def paths(self) -> list[str]:
        return [one.path for one in self.asked if one.path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            acts = site.answers.get(self.path, [status(404)])
            (acts.pop(0) if len(acts) > 1 else acts[0])(self)
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def body(data: bytes, code: int = 200, **headers: str) -> Act:
    """An answer with these bytes; `content_type="text/html"` gives a header."""

    def act(handler: Handler) -> None:
        handler.send_response(code)
        given = {name.replace("_", "-").title(): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(data))} | given).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return act


def status(code: int, **headers: str) -> Act:
    return body(f"<html><body>{code}</body></html>".encode(), code, content_type="text/html", **headers)


def marked(data: bytes) -> Act:
    """An answer with an ETag and Last-Modified, and 304 to whoever has them."""
    etag = f'"{hashlib.sha256(data).hexdigest()[:8]}"'

    def act(handler: Handler) -> None:
        if handler.headers["If-None-Match"] == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            body(data, etag=etag, last_modified="Fri, 20 Nov 2026 00:00:00 GMT")(handler)

    return act


def unmeasured(data: bytes) -> Act:
    """Bytes without Content-Length: they end where the connection does."""

    def act(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.0"
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(data)

    return act


def dripping(head: bytes, drop: bytes, stop: threading.Event) -> Act:
    """A byte now and then, until the client hangs up or the test ends."""

    def act(handler: Handler) -> None:
        handler.wfile.write(head)
        try:
            while not stop.wait(0.02):
                handler.wfile.write(drop)
                handler.wfile.flush()
        except OSError:
            stop.set()

    return act
