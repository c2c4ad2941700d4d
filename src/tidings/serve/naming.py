"""The commands about whom names mean: entity, entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from tidings.identities import EntityView
from tidings.model import MentionKind, StoryId
from tidings.reading.scripts import find_script
from tidings.serve.listing import Listing, print_listed
from tidings.serve.options import language_option, limit_option, open_engine, shared
from tidings.serve.relating import describe_place
from tidings.serve.show import count, label
from tidings.serve.terminal import line, notice, say, styled, visible
from tidings.story.entities import Alias, Entity

PLACES = 3  # shown of an alias
ALIASES = 6  # shown of an entity in a list


@click.command()
@click.argument("name")
@language_option
@limit_option
@shared
def entity(name: str, limit: int, as_json: bool, quiet: bool, **options: Any) -> int:
    """Whom or what NAME means.

    By its id or any of its names: all names by language and script, with their places, and the
    stories that it is in."""
    with open_engine(options["store"]) as engine:
        found = engine.identities.find(name)
        if as_json:
            for view in found[:limit]:
                line(describe_view(view))
        elif len(found) > 1:
            for view in found[:limit]:
                show_short(view.entity)
        else:
            show_view(found[0])
            for own, articles in found[0].stories[:limit]:
                story = engine.story(own, options["language"])
                say(label(story.headline), "bold")
                told = f": {count(articles, 'article')} of {len(story.articles):,}"
                styled(Text.assemble("  story ", (visible(story.id), "cyan"), told))
    if len(found) > 1 and not quiet:
        notice(f"{name!r} is the name of {len(found):,}; give the id of one")
    return 0


@click.command()
@click.argument("story")
@limit_option
@shared
def entities(story: str, limit: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Whom and what a STORY names, most often named first."""
    with open_engine(store) as engine:
        found = engine.identities.of_story(StoryId(story), limit + 1)
    print_listed(LISTING, iter(found[:limit]), limit, as_json=as_json, quiet=quiet)
    if len(found) > limit and not (quiet or as_json):
        notice(f"there are more: --limit {2 * limit}")
    return 0


def show_all(found: Iterable[Entity]) -> None:
    for one in found:
        show_short(one)


def show_short(one: Entity) -> None:
    say(one.name, "bold")
    texts = list(dict.fromkeys(alias.text for alias in one.aliases))
    more = " …" if len(texts) > ALIASES else ""
    places = count(sum(alias.count for alias in one.aliases), "place")
    told = f": {one.kind} · {places} · {', '.join(texts[:ALIASES])}{more}"
    styled(Text.assemble("  entity ", (visible(one.id), "cyan"), visible(told)))
    if one.descriptions:
        say(f"    described as {tell_descriptions(one)}", "dim")


def tell_descriptions(one: Entity) -> str:
    """The commonest of each language, with its places."""
    first: dict[str, Alias] = {}
    for alias in one.descriptions:
        first.setdefault(alias.language, alias)
    return ", ".join(f"{a.text} ({a.language}, {count(a.count, 'place')})" for a in first.values())


def show_view(view: EntityView) -> None:
    one = view.entity
    say(one.name, "bold")
    told = f"{one.kind} · {count(view.articles, 'article')} · {_count_stories(view)}"
    styled(Text.assemble("entity ", (visible(one.id), "cyan"), visible(f": {told}")))
    show_aliases(one.aliases)
    if one.descriptions:
        say()
        say("described as", "bold")
        show_aliases(one.descriptions)
    say()


def show_aliases(some: Sequence[Alias]) -> None:
    for (language, script), aliases in group_aliases(some).items():
        say()
        say(f"{language} · {script}", "bold cyan")
        for alias in aliases:
            what = " (handle)" if alias.kind is MentionKind.HANDLE else ""
            say(f"  {alias.text}{what}: {count(alias.count, 'place')}")
            places = [f"{p.article} [{p.start}:{p.end}]" for p in alias.places[:PLACES]]
            say(f"    {', '.join(places)}", "dim")


def _count_stories(view: EntityView) -> str:
    number = len(view.stories)
    return f"{number:,} {'story' if number == 1 else 'stories'}"


def group_aliases(aliases: Sequence[Alias]) -> dict[tuple[str, str], list[Alias]]:
    """By language and script, those with most places first."""
    groups: defaultdict[tuple[str, str], list[Alias]] = defaultdict(list)
    for alias in aliases:
        groups[alias.language, tell_script(alias.text)].append(alias)
    return dict(sorted(groups.items(), key=lambda one: (-sum(a.count for a in one[1]), one[0])))


def tell_script(text: str) -> str:
    """ISO 15924, or ``Zyyy`` where it has letters of none."""
    return find_script(Counter(text))[0] or "Zyyy"


def describe_entity(one: Entity) -> dict[str, Any]:
    return {
        "entity": one.id,
        "kind": one.kind,
        "name": one.name,
        "aliases": [describe_alias(alias) for alias in one.aliases],
        "descriptions": [describe_alias(alias) for alias in one.descriptions],
    }


def describe_alias(alias: Alias) -> dict[str, Any]:
    return {
        "text": alias.text,
        "language": alias.language,
        "script": tell_script(alias.text),
        "kind": alias.kind,
        "count": alias.count,
        "places": [describe_place(place) for place in alias.places[:PLACES]],
    }


def describe_view(view: EntityView) -> dict[str, Any]:
    stories = [{"story": story, "articles": articles} for story, articles in view.stories]
    return describe_entity(view.entity) | {"articles": view.articles, "stories": stories}


LISTING = Listing(
    describe=describe_entity,
    show=show_all,
    nothing="the story names nobody and nothing",
)
