"""The ledger of quotes: who said what, in whatever wording and language, from what is held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidings.annotators.quotes.words import find_small_words
from tidings.model import (
    Article,
    ArticleId,
    Evidence,
    MentionKind,
    Note,
    Quote,
    Speaker,
    StoryId,
    Vector,
)
from tidings.ports import Embedder, Store
from tidings.questions import StoryView, get_story, rank_stories
from tidings.reading.cited import find_lexicon
from tidings.story.entities import Entities, Entity, resolve
from tidings.story.entities.describing import describe
from tidings.story.ledger import Entry, Line, build_ledger
from tidings.story.names import fold_name
from tidings.story.tongues import Seat, find_seat, is_foreign
from tidings.text import fold
from tidings.urls import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by reading the ledgers of some stories of one day; no bench guards them."""

    agreed: float = 0.8  # share of the articles that give a speaker an office, that give the same
    kept: int = 4_000  # wordings whose vectors are kept for the next time, at 1 kB
    article: int = 3  # letters of the longest article: 'the', 'die', 'les'


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """A line of the ledger, with the story it is told in."""

    story: StoryId
    line: Line
    speaker: str | None  # as the variants print it most fully; None where nobody is named
    seat: Seat | None  # whose office shows that a page's language is not the speaker's


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
        self._embed = lru_cache(maxsize=DEFAULTS.kept)(self._embed_anew)

    def _embed_anew(self, text: str, language: str) -> Vector:
        return self._open_embedder().embed(text, language)

    def quotes(self, story: str | None, choice: Choice) -> Iterator[QuoteLine]:
        """Of one story, or of all as they are ranked; in each, what most articles print first.
        Raises NotFound."""
        asked = None if story is None else get_story(self._store, StoryId(story))
        views = rank_stories(self._store) if asked is None else [asked]
        for view in views:
            yield from self._of_story(view, choice)

    def _of_story(self, view: StoryView, choice: Choice) -> Iterator[QuoteLine]:
        ids = [summary.article for summary in view.articles]
        held = [(found, self._store.notes(one)) for one in ids
                if (found := self._store.find_article(one))]  # fmt: skip
        if not any(isinstance(note, Quote) for _, notes in held for note in notes):
            return
        entities = describe(resolve(held), (article for article, _ in held))
        entries, seats = gather_entries(held, entities, self._find_post)
        asked = _find_asked(choice.by, entities)
        for line in build_ledger(entries, self._embed):
            name = _name(line, entities)
            told = QuoteLine(story=view.id, line=line, speaker=name, seat=_seat_of(line, seats))
            if _is_asked(told, choice, asked):
                yield told

    def _find_post(self, link: str) -> ArticleId | None:
        address = canonical(link)
        post = self._store.find_latest(address) if address else None
        return post.id if post else None


def gather_entries(
    held: Sequence[tuple[Article, Sequence[Note]]],
    entities: Entities,
    find_post: Callable[[str], ArticleId | None],
) -> tuple[list[Entry], dict[str, Seat]]:
    """The quotes of a story's articles, and by speaker whose office he has; ``find_post`` tells
    the held article that an address leads to."""
    said = [
        _Said(article, note, *_whose(article, note, entities))
        for article, notes in held
        for note in notes
        if isinstance(note, Quote)
    ]
    seats = _choose_seats(said, entities)
    return [_make_entry(one, seats, find_post) for one in said], seats


