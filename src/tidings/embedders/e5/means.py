"""Each language's mean vector, taken off so that languages meet in one place.

multilingual-e5 keeps every language in a corner of its own; what is left after the language's mean
is taken off compares across languages. Made and measured by bench/means.py.
"""

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from tidings.embedders.e5.weights import Floats

OTHER = "und"
_LOOK = 200  # characters looked at for the script


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Means:
    """A table that ships with the package: means.npy, described by means.json."""

    version: str  # of the table's content
    languages: Mapping[str, Floats]  # by primary subtag; OTHER is the mean of them all
    scripts: Mapping[str, Floats]  # first word of the letters' Unicode names → mean

    def mean_for(self, text: str, language: str) -> Floats:
        """Of the language; of the text's script where the language is unknown."""
        found = self.languages.get(language.split("-", 1)[0].lower())
        if found is not None and language != OTHER:
            return found
        return self.scripts.get(script_of(text), self.languages[OTHER])


def script_of(text: str) -> str:
    """The script of most letters, as Unicode names begin ('CYRILLIC'); "" without letters."""
    names = (unicodedata.name(char, "") for char in text[:_LOOK] if char.isalpha())
    counts = Counter(name.split(" ", 1)[0] for name in names)
    return max(sorted(counts), key=counts.__getitem__, default="")


@cache
def read_means() -> Means:
    folder = resources.files(__package__)
    rows = folder.joinpath("means.npy").read_bytes()
    about = folder.joinpath("means.json").read_bytes()
    table = np.load(io.BytesIO(rows)).astype(np.float32)
    keys = json.loads(about)
    return Means(
        version=hashlib.blake2b(rows + about, digest_size=4).hexdigest(),
        languages={row["language"]: table[row["row"]] for row in keys["languages"]},
        scripts={row["script"]: table[row["row"]] for row in keys["scripts"]},
    )
