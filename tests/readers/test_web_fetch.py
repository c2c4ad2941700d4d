"""Fetch against a local server that misbehaves. Traffic to loopback only."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from rude_server import (
    PAGE,
    Reply,
    RudeServer,
    bomb,
    drip,
    feed,
    raw,
    redirect,
    reset,
    serving,
    talk,
)
from web_fakes import Bench

from tidings.errors import Unavailable, WrongUse
from tidings.model import Rejected

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PACKED = gzip.compress(PAGE)


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with serving() as one:
        yield one


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(folder=tmp_path / "news.db.warc")


def test_a_page_is_fetched_and_archived_as_it_was_sent(server: RudeServer, bench: Bench) -> None:
    server.paths["/page"] = Reply(PACKED, headers={"Content-Encoding": "gzip"})
    tally = bench.fetch(server.url("/page?utm_source=feed"))
    assert (tally.asked, tally.fetched, tally.requests) == (1, 1, 2)
    kinds = [(kind, address.partition("/page")[1]) for kind, address, _ in bench.records()]
    assert kinds[0] == ("warcinfo", "")
    pair = ["response", "request"]
    assert [kind for kind, _ in kinds[1:]] == [*pair, *pair]
    assert [page for _, page in kinds[1:]] == ["", "", "/page", "/page"]
    _, address, block = bench.records()[3]
    assert address.endswith("/page?utm_source=feed")  # as asked for
    assert block.startswith(b"HTTP/1.1 200 OK\r\n")
    assert block.endswith(PACKED)
    (visit,) = bench.visits.held.values()
    assert visit.key.endswith("/page")  # trackers don't make another page


def test_the_request_says_who_asks(server: RudeServer, bench: Bench) -> None:
    server.paths["/page"] = Reply()
    bench.fetch(server.url("/page"), contact="mail@reader.example")
    headers = server.seen[-1].headers
    assert headers["user-agent"].startswith("Tidings/")
    assert headers["user-agent"].endswith(" (+mail@reader.example)")
    assert headers["host"] == f"a.test:{server.port}"
    assert "cookie" not in headers


def test_each_address_is_asked_once_a_run(server: RudeServer, bench: Bench) -> None:
    server.paths["/page"] = Reply()
    url = server.url("/page")
    tally = bench.fetch(url, f"{url}#part", f"{url}?utm_medium=x", url)
    assert (tally.asked, tally.fetched) == (1, 1)
    assert server.asked() == ["/page"]


def test_cookies_are_not_sent_back(server: RudeServer, bench: Bench) -> None:
    server.paths["/a"] = Reply(headers={"Set-Cookie": "id=7; Path=/"})
    server.paths["/b"] = Reply()
    bench.fetch(server.url("/a"), server.url("/b"))
    assert all("cookie" not in one.headers for one in server.seen)


MISBEHAVIOUR = {
    "/slow-head": (drip(b"", b"", 2.0, 1), "timeout"),
    "/trickle": (drip(OK + b"Content-Length: 999\r\n\r\n", b".", 0.05), "timeout"),
    "/trickled-head": (drip(b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n", 0.05), "timeout"),
    "/endless": (drip(OK + b"\r\n", b"more " * 9_999, 0.0), "too-large"),
    "/endless-head": (drip(b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n" * 999, 0.0), "unreachable"),
    "/endless-hints": (drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 999, 0.0), "timeout"),
    "/huge": (Reply(b"x" * 60_000), "too-large"),
    "/bomb": (bomb(8), "too-large"),
    "/deflated-bomb": (
        Reply(gzip.zlib.compress(b"\0" * 9_000_000), headers={"Content-Encoding": "deflate"}),
        "too-large",
    ),
    "/says-more": (Reply(headers={"Content-Length": "999"}), "truncated"),
    "/reset": (talk(reset), "truncated"),
    "/silent": (raw(b""), "unreachable"),
    "/garbage": (raw(b"\0\1\2 what is this?\r\n\r\n"), "unreachable"),
    "/two-lengths": (raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "unreachable"),
    "/bad-chunk": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab"), "truncated"),
    "/no-last-chunk": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"), "truncated"),
    "/unasked-304": (Reply(b"", "304 Not Modified"), "status"),
    "/gone": (Reply(b"gone", "410 Gone"), "status"),
    "/fault": (Reply(b"sorry", "500 Oops"), "status"),
    "/nothing": (Reply(b"", "204 No Content", {"Content-Length": "0"}), "status"),
    "/teapot": (Reply(b"", "999 What"), "status"),
    "/nowhere": (Reply(b"", "302 Found"), "status"),
    "/circle": (redirect("/circle"), "status"),
    "/circle-2": (redirect("/circle-3"), "status"),
    "/to-file": (redirect("file:///etc/hostname"), "unsupported"),
    "/to-ftp": (redirect("ftp://a.test/"), "unsupported"),
    "/to-user": (redirect("http://me:secret@a.test/"), "unsupported"),
    "/to-nonsense": (redirect("http://[::1/"), "unsupported"),
}


def test_whatever_a_server_does_each_address_ends_once(server: RudeServer, bench: Bench) -> None:
    server.paths |= {path: answer for path, (answer, _) in MISBEHAVIOUR.items()}
    server.paths["/circle-3"] = redirect("/circle-2")
    server.paths["/fine"] = Reply()
    urls = [server.url(path, f"{path[1:]}.test") for path in [*MISBEHAVIOUR, "/fine"]]
    start = time.monotonic()
    found = bench.reasons(*urls, threads=16)
    assert found == {path: reason for path, (_, reason) in MISBEHAVIOUR.items()}
    assert time.monotonic() - start < 8
    assert not any("secret" in one.detail + one.name for one in bench.told)


def test_answers_that_are_odd_and_whole_are_taken(server: RudeServer, bench: Bench) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    server.paths |= {
        "/hints": raw(hints + OK + b"Content-Length: 2\r\n\r\nok"),
        "/says-less": raw(OK + b"Content-Length: 2\r\n\r\nok and more"),
        "/to-the-end": raw(OK + b"\r\nok"),
        "/old": raw(b"HTTP/1.0 200 OK\r\n\r\nok"),
        "/chunks": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n"),
        "/no-words": raw(b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"),
        "/charset": Reply(headers={"Content-Type": "text/html; charset=klingon"}),
        "/raw-deflate": Reply(_deflate(PAGE), headers={"Content-Encoding": "deflate"}),
    }
    urls = [server.url(path) for path in server.paths]
    tally = bench.fetch(*urls)
    assert (tally.fetched, tally.rejected) == (len(urls), 0)
    found = [(address, block) for kind, address, block in bench.records() if kind == "response"]
    blocks = {address.partition(str(server.port))[2]: block for address, block in found}
    assert blocks["/hints"] == OK + b"Content-Length: 2\r\n\r\nok"  # hints are no answer
    assert blocks["/says-less"] == OK + b"Content-Length: 2\r\n\r\nok"


def _deflate(data: bytes) -> bytes:
    machine = gzip.zlib.compressobj(9, gzip.zlib.DEFLATED, -gzip.zlib.MAX_WBITS)
    return machine.compress(data) + machine.flush()


def test_redirects_are_followed_five_times(server: RudeServer, bench: Bench) -> None:
    for number in range(7):
        server.paths[f"/{number}"] = redirect(f"/{number + 1}")
    server.paths["/5"] = Reply()
    assert bench.fetch(server.url("/0")).fetched == 1
    bench.visits.held.clear()
    server.paths["/5"] = redirect("/6")
    server.paths["/6"] = Reply()
    assert bench.reasons(server.url("/0")) == {"/0": "status"}
    assert "/6" not in server.asked()


def test_a_redirect_to_what_was_asked_already_is_told_as_that(
    server: RudeServer, bench: Bench
) -> None:
    server.paths |= {"/page": Reply(), "/old": redirect("/page"), "/older": redirect("/page")}
    tally = bench.fetch(server.url("/page"), server.url("/old"), server.url("/older"))
    assert (tally.fetched, tally.repeated) == (1, 2)
    assert server.asked().count("/page") == 1


def test_a_redirect_takes_its_place_in_the_lane_of_its_host(
    server: RudeServer, bench: Bench
) -> None:
    server.paths["/page"] = redirect(server.url("/there", "b.test"))
    server.paths["/there"] = Reply()
    assert bench.fetch(server.url("/page")).fetched == 1
    assert [one.host for one in server.seen if one.path == "/there"] == ["b.test"]
    assert [one.host for one in server.seen if one.path == "/robots.txt"] == ["a.test", "b.test"]


def test_hosts_are_asked_one_request_at_a_time_and_many_at_once(
    server: RudeServer, bench: Bench
) -> None:
    def slow(_: dict[str, str]) -> Reply:
        time.sleep(0.1)
        return Reply()

    paths = [f"/{number}" for number in range(4)]
    server.paths |= dict.fromkeys(paths, slow)
    hosts = ("a.test", "b.test", "127.0.0.1")
    urls = [server.url(path, host) for path in paths for host in hosts]
    start = time.monotonic()
    assert bench.fetch(*urls, gap=0.05).fetched == 12
    taken = time.monotonic() - start
    assert dict(server.most_at_once) == dict.fromkeys(hosts, 1)
    assert taken < 12 * 0.15  # less than one after another
    for host in hosts:
        seen = sorted((one for one in server.seen if one.host == host), key=lambda one: one.start)
        gaps = [after.start - before.end for before, after in pairwise(seen)]
        assert min(gaps) >= 0.045, host


def test_a_host_that_does_not_answer_is_left_alone(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    urls = [f"http://a.test:{port}/{number}" for number in range(6)]
    bench.fetch(*urls)
    assert {str(one.reason) for one in bench.told} == {"unreachable"}
    assert "refused" in bench.told[0].detail


def test_what_no_one_can_ask_for_is_told(bench: Bench) -> None:
    links = bench.folder.parent / "links.txt"
    links.write_text("# mine\nhttps://nowhere.invalid/\nftp://a.test/x\nwhat is this\n")
    bench.fetch(str(links), "http://me:secret@a.test/", "http:///path")
    told = [(one.name.partition("links.txt")[2] or one.name, one.reason) for one in bench.told]
    found = sorted((name, str(reason)) for name, reason in told)
    assert found == [
        ("#1", "unsupported"),
        ("#2", "unsupported"),
        ("http:///path", "unsupported"),
        ("http://a.test/", "unsupported"),
        ("https://nowhere.invalid/", "unreachable"),
    ]


@pytest.mark.parametrize("source", ["no/such/file.opml", "example.org", "", "file:///etc/hosts"])
def test_a_source_that_is_neither_is_wrong_use(bench: Bench, source: str) -> None:
    with pytest.raises(WrongUse):
        bench.fetch(source)


def test_one_fetch_at_a_time(bench: Bench) -> None:
    with bench.session().hold(), pytest.raises(Unavailable), bench.session().hold():
        pass


def test_a_run_that_is_broken_off_leaves_what_it_had(server: RudeServer, bench: Bench) -> None:
    server.paths |= {"/a": Reply(), "/b": drip(OK + b"\r\n", b".", 0.05)}
    session = bench.session(total_seconds=60.0, read_seconds=60.0)

    def interrupt(tally: object) -> None:
        if server.asked() == ["/a"] and server.most_at_once["b.test"]:
            raise KeyboardInterrupt

    start = time.monotonic()
    with session.hold(), pytest.raises(KeyboardInterrupt):
        session.run([server.url("/a"), server.url("/b", "b.test")], interrupt)
    assert time.monotonic() - start < 5
    (archive,) = bench.session().find_unadded()
    kept = [address for kind, address, _ in bench.records() if kind == "response"]
    assert [one for one in kept if not one.endswith("/robots.txt")] == [server.url("/a")]
    server.paths["/b"] = Reply()
    again = bench.session()
    assert [one.url for one in again.plan([]) if not isinstance(one, Rejected)] == []
    bench.fetch(server.url("/b", "b.test"))
    assert bench.visits.is_added(archive.name)  # with the next run
    assert again.find_unadded() == []


@pytest.mark.parametrize("contact", ["me\r\nX: y", "почта@пример", "a\0b"])
def test_a_contact_that_no_header_carries_is_wrong_use(bench: Bench, contact: str) -> None:
    with pytest.raises(WrongUse, match="contact"):
        bench.session(contact=contact)


def test_redirects_in_raw_utf_8_are_followed(server: RudeServer, bench: Bench) -> None:
    server.paths["/page"] = raw(
        "HTTP/1.1 302 Found\r\nLocation: /süd\r\nContent-Length: 0\r\n\r\n".encode()
    )
    server.paths["/s%C3%BCd"] = Reply()
    assert bench.fetch(server.url("/page")).fetched == 1


KILLED = """
import sys
from pathlib import Path
from random import Random
from web_fakes import LOOPBACK, MemoryVisits, QUICK
from tidings.readers.web import FetchSession
from tidings.readers.web.network import Network
session = FetchSession(MemoryVisits(), Path(sys.argv[1]), QUICK, None, Network(QUICK, LOOPBACK))
with session.hold():
    session.run(sys.argv[2:], lambda _: None)
