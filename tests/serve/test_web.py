"""The local page over an engine made by hand, asked over HTTP as a browser does."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from web_samples import SCRIPT, FakeEngine, serving

from tidings.errors import NotFound, StoreDamaged, Unavailable, WrongUse
from tidings.serve.web.app import make_app
from tidings.serve.web.guard import split_host, web_address
from tidings.serve.web.languages import name_language
from tidings.serve.web.layout import close_lead, close_sentence, cut_sheet
from tidings.serve.web.run import address, listen, preparing, run
from tidings.serve.when import say, say_span
from tidings.times import Interval, day, hull, moment, unknown


@pytest.fixture(scope="module")
def desk() -> Iterator[httpx.Client]:
    with serving(FakeEngine(fillers=75)) as url, httpx.Client(base_url=url) as client:
        yield client


class Reader(HTMLParser):
    """Checks that elements are closed in order, and keeps tags and links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[dict[str, str | None]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag == "a":
            self.links.append(dict(attrs))
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


PAGES = ["/", "/?all=1&page=2", "/?language=he", "/story/call", "/story/odd%2Fstory"]
PAGES += [
    "/sources/call",
    "/sources/odd%2Fstory",
    "/article/call-en",
    "/article/a%2Fb%3Fc%23d",
    "/search?q=kallas",
    "/search",
    "/nowhere",
]


PAGES += ["/entity/kallas", "/entity/both", "/quotes/call", "/quotes/odd%2Fstory"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_guarded(desk: httpx.Client, path: str) -> None:
    answer = desk.get(path)
    page = read(answer.text)
    assert {"html", "title", "main", "h1"} <= page.tags
    assert not page.tags & {"script", "style", "iframe", "img"}
    assert len(set(page.ids)) == len(page.ids)
    assert "style=" not in answer.text
    assert " onclick" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "server" not in answer.headers


def test_stories_come_with_their_counts_and_widely_reported_ones_alone(desk: httpx.Client) -> None:
    html = desk.get("/").text
    assert html.index("/story/call") < html.index("/story/renew")
    assert "/story/filler-0" not in html
    text = re.sub(r"<[^>]+>|\s+", " ", html)
    for words in ("9 articles", "7 publishers", "8 languages", "28 January 2025", "German 2"):
        assert re.search(words.replace(" ", r"\s+"), text), words
    assert re.search(r"12:00–13:10 UTC", html)


def test_all_stories_are_paged(desk: httpx.Client) -> None:
    seen = [re.findall(r"/story/([^\"?]+)", desk.get(f"/?all=1&page={n}").text) for n in (1, 2, 3)]
    assert [len(ids) for ids in seen] == [30, 30, 18]
    assert len({i for ids in seen for i in ids}) == 78
    assert 'rel="next" href="?all=1&amp;page=2"' in desk.get("/?all=1").text


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "٣", "9" * 50, "1 "])
def test_what_is_no_page_number_is_refused(desk: httpx.Client, number: str) -> None:
    answer = desk.get("/", params={"page": number})
    assert answer.status_code == 400
    assert "pages are numbered from 1" in answer.text


def test_a_page_after_the_last_is_not_found(desk: httpx.Client) -> None:
    answer = desk.get("/?page=99")
    assert answer.status_code == 404
    assert "the last one is page 1" in answer.text


def test_headlines_come_in_the_language_asked_for(desk: httpx.Client) -> None:
    html = desk.get("/?language=ar").text
    assert 'lang="ar" dir="auto">كالاس' in html
    assert "/story/call?language=ar" in html
    assert '<option value="ar" selected>Arabic (1)</option>' in html
    assert desk.get("/?language=xx").status_code == 200
    assert desk.get("/?language=%22%3E").status_code == 400


def test_a_story_is_grouped_by_language_then_publisher_earliest_first(desk: httpx.Client) -> None:
    html = desk.get("/story/call?language=uk").text
    order = re.findall(r'<section class="tongue" id="(\w+)"', html)
    assert order == ["uk", "de", "ar", "en", "es", "fr", "he", "ru"]
    assert html.index("/article/call-de-2") < html.index("/article/call-de?")
    assert html.count("<bdi>Elbkurier</bdi>") == 1
    assert "publisher unknown" in html
    assert "time unknown" in html
    assert html.count("Why it is here") == 9
    assert "Shares names and a day with &#39;call-en&#39;." in html


