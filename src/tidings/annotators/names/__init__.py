"""Names of people, organisations and places, handles and addresses."""

from tidings.annotators.names.annotator import NamesAnnotator
from tidings.annotators.names.network import Lookup
from tidings.annotators.names.tagger import Tagger

__all__ = ["Lookup", "NamesAnnotator", "Tagger"]
