"""Whether a page is a live one, that goes on being written: its time is that of its opening."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_SAID = (
    r"live(?: ?blog| ?ticker| updates?| coverage| reporting)?|as it happened|minute by minute|"
    r"news ?blog|liveticker|newsticker|im ticker|live-ticker|en direct|minute par minute|"
    r"en vivo|en directo|minuto a minuto|última hora en directo|ao vivo|minuto a minuto|"
    r"in diretta|la diretta|diretta|minuto per minuto|na żywo|relacja na żywo|minuta po minucie|"
    r"онлайн|онлайн-трансляция|текстовая трансляция|прямая трансляция|хроника|"
    r"наживо|онлайн-трансляція|текстова трансляція|пряма трансляція|хроніка|"
    r"naživo|uživo|online přenos|canlı|canlı anlatım|live-blogg?|direkte|liveblogg|"
    r"實時|实时|直播|ライブ|速報中|مباشر|لحظة بلحظة"
)
_HEADLINE = re.compile(
    rf"^\W*(?:{_SAID})(?:\W*$|\s*[:|/\]\)–—.-])|[\[\(|:–—-]\s*(?:{_SAID})\W*$", re.IGNORECASE
)
_PATH = re.compile(
    r"/(?:live|live-?blogs?|live-?ticker|newsticker|live-?updates?|en-direct|en-vivo|en-directo|"
    r"diretta|na-zywo|online-translyaciya|ao-vivo)(?:[/_-]|$)",
    re.IGNORECASE,
)


def is_live(headline: str, url: str | None) -> bool:
    """By what stands at an end of the headline, or as a part of the address's path."""
    if _HEADLINE.search(headline):
        return True
    return url is not None and _PATH.search(unquote(urlsplit(url).path)) is not None
