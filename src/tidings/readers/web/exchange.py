"""One request and its answer over one connection, within limits of time and size.

HTTP is read by h11, and the bytes are kept as they came, for the archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import h11

from tidings.model import Reason, Rejected
from tidings.readers.web.network import Line, Network, refuse
from tidings.readers.web.options import Clock, FetchOptions
from tidings.readers.web.targets import Target
from tidings.reading.unpacking import Unpacker

PART = 1 << 16  # bytes a read
LONGEST_HEAD = 1 << 18  # bytes; the largest heads seen are a tenth of it
ACCEPTED = "gzip, deflate"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.8"

Headers = tuple[tuple[str, str], ...]


class Cut(StrEnum):
    """Why an answer is not whole; the words of WARC-Truncated (ISO 28500 section 5.13)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    target: Target
    at: datetime  # when it was asked, aware UTC
    address: str  # that it was asked at
    request: bytes
    raw: bytes  # status line, headers and body as sent, chunks and codings and all
    status: int
    headers: Headers  # names in lower case, in order
    body: bytes  # without chunks and content codings
    cut: Cut | None
    detail: str  # what the cut rests on

    def find(self, name: str) -> str | None:
        """The header's value; of several the first."""
        return _find(self.headers, name)

    def join(self, name: str) -> str:
        """All of that header's values, parted by commas."""
        return ", ".join(value for key, value in self.headers if key == name)


def ask(
    target: Target, network: Network, options: FetchOptions, clock: Clock, extra: Headers = ()
) -> Answer | Rejected:
    """GET. ``extra``: headers beside our own. What was answered before a fault is an Answer that
    is cut; without a head there is none."""
    at, end = clock.now(), clock.monotonic() + options.total_seconds
    line = network.connect(target)
    if isinstance(line, Rejected):
        return line
    try:
        course = _Course(target, line, options)
        course.send(extra)
        fault = course.run(clock, end)
    except TimeoutError:
        fault = _Fault(cut=Cut.TIME, detail=f"took no request in {options.read_seconds:g} s")
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        fault = _Fault(cut=Cut.DISCONNECT, detail=f"broke off: {told}")
    finally:
        network.close(line)
    return course.end(at, line.address, fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    cut: Cut
    detail: str


class _Course:
    """One exchange under way."""

    def __init__(self, target: Target, line: Line, options: FetchOptions) -> None:
        self._target = target
        self._socket = line.socket
        self._options = options
        self._parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        self._request = b""
        self._raw = bytearray()
        self._start = 0  # of the last head in ``raw``: some servers send early hints before it
        self._head: h11.Response | None = None
        self._body = Unpacker("", 0)

    def send(self, extra: Headers) -> None:
        headers = (
            ("Host", self._target.netloc),
            ("User-Agent", self._options.user_agent),
            ("Accept", ACCEPT),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "close"),
            *extra,
        )
        request = h11.Request(method="GET", target=self._target.path, headers=list(headers))
        self._request = (self._parser.send(request) or b"") + (
            self._parser.send(h11.EndOfMessage()) or b""
        )
        self._socket.settimeout(self._options.read_seconds)
        self._socket.sendall(self._request)

    def run(self, clock: Clock, end: float) -> _Fault | None:
        """Reads to the end of the answer; a fault where that is not reached."""
        while not self._body.is_full:
            try:
                event = self._parser.next_event()
            except h11.RemoteProtocolError as error:
                return _Fault(cut=Cut.DISCONNECT, detail=f"no sound HTTP: {error}".lower())
            if event is h11.NEED_DATA:
                if fault := self._receive(end - clock.monotonic()):
                    return fault
            elif not self._take(event):
                return None
        return self._too_large()

    def _take(self, event: object) -> bool:
        """Whether more is to come."""
        match event:
            case h11.InformationalResponse():
                self._start = len(self._raw) - len(self._parser.trailing_data[0])
            case h11.Response():
                self._head = event
                coding = _find(_lower(event), "content-encoding") or ""
                self._body = Unpacker(coding, self._options.largest_page)
            case h11.Data():
                self._body.feed(bytes(event.data))
            case _:
                return False
        return True

    def _receive(self, left: float) -> _Fault | None:
        options = self._options
        is_late = left < options.read_seconds
        try:
            self._socket.settimeout(min(max(left, 0.001), options.read_seconds))
            data = self._socket.recv(PART)
        except TimeoutError:
            told = f"not whole after {options.total_seconds:g} s"
            if not is_late:
                told = f"silent for {options.read_seconds:g} s"
            return _Fault(cut=Cut.TIME, detail=told)
        if left <= 0:
            return _Fault(cut=Cut.TIME, detail=f"not whole after {options.total_seconds:g} s")
        self._raw += data
        self._parser.receive_data(data)
        if len(self._raw) - self._start > options.largest_page + LONGEST_HEAD:
            return self._too_large()
        return None

    def _too_large(self) -> _Fault:
        limit = self._options.largest_page
        return _Fault(cut=Cut.LENGTH, detail=f"more than {limit:,} bytes; see largest_page")

    def end(self, at: datetime, address: str, fault: _Fault | None) -> Answer | Rejected:
        if self._head is None:
            detail = fault.detail if fault else "no answer"
            slow = fault is not None and fault.cut is Cut.TIME
            return refuse(self._target, detail, Reason.TIMEOUT if slow else Reason.UNREACHABLE)
        rest = len(self._parser.trailing_data[0]) if fault is None else 0
        return Answer(
            target=self._target,
            at=at,
            address=address,
            request=self._request,
            raw=bytes(self._raw[self._start : len(self._raw) - rest]),
            status=self._head.status_code,
            headers=_lower(self._head),
            body=self._body.body,
            cut=fault.cut if fault else None,
            detail=fault.detail if fault else "",
        )


def _lower(head: h11.Response) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers)


def _find(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key == name), None)
