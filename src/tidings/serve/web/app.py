"""The pages: what an address shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tidings.errors import NotFound, TidingsError, WrongUse
from tidings.serve.firsts import choose_likeliest, say_time
from tidings.serve.naming import group_aliases
from tidings.serve.telling import tell_life
from tidings.serve.web import layout
from tidings.serve.web.desk import Answers, Desk
from tidings.serve.web.guard import HEADERS, Guard, web_address
from tidings.serve.web.languages import UNKNOWN, name_language
from tidings.serve.web.tracing import grow
from tidings.serve.when import say, say_bounds, say_span
from tidings.story.alias import tell_alias
from tidings.story.verdicts import say_chance

PACKAGE = "tidings.serve.web"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
STORIES = 30  # a page
ARTICLES = 200  # of one story, a page
HITS = 30
TURNS = 200  # of a story's life
NAMED = 16  # entities of a story
QUOTES = 100  # a page
LONGEST_QUERY = 500  # characters; the rest is cut off


def make_app(engine: Answers, names: Collection[str] = ()) -> Starlette:
    """``names`` are host names that it answers to besides this machine's loopback and addresses."""
    pages = Pages(engine)
    app = Starlette(
        routes=[
            Route("/", pages.stories),
            Route("/story/{id:path}", pages.story),
            Route("/sources/{id:path}", pages.sources),
            Route("/quotes/{id:path}", pages.quotes),
            Route("/entity/{id:path}", pages.entity),
            Route("/article/{id:path}", pages.article),
            Route("/search", pages.search),
            Route("/style.css", _serve_file("style.css", "text/css")),
            Route("/icon.svg", _serve_file("icon.svg", "image/svg+xml")),
        ],
        middleware=[Middleware(Guard, names=(*LOOPBACK, *names))],
        exception_handlers={
            TidingsError: pages.refuse,
            HTTPException: pages.fail,
            Exception: pages.crash,
        },
    )
    app.state.prepare = pages.prepare
    return app


