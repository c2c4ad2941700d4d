"""Feeds of our own, as servers send them and as they break."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.model import Reason
from tidings.reading.feeds import Entry, Feed, is_feed, parse_feed, render_entry
from tidings.reading.refused import Refused

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>World | The Example Paper</title><link>https://examplepaper.org/</link>
<language>en-us</language><ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>
<sy:updateFrequency>8</sy:updateFrequency>
<skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
{items}
</channel></rss>"""
ITEM = """<item><title>Kallas &amp;amp; Rubio: a first call</title>
<link>https://examplepaper.org/call?utm_source=rss</link><guid isPermaLink="false">17</guid>
<dc:creator>Ann Lee</dc:creator><category>Europe</category>
<pubDate>Tue, 28 Jan 2025 18:02:11 +0100</pubDate>
<description>They spoke.</description>
<media:content url="https://examplepaper.org/p.jpg"><media:description>A photograph of the two, in
Brussels, a year before the call</media:description></media:content>
<content:encoded><![CDATA[<p>The two spoke on <b>Tuesday</b>.</p><script>count()</script>
<p>They talked about <a href="/war">the war</a>.<br>Nothing was decided.</p>
<p><a href="https://examplepaper.org/call?utm_source=rss">Read on</a></p>]]></content:encoded>
</item>"""


def feed_of(text: str | bytes, url: str | None = None, charset: str | None = None) -> Feed:
    found = parse_feed(text.encode() if isinstance(text, str) else text, url, charset)
    assert isinstance(found, Feed), found
    return found


def entry_of(items: str, **found: Any) -> Entry:
    return feed_of(RSS.format(items=items), **found).entries[0]


def test_an_entry_has_what_the_feed_says_of_it() -> None:
    feed = feed_of(RSS.format(items=ITEM))
    assert (feed.form, feed.title, feed.home) == (
        "rss20",
        "World | The Example Paper",
        "https://examplepaper.org/",
    )
    entry = feed.entries[0]
    assert entry.headline == "Kallas & Rubio: a first call"
    assert entry.url == "https://examplepaper.org/call?utm_source=rss"
    assert entry.guid == "17"
    assert entry.published == "Tue, 28 Jan 2025 18:02:11 +0100"
    assert entry.modified is None
    assert entry.byline == ("Ann Lee",)
    assert entry.section == "Europe"
    assert entry.body == (
        "The two spoke on Tuesday.\n\nThey talked about the war.\nNothing was decided."
    )
    assert entry.links[0] == "https://examplepaper.org/war"


def test_a_feed_says_when_to_come_again() -> None:
    feed = feed_of(RSS.format(items=ITEM))
    assert (feed.minutes, feed.skip_hours, feed.skip_days) == (180, (0, 1), ("Sunday",))
    assert feed_of("<rss version='2.0'><channel><title>x</title></channel></rss>").minutes is None


def test_the_record_is_the_same_at_every_poll() -> None:
    first = feed_of(RSS.format(items=ITEM))
    other = "<item><title>Another</title><link>https://examplepaper.org/2</link></item>"
    later = feed_of(RSS.format(items=other + ITEM).replace("<ttl>30", "<ttl>60"))
    data = render_entry(first, first.entries[0])
    assert data == render_entry(later, later.entries[1])
    record = json.loads(data)
    assert list(record) == sorted(record)
    assert record["publisher"] == "The Example Paper"
    assert (record["feed_language"], "language" in record) == ("en-us", False)


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("World | The Example Paper", "https://www.examplepaper.org/a", "The Example Paper"),
        ("Example Paper - World", "https://theexamplepaper.org/a", "Example Paper"),
        ("World news", "https://examplepaper.org/a", None),
        ("My reading list", None, "My reading list"),
    ],
)
def test_a_title_names_the_publisher_where_the_address_bears_it_out(
    title: str, url: str | None, expected: str | None
) -> None:
    feed = Feed(form="rss20", title=title, home=None, language=None, publisher=None, entries=())
    record = json.loads(render_entry(feed, Entry(headline="x", url=url)))
    assert record.get("publisher") == expected