def _make_entry(
    said: _Said, seats: Mapping[str, Seat], find_post: Callable[[str], ArticleId | None]
) -> Entry:
    seat = seats.get(said.key) if said.key else None
    return Entry(
        article=said.article,
        quote=said.quote,
        who=said.who,
        sound=said.sound,
        is_foreign=seat is not None and is_foreign(said.article.language, seat),
        post=find_post(said.quote.link) if said.quote.link else None,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    article: Article
    quote: Quote
    who: str | None
    name: Evidence | None

    @property
    def sound(self) -> str | None:
        """Of the last name, where the page names him."""
        named = self.quote.speaker.name if self.quote.speaker else None
        return fold_name(named.text.split()[-1]) or None if named else None

    @property
    def key(self) -> str | None:
        """By which he is known again in the story, whatever stands before his name."""
        return f"~{self.sound}" if self.sound else self.who


def _choose_seats(said: Iterable[_Said], entities: Entities) -> dict[str, Seat]:
    """By speaker: the country or union whose office nearly all articles that give him one agree
    on. Bodies have none."""
    found: defaultdict[str, dict[ArticleId, Seat]] = defaultdict(dict)
    for one in said:
        if one.key is None or one.name is None or one.article.id in found[one.key]:
            continue
        seat = (
            None if _is_body(one.article, one.name, entities) else find_seat(one.article, one.name)
        )
        if seat:
            found[one.key][one.article.id] = seat
    chosen = {}
    for who, seats in found.items():
        counts = Counter(seat.id for seat in seats.values())
        if counts and (best := counts.most_common(1)[0])[1] >= DEFAULTS.agreed * counts.total():
            chosen[who] = next(seat for seat in seats.values() if seat.id == best[0])
    return chosen


def _whose(
    article: Article, quote: Quote, entities: Entities
) -> tuple[str | None, Evidence | None]:
    """The speaker's entity, else the sound of the last name; where the page names him."""
    if quote.speaker is None:
        return None, None
    printed = quote.speaker.name or quote.speaker.evidence
    found = entities.find(article.id, printed.start, printed.end)
    if found and found.kind is MentionKind.PERSON and _owns(found, quote.speaker):
        return None, None
    if found is not None and _means(found, quote.speaker.evidence):
        return found.id, printed
    if quote.speaker.name is None or (found and found.kind is not MentionKind.PERSON):
        return None, None
    return f"~{fold_name(printed.text.split()[-1])}", printed


def _owns(entity: Entity, speaker: Speaker) -> bool:
    """Whether the person is only named in words that mean somebody else: 'the mother of Lee'."""
    printed = speaker.evidence
    return speaker.name is None and any(
        one.article == printed.article and printed.start <= one.start and one.end <= printed.end
        for one in entity.places()
    )


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
    return all(len(word) <= DEFAULTS.article for word in f"{beside} {behind}".split())


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
    """What an entity is called best; else the longest that a page prints beside the quote. Where
    it is nobody's that is known: what most articles print."""
    if line.who and not line.who.startswith("~"):
        return entities.get(line.who).name
    entries = [entry for variant in line.variants for entry in variant.entries]
    if line.who:
        return max(
            (name for e in entries if e.who and (name := _printed(e))), key=len, default=None
        )
    printed = [name for entry in entries if (name := _printed(entry))]
    counts = Counter(fold(name) for name in printed)
    best, count = counts.most_common(1)[0] if counts else ("", 0)
    is_most = 2 * count > len(entries)
    return next((name for name in printed if fold(name) == best), None) if is_most else None


def _printed(entry: Entry) -> str | None:
    """None for a pronoun that stands for nobody known."""
    speaker = entry.quote.speaker
    if speaker is None or speaker.name is not None:
        return speaker.name.text if speaker and speaker.name else None
    lexicon = find_lexicon(entry.article.language)
    owned = find_small_words(entry.article.language).owned
    pronouns = owned | (lexicon.pronouns if lexicon else frozenset())
    is_pronoun = speaker.evidence.text.lower().replace("ё", "е") in pronouns
    return None if is_pronoun else speaker.evidence.text


def _seat_of(line: Line, seats: Mapping[str, Seat]) -> Seat | None:
    if not _is_foreign(line):
        return None
    keys = (f"~{e.sound}" if e.sound else e.who for v in line.variants for e in v.entries)
    return next((seats[key] for key in keys if key and key in seats), None)


def _is_foreign(line: Line) -> bool:
    return any(entry.is_foreign for variant in line.variants for entry in variant.entries)
