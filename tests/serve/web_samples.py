"""An engine made by hand over a few stories of our own writing, and a server for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from web_chains import tell_first, tell_sources
from web_names import FakeNames
from web_quotes import FakeQuotes

from tidings.errors import NotFound
from tidings.firsts import Ask, FirstView
from tidings.model import (
    Article,
    ArticleId,
    Block,
    Copy,
    Decision,
    Evidence,
    Mention,
    MentionKind,
    PageId,
    Role,
    StoryId,
    Summary,
    Verb,
)
from tidings.questions import Hit, Life, StoryView, view_story
from tidings.relations import LineStep, RelatedStory
from tidings.serve.web.app import make_app
from tidings.serve.web.desk import Answers
from tidings.serve.web.run import address, listen, make_server
from tidings.sourcing import Sources
from tidings.story.life import trace_life
from tidings.story.related import Kind, Link
from tidings.times import Interval, day, moment, unknown

EVENING = datetime(2025, 1, 28, 17, 50, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script>"


def at(hour: int, minute: int = 0, on: int = 28) -> Interval:
    return moment(datetime(2025, 1, on, hour, minute, tzinfo=UTC), "time printed with its zone")


PRINTED_DAY = day(date(2025, 1, 28), "the date printed at the top")
CALL = (
    (
        "call-en",
        "Kallas and Rubio hold first call on Ukraine and Iran",
        "en",
        "The Harbour",
        at(18),
    ),
    ("call-ru", "Каллас и Рубио впервые поговорили по телефону", "ru", None, PRINTED_DAY),
    ("call-de", "Erstes Gespräch von Kallas und Rubio", "de", "Elbkurier", at(19, 30)),
    ("call-de-2", "Kallas telefoniert mit Rubio", "de", "Elbkurier", at(18, 40)),
    ("call-uk", "Каллас і Рубіо обговорили тиск на Москву", "uk", "Дніпровський вісник", at(20)),
    ("call-ar", "كالاس وروبيو يبحثان ملفي أوكرانيا وإيران", "ar", "صحيفة المرفأ", at(21)),
    ("call-he", "קאלאס ורוביו שוחחו לראשונה על אוקראינה ואיראן", "he", "עיתון הנמל", at(21, 5)),
    ("call-fr", "Premier appel entre Kallas et Rubio", "fr", "Le Quai", at(22)),
    ("call-es", "Primera llamada entre Kallas y Rubio", "es", "La Dársena", unknown("no date")),
)
SANCTIONS = (
    ("renew-en", "EU renews its sanctions on Russia for six months", "en", "The Harbour", at(12)),
    ("renew-fr", "L'UE prolonge de six mois ses sanctions", "fr", "Le Quai", at(13, 10)),
)
HOSTILE = (("a/b?c#d", f"{SCRIPT} & <b>bold</b>", "und", SCRIPT, unknown("nothing printed")),)
LEADS = {
    "en": "The European Union's foreign policy chief and the American secretary of state "
    "spoke on Tuesday evening, for the first time since he took office.",
    "ar": "تحدثت كبيرة دبلوماسيي الاتحاد الأوروبي مع وزير الخارجية الأمريكي مساء الثلاثاء.",
    "he": "ראש מדיניות החוץ של האיחוד שוחחה ביום שלישי בערב עם מזכיר המדינה האמריקאי.",
    "de": "Die Außenbeauftragte und der amerikanische Außenminister sprachen am Dienstagabend.",
}
QUOTED = "“We agreed to stay in close contact,” Kallas wrote on X."
FURNITURE = (
    (Role.READING_TIME, "Reading time: 2 minutes"),
    (Role.LATEST, "Storm closes the port\nTram line 4 reopens"),
    (Role.SOURCE_LIST, "Source: https://example.org/post"),
    (Role.ADVERTISING, "Subscribe now"),
)


def make_article(row: tuple[str, str, str, str | None, Interval]) -> Article:
    name, headline, language, publisher, published = row
    lead = LEADS.get(language, "")
    parts = [
        (Role.HEADLINE, headline),
        (Role.STANDFIRST, lead),
        (Role.BODY, f"{lead}\n{QUOTED}"),
        *FURNITURE,
    ]
    text, blocks = "", []
    for role, part in parts:
        if part.strip():
            blocks.append(Block(role=role, start=len(text), end=len(text) + len(part)))
            text += part + "\n\n"
    return Article(
        id=ArticleId(name),
        page=PageId("00"),
        position=0,
        url="javascript:alert(1)" if name == "a/b?c#d" else f"https://example.org/{name}",
        publisher=publisher,
        published=published,
        modified=None,
        language=language,
        headline=headline,
        byline=("A. Writer",) if language == "en" else (),
        text=text.rstrip(),
        blocks=tuple(blocks),
        links=("https://example.org/post", "javascript:alert(2)"),
        is_cut=name == "renew-en",
        extractor="test/1",
        grounds=(("headline", "the first line"), ("publisher", "named in the record")),
    )


class FakeEngine:
    """The stories above and ``fillers`` of one article each, all held in lists."""

    def __init__(self, fillers: int = 0) -> None:
        self.calls: list[str] = []
        self.changes = 0
        self._articles: dict[str, Article] = {}
        self._stories: dict[str, list[str]] = {}
        self._put("call", CALL)
        self._put("renew", SANCTIONS)
        self._put("odd/story", HOSTILE)
        for number in range(fillers):
            row = (f"f{number}", f"Harbour notes, part {number}", "en", "The Harbour", at(6, on=9))
            self._put(f"filler-{number}", (row,))

    def _put(self, story: str, rows: Sequence[tuple[str, str, str, str | None, Interval]]) -> None:
        articles = [make_article(row) for row in rows]
        self._articles |= {article.id: article for article in articles}
        self._stories[story] = [article.id for article in articles]

    def _summary(self, name: str) -> Summary:
        article = self._articles[name]
        story = next(s for s, names in self._stories.items() if name in names)
        return Summary(
            article=article.id,
            story=StoryId(story),
            headline=article.headline,
            lead=LEADS.get(article.language, ""),
            url=article.url,
            publisher=article.publisher,
            language=article.language,
            published=article.published,
        )

    @property
    def identities(self) -> FakeNames:
        return FakeNames(lambda story: [self._articles[one] for one in self._stories[story]])

    @property
    def quoting(self) -> FakeQuotes:
        return FakeQuotes(lambda story: [self._articles[one] for one in self._stories[story]])

    def version(self) -> object:
        return self.changes

    def stories(self, language: str | None = None) -> list[StoryView]:
        self.calls.append("stories")
        return [self.story(story, language) for story in self._stories]

    def story(self, story: str, language: str | None = None) -> StoryView:
        if story not in self._stories:
            raise NotFound(f"no story {story!r}; list them: tidings stories")
        return view_story(
            StoryId(story), [self._summary(a) for a in self._stories[story]], language
        )

    def life(self, story: str) -> Life:
        if story not in self._stories:
            raise NotFound(f"no story {story!r}; list them: tidings stories")
        names = self._stories[story]
        lines = [line for name in names for line in self.decisions(name)]
        return Life(
            story=StoryId(story),
            steps=trace_life(StoryId(story), lines),
            summaries={ArticleId(name): self._summary(name) for name in names},
            alias=None,
        )

    def find_alias(self, story: str) -> None:
        """Each story has its articles."""

    def line(self, story: str, language: str | None = None) -> list[LineStep]:
        """The call and the sanctions belong to one affair."""
        if story not in ("call", "renew"):
            return [LineStep(story=self.story(story, language), is_asked=True, tie=None)]
        link = Link(
            story=StoryId("call"),
            kind=Kind.BEFORE,
            score=0.8,
            shared=("n:kls",),
            hours=1.0,
            pair=(ArticleId("renew-en"), ArticleId("call-en")),
            cosine=0.6,
        )
        tie = RelatedStory(story=self.story("call", language), link=link, printed=(), reason="so")
        return [
            LineStep(story=self.story("call", language), is_asked=story == "call", tie=None),
            LineStep(story=self.story("renew", language), is_asked=story == "renew", tie=tie),
        ]

    def sources(self, story: str, language: str | None = None) -> Sources:
        return tell_sources(self.story(story, language), self._articles)

    def first(self, story: str, ask: Ask, now: datetime, language: str | None = None) -> FirstView:
        view = self.sources(story, language)
        held = {one.article: self._articles[one.article] for one in view.story.articles}
        return tell_first(view, held, now)

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        self.calls.append(f"search {query}")
        found = [n for n, a in self._articles.items() if query.casefold() in a.headline.casefold()]
        return [
            Hit(article=self._summary(name), score=0.9, by_words=rank, by_meaning=None)
            if rank > 1
            else Hit(article=self._summary(name), score=0.9, by_words=rank, by_meaning=2)
            for rank, name in enumerate(found[:limit], start=1)
        ]

    def article(self, article: str) -> Article:
        if article not in self._articles:
            raise NotFound(f"no article {article!r}; list them: tidings articles")
        return self._articles[article]

    def notes(self, article: str) -> tuple[Mention, ...]:
        held = self._articles[article]
        start = held.text.find("Kallas wrote")
        links = held.text.find("https://example.org/post")
        spots = (
            (MentionKind.NAME, "Kallas", start, start + 6),
            (MentionKind.LINK, "https://example.org/post", links, links + 24),
        )
        return tuple(
            Mention(
                evidence=Evidence(article=held.id, start=a, end=b, text=held.text[a:b]),
                kind=kind,
                value=value,
                score=0.8,
                rule="test/1",
            )
            for kind, value, a, b in spots
        )

    def versions(self, article: str) -> tuple[ArticleId, ...]:
        return (ArticleId(article),)

    def copies(self, article: str) -> tuple[Copy, ...]:
        return ()

    def decisions(self, article: str) -> list[Decision]:
        summary = self._summary(article)
        first = self._stories[summary.story][0]
        return [
            Decision(
                verb=Verb.OPENED if article == first else Verb.JOINED,
                article=summary.article,
                story=summary.story,
                score=0.87,
                reason=f"shares names and a day with {first!r}",
                by="assign/1",
                nearest=None if article == first else ArticleId(first),
                signals=(("cosine", 0.71), ("names", 0.5)),
            )
        ]


@contextmanager
def serving(engine: Answers) -> Iterator[str]:
    """A real server on loopback, in a thread; its address."""
    with listen("127.0.0.1", 0) as listener:
        server = make_server(make_app(engine))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join(10)