def test_a_source_is_the_publisher() -> None:
    item = """<item><title>A</title><link>https://collector.example.org/1</link>
    <source url="https://www.farpaper.org/feed">Far Paper</source></item>"""
    feed = feed_of(RSS.format(items=item))
    assert feed.entries[0].publisher == "Far Paper"
    record = json.loads(render_entry(feed, feed.entries[0]))
    assert record["publisher"] == {"name": "Far Paper", "url": "https://www.farpaper.org/feed"}
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title><entry><title>A</title>
    <link href="https://farpaper.org/a"/><updated>2025-01-28T10:00:00Z</updated>
    <source><title>Far Paper</title><link href="https://farpaper.org/"/><id>urn:x</id></source>
    </entry></feed>"""
    entry = feed_of(atom).entries[0]
    assert (entry.publisher, entry.publisher_url) == ("Far Paper", "https://farpaper.org/")


def test_a_feed_that_names_its_publisher() -> None:
    named = RSS.format(items="<dc:publisher>The Far Paper</dc:publisher>" + ITEM)
    feed = feed_of(named)
    assert feed.publisher == "The Far Paper"
    assert json.loads(render_entry(feed, feed.entries[0]))["publisher"] == "The Far Paper"
    kept = "<webMaster>ann@example.org (Ann Lee)</webMaster>" + ITEM
    assert feed_of(RSS.format(items=kept)).publisher is None


def test_a_legend_of_a_picture_is_no_text() -> None:
    without = ITEM[: ITEM.index("<content:encoded>")] + "</item>"
    assert entry_of(without).body == "They spoke."


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<guid>https://examplepaper.org/1</guid>", "https://examplepaper.org/1"),
        ("<guid>1234</guid>", None),
        ('<guid isPermaLink="false">x</guid><link>/a</link>', "https://examplepaper.org/a"),
        ('<link uri="at://did:plc:x/1">https://a.example.org/1</link>', "https://a.example.org/1"),
        (
            "<link>https://s.example.org/url?sa=t&amp;url=https%3A%2F%2Fa.example.org%2F1</link>",
            "https://a.example.org/1",
        ),
        ("<link>javascript:alert(1)</link>", None),
        ("", None),
    ],
)
def test_addresses(inside: str, expected: str | None) -> None:
    entry = entry_of(f"<item><title>x</title>{inside}</item>", url="https://examplepaper.org/rss")
    assert entry.url == expected


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://a.example.org/">
<title type="html">Die &lt;b&gt;Zeitung&lt;/b&gt;</title><link href="/"/>
<entry xml:base="news/"><title type="text">1 &lt; 2</title><link rel="self" href="self"/>
<link rel="alternate" href="eins"/><id>urn:1</id>
<published>2025-01-28T10:00:00+01:00</published><updated>2025-01-28T12:00:00+01:00</updated>
<author><name>Anna Beispiel</name></author>
<summary>Kurz</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Erster <a href="zwei">Absatz</a> mit Text.</p><p>Zweiter.</p></div></content></entry>
<entry><title>Ohne Text</title><link href="zwei"/>
<updated>2025-01-28T12:00:00+01:00</updated></entry></feed>"""


def test_atom() -> None:
    feed = feed_of(ATOM)
    assert (feed.form, feed.title, feed.language) == ("atom10", "Die Zeitung", "de")
    first, second = feed.entries
    assert first.headline == "1 < 2"
    assert first.url == "https://a.example.org/news/eins"
    assert (first.published, first.modified) == (
        "2025-01-28T10:00:00+01:00",
        "2025-01-28T12:00:00+01:00",
    )
    assert first.body == "Erster Absatz mit Text.\n\nZweiter."
    assert first.links == ("https://a.example.org/news/zwei",)
    assert (second.published, second.modified) == ("2025-01-28T12:00:00+01:00", None)
    assert (second.body, second.byline) == ("", ())


