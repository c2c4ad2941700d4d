"""What is known of addresses comes out of the store as it went in, and changes no checksum."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.errors import WrongUse
from tidings.model import PageId
from tidings.model.visits import Host, Kind, Visit
from tidings.stores.sqlite import SqliteStore
from tidings.stores.sqlite.visits import SqliteVisits

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

texts = st.text(max_size=20)
encodable = texts.filter(lambda text: text == text.encode("utf-8", "replace").decode())
times = st.none() | st.datetimes(timezones=st.just(UTC))
maybe = st.none() | encodable
made_visits = st.builds(
    Visit,
    key=encodable,
    url=encodable,
    kind=st.sampled_from(Kind),
    title=encodable,
    home=encodable,
    folder=st.lists(encodable, max_size=3).map(tuple),
    status=st.none() | st.integers(100, 999),
    detail=encodable,
    failures=st.integers(0, 9),
    fetched_at=times,
    due_at=times,
    fresh_until=times,
    etag=maybe,
    last_modified=maybe,
    archive=maybe,
    page=st.none() | st.just(PageId("0" * 32)),
    new_etag=maybe,
    new_last_modified=maybe,
)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteVisits]:
    visits = SqliteVisits(tmp_path_factory.mktemp("visits") / "a.db")
    yield visits
    visits.close()


@pytest.fixture
def visits(tmp_path: Path) -> Iterator[SqliteVisits]:
    opened = SqliteVisits(tmp_path / "a.db")
    yield opened
    opened.close()


def test_what_goes_in_comes_out(lasting: SqliteVisits) -> None:
    @given(made_visits)
    def check(visit: Visit) -> None:
        lasting.keep(visit)
        assert lasting.find(visit.key) == visit

    check()


def test_lone_surrogates_break_nothing(visits: SqliteVisits) -> None:
    visits.keep(Visit(key="k\ud800", url="u", folder=("a\udfff",)))
    assert visits.find("k\ud800") is not None


def test_hosts_and_archives_come_out(visits: SqliteVisits) -> None:
    host = Host(
        authority="https://a.test", robots="x", detail="d", fetched_at=NOON, wait_until=NOON
    )
    for one in (host, Host(authority="https://b.test")):
        visits.keep_host(one)
        assert visits.find_host(one.authority) == one
    assert visits.find_host("https://c.test") is None
    assert not visits.is_added("x")
    visits.mark_added("x")
    visits.mark_added("x")
    assert visits.is_added("x")


def test_who_is_due_and_what_is_polled(visits: SqliteVisits) -> None:
    for key, kind, hours in (("c", "page", -2), ("b", "feed", -1), ("a", "sitemap", 1)):
        due = NOON + timedelta(hours=hours)
        visits.keep(Visit(key=key, url=key, kind=Kind(kind), due_at=due, title=key))
    visits.keep(Visit(key="d", url="d", kind=Kind.FEED))
    visits.keep(Visit(key="e", url="e", kind=Kind.FEED, due_at=NOON, folder=("z",)))
    assert [one.key for one in visits.due(NOON)] == ["c", "b", "e"]
    assert [one.key for one in visits.subscriptions()] == ["a", "b", "e"]
    assert visits.forget("b")
    assert not visits.forget("b")
    found = visits.find("b")
    assert found is not None  # an outline that names it takes it up no more
    assert found.due_at is None


def test_who_waits_for_an_archive(visits: SqliteVisits) -> None:
    page = PageId("1" * 32)
    visits.keep(Visit(key="a", url="a", archive="x", page=page))
    visits.keep(Visit(key="b", url="b", archive="x"))
    visits.keep(Visit(key="c", url="c", archive="y", page=page))
    assert [one.key for one in visits.waiting("x")] == ["a"]


def test_visits_last_and_change_no_checksum(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.db")
    before = store.checksum()
    visits = SqliteVisits(tmp_path / "a.db")
    visits.keep(Visit(key="a", url="a", fetched_at=NOON))
    visits.close()
    assert store.checksum() == before
    store.close()
    again = SqliteVisits(tmp_path / "a.db")
    assert again.find("a") == Visit(key="a", url="a", fetched_at=NOON)
    again.close()


def test_any_thread_may_ask(visits: SqliteVisits) -> None:
    def keep(part: int) -> None:
        for number in range(50):
            visits.keep(Visit(key=f"{part}-{number}", url="u", due_at=NOON))

    threads = [Thread(target=keep, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(visits.due(NOON)) == 200


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(WrongUse):
        SqliteVisits(tmp_path / "a.db")
