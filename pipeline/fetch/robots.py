"""What a host's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from pipeline.fetch.settings import PRODUCT


@dataclass(frozen=True)
class Rules:
    """The rules of one scheme, host and port. `rules` None: `closed` says why nothing may be asked, or where that is None too, all may be.
    `pause` is the least number of seconds between two requests that the host asks for."""

    origin: str
    rules: Protego | None = None
    closed: str | None = None
    pause: float = 0.0

    @classmethod
    def of(cls, origin: str, status: int, body: bytes) -> Rules:
        """The rules in an answer to a request for robots.txt: 200 has them, 4xx means that there are none and all is allowed.

        Anything else means that nothing may be asked until robots.txt can be read again (RFC 9309, 2.3.1.4).
        """
        if status == 200:
            rules = Protego.parse(body.decode("utf-8-sig", errors="replace"))
            rate = rules.request_rate(PRODUCT)
            spaced = rate.seconds / rate.requests if rate and rate.requests else 0.0
            return cls(origin, rules, pause=max(rules.crawl_delay(PRODUCT) or 0.0, spaced))
        if 400 <= status < 500:
            return cls(origin)
        return unreachable(origin, f"the server answers {status}")

    def against(self, address: str) -> str | None:
        """Why an address may not be asked for; None where it may."""
        if self.closed:
            return self.closed
        if self.rules and not self.rules.can_fetch(address, PRODUCT):
            return f"robots.txt of {self.origin} forbids this address"
        return None


def unreachable(origin: str, why: str) -> Rules:
    return Rules(origin, closed=f"robots.txt of {origin} cannot be read ({why}), so nothing is asked of it this time")
