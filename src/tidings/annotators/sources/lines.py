"""Sources that no sentence names: a labelled line, a bracket, the end of a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidings.annotators.sources.candidates import Candidate, Sentence
from tidings.annotators.sources.publishers import DEFAULTS, Cited
from tidings.reading.lines import ADDRESS
from tidings.reading.sourced import Lead

_LABEL = re.compile(
    r"\W{0,3}(?:sources?|quellen?|fuentes?|fontes?|fonti|bron(?:nen)?|źródł[oa]|zdroj|izvor|vir|sursa|"
    r"kaynak|vía|источники?|первоисточник|джерел[оа]|извор|източник|πηγή|via|h/t|по материалам|"
    r"за матеріалами|по информации|по данным|hat tip)(?:\s*[:：]\s*|\s+(?=[^\W\d_a-zа-яіїє]))",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?<=[.!?»\"”)])\s?(?:источник|джерело|source|quelle|fuente|fonte|via|vía)\s*[:：]\s*",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"(?:[^\W\d_a-zа-яіїє][\w.'’-]+ ){1,2}[^\W\d_a-zа-яіїє][\w.'’-]+,\s*[«\"“„]?")
_BRACKET = re.compile(
    r"[(\[]\s*(?:via|source|quelle|fonte|fuente|serwis|по данным|цит\. по|h/t)?[:\s]*$"
)
_DASH = re.compile(r"\s[–—-]\s*[«\"“„]?$")
_LONGEST = 80  # code points of a labelled line of unknown names
_LONG = 240  # of one with known ones
_SIGNED = 70  # of a line that is an author and an outlet
_PART = re.compile(r"\s*[,;/|•]\s*|\s(?:and|und|et|y|e|и|та|і)\s")


def find_labelled(sentence: Sentence) -> list[Cited]:
    """``Source: Reuters``: all that a labelled line names, or what ends a line."""
    text = sentence.text[sentence.start : sentence.end]
    label = _LABEL.match(text) or _INSIDE.search(text)
    if label is None or len(text) - label.end() > _LONG or ADDRESS.search(text):
        return []
    cue = (sentence.start + label.start(), sentence.start + label.end())
    known = [one for one in sentence.candidates if one.start >= cue[1] and one.is_known]
    found = [Cited(name=one, cue=cue, lead=Lead.CITING, score=DEFAULTS.known) for one in known]
    if found or len(text) - label.end() > _LONGEST:
        return found
    return [
        Cited(name=one, cue=cue, lead=Lead.CITING, score=DEFAULTS.marked)
        for one in _unknown(sentence, label.end())
    ]


def find_signed(sentence: Sentence) -> Iterator[Cited]:
    """``Anna Novak, Reuters`` on a line of its own."""
    text = sentence.text[sentence.start : sentence.end]
    match = _AUTHOR.match(text) if len(text) <= _SIGNED else None
    for one in sentence.candidates if match else ():
        rest = text[one.end - sentence.start :].strip(' .»"”)')
        if match and one.is_known and one.start == sentence.start + match.end() and not rest:
            cue = (sentence.start, one.end)
            yield Cited(name=one, cue=cue, lead=Lead.CITING, score=DEFAULTS.bracket)


def _unknown(sentence: Sentence, at: int) -> Iterator[Candidate]:
    """What the line is made of, where that looks like names."""
    start = sentence.start + at
    rest = sentence.text[start : sentence.end]
    for part in _PART.split(rest):
        name = part.strip(' .«»"“”„:–—-')
        if not (3 <= len(name) <= 40) or len(name.split()) > 4 or not name[0].isupper():
            return
        begin = sentence.text.index(name, start)
        yield Candidate(
            start=begin,
            end=begin + len(name),
            source=name,
            is_known=False,
            is_plain=False,
            has_noun=False,
            is_marked=False,
        )


def _is_abbreviation(name: str, before: str) -> bool:
    """``Société des réalisateurs de films (SRF)``: initials of the words right before."""
    words = re.findall(r"[^\W\d_]+", before)[-2 * len(name) :]
    initials = iter(word[0].upper() for word in words)
    return len(name) > 1 and name.isupper() and all(letter in initials for letter in name)


def find_bracketed(sentence: Sentence, *, is_headline: bool) -> Iterator[Cited]:
    """``(via Reuters)``, ``(Reuters)`` within a text; ``… – Reuters`` at a headline's end."""
    text = sentence.text
    for one in sentence.candidates:
        if not one.is_known:
            continue
        before, after = text[sentence.start : one.start], text[one.end : one.end + 2]
        bracket = _BRACKET.search(before)
        if bracket and _is_abbreviation(text[one.start : one.end], before[: bracket.start()]):
            continue
        is_said = bracket is not None and len(bracket.group().strip("([ ")) > 1
        if bracket and after[:1] in ")]" and (is_said or (one.is_listed and not one.is_plain)):
            cue = (sentence.start + bracket.start(), one.end + 1)
            yield Cited(name=one, cue=cue, lead=Lead.CITING, score=DEFAULTS.bracket)
        is_last = not text[one.end : sentence.end].strip(' »"”“.')
        dash = _DASH.search(before) if is_headline and is_last else None
        if dash and not one.is_plain:
            cue = (sentence.start + dash.start() + 1, one.end)
            yield Cited(name=one, cue=cue, lead=Lead.CITING, score=DEFAULTS.bracket)
