"""How an article, its copies and what its versions differ in look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from tidings.model import Article, ArticleId, Copy, CopyKind, Mention, MentionKind, Note
from tidings.serve import when
from tidings.serve.show import publisher_of
from tidings.serve.terminal import say, styled, visible
from tidings.story.difference import Change, Difference, Edit, Words

LEAD = 200  # code points that stand for a headline
SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~", Change.MOVED: ">"}
STYLES = {Change.ADDED: "green", Change.REMOVED: "red", Change.CHANGED: "", Change.MOVED: "cyan"}
KINDS = {
    CopyKind.EXACT: "the same words",
    CopyKind.NEAR: "nearly the same",
    CopyKind.WITHIN: "a shorter form",
    CopyKind.AROUND: "a longer form",
}
_PARTS = (CopyKind.WITHIN, CopyKind.AROUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article with what is held about it."""

    article: Article
    page_name: str | None
    notes: tuple[Note, ...]
    versions: tuple[ArticleId, ...]  # oldest first, itself too
    copies: tuple[Copy, ...]  # where it is either side


def article(view: ArticleView) -> None:
    shown = view.article
    say(shown.headline or "(no headline)", "bold")
    for name, value in _facts(view):
        styled(Text.assemble((f"  {name:10} ", "cyan"), visible(value)))
    for block in shown.blocks:
        say()
        tongue = f" {block.language}" if block.language else ""
        say(f"[{block.role}{tongue} {block.start}:{block.end}]", "dim")
        for text in shown.text[block.start : block.end].split("\n"):
            say(text)


def _facts(view: ArticleView) -> Iterator[tuple[str, str]]:
    """What is known, line by line; what is not is left out."""
    shown = view.article
    yield "article", shown.id
    yield "language", shown.language
    yield "publisher", shown.publisher or "unknown"
    yield from ((name, value) for name, value in _optional(view) if value)
    yield "published", f"{when.say(shown.published).words} ({shown.published.reason})"
    if shown.modified:
        yield "modified", f"{when.say(shown.modified).words} ({shown.modified.reason})"
    for stamp in shown.timestamps:
        told = when.say(stamp.interval).words
        yield "says", f"{stamp.timing} {stamp.printed!r} in {stamp.ground}: {told}"
    for note in view.notes:
        if isinstance(note, Mention) and note.kind is MentionKind.CREDIT:
            place = f"{note.evidence.start}:{note.evidence.end}"
            yield "credit", f"{note.value} (“{note.evidence.text}” at {place})"
    for copy in view.copies:
        is_other = copy.article == shown.id
        other = f"of {copy.of}" if is_other else f"is {copy.article}"
        yield "copy", f"{other}: {describe_kind(copy)}"
    for name, ground in shown.grounds:
        yield "ground", f"{name}: {ground}"


def _optional(view: ArticleView) -> tuple[tuple[str, str | None], ...]:
    shown = view.article
    paid = {True: "free to read", False: "not free to read", None: None}
    versions = [f"{one} (this)" if one == shown.id else one for one in view.versions]
    return (
        ("address", shown.url),
        ("page", view.page_name),
        ("section", shown.section),
        ("access", paid[shown.is_free]),
        ("byline", ", ".join(shown.byline)),
        ("versions", ", ".join(versions) if len(versions) > 1 else None),
    )


def describe_kind(copy: Copy) -> str:
    shared = "of the shorter's word runs" if copy.kind in _PARTS else "of all word runs"
    share = "all" if copy.share == 1 else f"{copy.share:.0%}"
    return f"{KINDS[copy.kind]}, {share} {shared} in common"


def copies(title: str, listed: Sequence[tuple[Copy, Article]]) -> None:
    """Each with the article on its other side."""
    if listed:
        say(title, "bold")
    for copy, other in listed:
        told = (other.id, describe_kind(copy), publisher_of(other))
        say(f"  {_label(other)}")
        say("    " + " · ".join((*told, when.say(other.published).words)), "dim")


def _label(article: Article) -> str:
    return article.headline or f"“{article.body[:LEAD]}”"


def difference(told: Difference) -> None:
    """Words that went in ``[-…-]``, words that came in ``{+…+}``, coloured where there is
    colour."""
    say(f"{told.earlier.id} → {told.later.id}: {told.summary}", "bold")
    if told.headline:
        line = _mark(told.earlier.headline, told.later.headline, told.headline, (0, 0))
        styled(Text.assemble("~ ", line))
    for edit in told.edits:
        styled(_render(edit))
    if not told.is_empty:
        say(f"{told.share:.0%} of the words of both bodies stand in one of them alone", "dim")


def _render(edit: Edit) -> Text:
    sign = f"{SIGNS[edit.change]} "
    if edit.change is Change.CHANGED and edit.earlier and edit.later:
        starts = (edit.earlier.start, edit.later.start)
        return Text.assemble(sign, _mark(edit.earlier.text, edit.later.text, edit.words, starts))
    side = edit.later or edit.earlier
    return Text(sign + visible(side.text if side else ""), style=STYLES[edit.change])


def _mark(earlier: str, later: str, words: Sequence[Words], starts: tuple[int, int]) -> Text:
    """The later wording, with what went before what came."""
    line, at = Text(), 0
    for one in words:
        begin, end = (place - starts[1] for place in one.later)
        gone = earlier[one.earlier[0] - starts[0] : one.earlier[1] - starts[0]]
        line.append(visible(later[at:begin]))
        if gone:
            line.append(visible(f"[-{gone}-]"), style="red")
        if end > begin:
            line.append(visible(f"{{+{later[begin:end]}+}}"), style="green")
        at = end
    line.append(visible(later[at:]))
    return line
