"""Links of pages: encodings, bases, doubles; and pages as sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.fetch.addresses import redirected
from pipeline.fetch.links import Link, links, matching
from pipeline.fetch.outcome import Refused
from tests.pipeline.fetch.shop import ONE, TWO, Status, card, fetched, held, only, page_at
from tests.pipeline.fetch.site import Site, Time, body, marked, status

AT = "https://example.jp/plans/index.html"


def addresses(page: str, encoding: str = "utf-8", content_type: str = "") -> list[str]:
    return [link.address for link in links(page.encode(encoding), AT, content_type)]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a.pdf", "https://example.jp/plans/a.pdf"),
        ("../a.pdf#page=2", "https://example.jp/a.pdf"),
        ("/b/計画.pdf", "https://example.jp/b/%E8%A8%88%E7%94%BB.pdf"),
        ("//other.jp/a.pdf?x=1&amp;y=2", "https://other.jp/a.pdf?x=1&y=2"),
        ("..\\pdf\\a.pdf", "https://example.jp/pdf/a.pdf"),
        (" a\n.pdf ", "https://example.jp/plans/a.pdf"),
        ("http://example.jp:80/a.pdf", "http://example.jp/a.pdf"),
    ],
)
def test_links_are_made_absolute_as_a_browser_does(href: str, address: str) -> None:
    assert addresses(f'<a href="{href}">x</a>') == [address]


@pytest.mark.parametrize(
    "href", ["mailto:a@example.jp", "javascript:void(0)", "file:///etc/passwd", "ftp://example.jp/a.pdf", "#top", "http://", "http://[bad/a.pdf"]
)
def test_what_is_no_address_of_the_web_is_no_link(href: str) -> None:
    assert addresses(f'<a href="{href}">x</a><a>y</a>') == []


@pytest.mark.parametrize("location", ["http://example.jp/a.pdf", "file:///a.pdf", "ftp://example.jp/a.pdf", "https://user:secret@example.jp/a.pdf", ""])
def test_a_redirect_from_https_leads_to_https_alone(location: str) -> None:
    with pytest.raises(Refused):
        redirected(AT, location)
    assert redirected(AT, "//other.jp/計画.pdf") == "https://other.jp/%E8%A8%88%E7%94%BB.pdf"
    assert redirected("http://example.jp/", "https://example.jp/a.pdf") == "https://example.jp/a.pdf"


def test_doubles_are_dropped_and_the_order_kept() -> None:
    assert links(b'<a href="b.pdf"> B  <b>x</b></a><a href="a.pdf"><img alt="A"></a><a href="b.pdf#2">again</a>', AT) == [
        Link("https://example.jp/plans/b.pdf", "B x"),
        Link("https://example.jp/plans/a.pdf", "A"),
    ]


def test_base_holds() -> None:
    assert addresses('<base href="/docs/"><a href="a.pdf">x</a>') == ["https://example.jp/docs/a.pdf"]
    assert addresses('<base href="javascript:1"><a href="a.pdf">x</a>') == ["https://example.jp/plans/a.pdf"]


@pytest.mark.parametrize("encoding", ["shift_jis", "x-sjis", "Windows-31J", "euc-jp", "utf-8"])
def test_a_page_is_read_in_the_encoding_that_it_says(encoding: str) -> None:
    codec = "cp932" if encoding.lower() in ("shift_jis", "x-sjis", "windows-31j") else encoding
    text = "高①計画" if codec == "cp932" else "計画"
    inside = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><a href="a.pdf">{text}</a>'
    assert [link.text for link in links(inside.encode(codec), AT)] == [text]
    assert [link.text for link in links(f'<a href="a.pdf">{text}</a>'.encode(codec), AT, f"text/html; charset={encoding}")] == [text]


def test_a_wrong_header_is_mended_by_what_the_bytes_are() -> None:
    page = '<meta charset="Shift_JIS"><a href="a.pdf">事業計画の実績について</a>'.encode("cp932")
    assert [link.text for link in links(page, AT, "text/html; charset=utf-8")] == ["事業計画の実績について"]


def test_patterns_are_searched_in_the_address_as_sent_and_as_read_and_in_the_words() -> None:
    found = links('<a href="計画.pdf">実績</a><a href="other.pdf">実績</a><a href="計画.xlsx">計画</a>'.encode(), AT)
    assert [link.text for link in matching(found, re.compile("計画.*[.]pdf$"), None)] == ["実績"]
    assert len(matching(found, re.compile("%E8%A8%88"), None)) == 2
    assert len(matching(found, re.compile("[.]pdf$"), re.compile("実績"))) == 2
    assert matching(found, re.compile("[.]pdf$"), re.compile("^計画")) == []


def test_the_links_of_a_shift_jis_page_are_fetched_with_their_words(site: Site, time: Time, raw: Path) -> None:
    page = '<html><meta charset="Shift_JIS"><a href="docs/1.pdf">事業計画①</a><a href="docs/2.pdf">実績</a><a href="x.html">一覧</a>'.encode("cp932")
    origin = page_at(site.says("/index.html", body(page, content_type="text/html")), text="計画|実績")
    site.says("/docs/1.pdf", marked(ONE))
    site.says("/docs/2.pdf", marked(TWO))
    assert [(one.status, one.file) for one in fetched(raw, time, origin)] == [(Status.NEW, "page/1.pdf"), (Status.NEW, "page/2.pdf")]
    said = card(raw, "page/1.pdf")
    assert (said["link_text"], said["found_on"]) == ("事業計画①", origin.address)
    assert [one.status for one in fetched(raw, time, origin)] == [Status.UNCHANGED] * 2


@pytest.mark.parametrize("answer", [status(404), status(500), body(b"<html>no link</html>"), body(b"")])
def test_a_page_that_turns_into_something_else_costs_no_document(site: Site, time: Time, raw: Path, answer: object) -> None:
    origin = page_at(site.says("/index.html", body(b'<a href="1.pdf">x</a>'), answer))  # type: ignore[arg-type]
    site.says("/1.pdf", marked(ONE))
    only(raw, time, origin)
    one = only(raw, time, origin)
    assert (one.status, one.address, one.file) == (Status.FAILED, origin.address, None)
    assert held(raw) == {"page/1.pdf": ONE}


def test_a_document_that_the_page_no_longer_links_to_is_gone_and_stays(site: Site, time: Time, raw: Path) -> None:
    origin = page_at(site.says("/", body(b'<a href="1.pdf">x</a><a href="2.pdf">y</a>'), body(b'<a href="2.pdf">y</a>')))
    site.says("/1.pdf", marked(ONE))
    site.says("/2.pdf", marked(TWO))
    fetched(raw, time, origin)
    done = fetched(raw, time, origin)
    assert [(one.file, one.status) for one in done] == [("page/2.pdf", Status.UNCHANGED), ("page/1.pdf", Status.GONE)]
    assert done[1].reason == "the page no longer links to it"
    assert held(raw) == {"page/1.pdf": ONE, "page/2.pdf": TWO}


def test_a_document_that_two_pages_link_to_is_asked_for_once(site: Site, time: Time, raw: Path) -> None:
    site.says("/1.pdf", marked(ONE))
    one = page_at(site.says("/a/", body(b'<a href="/1.pdf">x</a>')))
    two = page_at(site.says("/b/", body(b'<a href="/1.pdf">x</a>')), id="other")
    assert [(done.source, done.status) for done in fetched(raw, time, one, two)] == [("page", Status.NEW), ("other", Status.NEW)]
    assert site.paths() == ["/a/", "/1.pdf", "/b/"]
