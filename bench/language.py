"""Accuracy of our language identifier, by language, on a day's headlines and articles and on the
messages of translated programmes.

    python bench/language.py [--most N] [--only PART ...]

The truth of an article is the majority of three identifiers other than those that ours rests on
(see judges.py), asked of headline and body; without them, the day's own label. It errs on dialects
and near twins. ``of_headlines`` asks the three of the headline alone. The truth of a message is the
folder in which its translators put it; py3langid, half of ours, may have been trained on some of
them.
"""

from __future__ import annotations

import argparse
import gettext
import json
import lzma
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from judges import find_judges, find_majority, normal
from news import find_data
from tidings.reading.language import ANSWERS, UNDETERMINED, identify

LEAST = 15  # texts: languages with fewer are summed up as 'rest'
SYSTEM = Path("/usr/share/locale")  # where programmes keep their translations
DOMAINS = ("glib20", "gtk30", "apt", "coreutils", "bash", "iso_3166")
PARTS = ("headlines", "articles", "outlets", "messages")
BOTH = ("ru", "uk")  # languages that the same outlets publish in
OF_EACH = 5  # articles in each of the two that make an outlet one of both

TWINS = {"hr", "bs", "sr"}  # one language to the judges, written by several norms

Row = tuple[str, str, str]
"""Truth, headline, body."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=200, help="articles or messages a language")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    path = find_data("day-2019-11-18/articles.jsonl.xz")
    if path is None:
        print(json.dumps({"skipped": "no day-2019-11-18; set TIDINGS_DATA"}))
        return
    report: dict[str, object] = {"bench": "language", "loading_seconds": _load()}
    if set(options.only) & {"headlines", "articles"}:
        rows = list(articles(path, options.most))
        report |= _day(rows, options.only, options.wrong)
    if "outlets" in options.only:
        report["outlets"] = _outlets(path)
    if "messages" in options.only:
        report["messages"] = _measure(list(_messages(options.most)), identify, options.wrong)
    print(json.dumps(report, ensure_ascii=False))


def _load() -> float:
    start = time.perf_counter()
    identify("The first call loads the models", "Menteri mengatakan kepada wartawan")
    return round(time.perf_counter() - start, 2)


def _day(rows: list[Row], parts: Iterable[str], has_wrong: bool) -> dict[str, object]:
    judges = find_judges()
    report: dict[str, object] = {"judges": list(judges) or "none installed: the day's own labels"}
    truths = []
    for label, headline, body in rows:
        text = f"{headline}\n{body[:1_000]}"
        truths.append(find_majority([j(text) for j in judges.values()]) if judges else label)
    held = [(truth, h, b) for truth, (_, h, b) in zip(truths, rows, strict=True) if truth != "und"]
    report["no_majority"] = len(rows) - len(held)
    headlines = [(truth, headline, "") for truth, headline, _ in held]
    if "headlines" in parts:
        report["headlines"] = _measure(headlines, identify, has_wrong)
        for name, judge in judges.items():
            report[f"headlines by {name}"] = _brief(headlines, judge)
        alone = [(find_majority([j(h) for j in judges.values()]), h, "") for _, h, _ in headlines]
        report["of_headlines"] = _brief([row for row in alone if row[0] != "und"], None)
    if "articles" in parts:
        report["articles"] = _measure(held, identify, has_wrong)
    return report


def _brief(rows: list[Row], judge: Callable[[str], str] | None) -> dict[str, object]:
    def run(headline: str, body: str) -> tuple[str, str]:
        return (judge(headline), "") if judge else identify(headline, body)

    found = _measure(rows, run, False)
    return {
        key: found[key]
        for key in ("texts", "accuracy", "accuracy_twins_as_one", "abstained", "right_of_answered")
    }


def articles(path: Path, most: int) -> Iterator[Row]:
    """The first ``most`` articles of each language, by the day's own, automatic labels."""
    seen: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            label = normal(record["lang"])
            seen[label] += 1
            if seen[label] <= most and record["title"]:
                yield label, record["title"], record["text"] or ""


