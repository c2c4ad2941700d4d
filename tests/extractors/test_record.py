"""Records of our own, on public facts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.extractors.record import RecordExtractor
from tidings.model import Article, Page, PageId, Reason, Rejected, Role

FULL = {
    "id": "kept-1",
    "url": "https://paper.example.org/2025/01/29/call?utm_source=x",
    "publisher": "The Example Paper",
    "published": "2025-01-28T18:02:11+01:00",
    "language": "en-gb",
    "headline": "Kallas and Rubio speak for the first time",
    "body": "The two spoke on Tuesday.\n\nThey talked about Ukraine.\n",
    "byline": ["Ann Lee", "By Bo Li and Cy Day"],
    "links": ["https://a.example.org/1", {"href": "https://b.example.org/2"}, "none", "/x"],
}


def extract(data: bytes) -> Article | Rejected:
    page = Page(id=PageId("ab" * 16), name="day.jsonl#7", media_type="application/json", data=data)
    ended = RecordExtractor().extract(page)
    return ended if isinstance(ended, Rejected) else ended[0]


def article(**fields: Any) -> Article:
    found = extract(json.dumps(FULL | fields).encode())
    assert isinstance(found, Article), found
    return found


def reason(record: Any) -> Reason:
    found = extract(record if isinstance(record, bytes) else json.dumps(record).encode())
    assert isinstance(found, Rejected), found
    assert found.name == "day.jsonl#7"
    assert found.detail
    return found.reason


def test_what_is_given_is_kept() -> None:
    found = article()
    assert found.id == "kept-1"
    assert found.url == FULL["url"]
    assert found.publisher == "The Example Paper"
    assert found.published.start
    assert found.published.start.isoformat() == "2025-01-28T17:02:11+00:00"
    assert found.language == "en-GB"
    assert found.byline == ("Ann Lee", "Bo Li", "Cy Day")
    assert found.links == ("https://a.example.org/1", "https://b.example.org/2")
    assert [block.role for block in found.blocks] == [Role.HEADLINE, Role.BODY, Role.BODY]
    assert found.body == "The two spoke on Tuesday.\n\nThey talked about Ukraine."


def test_other_names_are_understood() -> None:
    old = {
        "id": 12,
        "url": "https://news.example.co.uk/a",
        "date": "2019-11-18",
        "lang": "de",
        "title": "Ein Anruf",
        "text": "Die beiden sprachen.",
        "author": "Anna Beispiel",
        "links": '[["Bericht", "https://c.example.org/3"]]',
    }
    found = extract(json.dumps(old).encode())
    assert isinstance(found, Article)
    assert (found.id, found.headline, found.body) == ("12", "Ein Anruf", "Die beiden sprachen.")
    assert (found.language, found.byline) == ("de", ("Anna Beispiel",))
    assert found.publisher == "example.co.uk"
    assert found.links == ("https://c.example.org/3",)
    assert found.published.start
    assert found.published.end
    assert (found.published.end - found.published.start).total_seconds() == 50 * 3600


def test_a_given_midnight_is_exact() -> None:
    at = article(published="2025-01-28T00:00:00Z").published
    assert at.start
    assert at.end
    assert (at.end - at.start).total_seconds() == 1


def test_a_bad_time_stays_unknown_and_is_named() -> None:
    at = article(published="yesterday").published
    assert at.start is None
    assert "yesterday" in at.reason


@pytest.mark.parametrize("given_language", ["", None, "english please", 5, "und"])
def test_a_language_that_is_no_tag_is_identified(given_language: object) -> None:
    found = article(language=given_language)
    assert found.language == "en"


def test_what_is_given_and_not_taken_is_named() -> None:
    found = article(language="English", url="not an address", modified="soon", links=["none", "/x"])
    grounds = dict(found.grounds)
    assert found.language == "en"
    assert "'English' is no BCP 47 tag" in grounds["language"]
    assert "'not an address'" in grounds["url"]
    assert "'soon'" in grounds["modified"]
    assert "'none'" in grounds["links"]
    assert "1 more" in grounds["links"]
    assert found.grounds == tuple(sorted(found.grounds))
    bare = dict(article(language="und", url=None, links=[], modified=None).grounds)
    assert "left out" not in " ".join(bare.values())
    assert set(bare) == {"language", "published", "publisher"}


def test_a_long_refused_value_is_cut_in_its_ground() -> None:
    assert len(dict(article(language="x " * 5_000).grounds)["language"]) < 200


def test_controls_in_a_text_are_spaces() -> None:
    found = article(headline="a\x1bb", body="c\x08d", publisher="The\x1bPaper")
    assert (found.text, found.publisher) == ("a b\n\nc d", "The Paper")


def test_headline_alone_or_body_alone_is_an_article() -> None:
    assert article(body=None).body == ""
    assert article(body=None).headline == FULL["headline"]
    assert article(headline=None).headline == ""
    assert article(headline=" \n").blocks[0].role is Role.BODY


def test_an_id_is_kept_to_the_letter() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    data = json.dumps(FULL | {"id": decomposed, "headline": decomposed}, ensure_ascii=False)
    found = extract(data.encode())
    assert isinstance(found, Article)
    assert found.id == decomposed
    assert found.headline == composed


def test_without_an_id_the_page_gives_it() -> None:
    assert article(id=None).id == ("ab" * 16)[:16]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (b'{"id": "1", "body": "cut in ha', Reason.BAD_JSON),
        (b"not json", Reason.BAD_JSON),
        (b'{"id": 1} {"id": 2}', Reason.BAD_JSON),
        (b"1" * 5_000, Reason.BAD_JSON),
        (b"[" * 200_000, Reason.TOO_DEEP),
        (b"", Reason.EMPTY),
        (b'{"id": "1", "body": "caf\xc3', Reason.TRUNCATED),
        (b"%PDF-1.7", Reason.BINARY),
        ([1, 2], Reason.BAD_RECORD),
        ("text", Reason.BAD_RECORD),
        ({"id": ["1"], "body": "x"}, Reason.BAD_RECORD),
        ({"id": True, "body": "x"}, Reason.BAD_RECORD),
        ({"id": " ", "body": "x"}, Reason.BAD_RECORD),
        ({"id": "a\x1bb", "body": "x"}, Reason.BAD_RECORD),
        ({"id": "a\nb", "body": "x"}, Reason.BAD_RECORD),
        ({"id": "1\0", "body": "x"}, Reason.BAD_RECORD),
        ({"id": "1", "headline": "x" * 5_000_000}, Reason.BAD_RECORD),
        ({"id": "1", "body": "x" * 2_000_001}, Reason.TOO_LARGE),
        ({"id": "1", "body": {"a": 1}}, Reason.BAD_RECORD),
        ({"id": "1", "headline": 7, "body": "x"}, Reason.BAD_RECORD),
        ({"id": "1", "body": "half \ud83d"}, Reason.BAD_RECORD),
        ({"id": "\udc00", "body": "x"}, Reason.BAD_RECORD),
        ({"id": "1"}, Reason.NO_TEXT),
        ({"id": "1", "headline": " ", "body": "\n"}, Reason.NO_TEXT),
    ],
)
def test_what_is_no_article_ends_with_a_reason(record: Any, expected: Reason) -> None:
    assert reason(record) == expected


def test_bad_json_names_the_place() -> None:
    found = extract(b'{"id": "1", "body" "x"}')
    assert isinstance(found, Rejected)
    assert "at character 19" in found.detail


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["id", "url", "publisher", "date", "lang", "title", "body", "author", "links"]


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_any_record_ends(record: dict[str, Any]) -> None:
    found = extract(json.dumps(record).encode())
    if isinstance(found, Article):
        json.dumps(
            [found.text, found.url, found.publisher, found.byline], ensure_ascii=False
        ).encode()
        for block in found.blocks:
            assert found.text[block.start : block.end].strip()


@given(st.binary())
def test_any_bytes_end(data: bytes) -> None:
    extract(data)
