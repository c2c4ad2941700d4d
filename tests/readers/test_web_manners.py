"""robots.txt, conditions, Retry-After, polls: what is asked, when, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from rude_server import PAGE, Reply, RudeServer, drip, feed, redirect, reset, serving, sitemap, talk
from web_fakes import START, Bench, RunningClock

from tidings.model.visits import Kind

PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with serving() as one:
        yield one


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(folder=tmp_path / "news.db.warc")


def robots(*lines: str) -> Reply:
    return Reply("\n".join(lines).encode(), headers=PLAIN)


# robots.txt


def test_robots_are_asked_once_a_day_and_obeyed(server: RudeServer, bench: Bench) -> None:
    server.paths |= {
        "/robots.txt": robots(
            "User-agent: *", "Disallow: /", "", "User-agent: tidings", "Disallow: /no"
        ),
        "/yes": Reply(),
        "/no": Reply(),
    }
    assert bench.reasons(server.url("/yes"), server.url("/no")) == {"/no": "robots"}
    bench.fetch(server.url("/yes"))
    assert server.asked(robots=True) == ["/robots.txt", "/yes", "/yes"]
    bench.hands.forward(days=1)
    bench.fetch(server.url("/yes"))
    assert server.asked(robots=True)[3:] == ["/robots.txt", "/yes"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Reply(b"", "404 Not Found"), {}),
        (Reply(b"User-agent: *\nDisallow: /", "403 Forbidden"), {}),
        (Reply(b"", "503 Busy"), {"/page": "robots"}),
        (Reply(b"", "429 Too Many"), {"/page": "robots"}),
        (talk(reset), {"/page": "robots"}),
        (drip(b"", b"", 1.0, 1), {"/page": "timeout"}),
        (drip(b"HTTP/1.1 200 OK\r\n\r\n", b"#" * 9_999, 0.0), {}),  # the first 500 KiB hold
        (
            Reply(b"User-agent: *\nDisallow: /page\n" + b"#" * 600_000, headers=PLAIN),
            {"/page": "robots"},
        ),
        (Reply(b"\xff\xfe\0 no text \x80\n", headers=PLAIN), {}),
        (
            Reply(b"\xef\xbb\xbfUser-agent: *\nDisallow: /page\n", headers=PLAIN),
            {"/page": "robots"},
        ),
        (redirect("/robots.txt"), {}),  # unavailable, says RFC 9309
        (redirect("/rules"), {"/page": "robots"}),
    ],
)
def test_what_an_answer_to_robots_means(
    server: RudeServer, bench: Bench, answer: Reply, expected: dict[str, str]
) -> None:
    server.paths |= {
        "/robots.txt": answer,
        "/page": Reply(),
        "/rules": robots("User-agent: *", "Disallow: /"),
    }
    assert bench.reasons(server.url("/page"), total_seconds=3.0) == expected
    assert ("/page" in server.asked()) == (not expected)


def test_each_hop_asks_the_robots_of_its_host(server: RudeServer, bench: Bench) -> None:
    server.paths |= {
        "/page": redirect(server.url("/there", "b.test")),
        "/there": Reply(),
        "b.test/robots.txt": robots("User-agent: *", "Disallow: /"),
    }
    assert bench.reasons(server.url("/page")) == {"/page": "robots"}
    assert server.asked() == ["/page"]


def test_a_crawl_delay_lengthens_the_gap(server: RudeServer, bench: Bench) -> None:
    server.paths |= {
        "/robots.txt": robots("User-agent: *", "Crawl-delay: 0.3"),
        "/a": Reply(),
        "/b": Reply(),
    }
    bench.fetch(server.url("/a"), server.url("/b"))
    gaps = [b.start - a.end for a, b in zip(server.seen, server.seen[1:], strict=False)]
    assert min(gaps) >= 0.29


def test_a_delay_that_no_run_can_wait_for_spreads_the_asks_over_runs(
    server: RudeServer, bench: Bench
) -> None:
    server.paths |= {
        "/robots.txt": robots("User-agent: *", "Crawl-delay: 3600"),
        "/a": Reply(),
        "/b": Reply(),
    }
    bench.fetch(server.url("/a"), server.url("/b"))
    assert server.asked() == []  # robots.txt was a request, too
    bench.hands.forward(hours=1, seconds=1)
    bench.fetch()
    assert server.asked() == ["/a"]
    bench.hands.forward(hours=2, seconds=1)
    bench.fetch()
    assert server.asked() == ["/a", "/b"]


# conditions


def test_validators_are_sent_once_they_are_known_to_be_good(
    server: RudeServer, bench: Bench
) -> None:
    def answer(headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"v1"':
            return Reply(b"", "304 Not Modified")
        return Reply(headers={"ETag": '"v1"', "Last-Modified": "Sun, 01 Mar 2026 08:00:00 GMT"})

    server.paths["/page"] = answer
    bench.is_good = False  # the store could not read it
    bench.fetch(server.url("/page"))
    bench.is_good = True
    assert bench.fetch(server.url("/page")).fetched == 1  # hence asked without condition
    assert "if-none-match" not in server.seen[-1].headers
    tally = bench.fetch(server.url("/page"))
    assert (tally.fetched, tally.unchanged, tally.rejected) == (0, 1, 0)
    headers = server.seen[-1].headers
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Sun, 01 Mar 2026 08:00:00 GMT"
    assert bench.records()[-2][0] == "revisit"
    assert bench.fetch(server.url("/page")).unchanged == 1  # it stays known


def test_an_etag_that_changes_is_kept_as_it_comes(server: RudeServer, bench: Bench) -> None:
    count = iter(range(9))
    server.paths["/page"] = lambda _: Reply(headers={"ETag": f'"{next(count)}"'})
    for _ in range(3):
        bench.fetch(server.url("/page"))
    sent = [one.headers.get("if-none-match") for one in server.seen if one.path == "/page"]
    assert sent == [None, '"0"', '"1"']


def test_what_is_fresh_is_not_asked(server: RudeServer, bench: Bench) -> None:
    server.paths["/page"] = Reply(headers={"Cache-Control": "public, max-age=600"})
    bench.fetch(server.url("/page"))
    assert bench.fetch(server.url("/page")).waiting == 1
    bench.hands.forward(minutes=11)
    assert bench.fetch(server.url("/page")).fetched == 1


def test_of_what_is_not_to_be_stored_nothing_is_remembered(
    server: RudeServer, bench: Bench
) -> None:
    headers = {"Cache-Control": "no-store, max-age=600", "ETag": '"x"'}
    server.paths["/page"] = Reply(headers=headers)
    bench.fetch(server.url("/page"))
    bench.fetch(server.url("/page"))
    assert server.asked() == ["/page", "/page"]
    assert "if-none-match" not in server.seen[-1].headers


# hosts that want to be left alone


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_holds_the_whole_host_over_runs(
    server: RudeServer, bench: Bench, status: str, form: str
) -> None:
    date = format_datetime(START + timedelta(hours=2), usegmt=True)
    after = "7200" if form == "seconds" else date
    server.paths |= {"/a": Reply(b"", status, {"Retry-After": after}), "/b": Reply()}
    urls = [server.url("/a"), server.url("/b"), server.url("/c", "c.test")]
    server.paths["/c"] = Reply()
    assert bench.reasons(*urls) == {"/a": "status", "/b": "status"}
    assert sorted(server.asked()) == ["/a", "/c"]
    bench.hands.forward(hours=1)
    bench.fetch(server.url("/d"))
    assert sorted(server.asked()) == ["/a", "/c"]
    server.paths["/a"] = Reply()
    bench.hands.forward(hours=1, seconds=1)
    bench.fetch()  # what failed for now is tried again by itself
    assert sorted(server.asked()) == ["/a", "/a", "/b", "/c", "/d"]


def test_a_short_wait_is_waited_for(server: RudeServer, bench: Bench) -> None:
    server.paths |= {"/a": Reply(b"", "503 Busy", {"Retry-After": "1"}), "/b": Reply()}
    bench.hands = RunningClock()
    assert bench.reasons(server.url("/a"), server.url("/b")) == {"/a": "status"}
    first, second = (one for one in server.seen if one.path in ("/a", "/b"))
    assert second.start - first.end >= 0.9


def test_what_fails_for_now_is_tried_ever_later_and_then_no_more(
    server: RudeServer, bench: Bench
) -> None:
    server.paths["/page"] = Reply(b"", "500 Oops")
    bench.fetch(server.url("/page"))
    asked = []
    for hour in range(1, 60):
        bench.hands.forward(hours=1)
        before = len(server.asked())
        bench.fetch()
        if len(server.asked()) > before:
            asked.append(hour)
    assert asked == [1, 3, 7, 15]


def test_what_is_gone_is_not_tried_again(server: RudeServer, bench: Bench) -> None:
    assert bench.reasons(server.url("/page")) == {"/page": "status"}
    bench.hands.forward(days=30)
    assert bench.fetch().asked == 0


# feeds


def test_a_feed_is_remembered_polled_and_its_new_pages_are_fetched(
    server: RudeServer, bench: Bench
) -> None:
    server.paths |= {"/feed": feed("/1?utm_source=rss", "/2"), "/1": Reply(), "/2": Reply(b"<p>2")}
    tally = bench.fetch(server.url("/feed"))
    assert (tally.asked, tally.fetched) == (3, 3)
    (kept,) = bench.visits.subscriptions()
    assert (kept.kind, kept.title, kept.home) == (
        Kind.FEED,
        "Harbour news",
        "https://harbour.example/",
    )
    assert bench.fetch().asked == 0  # not due
    tally = bench.fetch(server.url("/feed"))
    assert (tally.asked, tally.waiting) == (0, 1)  # nor when it is named
    server.paths |= {"/feed": feed("/3", "/1?utm_source=rss", "/2"), "/3": Reply(b"<p>3")}
    bench.hands.forward(hours=1)
    assert bench.fetch().fetched == 2
    assert server.asked() == ["/feed", "/1?utm_source=rss", "/2", "/feed", "/3"]


def test_entries_are_left_where_the_caller_wants_it(server: RudeServer, bench: Bench) -> None:
    server.paths |= {"/feed": feed("/1", "/2")}
    assert bench.fetch(server.url("/feed"), entries=False).asked == 1


@pytest.mark.parametrize(
    ("extra", "headers", "hours"),
    [
        ("", {}, 1),
        ("<ttl>180</ttl>", {}, 3),
        ("", {"Cache-Control": "max-age=7200"}, 2),
        ("", {"Expires": format_datetime(START + timedelta(hours=5), usegmt=True)}, 5),
        ("", {"Cache-Control": "max-age=99999999"}, 24),
        ("<skipHours><hour>13</hour><hour>14</hour></skipHours>", {}, 3),
        ("<skipDays><day>Sunday</day></skipDays>", {}, 12),  # the clock stands at noon of one
    ],
)
def test_a_feed_says_when_it_wants_to_be_asked(
    server: RudeServer, bench: Bench, extra: str, headers: dict[str, str], hours: int
) -> None:
    made = feed(extra=extra)
    server.paths["/feed"] = Reply(made.body, headers={**made.headers, **headers})
    bench.fetch(server.url("/feed"))
    (kept,) = bench.visits.subscriptions()
    assert kept.due_at == START + timedelta(hours=hours)


def test_of_a_faulty_feed_no_validator_is_kept(server: RudeServer, bench: Bench) -> None:
    made = feed("/1")
    broken = made.body.replace(b"</channel>", b"<item><title>cut & ")
    server.paths["/feed"] = Reply(broken, headers={**made.headers, "ETag": '"x"'})
    bench.fetch(server.url("/feed"), entries=False)
    bench.hands.forward(hours=1)
    bench.fetch(entries=False)
    assert "if-none-match" not in server.seen[-1].headers
    server.paths["/feed"] = Reply(made.body, headers={**made.headers, "ETag": '"x"'})
    bench.hands.forward(hours=1)
    bench.fetch(entries=False)
    bench.hands.forward(hours=1)
    bench.fetch(entries=False)
    assert server.seen[-1].headers["if-none-match"] == '"x"'


def test_a_feed_that_moved_for_good_is_remembered_where_it_is(
    server: RudeServer, bench: Bench
) -> None:
    server.paths |= {"/old": redirect("/new", "301 Moved"), "/new": feed()}
    bench.fetch(server.url("/old"))
    bench.hands.forward(hours=1)
    bench.fetch()
    assert server.asked() == ["/old", "/new", "/new"]


def test_a_feed_that_moved_for_now_is_asked_where_it_was(server: RudeServer, bench: Bench) -> None:
    made = feed()
    server.paths |= {
        "/old": redirect("/new", "302 Found"),
        "/new": Reply(made.body, headers={**made.headers, "ETag": '"x"'}),
    }
    bench.fetch(server.url("/old"))
    bench.hands.forward(hours=1)
    bench.fetch()
    assert server.asked() == ["/old", "/new", "/old", "/new"]
    assert server.seen[-1].headers["if-none-match"] == '"x"'


def test_a_feed_stays_remembered_while_it_fails(server: RudeServer, bench: Bench) -> None:
    server.paths["/feed"] = feed()
    bench.fetch(server.url("/feed"))
    server.paths["/feed"] = Reply(b"", "500 Oops")
    for _ in range(10):
        bench.hands.forward(days=1)
        bench.fetch()
    assert len(server.asked()) == 11
    server.paths["/feed"] = Reply(b"", "410 Gone")
    for _ in range(3):
        bench.hands.forward(days=1)
        bench.fetch()
    assert len(server.asked()) == 12


def test_a_feed_stays_remembered_while_a_page_stands_in_its_place(
    server: RudeServer, bench: Bench
) -> None:
    server.paths["/feed"] = feed()
    bench.fetch(server.url("/feed"))
    server.paths["/feed"] = Reply(b"<html>We are being mended</html>")
    bench.hands.forward(hours=1)
    bench.fetch()
    (kept,) = bench.visits.subscriptions()
    assert kept.due_at == bench.hands.at + timedelta(days=1)
    assert "no feed" in kept.detail


def test_an_entry_is_asked_again_where_the_feed_says_it_changed(
    server: RudeServer, bench: Bench
) -> None:
    def dated(at: str) -> Reply:
        made = feed("/1")
        body = made.body.replace(b"</item>", f"<pubDate>{at}</pubDate></item>".encode())
        return Reply(body, headers=made.headers)

    server.paths |= {"/feed": dated("Sun, 01 Mar 2026 10:00:00 GMT"), "/1": Reply()}
    bench.fetch(server.url("/feed"))
    bench.hands.forward(hours=2)
    bench.fetch()
    assert server.asked().count("/1") == 1
    server.paths["/feed"] = dated("Sun, 01 Mar 2026 13:00:00 GMT")
    bench.hands.forward(hours=2)
    bench.fetch()
    assert server.asked().count("/1") == 2


def test_a_front_page_brings_its_feed(server: RudeServer, bench: Bench) -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    server.paths |= {
        "/": Reply(b"<html><head>" + link + b"</head>Front"),
        "/feed": feed("/1"),
        "/1": Reply(PAGE.replace(b"<head>", b"<head>" + link.replace(b"/feed", b"/comments"))),
    }
    assert bench.fetch(server.url("/")).fetched == 3
    assert [one.url for one in bench.visits.subscriptions()] == [server.url("/feed")]
    assert "/comments" not in server.asked()


def test_an_article_brings_none(server: RudeServer, bench: Bench) -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    kind = b'<meta property="og:type" content="article">'
    server.paths |= {"/page": Reply(b"<html><head>" + link + kind + b"</head>"), "/feed": feed()}
    assert bench.fetch(server.url("/page")).fetched == 1


# sitemaps, outlines, lists


def test_a_sitemap_gives_its_newest_pages(server: RudeServer, bench: Bench) -> None:
    pages = {f"/{day}": f"2026-02-{day:02}" for day in range(1, 10)}
    server.paths |= dict.fromkeys(pages, Reply())
    server.paths["/map"] = sitemap(*((server.url(path), at) for path, at in pages.items()))
    assert bench.fetch(server.url("/map"), limit=3).fetched == 4
    assert server.asked() == ["/map", "/9", "/8", "/7"]
    (kept,) = bench.visits.subscriptions()
    assert kept.kind is Kind.SITEMAP


def test_an_index_of_sitemaps_is_followed(server: RudeServer, bench: Bench) -> None:
    server.paths |= {
        "/index": sitemap((server.url("/map"), "2026-02-01"), index=True),
        "/map": sitemap((server.url("/1"), "2026-02-01")),
        "/1": Reply(),
    }
    bench.fetch(server.url("/index"))
    assert server.asked() == ["/index", "/map", "/1"]
    assert [one.url for one in bench.visits.subscriptions()] == [server.url("/index")]


def test_an_outline_keeps_its_folders(server: RudeServer, bench: Bench) -> None:
    path = bench.folder.parent / "mine.opml"
    rows = f'<outline text="One" xmlUrl="{server.url("/feed")}"/>'
    path.write_text(
        f'<opml version="2.0"><body><outline text="Coast">{rows}</outline></body></opml>'
    )
    server.paths["/feed"] = feed("/1")
    server.paths["/1"] = Reply()
    assert bench.fetch(str(path)).fetched == 2
    (kept,) = bench.visits.subscriptions()
    assert kept.folder == ("Coast",)


def test_a_feed_of_an_outline_is_remembered_though_it_fails_at_first(
    server: RudeServer, bench: Bench
) -> None:
    path = bench.folder.parent / "mine.opml"
    rows = f'<outline text="One" xmlUrl="{server.url("/feed")}"/>'
    path.write_text(f'<opml version="2.0"><body>{rows}</body></opml>')
    server.paths["/feed"] = Reply(b"", "404 Not Found")
    bench.fetch(str(path))
    server.paths["/feed"] = feed()
    bench.hands.forward(days=1)
    assert bench.fetch().fetched == 1


def test_the_plan_asks_nothing(server: RudeServer, bench: Bench) -> None:
    server.paths["/feed"] = feed()
    bench.fetch(server.url("/feed"))
    before = len(server.seen)
    session = bench.session()
    planned = session.plan([server.url("/feed"), server.url("/page"), "http://me:x@a.test/"])
    assert [getattr(one, "at", None) for one in planned] == [
        START + timedelta(hours=1),
        START,
        None,
    ]
    assert len(server.seen) == before
