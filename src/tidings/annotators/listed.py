"""Headlines of other articles that a page lists: undated mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tidings.model import Article, Evidence, Mention, MentionKind, Note, Role
from tidings.reading.cues import find_label, split_label
from tidings.reading.dates import is_dateline
from tidings.reading.lines import unmarked
from tidings.text import words

LISTS = (Role.RELATED, Role.LATEST)


class ListedAnnotator:
    """A mention for each line of a related or latest list; surer where the list is labelled."""

    rule = "listed/1"

    def annotate(self, article: Article, notes: Sequence[Note]) -> Iterable[Mention]:
        del notes
        labelled: set[Role] = set()
        for block in article.blocks:
            if block.role not in LISTS:
                continue
            for start, end in _lines(article.text, block.start, block.end):
                line = article.text[start:end]
                if find_label(line):
                    labelled.add(block.role)
                elif len(words(line)) >= 3 and not is_dateline(line):
                    yield self._mention(article, (start, end), block.role in labelled)

    def _mention(self, article: Article, span: tuple[int, int], is_labelled: bool) -> Mention:
        text = article.text[span[0] : span[1]]
        evidence = Evidence(article=article.id, start=span[0], end=span[1], text=text)
        score = 0.9 if is_labelled else 0.7
        return Mention(
            evidence=evidence, kind=MentionKind.HEADLINE, value=text, score=score, rule=self.rule
        )


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines, without bullet, time of day or a label before the headline."""
    for line in text[start:end].split("\n"):
        stop = start + len(line.rstrip())
        rest = unmarked(line.rstrip())
        labelled = split_label(rest)
        if labelled and find_label(labelled[0]):
            rest = labelled[1]
        if rest:
            yield stop - len(rest), stop
        start += len(line) + 1