def test_rdf_and_its_dublin_core() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://a.example.org/"><title>A</title></channel>
    <item rdf:about="https://a.example.org/1"><title>Eins</title>
    <link>https://a.example.org/1</link><dc:date>2025-01-28T10:00:00+01:00</dc:date>
    <dc:language>de</dc:language><description>Text.</description></item></rdf:RDF>"""
    feed = feed_of(rdf)
    assert is_feed(rdf.encode())
    entry = feed.entries[0]
    assert (entry.published, entry.modified) == ("2025-01-28T10:00:00+01:00", None)
    assert (entry.language, entry.body) == ("de", "Text.")


def test_json_feed() -> None:
    given = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "A",
        "home_page_url": "https://a.example.org/",
        "language": "fr",
        "items": [
            {
                "id": 7,
                "url": "/un",
                "title": "Un  appel",
                "content_html": "<p>Ils ont parlé.</p><p>Rien <a href='x'>de neuf</a>.</p>",
                "date_published": "2025-01-28T10:00:00+01:00",
                "authors": [{"name": "Anne Exemple"}],
                "tags": ["Europe"],
            },
            {"id": "https://a.example.org/2", "content_text": "Bref."},
            "broken",
        ],
    }
    data = json.dumps(given).encode()
    assert is_feed(data)
    feed = feed_of(data, "https://a.example.org/feed.json")
    first, second = feed.entries
    assert (first.url, first.guid, first.headline) == ("https://a.example.org/un", "7", "Un appel")
    assert first.body == "Ils ont parlé.\n\nRien de neuf."
    assert (first.byline, first.section) == (("Anne Exemple",), "Europe")
    assert (second.url, second.body) == ("https://a.example.org/2", "Bref.")
    assert feed.fault


def test_broken_markup_keeps_what_can_be_read() -> None:
    broken = RSS.format(items=ITEM + "<item><title>A & B <b>bold</title>").replace("</rss>", "")
    feed = feed_of(broken)
    assert feed.entries[0].headline == "Kallas & Rubio: a first call"
    assert feed.entries[1].headline.startswith("A & B")
    assert feed.fault


@pytest.mark.parametrize("charset", ["windows-1251", "utf-16", "koi8-r"])
def test_charsets(charset: str) -> None:
    item = "<item><title>Разговор состоялся во вторник вечером в Брюсселе</title></item>"
    text = RSS.format(items=item).replace("utf-8", charset)
    assert feed_of(text.encode(charset)).entries[0].headline.startswith("Разговор состоялся")
    lying = text.replace(charset, "iso-8859-1").encode()
    assert feed_of(lying).entries[0].headline.startswith("Разговор состоялся")


def test_no_entity_is_expanded() -> None:
    bomb = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c SYSTEM "file:///etc/hostname">]>"""
    item = "<item><title>x &b; &c;</title></item>"
    found = parse_feed((bomb + RSS.format(items=item).partition("?>")[2]).encode())
    if isinstance(found, Feed):
        assert all(len(entry.headline) < 40 for entry in found.entries)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Reason.EMPTY),
        (b"%PDF-1.7", Reason.BINARY),
        (b"<!doctype html><html><body>x</body></html>", Reason.UNSUPPORTED),
        (b"<kml><item2/></kml>", Reason.UNSUPPORTED),
        (b"{", Reason.BAD_JSON),
        (b"{}", Reason.UNSUPPORTED),
        (b'{"items": ' + b"[" * 200_000, Reason.TOO_DEEP),
        (b" " * 20_000_001, Reason.TOO_LARGE),
        (b"plain words", Reason.UNREADABLE),
    ],
)
def test_what_is_no_feed_has_a_reason(data: bytes, expected: Reason) -> None:
    found = parse_feed(data)
    assert isinstance(found, Refused)
    assert found.reason is expected
    assert found.detail


@pytest.mark.parametrize(
    ("head", "media_type", "expected"),
    [
        (RSS.encode(), None, True),
        (ATOM.encode(), "text/plain", True),
        (ATOM.encode("utf-16"), None, True),
        (b"\xef\xbb\xbf<!-- a --><?x?>\n<feed>", None, True),
        (b"<html><body><rss>", "application/rss+xml", False),
        (b"<oops", "application/rss+xml; charset=utf-8", True),
        (b"<urlset>", "text/xml", False),
        (b'{"id": "1", "headline": "x"}', "application/json", False),
        (b"<rdf:RDF xmlns:foaf='http://xmlns.com/foaf/0.1/'>", None, False),
        (b"", None, False),
    ],
)
def test_feeds_are_told_by_their_start(head: bytes, media_type: str | None, expected: bool) -> None:
    assert is_feed(head[:4096], media_type) is expected


PIECES = st.sampled_from(
    [
        *("<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link", "<guid>", ">"),
        *("<entry>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<content type='xhtml'>", "&#"),
        *(
            "<![CDATA[",
            "]]>",
            "<p>",
            "&#x110000;",
            "&#xD800;",
            "&amp;",
            "&nbsp;",
            "<source url='x'>",
        ),
        *(
            "<georss:point>",
            "1 2 3",
            "<pubDate>",
            "99999-01-01",
            "<media:credit>",
            "</media:credit>",
        ),
        *("<itunes:image href=''/>", "<image>", "<psc:chapter start='x'/>", "xml:base='//['", "\0"),
        *("<!DOCTYPE", "<!ENTITY a 'b'>", "[", "<?xml", "encoding='x'?>", "<category>", "\ud800"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30))
def test_any_markup_ends(pieces: list[str]) -> None:
    found = parse_feed("".join(pieces).encode("utf-8", "surrogatepass"), "https://a.example.org/")
    for entry in () if isinstance(found, Refused) else found.entries:
        assert isinstance(json.loads(render_entry(found, entry)), dict)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end(data: bytes) -> None:
    is_feed(data)
    parse_feed(b"<rss>" + data)


TEXT = st.text(max_size=20)


@given(TEXT, TEXT, TEXT, st.none() | TEXT)
def test_any_entry_is_a_record(headline: str, body: str, url: str, title: str | None) -> None:
    feed = Feed(
        form="rss20", title=title or "", home=None, language=title, publisher=None, entries=()
    )
    data = render_entry(feed, Entry(headline=headline, body=body, url=url, publisher=title))
    assert data == render_entry(feed, Entry(headline=headline, body=body, url=url, publisher=title))
    assert isinstance(json.loads(data), dict)
