"""Fits the weights of reading/bodies by logistic regression and prints the module.

    python bench/fit_bodies.py [--half A|B] [--strength 0.5] > WEIGHTS.py

Pieces with a must-have segment of trafilatura's 990 pages are body, those with a must-not segment
are not; so are the pieces in and out of readability's expected texts. ``--half`` fits on one half,
for measuring on the other. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bodies import Labelled, find_half, normal, read_segments, read_whole
from tidings.extractors.html.libraries import LIBRARIES, Source
from tidings.reading.bodies.marks import Marker, Page
from tidings.reading.bodies.pieces import pieces
from tidings.reading.bodies.said import SAID, find_said
from tidings.reading.bodies.votes import count_votes
from tidings.reading.charset import decode
from tidings.reading.markup import parse_key, parse_tree
from tidings.reading.metadata import parse_metadata
from tidings.reading.places import parse_places

COUNCILS = (
    ("resiliparse",),
    ("fast", "resiliparse"),
    ("fast", "justext", "resiliparse", "standard"),
)
WHOLE = 6.0  # weight of a page with an expected text: as many as the others have segments
LONGEST = 60  # words of a piece that count in it
LEAST = 5  # words of a piece that can be told from others by runs of three
SHORTEST = 12  # letters of a shorter piece that is looked for at all
DIGITS = 2
Row = tuple[dict[str, float], bool, float]

_WORD = re.compile(r"\w+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["A", "B"], default=None)
    parser.add_argument("--strength", type=float, default=0.5, help="sklearn's C")
    told = parser.parse_args()
    pages = [*read_segments(), *read_whole()]
    if told.half:
        pages = [page for page in pages if find_half(page.name) == told.half]
    rows: dict[tuple[str, ...], list[Row]] = {council: [] for council in COUNCILS}
    for labelled in pages:
        read = read_page(labelled)
        for council in COUNCILS if read else ():
            rows[council] += label(labelled, elect(read, council))
    print_module({council: fit(found, told.strength) for council, found in rows.items()})


def read_page(labelled: Labelled) -> Page | None:
    """With the votes of all; None where it can't be decoded."""
    text = decode(labelled.data)
    if not isinstance(text, str):
        print(f"left out: {labelled.name}", file=sys.stderr)
        return None
    tree, _ = parse_tree(text)
    source, places = Source(text=text, tree=tree), parse_places(tree)
    metadata = parse_metadata(places)
    outputs = {name: run(source) for name, run in LIBRARIES.items()}
    outputs |= {SAID: lines} if (lines := find_said(places.node)) else {}
    found = tuple(pieces(tree))
    votes = count_votes(found, outputs)
    return Page(pieces=found, votes=votes, headline=metadata.headline, summary=metadata.standfirst)


def elect(page: Page, council: tuple[str, ...]) -> Page:
    votes = {name: page.votes[name] for name in (*council, SAID) if name in page.votes}
    return Page(pieces=page.pieces, votes=votes, headline=page.headline, summary=page.summary)


def label(labelled: Labelled, page: Page) -> Iterator[Row]:
    marker = Marker(page)
    judge = judge_whole if labelled.expected else judge_segments
    judged = list(judge(labelled, page))
    total = sum(weight for _, _, weight in judged) if labelled.expected else WHOLE
    for at, is_body, weight in judged:
        if marker.is_open(at):
            yield dict([*marker.marks(at), *marker.word_marks(at)]), is_body, weight * WHOLE / total


def judge_segments(labelled: Labelled, page: Page) -> Iterator[tuple[int, bool, float]]:
    for at, piece in enumerate(page.pieces):
        text = normal(piece.text)
        wanted = any(segment in text for segment in labelled.wanted)
        if wanted != any(segment in text for segment in labelled.unwanted):
            yield at, wanted, 1.0


def judge_whole(labelled: Labelled, page: Page) -> Iterator[tuple[int, bool, float]]:
    held = _WORD.findall(labelled.expected.casefold())
    grams, key = set(zip(held, held[1:], held[2:], strict=False)), parse_key(labelled.expected)
    for at, piece in enumerate(page.pieces):
        found = _WORD.findall(piece.text.casefold())
        if len(found) >= LEAST:
            own = list(zip(found, found[1:], found[2:], strict=False))
            is_body = sum(gram in grams for gram in own) * 2 > len(own)
        elif len(parse_key(piece.text)) >= SHORTEST:
            is_body = parse_key(piece.text) in key
        else:
            continue
        yield at, is_body, float(min(len(found), LONGEST))


def fit(rows: list[Row], strength: float) -> dict[str, float]:
    vectorizer = DictVectorizer()
    marks = vectorizer.fit_transform([marks for marks, _, _ in rows])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=5_000)
    model.fit(marks, [is_body for _, is_body, _ in rows], [weight for _, _, weight in rows])
    found = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {name: round(float(weight), DIGITS) for name, weight in found}


def print_module(weights: dict[tuple[str, ...], dict[str, float]]) -> None:
    print('"""Log-odds by mark, one table a council of voters. Made by bench/fit_bodies.py."""\n')
    print("from __future__ import annotations\n\nfrom collections.abc import Mapping\n")
    print("WEIGHTS: Mapping[tuple[str, ...], Mapping[str, float]] = {")
    for council, table in weights.items():
        print("    (" + "".join(f'"{name}", ' for name in council).rstrip() + "): {")
        for name, weight in sorted(table.items()):
            print(f'        "{name}": {weight},')
        print("    },")
    print("}")


if __name__ == "__main__":
    main()
