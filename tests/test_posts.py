"""Ids whose times are known: from the platforms' documents and from public posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.idtimes import (
    X,
    find_making,
    read_shortcode,
    read_snowflake,
    read_tid,
    read_ulid,
    read_uuid,
)
from tidings.posts import Clock, Platform, find_post


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


KNOWN = [
    (
        "https://x.com/kajakallas/status/1884298044398792782",
        (Platform.X, "kajakallas", "2025-01-28T17:50:37.006+00:00", Clock.PLATFORM),
    ),
    (
        "https://mobile.twitter.com/i/web/status/1884298044398792782?s=20",
        (Platform.X, None, "2025-01-28T17:50:37.006+00:00", Clock.PLATFORM),
    ),
    (  # the documents of AT Protocol's libraries
        "https://bsky.app/profile/one.example.org/post/3l25zusnsfctk",
        (Platform.BLUESKY, "one.example.org", "2024-08-20T16:31:35.793+00:00", Clock.AUTHOR),
    ),
    (
        "at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3l25zusnsfctk",
        (
            Platform.BLUESKY,
            "did:plc:z72i7hdynmk6r22z27h6tvur",
            "2024-08-20T16:31:35.793+00:00",
            Clock.AUTHOR,
        ),
    ),
    (
        "https://social.example/@nora/114749937388199284",
        (Platform.MASTODON, "nora", "2025-06-26T13:38:09.541+00:00", Clock.PLATFORM),
    ),
    (  # Discord's reference
        "https://discord.com/channels/1/2/175928847299117063",
        (Platform.DISCORD, None, "2016-04-30T11:18:25.796+00:00", Clock.PLATFORM),
    ),
    (
        "https://www.tiktok.com/@some.one/video/6817757662952818689",
        (Platform.TIKTOK, "some.one", "2020-04-20T11:41:44+00:00", Clock.DRAFT),
    ),
]


@pytest.mark.parametrize(("address", "told"), KNOWN, ids=[address for address, _ in KNOWN])
def test_known_posts(address: str, told: tuple[Platform, str | None, str, Clock]) -> None:
    post = find_post(address)
    assert post is not None
    assert (post.platform, post.author, post.time.start, post.clock) == (
        told[0],
        told[1],
        at(told[2]),
        told[3],
    )


def test_time_is_as_exact_as_the_id() -> None:
    post = find_post(KNOWN[0][0])
    assert post is not None
    assert post.time.start is not None
    assert post.time.end == post.time.start + timedelta(milliseconds=1)
    assert post.rule == "x-snowflake/1"


def test_a_draft_is_published_then_or_later() -> None:
    post = find_post(KNOWN[-1][0])
    assert post is not None
    assert post.time.end is None
    assert "or later" in post.time.reason


@pytest.mark.parametrize(
    ("number", "seconds"),
    [  # pairs that users of the platform published
        (2384288897814875714, "2020-08-26T13:43:27+00:00"),
        (2383568809444681765, "2020-08-25T13:52:46+00:00"),
    ],
)
def test_instagram_by_known_pairs(number: int, seconds: str) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    code = ""
    while number:
        code, number = letters[number % 64] + code, number // 64
    read = read_shortcode(code)
    assert read is not None
    assert read.at.replace(microsecond=0) == at(seconds)


NO_TIME = [
    ("https://t.me/s/some_channel/1204", Platform.TELEGRAM, "some_channel"),
    ("https://youtu.be/abcdefghijk", Platform.YOUTUBE, None),
    ("https://www.youtube.com/watch?v=abcdefghijk&t=3", Platform.YOUTUBE, None),
    ("https://www.facebook.com/some.page/posts/pfbid0abc", Platform.FACEBOOK, "some.page"),
    ("https://m.facebook.com/story.php?story_fbid=12&id=3", Platform.FACEBOOK, None),
    ("https://vk.com/wall-12_345", Platform.VK, None),
    ("https://old.reddit.com/r/news/comments/1abcde/some_words/", Platform.REDDIT, None),
    ("https://weibo.com/1234567890/NabcdEfgh", Platform.WEIBO, "1234567890"),
    ("https://twitter.com/one/status/20", Platform.X, "one"),  # counted up, before snowflakes
]


@pytest.mark.parametrize(("address", "platform", "author"), NO_TIME)
def test_ids_without_time(address: str, platform: Platform, author: str | None) -> None:
    post = find_post(address)
    assert post is not None
    assert (post.platform, post.author, post.clock) == (platform, author, Clock.NONE)
    assert post.time.start is None
    assert post.time.end is None


@pytest.mark.parametrize(
    "address",
    [
        "https://x.com/kajakallas",
        "https://example.org/2025/01/28/1884298044398792782",
        "https://example.org/@nora/1234",  # too small for a snowflake: a forum's count
        "https://t.me/c/123456/7",
        "mailto:someone@example.org",
        "https://[",
        "",
    ],
)
def test_what_is_no_post(address: str) -> None:
    assert find_post(address) is None


def test_posts_from_the_future_have_no_time() -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    for address in (KNOWN[0][0], KNOWN[2][0]):
        post = find_post(address, now)
        assert post is not None
        assert post.time.start is None
        assert "refused" in post.time.reason


def test_addresses_of_one_post_are_one() -> None:
    first, second = (find_post(address) for address, _ in KNOWN[:2])
    assert first is not None
    assert second is not None
    assert first.url == second.url


def test_uuids() -> None:
    """RFC 9562, appendix A: versions 7, 1 and 4."""
    read = read_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    assert read is not None
    assert read.at == at("2022-02-22T19:22:22+00:00")
    assert read_uuid("C232AB00-9414-11EC-B3C8-9F6BDECED846") is None
    assert read_uuid("919108F7-52D1-4320-9BAC-F847DB4148A8") is None


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("/politics/5dd2b1c30a1b2c3d4e5f6071", "2019-11-18T14:59:15+00:00"),
        ("/a/017f22e2-79b0-7cc3-98c4-dc0c0c07398f/text", "2022-02-22T19:22:22+00:00"),
        ("/01ARZ3NDEKTSV4RRFFQ69G5FAV", "2016-07-30T23:54:10.259+00:00"),
        ("/a/919108f7-52d1-4320-9bac-f847db4148a8", None),
        ("/000000000000000000000000", None),
        ("/a/5dd2b1c30a1b2c3d4e5f60", None),
    ],
)
def test_when_the_record_of_a_page_was_made(path: str, made: str | None) -> None:
    found = find_making(path)
    assert (found.at if found else None) == (at(made) if made else None)


def test_gotosocial_writes_ulids() -> None:
    post = find_post("https://fedi.example/@nora/statuses/01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert post is not None
    assert (post.platform, post.author) == (Platform.GOTOSOCIAL, "nora")
    assert post.time.start == at("2016-07-30T23:54:10.259+00:00")


def test_ulid_of_the_specification() -> None:
    read = read_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert read is not None
    assert read.at == at("2016-07-30T23:54:10.259+00:00")


MOMENTS = st.integers(min_value=1_300_000_000_000_000, max_value=3_000_000_000_000_000).map(
    lambda count: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=count)
)


@given(MOMENTS, st.integers(0, (1 << 22) - 1))
def test_a_snowflake_tells_its_own_millisecond(moment: datetime, low: int) -> None:
    count = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    read = read_snowflake(str((count - X.epoch) << 22 | low), X)
    assert read is not None
    assert timedelta(0) <= moment - read.at < timedelta(milliseconds=1)


@given(st.text(max_size=40))
def test_any_text_ends(text: str) -> None:
    for address in (text, f"https://x.com/{text}", f"https://example.org/@a/{text}"):
        post = find_post(address)
        assert post is None or post.url.startswith("https://")
    for read in (read_tid, read_uuid, read_ulid, read_shortcode, find_making):
        found = read(text)
        assert found is None or found.at.tzinfo is UTC


@given(MOMENTS)
def test_the_order_of_tids_is_that_of_times(moment: datetime) -> None:
    letters = "234567abcdefghijklmnopqrstuvwxyz"

    def write(value: datetime) -> str:
        number = (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) << 10
        text = ""
        for _ in range(13):
            text, number = letters[number % 32] + text, number // 32
        return text

    read = read_tid(write(moment))
    assert read is not None
    assert read.at == moment
    assert write(moment) < write(moment + timedelta(seconds=1))
