"""A publisher's zone, learned from its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Article, ArticleId, PageId, Timestamp, Timing
from tidings.reading.localtime import choose_zone, find_local, localize
from tidings.reading.stamps import parse_timestamp
from tidings.times import Interval

KYIV = ZoneInfo("Europe/Kyiv")
WINTER = [datetime(2025, 1, day, 9 + day, 17, tzinfo=UTC) for day in (3, 4, 5, 6)]
BOTH = [*WINTER, datetime(2025, 7, 3, 9, 17, tzinfo=UTC)]
MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def article(*stamps: Timestamp, published: Interval | None = None) -> Article:
    first = published or stamps[0].interval
    return Article(
        id=ArticleId("a"), page=PageId("p"), position=0, url=None, publisher=None,
        published=first, modified=None, language="uk", headline="", byline=(), text="", blocks=(),
        links=(), is_cut=False, extractor="test", grounds=(("published", first.reason),),
        timestamps=stamps,
    )  # fmt: skip


def stamp(value: str) -> Timestamp:
    return parse_timestamp(Timing.PUBLISHED, "meta date", value)


def printed(at: datetime, zone: ZoneInfo = KYIV) -> str:
    return at.astimezone(zone).isoformat()


def bare(at: datetime, zone: ZoneInfo = KYIV) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def test_three_articles_that_agree_give_the_zone() -> None:
    told = [article(stamp(printed(at))) for at in BOTH]
    zone = choose_zone(told)
    assert zone is not None
    assert "Europe/Kyiv" in zone.names
    assert "Europe/Berlin" not in zone.names
    assert choose_zone(told[:2]) is None
    assert "3 articles" in choose_zone(told[:3]).reason  # type: ignore[union-attr]


def test_a_local_time_beside_the_moment_gives_it_too() -> None:
    told = [article(stamp(at.isoformat()), stamp(bare(at))) for at in BOTH]
    zone = choose_zone(told)
    assert zone is not None
    assert "Europe/Kyiv" in zone.names


def test_what_servers_write_gives_none() -> None:
    assert choose_zone([article(stamp(at.isoformat())) for at in BOTH]) is None
    assert choose_zone([article(stamp(bare(at))) for at in BOTH]) is None
    assert choose_zone([]) is None


def test_those_that_disagree_give_none() -> None:
    mixed = [article(stamp(printed(at))) for at in WINTER]
    tokyo = ZoneInfo("Asia/Tokyo")
    mixed += [article(stamp(printed(at, tokyo))) for at in WINTER]
    assert choose_zone(mixed) is None


def test_a_local_time_is_narrowed_and_the_ground_says_so() -> None:
    zone = choose_zone([article(stamp(printed(at))) for at in BOTH])
    assert zone is not None
    found = localize(article(stamp("2025-01-29 03:52")), zone)
    assert found.published.start == datetime(2025, 1, 29, 1, 52, tzinfo=UTC)
    assert found.published.end == datetime(2025, 1, 29, 1, 53, tzinfo=UTC)
    assert "learned from 5 articles" in dict(found.grounds)["published"]
    day = localize(article(stamp("2025-07-29")), zone).published
    assert day.start == datetime(2025, 7, 28, 21, tzinfo=UTC)
    assert day.end == datetime(2025, 7, 29, 21, tzinfo=UTC)


def test_winter_clocks_alone_leave_summer_open() -> None:
    zone = choose_zone([article(stamp(printed(at))) for at in WINTER])
    assert zone is not None
    winter = localize(article(stamp("2025-01-29 03:52")), zone).published
    summer = localize(article(stamp("2025-07-29 03:52")), zone).published
    assert winter.start
    assert winter.end
    assert winter.end - winter.start == timedelta(minutes=1)
    assert summer.start
    assert summer.end
    assert summer.end - summer.start > timedelta(hours=1)


def test_what_has_its_zone_stays() -> None:
    zone = choose_zone([article(stamp(printed(at))) for at in BOTH])
    assert zone is not None
    exact = article(stamp("2025-01-29T03:52:00+09:00"))
    assert localize(exact, zone) is exact
    unknown = article(stamp("never"))
    assert localize(unknown, zone) is unknown


@given(st.lists(MOMENTS, min_size=3, max_size=6), MOMENTS)
def test_the_true_moment_is_never_lost(known: list[datetime], at: datetime) -> None:
    zone = choose_zone([article(stamp(printed(one))) for one in known])
    page = article(stamp(bare(at)))
    minute = at.replace(second=0, microsecond=0)
    assert zone is not None
    found = localize(page, zone).published
    assert found.start is not None
    assert found.end is not None
    assert found.start <= minute < found.end
    assert page.published.start is not None
    assert page.published.start <= found.start


@given(st.lists(MOMENTS, min_size=3, max_size=6), st.randoms())
def test_the_order_of_articles_is_irrelevant(known: list[datetime], chance: object) -> None:
    told = [article(stamp(printed(one))) for one in known]
    mixed = list(told)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert choose_zone(told) == choose_zone(mixed)


@given(MOMENTS)
def test_the_local_time_is_read_back(at: datetime) -> None:
    local = find_local(stamp(f"{at:%Y-%m-%d %H:%M}"))
    assert local is not None
    if at.hour or at.minute:
        assert local[0] == at.replace(second=0, microsecond=0, tzinfo=None)
    assert local[0].date() == at.date()
