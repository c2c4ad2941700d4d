"""Which article stands for a story.

The headline whose words are most the story's own: what the other headlines and leads say often,
all of it, and little else, over an article in the middle of the story (after centroid summaries:
Radev, Jing, Styś, Tam 2004). What a desk
would not print as the story's head is set back: live tickers, opinions, videos, questions,
headlines that are cut off, shout, or tease.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tidings.model import ArticleId, Summary, Vector
from tidings.story.lexemes import split_words

Words = frozenset[str]

UNKNOWN: Mapping[ArticleId, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineOptions:
    """Chosen by eye on stories of one day in six languages (bench/headlines.py)."""

    sample: int = 30  # articles that say what the story's words are: keeps thousands quick
    stem: int = 5  # letters that two forms of one word have in common, in any language
    lead: float = 0.4  # weight of a word that another's lead has, beside 1 for its headline
    often: float = 0.3  # share of the articles from which a word is one that a headline should have
    recall: float = 0.7  # weight of saying all, beside saying little else
    same: float = 0.06  # for each further article with the very same headline, up to four
    near: float = 1.0  # per cosine between the article and the middle of its story
    early: float = 0.06  # for the first article, falling to none at the last
    kind: float = 0.3  # off for a ticker, an opinion, a video, a roundup; and for a bare name
    form: float = 0.12  # off for each: a question, a cut, capitals, a tease, a tail, a bad length
    short: int = 4  # words
    long: int = 18


DEFAULTS = HeadlineOptions()

# Said at the head or the end of a headline, or before its colon, bar or dash.
KINDS = (
    "live|liveblog|live updates?|live blog|as it happened|opinion|comment|analysis|editorial|"
    "column|explainer|watch|video|videos|photos?|pictures|gallery|podcast|quiz|roundup|review|recap|"
    "factbox|briefing|newsletter|letters?|update|correction|refile|"
    "wdh|aktualisiert|korrektur|actualización|обновлено|исправлено|корректировка|"
    "liveticker|ticker|kommentar|meinung|analyse|bilder|fotos?|newsblog|"
    "en direct|direct|vidéo|vidéos|tribune|édito|éditorial|chronique|"
    "en vivo|en directo|opinión|columna|editorial|fotogalería|"
    "ao vivo|opinião|vídeo|vídeos|diretta|in diretta|foto|opinione|commento|"
    "онлайн|прямая трансляция|трансляция|видео|фото|фоторепортаж|мнение|колонка|обзор|дайджест|"
    "итоги дня|главное за день|наживо|відео|думка|огляд|головне за день"
)
TEASES = (
    r"\byou\b|\byour\b|\bhere'?s\b|\bthis is\b|\bwhat we know\b|\bneed to know\b|\bthings\b|"
    r"\bwhy\b|\bhow\b|^\d+ |\bwarum\b|\bdas müssen\b|\bvoici\b|\bce qu'il faut\b|\besto es\b|"
    r"\blo que\b|\becco\b|\bвот\b|\bпочему\b|\bчто известно\b|\bось\b|\bчому\b"
)
_KIND = re.compile(
    rf"^\W*(?:{KINDS})\b\s*(?:[:|/\]\)–—.-]|$)|[\[\(|:–—-]\s*(?:{KINDS})\W*$|^\W*\w+\s(?:live)\b:",
    re.IGNORECASE,
)
_TEASE = re.compile(TEASES, re.IGNORECASE)
_TAIL = re.compile(r"\s[|»]\s|\s[-–—]\s[\w. ]{2,25}$")
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")


def choose_headline(
    articles: Sequence[Summary],
    language: str | None = None,
    nearness: Mapping[ArticleId, float] = UNKNOWN,
    options: HeadlineOptions = DEFAULTS,
) -> Summary:
    """The article that stands for the story: one with a headline, in ``language`` where there
    is one, else in the story's commonest; the earliest of equals. ``articles`` are earliest
    first and not empty; ``nearness`` is what measure_nearness says of them."""
    if len(articles) == 1:
        return articles[0]
    told = [one for one in articles if one.headline] or list(articles)
    wanted = primary(language) if language else _commonest(articles)
    pool = [one for one in told if primary(one.language) == wanted]
    pool = pool or [one for one in told if primary(one.language) == _commonest(told)]
    scores = score_headlines(pool, nearness, options) if len(pool) > 1 else [0.0]
    return pool[max(range(len(pool)), key=lambda at: scores[at])]


def measure_nearness(vectors: Mapping[ArticleId, Vector]) -> dict[ArticleId, float]:
    """By article, the cosine to the sum of all. Exact but for the last step."""
    rows = np.stack(list(vectors.values())).astype(np.int64)
    total = rows.sum(axis=0)
    lengths = np.sqrt((rows * rows).sum(axis=1) * float(total @ total))
    cosines = (rows @ total) / np.where(lengths > 0, lengths, 1.0)
    return dict(zip(vectors, cosines.tolist(), strict=True))


def score_headlines(
    pool: Sequence[Summary],
    nearness: Mapping[ArticleId, float] = UNKNOWN,
    options: HeadlineOptions = DEFAULTS,
) -> list[float]:
    """Of articles in one language, earliest first; higher is fitter."""
    heads = [_stem(one.headline, options) for one in pool]
    step = max(1, len(pool) // options.sample)
    weights = _weigh_words(pool[::step], heads[::step], options)
    same = Counter(one.headline.casefold() for one in pool)
    return [
        _match(words, weights, options)
        + options.same * min(4, same[one.headline.casefold()] - 1)
        + options.near * nearness.get(one.article, 0.0)
        + options.early * (1 - at / len(pool))
        - find_faults(one.headline, options)
        for at, (one, words) in enumerate(zip(pool, heads, strict=True))
    ]


def find_faults(headline: str, options: HeadlineOptions = DEFAULTS) -> float:
    """What is taken off for what a desk would not print."""
    words = headline.split()
    letters = [letter for letter in headline if letter.isalpha()]
    is_spaced = len(words) > 1 or len(headline) < 2 * options.long  # or of a script without spaces
    faults = (
        any(mark in headline for mark in "?？؟"),
        bool(_CUT.search(headline)),
        bool(letters) and sum(map(str.isupper, letters)) > 0.6 * len(letters),
        bool(_TEASE.search(headline)),
        bool(_TAIL.search(headline)),
        is_spaced and not options.short <= len(words) <= options.long,
    )
    is_bare = len(words) < 2 and headline.upper() != headline.lower()  # 'Iran' tells nothing
    return options.form * sum(faults) + options.kind * (is_bare or bool(_KIND.search(headline)))


def _weigh_words(
    articles: Sequence[Summary], heads: Sequence[Words], options: HeadlineOptions
) -> dict[str, float]:
    """By word, the share of the articles that have it in headline or, weighing less, in lead."""
    sums: defaultdict[str, float] = defaultdict(float)
    for one, head in zip(articles, heads, strict=True):
        for word in head:
            sums[word] += 1.0
        for word in _stem(one.lead, options) - head:
            sums[word] += options.lead
    return {word: total / len(articles) for word, total in sums.items()}


def _match(words: Words, weights: dict[str, float], options: HeadlineOptions) -> float:
    """How usual the headline's words are in the story, and how much of what is usual there it
    says: their harmonic mean, the second weighing less (F-beta)."""
    if not words:
        return 0.0
    own = sum(weights.get(word, 0.0) for word in sorted(words))
    usual = {word: weight for word, weight in weights.items() if weight >= options.often}
    said = sum(usual[word] for word in sorted(words & usual.keys()))
    precision, recall = own / len(words), said / (sum(sorted(usual.values())) or 1.0)
    squared = options.recall**2
    total = squared * precision + recall
    return (1 + squared) * precision * recall / total if total else 0.0


def _stem(text: str, options: HeadlineOptions) -> Words:
    """Words of three letters or more, or single ones of a script without spaces, cut short."""
    words = split_words(text)
    return frozenset(word[: options.stem] for word in words if len(word) > 2 or not word.isascii())


def primary(language: str) -> str:
    """The language without script and region."""
    return language.partition("-")[0].lower()


def _commonest(articles: Sequence[Summary]) -> str:
    counts = Counter(primary(one.language) for one in articles)
    return min(counts, key=lambda language: (-counts[language], language))
