"""The ledger of quotes: who said what, in whatever wording and language, from what is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tidings.model import Article, Evidence, MentionKind, Quote, StoryId
from tidings.ports import Embedder, Store
from tidings.questions import StoryView, get_story, rank_stories
from tidings.story.entities import Entities, Entity, resolve
from tidings.story.ledger import Embed, Entry, Line, build_ledger
from tidings.story.names import fold_name
from tidings.story.tongues import Seat, find_seat, is_foreign
from tidings.text import fold
from tidings.urls import canonical

ARTICLE = 3
"""Letters of the longest article: 'the', 'die', 'les'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """A line of the ledger, with the story it is told in."""

    story: StoryId
    line: Line
    speaker: str | None  # as the variants print it most fully; None where nobody is named
    seats: tuple[Seat, ...]  # whose offices show that a page's language is not the speaker's


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which lines are asked for."""

    by: str | None = None  # a name, in any script that the story prints it in
    language: str | None = None  # with a variant in it


class Quoting:
    """Of one store; the embedder is opened when quotes are asked for."""

    def __init__(self, store: Store, open_embedder: Callable[[], Embedder]) -> None:
        self._store = store
        self._open_embedder = open_embedder

    def quotes(self, story: str | None, choice: Choice) -> Iterator[QuoteLine]:
        """Of one story, or of all as they are ranked; in each, what most articles print first.
        Raises NotFound."""
        asked = None if story is None else get_story(self._store, StoryId(story))
        views = rank_stories(self._store) if asked is None else [asked]
        embed = self._open_embedder().embed
        for view in views:
            yield from self._of_story(view, choice, embed)

    def _of_story(self, view: StoryView, choice: Choice, embed: Embed) -> Iterator[QuoteLine]:
        ids = [summary.article for summary in view.articles]
        held = [(found, self._store.notes(one)) for one in ids
                if (found := self._store.find_article(one))]  # fmt: skip
        if not any(isinstance(note, Quote) for _, notes in held for note in notes):
            return
        entities = resolve(held)
        seats: dict[str, Seat] = {}
        entries = [
            self._entry(article, note, entities, seats)
            for article, notes in held
            for note in notes
            if isinstance(note, Quote)
        ]
        asked = _find_asked(choice.by, entities)
        for line in build_ledger(entries, embed):
            name = _name(line, entities)
            told = QuoteLine(story=view.id, line=line, speaker=name, seats=_seats_of(line, seats))
            if _is_asked(told, choice, asked):
                yield told

    def _entry(
        self, article: Article, quote: Quote, entities: Entities, seats: dict[str, Seat]
    ) -> Entry:
        who, name = _whose(article, quote, entities)
        is_body = name is not None and _is_body(article, name, entities)
        seat = find_seat(article, name) if name and not is_body else None
        foreign = seat is not None and is_foreign(article.language, seat)
        if seat and foreign:
            seats[f"{article.id} {quote.evidence.start}"] = seat
        link = canonical(quote.link) if quote.link else None
        post = self._store.find_latest(link) if link else None
        return Entry(
            article=article,
            quote=quote,
            who=who,
            is_foreign=foreign,
            post=post.id if post else None,
        )


def _whose(
    article: Article, quote: Quote, entities: Entities
) -> tuple[str | None, Evidence | None]:
    """The speaker's entity, else the sound of the last name; where the page names him."""
    if quote.speaker is None:
        return None, None
    printed = quote.speaker.name or quote.speaker.evidence
    found = entities.find(article.id, printed.start, printed.end)
    if found is not None and _means(found, quote.speaker.evidence):
        return found.id, printed
    if quote.speaker.name is None or (found and found.kind is not MentionKind.PERSON):
        return None, None
    return f"~{fold_name(printed.text.split()[-1])}", printed


def _means(entity: Entity, printed: Evidence) -> bool:
    """Whether the words stand for it: of what is no person, nothing but its name with an article,
    for an official of the EU is not the EU. No place speaks."""
    if entity.kind in (MentionKind.PLACE, MentionKind.PERSON):
        return entity.kind is MentionKind.PERSON
    inside = [
        one
        for one in entity.places()
        if one.article == printed.article and one.start < printed.end and printed.start < one.end
    ]
    if not inside:  # a pronoun that stands for it
        return True
    named = max(inside, key=lambda one: one.end - one.start)
    beside = printed.text[: max(0, named.start - printed.start)]
    behind = printed.text[max(0, named.end - printed.start) :]
    return all(len(word) <= ARTICLE for word in f"{beside} {behind}".split())


def _is_body(article: Article, name: Evidence, entities: Entities) -> bool:
    found = entities.find(article.id, name.start, name.end)
    return found is not None and found.kind is MentionKind.ORGANISATION


def _find_asked(by: str | None, entities: Entities) -> str | None:
    found = entities.find_name(by) if by else None
    return found.id if found else None


def _is_asked(told: QuoteLine, choice: Choice, asked: str | None) -> bool:
    languages = {v.entry.language for v in told.line.variants}
    if choice.language and choice.language.partition("-")[0] not in languages:
        return False
    if choice.by is None:
        return True
    if asked is not None and told.line.who == asked:
        return True
    return fold(choice.by) in fold(told.speaker or "")


def _name(line: Line, entities: Entities) -> str | None:
    """What an entity is called best; else the longest that a page prints beside the quote."""
    if line.who and not line.who.startswith("~"):
        return entities.get(line.who).name
    speakers = [e.quote.speaker for v in line.variants for e in v.entries if e.quote.speaker]
    names = [(one.name or one.evidence).text for one in speakers]
    return max(names, key=len, default=None)


def _seats_of(line: Line, seats: dict[str, Seat]) -> tuple[Seat, ...]:
    found = {}
    for variant in line.variants:
        for entry in variant.entries:
            seat = seats.get(f"{entry.article.id} {entry.quote.evidence.start}")
            if seat:
                found[seat.id] = seat
    return tuple(found.values())
