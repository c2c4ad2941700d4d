"""Undeclared translations, of texts of our own."""

from __future__ import annotations

from dataclasses import replace

from chaining import make_report, pairs

from tidings.model import Block, Manner, Role
from tidings.story.chain import Report, build_chain

ENGLISH = (
    "The council of Alma will pay 310 million euros for the bridge over the river Wasel. The "
    "mayor, Marta Kolb, put the bill before 48 members on Tuesday. In the north, Neuhafen gives "
    "75 million, and in the south, Salinas gives 22. The old bridge was built by Otto Krahn in "
    "1931 and carried 12,400 cars a day. The engineer, Rune Dahl, expects the first cars in "
    "2029."
)
GERMAN = (
    "Der Rat von Alma zahlt 310 Millionen Euro für die Brücke über die Wasel. Die "
    "Bürgermeisterin Marta Kolb legte die Rechnung am Dienstag den 48 Mitgliedern vor. Im "
    "Norden gibt Neuhafen 75 Millionen, im Süden gibt Salinas 22. Die alte Brücke hatte Otto "
    "Krahn 1931 gebaut, sie trug 12.400 Autos am Tag. Der Ingenieur Rune Dahl erwartet die "
    "ersten Autos 2029."
)
OWN_ORDER = (
    "Erst 2029 sollen Autos über die neue Brücke fahren, sagt der Ingenieur Rune Dahl. Die alte "
    "trug 12.400 am Tag; Otto Krahn hatte sie 1931 gebaut. Salinas gibt 22 Millionen und "
    "Neuhafen 75. Den größten Teil, 310 Millionen, trägt Alma, wo die Bürgermeisterin Marta "
    "Kolb die Rechnung den 48 Mitgliedern des Rats vorlegte. Die Wasel ist dort breit."
)


def tell(name: str, text: str, language: str, hour: int | None) -> Report:
    report = make_report(name, publisher=f"{name} Post", hour=hour)
    block = Block(role=Role.BODY, start=0, end=len(text))
    article = replace(report.article, text=text, blocks=(block,), language=language)
    return replace(report, article=article)


def test_same_things_in_the_same_order_and_later_are_translated() -> None:
    chain = build_chain([tell("en", ENGLISH, "en", 8), tell("de", GERMAN, "de", 12)])
    assert pairs(chain) == {("de", "en")}
    assert chain.edges[0].manner is Manner.TRANSLATES
    assert "310" in chain.edges[0].reason
    assert chain.unstated == ("en",)


def test_the_same_things_in_an_order_of_its_own_are_not() -> None:
    chain = build_chain([tell("en", ENGLISH, "en", 8), tell("de", OWN_ORDER, "de", 12)])
    assert pairs(chain) == set()


def test_where_the_clocks_tell_nothing_neither_does_the_chain() -> None:
    chain = build_chain([tell("en", ENGLISH, "en", 8), tell("de", GERMAN, "de", None)])
    assert pairs(chain) == set()


def test_of_two_that_may_have_been_translated_none_is_said() -> None:
    twins = [tell(name, ENGLISH, "en", 8) for name in ("one", "two")]
    assert pairs(build_chain([*twins, tell("de", GERMAN, "de", 12)])) == set()


def test_the_same_language_is_no_translation() -> None:
    chain = build_chain([tell("a", ENGLISH, "en", 8), tell("b", ENGLISH, "en", 12)])
    assert pairs(chain) == set()
