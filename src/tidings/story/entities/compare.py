"""Whether two names as printed may be one's."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from tidings.story.entities.endings import Gender, declines
from tidings.story.entities.forms import FAMILY_FIRST, Form, Part, Word, get_lexicon
from tidings.story.entities.sounds import hear, key, measure, sounds_like, weigh

CACHE = 1 << 17  # pairs of words
SECOND = 3  # words from the last, among which the family name is sought where people have two
VOWELS = "aeiouyаеиоуыэюяіїє"
_SCRIPTS = (0x250, 0x370, 0x400, 0x530, 0x590, 0x600, 0x900, 0x1E00, 0x3040)
_TWO_FAMILIES = frozenset(("es", "pt", "ca", "gl"))
OPEN = "aeiyаеиэяіїє"  # in which given names of women end


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions:
    """Chosen by reading what a day's names in forty languages were joined with, and on the pairs
    of bench/entities.py, which guards them."""

    close: float = 0.2  # cost of sounds at which two words are as good as the same
    told: float = 3.0  # weight of a word that by itself tells who is meant in another spelling
    spelt: float = 0.3  # cost of sounds that two spellings in one script may have
    heard: float = 1.0  # weight of a word of a name of several that counts as close


DEFAULTS = CompareOptions()


def is_same_word(a: Word, b: Word) -> bool:
    """In any of the base forms that either may have."""
    if Part.LETTERS in (a.part, b.part):
        return a.text == b.text
    return _meet(a.bases, b.bases)


@lru_cache(maxsize=CACHE)
def _meet(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if set(ours) & set(theirs):
        return True
    return any(_sounds_like(a, b) for a, b in product(ours, theirs))


def _sounds_like(a: str, b: str) -> bool:
    """In one script, spellings of a name differ less than between two."""
    if not key(a) & key(b) or not sounds_like(a, b):
        return False
    return _script(a) != _script(b) or _measure(a, b) <= DEFAULTS.spelt


def _script(word: str) -> int:
    """Tells Latin, Greek, Cyrillic and the others apart, roughly."""
    return bisect(_SCRIPTS, ord(word[0]))


def is_exact_word(a: Word, b: Word) -> bool:
    """Spelt alike in a base form."""
    return bool(set(a.bases) & set(b.bases))


def is_same_given(a: Word, b: Word) -> bool:
    """Or short for, or another language's form of, the same name; or its initial."""
    if Part.INITIAL in (a.part, b.part):
        return _fits_initial(a, b)
    if bool(_groups(a) & _groups(b)) or set(a.bases) & set(b.bases):
        return True
    alike = [(x, y) for x, y in product(a.bases, b.bases) if _tell_end(x) & _tell_end(y)]
    return any(_sounds_like(x, y) for x, y in alike)


def _tell_end(name: str) -> frozenset[str]:
    """Jan and Jana, Mario and Maria sound alike and are two; final e may be either."""
    if name[-1] in "aаяāàá":
        return frozenset("a")
    return frozenset("ao") if name[-1] in "eеэéèêαηה" else frozenset("o")


def _groups(word: Word) -> frozenset[int]:
    given = get_lexicon().given
    return frozenset().union(*(given.get(base, frozenset()) for base in word.bases))


def _fits_initial(a: Word, b: Word) -> bool:
    if a.text[0] == b.text[0]:
        return True
    first, second = hear(a.text), hear(b.text)
    return bool(first and second and first[0].mask & second[0].mask)


def is_same_person(a: Form, b: Form) -> bool:
    """Of two full names. All words of the one with fewer must have a fellow in the other, in
    either order, one of them whole in both; what else the other has are middle names."""
    short, long = sorted((a, b), key=lambda form: len(form.counted))
    if _is_split(short, long):
        return False
    ours, theirs = short.counted, long.counted
    if Gender.WOMAN in (a.gender, b.gender):
        ours, theirs = _as_woman(ours), _as_woman(theirs)
    if len(ours) < 2 or len(theirs) < 2:
        return False
    orders = _orders(theirs) if FAMILY_FIRST & {a.language, b.language} else (theirs,)
    second = SECOND if long.language in _TWO_FAMILIES else 1
    return any(_fits(ours, order, second) for order in orders) and has_close_word(a, b)


def has_close_word(a: Form, b: Form) -> bool:
    """A word that sounds the same in both, but for little: many near misses are no name. In one
    language that declines nothing, one that is spelt the same."""
    scripts = {_script(word.text) for form in (a, b) for word in form.words}
    if a.language == b.language and len(scripts) == 1 and not declines(a.language):
        return any(is_exact_word(x, y) for x, y in product(a.words, b.words))
    return any(
        min(weigh(x), weigh(y)) >= DEFAULTS.heard and _measure(x, y) <= DEFAULTS.close
        for ours, theirs in product(a.whole, b.whole)
        for x, y in product(ours.bases, theirs.bases)
        if x == y or key(x) & key(y)
    )


