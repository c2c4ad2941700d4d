"""What lies on this machine: files, folders, archives, JSON Lines, standard input."""

from tidings.readers.files.contents import ReadOptions
from tidings.readers.files.reader import FilesReader, StreamReader, open_reader

__all__ = ["FilesReader", "ReadOptions", "StreamReader", "open_reader"]
