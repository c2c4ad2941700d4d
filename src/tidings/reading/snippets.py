"""Snippets: the pieces of a digest, each with its headline, address and publisher where they are
printed. Whether a page is a digest at all is weighed in ``digests``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tidings.reading.cues import bare, get_cues
from tidings.reading.layout import MARK, arrange, find_tail, is_close, is_head, is_text
from tidings.reading.lines import describe, is_byline
from tidings.reading.wrapping import LINK, paragraph_groups
from tidings.text import CLOSERS, is_dense, is_ended
from tidings.urls import canonical, registrable_domain

_NAMED = re.compile(r"(?P<name>[^\W\d_][^:\n.!?«»\"“”]{1,40}?)\s?(?::|\s[—–|-])\s+(?=\S)")
_CREDIT = re.compile(r"(?<=[.!?…\"”»])\s*[(\[—–-]\s*(?P<name>[^()\[\]\n.]{2,40}?)\s*[)\]]?\s*$")
_BESIDE = "its name stands beside the snippet, as one stands beside most"
_CAPITALS = re.compile(r"(?P<lead>[^a-zа-яёіїєґα-ω\n]{8,160})(?:\s*[:.|—–-]\s+|\s*\n)(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Guarded by bench/plain."""

    fewest: int = 3  # pieces
    shortest: int = 60  # code points of a snippet's text
    capitals: int = 3  # words in capitals that are a headline: fewer are a publisher's name
    headline: int = 140  # code points of a line above a snippet's text
    frame: int = 200  # code points of what stands before or behind the pieces
    mostly: float = 0.8  # of the pieces, from which one that is otherwise is none
    usual: float = 0.6  # of the pieces, from which a way of writing them is the page's


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """One snippet: what it says, and what is printed around it, "" or None where nothing is."""

    body: str
    headline: str = ""
    tail: str = ""  # the words and the address that say where to read on
    publisher: str | None = None  # as printed: a name, or a site in lower case without www.
    ground: str = "the snippet does not name it"  # of the publisher
    domain: str | None = None  # registrable, of the site that the tail names
    url: str | None = None  # canonical
    is_cut: bool = False
    is_marked: bool = False  # a number, bullet or time stood before it


def choose_snippets(pieces: Sequence[Snippet]) -> tuple[Snippet, ...]:
    """Of a digest's pieces, without furniture, titles, greetings and what a mail ends with."""
    return tuple(each for each in _inner(pieces) if is_telling(each))


def is_whole(piece: Snippet) -> bool:
    """Whether it has more than its text."""
    return bool(piece.tail or piece.headline or piece.is_marked)


def _inner(pieces: Sequence[Snippet]) -> Sequence[Snippet]:
    """Without a short piece at either end that has nothing but its text where the others have."""
    whole = [at for at, piece in enumerate(pieces) if is_whole(piece)]
    if len(whole) < max(
        DEFAULTS.fewest, DEFAULTS.mostly * (whole[-1] - whole[0] + 1 if whole else 0)
    ):
        return pieces
    return [
        piece
        for at, piece in enumerate(pieces)
        if whole[0] <= at <= whole[-1] or len(piece.body) > DEFAULTS.frame
    ]


def is_telling(snippet: Snippet) -> bool:
    """Whether it says something, and is not what stands around a digest."""
    line = describe(snippet.body)
    if line.label or line.fixed or is_byline(snippet.body):
        return False
    return line.size >= 25 and (bool(snippet.tail or snippet.headline) or not is_title(snippet))


def is_title(snippet: Snippet) -> bool:
    """A line that names or greets: short, and in no sentence."""
    line = describe(snippet.body)
    return not snippet.headline and not line.is_prose and line.size < DEFAULTS.shortest


def snippets(text: str) -> list[Snippet]:
    """Every piece of the page, titles and furniture included."""
    groups = paragraph_groups(text)
    pieces = [_parse(group) for group in arrange(groups)]
    for way in (_by_line, _by_capitals, _by_name, _by_credit):
        pieces = _apply(way, pieces)
    return [replace(each, is_cut=is_broken_off(each.body)) for each in pieces]


def is_broken_off(text: str) -> bool:
    """No stop at its end, or dots that stand for the rest."""
    bare_end = text.rstrip().rstrip(CLOSERS).rstrip("] [)")
    return not is_ended(text) or bare_end.endswith(("…", "..."))


