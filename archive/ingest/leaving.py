"""Files that hold no articles, by their names: hidden ones, and those that describe a collection."""

from __future__ import annotations

import re
from pathlib import PurePath

COMPANION = re.compile(r"(README|LICEN[CS]E|COPYING|NOTICE|CHANGELOG)(\.\w+)?|.*\.(md|rst)", re.IGNORECASE)
SYSTEM = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


def reason_to_skip(path: PurePath) -> str:
    """Why a file found in a folder or an archive is left out, or an empty text; what is named is read."""
    if any(part.startswith(".") and part not in {".", ".."} for part in path.parts):
        return "is hidden (its name starts with a dot): to take it in, name it on the command line"
    if not SYSTEM.isdisjoint(path.parts):
        return "was left there by an operating system and holds no article"
    if COMPANION.fullmatch(path.name):
        return "describes the collection and holds no article: to take it in, name it on the command line"
    return ""
