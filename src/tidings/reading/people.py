"""Names of people in what a page prints as its byline. Our own lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from tidings.reading.agencies import read_agencies

LONGEST = 60  # code points of a name
MOST_WORDS = 6  # of a name

_BY = (
    r"by|von|vom|par|por|di|da|door|av|af|od|oleh|de|autora?|autorin|autoren|auteurs?|authors?|"
    r"autore|auteure|автор[иы]?|автори|автор статьи|текст|журналист|words|text|reporter|"
    r"interview|skribent|författare|yazan|yazar|szerző|kirjoittaja|συντάκτης|συντακτης"
)
_DONE = (
    r"written|posted|story|published|submitted|reported|added|verfasst|geschrieben|erstellt|"
    r"eingestellt|veröffentlicht|gepostet|publiziert|ein (?:beitrag|artikel|interview)|"
    r"eine (?:kolumne|reportage)|(?:blog[- ]?)?(?:beitrag|artikel|text|kommentar|gastbeitrag)|"
    r"written|écrit|publié|posté|rédigé|propos recueillis|escrito|publicado|redactado|texto|"
    r"scritto|pubblicato|geschreven|skrevet|skriven|publicerad|napisał[a]?|opublikował|ditulis|"
    r"(?:view |see |zeige |alle |show )?(?:all|alle)? ?(?:posts|beiträge|articles|artikel)|"
    r"latest posts|alles|more|mehr|words|text|interview"
)
_LEAD = re.compile(
    rf"^\W*(?:(?:{_DONE})\s+(?:{_BY})\b\s*[:：]?|(?:{_BY})\s*(?:\*in|/in|:in)?\s*[:：]|(?:{_BY})\s"
    rf"|(?:post )?author\b\s*[:：]?|author(?=[A-ZÀ-Þ])|[Bb]y(?=[A-Z]))\s*",
    re.IGNORECASE,
)
_GLUED = re.compile(r"^(?:Author|Autor\*?In|By|Von|Par|vonn?|(?:\w+ )von)(?=[A-ZÀ-Þ][a-zà-ÿ.])")
_TAIL = re.compile(
    r"\s*(?:\b(?:veröffentlicht|aktualisiert|zuletzt|stand:|updated|last updated|published|posted|"
    r"publié|mis à jour|publicado|actualizado|aggiornato|pubblicato|geplaatst|publicerad|"
    r"опубликован\w*|обновлен\w*|оновлен\w*|alle artikel|all posts|all articles|more from|follow|"
    r"lesezeit|reading time|kommentare?|comments?|contact|says|sagt|zu allen|see all|"
    r"photos?|fotos?|bild(?:er)?|illustrations?|фото)\b|\|\s*\d).*$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"^.*\d.*?\b(?:{_BY})\b\s*[:：]?\s+(?=\D)", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*(?:[;|•·、，\n/]|\s(?:and|und|et|y|e|i|и|та|і|og|och|en|&|with|mit|avec|con)\s|&amp;)\s*"
)
_NOT_PRINTED = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\([^()]*\)|\[[^\[\]]*\]|@\w+")
_DIGIT = re.compile(r"\d")
_DAY = re.compile(
    r"(?:[\s,]+(?:am|at|on|um|le|el|il|em|den|the|op|vom|of|в|о|у|mon|tues|wednes|thurs|fri|satur|sun|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|[a-z]{3,6}day|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"januar|februar|märz|mai|juni|juli|oktober|dezember|jan|feb|mar|apr|jun|jul|aug|sept?|oct|"
    r"okt|nov|dec|dez|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
    r"noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre|de)\.?)+$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[\d_{}<>=@/#%?!:*+©\"→]|[a-z]{3}\.[a-z]{2,3}\b", re.IGNORECASE)
_TITLES = re.compile(
    r"^(?:(?:dr|prof|mag|dipl|ing|mr|mrs|ms|sir|rev|fr|pr|дж|д-р|проф)\b\.?(?:-\w+\.?)?\s*)+"
    r"(?=\S+\s+\S)",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ["von", "van", "der", "den", "de", "da", "di", "do", "dos", "das", "la", "le", "lo", "del",
     "della", "du", "des", "zu", "zur", "zum", "vom", "ten", "ter", "te", "bin", "ibn", "al", "el",
     "y", "i", "af", "av", "st", "ap", "ben", "abu", "und"]
)  # fmt: skip
# A word of a desk, an organisation, a machine or a role: no name of a person has one.
_NONE_WORDS = (
    "redaktion redakteur redakteurin chefredakteur chefredakteurin redaktør redaktör redactie "
    "redaction rédaction redacción redaccion redazione redação redakce redakcja redakcia "
    "редакция редакції редакция редактор редакціїя toimitus szerkesztőség redaksi uredništvo "
    "staff team desk editor editors editorial newsroom newsdesk bureau reporter reporters "
    "correspondent correspondents journalist journalists columnist contributor contributors "
    "producer writer writers author authors autor autoren auteur korrespondent "
    "корреспондент журналист обозреватель собкор correspondant envoyé corresponsal redactor "
    "agency agencies agentur agenturen agencia agencias agence agences agenzia agentura "
    "агентство агентства news online press presse prensa stampa nachrichten noticias novosti "
    "новости новини media medien médias medios verlag publishing publisher group gruppe "
    "gmbh ag e.v ev inc ltd llc plc corp sarl spa kg company foundation stiftung institut "
    "institute university universität université universidad verein verband bundesverband "
    "landesanstalt ministerium ministry gesellschaft association abteilung department office "
    "zentrale magazin magazine zeitung journal gazette tribune times post herald blog radio tv "
    "television fernsehen rundfunk channel newspaper newspapers wire newswire wires service "
    "services pressemitteilung copyright rights reserved all admin administrator "
    "wordpressadmin webmaster superuser user unknown anonymous anonym anónimo anonymer "
    "unbenannt guest gast "
    "gastautor gastbeitrag invité none null undefined nobody archiv archive category kategorie "
    "uncategorized allgemein jobs home menu menü login anzeige advertorial sponsored "
    "gesponserte kommentar kommentare leave hinterlasse comment comments message api "
    "engine support info kontakt contact newsletter shop blogger edition edited updated "
    "published posted version publiziert publikation "
    "facebook youtube twitter instagram by par por the our and of for in on with my more posts "
    "artikel beiträge mehr über"
)
_NONE = frozenset(_NONE_WORDS.split())


def parse_people(value: str) -> Iterator[str]:
    """The names in one string: 'By Ann Lee, Bo Li and C. Day' has three. Agencies, desks and
    roles are left out, and titles; the rest is as printed."""
    pieces = _SPLIT.split(_bared(value))
    led = [piece for piece in pieces if has_lead(piece)]
    for piece in led or pieces:
        for name in _part(_trimmed(_unled(piece))):
            bare = _TITLES.sub("", name.strip(" \t,.;:–—-|\"'«»")).strip(" ,")
            if _is_name(bare):
                yield bare


def _is_name(bare: str) -> bool:
    if not 1 < len(bare) <= LONGEST or _NO_NAME.search(bare) or is_nobody(bare):
        return False
    return (
        any(map(str.isalpha, bare)) and not _DAY.fullmatch(f" {bare}") and not has_lead(bare + " ")
    )


def is_nobody(name: str) -> bool:
    """Whether it is an agency, has a word that no person's name has, or too many words."""
    parts = [part.strip(".,'’") for part in re.split(r"[\s/-]+", name)]
    is_none = any(part.casefold() in _NONE for part in parts)
    return len(parts) > MOST_WORDS + 1 or is_none or _is_agency(name, parts)


