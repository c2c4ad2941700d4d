"""``tidings fetch`` as a user gives it, against a server on this machine."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "readers"))

from rude_server import Reply, RudeServer, feed, serving
from web_fakes import Bench

from tidings.model.visits import Kind, Visit
from tidings.reading.outlines import parse_outlines
from tidings.serve.cli import main
from tidings.serve.exports.opml import render_feeds

SETTINGS = 'embedder = "hashing"\nprocesses = 1\nextractor = "resiliparse"\n'


def make_page(place: str) -> Reply:
    text = "".join(
        f"<p>On day {day} the council of {place} met to speak of the harbour, its walls and its "
        "lights, and of who should pay for them before the winter comes.</p>"
        for day in range(1, 7)
    )
    whole = (
        f"<html lang=en><head><title>{place} votes</title></head><body><article><h1>{place} votes"
    )
    return Reply(f"{whole}</h1>{text}</article></body></html>".encode())


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with serving() as one:
        one.paths |= {
            "/robots.txt": Reply(
                b"User-agent: *\nDisallow: /no", headers={"Content-Type": "text/plain"}
            ),
            "/feed": feed("/1", "/2"),
            "/1": make_page("Brimsund"),
            "/2": make_page("Oldmere"),
        }
        yield one


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "tidings.toml").write_text(SETTINGS)
    return tmp_path


class Done:
    """What a command told, and how it ended."""

    def __init__(self, desk: Path, *words: str, stdin: bytes = b"") -> None:
        held = sys.argv, sys.stdin, sys.stdout, sys.stderr
        streams = [io.TextIOWrapper(io.BytesIO(data)) for data in (stdin, b"", b"")]
        with chdir(desk):
            sys.argv = ["tidings", *words]
            sys.stdin, sys.stdout, sys.stderr = streams
            try:
                with pytest.raises(SystemExit) as end:
                    main()
            finally:
                sys.argv, sys.stdin, sys.stdout, sys.stderr = held
        self.status = end.value.code
        self.out, self.err = (_told(stream) for stream in streams[1:])

    @property
    def record(self) -> dict[str, object]:
        found = json.loads(self.out.splitlines()[0])
        assert isinstance(found, dict)
        return found


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def fetch(desk: Path, *words: str, stdin: bytes = b"") -> Done:
    return Done(desk, "fetch", "--allow-private", "--gap", "0", *words, stdin=stdin)


def test_a_feed_and_its_pages_are_fetched_and_added(server: RudeServer, desk: Path) -> None:
    assert "nothing is due" in fetch(desk).out
    server.paths["/feed"] = feed("/1", "/2", "/gone")
    url = server.url("/feed", "127.0.0.1")
    done = fetch(desk, url, "--contact", "me@reader.example")
    assert done.status == 1
    assert "4 asked: 3 fetched, 0 unchanged, 0 repeated, 1 rejected" in done.out
    assert "contact" not in done.err
    assert "me@reader.example" in server.seen[0].headers["user-agent"]
    articles = [json.loads(one) for one in Done(desk, "articles", "--json").out.splitlines()]
    found = {(one["url"] or "").rpartition("/")[2] for one in articles}
    assert "gone" in found  # the feed's own words stay
    assert {"Brimsund votes", "Oldmere votes"} <= {one["headline"] for one in articles}
    (archive,) = (desk / "tidings.db.warc").glob("*.warc.gz")
    again = Done(desk, "add", str(archive), "--json").record
    assert (again["accepted"], again["copies"]) == (0, 0)  # it is held, whoever adds it
    assert "nothing is due" in fetch(desk).out
    assert "1 not due yet" in fetch(desk, url).out
    assert Done(desk, "fetch", "--forget", url).status == 0
    assert Done(desk, "fetch", "--forget", url).status == 1


def test_what_was_read_well_is_asked_by_condition(server: RudeServer, desk: Path) -> None:
    page = make_page("Brimsund")
    server.paths["/1"] = Reply(page.body, headers={"ETag": '"x"'})
    server.paths["/2"] = Reply(b"<html></html>", headers={"ETag": '"y"'})
    urls = [server.url(path, "127.0.0.1") for path in ("/1", "/2")]
    assert "2 asked: 2 fetched" in fetch(desk, "-", stdin="\n".join(urls).encode()).out
    fetch(desk, *urls)
    sent = [one.headers.get("if-none-match") for one in server.seen if one.path in ("/1", "/2")]
    assert sent == [None, None, '"x"', None]


def test_what_cannot_be_had_is_told_and_ends_with_1(server: RudeServer, desk: Path) -> None:
    urls = [server.url(path, "127.0.0.1") for path in ("/no", "/missing")]
    done = fetch(desk, *urls)
    assert done.status == 1
    assert f"rejected: {urls[0]}: robots: " in done.err
    assert f"rejected: {urls[1]}: status: " in done.err
    again = fetch(desk, *urls, "--json").record
    assert again["fetch"] == {
        "asked": 2, "fetched": 0, "unchanged": 0, "repeated": 0, "rejected": 2, "waiting": 0,
        "requests": 1, "bytes": again["fetch"]["bytes"], "reasons": {"robots": 1, "status": 1},  # type: ignore[index]
    }  # fmt: skip
    assert again["rejected"] == 2


def test_a_cut_page_ends_once(server: RudeServer, desk: Path) -> None:
    server.paths["/1"] = Reply(make_page("Brimsund").body, headers={"Content-Length": "99999"})
    record = fetch(desk, server.url("/1", "127.0.0.1"), "--json").record
    assert (record["read"], record["reasons"]) == (1, {"truncated": 1})


def test_private_networks_are_left_alone_unless_allowed(server: RudeServer, desk: Path) -> None:
    done = Done(desk, "fetch", server.url("/1", "127.0.0.1"))
    assert done.status == 1
    assert "--allow-private" in done.err
    assert server.seen == []


def test_a_dry_run_asks_nothing(server: RudeServer, desk: Path) -> None:
    url = server.url("/1", "127.0.0.1")
    done = fetch(desk, "--dry-run", url, "ftp://x/")
    assert (done.status, server.seen) == (2, [])  # ftp://x/ is neither address nor file
    done = fetch(desk, "--dry-run", "--json", url)
    assert (done.status, done.record["url"], server.seen) == (0, url, [])


@pytest.mark.parametrize("words", [("nonsense",), ("--limit", "0"), ("--gap", "-1")])
def test_wrong_use_is_told(desk: Path, words: tuple[str, ...]) -> None:
    done = fetch(desk, *words)
    assert done.status == 2
    assert done.err


def test_an_archive_of_a_broken_run_is_added_by_the_next(server: RudeServer, desk: Path) -> None:
    bench = Bench(folder=desk / "tidings.db.warc")
    bench.fetch(server.url("/1"))
    (archive,) = bench.folder.glob("*.warc.gz")
    whole = archive.read_bytes()
    archive.write_bytes(whole + whole[: len(whole) // 3])  # and a record that a kill cut short
    record = fetch(desk, "--json").record
    assert (record["accepted"], record["reasons"]) == (1, {"damaged": 1})
    assert fetch(desk, "--json").record["read"] == 0


def test_feeds_go_out_as_an_outline() -> None:
    visits = [
        Visit(
            key="a", url="https://a.test/f", kind=Kind.FEED, title="A", folder=("Coast", "North")
        ),
        Visit(key="b", url="https://b.test/map", kind=Kind.SITEMAP),
    ]
    found = parse_outlines(render_feeds(visits))
    assert [(one.url, one.title, one.folders) for one in getattr(found, "found")] == [  # noqa: B009
        ("https://a.test/f", "A", ("Coast", "North"))
    ]


def test_lists_in_the_store_are_asked_for(server: RudeServer, desk: Path) -> None:
    server.paths["/feed"] = feed("/1")
    url = server.url("/feed", "127.0.0.1")
    outline = f'<outline text="Ports"><outline type="rss" text="Harbour" xmlUrl="{url}"/></outline>'
    (desk / "ports.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    assert Done(desk, "add", "ports.opml").status == 0
    assert "2 asked: 2 fetched" in fetch(desk).out
    exported = Done(desk, "export", "--format", "opml").out
    assert url in exported
    assert '    <outline text="Ports"' in exported.splitlines()[6]
    assert Done(desk, "fetch", "--forget", url).status == 0
    assert "nothing is due" in fetch(desk).out