def _parse(group: Sequence[str]) -> Snippet:
    rest = list(group)
    tails: list[str] = []
    while len(rest) > 1 and is_close(rest[-1]):
        tails.insert(0, rest.pop())
    marked = MARK.match(rest[0])
    rest[0] = rest[0][marked.end() :] if marked else rest[0]
    headline = rest.pop(0) if len(rest) > 1 and is_head(rest[0]) and is_text(rest[1]) else ""
    body = _flowing(rest)
    tail = find_tail(body)
    if tail and tail.start():
        tails.insert(0, body[tail.start() :].strip())
        body = body[: tail.start()].rstrip()
    site, url, ground = _origin(tails)
    return Snippet(
        body=body,
        headline=headline,
        tail="\n".join(tails),
        publisher=site,
        ground=ground,
        domain=registrable_domain(f"https://{site}/") if site else None,
        url=url,
        is_marked=marked is not None,
    )


def _flowing(lines: Sequence[str]) -> str:
    """One line where a mailer broke it."""
    broken = all(45 <= len(line) <= 90 and not is_ended(line) for line in lines[:-1])
    return (" " if broken else "\n").join(lines)


def _origin(tails: Sequence[str]) -> tuple[str | None, str | None, str]:
    """The site, the page's address, and the ground; no address where it is a front page's."""
    for tail in tails:
        found = find_tail(tail)
        match = found or LINK.fullmatch(tail)
        if match is None:
            continue
        address = match["address"].rstrip(".,;")
        full = address if "//" in address else "https://" + address
        url = canonical(full)
        site = found["site"].lower() if found else registrable_domain(full) or _host(url)
        is_page = url is not None and url.partition("//")[2].partition("/")[2] != ""
        ground = "'read more' names it" if found else "registrable domain of the address under it"
        return site and site.removeprefix("www."), url if is_page else None, ground
    return None, None, "the snippet does not name it"


def _host(url: str | None) -> str | None:
    """Where the list of public suffixes does not know the domain."""
    return url.partition("//")[2].partition("/")[0] if url else None


Way = Callable[[Snippet], Snippet | None]


def _apply(way: Way, pieces: list[Snippet]) -> list[Snippet]:
    """Where most of the pieces are written so."""
    found = [way(piece) for piece in pieces]
    texts = [at for at, piece in enumerate(pieces) if len(piece.body) >= 25]
    hits = sum(found[at] is not None for at in texts)
    if hits < max(DEFAULTS.fewest, DEFAULTS.usual * len(texts)):
        return pieces
    return [new or piece for new, piece in zip(found, pieces, strict=True)]


def _by_line(piece: Snippet) -> Snippet | None:
    """A line of its own above the text, even one that ends in a stop."""
    if piece.headline:
        return piece
    line, _, rest = piece.body.partition("\n")
    if not rest or len(line) > DEFAULTS.headline or len(rest) < DEFAULTS.shortest:
        return None
    return replace(piece, headline=line, body=rest)


def _by_name(piece: Snippet) -> Snippet | None:
    """``Publisher: text``."""
    match = _NAMED.match(piece.body)
    if match is None or not _is_name(match["name"]) or piece.body[match.end()].islower():
        return None
    return replace(
        piece, body=piece.body[match.end() :], publisher=match["name"].strip(), ground=_BESIDE
    )


def _by_credit(piece: Snippet) -> Snippet | None:
    """``Text. (Publisher)``."""
    match = _CREDIT.search(piece.body)
    if match is None or not _is_name(match["name"]):
        return None
    tail = piece.body[match.start() :].strip()
    tails = "\n".join(part for part in (tail, piece.tail) if part)
    body = piece.body[: match.start()].rstrip()
    return replace(piece, body=body, tail=tails, publisher=match["name"].strip(), ground=_BESIDE)


def _by_capitals(piece: Snippet) -> Snippet | None:
    """``FERRIES RETURN: text``."""
    match = _CAPITALS.match(piece.body)
    if match is None or piece.headline or is_dense(match["lead"]):
        return None
    if sum(part.isupper() for part in match["lead"].split()) < DEFAULTS.capitals:
        return None
    return replace(piece, headline=match["lead"].strip(), body=piece.body[match.end() :])


def _is_name(text: str) -> bool:
    """Up to four words, the first with a capital where the script has them, no label."""
    parts = text.split()
    known = describe(text).label or bare(text) in get_cues().anaphora
    return 0 < len(parts) <= 4 and not parts[0][:1].islower() and not known