def _is_agency(name: str, parts: Iterable[str]) -> bool:
    """As a whole, or by a word that is written as no name is: 'dpa Berlin', but not 'Sid Day'."""
    forms, _ = read_agencies()
    odd = () if name.isupper() else (part for part in parts if part.isupper() or part.islower())
    return name in forms or any(part in forms for part in odd)


def is_full(name: str) -> bool:
    """Whether it looks like a first and a last name: two words or more in capitals, particles
    aside; of a script without cases, two words, or two to four Chinese signs."""
    parts = name.split()
    if name.upper() == name.lower():
        return 1 < len(parts) <= 4 or 2 <= len(name) <= 4
    great = [part for part in parts if part[:1].isupper() or part[1:2].isupper()]
    rest = [part for part in parts if part not in great]
    return 2 <= len(great) <= MOST_WORDS and all(part in _PARTICLES for part in rest)


def has_lead(text: str) -> bool:
    """Whether it begins like 'By', 'Von', 'Автор:'."""
    return bool(_LEAD.match(text) or _GLUED.match(text))


def _bared(value: str) -> str:
    """Without leads, addresses, and what stands in brackets."""
    text = " ".join(_NOT_PRINTED.sub(" ", unescape(value)).split()).strip(" ,;")
    text = _DATED.sub("", text) if len(text) <= 4 * LONGEST else text
    return _unled(text)


def _trimmed(text: str) -> str:
    """Without what follows the names: a date, an address of all articles."""
    text = _TAIL.sub("", text)
    digit = _DIGIT.search(text)
    if digit and (" " in text[: digit.start()] or "," in text[: digit.start()]):
        text = _DAY.sub("", text[: digit.start()].rstrip(" ,|–—-("))
    return text


def _unled(text: str) -> str:
    for _ in range(3):
        shorter = _GLUED.sub("", _LEAD.sub("", text)).strip()
        if shorter == text:
            break
        text = shorter
    return text


def _part(piece: str) -> list[str]:
    parts = [part.strip() for part in piece.split(",")]
    if len(parts) == 1:
        return parts
    if len(parts[0].split()) > 1:  # 'Ann Lee, Agency, Bo Li' has two names
        return [part for part in parts if len(part.split()) > 1]
    return [piece]  # 'Lee, Ann' is one name
