"""Logs of a few lines about a few articles and stories."""

from __future__ import annotations

from hypothesis import strategies as st

from tidings.model import ArticleId, Decision, StoryId, Verb


def decide(article: str, story: str, by: str = "assign/1") -> Decision:
    return Decision(
        verb=Verb.MOVED,
        article=ArticleId(article),
        story=StoryId(story),
        score=1.0,
        reason="moved: one event",
        by=by,
        nearest=None,
        signals=(),
    )


LOGS = st.lists(
    st.builds(
        decide,
        st.sampled_from("abcd"),
        st.sampled_from("STUV"),
        st.sampled_from(("assign/1", "repair/1", "user")),
    ),
    max_size=14,
)
