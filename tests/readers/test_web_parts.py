"""The laws of fetch's parts, each on its own."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from web_fakes import START, SetClock

from tidings.errors import StoreFull, Unavailable
from tidings.model import Rejected
from tidings.readers.web.archive import Archive, archives, render_exchange
from tidings.readers.web.discovery import find_feeds
from tidings.readers.web.exchange import Answer, Cut, ask
from tidings.readers.web.freshness import (
    choose_poll,
    choose_retry,
    count_fresh,
    parse_directives,
    parse_retry,
)
from tidings.readers.web.lanes import Lanes
from tidings.readers.web.network import Line
from tidings.readers.web.options import FetchOptions
from tidings.readers.web.robots import Rules, parse_answer
from tidings.readers.web.targets import Target, follow, parse_target
from tidings.reading.unpacking import Unpacker


def make_target(url: str = "https://a.test/page") -> Target:
    found = parse_target(url)
    assert isinstance(found, Target)
    return found


def make_answer(raw: bytes = b"HTTP/1.1 200 OK\r\n\r\nbody", cut: Cut | None = None) -> Answer:
    return Answer(
        target=make_target(),
        at=START,
        address="8.8.8.8",
        request=b"GET /page HTTP/1.1\r\n\r\n",
        raw=raw,
        status=200,
        headers=(("etag", '"x"'), ("vary", "a"), ("vary", "b")),
        body=b"body",
        cut=cut,
        detail="",
    )


# lanes

steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from("abc"), st.booleans()),
        st.tuples(st.just("take"), st.floats(0, 3), st.none()),
        st.tuples(st.just("free"), st.floats(0, 3), st.none()),
    ),
    max_size=60,
)


@given(steps)
def test_a_host_has_one_request_at_a_time_and_its_gap(
    walk: list[tuple[str, object, object]],
) -> None:
    lanes: Lanes[int] = Lanes()
    now, given_in, taken = 0.0, 0, []
    busy: list[str] = []
    ready: dict[str, float] = {}
    for what, value, first in walk:
        if what == "add":
            lanes.add(str(value), given_in, first=bool(first))
            given_in += 1
            continue
        now += float(str(value))
        if what == "free" and busy:
            host = busy.pop(0)
            ready[host] = now + 1.0
            lanes.free(host, ready[host])
        elif what == "take" and (turn := lanes.take(now)) is not None:
            assert turn[0] not in busy
            assert now >= ready.get(turn[0], 0.0)
            busy.append(turn[0])
            taken.append(turn[1])
    for _ in range(given_in):
        for host in busy:
            lanes.free(host, now)
        busy = []
        coming = lanes.find_next()
        now = max(now, coming or now)
        if (turn := lanes.take(now)) is not None:
            busy.append(turn[0])
            taken.append(turn[1])
    assert sorted(taken) == list(range(given_in))  # each once, none is forgotten
    assert len(lanes) == 0


def test_within_a_lane_the_order_is_kept() -> None:
    lanes: Lanes[int] = Lanes()
    for number in (1, 2, 3):
        lanes.add("a", number)
    lanes.add("a", 0, first=True)
    found = []
    while (turn := lanes.take(0.0)) is not None:
        found.append(turn[1])
        assert lanes.find_next() is None
        lanes.free("a", 0.0)
    assert found == [0, 1, 2, 3]
    assert lanes.is_idle


# unpacking


@given(
    st.binary(max_size=3_000),
    st.sampled_from(["", "identity", "gzip", "x-gzip", "deflate", "raw", "br"]),
    st.lists(st.integers(0, 400), max_size=20),
    st.integers(0, 4_000),
)
def test_a_body_is_unpacked_in_whatever_pieces_it_comes(
    body: bytes, coding: str, cuts: list[int], largest: int
) -> None:
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = {
        "gzip": gzip.compress(body),
        "x-gzip": gzip.compress(body[:7]) + gzip.compress(body[7:]),
        "deflate": zlib.compress(body),
        "raw": machine.compress(body) + machine.flush(),
    }.get(coding, body)
    unpacker = Unpacker("deflate" if coding == "raw" else coding, largest)
    rest = packed
    for cut in cuts:
        unpacker.feed(rest[:cut])
        rest = rest[cut:]
    unpacker.feed(rest)
    if coding == "raw" and unpacker.fault:
        return  # its first bytes may look like a frame
    assert unpacker.is_full == (len(body) > largest)
    if coding == "x-gzip" and unpacker.is_full:
        assert body.startswith(unpacker.body)
    else:
        assert unpacker.body == body[:largest]


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_what_is_not_packed_breaks_nothing(body: bytes, coding: str) -> None:
    unpacker = Unpacker(coding, 1_000)
    unpacker.feed(body)
    assert len(unpacker.body) <= 1_000


def test_a_bomb_is_stopped_at_the_limit() -> None:
    unpacker = Unpacker("gzip", 1_000)
    unpacker.feed(gzip.compress(b"\0" * 50_000_000))
    assert unpacker.is_full
    assert len(unpacker.body) == 1_000


# freshness


def finder(**headers: str) -> object:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda name: named.get(name, "")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache_control": "max-age=60"}, 60),
        ({"cache_control": "Public, Max-Age = 60"}, 60),
        ({"cache_control": 'max-age="60"'}, 60),
        ({"cache_control": "max-age=60", "age": "20"}, 40),
        ({"cache_control": "max-age=60", "age": "200"}, 0),
        ({"cache_control": "max-age=60, no-cache"}, 0),
        ({"cache_control": "no-store, max-age=60"}, 0),
        ({"cache_control": "max-age=-1"}, 0),
        ({"cache_control": "max-age=60", "expires": "0"}, 60),
        ({"expires": "Sun, 01 Mar 2026 12:01:00 GMT"}, 60),
        ({"expires": "Sun, 01 Mar 2026 12:01:00 GMT", "date": "Sun, 01 Mar 2026 12:00:30 GMT"}, 30),
        ({"expires": "Sun, 01 Mar 2020 12:01:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"cache_control": "max-age=999999999999999"}, 0),  # no number that a cache takes
        ({"cache_control": "max-age=999999999"}, 366 * 86_400),
    ],
)
def test_how_long_an_answer_holds(headers: dict[str, str], seconds: int) -> None:
    assert count_fresh(finder(**headers), START) == timedelta(seconds=seconds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120),
        ("Sunday, 01-Mar-26 12:02:00 GMT", 120),
        ("Sun Mar  1 12:02:00 2026", 120),
        ("Sun, 01 Mar 2020 12:02:00 GMT", 0),
        ("999999999999", 366 * 86_400),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_how_long_to_wait(value: str, after: int | None) -> None:
    expected = None if after is None else START + timedelta(seconds=after)
    assert parse_retry(value, START) == expected


@given(st.text(max_size=60))
def test_no_header_breaks_the_parsers(value: str) -> None:
    parse_directives(value)
    found = parse_retry(value, START)
    assert found is None or found >= START
    fresh = count_fresh(finder(cache_control=value, expires=value, date=value, age=value), START)  # type: ignore[arg-type]
    assert timedelta(0) <= fresh <= timedelta(days=366)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_feed_is_polled_once_an_hour_at_most_and_once_a_day_at_least(
    fresh: int, hint: int
) -> None:
    options = FetchOptions()
    due = choose_poll(timedelta(seconds=fresh), timedelta(seconds=hint), START, options)
    assert timedelta(hours=1) <= due - START <= timedelta(days=1)


def test_tries_come_to_an_end() -> None:
    options = FetchOptions(tries=4)
    found = [choose_retry(failures, START, options) for failures in range(1, 6)]
    hours = [one and (one - START) / timedelta(hours=1) for one in found]
    assert hours == [1, 2, 4, None, None]


# robots.txt


@given(st.binary(max_size=400))
def test_no_robots_txt_breaks_the_parser(body: bytes) -> None:
    answer = make_answer()
    kept = Answer(**{**_fields(answer), "body": body})
    rules = Rules(parse_answer("https://a.test", kept, START))
    rules.find_refusal(make_target())
    assert rules.gap >= 0


def _fields(answer: Answer) -> dict[str, object]:
    return {name: getattr(answer, name) for name in answer.__dataclass_fields__}


# archives


@given(st.binary(max_size=500), st.binary(max_size=100), st.sampled_from([None, *Cut]))
def test_what_is_archived_is_read_back_as_it_was(
    raw: bytes, request: bytes, cut: Cut | None
) -> None:
    answer = Answer(**{**_fields(make_answer(raw, cut)), "request": request})
    packed = render_exchange(answer, is_revisit=False)
    found = [
        (record.headers["WARC-Type"], record.headers.get("WARC-Truncated"), record.reader.read())
        for record in ArchiveIterator(io.BytesIO(packed), parse_http=False, verify_digests=True)
    ]
    assert found == [("response", cut and str(cut), raw), ("request", None, request)]


def test_archives_of_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    made = []
    for _ in range(11):
        made.append(Archive(tmp_path / "x", START, "Tidings"))
        made[-1].keep(make_answer(), is_revisit=False)
        made[-1].close()
    assert archives(tmp_path / "x") == [one.path for one in made]
    assert made[0].path.name == "fetch-20260301T120000Z-0.warc.gz"


def test_without_an_answer_there_is_no_archive(tmp_path: Path) -> None:
    Archive(tmp_path, START, "Tidings").close()
    assert archives(tmp_path) == []


def test_no_room_takes_the_record_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path, START, "Tidings")
    archive.keep(make_answer(), is_revisit=False)
    size = archive.path.stat().st_size
    whole = archive._file

    class Full:
        """Takes ten bytes, then no more."""

        room = 10

        def write(self, data: bytes) -> int:
            if not self.room:
                raise OSError(28, "No space left on device")
            written = whole.write(data[: self.room])
            self.room -= written
            return written

        def __getattr__(self, name: str) -> object:
            return getattr(whole, name)

    archive._file = Full()  # type: ignore[assignment]
    with pytest.raises(StoreFull, match="no room"):
        archive.keep(make_answer(), is_revisit=False)
    assert archive.path.stat().st_size == size
    archive.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="--store"):
        Archive(tmp_path / "file" / "x", START, "Tidings").keep(make_answer(), is_revisit=False)


# discovery


@given(st.binary(max_size=400))
def test_any_bytes_are_looked_through_for_feeds(data: bytes) -> None:
    find_feeds(data, make_target())


def test_feeds_that_a_page_names() -> None:
    page = b"""<base href="https://b.test/sub/"><link href='one.xml' REL="Alternate home"
      TYPE=application/rss+xml><link rel="alternate" type="application/atom+xml; charset=utf-8"
      href="/two?a=1&amp;b=2"><link rel=stylesheet type=text/css href=x.css><link rel=alternate
      hreflang=de href=/de><link rel="alternate" type="application/rss+xml" href="ftp://x/">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">"""
    found = find_feeds(page, make_target())
    assert [one.url for one in found] == [
        "https://b.test/sub/one.xml",
        "https://b.test/two?a=1&b=2",
    ]


