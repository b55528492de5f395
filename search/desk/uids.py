"""The marks that a browser sends, read out of a form: UIDs of articles, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MOST_MARKS: Final = 1_000
"""Articles that a browser keeps marked, and that a list holds."""
MOST_SHOWN: Final = 100
"""Marks whose articles are told at once; a browser asks for more in turns."""

_UID: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")


def uids_in(values: Iterable[str]) -> list[str]:
    """The different UIDs in these texts, in order; UIDs stand apart by spaces, what is none is left out."""
    words = (word for value in values for word in value.split())
    return list(dict.fromkeys(word for word in words if _UID.fullmatch(word)))
