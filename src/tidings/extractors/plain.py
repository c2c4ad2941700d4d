"""Plain text: one page with clutter, or a digest of snippets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.model import (
    Article,
    ArticleId,
    Block,
    Page,
    Reason,
    Rejected,
    Role,
    Timestamp,
    Timing,
)
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import compose
from tidings.reading.cues import bare, get_cues, split_label
from tidings.reading.dates import find_stamps
from tidings.reading.digests import judge
from tidings.reading.language import identify
from tidings.reading.lines import ADDRESS, bylines
from tidings.reading.peel import Part, peel_page, split_mail
from tidings.reading.snippets import Snippet, choose_snippets, is_broken_off, snippets
from tidings.text import is_dense, tidy
from tidings.times import Interval, unknown
from tidings.urls import canonical, registrable_domain

_BODY = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
_TRAILING = ".,;:!?)]}>…’'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Guarded by bench/plain."""

    largest: int = 2_000_000  # code points of a page; a year of one newspaper's leads is shorter
    least: int = 2  # letters below which there is no text
    cut: int = 80  # code points of a last paragraph that ends without a stop: it breaks off


DEFAULTS = Options()


class PlainExtractor:
    """``text/plain`` → the articles on it."""

    name = "plain/1"

    def __init__(self, options: Options = DEFAULTS) -> None:
        self._options = options

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected:
        decoded = decode(page.data, page.served.charset if page.served else None)
        if isinstance(decoded, Undecoded):
            return Rejected(name=page.name, reason=decoded.reason, detail=decoded.detail)
        text = tidy(decoded)
        if len(text) > self._options.largest:
            detail = f"{len(text)} code points; split it into files of one page each"
            return Rejected(name=page.name, reason=Reason.TOO_LARGE, detail=detail)
        if sum(sign.isalpha() for sign in text[:10_000]) < self._options.least:
            detail = "no word in it; give a page with text"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        head, rest = split_mail(text)
        parts = peel_page(rest)
        subject = next((part for role, part in head if role is Role.HEADLINE), "")
        pieces = snippets(rest)
        verdict = judge(pieces, parts, subject)
        if not verdict.is_digest:
            return (self._build(page, (*head, *parts), "one article: " + verdict.why),)
        return tuple(
            self._build_snippet(page, position, snippet, verdict.why)
            for position, snippet in enumerate(choose_snippets(pieces))
        )

    def _build(self, page: Page, parts: Sequence[Part], why: str) -> Article:
        text, blocks = compose(parts)
        headline = next((text[b.start : b.end] for b in blocks if b.role is Role.HEADLINE), "")
        body = "\n\n".join(text[b.start : b.end] for b in blocks if b.role in _BODY)
        language, language_why = identify(headline, body)
        timestamps = tuple(_timestamps(text, blocks, language))
        published, modified = _times(timestamps)
        url = canonical(page.served.url) if page.served and page.served.url else None
        domain = registrable_domain(url) if url else None
        publisher, publisher_why = _publisher(text, blocks)
        if publisher is None and domain:
            publisher, publisher_why = domain, "registrable domain of the address it was served at"
        grounds = {
            "blocks": why,
            "language": language_why,
            "published": published.reason,
            "publisher": publisher_why,
        }
        if url:
            grounds["url"] = "the address it was served at"
        return Article(
            id=_name(page, 0),
            page=page.id,
            position=0,
            url=url,
            publisher=publisher,
            published=published,
            modified=modified,
            language=language,
            headline=headline,
            byline=_byline(text, blocks),
            text=text,
            blocks=blocks,
            links=tuple(_links(text)),
            is_cut=self._is_cut(text, blocks),
            extractor=self.name,
            grounds=tuple(sorted(grounds.items())),
            domain=domain,
            timestamps=timestamps,
        )

    def _build_snippet(self, page: Page, position: int, snippet: Snippet, why: str) -> Article:
        parts = (
            (Role.HEADLINE, snippet.headline),
            (Role.BODY, snippet.body),
            (Role.SOURCE_LIST, snippet.tail),
        )
        text, blocks = compose(parts)
        language, language_why = identify(snippet.headline, snippet.body)
        nowhere = "a snippet of a digest has no dateline"
        grounds = {
            "blocks": f"digest: {why}",
            "is_cut": "breaks off" if snippet.is_cut else "ends in a stop",
            "language": language_why,
            "published": nowhere,
            "publisher": snippet.ground,
        }
        if snippet.url:
            grounds["url"] = "the address under the snippet"
        return Article(
            id=_name(page, position),
            page=page.id,
            position=position,
            url=snippet.url,
            publisher=snippet.publisher,
            published=unknown(nowhere),
            modified=None,
            language=language,
            headline=snippet.headline,
            byline=(),
            text=text,
            blocks=blocks,
            links=tuple(_links(text)),
            is_cut=snippet.is_cut,
            extractor=self.name,
            grounds=tuple(sorted(grounds.items())),
            domain=snippet.domain,
        )

    def _is_cut(self, text: str, blocks: Sequence[Block]) -> bool:
        """The last paragraph breaks off: a line so long is no signature and no list."""
        last = [text[block.start : block.end] for block in blocks if block.role is Role.BODY][-1:]
        if not last or not is_broken_off(last[0]):
            return False
        return len(last[0]) >= self._options.cut * (0.4 if is_dense(last[0]) else 1)


def _name(page: Page, position: int) -> ArticleId:
    stem = page.id[:16]
    return ArticleId(f"{stem}.{position}" if position else stem)


def _timestamps(text: str, blocks: Sequence[Block], language: str) -> Iterator[Timestamp]:
    """Those of the datelines, in the order of the page."""
    for block in blocks:
        if block.role is Role.DATELINE:
            line = text[block.start : block.end]
            for stamp in find_stamps(line, language):
                yield Timestamp(
                    timing=Timing.MODIFIED if stamp.is_update else Timing.PUBLISHED,
                    ground="dateline",
                    printed=line[stamp.start : stamp.end],
                    interval=stamp.interval,
                    zone=stamp.zone,
                )


def _times(timestamps: Sequence[Timestamp]) -> tuple[Interval, Interval | None]:
    """Published: the first that has a year; modified: the last, where it has one."""
    published = [each.interval for each in timestamps if each.timing is Timing.PUBLISHED]
    modified = [each.interval for each in timestamps if each.timing is Timing.MODIFIED]
    dated = [interval for interval in published if interval.start] or published
    nowhere = unknown("no dateline is printed")
    last = modified[-1] if modified and modified[-1].start else None
    return (dated[0] if dated else nowhere), last


def _publisher(text: str, blocks: Sequence[Block]) -> tuple[str | None, str]:
    """Only a line that says "publisher: name"; never an address that is cited or a footer."""
    for block in blocks:
        labelled = split_label(text[block.start : block.end])
        if labelled and labelled[0] in get_cues().publisher and len(labelled[1]) <= 60:
            return labelled[1].strip(), f"the page says {bare(labelled[0])!r}"
    return None, "the page does not name it"


def _byline(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    lines = (text[block.start : block.end] for block in blocks if block.role is Role.BYLINE)
    return tuple(dict.fromkeys(name for line in lines for name in bylines(line)))


def _links(text: str) -> Iterator[str]:
    """Addresses as printed, without the stop of the sentence, each once."""
    seen = set()
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(_TRAILING)
        if address.lower().startswith("www."):
            address = "https://" + address
        if address not in seen:
            seen.add(address)
            yield address
