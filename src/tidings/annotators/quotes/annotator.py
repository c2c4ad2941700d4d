"""Who said what: words in marks and words reported, with cue, speaker and occasion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tidings.annotators.quotes.direct import DirectFinder
from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.inserted import find_spoken_line
from tidings.annotators.quotes.occasions import OccasionFinder
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.reported import ReportFinder
from tidings.annotators.quotes.resolving import Names, Resolver
from tidings.annotators.quotes.running import run_on
from tidings.annotators.quotes.scenes import Scene, Span, Tongue, find_scenes
from tidings.annotators.quotes.speakers import SpeakerFinder
from tidings.annotators.quotes.words import find_small_words
from tidings.model import (
    Article,
    Evidence,
    Mention,
    MentionKind,
    Note,
    Quote,
    Role,
    Speaker,
)
from tidings.reading.cited import find_lexicon

QUOTED_IN = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
_NAMES = (
    MentionKind.NAME,
    MentionKind.PERSON,
    MentionKind.ORGANISATION,
    MentionKind.PLACE,
    MentionKind.HANDLE,
)
_PEOPLE = (MentionKind.NAME, MentionKind.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The share that was right, content and speaker, of those found by a pattern in the texts for
    tuning of six languages (bench/quotes.py --part tune --patterns; of the English ones 160).
    NAMED, ANNOUNCED, WITHIN and AFTER, with fewer than twenty cases each, are pooled (47 of 49
    were right) and set a little lower; BACK had none and goes with TAIL; OPEN had 5 of 14."""

    scores: tuple[tuple[Pattern, float], ...] = (
        (Pattern.COLON, 0.86),
        (Pattern.BEHIND, 0.97),
        (Pattern.SUBJECT, 0.94),
        (Pattern.AHEAD, 0.92),
        (Pattern.NAMED, 0.9),
        (Pattern.ANNOUNCED, 0.9),
        (Pattern.WITHIN, 0.9),
        (Pattern.RUNNING, 0.6),
        (Pattern.AFTER, 0.9),
        (Pattern.ALONE, 0.93),
        (Pattern.PART, 0.77),
        (Pattern.THAT, 0.84),
        (Pattern.SOURCE, 0.9),
        (Pattern.AS, 0.78),
        (Pattern.TAIL, 0.75),
        (Pattern.BARE, 0.83),
        (Pattern.BACK, 0.7),
        (Pattern.OPEN, 0.36),
    )


DEFAULTS = Options()
SCORES = dict(DEFAULTS.scores)


class QuotesAnnotator:
    """Quotes; a language without a list of cues has none."""

    rule = "quotes/1"

    def annotate(self, article: Article, notes: Sequence[Note]) -> Iterable[Quote]:
        lexicon = find_lexicon(article.language)
        if lexicon is None:
            return []
        code = article.language.partition("-")[0].lower()
        tongue = Tongue(code=code, lexicon=lexicon, small=find_small_words(code))
        names = _spans(notes, _NAMES)
        sure = _spans(notes, (MentionKind.PERSON,))
        phrases = Phrases(tongue, article.language, names, sure)
        drafts = run_on(article.text, _find_drafts(article, tongue, phrases))
        resolver = Resolver(
            article.text,
            code,
            Names(
                all=names,
                people=_spans(notes, _PEOPLE),
                sure=sure,
                places=_spans(notes, (MentionKind.PLACE,)),
                bodies=frozenset(_spans(notes, (MentionKind.ORGANISATION, MentionKind.PLACE))),
            ),
        )
        occasions = OccasionFinder(article.text, code, _links(article, notes))
        return [self._quote(article, draft, resolver, occasions) for draft in drafts]

    def _quote(
        self, article: Article, draft: Draft, resolver: Resolver, occasions: OccasionFinder
    ) -> Quote:
        name = resolver.resolve(draft)
        occasion = occasions.find(draft)
        addressee = occasions.find_addressee(draft)
        printed = draft.speaker.span if draft.speaker else name
        speaker = None
        if printed:
            speaker = Speaker(
                evidence=_evidence(article, printed),
                name=_evidence(article, name) if name else None,
            )
        return Quote(
            evidence=_evidence(article, draft.span),
            parts=tuple(_evidence(article, part) for part in draft.parts),
            kind=draft.kind,
            cue=_evidence(article, draft.cue) if draft.cue else None,
            speaker=speaker,
            addressee=_evidence(article, addressee) if addressee else None,
            medium=occasion.medium if occasion else None,
            occasion=_evidence(article, occasion.span) if occasion else None,
            link=occasions.find_link(occasion, name),
            score=SCORES[draft.pattern],
            rule=f"{self.rule} {draft.pattern}",
        )


