"""Terms → the characters that they stand for: what a person can check."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tidings.model import Article, Evidence, Role
from tidings.story.lexemes import stem_words
from tidings.story.names import fold_name

READ = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)

_WORDS = re.compile(r"[^\W_]+(?:['’ʼ.,-][^\W_]+)*")
_DIGITS = re.compile(r"\D")


def find_printed(article: Article, terms: Collection[str]) -> dict[str, Evidence]:
    """The first place of each term in headline or body; terms that are not printed as one word
    (addresses) are absent."""
    found: dict[str, Evidence] = {}
    for block in article.blocks:
        if block.role not in READ:
            continue
        for match in _WORDS.finditer(article.text, block.start, block.end):
            for term in _keys(match.group(), article.language):
                if term in terms and term not in found:
                    found[term] = Evidence(
                        article=article.id, start=match.start(), end=match.end(), text=match.group()
                    )
    return found


def _keys(word: str, language: str) -> Iterator[str]:
    """The terms that this word may have given: see story/terms.py."""
    if word[0].isdigit():
        yield f"#:{_DIGITS.sub('', word)}"
        return
    primary = language.partition("-")[0].lower()
    yield from (f"w:{primary}:{stem}" for stem in stem_words(word, primary))
    if word[0].isupper():
        yield f"n:{fold_name(word)}"
        yield from (f"n:{fold_name(part)}" for part in re.split(r"['’ʼ-]", word))