"""


def test_a_kill_loses_the_record_under_way_at_most(server: RudeServer, bench: Bench) -> None:
    def slow(_: dict[str, str]) -> Reply:
        time.sleep(0.02)
        return Reply()

    server.paths |= {f"/{number}": slow for number in range(500)}
    urls = [server.url(f"/{number}") for number in range(500)]
    words = [sys.executable, "-c", KILLED, str(bench.folder), *urls]
    with subprocess.Popen(words, cwd=Path(__file__).parent) as process:
        while len(server.asked()) < 20:
            time.sleep(0.01)
        process.kill()
    asked = server.asked()
    kept = [url for kind, url, _ in bench.records() if kind == "response"][1:]
    assert kept == urls[: len(kept)]
    assert len(kept) >= len(asked) - 2  # one under way, one answered and not yet written
    with bench.session().hold():  # the lock died with it
        assert len(bench.session().find_unadded()) == 1


@pytest.mark.parametrize("seed", range(4))
def test_in_a_web_of_redirects_and_feeds_each_address_is_asked_once(
    server: RudeServer, bench: Bench, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    hosts = [f"h{number}.test" for number in range(6)]
    urls = [server.url(f"/{number}", chance.choice(hosts)) for number in range(80)]
    for url in urls:
        path = f"/{url.rpartition('/')[2]}"
        match chance.randrange(6):
            case 0 | 1:
                server.paths[path] = redirect(
                    chance.choice(urls), chance.choice(["301 A", "302 B"])
                )
            case 2:
                server.paths[path] = feed(*chance.sample(urls, 8))
            case 3:
                server.paths[path] = Reply(b"", "500 Oops")
            case _:
                server.paths[path] = Reply()
    tally = bench.fetch(*urls[:20], threads=12)  # which checks that all ends add up
    assert tally.asked >= 20
    asked = [f"{one.host}{one.path}" for one in server.seen]
    assert len(asked) == len(set(asked)) == tally.requests
