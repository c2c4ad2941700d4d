"""Laws of the whole: every page ends once, pieces equal the whole, rebuild equals the original."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import open_at, open_in_process
from tidings.embedders.hashing import Hashing
from tidings.engine import Engine
from tidings.errors import NotFound, Unavailable, WrongUse
from tidings.model import Page, PageId, Reason, Rejected, Tally
from tidings.pipeline import Extraction, Extractors, Parts
from tidings.settings import Settings, parse_settings, read_settings
from tidings.story.assign import AssignOptions

PAGES = {
    "strike.txt": "Port workers begin a strike\n\n12 May 2024\n\n"
    "Dock workers in the harbour of Gdansk stopped work on Sunday, their union said.\n\n"
    "The strike is to last three days, and two ferries to Karlskrona were cancelled.\n",
    "streik.txt": "Hafenarbeiter in Danzig streiken\n\n12. Mai 2024\n\n"
    "Die Hafenarbeiter in Danzig haben am Sonntag die Arbeit niedergelegt.\n\n"
    "Der Ausstand soll drei Tage dauern; zwei Fähren nach Karlskrona fielen aus.\n",
    "comet.html": "<html><head><title>A comet</title></head><body><article><h1>A comet is seen"
    "</h1><p>Observers on Tenerife saw a comet with the naked eye on Friday night.</p>"
    "<p>It will be closest to the Earth in October, the observatory said.</p></article>"
    "</body></html>",
}


def write_pages(folder: Path, pages: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_records(path: Path, records: Iterable[dict[str, str]]) -> Path:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def is_sound(tally: Tally) -> bool:
    ends = tally.accepted + tally.copies + tally.held + tally.rejected
    return tally.read == ends and tally.rejected == sum(count for _, count in tally.reasons)


def assignments(engine: Engine) -> dict[str, str]:
    return {summary.article: summary.story for summary in engine.summaries()}


def test_the_tally_adds_up(tmp_path: Path) -> None:
    folder = write_pages(
        tmp_path / "pages", PAGES | {"copy.txt": PAGES["strike.txt"], "no.txt": ""}
    )
    with open_at(tmp_path / "t.db") as engine:
        tally = engine.add([str(folder)])
        assert is_sound(tally)
        assert (tally.read, tally.accepted, tally.copies, tally.rejected) == (5, 3, 1, 1)
        again = engine.add([str(folder)])
        assert is_sound(again)
        assert (again.read, again.held, again.articles) == (5, 5, 0)


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", PAGES)
    with open_at(tmp_path / "t.db") as engine:
        engine.add([str(folder)])
        before = engine.checksum()
        engine.add([str(folder), str(folder)])
        assert engine.checksum() == before


def test_a_page_given_twice_in_one_run_ends_once(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", PAGES)
    with open_at(tmp_path / "t.db") as engine:
        tally = engine.add([str(folder), str(folder)])
        assert (tally.read, tally.accepted, tally.held) == (6, 3, 3)


def test_rebuild_gives_the_same_content_and_adds_no_decision(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", PAGES | {"no.txt": ""})
    with open_at(tmp_path / "t.db") as engine:
        engine.add([str(folder)])
        stories = assignments(engine)
        before, after = engine.rebuild()
        assert before == after
        assert assignments(engine) == stories


WORDS = [
    "ferry",
    "strike",
    "comet",
    "harbour",
    "union",
    "budget",
    "vote",
    "storm",
    "bridge",
    "river",
    "court",
    "minister",
    "goal",
    "match",
    "film",
    "prize",
    "fire",
    "train",
    "school",
    "tax",
]


@settings(max_examples=5)
@given(
    bodies=st.lists(
        st.lists(st.sampled_from(WORDS), min_size=4, max_size=12), min_size=2, max_size=12
    ),
    cuts=st.sets(st.integers(1, 11), max_size=3),
)
def test_in_pieces_is_as_at_once(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[list[str]], cuts: set[int]
) -> None:
    tmp = tmp_path_factory.mktemp("law")
    records = [
        {
            "id": f"a{n}",
            "headline": " ".join(words[:4]),
            "body": " ".join(words),
            "language": "en",
            "published": f"2024-05-12T{n:02}:00:00Z",
        }
        for n, words in enumerate(bodies)
    ]
    with open_in_process(tmp / "whole.db") as engine:
        engine.add([str(write_records(tmp / "whole.jsonl", records))])
        whole = assignments(engine)
    bounds = [0, *sorted(cut for cut in cuts if cut < len(records)), len(records)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        with open_in_process(tmp / "pieces.db") as engine:
            engine.add([str(write_records(tmp / f"{number}.jsonl", records[start:end]))])
    with open_in_process(tmp / "pieces.db") as engine:
        assert assignments(engine) == whole


def test_search_finds_by_words_and_meaning(tmp_path: Path) -> None:
    with open_at(tmp_path / "t.db") as engine:
        engine.add([str(write_pages(tmp_path / "pages", PAGES))])
        best = engine.search("comets over Tenerife")[0]
        assert best.article.headline == "A comet is seen"
        assert best.by_words == 1


def test_another_embedder_is_refused_until_rebuilt(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", PAGES)
    with open_at(tmp_path / "t.db") as engine:
        engine.add([str(folder)])
        engine._store.set_setting("embedder", "other/1")
        with pytest.raises(WrongUse, match="other/1"):
            engine.add([str(folder)])
        engine.rebuild()
        assert engine.add([str(folder)]).held == len(PAGES)


def test_unknown_ids_are_named(tmp_path: Path) -> None:
    with open_at(tmp_path / "t.db") as engine:
        for ask in (engine.story, engine.article, engine.decisions, engine.why):
            with pytest.raises(NotFound, match="'nothing'"):
                ask("nothing")


def test_every_text_of_an_article_lies_in_its_page_text(tmp_path: Path) -> None:
    with open_at(tmp_path / "t.db") as engine:
        engine.add([str(write_pages(tmp_path / "pages", PAGES))])
        for article in engine.articles():
            for note in engine.notes(article.id):
                evidence = note.evidence
                assert article.text[evidence.start : evidence.end] == evidence.text


def test_settings_are_checked(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()
    assert parse_settings({"store": "x.db", "processes": 2}).processes == 2
    for wrong in ({"stroe": "x"}, {"store": 3}, {"processes": "two"}, {"processes": True}):
        with pytest.raises(WrongUse, match=next(iter(wrong))):
            parse_settings(wrong)
    broken = tmp_path / "tidings.toml"
    broken.write_text("store = ")
    with pytest.raises(WrongUse, match=r"tidings\.toml"):
        read_settings(broken)


class Breaks:
    """An extractor with a mistake in it."""

    def extract(self, page: Page) -> Rejected:
        raise KeyError(page.name)


class BrokenPlan:
    """Builds an extractor that breaks."""

    assign = AssignOptions()

    def build_extractors(self) -> Extractors:
        return {"text/html": Breaks()}

    def build_parts(self) -> Parts:
        return Parts(annotators=(), embedder=Hashing())


def test_a_page_that_breaks_an_extractor_is_rejected() -> None:
    page = Page(id=PageId("0" * 32), name="x.html", media_type="text/html", data=b"<p>")
    ended = Extraction(BrokenPlan())(page)
    assert isinstance(ended, Rejected)
    assert ended.reason is Reason.CRASHED
    assert "x.html" in ended.detail


def test_a_copy_of_a_rejected_page_is_rejected_for_the_same_reason(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", {"a.txt": " ", "b.txt": " "})
    with open_at(tmp_path / "t.db") as engine:
        tally = engine.add([str(folder)])
        assert (tally.rejected, tally.copies, dict(tally.reasons)) == (2, 0, {"empty": 2})


def test_a_second_run_on_the_same_store_is_refused_at_its_start(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", PAGES)
    with open_at(tmp_path / "t.db") as engine, open_at(tmp_path / "t.db") as other:
        with engine._store.running(), pytest.raises(Unavailable, match="another run"):
            other.add([str(folder)])
        assert other.add([str(folder)]).accepted == len(PAGES)


def test_an_interrupted_rebuild_leaves_the_embedder_as_it_was(tmp_path: Path) -> None:
    with open_at(tmp_path / "t.db") as engine:
        engine.add([str(write_pages(tmp_path / "pages", PAGES))])
        engine._store.set_setting("embedder", "other/1")
        before = engine.checksum()

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(stop)
        assert engine._store.find_setting("embedder") == "other/1"
        assert engine.checksum() == before


def test_a_publisher_known_by_name_and_by_domain_counts_once(tmp_path: Path) -> None:
    body = "Observers on Tenerife saw a comet with the naked eye on Friday night."
    records = [
        {"id": "a", "publisher": "The Courier", "url": "https://www.courier.example.com/1"},
        {"id": "b", "publisher": "example.com"},
    ]
    with open_at(tmp_path / "t.db") as engine:
        told = [one | {"headline": "A comet", "body": body, "language": "en"} for one in records]
        engine.add([str(write_records(tmp_path / "r.jsonl", told))])
        (story,) = engine.stories()
        assert story.publishers == ("The Courier",)
        assert story.weight.publishers == 1
