"""When a page says that it was published and modified. All pages are ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Served, Timing
from tidings.reading.dating import Dating, Setting, date_page
from tidings.reading.markup import parse_tree
from tidings.reading.places import parse_places

PROSE = "<p>" + "The council met and voted on the new bridge over the river. " * 6 + "</p>"
SERVED = datetime(2025, 3, 20, 12, tzinfo=UTC)


def page(*body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{''.join(body)}</body></html>"


def dated(text: str, **known: object) -> Dating:
    places = parse_places(parse_tree(text)[0])
    setting = Setting(**{"headline": "A bridge is voted", "language": "en"} | known)  # type: ignore[arg-type]
    return date_page(places, setting)


def day_of(found: Dating) -> str | None:
    start, end = found.published.start, found.published.end
    if start is None or end is None:
        return None
    local = start + timedelta(hours=14) if end - start > timedelta(hours=26) else start
    return local.date().isoformat()


def linked(**fields: str) -> str:
    said = "".join(f', "{key}": "{value}"' for key, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle"{said}}}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


H1 = "<h1>A bridge is voted</h1>"


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("<p>3 March 2025</p>", "en", "2025-03-03"),
        ("<span>Published</span> <b>March 3, 2025</b> at 10:15", "en", "2025-03-03"),
        ("<div>By Ann Lee | Mar 3, 2025</div>", "en", "2025-03-03"),
        ("<p>3. 3. 2025, 10:15 Uhr</p>", "de", "2025-03-03"),
        ("<p>Veröffentlicht am 3. März 2025</p>", "de", "2025-03-03"),
        ("<p>Опубликовано: 3 марта 2025, 10:15</p>", "ru", "2025-03-03"),
        ("<p>3 березня 2025</p>", "uk", "2025-03-03"),
        ("<p>Publié le 03/03/2025 à 10h15</p>", "fr", "2025-03-03"),
        ("<p>Lunes, 3 de marzo de 2025</p>", "es", "2025-03-03"),
        ("<p>2025年3月3日 10:15</p>", "zh", "2025-03-03"),
        ("<p>3 Mart 2025</p>", "tr", "2025-03-03"),
        ("<p>3 marca 2025, 10:15</p>", "pl", "2025-03-03"),
    ],
)
def test_the_day_printed_by_the_headline(line: str, language: str, day: str) -> None:
    found = dated(page(H1, line, PROSE, PROSE), language=language)
    assert day_of(found) == day
    assert found.timestamps[0].zone is None


@pytest.mark.parametrize(
    "clutter",
    [
        '<div class="comments"><p>Bob, 4 March 2025</p></div>',
        '<ul class="related"><li>5 March 2025 <a href="/x">Another bridge</a></li></ul>',
        "<footer>© 6 March 2025 The Paper</footer>",
        '<p>See <a href="https://other.example/2025/03/07/x">the report of 7 March 2025</a></p>',
        '<blockquote>8 March 2025</blockquote>',
        '<aside>9 March 2025</aside>',
        '<a href="/2025/03/10/next">Next</a>',
        '<div class="current-date">11 March 2025</div>',
        '<link rel="next" href="/2025/03/12/">',
        "<p>The bridge was opened on 13 March 2025 by the mayor of the town, who was glad.</p>",
    ],
)  # fmt: skip
def test_a_date_that_is_not_the_pages_own(clutter: str) -> None:
    assert dated(page(H1, PROSE, PROSE, clutter)).published.start is None
    assert dated(page(clutter, H1, PROSE, PROSE)).published.start is None
    own = page(H1, "<p>3 March 2025</p>", PROSE, PROSE, clutter)
    assert day_of(dated(own)) == "2025-03-03"


def test_witnesses_that_agree_outweigh_one_and_it_is_named() -> None:
    head = linked(datePublished="2025-03-05T10:00:00Z")
    text = page(H1, "<p>3 March 2025, 10:15</p>", PROSE, PROSE, head=head)
    found = dated(text, url="https://paper.example/2025/03/03/bridge")
    assert day_of(found) == "2025-03-03"
    ground = dict(found.grounds)["published"]
    assert "line by the headline" in ground
    assert "but JSON-LD datePublished '2025-03-05" in ground
    assert len(found.timestamps) == 3
    alone = dated(text)
    assert day_of(alone) == "2025-03-05"
    assert "but line by the headline" in alone.published.reason


def test_the_most_exact_that_agrees() -> None:
    head = meta("article:published_time", "2025-03-03") + linked(dateCreated="2025-03-03T10:15:07Z")
    found = dated(page(H1, PROSE, head=head), url="https://paper.example/2025/03/03/bridge")
    assert found.published.start == datetime(2025, 3, 3, 10, 15, 7, tzinfo=UTC)
    assert "but" not in found.published.reason


@pytest.mark.parametrize("value", ["1970-01-01T00:00:00Z", "0001-01-01", "{{date}}", "null"])
def test_fillers_are_refused_and_kept(value: str) -> None:
    found = dated(page(H1, "<p>3 March 2025</p>", PROSE, head=linked(datePublished=value)))
    assert day_of(found) == "2025-03-03"
    assert value in [stamp.printed for stamp in found.timestamps]
    alone = dated(page(H1, PROSE, head=linked(datePublished=value)))
    assert alone.published.start is None
    assert "refused" in alone.published.reason


def test_the_capture_of_an_archive_is_not_the_pages_day() -> None:
    url = "https://web.archive.org/web/20250310/http://paper.example/a/bridge"
    assert dated(page(H1, PROSE), url=url).published.start is None
    url = "https://web.archive.org/web/20250310101112/http://paper.example/2025/03/03/bridge"
    assert day_of(dated(page(H1, PROSE), url=url)) == "2025-03-03"


def test_day_or_month_first() -> None:
    text = page(H1, "<p>03/04/2025</p>", PROSE)
    both = dated(text).published
    assert both.start
    assert both.end
    assert both.end - both.start > timedelta(days=30)
    assert day_of(dated(text, language="fr")) == "2025-04-03"
    british = text.replace("<html>", '<html lang="en-gb">')
    assert day_of(dated(british)) == "2025-04-03"
    others = page(H1, "<p>03/04/2025</p>", PROSE, "<p>03/28/2025</p>")
    assert day_of(dated(others)) == "2025-03-04"
    seen = dated(text, served=Served(at=SERVED)).published
    assert seen.start == datetime(2025, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "language"),
    [("2 hours ago", "en"), ("vor 2 Stunden", "de"), ("2 часа назад", "ru"), ("2小时前", "zh")],
)
def test_how_long_ago_needs_to_know_when(line: str, language: str) -> None:
    text = page(H1, f"<p>{line}</p>", PROSE)
    assert dated(text, language=language).published.start is None
    found = dated(text, language=language, served=Served(at=SERVED)).published
    assert found.start == SERVED - timedelta(hours=3)
    assert found.end == SERVED - timedelta(hours=1) + timedelta(seconds=1)


def test_how_long_ago_it_was_updated_is_not_when_it_was_published() -> None:
    text = page(H1, "<p>Posted 3 days ago, updated 2 hours ago</p>", PROSE)
    found = dated(text, served=Served(at=SERVED))
    assert found.published.start == SERVED - timedelta(days=4)
    assert found.modified
    assert found.modified.start == SERVED - timedelta(hours=3)
    only = dated(page(H1, "<p>Updated 2 hours ago</p>", PROSE), served=Served(at=SERVED))
    assert only.published.start is None
    assert only.modified


def test_modified_is_told_apart() -> None:
    head = linked(datePublished="2025-03-03T10:00:00Z", dateModified="2025-03-04T10:00:00Z")
    found = dated(page(H1, PROSE, head=head))
    assert found.modified
    assert found.modified.start == datetime(2025, 3, 4, 10, tzinfo=UTC)
    line = "<p>Published 3 March 2025, updated 4 March 2025</p>"
    shown = dated(page(H1, line, PROSE))
    assert day_of(shown) == "2025-03-03"
    assert shown.modified
    assert shown.modified.start == datetime(2025, 3, 3, 10, tzinfo=UTC)


def test_nothing_is_modified_before_it_is_published() -> None:
    head = linked(datePublished="2025-03-03T10:00:00Z", dateModified="2025-03-01T10:00:00Z")
    found = dated(page(H1, PROSE, head=head))
    assert found.modified is None
    assert "left out" in dict(found.grounds)["modified"]
    only = dated(page(H1, PROSE, head=linked(dateModified="2025-03-01T10:00:00Z")))
    assert only.published.start is None
    assert only.published.end == datetime(2025, 3, 1, 10, 0, 1, tzinfo=UTC)


def test_the_header_bounds_and_does_no_more() -> None:
    header = "Mon, 03 Mar 2025 10:00:00 GMT"
    found = dated(page(H1, PROSE), served=Served(at=SERVED, modified=header))
    assert found.published.start is None
    assert found.published.end == datetime(2025, 3, 3, 10, 0, 1, tzinfo=UTC)
    assert found.modified is None
    assert found.timestamps[-1].ground == "HTTP Last-Modified"


def test_the_servers_clock_is_no_date() -> None:
    head = meta("article:published_time", SERVED.isoformat())
    text = page("<p>20 March 2025</p>", H1, "<p>3 March 2025</p>", PROSE, head=head)
    assert day_of(dated(text, served=Served(at=SERVED))) == "2025-03-03"


def test_local_time_said_to_be_utc_is_widened() -> None:
    head = linked(datePublished="2025-03-20T15:00:00Z")
    found = dated(page(H1, PROSE, head=head), served=Served(at=SERVED)).published
    assert found.start
    assert found.start < datetime(2025, 3, 20, 4, tzinfo=UTC)
    assert found.end == SERVED + timedelta(seconds=1)
    assert "not believed" in found.reason


DAYS = st.dates(min_value=datetime(2025, 1, 1).date(), max_value=datetime(2025, 6, 1).date())  # noqa: DTZ001
NAMES = st.sampled_from(["article:published_time", "pubdate", "date", "dc.date", "timestamp"])
METAS = st.lists(st.tuples(NAMES, DAYS), min_size=1, max_size=6)


@given(METAS, st.randoms())
def test_the_order_of_meta_tags_is_irrelevant(
    said: list[tuple[str, object]], chance: object
) -> None:
    tags = [meta(name, str(day)) for name, day in said]
    mixed = list(tags)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    first = dated(page(H1, PROSE, head="".join(tags)))
    assert first == dated(page(H1, PROSE, head="".join(mixed)))


@given(METAS, DAYS, st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2025, 6, 1)))  # noqa: DTZ001
def test_nothing_is_published_after_it_was_served(
    said: list[tuple[str, object]], shown: object, at: datetime
) -> None:
    served = at.replace(tzinfo=UTC)
    head = "".join(meta(name, str(day)) for name, day in said)
    found = dated(page(H1, f"<p>{shown}</p>", PROSE, head=head), served=Served(at=served))
    assert found.published.end is not None
    assert found.published.end <= served + timedelta(seconds=1)
    assert found.published.start is None or found.published.start < found.published.end


@given(DAYS, DAYS)
def test_a_cited_address_never_dates_the_page(cited: object, own: object) -> None:
    path = str(cited).replace("-", "/")
    links = f'<p><a href="https://other.example/{path}/a">{cited}</a> and more of it</p>'
    found = dated(page(H1, f"<p>{own}</p>", PROSE, links, PROSE))
    assert [stamp.printed for stamp in found.timestamps] == [str(own)]
    assert dated(page(H1, PROSE, links, PROSE)).timestamps == ()


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_ends(body: str, value: str) -> None:
    text = page(H1, f"<p>{body}</p>", f"<time datetime='{value}'>x</time>")
    found = dated(text, served=Served(at=SERVED, modified=value))
    assert {stamp.timing for stamp in found.timestamps} <= set(Timing)
