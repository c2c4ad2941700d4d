"""What can go wrong, sorted by who must act.

What is wrong with one page is not an error but an outcome: see ``model.Rejected``.
"""


class TidingsError(Exception):
    """The root: its text is one line that says what to do."""


class WrongUse(TidingsError):
    """The caller must change the call: a bad option, an unknown id, a bad settings file."""


class NotFound(TidingsError):
    """What was asked for is not held; the caller should look at what is."""


class Unavailable(TidingsError):
    """The machine lacks something: weights, a package, room on the disk."""


class StoreFull(Unavailable):
    """The disk is full; the batch that was being written is not stored, all earlier ones are."""


class StoreDamaged(TidingsError):
    """The store breaks one of its own laws; restore a copy or rebuild."""
