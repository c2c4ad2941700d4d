"""What the pages show, cut out of the engine's answers. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from tidings.errors import NotFound, WrongUse
from tidings.model import (
    Article,
    Copy,
    CopyKind,
    Decision,
    Evidence,
    Mention,
    MentionKind,
    Note,
    Role,
    Summary,
)
from tidings.serve.when import Said, say_span
from tidings.story.headlines import choose_headline
from tidings.story.related import Kind

if TYPE_CHECKING:
    from tidings.questions import StoryView
    from tidings.relations import RelatedStory

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)

AROUND = 40  # characters shown on either side of what proves a mention
LEAD = 200  # characters; a Summary's lead of that length was cut off
PLAIN = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)  # shown as they are; all else is folded
ROLES = {
    Role.HEADLINE: "Headline as printed",
    Role.DATELINE: "Dateline",
    Role.BYLINE: "Byline",
    Role.READING_TIME: "Reading time",
    Role.CAPTION: "Caption",
    Role.SOURCE_LIST: "Source list",
    Role.RELATED: "Related articles",
    Role.LATEST: "Latest headlines",
    Role.ADVERTISING: "Advertising",
    Role.FOOTER: "Footer",
}
KINDS = {
    MentionKind.CREDIT: "Agency credited",
    MentionKind.PERSON: "People",
    MentionKind.ORGANISATION: "Organisations",
    MentionKind.PLACE: "Places",
    MentionKind.NAME: "Names",
    MentionKind.HANDLE: "Handles",
    MentionKind.LINK: "Links",
    MentionKind.HEADLINE: "Headlines of other articles",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A story in the list."""

    view: StoryView
    when: Said
    languages: tuple[tuple[str, int], ...]  # (language, articles), most first


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a long list."""

    number: int  # from 1
    last: int
    start: int  # of the slice it shows
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherRows:
    publisher: str | None
    rows: tuple[tuple[Summary, Decision], ...]  # earliest first


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRows:
    language: str
    articles: int  # in the whole story, not on this sheet alone
    publishers: tuple[PublisherRows, ...]  # who was earliest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Blocks of one role in a row; ``label`` is empty where they are shown as they are."""

    role: Role
    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The characters that prove a mention, amid those around them."""

    before: str
    proof: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    value: str
    rules: tuple[str, ...]
    spots: tuple[Spot, ...]


def list_story(view: StoryView, language: str | None) -> Listed:
    """With a headline in the language where the story has one."""
    if language is not None and view.headline.language != language:
        view = replace(view, headline=choose_headline(view.articles, language, view.nearness))
    return Listed(
        view=view,
        when=say_span(article.published for article in view.articles),
        languages=count_languages(view),
    )


def count_languages(view: StoryView) -> tuple[tuple[str, int], ...]:
    counts = Counter(article.language for article in view.articles)
    return tuple((language, counts[language]) for language in view.languages)


def cut_sheet(asked: str, size: int, count: int) -> Sheet:
    """``asked`` is the page number as it came in the address, empty for the first."""
    digits = asked or "1"
    if not re.fullmatch("[1-9][0-9]{0,8}", digits):
        raise WrongUse(f"no page {asked[:20]!r}; pages are numbered from 1")
    number = int(digits)
    last = max(1, -(-count // size))
    if number > last:
        raise NotFound(f"no page {number}; the last one is page {last}")
    start = (number - 1) * size
    return Sheet(number=number, last=last, start=start, end=min(start + size, count))


def order_articles(view: StoryView, language: str | None) -> list[Summary]:
    """By language (the one asked for, then most articles first), in it by publisher (who was
    earliest first), earliest first: ``view.articles`` is so already."""
    firsts: dict[tuple[str, str | None], int] = {}
    for place, article in enumerate(view.articles):
        firsts.setdefault((article.language, article.publisher), place)
    ranks = {known: rank for rank, known in enumerate(view.languages)}
    return sorted(
        view.articles,
        key=lambda a: (a.language != language, ranks[a.language], firsts[a.language, a.publisher]),
    )


def group_rows(
    view: StoryView, rows: Sequence[Summary], decisions: Mapping[str, Decision]
) -> tuple[LanguageRows, ...]:
    """``rows`` as order_articles gives them, or a part of that."""
    counts = dict(count_languages(view))
    return tuple(
        LanguageRows(
            language=language,
            articles=counts[language],
            publishers=tuple(
                PublisherRows(publisher=name, rows=tuple((a, decisions[a.article]) for a in own))
                for name, own in _gather(articles, lambda a: a.publisher)
            ),
        )
        for language, articles in _gather(rows, lambda a: a.language)
    )


def close_lead(lead: str) -> str:
    """A lead that was cut off ends in an ellipsis after its last whole word."""
    if len(lead) < LEAD:
        return lead
    kept = lead.rpartition(" ")[0] or lead
    return f"{kept.rstrip(' ,;:.–—-')}…"


def close_sentence(words: str) -> str:
    """With a capital and a full stop."""
    text = words[:1].upper() + words[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def cut_passages(article: Article) -> tuple[Passage, ...]:
    """Every block but the headline that stands above the text already; neighbours of one role
    are one passage."""
    passages: list[Passage] = []
    for role, run in groupby(article.blocks, lambda block: block.role):
        texts = [article.text[block.start : block.end] for block in run]
        kept = [text for text in texts if role is not Role.HEADLINE or text != article.headline]
        if kept:
            lines = (line for text in kept for line in text.splitlines() if line.strip())
            label = "" if role in PLAIN else ROLES[role]
            passages.append(Passage(role=role, label=label, paragraphs=tuple(lines)))
    return tuple(passages)


COPY_WORDS = {
    CopyKind.EXACT: "the same words as",
    CopyKind.NEAR: "nearly the same words as",
    CopyKind.WITHIN: "a shorter form of",
    CopyKind.AROUND: "a longer form of",
}


def tell_copy(copy: Copy, article: str) -> str:
    """How ``article``, one of the two, stands to the other."""
    words = COPY_WORDS[copy.kind]
    return words if copy.article == article else f"held first; {words} it:"


ORDERS = {Kind.BEFORE: "Follows", Kind.AFTER: "Comes before", Kind.UNDATED: "A time is unknown"}


def tell_tie(tie: RelatedStory) -> str:
    """How a step of a story line stands to the one that it hangs on."""
    names = [a.text if a.text == b.text else f"{a.text} = {b.text}" for a, b in tie.printed]
    order = ORDERS.get(tie.link.kind, "At the same time")
    return f"{order} · {'both print ' + ', '.join(names) if names else 'alike in meaning'}"


def gather_mentions(
    article: Article, notes: Iterable[Note]
) -> tuple[tuple[str, tuple[Mentioned, ...]], ...]:
    """(kind, mentions), each value once with every place that proves it, in order of the text."""
    mentions = (note for note in notes if isinstance(note, Mention))
    ordered = sorted(mentions, key=lambda note: (note.evidence.start, note.evidence.end))
    return tuple(
        (
            KINDS[kind],
            tuple(
                Mentioned(
                    value=value,
                    rules=tuple(sorted({note.rule for note in same})),
                    spots=tuple(_spot(article.text, note.evidence) for note in same),
                )
                for value, same in _gather(of_kind, lambda note: note.value)
            ),
        )
        for kind in KINDS
        if (of_kind := [note for note in ordered if note.kind is kind])
    )


def _spot(text: str, evidence: Evidence) -> Spot:
    """Of the line that it stands in, no more than AROUND on either side."""
    start, end = evidence.start, evidence.end
    before = text[:start].rpartition("\n")[2]
    after = text[end:].partition("\n")[0]
    return Spot(
        before=before if len(before) <= AROUND else f"…{before[-AROUND:]}",
        proof=text[start:end],
        after=after if len(after) <= AROUND else f"{after[:AROUND]}…",
        start=start,
        end=end,
    )


def _gather(items: Iterable[Item], key: Callable[[Item], Key]) -> list[tuple[Key, list[Item]]]:
    """Items of equal key together, in the order in which keys come first."""
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.items())
