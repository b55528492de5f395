"""What each contender is given and asked, as plain values, and what all of them are measured by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

HITS: Final = 10

FOLDS: Final = {
    "vowel marks": ("كتب", "كَتَبَ"),
    "tatweel": ("محمد", "محمـــد"),
    "hamza on alef": ("احمد", "أحمد"),
    "ى for ي": ("على", "علي"),
    "ه for ة": ("مدرسه", "مدرسة"),
    "Persian letters": ("کتاب", "كتاب"),
    "Arabic digits": ("2015", "٢٠١٥"),
    "article ال": ("وزير", "الوزير"),
    "particles": ("وزير", "وبالوزير"),
}
"""What is typed and what an article has: what must be found though it is written otherwise."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article as each contender is given it; `published` is a day (2015-11-21), or empty."""

    pk: int
    outlet: str
    published: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, without any engine's syntax. All words of `all_of`, the words of `phrase` one after the
    other, one of `any_of` at least, none of `none_of`, and a word that begins with `prefix`; nothing at all
    asks for every article, newest first. Days are of ISO 8601; `page` counts from 1."""

    kind: str
    typed: str
    all_of: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    prefix: str = ""
    outlet: str = ""
    first: str = ""
    last: str = ""
    page: int = 1

    @property
    def everything(self) -> bool:
        """Whether it has no words."""
        return not self.typed


@dataclass(frozen=True, slots=True)
class Answered:
    """What a page shows: articles found, exact total, counts by outlet and month, a passage to a hit."""

    found: tuple[int, ...]
    total: int
    facets: dict[str, dict[str, int]]
    passages: tuple[str, ...]


class OverLimit(BaseException):
    """A query took longer than it may. No Exception, so that no contender's own handler takes it for one."""


class Contender(Protocol):
    """One engine over one collection. Made with a folder of its own, which may hold its index already."""

    said: str
    """How it is set up, and what it does not do."""

    def is_built(self, articles: int) -> bool:
        """Whether the folder holds the index of so many articles."""

    def build(self, rows: Iterator[Row]) -> None:
        """Make the index anew."""

    def forget(self) -> None:
        """Drop what answering has kept in memory, as far as it can."""

    def answer(self, asked: Asked, limit: float) -> Answered:
        """Answer a query. Raises: OverLimit: after `limit` seconds."""

    def finds(self, typed: str, written: str) -> bool:
        """Whether a search for a word finds it in this spelling."""

    def index_bytes(self) -> int:
        """The size of what it needs to search, the articles themselves left out where that can be told."""

    def server_processes(self) -> list[int]:
        """The numbers of the processes that serve it beside this one."""

    def close(self) -> None:
        """End what was started."""


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Row(**json.loads(line))


def read_queries(path: Path) -> list[Asked]:
    """The queries of a file."""
    return [_asked(one) for one in json.loads(path.read_text(encoding="utf-8"))]


def _asked(values: dict[str, Any]) -> Asked:
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Asked(**(values | lists))


def folder_bytes(folder: Path) -> int:
    """The size of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