def test_links_that_lead_elsewhere_give_nothing_away(desk: httpx.Client) -> None:
    links = read(desk.get("/article/call-en").text).links
    outside = [link for link in links if (link["href"] or "").startswith("http")]
    assert {link["href"] for link in outside} == {
        "https://example.org/call-en",
        "https://example.org/post",
    }
    assert {link["rel"] for link in outside} == {"noopener noreferrer nofollow"}


def test_what_pages_say_stays_text(desk: httpx.Client) -> None:
    for path in ("/?all=1", "/article/a%2Fb%3Fc%23d", "/story/odd%2Fstory", f"/search?q={SCRIPT}"):
        html = desk.get(path).text
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)" in html
        assert not [a for a in read(html).links if (a["href"] or "").startswith("javascript")]


def test_an_article_shows_its_body_and_folds_the_rest(desk: httpx.Client) -> None:
    html = desk.get("/article/call-en").text
    folded = re.findall(r'<details class="aside-block".*?</details>', html, re.DOTALL)
    assert [re.sub(r"\s+", " ", f).count("Storm closes the port") for f in folded] == [0, 1, 0, 0]
    assert "Latest headlines" in folded[1]
    assert '<p class="body" dir="auto">“We agreed' in html
    assert html.count("Kallas and Rubio hold first call") == 2  # title and h1, not the block again
    assert '” <mark>Kallas</mark> wrote on X.</q> <span class="fine">characters 383–389' in html
    assert "time printed with its zone" in html
    assert "the first line" in html
    other = desk.get("/article/call-de").text
    assert "Shares names and a day with &#39;call-en&#39;." in other
    assert "<bdi>Kallas and Rubio hold first call on Ukraine and Iran</bdi>" in other
    assert "breaks off" not in html
    assert "breaks off" in desk.get("/article/renew-en").text


def test_search_says_how_each_was_found(desk: httpx.Client) -> None:
    html = desk.get("/search", params={"q": " Kallas "}).text
    found = [re.sub(r"\s+", " ", f).strip() for f in re.findall(r"Found(.*?)·", html, re.DOTALL)]
    assert found[:2] == ["by words (no. 1) and by meaning (no. 2)", "by words (no. 2)"]
    assert 'value="Kallas"' in html
    assert "Nothing found" in desk.get("/search?q=zzz").text
    assert "Nothing found" in desk.get("/search", params={"q": "\0\ud7ff" * 2000}).text
    assert "Write a few words" in desk.get("/search?q=+").text


