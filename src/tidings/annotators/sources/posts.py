"""Posts that an article has something from: told in a sentence, embedded, or given by address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tidings.annotators.sources.candidates import Sentence
from tidings.model import Mention, MentionKind
from tidings.posts import find_post
from tidings.reading.seats import find_seat
from tidings.text import fold

_EMBEDDED = re.compile(
    r"[—–-]{1,2}\s?([^\n()@]{2,50}?)\s?\((@\w{2,30})\)\s+(?:\d{1,2}\.?\s)?[^\W\d_]{3,10}\.?\s\d{1,4}"
)
_PLATFORM = re.compile(
    r"twit|tweet|tuit|твит|твіт|туит|facebook|фейсбу[кц]|instagram|инстаграм|інстаграм|telegram|телеграм"
    r"|youtube|linkedin|bluesky|truth social|вконтакте|соцсет|соцмереж|социальн|соціальн|микроблог"
    r"|kurznachrichten|(?<!\w)[xх](?!\w)|weibo|tiktok|reti sociali|redes sociales|redes sociais"
)
_VERB = re.compile(
    r"^(?:tweeted|tweets|twitterte\w*|a tweeté|tweete|tuiteó|tuitou|ha twittato|twitterde)$"
)
_POSSESSED = re.compile(r"(?<!\w)(?:of|de|del|di|von|des|du|da|do|d['’]|hija|hijo)\s?(?:\w+ )?$")
_LED = re.compile(r"(?<!\w)(?:que|qu|a|al|à|au|para|pour|por|con|de|dass|an|что|що|to|for)(?!\w)")
_CLAUSE = re.compile(r"[.;:!?…]")
_PLATFORMS = frozenset(
    ("twitter", "facebook", "instagram", "telegram", "x", "youtube", "linkedin", "bluesky")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """``span`` says that it is a post, ``author`` is the name as printed."""

    span: tuple[int, int]
    author: tuple[int, int] | None
    source: str
    url: str | None
    score: float
    is_quoted: bool  # embedded


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Code points, our own choice: read on a sample of articles (bench/citations.json)."""

    platform: int = 28  # behind 'wrote on', within which a platform is named
    near: int = 36  # between the verb and the post
    auxiliary: int = 10  # between the author and a verb behind
    office: int = 40  # between a verb and the author behind, in small letters
    name: float = 0.65  # least score of a name that may be a person's
    told: float = 0.85


OPTIONS = Options()


def may_post(text: str) -> bool:
    """Whether a platform is named at all: cheap."""
    return _PLATFORM.search(text.lower()) is not None


def find_told(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Posted]:
    """``Kallas wrote in a post on X``: author, verb and post in one clause, in any of their orders.
    Without an author it is not told whose."""
    low, base = sentence.low, sentence.start
    if not _PLATFORM.search(low):
        return
    for match in sentence.lexicon.posts.finditer(low):
        reach = low[match.start() : match.end() + OPTIONS.platform]
        if not _PLATFORM.search(reach):
            continue
        post = (base + match.start(), base + match.end())
        author = _find_author(sentence, mentions, post, is_verb=bool(_VERB.search(match.group())))
        if author:
            span = (author.evidence.start, author.evidence.end)
            yield Posted(
                span=(min(post[0], span[0]), max(post[1], span[1])),
                author=span,
                source=author.value,
                url=None,
                score=OPTIONS.told,
                is_quoted=False,
            )
            return


def _find_author(
    sentence: Sentence, mentions: Sequence[Mention], post: tuple[int, int], *, is_verb: bool
) -> Mention | None:
    """Beside the verb of telling, which the words for the post may be themselves."""
    after = sentence.lexicon.after
    verbs = [(word.start, word.end) for word in sentence.words if word.form in after]
    verbs = [post] if is_verb else [one for one in verbs if _is_near(sentence, one, post)]
    for one in mentions:
        place = (one.evidence.start, one.evidence.end)
        is_here = sentence.start <= place[0] and place[1] <= sentence.end
        if is_here and _may_write(one) and any(_is_beside(sentence, place, v) for v in verbs):
            return one
    return None


def _may_write(one: Mention) -> bool:
    is_sure = one.kind in (MentionKind.PERSON, MentionKind.ORGANISATION)
    words = fold(one.value).split()
    is_likely = one.kind is MentionKind.NAME and one.score >= OPTIONS.name and len(words) > 1
    is_place = any(find_seat(word) for word in one.value.split())
    return (is_sure or is_likely) and not is_place and not set(words) & _PLATFORMS


def _is_near(sentence: Sentence, verb: tuple[int, int], post: tuple[int, int]) -> bool:
    """Within one clause, on either side."""
    gap = sentence.text[min(verb[1], post[1]) : max(verb[0], post[0])]
    return len(gap) <= OPTIONS.near and not _CLAUSE.search(gap)


def _is_beside(sentence: Sentence, author: tuple[int, int], verb: tuple[int, int]) -> bool:
    """With nothing between but an auxiliary, or, behind the verb, an office in small letters."""
    before = sentence.text[sentence.start : author[0]]
    if _POSSESSED.search(before):
        return False  # 'the daughter of X wrote'
    if author[1] <= verb[0]:
        gap = sentence.text[author[1] : verb[0]]
        return len(gap) <= OPTIONS.auxiliary and not re.search(r"[^\w\s'’]", gap)
    if sentence.language == "en":
        return False  # its verbs come after
    gap = sentence.text[verb[1] : author[0]]
    if _LED.search(gap):
        return False  # 'wrote to X', 'said that X'
    return len(gap) <= OPTIONS.office and bool(re.fullmatch(r"[^A-ZА-ЯІЇЄ.,;:!?\"«»“”„]*", gap))


def find_embedded(text: str, start: int, end: int) -> Iterator[Posted]:
    """``— Name (@handle) November 18, 2019``."""
    for match in _EMBEDDED.finditer(text, start, end):
        yield Posted(
            span=match.span(),
            author=match.span(1),
            source=match.group(1).strip(),
            url=None,
            score=0.95,
            is_quoted=True,
        )


def find_addressed(mentions: Sequence[Mention]) -> Iterator[Posted]:
    """Addresses of posts that are printed."""
    for one in mentions:
        post = find_post(one.value) if one.kind is MentionKind.LINK else None
        if post:
            yield Posted(
                span=(one.evidence.start, one.evidence.end),
                author=None,
                source=post.author or post.url,
                url=one.value,
                score=0.9,
                is_quoted=True,
            )


def join_posts(told: Sequence[Posted], addressed: Sequence[Posted]) -> list[Posted]:
    """One for a post that is told and whose address is printed: where the handle has part of the
    author's name, or there is but one of either."""
    joined, left = [], list(addressed)
    for one in told:
        match = next((post for post in left if is_handle_of(post.source, one.source)), None)
        if match is None and len(told) == len(addressed) == 1:
            match = left[0]
        if match:
            left.remove(match)
        joined.append(_with_address(one, match) if match else one)
    return [*joined, *left]


def _with_address(told: Posted, addressed: Posted) -> Posted:
    is_quoted = told.is_quoted or addressed.is_quoted
    return replace(told, url=addressed.url, is_quoted=is_quoted, score=addressed.score)


def is_handle_of(handle: str, name: str) -> bool:
    flat = re.sub(r"[\W_]", "", fold(handle))
    words = re.findall(r"[^\W_]{3,}", fold(name))
    return bool(words) and words[-1] in flat