def _evidence(article: Article, span: Span) -> Evidence:
    start, end = span
    return Evidence(article=article.id, start=start, end=end, text=article.text[start:end])


def _links(article: Article, notes: Sequence[Note]) -> list[str]:
    printed = (n.value for n in notes if isinstance(n, Mention) and n.kind is MentionKind.LINK)
    return list(dict.fromkeys((*article.links, *printed)))


def _spans(notes: Sequence[Note], kinds: Sequence[MentionKind]) -> list[Span]:
    """Longest first where two start together; what lies within another is left out."""
    found = sorted(
        {
            (note.evidence.start, -note.evidence.end)
            for note in notes
            if isinstance(note, Mention) and note.kind in kinds
        }
    )
    spans: list[Span] = []
    for start, end in found:
        if not spans or -end > spans[-1][1]:
            spans.append((start, -end))
    return spans


def _find_drafts(article: Article, tongue: Tongue, phrases: Phrases) -> Iterator[Draft]:
    finders = (DirectFinder(tongue, phrases), ReportFinder(tongue, phrases))
    last: Scene | None = None
    for block in article.blocks:
        if block.role not in QUOTED_IN:
            continue
        for span in _paragraphs(article.text, block.start, block.end):
            spoken = find_spoken_line(article.text, span, SpeakerFinder(phrases), tongue)
            if spoken:
                yield spoken
                continue
            for scene in find_scenes(article.text, span, tongue):
                yield from _find_in(scene, last, finders)
                last = scene


def _find_in(
    scene: Scene, last: Scene | None, finders: tuple[DirectFinder, ReportFinder]
) -> list[Draft]:
    marked, reports = finders
    direct = [marked.lean_back(one, last) for one in marked.find(scene)]
    whole = [one for one in direct if one.pattern is not Pattern.PART]
    used = frozenset(one.cue[0] for one in whole if one.cue)
    reported = [
        one for one in reports.find(scene, used) if not any(_overlap(one, two) for two in whole)
    ]
    direct = [_inherit(one, reported) for one in direct]
    back = None if whole or reported else reports.find_back(scene, last)
    found = [*direct, *reported, *([back] if back else [])]
    return sorted(found, key=lambda one: (one.span, one.kind))


def _inherit(draft: Draft, reported: Sequence[Draft]) -> Draft:
    """Words in marks within what somebody reports are his, unless another verb of telling stands
    between."""
    if draft.pattern is not Pattern.PART or draft.cue is None:
        return draft
    for one in reported:
        around = any(a <= draft.span[0] and draft.span[1] <= b for a, b in one.parts)
        is_own = draft.is_firm and any(a <= draft.cue[0] < b for a, b in one.parts)
        if around and one.speaker and not is_own:
            return replace(draft, speaker=one.speaker, cue=one.cue)
    return draft


def _overlap(one: Draft, two: Draft) -> bool:
    """Whether half of the shorter lies in the other."""
    shared = min(one.span[1], two.span[1]) - max(one.span[0], two.span[0])
    shorter = min(one.span[1] - one.span[0], two.span[1] - two.span[0])
    return shared * 2 > shorter


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1
