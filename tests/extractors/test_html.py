"""Pages of our own, on public facts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidings.extractors.html import HtmlExtractor, Library, Options
from tidings.model import Article, Page, PageId, Reason, Rejected, Role, Served

BODY = (
    "The EU's chief diplomat and the American secretary of state spoke by telephone on Tuesday.",
    "It was their first call since the administration took office, an official in Brussels said.",
    (
        "Maximum pressure on Moscow has to be kept up, say "
        '<a href="https://social.example/kallas/1?utm_source=x">her own post</a> and '
        '<a href="https://agency.example/2024/03/05/old">an agency</a>.'
    ),
    "The sanctions of the European Union run out every six months unless all members renew them.",
)
HEAD = """<meta charset="utf-8"><title>Kallas calls Rubio | The Example</title>
<link rel="canonical" href="https://www.example.org/world/kallas-rubio?fbclid=1">
<meta property="og:site_name" content="The Example">
<meta property="og:title" content="Kallas calls Rubio - The Example">
<meta property="article:published_time" content="2025-01-28T18:02:11+01:00">
<meta name="author" content="By Ann Lee and Bo Li">"""
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#org", "name": "Example Media"},
        {
            "@type": ["NewsArticle"],
            "headline": "Kallas calls Rubio",
            "datePublished": "2025-01-28T17:00:00Z",
            "dateModified": "2025-01-28T19:30:00Z",
            "author": [
                {"@type": "Person", "name": "Cy Day"},
                {"@type": "Organization", "name": "X"},
            ],
            "publisher": {"@id": "#org"},
        },
    ],
}


def page(data: bytes | str) -> Page:
    raw = data if isinstance(data, bytes) else data.encode()
    return Page(id=PageId("ab" * 16), name="page.html", media_type="text/html", data=raw)


def markup(head: str = HEAD, body: tuple[str, ...] = BODY, around: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    return (
        f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article>"
        f"<h1>Kallas calls Rubio</h1>{around}{paragraphs}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def extract(data: bytes | str, options: Options | None = None) -> Article:
    ended = HtmlExtractor(options=options or Options()).extract(page(data))
    assert isinstance(ended, tuple), ended
    assert len(ended) == 1
    check(ended[0])
    return ended[0]


def reject(data: bytes | str) -> Reason:
    ended = HtmlExtractor().extract(page(data))
    assert isinstance(ended, Rejected), ended
    assert ended.detail
    return ended.reason


def check(article: Article) -> None:
    """The laws of every article."""
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        assert not article.text[at : block.start].strip()
        at = block.end
    assert not article.text[at:].strip()
    headlines = [b for b in article.blocks if b.role is Role.HEADLINE]
    assert [article.text[b.start : b.end] for b in headlines] == [article.headline][
        : len(headlines)
    ]
    assert list(article.grounds) == sorted(article.grounds)


def test_meta_tags_headline_and_body() -> None:
    article = extract(markup())
    assert article.id == ("ab" * 16)[:16]
    assert article.headline == "Kallas calls Rubio"
    assert article.url == "https://www.example.org/world/kallas-rubio"
    assert article.publisher == "The Example"
    assert article.byline == ("Ann Lee", "Bo Li")
    assert article.language == "en"
    assert article.published.start == datetime(2025, 1, 28, 17, 2, 11, tzinfo=UTC)
    assert "article:published_time" in article.published.reason
    roles = [block.role for block in article.blocks]
    assert roles == [Role.HEADLINE, *[Role.BODY] * 4]
    assert "Home" not in article.text
    assert "rights" not in article.text
    assert article.links == (
        "https://social.example/kallas/1",
        "https://agency.example/2024/03/05/old",
    )


def test_json_ld_comes_first() -> None:
    script = f'<script type="application/ld+json">{json.dumps(LINKED)}</script>'
    article = extract(markup(HEAD + script))
    assert article.published.start == datetime(2025, 1, 28, 17, 0, tzinfo=UTC)
    assert article.modified
    assert article.modified.start == datetime(2025, 1, 28, 19, 30, tzinfo=UTC)
    assert article.publisher == "Example Media"
    assert article.byline == ("Cy Day",)
    assert dict(article.grounds)["byline"] == "JSON-LD author"


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(LINKED)[:-1] + ",}",
        "<!--" + json.dumps(LINKED) + "-->",
        json.dumps(LINKED) + ";",
        json.dumps(LINKED).replace("Kallas calls", "Kallas\n calls"),
    ],
)
def test_broken_json_ld_is_mended(broken: str) -> None:
    article = extract(markup(f'{HEAD}<script type="application/ld+json">{broken}</script>'))
    assert article.publisher == "Example Media"


@pytest.mark.parametrize(
    "broken", ["", "{", "[[[[" * 50_000, '{"a": ' * 50_000, "nonsense", "null"]
)
def test_hopeless_json_ld_leaves_the_meta_tags(broken: str) -> None:
    article = extract(markup(f'{HEAD}<script type="application/ld+json">{broken}</script>'))
    assert article.publisher == "The Example"


def test_what_a_page_never_names_stays_unknown() -> None:
    article = extract(markup("<title>Kallas calls Rubio</title>"))
    assert (article.url, article.publisher, article.byline) == (None, None, ())
    assert article.published.start is None, article.published
    assert article.headline == "Kallas calls Rubio"


def test_the_domain_stands_in_for_a_publisher() -> None:
    head = '<link rel="canonical" href="https://news.example.co.uk/2025/01/28/call">'
    article = extract(markup(head))
    assert article.publisher == "example.co.uk"
    assert article.published.start == datetime(2025, 1, 27, 10, tzinfo=UTC)
    assert "address" in article.published.reason


def test_a_time_element_counts_where_it_stands_with_the_text() -> None:
    related = '<aside><time datetime="2020-01-01T10:00:00Z">old</time></aside>'
    own = '<time datetime="2025-01-29T03:52:00">03:52</time>'
    article = extract(markup("<title>Kallas calls Rubio</title>", around=related + own))
    assert article.published.start == datetime(2025, 1, 28, 13, 52, tzinfo=UTC)
    assert "zone unknown" in article.published.reason


def test_an_absurd_time_is_dropped_and_named() -> None:
    head = '<meta name="date" content="1970-01-01T00:00:00Z">'
    article = extract(markup(head))
    assert article.published.start is None
    assert "1970" in article.published.reason


def test_the_publisher_is_no_part_of_the_headline() -> None:
    head = HEAD.replace("Kallas calls Rubio", "A longer line about the call")
    text = markup(head).replace("<h1>Kallas calls Rubio</h1>", "<h1>The Example</h1>")
    assert extract(text).headline == "A longer line about the call"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<b>Metroid</b>, one of many", "Metroid, one of many"),
        ("<span>World</span>Kallas calls <i>Rubio</i>", "World Kallas calls Rubio"),
        ("Kallas<br>calls «<b>Rubio</b>»", "Kallas calls «Rubio»"),
        ("<b>Rubio</b>'s   call", "Rubio's call"),
    ],
)
def test_markup_inside_a_headline_parts_words_only(inner: str, expected: str) -> None:
    assert extract(f"<h1>{inner}</h1><p>{BODY[0]}</p>").headline == expected


@pytest.mark.parametrize(
    ("title", "h1s", "expected"),
    [
        ("Kallas calls her colleague · Wire", ["Wire", "Kallas calls her colleague"], None),
        ("Kallas calls her colleague | Wire", ["Wire"], None),
        ("Kallas calls her colleague", ["News of the day"], None),
        ("Kallas calls her colleague after all", ["Kallas calls her colleague"], None),
        ("Start", ["Kallas calls her colleague"], None),
        ("卡拉斯与鲁比奥首次通话_国际_网", ["卡拉斯与鲁比奥首次通话"], "卡拉斯与鲁比奥首次通话"),
    ],
)
def test_which_line_is_the_headline(title: str, h1s: list[str], expected: str | None) -> None:
    lines = "".join(f"<h1>{line}</h1>" for line in h1s)
    found = extract(f"<title>{title}</title>{lines}<p>{BODY[0]}</p>")
    assert found.headline == (expected or "Kallas calls her colleague")


def test_a_byline_in_the_text_is_no_body() -> None:
    article = extract(markup(around='<address>by <a rel="author">Ann Lee</a></address>'))
    assert "by Ann Lee" not in article.body


def test_the_summary_printed_but_lost_comes_back_as_standfirst() -> None:
    summary = "Europe's chief diplomat has spoken with her American colleague for the first time."
    head = f'{HEAD}<meta name="description" content="{summary}">'
    text = markup(head, around=f'<div class="share-teaser"><h2>{summary}</h2></div>')
    article = extract(text)
    assert article.text.count(summary) == 1
    assert summary in article.body


def test_resiliparse_finds_the_body() -> None:
    article = extract(markup(), Options(library=Library.RESILIPARSE))
    assert "every six months" in article.body
    assert article.extractor.startswith("html/2 resiliparse ")


def test_other_charsets_are_read() -> None:
    text = markup(
        "<title>Каллас позвонила Рубио</title>", ("Глава дипломатии обсудила войну.",) * 3
    )
    assert "обсудила войну" in extract(text.encode("cp1251")).body


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Reason.EMPTY),
        (b"%PDF-1.4", Reason.BINARY),
        (b"<html><body></body></html>", Reason.NO_TEXT),
        (b"<!-- nothing -->", Reason.NO_TEXT),
        (markup().encode() + b"\xd0", Reason.TRUNCATED),
        ("<div>" * 100_000 + "deep", Reason.TOO_DEEP),
        ("<table><tr><td>" * 50_000 + "deep", Reason.TOO_DEEP),
        (b"<p>x" * 6_000_000, Reason.TOO_LARGE),
    ],
)
def test_what_is_no_article_ends_with_a_reason(data: bytes | str, expected: Reason) -> None:
    assert reject(data) == expected


@pytest.mark.parametrize("tag", ["b", "font", "div", "blockquote", "p"])
def test_some_hundred_unclosed_elements_lose_no_text(tag: str) -> None:
    text = markup().replace("<article>", f"<article>{f'<{tag}>' * 400}")
    assert "every six months" in extract(text).body


@pytest.mark.parametrize(
    "sign", ["&#8;", "&#27;", "&#x1f;", "&#xFFFF;", "&#xD800;", "\x0b", "\x0c", "\x1b", "\x01"]
)
@pytest.mark.parametrize("place", ["every six", "It was", " calls", '"https://social', "<article"])
def test_a_control_character_costs_no_text(sign: str, place: str) -> None:
    article = extract(markup().replace(place, place[:-1] + sign + place[-1:], 1))
    assert BODY[0] in article.body
    assert article.text.isprintable() or not set(article.text) & set("\x08\x0b\x0c\x1b\x1f")


def test_where_the_library_finds_nothing_all_paragraphs_are_the_body() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY)
    article = extract(f"<h1>A call</h1><div id='comments'>{paragraphs}</div>")
    assert all(text in article.body for text in (BODY[0], BODY[1], BODY[3]))


def test_json_ld_can_escape_what_no_page_can_hold() -> None:
    linked = (
        r'{"@type":"NewsArticle","headline":"A\u001bcall \ud83d","author":"Ann\u0008Lee",'
        r'"publisher":"The\u001bWire\udc00"}'
    )
    article = extract(markup(f'<script type="application/ld+json">{linked}</script>'))
    assert (article.publisher, article.byline) == ("The Wire", ("Ann Lee",))


@pytest.mark.parametrize("head", ["<title>{}</title>", "<meta property='og:title' content='{}'>"])
def test_a_title_without_end_is_no_headline(head: str) -> None:
    assert extract(markup(head.format("word " * 1_000))).headline == "Kallas calls Rubio"


@pytest.mark.parametrize(
    "text",
    [
        "<form><input><button>Log in</button></form>",
        "<title>Log in</title><form><label>User name</label><input><button>Go</button></form>",
        "<title>Log in to our shop</title><form><label>Name</label><input type=password></form>",
        "<title>Start</title><body><button>Accept all cookies</button></body>",
    ],
)
def test_a_form_is_no_article(text: str) -> None:
    assert reject(text) is Reason.NO_TEXT


def test_a_page_inside_a_form_is_an_article() -> None:
    text = (
        markup().replace("<article>", "<form><article>").replace("</article>", "</article></form>")
    )
    assert BODY[0] in extract(text).body


def test_a_page_of_one_headline_is_an_article() -> None:
    assert extract("<html><body><h1>Kallas calls Rubio</h1></body></html>").body in (
        "",
        "Kallas calls Rubio",
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_text_in_a_paragraph_empties_the_body(text: str) -> None:
    assert BODY[1] in extract(markup(body=(BODY[0], escape(text), *BODY[1:]))).body


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 31) | st.integers(127, 159) | st.sampled_from([0xFFFE, 0xFFFF, 0x1FFFE]),
    st.booleans(),
    st.integers(0, 2_000),
)
def test_a_control_character_anywhere_leaves_the_body(sign: int, named: bool, at: int) -> None:
    text = markup()
    at = text.index("<link") + at % len(HEAD)  # in </title> any sign costs the page, as in browsers
    put = f"&#{sign};" if named else chr(sign)
    assert BODY[3] in extract(text[:at] + put + text[at:]).body


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<a href='", "'", "http://[", "<script type=application/ld+json>",
     "{", "}", '"@type":"NewsArticle"', "<time datetime=", "<h1>", "</h1>", "<table>", "<li>", "\0",
     "<title>", "&#0;", "&#xD800;", "<!--", "<![CDATA[", "<meta charset=utf-16>", "2025-01-28",
     "<base href='//['>", "<svg>", "<math>", "word " * 30, "<meta name=date content=", "é"]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_any_markup_ends(text: str) -> None:
    ended = HtmlExtractor().extract(page(text.encode("utf-8", "replace")))
    if isinstance(ended, tuple):
        check(ended[0])
        ended[0].text.encode()


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_end(data: bytes) -> None:
    HtmlExtractor().extract(page(data))


def test_what_came_with_the_page_counts() -> None:
    text = markup("<title>Каллас позвонила</title>", ("Глава дипломатии обсудила войну.",) * 3)
    served = Served(url="https://www.example.org/a?utm_source=x", charset="koi8-r")
    sent = replace(page(text.encode("koi8-r")), served=served)
    ended = HtmlExtractor().extract(sent)
    assert isinstance(ended, tuple)
    assert "обсудила войну" in ended[0].body
    assert (ended[0].url, ended[0].domain) == ("https://www.example.org/a", "example.org")


def test_a_paragraph_in_another_language_says_so() -> None:
    russian = "Глава дипломатии Евросоюза впервые обсудила войну с новым госсекретарём по телефону."
    article = extract(markup(body=(*BODY, russian)))
    assert [block.language for block in article.blocks if block.language] == ["ru"]


def test_captions_and_related_lines_are_kept_apart_from_the_body() -> None:
    caption = "The two at their last meeting, in a hall of the conference centre"
    box = "<div class='related-news'><a href='/1'>Another call that nobody took</a></div>"
    figure = f"<figure><img src=x><figcaption>{caption}</figcaption></figure>"
    article = extract(markup(body=(BODY[0], BODY[1] + "</p>" + figure + box + "<p>", *BODY[2:])))
    assert caption not in article.body
    assert "nobody took" not in article.body
    roles = {block.role for block in article.blocks}
    assert {Role.CAPTION, Role.RELATED} <= roles


def test_a_body_that_only_json_ld_holds_is_taken() -> None:
    linked = {**LINKED["@graph"][1], "articleBody": " ".join(BODY[:2]) * 2}  # type: ignore[index]
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    article = extract(f"<html><head>{HEAD}{script}</head><body><h1>Kallas calls</h1></body></html>")
    assert BODY[1] in article.body
    assert "articleBody" in dict(article.grounds)["blocks"]
