"""What servers answer, and that no answer costs a document that we have."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from pipeline.fetch.web import retry_after
from tests.pipeline.fetch.shop import ONE, TWO, Status, card, fetched, file_at, held, leftovers, only, sha256
from tests.pipeline.fetch.site import Site, Time, body, dripping, marked, status, unmeasured


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_a_new_document_comes_with_its_card(site: Site, time: Time, raw: Path) -> None:
    address = site.says("/docs/%E8%A8%88%E7%94%BB.pdf", marked(ONE))
    one = only(raw, time, file_at(address))
    assert (one.status, one.file, one.reason) == (Status.NEW, "plan/計画.pdf", None)
    assert held(raw) == {"plan/計画.pdf": ONE}
    said = card(raw, "plan/計画.pdf")
    assert (said["address"], said["final_address"], said["source_id"]) == (address, address, "plan")
    assert (said["publisher"], said["plan"], said["licence"]) == ("P", "Q", "CC-BY-4.0")
    assert (said["sha256"], said["bytes"]) == (sha256(ONE), len(ONE))
    assert (said["retrieved"], said["last_modified"]) == ("2026-11-21T03:00:00Z", "Fri, 20 Nov 2026 00:00:00 GMT")
    assert said["etag"].startswith('"')
    assert site.asked[-1].headers["user-agent"].startswith("yojitsu/")


def test_an_unchanged_document_is_asked_for_with_its_marks_and_not_sent(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE)))
    only(raw, time, origin)
    before = card(raw, "plan/a.pdf")
    time.sleep(86_400)
    assert only(raw, time, origin).status is Status.UNCHANGED
    assert site.asked[-1].headers["if-none-match"] == before["etag"]
    assert site.asked[-1].headers["if-modified-since"] == before["last_modified"]
    assert card(raw, "plan/a.pdf") == before


def test_the_same_bytes_without_marks_change_nothing(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", body(ONE)))
    only(raw, time, origin)
    before = (raw / "plan/a.pdf.card.toml").read_bytes()
    time.sleep(86_400)
    assert only(raw, time, origin).status is Status.UNCHANGED
    assert (raw / "plan/a.pdf.card.toml").read_bytes() == before
    assert held(raw) == {"plan/a.pdf": ONE}


def test_new_marks_of_the_same_bytes_go_onto_the_card(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", body(ONE, etag='"1"'), body(ONE, etag='"2"')))
    only(raw, time, origin)
    time.sleep(86_400)
    assert only(raw, time, origin).status is Status.UNCHANGED
    assert (card(raw, "plan/a.pdf")["etag"], card(raw, "plan/a.pdf")["retrieved"]) == ('"2"', "2026-11-21T03:00:00Z")


def test_a_304_that_nobody_asked_for_is_no_document(site: Site, time: Time, raw: Path) -> None:
    one = only(raw, time, file_at(site.says("/a.pdf", status(304))))
    assert (one.status, one.file, one.reason) == (Status.FAILED, None, "the server answers 304")


@pytest.mark.parametrize("code", [404, 410])
def test_a_document_that_is_gone_there_stays_here(site: Site, time: Time, raw: Path, code: int) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE), status(code)))
    only(raw, time, origin)
    one = only(raw, time, origin)
    assert (one.status, one.file, one.reason) == (Status.GONE, "plan/a.pdf", f"the server answers {code}")
    assert held(raw) == {"plan/a.pdf": ONE}


def test_what_was_never_there_is_a_failure_and_not_gone(site: Site, time: Time, raw: Path) -> None:
    assert only(raw, time, file_at(site.address + "/a.pdf")).status is Status.FAILED
    assert held(raw) == {}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (body(b"<!DOCTYPE html><html><body>maintenance</body></html>", content_type="text/html"), "an HTML page came in place of a document (.pdf)"),
        (body(b'<?xml version="1.0"?>\n<!-- x --><html></html>', content_type="application/pdf"), "an HTML page came in place of a document (.pdf)"),
        (body(b""), "the body is empty"),
        (body(TWO[: len(TWO) // 2]), "the PDF is cut short: its end mark is missing"),
        (body(b"%PDF-1.7\n nothing of a document\n%%EOF\n"), "the PDF is broken"),
        (body(TWO, content_length=str(len(TWO) + 10)), "the answer was cut short"),
        (unmeasured(TWO[: len(TWO) // 2]), "the PDF is cut short: its end mark is missing"),
        (body(TWO, 206), "the server answers 206"),
        (status(403), "the server answers 403"),
        (status(500), "the server answers 500"),
    ],
)
def test_nothing_that_is_no_whole_pdf_takes_the_place_of_one(site: Site, time: Time, raw: Path, answer: object, reason: str) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE), answer))  # type: ignore[arg-type]
    only(raw, time, origin)
    before = card(raw, "plan/a.pdf")
    one = only(raw, time, origin)
    assert (one.status, one.file) == (Status.FAILED, "plan/a.pdf")
    assert one.reason is not None
    assert one.reason.startswith(reason)
    assert (held(raw), leftovers(raw), card(raw, "plan/a.pdf")) == ({"plan/a.pdf": ONE}, [], before)


def test_a_pdf_without_a_page_is_none(site: Site, time: Time, raw: Path) -> None:
    empty = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(empty)
    assert only(raw, time, file_at(site.says("/a.pdf", body(empty.getvalue())))).reason == "the PDF has no page"


def test_a_pdf_that_asks_for_a_password_is_one(site: Site, time: Time, raw: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(ONE)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert only(raw, time, file_at(site.says("/a.pdf", body(locked.getvalue())))).status is Status.NEW


def test_two_answers_of_500_are_waited_out(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", status(500), status(503), body(ONE)))
    assert only(raw, time, origin, first_wait=3).status is Status.NEW
    assert time.slept == [3, 6]


def test_a_server_that_stays_out_of_order_is_left_after_some_attempts(site: Site, time: Time, raw: Path) -> None:
    one = only(raw, time, file_at(site.says("/a.pdf", status(502))), attempts=3)
    assert (one.status, one.reason) == (Status.FAILED, "the server answers 502")
    assert len(site.paths()) == 3


def test_retry_after_is_honoured(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", status(429, retry_after="40"), body(ONE)))
    assert only(raw, time, origin).status is Status.NEW
    assert time.slept == [40]


def test_a_server_that_asks_to_wait_too_long_is_left_alone(site: Site, time: Time, raw: Path) -> None:
    one = only(raw, time, file_at(site.says("/a.pdf", status(503, retry_after="3600"), body(ONE))))
    assert (one.status, one.reason) == (Status.FAILED, "the server answers 503 and asks to wait 3600 s")
    assert (len(site.paths()), time.slept) == (1, [])


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("Sat, 21 Nov 2026 03:01:00 GMT", 60), ("Fri, 20 Nov 2026 03:00:00 GMT", 0), ("soon", 0), (None, 0)])
def test_retry_after_is_seconds_or_a_date(time: Time, header: str | None, seconds: float) -> None:
    assert retry_after(header, time.now()) == seconds


def test_a_connection_that_breaks_is_tried_again(site: Site, time: Time, raw: Path) -> None:
    cut = body(ONE, content_length=str(len(ONE) + 10))
    assert only(raw, time, file_at(site.says("/a.pdf", cut, body(ONE)))).status is Status.NEW
    assert held(raw) == {"plan/a.pdf": ONE}


def test_a_server_that_is_not_there_is_a_failure_with_a_reason(time: Time, raw: Path) -> None:
    # Port 9 of loopback answers nobody.
    one = only(raw, time, file_at("http://127.0.0.1:9/a.pdf"))
    assert one.status is Status.REFUSED
    assert one.reason is not None
    assert one.reason.startswith("robots.txt of http://127.0.0.1:9 cannot be read (no connection")


DRIPS = {
    "body": b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
    "body without a length": b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n",
    "headers": b"HTTP/1.1 200 OK\r\nX-Long: ",
    "silence": b"",
}


@pytest.mark.parametrize("head", DRIPS.values(), ids=DRIPS)
def test_a_drip_ends_at_the_limit_over_everything(site: Site, time: Time, raw: Path, stop: threading.Event, head: bytes) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE), dripping(head, b"x" if head else b"", stop)))
    only(raw, time, origin)
    one = only(raw, time, origin, most_seconds=0.3)
    assert (one.status, one.reason) == (Status.FAILED, "took longer than 0.3 s")
    assert (held(raw), leftovers(raw)) == ({"plan/a.pdf": ONE}, [])


@pytest.mark.parametrize("answer", [body(ONE), unmeasured(ONE), body(gzip.compress(bytes(100_000)), content_encoding="gzip")], ids=["said", "unsaid", "packed"])
def test_a_file_over_the_limit_of_bytes_is_not_taken(site: Site, time: Time, raw: Path, answer: object) -> None:
    one = only(raw, time, file_at(site.says("/a.pdf", answer)), most_bytes=len(ONE) - 1)  # type: ignore[arg-type]
    assert one.status is Status.FAILED
    assert one.reason is not None
    assert "than the limit of" in one.reason
    assert (held(raw), leftovers(raw)) == ({}, [])


def test_a_packed_body_is_unpacked(site: Site, time: Time, raw: Path) -> None:
    assert only(raw, time, file_at(site.says("/a.pdf", body(gzip.compress(ONE), content_encoding="gzip")))).status is Status.NEW
    assert held(raw) == {"plan/a.pdf": ONE}


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a.pdf", "data:application/pdf,x", "javascript:1", "http://user:secret@127.0.0.1/"])
def test_a_redirect_that_leaves_the_web_is_refused(site: Site, time: Time, raw: Path, location: str) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE), status(302, location=location)))
    only(raw, time, origin)
    one = only(raw, time, origin)
    assert one.status is Status.REFUSED
    assert held(raw) == {"plan/a.pdf": ONE}


@pytest.mark.parametrize("location", ["http://a..b/", "http://127.0.0.1:99999/", f"http://{'a' * 70}.example/"])
def test_a_redirect_to_an_address_that_is_none_stops_no_other_source(site: Site, time: Time, raw: Path, location: str) -> None:
    bad, good = file_at(site.says("/a.pdf", status(302, location=location)), id="bad"), file_at(site.says("/b.pdf", body(ONE)))
    assert [one.status for one in fetched(raw, time, bad, good, attempts=1)][1] is Status.NEW
    assert held(raw) == {"plan/b.pdf": ONE}


def test_an_etag_that_no_header_can_hold_is_not_sent_back(site: Site, time: Time, raw: Path) -> None:
    etag = '"計画"'.encode().decode("latin-1")
    origin = file_at(site.says("/a.pdf", body(ONE, etag=etag), body(ONE, etag=etag), body(TWO)))
    assert [only(raw, time, origin).status for _ in range(3)] == [Status.NEW, Status.UNCHANGED, Status.CHANGED]
    assert "if-none-match" not in site.asked[-1].headers


def test_a_body_that_cannot_be_unpacked_is_a_failure(site: Site, time: Time, raw: Path) -> None:
    one = only(raw, time, file_at(site.says("/a.pdf", body(ONE, content_encoding="gzip"))))
    assert one.reason is not None
    assert one.reason.startswith("the body cannot be unpacked")


def test_a_pdf_whose_last_block_is_filled_with_zeros_is_whole(site: Site, time: Time, raw: Path) -> None:
    assert only(raw, time, file_at(site.says("/a.pdf", body(ONE + bytes(8000))))).status is Status.NEW


def test_a_redirect_loop_ends(site: Site, time: Time, raw: Path) -> None:
    site.says("/b.pdf", status(302, location="/a.pdf"))
    one = only(raw, time, file_at(site.says("/a.pdf", status(302, location="/b.pdf"))), redirects=4)
    assert (one.status, one.reason) == (Status.FAILED, "more than 4 redirects")
    assert len(site.paths()) == 5


def test_a_document_that_moved_keeps_its_place_and_is_known_there(site: Site, time: Time, raw: Path) -> None:
    origin = file_at(site.says("/a.pdf", marked(ONE), status(301, location="/new/b.pdf")))
    there = site.says("/new/b.pdf", marked(ONE))
    only(raw, time, origin)
    one = only(raw, time, origin)
    assert (one.status, one.file) == (Status.UNCHANGED, "plan/a.pdf")
    assert card(raw, "plan/a.pdf")["final_address"] == there
    assert held(raw) == {"plan/a.pdf": ONE}


def test_an_interrupt_ends_everything_at_once(site: Site, time: Time, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    origin = file_at(site.says("/a.pdf", marked(ONE)))
    monkeypatch.setattr("pipeline.fetch.web.Web._take", interrupted)
    with pytest.raises(KeyboardInterrupt):
        only(raw, time, origin)
    assert (site.paths(), leftovers(raw), held(raw)) == (["/a.pdf"], [], {})


def test_the_limit_of_time_counts_over_all_attempts(site: Site, time: Time, raw: Path, stop: threading.Event) -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    origin = file_at(site.says("/a.pdf", body(ONE, content_length="99999"), dripping(cut, b"x", stop)))
    assert only(raw, time, origin, most_seconds=0.3).reason == "took longer than 0.3 s"
    assert len(site.paths()) == 2


def test_robots_txt_forbids(site: Site, time: Time, raw: Path) -> None:
    site.says("/robots.txt", body(b"User-agent: *\nDisallow: /docs/\n"))
    one = only(raw, time, file_at(site.says("/docs/a.pdf", body(ONE))))
    assert (one.status, one.reason) == (Status.REFUSED, f"robots.txt of {site.address} forbids this address")
    assert site.paths() == []
    assert only(raw, time, file_at(site.says("/a.pdf", body(ONE)))).status is Status.NEW


def test_robots_txt_holds_for_where_a_redirect_leads(site: Site, time: Time, raw: Path) -> None:
    site.says("/robots.txt", body(b"User-agent: yojitsu\nDisallow: /docs/\n"))
    site.says("/docs/a.pdf", body(ONE))
    assert only(raw, time, file_at(site.says("/a.pdf", status(302, location="/docs/a.pdf")))).status is Status.REFUSED
    assert site.paths() == ["/a.pdf"]


def test_a_robots_txt_that_cannot_be_read_closes_the_host_this_time(site: Site, time: Time, raw: Path) -> None:
    site.says("/robots.txt", status(500))
    one = only(raw, time, file_at(site.says("/a.pdf", body(ONE))))
    assert one.status is Status.REFUSED
    assert one.reason == f"robots.txt of {site.address} cannot be read (the server answers 500), so nothing is asked of it this time"
    assert site.paths() == []


def test_a_host_is_left_alone_between_requests(site: Site, time: Time, raw: Path) -> None:
    only(raw, time, file_at(site.says("/a.pdf", body(ONE))), delay=5)
    assert time.slept == [5]


def test_crawl_delay_is_honoured(site: Site, time: Time, raw: Path) -> None:
    site.says("/robots.txt", body(b"User-agent: *\nCrawl-delay: 30\n"))
    only(raw, time, file_at(site.says("/a.pdf", body(ONE))), delay=5)
    assert time.slept == [30]


def test_a_crawl_delay_over_the_limit_is_not_cut_short_but_left(site: Site, time: Time, raw: Path) -> None:
    site.says("/robots.txt", body(b"User-agent: *\nCrawl-delay: 86400\n"))
    assert only(raw, time, file_at(site.says("/a.pdf", body(ONE)))).status is Status.REFUSED
    assert (site.paths(), time.slept) == ([], [])
