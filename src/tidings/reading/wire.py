"""Records of the trade: IPTC ninjs (1.0 to 3.x) and schema.org's articles as JSON-LD → the fields
of a record of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tidings.model import Reason
from tidings.reading.prose import Paragraph, iter_addresses, parse_prose
from tidings.reading.records import BadRecordError, Fields

_NINJS_ALONE = ("versioncreated", "contentcreated", "body_xhtml", "body_text", "body_html")
_TEXTS = ("text", "composite", "component")  # kinds of ninjs items that hold articles
_OTHERS = ("audio", "video", "picture", "graphic", "planning", "event")
_WITHDRAWN = ("canceled", "cancelled", "withheld")
_MARKUP = ("text/html", "application/xhtml+xml", "text/xml", "application/xml")
_DISTRIBUTES = ("publisher", "provider", "distributor", "originator", "creator", "supplier")
_ARTICLE = ("article", "blogposting", "report", "liveblogposting", "socialmediaposting")

_Item = Mapping[str, Any]


def parse_wire(record: Mapping[str, Any]) -> Fields | None:
    """None of a record of neither kind. Raises BadRecordError for an item that is no text, or
    that its agency has withdrawn."""
    if linked := _find_linked(record):
        return _given(_of_linked(linked))
    item = {key.lower(): value for key, value in record.items()}
    if _is_ninjs(item):
        return _given(_of_ninjs(item))
    return None


def _given(fields: Mapping[str, tuple[str, Any]]) -> Fields:
    return {name: (key, value) for name, (key, value) in fields.items() if value not in (None, "")}


def _is_ninjs(item: _Item) -> bool:
    standard = item.get("standard")
    if isinstance(standard, Mapping) and standard.get("name") == "ninjs":
        return True
    named = isinstance(item.get("uri") or item.get("guid"), str)
    if any(isinstance(item.get(key), str) for key in _NINJS_ALONE):
        return named or "body" not in item
    lists = ("headlines", "bodies")
    return named and any(isinstance(item.get(key), list) for key in lists)


def _of_ninjs(item: _Item) -> dict[str, tuple[str, Any]]:
    status, sort = _word(item.get("pubstatus")), _word(item.get("type"))
    if status in _WITHDRAWN:
        raise BadRecordError(f"'pubstatus' is {status!r}: its agency has withdrawn the item")
    body_key, paragraphs = _ninjs_body(item)
    if sort in _OTHERS and not paragraphs:
        detail = f"'type' is {sort!r} without a text; give items with a body"
        raise BadRecordError(detail, Reason.UNSUPPORTED)
    name = item.get("uri") or item.get("guid")
    address = name if isinstance(name, str) and name.lower().startswith("http") else None
    first = next((k for k in ("contentcreated", "firstcreated") if item.get(k)), "versioncreated")
    version = item.get("versioncreated")
    by = "byline" if item.get("byline") else "by"
    return {
        "id": ("uri" if item.get("uri") else "guid", name),
        "url": ("uri", address),
        "publisher": _ninjs_publisher(item),
        "published": (first, item.get(first)),
        "modified": ("versioncreated", version if version != item.get(first) else None),
        "language": ("language", item.get("language")),
        "headline": _ninjs_headline(item),
        "body": (body_key, "\n\n".join(each.text for each in paragraphs)),
        "byline": (by, item.get(by)),
        "links": (body_key, list(iter_addresses(paragraphs))),
    }


def _ninjs_headline(item: _Item) -> tuple[str, str]:
    given = [each for each in _items(item.get("headlines")) if _text(each.get("value"))]
    main = [each for each in given if _word(each.get("role")) in ("main", "")]
    if given:
        return "headlines", " ".join(each.text for each in _paragraphs((main or given)[0]))
    key = next((k for k in ("headline", "headline_text", "title") if _text(item.get(k))), "title")
    return key, _text(item.get(key))


def _ninjs_body(item: _Item) -> tuple[str, tuple[Paragraph, ...]]:
    """Markup before plain text, which often lacks paragraphs; the description where there is no
    body."""
    for stem, several in (("body", "bodies"), ("description", "descriptions")):
        for key in (f"{stem}_xhtml", f"{stem}_html"):
            if paragraphs := parse_prose(_text(item.get(key))):
                return key, paragraphs
        entries = [each for each in _items(item.get(several)) if _text(each.get("value"))]
        entries.sort(key=lambda each: _word(each.get("contenttype")) not in _MARKUP)
        for each in entries:
            if _word(each.get("contenttype")) in (*_MARKUP, "text/plain", ""):
                return several, _paragraphs(each)
        if text := _text(item.get(f"{stem}_text")):
            return f"{stem}_text", (Paragraph(text=text, links=()),)
    return "body_text", ()


def _paragraphs(entry: _Item) -> tuple[Paragraph, ...]:
    value = _text(entry.get("value"))
    if _word(entry.get("contenttype")) in _MARKUP:
        return parse_prose(value)
    return (Paragraph(text=value, links=()),)


def _ninjs_publisher(item: _Item) -> tuple[str, Any]:
    """Who distributes it: of several sources the one that is said to; the holder of the rights
    where none is."""
    for key in ("infosources", "infosource"):
        sources = [each for each in _items(item.get(key)) if _text(each.get("name"))]
        told = [each for each in sources if _roles(each) & set(_DISTRIBUTES)]
        if told or len(sources) == 1:
            return key, _text((told or sources)[0].get("name"))
    return "copyrightholder", _text(item.get("copyrightholder"))


def _roles(source: _Item) -> set[str]:
    given = [source.get("role"), source.get("rel"), *_list(source.get("roles"))]
    return {_word(each).rpartition(":")[2].rpartition("/")[2] for each in given}


def _find_linked(record: _Item) -> _Item | None:
    """The record itself, or the first article of its graph."""
    for each in (record, *_items(record.get("@graph"))):
        if any(_word(sort).endswith(_ARTICLE) for sort in _list(each.get("@type"))):
            return each
    return None


def _of_linked(node: _Item) -> dict[str, tuple[str, Any]]:
    headline = next((k for k in ("headline", "name", "alternativeHeadline") if node.get(k)), "name")
    body = next((k for k in ("articleBody", "text", "description") if node.get(k)), "text")
    published = "datePublished" if node.get("datePublished") else "dateCreated"
    return {
        "id": ("identifier", _scalar(node.get("identifier"))),
        "url": next(_linked_addresses(node), ("url", None)),
        "publisher": ("publisher", _first(node.get("publisher"))),
        "published": (published, node.get(published)),
        "modified": ("dateModified", node.get("dateModified")),
        "language": ("inLanguage", _linked_language(node.get("inLanguage"))),
        "headline": (headline, node.get(headline)),
        "body": (body, node.get(body)),
        "byline": ("author", node.get("author")),
        "section": ("articleSection", node.get("articleSection")),
        "is_free": ("isAccessibleForFree", node.get("isAccessibleForFree")),
    }


def _linked_addresses(node: _Item) -> Iterator[tuple[str, str]]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = _first(node.get(key))
        value = value.get("@id") if isinstance(value, Mapping) else value
        if isinstance(value, str) and value.lower().startswith("http"):
            yield key, value


def _linked_language(value: Any) -> Any:
    first = _first(value)
    if isinstance(first, Mapping):
        return first.get("alternateName") or first.get("name")
    return first


def _scalar(value: Any) -> Any:
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _items(value: Any) -> list[_Item]:
    """Objects of a list, with the names of their fields in small letters."""
    given = [each for each in _list(value) if isinstance(each, Mapping)]
    return [{_small(key): inner for key, inner in each.items()} for each in given]


def _small(key: str) -> str:
    """Those of JSON-LD are kept: they mean something else in small letters."""
    return key.lower() if key.lower() in ("contenttype", "value", "role", "name") else key


def _text(value: Any) -> str:
    return value if isinstance(value, str) and value.strip() else ""


def _word(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""
