"""What is held already, what is a new version, and what a publisher puts on every page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import Record, add_records, open_at, open_in_process, read_all
from tidings.model import Role

ADDRESS = "https://harbour.example.org/news/1?utm_source=feed"
BODY = (
    "Dock workers in the harbour of Gdansk stopped work on Sunday, their union said.\n"
    "The strike is to last three days, and two ferries to Karlskrona were cancelled."
)


def tell(**changed: str) -> Record:
    record = {"url": ADDRESS, "headline": "Port workers begin a strike", "body": BODY}
    return record | {"language": "en"} | changed


def test_a_correction_is_a_version_in_the_same_story(tmp_path: Path) -> None:
    corrected = tell(body=BODY.replace("three days", "four days"), published="2024-05-12")
    with open_at(tmp_path / "t.db") as engine:
        tally = add_records(engine, tmp_path, [tell(), corrected])
        assert (tally.accepted, tally.copies) == (2, 0)
        old, new = engine.articles()
        assert new.supersedes == old.id
        assert engine.versions(old.id) == engine.versions(new.id) == (old.id, new.id)
        first, second = engine.summaries()
        assert (first.is_latest, second.is_latest) == (False, True)
        assert first.story == second.story
        assert engine.decisions(new.id)[0].by == "version/1"


def test_a_page_that_says_the_same_again_is_a_copy(tmp_path: Path) -> None:
    again = tell(url="https://harbour.example.org/news/1", byline="A. Clerk")
    with open_at(tmp_path / "t.db") as engine:
        tally = add_records(engine, tmp_path, [tell(), again])
        assert (tally.read, tally.accepted, tally.copies) == (2, 1, 1)
        assert "says the same" in list(engine.outcomes())[1].detail


def test_a_summary_then_its_page_are_versions_a_page_then_its_summary_is_held(
    tmp_path: Path,
) -> None:
    summary = tell(body=BODY.split("\n", maxsplit=1)[0], published="2024-05-12T10:00:00Z")
    for name, records, copies in (("a", [summary, tell()], 0), ("b", [tell(), summary], 1)):
        with open_at(tmp_path / f"{name}.db") as engine:
            tally = add_records(engine, tmp_path, records)
            assert tally.copies == copies
            last = list(engine.articles())[-1]
            assert last.body.endswith("cancelled.")
            if not copies:
                assert last.published.start is not None
                assert "of the version before" in last.published.reason


def test_the_front_page_of_another_day_is_no_version(tmp_path: Path) -> None:
    other = tell(
        headline="A comet is seen", body="Observers on Tenerife saw a comet on Friday night."
    )
    with open_at(tmp_path / "t.db") as engine:
        add_records(engine, tmp_path, [tell(), other])
        assert [article.supersedes for article in engine.articles()] == [None, None]


def test_ids_that_were_given_stay_and_a_version_gets_a_number(tmp_path: Path) -> None:
    texts = [BODY, BODY.replace("three", "four"), BODY.replace("three", "five")]
    records = [tell(id="x", body=body) for body in texts] + [tell(id="y", body=texts[0])]
    with open_at(tmp_path / "t.db") as engine:
        add_records(engine, tmp_path, records)
        assert [article.id for article in engine.articles()] == ["x", "x@2", "x@3", "y"]
        assert engine.versions("x") == ("x", "x@2", "x@3", "y")


def test_an_id_with_wholly_other_content_is_refused(tmp_path: Path) -> None:
    records = [
        {"id": "x", "body": "One thing was said today."},
        {"id": "x", "body": "Another was."},
    ]
    with open_at(tmp_path / "t.db") as engine:
        tally = add_records(engine, tmp_path, records)
        assert (tally.accepted, tally.rejected) == (1, 1)
        assert [outcome.reason for outcome in engine.rejections()] == ["id-taken"]
        assert engine.article("x").body == "One thing was said today."


def test_a_rebuild_keeps_versions_and_furniture(tmp_path: Path) -> None:
    records = [
        tell(
            id=f"n{n}",
            url=f"https://harbour.example.org/{n}",
            headline=f"{name} leaves port",
            body=f"The {name} left the port at noon on Sunday.\nOur app has all sailings.",
        )
        for n, name in enumerate(["Aurora", "Bremen", "Castor", "Dione"])
    ]
    with open_at(tmp_path / "t.db") as engine:
        add_records(engine, tmp_path, [*records, tell(), tell(body=BODY.replace("two", "ten"))])
        roles = [[block.role for block in article.blocks] for article in engine.articles()]
        assert roles[1][-1] is Role.BODY
        assert roles[2][-1] is roles[3][-1] is Role.FOOTER
        before, after = engine.rebuild()
        assert before == after


LINES = [f"Line {word} stands here" for word in ("one", "two", "three", "four", "five", "six")]


@settings(max_examples=4)
@given(
    bodies=st.lists(st.lists(st.sampled_from(LINES), min_size=1), min_size=3, max_size=9),
    addresses=st.lists(st.integers(0, 4), min_size=9, max_size=9),
    cuts=st.sets(st.integers(1, 8), max_size=3),
)
def test_in_pieces_settles_as_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    bodies: list[list[str]],
    addresses: list[int],
    cuts: set[int],
) -> None:
    tmp = tmp_path_factory.mktemp("law")
    records = [
        tell(
            url=f"https://harbour.example.org/{address}",
            headline=f"Number {number}",
            body="\n".join([*body, f"Own words {number}"]),
        )
        for number, (body, address) in enumerate(zip(bodies, addresses, strict=False))
    ]
    with open_in_process(tmp / "whole.db") as engine:
        add_records(engine, tmp, records)
        whole = read_all(engine)
    bounds = [0, *sorted(cut for cut in cuts if cut < len(records)), len(records)]
    for start, end in pairwise(bounds):
        with open_in_process(tmp / "pieces.db") as engine:
            add_records(engine, tmp, records[start:end])
            pieces = read_all(engine)
    assert pieces == whole
