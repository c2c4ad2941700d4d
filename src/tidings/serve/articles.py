"""The commands about articles: list, show, diff, copies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tidings.engine import Engine
from tidings.errors import NotFound, WrongUse
from tidings.model import Article, ArticleId, Copy
from tidings.serve import describe, describe_articles, show, show_articles
from tidings.serve.exports.articles import describe_copy
from tidings.serve.listing import Listing, print_listed
from tidings.serve.options import limit_option, open_engine, shared
from tidings.serve.terminal import line, notice
from tidings.story.difference import difference


@click.group(invoke_without_command=True)
@limit_option
@shared
@click.pass_context
def articles(context: click.Context, /, **options: Any) -> int | None:
    """The articles in order of arrival."""
    return print_articles(**options) if context.invoked_subcommand is None else None


@articles.command("list")
@limit_option
@shared
def list_articles(**options: Any) -> int:
    """The articles in order of arrival."""
    return print_articles(**options)


ARTICLES = Listing(
    describe=describe.summary,
    show=show.summaries,
    nothing="no article yet; add pages: tidings add PATH",
)


def print_articles(*, limit: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    with open_engine(store) as engine:
        print_listed(ARTICLES, engine.summaries(), limit, as_json=as_json, quiet=quiet)
    return 0


@articles.command("show")
@click.argument("article")
@shared
def show_article(article: str, store: Path | None, as_json: bool, quiet: bool) -> int:
    """One article, in its parts.

    Each part with its role; its times, versions and copies, and what each value rests on."""
    del quiet
    with open_engine(store) as engine:
        found = engine.article(article)
        view = show_articles.ArticleView(
            article=found,
            page_name=engine.page_name(found.page),
            notes=engine.notes(article),
            versions=engine.versions(article),
            copies=engine.copies(article),
        )
    if as_json:
        line(describe_articles.article(view))
    else:
        show_articles.article(view)
    return 0


@articles.command("diff")
@click.argument("article")
@click.argument("other", required=False)
@shared
def diff(article: str, other: str | None, store: Path | None, as_json: bool, quiet: bool) -> int:
    """What is new in an ARTICLE.

    What it has that the version before it has not, and the contrary; or what OTHER has that
    ARTICLE has not."""
    del quiet
    if article == other:
        raise WrongUse(f"{article!r} is named twice; name two different articles, or one")
    with open_engine(store) as engine:
        told = difference(*find_pair(engine, article, other))
    if as_json:
        line(describe_articles.difference(told))
    else:
        show_articles.difference(told)
    return 0


def find_pair(engine: Engine, article: str, other: str | None) -> tuple[Article, Article]:
    """The earlier and the later. Raises NotFound."""
    named = engine.article(article)
    if other is not None:
        return named, engine.article(other)
    if named.supersedes is None:
        later = [one for one in engine.versions(article) if one != article]
        more = f" (it is the first; later: {', '.join(later)})" if later else ""
        raise NotFound(
            f"no version before {article!r} is held{more}; "
            f"compare two articles: tidings articles diff {article} OTHER"
        )
    return engine.article(named.supersedes), named


@articles.command("copies")
@click.argument("article")
@shared
def copies(article: str, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Whose text an ARTICLE has, and who has its.

    What it is a copy of, up to the earliest that is held, and the copies of it."""
    with open_engine(store) as engine:
        engine.article(article)
        origins = find_origins(engine, ArticleId(article))
        below = [copy for copy in engine.copies(article) if copy.of == article]
        if as_json:
            for copy in (*origins, *below):
                line(describe_copy(copy))
            return 0
        above = [(copy, engine.article(copy.of)) for copy in origins]
        others = [(copy, engine.article(copy.article)) for copy in below]
    show_articles.copies(f"{article}: a copy of", above)
    show_articles.copies(f"{article}: copied by", others)
    if not origins and not below and not quiet:
        notice(f"{article!r} is no copy of a held article, and none is held of it")
    return 0


def find_origins(engine: Engine, article: ArticleId) -> list[Copy]:
    """From the article up: what it is a copy of, what that is a copy of, …"""
    chain: list[Copy] = []
    seen = {article}
    while True:
        above = [copy for copy in engine.copies(article) if copy.article == article]
        if not above or above[0].of in seen:
            return chain
        chain.append(above[0])
        article = above[0].of
        seen.add(article)
