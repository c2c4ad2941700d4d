"""What a single line of a page is by itself: its size, its ending, the cues it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tidings.model import Role
from tidings.reading.cues import Cues, bare, find_label, get_cues, split_label
from tidings.reading.dates import is_dateline
from tidings.reading.furniture import is_break, is_furniture
from tidings.reading.people import parse_people
from tidings.text import CLOSERS, is_dense, is_ended, sentences, words

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]+", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@.])(?:[^\W_][\w-]*\.)+(?:[a-z]{2,10}|[A-Z]{2,10}|рф|укр)(?![\w])", re.ASCII
)
_NUMBER = re.compile(r"\d+")
_CRUMBS = re.compile(r"\s[>|›»•·/\\]\s|\s[–—]\s(?=\S+$)")
_MARKS = re.compile(r"^\s*(?:[-–—*•·▪►▶#>]+\s*)?(?:\d{1,2}:\d\d\s+[-–—|]?\s*)?")
_BESIDE = re.compile(r"\s*｜\s*|\s\|\s")  # who took the pictures, on the same line


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Sizes in code points, signs of scripts without spaces counting ``dense`` times. Chosen on
    a day of news in 40 languages, guarded by bench/plain."""

    prose: int = 80  # from here on a line that ends in a stop is a paragraph
    long: int = 200  # from here on any line is
    headline: tuple[int, int] = (14, 190)
    label_rest: int = 200  # what follows "Read also:" on its line
    byline: int = 200
    furniture: int = 90  # a line about the site is not longer
    dense: float = 2.5


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line without the space around it."""

    text: str
    size: int
    words: int
    is_ended: bool
    label: Role | None  # it is nothing but a label of such parts
    fixed: Role | None  # what it is wherever it stands
    is_prose: bool

    @property
    def is_listed(self) -> bool:
        """Whether it looks like the headline of another article."""
        low, high = DEFAULTS.headline
        stopped = self.is_ended and self.text.rstrip(CLOSERS)[-1:] in ".。"
        is_free = not stopped and not self.fixed and not unmarked(self.text)[:1].islower()
        return low <= self.size <= high and self.words >= 3 and is_free


@lru_cache(maxsize=4_096)
def describe(text: str) -> Line:
    """Kept for a moment: the same line is asked for as mark, as role and by who trims."""
    size = int(len(text) * (DEFAULTS.dense if is_dense(text) else 1))
    count = _count(text)
    label = find_label(text) or _counted_label(text)
    ended = is_ended(text)
    fixed = None if label else _fixed(text, size)
    prose = not label and not fixed and _is_prose(text, size, ended)
    return Line(
        text=text, size=size, words=count, is_ended=ended, label=label, fixed=fixed, is_prose=prose
    )


def describe_roughly(text: str) -> Line:
    """Without cues, a hundredth of the cost: no label, nothing fixed."""
    size = int(len(text) * (DEFAULTS.dense if is_dense(text[:100]) else 1))
    ended = is_ended(text)
    is_prose = size >= DEFAULTS.long or (size >= DEFAULTS.prose and ended)
    return Line(
        text=text,
        size=size,
        words=text.count(" ") + 1,
        is_ended=ended,
        label=None,
        fixed=None,
        is_prose=is_prose,
    )


def _count(text: str) -> int:
    """Words, guessed where no spaces part them."""
    return max(len(words(text)), int(len(text) * DEFAULTS.dense) // 6 if is_dense(text) else 0)


def has_domain(text: str) -> bool:
    """Whether a bare site name stands in a line short enough to be about that site."""
    return len(text) <= DEFAULTS.furniture and bool(_DOMAIN.search(text) or ADDRESS.search(text))


def is_byline(text: str) -> bool:
    """``By Jane Doe``, ``Автор: …``: a cue, then nothing but names."""
    if len(text) > DEFAULTS.byline:
        return False
    cues = get_cues()
    labelled = split_label(text)
    if labelled and labelled[0] in cues.byline:
        return len(labelled[1].split()) <= 8 and not is_ended(labelled[1])
    if len(text) > 3 and text[:1].isupper() and bare(text) in cues.byline:
        return True
    first, _, rest = text.partition(" ")
    if bare(first) not in cues.byline or len(text) > 80 or is_ended(text):
        return False
    names = [word.strip(",;|/") for word in rest.split()]
    capital = sum(word[:1].isupper() for word in names)
    return 0 < len(names) <= 8 and capital >= 2 and capital * 3 >= len(names) * 2


def bylines(text: str) -> tuple[str, ...]:
    """The names of a byline; desks and agencies left out."""
    labelled = split_label(text)
    rest = labelled[1] if labelled else text.partition(" ")[2]
    return tuple(parse_people(_BESIDE.split(rest, maxsplit=1)[0].rstrip(CLOSERS)))


def is_masthead(text: str) -> bool:
    """A path of sections: ``Home > World``."""
    pieces = _CRUMBS.split(text)
    signs = {sign.strip() for sign in _CRUMBS.findall(text)}
    return len(pieces) >= 3 and len(signs) == 1 and all(len(piece.split()) <= 3 for piece in pieces)


def unmarked(text: str) -> str:
    """Without the bullet or the time of day before it."""
    return _MARKS.sub("", text, count=1)


def _is_prose(text: str, size: int, ended: bool) -> bool:
    """A paragraph: long, or long enough and closed by a stop; a long question may be a headline."""
    if size >= DEFAULTS.long:
        return True
    if size < DEFAULTS.prose or not ended:
        return False
    stop = text.rstrip(CLOSERS)[-1:]
    return (stop not in "?!…" and not text.rstrip(CLOSERS).endswith("...")) or len(
        sentences(text)
    ) > 1


def _fixed(text: str, size: int) -> Role | None:
    cues = get_cues()
    if ADDRESS.fullmatch(text):
        return Role.SOURCE_LIST
    if is_dateline(text):
        return Role.DATELINE
    if size <= DEFAULTS.furniture and _is_reading_time(text, cues):
        return Role.READING_TIME
    if is_furniture(text):
        return Role.FOOTER
    if size <= DEFAULTS.furniture and is_masthead(text):
        return Role.FOOTER
    return Role.ADVERTISING if is_break(text) else _labelled(text, cues)


def _labelled(text: str, cues: Cues) -> Role | None:
    """``Read also: headline`` and the like, on one line."""
    labelled = split_label(text)
    if labelled is None or len(labelled[1]) > DEFAULTS.label_rest:
        return _opened(text, cues)
    label, rest = labelled
    role = find_label(label)
    if role in (Role.RELATED, Role.LATEST) and " " not in label and _count(rest) < 3:
        return None
    if role is Role.RELATED or (role is Role.SOURCE_LIST and _is_citation(rest)):
        return role
    if label in cues.publisher and len(rest) <= 60:
        return Role.FOOTER
    return Role.CAPTION if _is_credit(label, rest, cues) else _opened(text, cues)


def _is_credit(label: str, rest: str, cues: Cues) -> bool:
    """``Photo: agency``, ``File picture. Credit: name``."""
    if label in cues.caption:
        return len(rest) <= 160
    parts = [bare(part) for part in label.split()]
    known = not cues.caption.isdisjoint((*parts[:1], *parts[-1:]))
    return known and len(parts) <= 4 and len(rest) <= 80 and not is_ended(rest)


def _opened(text: str, cues: Cues) -> Role | None:
    """``Read also how …`` without a colon; a credit in brackets, with a slash or ©, or of two
    words."""
    phrase = bare(text)
    opener = cues.openers.match(phrase) if len(text) <= DEFAULTS.label_rest else None
    if opener and (not is_ended(text) or find_label(opener.group()) is None):
        return Role.RELATED
    first, _, rest = phrase.partition(" ")
    if first not in cues.caption or not rest or len(text) > 120 or is_ended(text[:-1]):
        return None
    marked = text[:1] in "([" or any(sign in text for sign in "/©|")
    return Role.CAPTION if marked or " " not in rest or rest in cues.caption else None


def _is_citation(rest: str) -> bool:
    """An address, or a name of a few words."""
    return bool(ADDRESS.search(rest)) or (len(words(rest)) <= 6 and not is_ended(rest))


def _is_reading_time(text: str, cues: Cues) -> bool:
    """A number, a word for minutes, words for reading, and at most one other beside two known."""
    found = [bare(text[a:b]) for a, b in words(text)]
    numbers = [word for word in found if word.isdigit()]
    rest = [word for word in found if not word.isdigit()]
    if re.search(r"\d+\s?分[钟鐘]", text) and len(text) <= 20:
        return True
    minutes = sum(word in cues.minutes for word in rest)
    reading = sum(word in cues.reading for word in rest)
    if len(numbers) != 1 or not minutes or not 1 <= len(rest) <= 6:
        return False
    return len(rest) - minutes - reading <= (reading > 0 and len(rest) > 2)


def _counted_label(text: str) -> Role | None:
    """``12 comments``, ``Share (25)``: furniture with a number."""
    if len(text) > 40 or not _NUMBER.search(text) or is_dateline(text):
        return None
    role = find_label(" ".join(_NUMBER.sub(" ", text).split()))
    return Role.FOOTER if role is Role.FOOTER else None
