"""Links → the story line: related stories in order of time, each with the earlier one that it
hangs on most (Nallapati, Feng, Peng, Allan 2004: the nearest parent)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidings.model import StoryId
from tidings.story.profiles import Profile, Profiles
from tidings.story.related import DEFAULTS, Link, RelatedOptions, find_usual, make_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One story of a line."""

    story: StoryId
    link: Link | None  # to the earlier step that it hangs on most, or else to the asked story;
    # None of the asked story where it hangs on none


def trace_line(
    profiles: Profiles,
    asked: Profile,
    links: Sequence[Link],
    options: RelatedOptions = DEFAULTS,
) -> tuple[Step, ...]:
    """``asked`` and what ``links`` name, by when they began, those without a known time last.
    Quadratic in the links."""
    usual = find_usual(profiles, asked, options)
    others = [found for link in links if (found := profiles.find(link.story))]
    ordered = sorted((asked, *others), key=_begin)
    steps = []
    for at, profile in enumerate(ordered):
        ties = [make_link(profile, one, usual, options) for one in ordered[:at]]
        strong = [tie for tie in ties if tie.score >= options.threshold]
        if not strong and profile is not asked:
            strong = [make_link(profile, asked, usual, options)]
        best = max(strong, key=lambda tie: (tie.score, tie.story), default=None)
        steps.append(Step(story=profile.story, link=best))
    return tuple(steps)


def _begin(profile: Profile) -> tuple[bool, float, str]:
    begun = profile.begun
    return (begun is None, begun.timestamp() if begun else 0.0, profile.story)
