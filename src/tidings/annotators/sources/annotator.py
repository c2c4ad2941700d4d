"""Source links of one article, in order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tidings.annotators.sources.candidates import Sentence
from tidings.annotators.sources.lines import find_bracketed, find_labelled, find_signed
from tidings.annotators.sources.links import Maker
from tidings.annotators.sources.papers import find_cited_papers
from tidings.annotators.sources.posts import (
    find_addressed,
    find_embedded,
    find_told,
    is_handle_of,
    join_posts,
    may_post,
)
from tidings.annotators.sources.publishers import find_publishers
from tidings.annotators.sources.speakers import find_ruling, find_spoken
from tidings.annotators.sources.unnamed import find_unnamed
from tidings.model import (
    Article,
    Evidence,
    Manner,
    Mention,
    MentionKind,
    Note,
    Quote,
    Role,
    SourceKind,
    SourceLink,
)
from tidings.posts import find_post
from tidings.reading.outlets import name_keys, stem
from tidings.reading.sourced import find_sourced
from tidings.text import sentences
from tidings.urls import registrable_domain

READ = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX, Role.SOURCE_LIST)
LEAD = 3
"""Sentences of the body in which a publisher that is named is that of the article as a whole."""
_PICTURE = re.compile(
    r"(?:photo|foto|fotos|image|images|bild|getty|фото|video|видео|відео|kép|zdjęcie|fot\.|"
    r"screenshot|скриншот|скріншот|иллюстрация|crédits?|credits?|©)(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Place:
    sentence: Sentence
    role: Role
    number: int  # sentences of the body before it

    @property
    def is_lead(self) -> bool:
        return self.number < LEAD or self.role is Role.SOURCE_LIST


class SourcesAnnotator:
    """Publishers, agencies that sign the text, people without a name, posts and their like."""

    rule = "sources/1"

    def annotate(self, article: Article, notes: Sequence[Note]) -> Iterable[SourceLink]:
        maker = Maker(article=article, rule=self.rule)
        mentions = [note for note in notes if isinstance(note, Mention)]
        places = list(_read(article))
        publishers = [*maker.credits(mentions), *_find_publishers(maker, places)]
        others = [
            *_find_posts(maker, places, mentions),
            *_find_people(maker, places, publishers),
            *_find_papers(maker, places, mentions, publishers),
        ]
        publishers = list(_find_shared(maker.article.text, publishers, others))
        found = [
            *_find_addresses(maker, mentions, publishers),
            *others,
            *_find_own(maker, places),
            *_find_speakers(maker, places, notes, (*publishers, *others)),
        ]
        return _each_once(found)


def _read(article: Article) -> Iterator[_Place]:
    language = article.language.partition("-")[0].lower()
    lexicon, number = find_sourced(language), 0
    name = article.publisher or ""
    own = () if _DIGIT.search(name) else tuple(stem(word) for word in _WORD.findall(name))
    for block in article.blocks:
        if block.role not in READ:
            continue
        is_body = block.role in (Role.BODY, Role.STANDFIRST, Role.QUOTE_BOX)
        for start, end in sentences(article.text[block.start : block.end]):
            sentence = Sentence(
                text=article.text,
                start=block.start + start,
                end=block.start + end,
                language=language,
                lexicon=lexicon,
                own=own,
            )
            if not _PICTURE.match(article.text, sentence.start):
                yield _Place(sentence, block.role, number if is_body else 0)
            number += is_body


def _find_publishers(maker: Maker, places: Sequence[_Place]) -> Iterator[SourceLink]:
    for place in places:
        sentence = place.sentence
        found = find_labelled(sentence) or find_publishers(sentence)
        is_headline = place.role is Role.HEADLINE
        bracketed = find_bracketed(sentence, is_headline=is_headline)
        for one in (*found, *bracketed, *find_signed(sentence)):
            scope = None if place.is_lead else (sentence.start, sentence.end)
            link = maker.publisher(one, scope)
            if link:
                yield link


def _find_addresses(
    maker: Maker, mentions: Sequence[Mention], publishers: Sequence[SourceLink]
) -> list[SourceLink]:
    """The publishers, with the addresses that are printed for them; and those of which nothing but
    an address is printed, on a line of its own or behind a label."""
    links = list(publishers)
    printed = [one for one in mentions if one.kind is MentionKind.LINK]
    for one in printed:
        if find_post(one.value):
            continue
        domain = registrable_domain(one.value)
        keys = name_keys(None, domain)
        same = [i for i, link in enumerate(links) if name_keys(link.source, None) & keys]
        if same:
            links[same[0]] = replace(links[same[0]], url=one.value)
        elif domain and maker.is_source(one, printed) and not maker.is_own(domain):
            links.append(maker.address(one, domain))
    return links


def _find_people(
    maker: Maker, places: Sequence[_Place], publishers: Sequence[SourceLink]
) -> Iterator[SourceLink]:
    """Through the publisher of the same sentence, or the one before to which they are said to have
    spoken."""
    for place in places:
        sentence = place.sentence
        for one in find_unnamed(sentence):
            named = [p for p in publishers if p.kind is SourceKind.PUBLISHER and p.name]
            here = [p for p in named if sentence.start <= p.evidence.start < sentence.end]
            before = {p.source for p in named if p.evidence.start < sentence.start}
            through = here[0].source if here and here[0].manner is Manner.CITES else None
            if through is None and one.is_told_to_outlet and len(before) == 1:
                through = before.pop()
            yield maker.unnamed(one, sentence, through)


def _find_papers(
    maker: Maker,
    places: Sequence[_Place],
    mentions: Sequence[Mention],
    publishers: Sequence[SourceLink],
) -> Iterator[SourceLink]:
    """Of the lead: what a document says of things further down is no source of the article."""
    for place in places:
        sentence = place.sentence
        for one in find_cited_papers(sentence, mentions) if place.is_lead else ():
            yield from maker.paper(one, sentence, _find_outlet(sentence, publishers))


def _find_outlet(sentence: Sentence, publishers: Sequence[SourceLink]) -> str | None:
    """The one publisher that the sentence names as its source."""
    here = {
        one.source
        for one in publishers
        if one.kind is SourceKind.PUBLISHER
        and one.name
        and one.manner is Manner.CITES
        and sentence.start <= one.evidence.start < sentence.end
    }
    return here.pop() if len(here) == 1 else None


def _find_posts(
    maker: Maker, places: Sequence[_Place], mentions: Sequence[Mention]
) -> Iterator[SourceLink]:
    is_told = may_post(maker.article.text)
    told = [one for place in places if is_told for one in find_told(place.sentence, mentions)]
    for place in places:
        told += find_embedded(maker.article.text, place.sentence.start, place.sentence.end)
    for one in join_posts(told, list(find_addressed(mentions))):
        yield maker.post(one)


_SHARES = re.compile(
    r"(?<!\w)(?:citing|quoting|shar(?:ed|ing|es)|retweet\w*|repost\w*|link(?:ed|ing|s)? to|"
    r"teilt\w*|verlinkt\w*|zitiert\w*|partag\w+|relay\w+|reli\w+|citant|compart\w+|citando|enlaz\w+|"
    r"поделил\w+|процитировал\w*|сослал\w+|ссылаясь|со ссылкой|поширил\w*|поширив|"
    r"посилаючись|з посиланням|condivi\w+)(?!\w)",
    re.IGNORECASE,
)
_FAR = 160  # code points between a post and the outlet that it shares


def _find_shared(
    text: str, publishers: Sequence[SourceLink], others: Sequence[SourceLink]
) -> Iterator[SourceLink]:
    """The publishers; one that a post cites or shares, as it says behind, through the post."""
    posts = [one for one in others if one.kind is SourceKind.POST and one.name]
    for link in publishers:
        sharing = [
            post.source
            for post in posts
            if link.manner is Manner.CITES
            and link.through is None
            and post.evidence.start < link.evidence.start < post.evidence.end + _FAR
            and _SHARES.search(text, post.evidence.start, (link.name or link.evidence).start)
            and not re.search(r"[.!?]\s", text[post.evidence.end : link.evidence.start])
        ]
        yield replace(link, through=sharing[0]) if len(sharing) == 1 else link


def _find_speakers(
    maker: Maker, places: Sequence[_Place], notes: Sequence[Note], known: Sequence[SourceLink]
) -> Iterator[SourceLink]:
    """Whom the lead quotes, but for who is ``known``; through the publisher named beside."""
    quotes = [note for note in notes if isinstance(note, Quote)]
    mentions = [note for note in notes if isinstance(note, Mention)]
    lead = [place.sentence for place in places if place.is_lead]
    named = [one for one in known if one.name or one.kind is SourceKind.POST]
    for one in (*find_spoken(quotes, mentions, lead), *find_ruling(mentions, lead)):
        if any(_is_same(one.name, held) for held in named) or maker.is_outlet(one.name.text):
            continue
        sentence = next(s for s in lead if s.start <= one.words.start < s.end)
        here = [
            held
            for held in named
            if sentence.start <= held.evidence.start < sentence.end
            and held.through is None
            and held.manner is Manner.CITES
            and held.kind is SourceKind.PUBLISHER
        ]
        yield maker.spoken(one, here[0].source if len(here) == 1 else None)


def _is_same(name: Evidence, held: SourceLink) -> bool:
    """Whether a link has this name; of a post's author, anywhere."""
    if held.kind is SourceKind.POST and is_handle_of(held.source, name.text):
        return True
    if held.name is None:
        return False
    words = name.text.split()
    is_author = held.kind is SourceKind.POST and words[-1:] == held.source.split()[-1:]
    return is_author or _overlap(name, held.name)


def _find_own(maker: Maker, places: Sequence[_Place]) -> Iterator[SourceLink]:
    """``our correspondent``, ``told this newspaper``."""
    for place in places:
        match = place.sentence.lexicon.own.search(place.sentence.low)
        if match:
            yield maker.own(place.sentence, match.span())


def _each_once(found: Iterable[SourceLink]) -> list[SourceLink]:
    """Of one source the first of each way in which it is named, and no citation where it signs; by
    place."""
    found = list(found)
    signed = [one.evidence for one in found if one.manner is Manner.CREDITS]
    kept: dict[tuple[object, ...], SourceLink] = {}
    for one in sorted(found, key=lambda link: (link.evidence.start, link.evidence.end)):
        place = one.name or one.evidence
        if one.manner is not Manner.CREDITS and any(_overlap(place, held) for held in signed):
            continue
        keys = name_keys(one.source, None) or frozenset((one.source,))
        told = (one.anonymity.calling, one.anonymity.seat) if one.anonymity else min(keys)
        kept.setdefault((one.kind, told, one.manner, one.through), one)
    return list(kept.values())


def _overlap(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end
