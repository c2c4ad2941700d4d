"""Records as agencies and pages write them: ninjs, JSON-LD. All of them ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.extractors.record import RecordExtractor
from tidings.model import Article, Page, PageId, Reason, Rejected, Timing

NINJS_1 = {
    "uri": "https://agency.example.org/items/1",
    "type": "text",
    "versioncreated": "2025-01-28T19:10:00+01:00",
    "firstcreated": "2025-01-28T18:02:11+01:00",
    "pubstatus": "usable",
    "language": "en",
    "byline": "By Ann Lee and Bo Li",
    "located": "Brussels",
    "headline": "Kallas and Rubio speak",
    "copyrightholder": "The Agency",
    "body_text": "The two spoke on Tuesday. They talked about Ukraine.",
    "body_xhtml": "<p>The two spoke on <a href='https://a.example.org/x'>Tuesday</a>.</p>"
    "<p>They talked about Ukraine.</p>",
    "associations": {"main": {"uri": "urn:p", "type": "picture", "headline": "A photograph"}},
}
NINJS_3 = {
    "standard": {"name": "ninjs", "version": "3.0"},
    "uri": "urn:newsml:agency:1",
    "type": "text",
    "versionCreated": "2025-01-28T19:10:00+01:00",
    "contentCreated": "2025-01-28T18:02:11+01:00",
    "language": "en",
    "by": "Ann Lee, Bo Li",
    "headlines": [{"role": "short", "value": "A call"}, {"role": "main", "value": "The call"}],
    "bodies": [
        {"role": "main", "contentType": "text/plain", "value": "The two spoke on Tuesday."},
        {"contentType": "text/html", "value": "<p>The two spoke.</p><p>It was Tuesday.</p>"},
    ],
    "infoSources": [{"name": "A witness"}, {"name": "The Agency", "role": "isrol:distributor"}],
}
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Paper"},
        {
            "@type": ["NewsArticle"],
            "headline": "The call",
            "articleBody": "The two spoke on Tuesday.",
            "author": [{"@type": "Person", "name": "Ann Lee"}],
            "publisher": {"@type": "Organization", "name": "Paper"},
            "datePublished": "2025-01-28T18:02:11+01:00",
            "isAccessibleForFree": "False",
            "articleSection": ["World", "Europe"],
            "mainEntityOfPage": {"@id": "https://paper.example.org/call"},
            "inLanguage": "en-gb",
        },
    ],
}


def extract(record: Any) -> Article | Rejected:
    data = json.dumps(record).encode()
    page = Page(id=PageId("ab" * 16), name="a.json", media_type="application/json", data=data)
    found = RecordExtractor().extract(page)
    return found if isinstance(found, Rejected) else found[0]


def article(record: Any) -> Article:
    found = extract(record)
    assert isinstance(found, Article), found
    return found


def test_ninjs_1() -> None:
    found = article(NINJS_1)
    assert (found.id, found.url) == (NINJS_1["uri"], NINJS_1["uri"])
    assert (found.headline, found.publisher) == ("Kallas and Rubio speak", "The Agency")
    assert found.body == "The two spoke on Tuesday.\n\nThey talked about Ukraine."
    assert found.links == ("https://a.example.org/x",)
    assert found.byline == ("Ann Lee", "Bo Li")
    assert found.domain == "example.org"
    assert found.modified
    assert [(each.timing, each.printed, each.zone) for each in found.timestamps] == [
        (Timing.PUBLISHED, NINJS_1["firstcreated"], "+01:00"),
        (Timing.MODIFIED, NINJS_1["versioncreated"], "+01:00"),
    ]


def test_ninjs_3() -> None:
    found = article(NINJS_3)
    assert (found.id, found.url) == ("urn:newsml:agency:1", None)
    assert (found.headline, found.publisher) == ("The call", "The Agency")
    assert found.body == "The two spoke.\n\nIt was Tuesday."
    assert found.published.start
    assert found.published.start.isoformat() == "2025-01-28T17:02:11+00:00"


def test_linked_data() -> None:
    found = article(LINKED)
    assert (found.headline, found.publisher) == ("The call", "Paper")
    assert found.url == "https://paper.example.org/call"
    assert (found.section, found.is_free, found.language) == ("World", False, "en-GB")
    assert found.byline == ("Ann Lee",)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"pubstatus": "canceled"}, Reason.BAD_RECORD),
        ({"type": "picture", "body_xhtml": None, "body_text": None}, Reason.UNSUPPORTED),
        ({"headline": 5}, None),
        ({"body_xhtml": ["x"], "body_text": {"a": 1}, "description_text": "Short."}, None),
        ({"uri": 5}, Reason.BAD_RECORD),
    ],
)
def test_ninjs_that_is_odd(change: dict[str, Any], expected: Reason | None) -> None:
    found = extract(NINJS_1 | change)
    if expected is None:
        assert isinstance(found, Article)
    elif change == {"uri": 5}:
        assert isinstance(found, Article)
        assert found.id == "5"
    else:
        assert isinstance(found, Rejected)
        assert found.reason is expected


def test_our_own_fields() -> None:
    own = {
        "headline": "The call",
        "body": "The two spoke on Tuesday, and they will speak again in the coming…",
        "section": " World ",
        "is_free": True,
        "modified": "2025-01-29",
        "publisher": {"name": "Far Paper", "url": "https://farpaper.org/feed"},
        "url": "https://collector.example.org/1",
    }
    found = article(own)
    assert (found.section, found.is_free, found.is_cut) == ("World", True, True)
    assert (found.publisher, found.domain) == ("Far Paper", "farpaper.org")
    assert article(own | {"is_free": "no", "section": "x" * 200}).is_free is False
    assert article(own | {"section": "x" * 200}).section is None
    assert article(own | {"is_free": 1}).is_free is None


def test_the_language_of_a_feed_holds_where_the_text_does_not_speak_against_it() -> None:
    english = "The two spoke on Tuesday evening about what they could do for Ukraine."
    assert article({"body": english, "feed_language": "en-gb"}).language == "en-GB"
    found = article({"body": english, "feed_language": "de-DE"})
    assert found.language == "en"
    assert "'de-DE'" in dict(found.grounds)["language"]
    assert article({"headline": "Ok", "feed_language": "de"}).language == "de"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "name", "@id", "role"]), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = sorted({*NINJS_1, *NINJS_3, *LINKED["@graph"][1], "bodies", "feed_language", "is_free"})


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES), st.sampled_from([NINJS_1, NINJS_3, {}]))
def test_any_record_ends(record: dict[str, Any], around: dict[str, Any]) -> None:
    extract(around | record)
    extract({"@graph": [{"@type": "NewsArticle"} | record]})
