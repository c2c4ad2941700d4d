"""The store in one SQLite file. Needs nothing but Python's own ``sqlite3``."""

from tidings.stores.sqlite.store import Options, SqliteStore

__all__ = ["Options", "SqliteStore"]