@pytest.mark.parametrize("path", ["/story/none", "/article/none", "/none", "/story/%00", "/story/"])
def test_what_is_not_held_is_not_found_in_one_line(desk: httpx.Client, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    (line,) = re.findall(r"<h1>(.*)</h1>", answer.text)
    assert ";" in line


def test_nothing_can_be_written(desk: httpx.Client) -> None:
    assert desk.post("/").status_code == 405
    assert desk.head("/").status_code == 200


def test_only_names_of_this_machine_are_answered(desk: httpx.Client) -> None:
    def ask(host: str) -> int:
        return desk.get("/", headers={"Host": host}).status_code

    assert [ask(h) for h in ("localhost:1", "LOCALHOST", "127.0.0.1:80", "[::1]:8")] == [200] * 4
    for host in ("evil.example", "localhost.evil.example", "a@localhost", "", "[", "localhost/x"):
        assert ask(host) == 400, host


def test_style_and_icon_come_from_here(desk: httpx.Client) -> None:
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', desk.get("/").text)
    assert desk.get(style).headers["Content-Type"].startswith("text/css")
    assert not re.search(r"url\(|@import", desk.get(style).text)
    assert desk.get("/icon.svg").headers["Content-Type"] == "image/svg+xml"


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_told_apart(desk: httpx.Client, scheme: int) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for the edges of fields."""
    block = re.findall(r":root \{(.*?)\}", desk.get("/style.css").text, re.DOTALL)[scheme]
    light = {name: luminance(c) for name, c in re.findall(r"--(\w+): (#\w{6});", block)}

    def contrast(one: str, other: str) -> float:
        low, high = sorted((light[one], light[other]))
        return (high + 0.05) / (low + 0.05)

    for ground in ("paper", "sheet", "field"):
        for text in ("ink", "muted", "accent"):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast("ink", "mark") >= 4.5
    assert contrast("edge", "field") >= 3
    assert contrast("edge", "paper") >= 3


def test_the_list_is_ranked_once_for_each_change() -> None:
    engine = FakeEngine()
    with serving(engine) as url:
        for path in ("", "", "?language=de", "?all=1"):
            httpx.get(url + path).raise_for_status()
        assert engine.calls.count("stories") == 1
        engine.changes += 1
        httpx.get(url).raise_for_status()
    assert engine.calls.count("stories") == 2


def test_what_is_slow_the_first_time_is_asked_beforehand() -> None:
    engine = FakeEngine()
    app = make_app(engine)
    app.state.prepare(lambda: False)
    with TestClient(app, base_url="http://localhost") as client:
        client.get("/").raise_for_status()
    assert engine.calls.count("stories") == 1


def test_preparing_ends_with_the_server() -> None:
    ends: list[str] = []

    def prepare(is_over: Callable[[], bool]) -> None:
        while not is_over():
            time.sleep(0.001)
        ends.append("over")
        raise StoreDamaged("a page will say so")

    with preparing(prepare):
        assert not ends
    assert ends == ["over"]


class BrokenEngine(FakeEngine):
    def story(self, story: str, language: str | None = None) -> object:  # type: ignore[override]
        if story == "damaged":
            raise StoreDamaged("the store breaks a law; rebuild: tidings rebuild")
        raise ZeroDivisionError


def test_a_fault_is_answered_without_its_innards() -> None:
    with serving(BrokenEngine()) as url:
        damaged, broken = httpx.get(f"{url}story/damaged"), httpx.get(f"{url}story/x")
    assert damaged.status_code == 503
    assert "rebuild: tidings rebuild" in damaged.text
    assert broken.status_code == 500
    assert "ZeroDivision" not in broken.text
    assert "default-src 'none'" in broken.headers["Content-Security-Policy"]


def test_a_store_without_stories_says_how_to_add_some() -> None:
    engine = FakeEngine()
    engine._stories.clear()
    with serving(engine) as url:
        assert "tidings add PATH" in httpx.get(url).text


def test_an_address_that_is_taken_or_wrong_is_said_in_one_line() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert address(taken) == f"http://127.0.0.1:{port}/"
        with pytest.raises(Unavailable, match="choose another"):
            run(FakeEngine(), port=port)
    with pytest.raises(WrongUse, match="no port 70000"):
        run(FakeEngine(), port=70000)
    with pytest.raises(Unavailable):
        listen("no-such-host.invalid", 0)


SERVE = """
import web_samples
from tidings.serve.web.run import run
run(web_samples.FakeEngine(), ready=lambda url: print(url, flush=True))
"""


def test_an_interrupt_ends_it_quietly() -> None:
    command = [sys.executable, "-W", "error", "-c", SERVE]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        url = server.stdout.readline().strip()
        assert httpx.get(url).status_code == 200
        server.send_signal(signal.SIGINT)
        said, complaints = server.communicate(timeout=20)
    assert (server.returncode, said, complaints) == (0, "", "")


def test_addresses_of_every_kind_can_be_opened() -> None:
    with listen("0.0.0.0", 0) as everywhere:  # noqa: S104 - what a user may ask for
        assert address(everywhere).startswith("http://127.0.0.1:")
    if socket.has_ipv6:
        with listen("::1", 0) as six:
            assert address(six).startswith("http://[::1]:")


AT = datetime(2025, 1, 28, 17, 50, 37, tzinfo=UTC)
MIDNIGHT = datetime(2025, 1, 28, tzinfo=UTC)


def days(first: date, count: int) -> Interval:
    """Calendar days in an unknown zone."""
    return hull([day(first + timedelta(days=n), "") for n in range(count)], "")


@pytest.mark.parametrize(
    ("interval", "words", "machine"),
    [
        (moment(AT, ""), "28 January 2025, 17:50 UTC", "2025-01-28T17:50Z"),
        (moment(AT, "", timedelta(hours=2)), "28 January 2025, 17:50–19:50 UTC", None),
        (moment(AT, "", timedelta(hours=9)), "28–29 January 2025", None),
        (day(date(2025, 1, 31), ""), "31 January 2025", "2025-01-31"),
        (moment(MIDNIGHT, "", timedelta(days=1)), "28 January 2025", "2025-01-28"),
        (days(date(2024, 2, 1), 29), "February 2024", "2024-02"),
        (days(date(2024, 12, 30), 3), "30 December 2024 – 1 January 2025", None),
        (days(date(2024, 2, 28), 3), "28 February – 1 March 2024", None),
        (Interval(start=None, end=AT, reason=""), "before 28 January 2025, 17:50 UTC", None),
        (Interval(start=AT, end=None, reason=""), "after 28 January 2025, 17:50 UTC", None),
        (unknown(""), "time unknown", None),
    ],
)
def test_times_are_said_as_exactly_as_they_are_known(
    interval: Interval, words: str, machine: str | None
) -> None:
    said = say(interval)
    assert (said.words, said.machine) == (words, machine)


def test_spans_are_no_more_exact_than_their_ends() -> None:
    later = moment(AT + timedelta(hours=3), "")
    assert say_span([moment(AT, ""), later]).words == "28 January 2025, 17:50–20:50 UTC"
    assert say_span([moment(AT, ""), day(date(2025, 2, 1), "")]).words == (
        "28 January – 1 February 2025"
    )
    assert say_span([unknown(""), later]).words == "28 January 2025, 20:50 UTC"
    assert say_span([unknown(""), unknown("")]).words == "time unknown"


@given(st.integers(0, 200_000_000), st.timedeltas(timedelta(seconds=1), timedelta(days=900)))
def test_an_hour_is_said_only_where_it_is_known(minutes: int, length: timedelta) -> None:
    said = say(moment(datetime(1700, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), "", length))
    if ":" in said.words:
        assert length < timedelta(days=1)
    if said.machine and "T" in said.machine:
        assert length <= timedelta(minutes=1)


@given(st.text(max_size=40))
def test_only_addresses_of_the_web_become_links(text: str) -> None:
    for url in (text, f"javascript:{text}", f"data:{text}", f" {text}", f"//{text}"):
        made = web_address(url)
        assert made is None or re.match("(?i)https?://", made)
    assert split_host(text) is not None


def test_addresses_with_something_hidden_are_no_links() -> None:
    assert web_address("https://example.org/a?b#c") == "https://example.org/a?b#c"
    for url in ("java\nscript:x", "https://", "http:x", "https://[x", "https://a b", None, ""):
        assert web_address(url) is None


@given(st.text(max_size=12), st.integers(1, 50), st.integers(0, 1000))
def test_a_sheet_lies_inside_the_list(asked: str, size: int, count: int) -> None:
    try:
        sheet = cut_sheet(asked, size, count)
    except (WrongUse, NotFound):
        return
    assert 0 <= sheet.start <= sheet.end <= count
    assert sheet.end - sheet.start <= size
    assert 1 <= sheet.number <= sheet.last


def test_languages_have_names() -> None:
    assert [name_language(tag) for tag in ("de", "pt-BR", "und", "xx", "")] == [
        "German",
        "Portuguese (BR)",
        "language unknown",
        "xx",
        "language unknown",
    ]


def test_a_lead_that_was_cut_off_says_so() -> None:
    assert close_lead("Whole.") == "Whole."
    assert close_lead("wort " * 39 + "worth") == "wort " * 38 + "wort…"
    assert close_lead("字" * 200) == "字" * 200 + "…"
    assert [close_sentence(words) for words in ("no x", "Done.", "")] == ["No x.", "Done.", "."]


def test_a_story_stands_in_a_line_with_those_of_its_affair(desk: httpx.Client) -> None:
    html = desk.get("/story/call?language=de").text
    line = html[html.index('id="story-line"') :]
    assert line.index("This story") < line.index('href="/story/renew?language=de"')
    assert "Follows" in line
    assert 'href="/article/call-en?language=de"' in line
    assert 'id="story-line"' not in desk.get("/story/odd%2Fstory").text
