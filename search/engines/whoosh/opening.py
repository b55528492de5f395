"""Opening and creating the files of a generation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from search.engines.generations import Generation, Stamp, new_generation
from search.engines.whoosh.schema import SCHEMA_STAMP, schema

WHOOSH: Final = Stamp("whoosh", SCHEMA_STAMP)
COMMIT: Final = re.compile(r"_MAIN_(\d+)\.toc")
"""What Whoosh names the list of segments of a commit."""


def create(root: Path) -> Generation:
    """An empty index beside the one that is served, not served yet."""
    generation = new_generation(root, WHOOSH)
    FileStorage(str(generation.folder)).create_index(schema())
    return generation


def opened(generation: Generation) -> FileIndex:
    """The index as last committed."""
    return FileStorage(str(generation.folder)).open_index()


def last_commit(generation: Generation) -> int:
    """The number of the last commit; -1 where there is none; every question asks, so only names are read.

    Raises: FileNotFoundError: the generation is gone.
    """
    found = (COMMIT.fullmatch(file.name) for file in generation.folder.iterdir())
    return max((int(one[1]) for one in found if one), default=-1)


def segments_of(reader: Any) -> list[tuple[Any, int]]:
    """The readers of the segments with the number of the first document of each; an empty index has none."""
    return [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.segment() is not None]
