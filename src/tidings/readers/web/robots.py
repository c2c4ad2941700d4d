"""robots.txt as RFC 9309 has it: what an answer to it means, and what it allows. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from protego import Protego

from tidings.model import Reason, Rejected
from tidings.model.visits import Host
from tidings.readers.web.exchange import Answer, Cut
from tidings.readers.web.options import AGENT
from tidings.readers.web.targets import Target

LARGEST = 512_000  # bytes that are read of it, RFC 9309 section 2.5: 500 KiB at least
HOLDS = timedelta(days=1)  # section 2.4


def parse_answer(authority: str, answer: Answer | Rejected, at: datetime) -> Host:
    """The last one, after redirects. 4xx: there are no rules. 5xx or none: all is refused for
    now (section 2.3.1)."""
    if isinstance(answer, Rejected) and answer.reason is Reason.STATUS:
        return Host(authority=authority, robots="", fetched_at=at)  # redirects without end
    if isinstance(answer, Rejected):
        words = "" if answer.reason is Reason.PRIVATE else "robots.txt: "
        detail = f"{answer.reason}: {words}{answer.detail}"
        return Host(authority=authority, detail=detail, fetched_at=at)
    if answer.status >= 500 or answer.status == 429:
        detail = f"robots.txt was answered with {answer.status}, so nothing is asked for now"
        return Host(authority=authority, detail=detail, fetched_at=at)
    if not 200 <= answer.status < 300:
        return Host(authority=authority, robots="", fetched_at=at)
    if answer.cut not in (None, Cut.LENGTH):
        detail = f"robots.txt came in part ({answer.detail}), so nothing is asked for now"
        return Host(authority=authority, detail=detail, fetched_at=at)
    text = answer.body.decode("utf-8-sig", "replace")
    return Host(authority=authority, robots=text, fetched_at=at)


def is_fresh(host: Host, now: datetime) -> bool:
    """Rules hold for a day; that there were none to be had is asked again after an hour."""
    if host.fetched_at is None:
        return False
    return now - host.fetched_at < (HOLDS if host.robots is not None else HOLDS / 24)


class Rules:
    """One host's, parsed once."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._parsed = Protego.parse(host.robots or "")

    @property
    def gap(self) -> float:
        """Seconds; 0 where none is asked for."""
        return max(self._parsed.crawl_delay(AGENT) or 0.0, 0.0)

    @property
    def is_lasting(self) -> bool:
        """False where the host might allow tomorrow what it refuses now."""
        return self._host.robots is not None

    def find_refusal(self, target: Target) -> Rejected | None:
        if self._host.robots is None:
            return _refuse(target, self._host.detail)
        if self._parsed.can_fetch(target.url, AGENT):
            return None
        detail = f"robots.txt of {target.authority} asks {AGENT} not to; leave it, or ask them"
        return Rejected(name=target.url, reason=Reason.ROBOTS, detail=detail)


def _refuse(target: Target, detail: str) -> Rejected:
    """The reason for which robots.txt itself could not be had, where there is one."""
    head, _, rest = detail.partition(": ")
    known = head in (Reason.PRIVATE, Reason.UNREACHABLE, Reason.TIMEOUT, Reason.UNSUPPORTED)
    reason = Reason(head) if known else Reason.ROBOTS
    return Rejected(name=target.url, reason=reason, detail=rest if known else detail)