class Pages:
    """Plain functions, not coroutines: Starlette runs them on threads, and Desk keeps a lock."""

    def __init__(self, engine: Answers) -> None:
        self._desk = Desk(engine)
        self._templates = _make_templates()

    def prepare(self, is_over: Callable[[], bool]) -> None:
        """What makes the first pages quick; returns when all is asked, or early once over."""
        self._desk.prepare(datetime.now(UTC), is_over)

    def stories(self, request: Request) -> Response:
        language = _asked_language(request)
        ranked = self._desk.ranked()
        wants_all = request.query_params.get("all") == "1"
        shows_all = wants_all or not ranked.several
        shown = ranked.every if shows_all else ranked.several
        sheet = layout.cut_sheet(request.query_params.get("page", ""), STORIES, len(shown))
        return self._render(
            "stories.html",
            language=language,
            ranked=ranked,
            sheet=sheet,
            shows_all=shows_all,
            listed=[layout.list_story(view, language) for view in shown[sheet.start : sheet.end]],
            kept={"all": "1"} if wants_all else {},
        )

    def story(self, request: Request) -> Response:
        language = _asked_language(request)
        asked = request.path_params["id"]
        view = self._desk.story(asked, language)
        if view.id != asked:
            return _lead_on(f"/story/{quote(view.id, safe='')}", asked, language)
        sheet = layout.cut_sheet(request.query_params.get("page", ""), ARTICLES, len(view.articles))
        rows = layout.order_articles(view, language)[sheet.start : sheet.end]
        decisions = self._desk.holding_decisions([row.article for row in rows])
        return self._render(
            "story.html",
            language=language,
            view=view,
            listed=layout.list_story(view, language),
            sheet=sheet,
            groups=layout.group_rows(view, rows, decisions),
            life=tell_life(self._desk.life(view.id)),
            came=self._find_came(request, view.id),
            line=self._desk.line(view.id, language) if sheet.number == 1 else [],
            named=self._desk.name(view.id, NAMED),
        )

    def _find_came(self, request: Request, story: str) -> str:
        """Why who asked for another story is here; empty where nobody did."""
        asked = request.query_params.get("was", "")
        alias = self._desk.find_alias(asked) if asked else None
        return tell_alias(alias) if alias and alias.now == story else ""

    def sources(self, request: Request) -> Response:
        language = _asked_language(request)
        asked = request.path_params["id"]
        first = self._desk.trace(asked, datetime.now(UTC), language)
        view = first.story
        if view.id != asked:
            return _lead_on(f"/sources/{quote(view.id, safe='')}", asked, language)
        return self._render(
            "sources.html",
            language=language,
            view=view,
            chain=first.sources.chain,
            grove=grow(first.sources),
            first=first,
        )

    def quotes(self, request: Request) -> Response:
        language = _asked_language(request)
        asked = request.path_params["id"]
        view = self._desk.story(asked, language)
        if view.id != asked:
            return _lead_on(f"/quotes/{quote(view.id, safe='')}", asked, language)
        ledger = self._desk.ledger(view.id)
        sheet = layout.cut_sheet(request.query_params.get("page", ""), QUOTES, len(ledger))
        return self._render("quotes.html", language=language, view=view, ledger=ledger, sheet=sheet)

    def entity(self, request: Request) -> Response:
        language = _asked_language(request)
        asked = request.path_params["id"]
        found, stories = self._desk.entity(asked, language)
        return self._render(
            "entity.html",
            language=language,
            asked=asked,
            found=found,
            groups=group_aliases(found[0].entity.aliases),
            described=group_aliases(found[0].entity.descriptions),
            stories=stories,
        )

    def article(self, request: Request) -> Response:
        language = _asked_language(request)
        dossier = self._desk.dossier(request.path_params["id"], language)
        return self._render(
            "article.html",
            language=language,
            dossier=dossier,
            article=dossier.article,
            passages=layout.cut_passages(dossier.article),
            mentions=layout.gather_mentions(dossier.article, dossier.notes),
            copies=[
                (layout.tell_copy(copy, dossier.article.id), other, copy.share)
                for copy, other in dossier.copies
            ],
        )

    def search(self, request: Request) -> Response:
        language = _asked_language(request)
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        hits = self._desk.search(query, HITS) if query else []
        return self._render("search.html", language=language, query=query, hits=hits)

    def refuse(self, request: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, NotFound) else 400 if isinstance(error, WrongUse) else 503
        return self._explain(status, str(error))

    def fail(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 404:
            return self._explain(status, f"no page {request.url.path!r}; start from the stories")
        return self._explain(status, "this page can only be read; open it with a plain link")

    def crash(self, request: Request, error: Exception) -> Response:
        """The error itself is raised on and printed where the server runs."""
        answer = self._explain(500, "that went wrong; the terminal that runs tidings says what")
        answer.headers.update(HEADERS)  # made outside of Guard
        return answer

    def _explain(self, status: int, words: str) -> Response:
        return self._render("error.html", status=status, language=None, words=words)

    def _render(self, template: str, status: int = 200, **values: Any) -> Response:
        language = values["language"]
        values = {"query": "", "status": status} | values
        values["suffix"] = f"?{urlencode({'language': language})}" if language else ""
        html = self._templates.get_template(template).render(values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-cache"})


def _lead_on(now: str, asked: str, language: str | None) -> Response:
    values = {"was": asked} | ({"language": language} if language else {})
    return RedirectResponse(f"{now}?{urlencode(values)}", 302)


def _asked_language(request: Request) -> str | None:
    asked = request.query_params.get("language", "")
    if asked and not re.fullmatch("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", asked):
        raise WrongUse(f"no language {asked[:20]!r}; give a BCP 47 tag such as 'de'")
    return asked or None


def _make_templates() -> Environment:
    templates = Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.filters.update(
        bounds=say_bounds,
        chance=say_chance,
        exact=say_time,
        likeliest=choose_likeliest,
        language=name_language,
        lead=layout.close_lead,
        segment=lambda text: quote(text, safe=""),
        sentence=layout.close_sentence,
        span=lambda articles: say_span(article.published for article in articles),
        tie=layout.tell_tie,
        url=web_address,
        when=say,
        with_query=lambda values: f"?{urlencode(values)}",
    )
    templates.tests["told"] = lambda language: language != UNKNOWN
    templates.globals["most_turns"] = TURNS
    templates.globals["style"] = f"/style.css?v={_digest('style.css')}"
    return templates


def _read_file(name: str) -> bytes:
    return files(PACKAGE).joinpath(name).read_bytes()


def _digest(name: str) -> str:
    return blake2b(_read_file(name), digest_size=6).hexdigest()


def _serve_file(name: str, media_type: str) -> Any:
    content = _read_file(name)

    def serve(request: Request) -> Response:
        return Response(
            content, media_type=media_type, headers={"Cache-Control": "public, max-age=3600"}
        )

    return serve