@given(st.text(max_size=100))
def test_a_redirect_leads_somewhere_or_is_refused(where: str) -> None:
    found = follow(make_target(), where)
    assert isinstance(found, Rejected) or found.url.startswith(("http://", "https://"))
    if isinstance(found, Target):
        assert found.url.isascii()
        assert not set(found.path) & set(" \r\n\0")


# exchanges


class Scripted:
    """A socket that gives these parts, then ends or fails."""

    def __init__(self, parts: list[bytes], error: OSError | None) -> None:
        self._parts = parts
        self._error = error

    def recv(self, most: int) -> bytes:
        if self._parts:
            return self._parts.pop(0)[:most]
        if self._error:
            raise self._error
        return b""

    def settimeout(self, seconds: float) -> None:
        assert seconds > 0

    def sendall(self, data: bytes) -> None:
        assert data.startswith(b"GET /page HTTP/1.1\r\n")


class ScriptedNetwork:
    def __init__(self, parts: list[bytes], error: OSError | None) -> None:
        self._line = Line(socket=Scripted(parts, error), address="8.8.8.8")  # type: ignore[arg-type]

    def connect(self, _: Target) -> Line:
        return self._line

    def close(self, line: Line) -> None:
        assert line is self._line


pieces = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 103 Hints\r\n\r\n", b"HTTP/1.0 404 No\r\n",
        b"HTTP/1.1 101 Switch\r\n", b"Content-Length: 5\r\n", b"Content-Length: x\r\n",
        b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Connection: close\r\n",
        b"Upgrade: h2c\r\n", b"\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n", b"hello", b"\x1f\x8b\x08\0",
        b" folded\r\n", b": no name\r\n", b"\n",
    ]
) | st.binary(max_size=20)  # fmt: skip


@given(st.lists(pieces, max_size=14), st.sampled_from([None, TimeoutError(), ConnectionError()]))
def test_whatever_comes_over_the_wire_ends_as_an_answer_or_a_rejection(
    parts: list[bytes], error: OSError | None
) -> None:
    sent = b"".join(parts)
    network = ScriptedNetwork([part for part in parts if part], error)
    options = FetchOptions(largest_page=10)
    found = ask(make_target(), network, options, SetClock().clock)  # type: ignore[arg-type]
    if isinstance(found, Answer):
        assert found.raw in sent
        assert len(found.body) <= 10
        assert found.raw.startswith(b"HTTP/")
    else:
        assert found.name == "https://a.test/page"
