"""What the names of classes and ids say of the text in an element."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = {
    ".apart": r"relat|recommend|read-?(?:more|also|next)|more-?(?:stor|news|on|from)|teaser|promo"
    r"|popular|trending|latest|most-?(?:read|view)|newsletter|subscri|sign-?up|sidebar|widget"
    r"|outbrain|taboola|suggest|see-?also|similar|upsell|paywall|cta\b|box-?link|linkbox|infobox",
    ".furniture": r"foot(?:er)?\b|nav(?:igation|bar|\b)|menu|bread-?crumb|cookie|consent|banner"
    r"|share|sharing|social|toolbar|pagin|pager|tags?\b|taglist|keywords|skip|login|search|print"
    r"|masthead|copyright|disclaimer|modal|popup|overlay|rating|vote|button|btn",
    ".comment": r"comment|disqus|respond|reply|replies|discuss|forum",
    ".about": r"byline|author|(?:post|entry|article)-?(?:meta|info|date)|meta(?:data)?\b|dateline"
    r"|timestamp|publish|bio\b|vcard|credit|category|kicker|reading-?time",
    ".caption": r"caption|legend|bildunter|photo-?(?:credit|info|text)|image-?(?:credit|info|text"
    r"|source)|copyright",
    ".advertising": r"\bads?\b|\bad-|advert|sponsor|anzeige|werbung|publicid|reklam",
    ".text": r"article-?(?:body|text|content)|(?:post|entry|story|news|main|page)-?(?:body|text"
    r"|content)|articlebody|\bcontent\b|\barticle\b|\btext\b|\bstory\b|\bpost\b|\bentry\b",
    ".lead": r"lead\b|lede|intro|standfirst|subtitle|sub-?head|teaser-?text|abstract|summary|dek\b"
    r"|deck\b|excerpt|chapo|vorspann|ingress",
}
_PATTERNS = tuple((hint, re.compile(pattern)) for hint, pattern in _NAMES.items())
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

HINTS = tuple(_NAMES)


@lru_cache(maxsize=8_192)
def parse_hints(classes: str, name: str) -> frozenset[str]:
    """Those of an element's ``class`` and ``id`` attributes."""
    marks = _CAMEL.sub("-", f"{classes[:300]} {name[:100]}").lower().replace("_", "-")
    if marks.isspace():
        return frozenset()
    return frozenset(hint for hint, pattern in _PATTERNS if pattern.search(marks))
