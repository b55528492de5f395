"""What a set of articles is: what was asked, when, and how many articles answer it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext as _

from arabic import ascii_digits
from archive.export.one_line import one_line
from archive.models import Article

Address = Callable[[Article], str]


def no_address(_article: Article) -> str:
    """No address in this archive: a command does not know under which name it is served."""
    return ""


MOST_OF_A_NAME: Final = 60
"""Letters of a query that stand in the name of a file."""


@dataclass(frozen=True, slots=True)
class About:
    """A set that is taken away. `conditions`: what narrows it, each in words with its value. `found`: all
    articles that answer; `rows`: how many of them the file is to hold; `first`: the one that it begins with,
    where it holds a part of them. `address`: where the archive shows them. `chosen`: the name of a set that a
    reader put together by hand, which has no query. `notes`: what the reader wrote about articles of it, by
    UID; None where there can be none."""

    query: str
    conditions: tuple[tuple[str, str], ...]
    found: int
    rows: int
    taken: datetime.datetime
    address: str = ""
    chosen: str = ""
    notes: Mapping[str, str] | None = None
    first: int = 1

    @property
    def name(self) -> str:
        """What the set is called: its query, or the name that a reader gave it."""
        return one_line(self.chosen or self.query) or _("every article")

    @property
    def is_whole(self) -> bool:
        """Whether the file is to hold every article that answers."""
        return self.rows == self.found

    @property
    def asked(self) -> str:
        """The query and what narrows it on one line."""
        conditions = (f"{name}: {value}" for name, value in self.conditions)
        return one_line(" · ".join((self.name, *conditions)))

    @property
    def taken_at(self) -> str:
        """When, in ISO 8601 to the second."""
        return self.taken.isoformat(timespec="seconds")

    def note_on(self, article: Article) -> str:
        """What the reader wrote about an article; empty for nothing."""
        return (self.notes or {}).get(article.uid, "")

    def lines(self) -> Iterator[tuple[str, str]]:
        """What the reader of a file is told first, by name and value."""
        yield (_("Chosen by hand") if self.chosen else _("Search")), self.name
        yield from ((name, one_line(value)) for name, value in self.conditions)
        yield _("Taken"), self.taken.strftime("%Y-%m-%d %H:%M %Z").strip()
        if self.is_whole:
            yield _("Articles"), f"{self.found:,}"
        else:
            yield _("Articles"), self._part()
        if self.address:
            yield _("Address"), self.address

    def _part(self) -> str:
        """Which of all articles the file is to hold."""
        figures = {
            "first": f"{self.first:,}",
            "last": f"{self.first + self.rows - 1:,}",
            "rows": f"{self.rows:,}",
            "found": f"{self.found:,}",
        }
        if self.first == 1:
            return _("the first %(rows)s of %(found)s") % figures
        return _("%(first)s to %(last)s of %(found)s") % figures

    def file_name(self, ending: str) -> str:
        """A name for the file in any script: what was asked, and the day."""
        words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", self._called)).strip("-_")
        return (
            "-".join(part for part in ("arshif", words[:MOST_OF_A_NAME].strip("-_"), self._day) if part)
            + f".{ending}"
        )

    def ascii_file_name(self, ending: str) -> str:
        """The same in ASCII, its Arabic letters in Latin ones as near as one letter comes."""
        called = ascii_digits(unicodedata.normalize("NFC", self._called))
        latin = "".join(LATIN_LETTERS.get(letter, letter) for letter in called)
        plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii")
        words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:MOST_OF_A_NAME].strip("-")
        return "-".join(part for part in ("arshif", words, self._day) if part) + f".{ending}"

    @property
    def _called(self) -> str:
        return self.chosen or self.query

    @property
    def _day(self) -> str:
        return self.taken.date().isoformat()

    def disposition(self, ending: str) -> str:
        """The header that names the file: ASCII for old programs, all letters for others (RFC 6266)."""
        return (
            f'attachment; filename="{self.ascii_file_name(ending)}"; '
            f"filename*=UTF-8''{quote(self.file_name(ending), safe='')}"
        )


_ONE_FOR_ONE: Final = dict(
    zip("ابتجحدرزسصضطظفقكلمنهويأإآٱىؤئةپڤگ", "abtjhdrzssdtzfqklmnhwyaaaaawyapvg", strict=True)
)
_TWO_FOR_ONE: Final = {"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "چ": "ch", "ژ": "zh"}
LATIN_LETTERS: Final = _ONE_FOR_ONE | _TWO_FOR_ONE
"""For the names of files alone: rough, and nothing is searched by it."""
