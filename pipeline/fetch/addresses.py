"""Addresses as a browser reads them, and which one may lead to which."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes, urljoin

import httpx2

from pipeline.fetch.names import readable
from pipeline.fetch.outcome import Refused


def absolute(address: str, base: str = "") -> str | None:
    """The address made absolute against `base` as a browser does: percent-encoded, without fragment. None where it is not http or https.

    Pages written on Windows have `..\\pdf\\a.pdf`, and lines broken inside an address.
    """
    tidy = re.sub(r"[\t\r\n]", "", address).strip()
    if not re.match(r"(?i)(?!https?:)[a-z][a-z0-9+.-]*:", tidy):
        path, mark, query = tidy.partition("?")
        tidy = path.replace("\\", "/") + mark + query
    try:
        url = httpx2.URL(urljoin(base, tidy)).copy_with(fragment=None)
        return str(url) if url.scheme in {"http", "https"} and url.host else None
    except (httpx2.InvalidURL, ValueError):
        return None


def redirected(address: str, location: str) -> str:
    """Where a redirect from `address` leads. Raises Refused where it leaves the web (file://, ftp://) or goes back from https to http."""
    there = absolute(location, address) if location.strip() else None
    if there is None:
        raise Refused(f"a redirect leads to {location[:200]!r}, which is neither http nor https")
    if httpx2.URL(address).scheme == "https" and httpx2.URL(there).scheme == "http":
        raise Refused(f"a redirect leads from https back to http ({there})")
    if httpx2.URL(there).userinfo:
        raise Refused("a redirect leads to an address with a user and password")
    return there


def shown(address: str) -> str:
    """An address for a person: Japanese instead of percent signs, where nothing in it could play with a terminal."""
    text = readable(unquote_to_bytes(address))
    return text if text and text.isprintable() else address


def origin_of(address: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    url = httpx2.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