def _outlets(path: Path) -> dict[str, object]:
    """Headlines alone, of outlets that publish in Russian and Ukrainian; the truth is what the
    three say of the headline."""
    held: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["lang"] in BOTH and record["title"]:
                held[record["site"]][record["lang"]].append(record["title"])
    outlets = [o for o in held.values() if all(len(o[tag]) >= OF_EACH for tag in BOTH)]
    titles = [title for outlet in outlets for tag in BOTH for title in outlet[tag]]
    judges = find_judges().values()
    truths = [find_majority([j(title) for j in judges]) if judges else "und" for title in titles]
    rows = [(truth, title, "") for truth, title in zip(truths, titles, strict=True)]
    return {"outlets": len(outlets), **_brief([row for row in rows if row[0] in BOTH], None)}


def _messages(most: int) -> Iterator[Row]:
    """Messages of forty letters and more, without places to be filled."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for tag, path in _catalogues():
        texts = _read(path).items()
        for source, text in sorted((str(s), t) for s, t in texts if isinstance(t, str)):
            letters = sum(map(str.isalpha, text))
            is_clean = not re.search(r"[%{}<>_@/\\]|--|[A-Z]{3}", text)
            if letters >= 40 and is_clean and text != source and len(seen[tag]) < most:
                seen[tag].add(" ".join(text.split()))
    for tag, kept in sorted(seen.items()):
        if len(kept) >= LEAST and tag in ANSWERS:
            yield from ((tag, text, "") for text in sorted(kept))


def _read(path: Path) -> dict[object, object]:
    """The messages of a catalogue by their source; none of a broken one."""
    with path.open("rb") as file:
        try:
            catalogue = gettext.GNUTranslations(file)
        except (ValueError, LookupError, OSError):
            return {}
    found: dict[object, object] = vars(catalogue).get("_catalog", {})
    return found


def _catalogues() -> Iterator[tuple[str, Path]]:
    found = find_spec("django")
    django = Path((found and found.origin) or "none").parent / "conf" / "locale"
    for root, names in ((django, ("django",)), (SYSTEM, DOMAINS)):
        for folder in sorted(root.glob("*/LC_MESSAGES")):
            place = folder.parent.name
            tag = normal(re.split("[_@-]", place)[0])
            for path in (folder / f"{name}.mo" for name in names):
                if path.exists() and not place.endswith("@latin"):
                    yield tag, path


def _measure(
    rows: list[Row], run: Callable[[str, str], tuple[str, str]], has_wrong: bool
) -> dict[str, object]:
    answers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    start = time.perf_counter()
    for truth, headline, body in rows:
        answer = run(headline, body)[0]
        answers[truth][answer] += 1
        if answer != truth:
            wrong.append((truth, answer, headline))
    seconds = time.perf_counter() - start
    right = sum(found[truth] for truth, found in answers.items())
    right_or_twin = right + sum({truth, answer} <= TWINS for truth, answer, _ in wrong)
    abstained = sum(found[UNDETERMINED] for found in answers.values())
    rest = [(truth, found) for truth, found in answers.items() if found.total() < LEAST]
    return {
        "texts": len(rows),
        "accuracy": round(right / max(len(rows), 1), 4),
        "accuracy_twins_as_one": round(right_or_twin / max(len(rows), 1), 4),
        "abstained": round(abstained / max(len(rows), 1), 4),
        "right_of_answered": round(right / max(len(rows) - abstained, 1), 4),
        "texts_per_second": round(len(rows) / max(seconds, 1e-9)),
        "by_language": {
            truth: _row(truth, found)
            for truth, found in sorted(answers.items())
            if found.total() >= LEAST
        },
        "rest": {
            "texts": sum(found.total() for _, found in rest),
            "right": sum(found[truth] for truth, found in rest),
        },
        **({"wrong": wrong} if has_wrong else {}),
    }


def _row(truth: str, found: Counter[str]) -> dict[str, object]:
    others = {language: count for language, count in found.most_common(4) if language != truth}
    share = round(found[truth] / found.total(), 3)
    return {"texts": found.total(), "accuracy": share, "others": others}


if __name__ == "__main__":
    main()
