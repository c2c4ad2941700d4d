"""The ledger of quotes, over entries by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from naming import make_article

from tidings.model import ArticleId, Evidence, Quote, QuoteKind, Vector
from tidings.story.ledger import Entry, Line, Original, VariantKind, build_ledger
from tidings.story.tongues import find_seat, is_foreign
from tidings.story.utterances import LedgerOptions, group_same

BRIDGE = "The bridge stays closed until the middle of May because its pillars moved"
BRUECKE = "Die Brücke bleibt bis Mitte Mai gesperrt, weil sich ihre Pfeiler bewegt haben"
HARBOUR = "Nobody asked the fishermen whether they wanted another harbour wall"


def enter(name: str, text: str, who: str | None = "berg", **other: Any) -> Entry:
    """``other``: language, kind, link, post, is_foreign, sound."""
    place = Evidence(article=ArticleId(name), start=0, end=len(text), text=text)
    quote = Quote(
        evidence=place,
        parts=(place,),
        kind=other.get("kind", QuoteKind.DIRECT),
        cue=None,
        speaker=None,
        addressee=None,
        medium=None,
        occasion=None,
        link=other.get("link"),
        score=0.9,
        rule="test/1",
    )
    return Entry(
        article=make_article(name, other.get("language", "en"), text),
        quote=quote,
        who=who,
        is_foreign=other.get("is_foreign", False),
        sound=other.get("sound"),
        post=other.get("post"),
    )


def near(text: str, language: str) -> Vector:
    """The bridge lies one way in every language, all else another."""
    del language
    axis = 0 if "ridge" in text or "rücke" in text else 1
    return np.array([4000 * (axis == 0), 4000 * (axis == 1)], dtype=np.int16)


def texts(line: Line) -> list[tuple[str, str]]:
    return [(one.kind.value, one.entry.text) for one in line.variants]


def test_a_speaker_is_known_by_the_sound_of_his_name() -> None:
    pair = [
        enter("a", BRIDGE, who="mayor-anna-berg", sound="brg"),
        enter("b", BRUECKE, who="anna-berg", sound="brg", language="de"),
    ]
    assert len(build_ledger(pair, near)) == 1
    other = enter("b", BRUECKE, who="anna-berg", sound="brgr", language="de")
    assert len(build_ledger([pair[0], other], near)) == 2


def test_wordings_of_nobody_known_meet_in_two_languages() -> None:
    pair = [enter("a", BRIDGE, who=None), enter("b", BRUECKE, language="de")]
    assert len(build_ledger(pair, near)) == 1


def test_a_part_in_marks_goes_with_what_its_sentence_reports() -> None:
    whole = "the bridge would be “a danger to all”"
    part = whole.index("a danger"), whole.index("”")
    inside = Evidence(article=ArticleId("a"), start=part[0], end=part[1], text=whole[slice(*part)])
    one = enter("a", whole, kind=QuoteKind.REPORTED)
    two = enter("a", whole, who=None, kind=QuoteKind.PARTIAL)
    two = replace(two, quote=replace(two.quote, evidence=inside, parts=(inside,)))
    (line,) = build_ledger([one, two])
    assert {variant.kind for variant in line.variants} == {
        VariantKind.REPORTED,
        VariantKind.PARTIAL,
    }


@given(st.permutations(range(6)))
def test_groups_hold_each_quote_once(order: list[int]) -> None:
    told = [
        enter("a", BRIDGE),
        enter("b", BRUECKE, language="de"),
        enter("c", HARBOUR, who=None),
        enter("d", BRIDGE, who="lund"),
        enter("e", BRUECKE, who=None, language="de"),
        enter("f", HARBOUR, who="lund"),
    ]
    entries = [told[at] for at in order]
    groups = group_same(entries, near, LedgerOptions())
    assert sorted(at for group in groups for at in group) == list(range(6))
    speakers = [{entries[at].who for at in group} - {None} for group in groups]
    assert all(len(who) < 2 for who in speakers)


def test_wordings_of_one_quote_are_one_line() -> None:
    short = "The bridge stays closed until the middle of May"
    lines = build_ledger([enter("a", BRIDGE), enter("b", short), enter("c", HARBOUR)])
    assert [line.articles for line in lines] == [2, 1]
    assert texts(lines[0]) == [("verbatim", BRIDGE), ("verbatim", short)]


def test_what_is_printed_alike_is_one_variant() -> None:
    (line,) = build_ledger([enter("a", BRIDGE), enter("b", BRIDGE + ".")])
    assert [len(one.entries) for one in line.variants] == [2]


def test_what_two_people_say_alike_is_two_lines() -> None:
    assert len(build_ledger([enter("a", BRIDGE), enter("b", BRIDGE, who="lund")])) == 2


def test_reported_and_partial_words_stand_beside_the_verbatim_ones() -> None:
    part = "its pillars moved until the middle of May"
    (line,) = build_ledger(
        [
            enter("b", BRIDGE.lower() + " again", kind=QuoteKind.REPORTED),
            enter("c", part, kind=QuoteKind.PARTIAL),
            enter("a", BRIDGE),
        ]
    )
    assert [one.kind for one in line.variants] == [
        VariantKind.VERBATIM,
        VariantKind.PARTIAL,
        VariantKind.REPORTED,
    ]


def test_languages_meet_by_meaning_and_by_one_speaker() -> None:
    pair = [enter("a", BRIDGE), enter("b", BRUECKE, language="de")]
    (line,) = build_ledger(pair, near)
    assert {one.kind for one in line.variants} == {VariantKind.UNSETTLED}
    assert line.original is Original.UNKNOWN
    assert len(build_ledger(pair)) == 2
    assert len(build_ledger([pair[0], enter("b", BRUECKE, who="lund", language="de")], near)) == 2
    assert len(build_ledger([enter("a", HARBOUR), pair[1]], near)) == 2


def test_a_translation_beside_the_words_as_they_were_said() -> None:
    pair = [enter("a", BRIDGE), enter("b", BRUECKE, language="de", is_foreign=True)]
    (line,) = build_ledger(pair, near)
    assert [one.kind for one in line.variants] == [VariantKind.VERBATIM, VariantKind.TRANSLATED]


def test_the_original_is_the_post_that_is_linked() -> None:
    link = "https://x.com/aberg/status/1"
    (line,) = build_ledger([enter("b", BRUECKE, language="de", link=link, is_foreign=True)])
    assert line.original is Original.NOT_HELD
    (line,) = build_ledger([enter("b", BRUECKE, language="de", link=link, post="p")])
    assert line.original is Original.HELD


@given(st.lists(st.tuples(st.sampled_from([BRIDGE, BRUECKE, HARBOUR, "No."]),
                          st.sampled_from(["berg", "lund", None]),
                          st.sampled_from(["en", "de"])), max_size=8))  # fmt: skip
def test_every_quote_stands_in_one_line_with_its_speaker(told: list[tuple[str, str, str]]) -> None:
    entries = [
        enter(f"a{at}", text, who, language=lang) for at, (text, who, lang) in enumerate(told)
    ]
    lines = build_ledger(entries, near)
    held = [entry for line in lines for one in line.variants for entry in one.entries]
    assert sorted(e.article.id for e in held) == sorted(e.article.id for e in entries)
    for line in lines:
        known = {e.who for one in line.variants for e in one.entries} - {None}
        assert known <= {line.who}


def find(language: str, text: str, name: str) -> tuple[str, bool] | None:
    article = make_article("a", language, text)
    start = text.rindex(name)
    place = Evidence(article=article.id, start=start, end=start + len(name), text=name)
    seat = find_seat(article, place)
    return (seat.id, is_foreign(language, seat)) if seat else None


def test_an_office_tells_which_languages_are_foreign() -> None:
    text = "Министр иностранных дел Норвегии Анна Берг приехала. Мост закрыт, сказала Берг."
    assert find("ru", text, "Берг") == ("norway", True)
    assert find("uk", "Міністр України Анна Берг сказала.", "Берг") == ("ukraine", False)
    assert find("ru", "Министр Украины Анна Берг сказала.", "Берг") == ("ukraine", False)


def test_two_countries_tell_nothing() -> None:
    text = "Министр Норвегии Анна Берг приехала. Посол Дании Берг сказала."
    assert find("ru", text, "Берг") is None


def test_a_line_is_nobodys_whom_few_of_its_articles_name() -> None:
    told = [
        enter("a", BRIDGE, kind=QuoteKind.REPORTED),
        enter("b", BRIDGE + " again", who=None, kind=QuoteKind.REPORTED),
    ]
    (line,) = build_ledger(told)
    assert line.who is None
    (line,) = build_ledger([*told, enter("c", BRIDGE)])
    assert line.who == "berg"


def test_marked_words_of_nobody_named_speak_against_no_speaker() -> None:
    (line,) = build_ledger([enter("a", BRIDGE, who=None), enter("b", BRIDGE)])
    assert line.who == "berg"


def test_strangers_of_one_language_meet_by_meaning_only_with_words_in_common() -> None:
    other = "The bridge opens for walkers and cyclists with their wagons in late June"
    far = "A bridge for walkers and cyclists opens over some other river in late June"
    pair = [enter("a", BRIDGE, who=None), enter("b", far, who=None)]
    apart = enter("c", "Niemand hat die Fischer gefragt", who="lund", language="de")
    assert len(build_ledger([*pair, apart], near)) == 3
    near_words = [enter("b", far, who=None), enter("d", other, who=None)]
    assert len(build_ledger([*near_words, apart], near)) == 2
