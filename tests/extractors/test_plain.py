from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidings.extractors.plain import Options, PlainExtractor
from tidings.model import Article, Page, Reason, Rejected, Role, Served

Maker = Callable[[bytes | str], Page]

LEAD = (
    "The keepers of the eleven lighthouses voted on Tuesday to go back to work after the board "
    "had promised them new lamps."
)


def extract(page: Page) -> tuple[Article, ...]:
    made = PlainExtractor().extract(page)
    assert not isinstance(made, Rejected)
    return made


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t", Reason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, Reason.BINARY),
        (b"12:30 --- 17", Reason.NO_TEXT),
    ],
)
def test_what_is_no_text_is_rejected(make_page: Maker, data: bytes, reason: Reason) -> None:
    made = PlainExtractor().extract(make_page(data))
    assert isinstance(made, Rejected)
    assert made.reason is reason
    assert made.detail


def test_too_large(make_page: Maker) -> None:
    made = PlainExtractor(Options(largest=100)).extract(make_page(LEAD))
    assert isinstance(made, Rejected)
    assert made.reason is Reason.TOO_LARGE


def test_published_comes_from_the_dateline_alone(make_page: Maker) -> None:
    (article,) = extract(
        make_page(
            f"Keepers vote\n\n{LEAD}\n\nSource: https://agency.example/2024/05/06/a\n\n"
            "Latest\n\n29.01.2025 12:30\n\nStorm closes two ports on the coast"
        )
    )
    assert article.published.start is None
    (article,) = extract(make_page(f"Keepers vote\n\n29 January 2025, 10:00 GMT\n\n{LEAD}"))
    assert article.published.start == datetime(2025, 1, 29, 10, tzinfo=UTC)


def test_publisher_only_where_the_page_says_so(make_page: Maker) -> None:
    frame = "NEWSHUB.EXAMPLE - all the news\n\n© 2025 Newshub"
    (article,) = extract(make_page(f"Keepers vote\n\n{LEAD}\n\n{frame}"))
    assert article.publisher is None
    assert article.body == LEAD
    (article,) = extract(make_page(f"Keepers vote\n\nPublisher: The Courier\n\n{LEAD}\n\n{frame}"))
    assert article.publisher == "The Courier"


def test_broken_off_page(make_page: Maker) -> None:
    (article,) = extract(make_page(f"Keepers vote\n\n{LEAD}\n\n{LEAD[:-9]}"))
    assert article.is_cut
    (article,) = extract(make_page(f"Keepers vote\n\n{LEAD}\n\n(agency)"))
    assert not article.is_cut


def test_links_are_kept_once_and_whole(make_page: Maker) -> None:
    text = f"{LEAD} See https://a.example/x(1), www.b.example/y. And https://a.example/x(1)!"
    (article,) = extract(make_page(text))
    assert article.links == ("https://a.example/x(1", "https://www.b.example/y")


def test_charsets(make_page: Maker) -> None:
    text = "Хранители маяков проголосовали во вторник за то, чтобы вернуться к работе. " * 3
    (article,) = extract(make_page(text.encode("cp1251")))
    assert article.language == "ru"
    assert article.body == text.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_every_page_ends_once(make_page: Maker, data: bytes) -> None:
    page = make_page(data)
    made = PlainExtractor().extract(page)
    assert made == PlainExtractor().extract(page)
    if isinstance(made, Rejected):
        assert made.detail
        return
    assert len({article.id for article in made}) == len(made) >= 1
    for article in made:
        end = 0
        for block in article.blocks:
            assert article.text[end : block.start].strip() == ""
            assert block.start < block.end
            end = block.end
        assert end == len(article.text)
        assert isinstance(article.blocks[0].role, Role)


def test_the_address_it_was_served_at_names_page_and_publisher(make_page: Maker) -> None:
    served = Served(url="https://www.Gazette.co.uk/a/1?utm_source=x", charset="windows-1251")
    text = "Хранители маяков проголосовали во вторник за то, чтобы вернуться к работе. " * 3
    (article,) = extract(replace(make_page(text.encode("cp1251")), served=served))
    assert article.url == "https://www.gazette.co.uk/a/1"
    assert (article.publisher, article.domain) == ("gazette.co.uk", "gazette.co.uk")
    assert dict(article.grounds)["publisher"].startswith("registrable domain")
    assert article.body == text.strip()


def test_a_publisher_that_the_page_names_is_kept(make_page: Maker) -> None:
    page = make_page(f"Keepers vote\n\n{LEAD}\n\nPublisher: The Harbour Courier")
    (article,) = extract(replace(page, served=Served(url="https://www.gazette.co.uk/a/1")))
    assert (article.publisher, article.domain) == ("The Harbour Courier", "gazette.co.uk")


def test_every_dateline_is_a_timestamp(make_page: Maker) -> None:
    lines = ("Keepers vote", "28 January 2025 09:15", "Updated: 28 January 2025 11:40 CET")
    (article,) = extract(make_page("\n\n".join((*lines, "27 January 2025", LEAD))))
    assert [(each.timing, each.ground) for each in article.timestamps] == [
        ("published", "dateline"),
        ("modified", "dateline"),
        ("published", "dateline"),
    ]
    assert [each.zone for each in article.timestamps] == [None, "CET", None]
    assert article.published == article.timestamps[0].interval
    assert article.modified == article.timestamps[1].interval


def test_snippets_have_the_address_under_them(make_page: Maker) -> None:
    vote = "Election officials in Minsk said on Sunday that the president had won a seventh term."
    agreed = "The foreign ministers of twenty-seven countries agreed in Brussels on more sanctions."
    pieces = (
        f"{LEAD}\nhttps://www.gazette.co.uk/a/1?utm_source=x",
        f"{vote}\n<https://faro.es/b/2>",
        f"{agreed}\nRead more at https://wire.com",
    )
    made = extract(make_page("\n\n".join(pieces)))
    assert [article.url for article in made] == [
        "https://www.gazette.co.uk/a/1",
        "https://faro.es/b/2",
        None,
    ]
    assert [article.domain for article in made] == ["gazette.co.uk", "faro.es", "wire.com"]
    assert [article.publisher for article in made] == ["gazette.co.uk", "faro.es", "wire.com"]
