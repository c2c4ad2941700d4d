"""What stands on the terminal: times as on the web page, one line a headline, JSON exact."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.extractors.html import Library
from tidings.model import ArticleId, StoryId, Summary
from tidings.serve import describe, show, terminal
from tidings.serve.terminal import HIDDEN, visible
from tidings.settings import EXTRACTORS
from tidings.times import Interval, day, moment, unknown


def summary(headline: str, published: Interval) -> Summary:
    return Summary(
        article=ArticleId("a1"),
        story=StoryId("s1"),
        headline=headline,
        lead="",
        url=None,
        publisher=None,
        language="en",
        published=published,
    )


EIGHT = datetime(2025, 1, 2, 8, tzinfo=UTC)


@given(st.text())
def test_what_is_visible_steers_nothing_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) in HIDDEN for c in shown)
    assert visible(shown) == shown
    assert len(shown.splitlines()) <= 1


def test_right_to_left_headlines_keep_their_marks() -> None:
    headline = "رصد مذنب\u200f فوق الجزيرة"
    assert visible(headline) == headline


@given(st.text())
def test_json_is_exact_and_tame(text: str) -> None:
    raw = json.dumps({"x": text}, ensure_ascii=False).translate(terminal.IN_JSON)
    assert json.loads(raw) == {"x": text}
    assert not any(ord(c) in HIDDEN for c in raw)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (day(date(2025, 1, 2), ""), "· 2 January 2025 ·"),
        (moment(EIGHT, ""), "· 2 January 2025, 08:00 UTC ·"),
        (moment(EIGHT, "", timedelta(minutes=45)), "· 2 January 2025, 08:00–08:45 UTC ·"),
        (moment(EIGHT, "", timedelta(hours=20)), "· 2–3 January 2025 ·"),
        (Interval(start=EIGHT, end=None, reason=""), "· after 2 January 2025, 08:00 UTC ·"),
        (unknown(""), "· time unknown ·"),
    ],
)
def test_a_time_is_told_no_more_exactly_than_it_is_known(
    published: Interval, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show.summaries([summary("A comet", published)])
    assert words in capsys.readouterr().out


def test_a_headline_with_breaks_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    show.summaries([summary("A comet\n[rejected]\x1b[2J", unknown(""))])
    first, second = capsys.readouterr().out.splitlines()
    assert first == r"A comet\n[rejected]\x1b[2J"
    assert second.endswith("story s1")


def test_json_goes_out_as_it_is_held(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.line(describe.summary(summary("A\x9bb\u202ec — комета", unknown(""))))
    told = capsys.readouterr().out
    assert r"A\u009bb\u202ec — комета" in told
    assert json.loads(told)["headline"] == "A\x9bb\u202ec — комета"


def test_the_settings_know_every_extractor() -> None:
    assert tuple(Library) == EXTRACTORS
