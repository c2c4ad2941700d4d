"""The headline as printed: the h1 that the title echoes, else the title without its publisher."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from lxml import html

LONGEST = 400  # code points; a longer h1 wraps more than a headline
LONGEST_TITLE = 2_000  # code points; a longer title is a body in the wrong place
ECHO = 0.8  # share of an h1's words that the title must have; our own, the readability pages
MOST_TAIL = 4  # words of a name of a site
LEAST_TITLE = 8  # code points; a shorter title names the site or the section

_GAP = re.compile(r"\s+[|–—•·»«:/\\-]+\s+|\s*[|»•]\s*")
# Between parts of a title in a script without spaces no space stands, either.
_DENSE_GAP = re.compile(
    r"(?<=[\u3040-\u9fff\uff00-\uffef！？」』）])\s*[-_|–—－｜]+\s*(?=[\u3040-\u9fff])"
)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{2,10}", re.IGNORECASE)
_KICKER = re.compile(
    r"kicker|overline|topline|roofline|dachzeile|spitzmarke|eyebrow|pre-?title|supertitle|surtitle|"
    r"antetit|volanta|surtitre|occhiello|supra|category|rubri[ck]|topic|label|badge|prefix",
    re.IGNORECASE,
)
# What a part of a title may have beside its publisher's name; alone, it names a section.
_GENERIC_WORDS = (
    "news nachrichten noticias notícias notizie nieuws nyheter nyheder actualités actualité "
    "actu aktuelles aktuell aktualności wiadomości haberler haber berita tin tức uutiset "
    "zprávy správy novinky știri vijesti vesti hírek новости новини вести навіны жаңалықтар "
    "أخبار اخبار ειδήσεις חדשות समाचार 新闻 新聞 ニュース 뉴스 home startseite start главная "
    "головна inicio accueil blog weblog forum magazin magazine online video videos archiv "
    "archive wiki the der die das"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
_OPENING = tuple("([«„“\"'’‘-–—/#@$")
_WORD = re.compile(r"\w+")


def choose_headline(
    tree: html.HtmlElement, titles: Sequence[tuple[str, str]], own_names: Sequence[str]
) -> tuple[str, str]:
    """Where it stands, and the headline, ``""`` where there is none. ``titles``: what JSON-LD and
    meta tags say, best first. ``own_names``: what the publisher and the section are called."""
    title = _spaced(next((e.text_content() for e in tree.iter("title")), ""))
    title = title if len(title) <= LONGEST_TITLE else ""
    titles = [pair for pair in titles if len(pair[1]) <= LONGEST_TITLE]
    echoes = [text for _, text in titles] + [title]
    printed = list(_printed(tree, echoes, own_names))
    sites = [text for text in printed if any(_is_suffix(text, echo) for echo in echoes)]
    for text in printed:
        if text not in sites and any(_is_echoed(text, echo) for echo in echoes):
            return "h1 that the title echoes", text
    return _unprinted(titles, title, printed, [*own_names, *sites])


def _printed(
    tree: html.HtmlElement, echoes: Sequence[str], own_names: Sequence[str]
) -> Iterator[str]:
    """The h1s that may be headlines, without a kicker within."""
    for element in tree.iter("h1"):
        text = _text(element)
        if 0 < len(text) <= LONGEST and not _is_own(text, own_names):
            yield _without_kicker(element, text, echoes)


def _without_kicker(element: html.HtmlElement, text: str, echoes: Sequence[str]) -> str:
    """``text`` without its first part, where that is marked as a kicker or the titles lack it."""
    first = next((one for one in element.iterdescendants() if isinstance(one.tag, str)), None)
    lead = "" if first is None else _text(first)
    rest = text[len(lead) :].strip(" :|–—-•/")
    if first is None or not lead or not text.startswith(lead) or len(rest) < LEAST_TITLE:
        return text
    if _KICKER.search(first.get("class") or ""):
        return rest
    said = {_plain(part) for echo in echoes for part in (echo, *_GAP.split(echo))}
    return rest if _plain(rest) in said and _plain(text) not in said else text


def _unprinted(
    titles: Sequence[tuple[str, str]], title: str, printed: Sequence[str], names: Sequence[str]
) -> tuple[str, str]:
    """What JSON-LD, meta tags or the title say, where no h1 echoes them."""
    for ground, text in sorted(titles, key=lambda pair: pair[0].startswith("JSON-LD")):
        bare = strip_publisher(_spaced(text), names)
        if bare and not _is_own(bare, names):
            return ground, _before_pipe(bare)
    bare = _before_pipe(strip_publisher(title, names))
    if len(bare) >= LEAST_TITLE and not _is_own(bare, names):
        return "title", bare
    if printed:
        return "the first h1", printed[0]
    return ("title", bare) if bare and not _is_own(bare, names) else ("no headline", "")


def strip_publisher(title: str, own_names: Sequence[str]) -> str:
    """``title`` without the parts at its ends that name the publisher."""
    while True:
        gaps = sorted([*_GAP.finditer(title), *_DENSE_GAP.finditer(title)], key=re.Match.start)
        if not gaps:
            return title
        first, last = gaps[0], gaps[-1]
        if _is_own(title[last.end() :], own_names):
            title = title[: last.start()].strip()
        elif _is_own(title[: first.start()], own_names):
            title = title[first.end() :].strip()
        else:
            return title


def _before_pipe(title: str) -> str:
    """Without short ends after a pipe: that sign parts headlines from names of sites."""
    head, found, tail = title.rpartition(" | ")
    while found and len(tail.split()) <= MOST_TAIL and len(tail) < len(head):
        title = head.strip()
        head, found, tail = title.rpartition(" | ")
    return title


def _is_own(text: str, own_names: Sequence[str]) -> bool:
    """Whether it is one of the names, an address, or a name with words like 'news'."""
    if not text or _ADDRESS.fullmatch(text):
        return bool(text)
    plain = _plain(text)
    if plain and any(plain == _plain(name) for name in own_names):
        return True
    words, known = _words(text), {word for name in own_names for word in _words(name)}
    if not words or len(words) > MOST_TAIL:
        return False
    return all(word in known or word in _GENERIC for word in words)


def _plain(text: str) -> str:
    return "".join(_words(text))


def _is_suffix(text: str, title: str) -> bool:
    """Whether ``text`` is a later part of the title and not its longest: a site's or section's
    name."""
    parts = [part for part in _GAP.split(title) if part]
    longest = max(map(len, parts), default=0)
    plain = _plain(text)
    return any(_plain(part) == plain and len(part) < longest for part in parts[1:])


def _is_echoed(text: str, echo: str) -> bool:
    """By words, or to the letter where words are not parted by spaces."""
    words, held = _words(text), _words(echo)
    if not words:
        return False
    by_words = sum(word in held for word in words) >= ECHO * len(words)
    return by_words or (len(text) >= LEAST_TITLE and "".join(words) in "".join(held))


def _text(element: html.HtmlElement) -> str:
    """A word begins a new piece of markup, except after an opening mark; a stop or ending never."""
    text = ""
    for piece in element.itertext():
        is_word = piece[:1].isalnum() and text[-1:] not in _OPENING
        text += f" {piece}" if is_word else piece
    return _spaced(text)


def _spaced(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
