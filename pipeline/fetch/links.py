"""The links of a page: absolute addresses with their words, in the page's order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from pipeline.fetch.addresses import absolute, shown
from pipeline.fetch.outcome import NotFetched

# Pages that say Shift_JIS hold what Windows added to it (①, ㈱, 髙); the web reads the names as these.
AS_READ = {
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "csshiftjis"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "cseucpkdfmtjapanese"), "euc_jp"),
}
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# A page says its encoding within its first kilobyte.
META = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """An absolute http(s) address without fragment, percent-encoded, and the words of the link."""

    address: str
    text: str


def links(page: bytes, address: str, content_type: str = "") -> list[Link]:
    """All links (a, area) of a page that lies at `address`, doubles dropped, the words of the first kept.

    The encoding is the one that the server says, else the page, else the one that fits. Raises NotFetched where the page cannot be taken apart.
    """
    try:
        soup = BeautifulSoup(page, "html.parser", from_encoding=_encoding(page, content_type))
    except ParserRejectedMarkup as error:
        raise NotFetched(f"the page cannot be taken apart ({error})") from error
    base = soup.find("base", href=True)
    against = absolute(str(base["href"]), address) or address if isinstance(base, Tag) else address
    found: dict[str, Link] = {}
    for tag in soup.find_all(["a", "area"], href=True):
        href = str(tag["href"])
        made = absolute(href, against)
        # A link within the page is none.
        if made and not href.strip().startswith("#"):
            found.setdefault(made, Link(made, _words(tag)))
    return list(found.values())


def matching(found: list[Link], link: re.Pattern[str] | None, text: re.Pattern[str] | None) -> list[Link]:
    """The links whose address (as sent or as read) and words both match; a pattern that is None matches all."""
    return [one for one in found if (link is None or link.search(one.address) or link.search(shown(one.address))) and (text is None or text.search(one.text))]


def _words(tag: Tag) -> str:
    words = " ".join(tag.get_text(" ").split())
    pictures = [str(picture.get("alt", "")) for picture in tag.find_all("img")]
    return words or " ".join(" ".join(pictures).split()) or str(tag.get("alt", "") or tag.get("title", ""))


def _encoding(page: bytes, content_type: str) -> str | None:
    said = CHARSET.search(content_type)
    name = said[1] if said else None
    if name is None and (meta := META.search(page[:1024])):
        name = meta[1].decode("ascii")
    if name:
        return AS_READ.get(name.lower(), name)
    # A short page gives a guesser little to go by; what reads as UTF-8 is UTF-8.
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