def _measure(a: str, b: str) -> float:
    return measure(a, b) if a < b else measure(b, a)


def _as_woman(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Jana is no case of Jan where a woman's family name follows."""
    given = words[0]
    kept = tuple(base for base in given.bases if base == given.text or base[-1] in OPEN)
    return (replace(given, bases=kept), *words[1:])


def _orders(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """As printed; family name moved from end to front, or from front to end."""
    return words, (words[-1], *words[:-1]), (*words[1:], words[0])


def _fits(short: tuple[Word, ...], long: tuple[Word, ...], second: int) -> bool:
    """The family names, and then each other word in turn."""
    ours = short[-1]
    if Part.INITIAL in (ours.part, long[-1].part):
        return False
    # the last word; or one before it, where a second family name stands behind:
    # Pedro Sánchez Pérez-Castejón
    least = len(long) - 1 if len(long) == len(short) else max(1, len(long) - second)
    for at in range(len(long) - 1, least - 1, -1):
        if is_same_word(ours, long[at]):
            return _run(short[:-1], long[:at]) and not _is_mixed(short, long[: at + 1])
    return False


def _is_mixed(a: tuple[Word, ...], b: tuple[Word, ...]) -> bool:
    """The family name stands undeclined in both, so the given name does too: Ivana Horvat is no
    case of Ivan Horvat."""
    given, other, end = a[0], b[0], a[-1].text[-1]
    if a[-1].text != b[-1].text or end in VOWELS or given.text == other.text or end.isdecimal():
        return False
    short, long = sorted((given, other), key=lambda word: len(word.text))
    return short.text in long.bases and short.text[-1] not in VOWELS


def _run(short: tuple[Word, ...], long: tuple[Word, ...]) -> bool:
    """Each of ``short`` has a fellow in ``long``, in order; the first words are fellows."""
    if not short or not long or not is_same_given(short[0], long[0]):
        return False
    at = 1
    for word in short[1:]:
        while at < len(long) and not is_same_given(word, long[at]):
            at += 1
        if at >= len(long):
            return False
        at += 1
    return True


def _is_split(a: Form, b: Form) -> bool:
    """A woman's surname and a man's, or one is told to be the younger and the other too
    differently."""
    if a.gender and b.gender and a.gender is not b.gender:
        return True
    if len(a.counted) == len(a.words) or len(b.counted) == len(b.words):
        return False
    juniors = [{word.text for word in form.words if word.part is Part.JUNIOR} for form in (a, b)]
    return bool(juniors[0] and juniors[1] and a.language == b.language and juniors[0] != juniors[1])


def is_same_name(a: Form, b: Form) -> bool:
    """Of two names of anything: word for word."""
    if len(a.words) != len(b.words) or not a.words or _is_split(a, b):
        return False
    pairs = list(zip(a.words, b.words, strict=True))
    if not all(one.part is other.part and is_same_word(one, other) for one, other in pairs):
        return False
    return len(pairs) == 1 or not (_is_mixed(a.words, b.words) or not has_close_word(a, b))


def is_sure(a: Form, b: Form) -> bool:
    """Of two single words in two spellings: alike beyond what short or frequent words are."""
    if len(a.whole) != 1 or len(b.whole) != 1:
        return True
    if is_exact_word(a.whole[0], b.whole[0]):
        return True
    ours, theirs = ([x for x in one.whole[0].bases if weigh(x) >= DEFAULTS.told] for one in (a, b))
    return any(
        key(x) & key(y) and _measure(x, y) <= DEFAULTS.close for x, y in product(ours, theirs)
    )


def may_bear(short: Form, full: Form) -> bool:
    """Whether ``short``, one word or one behind initials, is a part of ``full`` by which people
    are called: the family name, or one of two."""
    ours = short.whole
    if len(ours) == 1 and short.is_full:
        return is_same_person(short, full)
    if len(ours) != 1 or not full.is_full or _is_split(short, full):
        return False
    family = full.family
    if family is not None and is_same_word(ours[0], family):
        return True
    return len(full.whole) > 2 and any(is_same_word(ours[0], w) for w in full.whole[1:])


def may_call(short: Form, full: Form) -> bool:
    """Whether ``short`` is the given name of ``full``."""
    ours = short.whole
    return (
        len(ours) == 1
        and full.is_full
        and bool(full.whole)
        and (is_same_word(ours[0], full.whole[0]) and full.whole[0] is not full.family)
    )
