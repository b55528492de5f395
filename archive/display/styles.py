"""An article cited for readers: Chicago, MLA and APA, each in Arabic and in Latin script.

Headlines are the source's and are never put into another script: in Latin script they stay Arabic, with
`[in Arabic]` after them. Names stand as they were printed, for which part of an Arabic name is the family's
nobody can tell from its letters. A headline that the archive took from the opening words stands in square
brackets, as a work without a title does. A date that was printed by the Hijri calendar comes first, the day
that it is converted to after a stroke.

Source: The Chicago Manual of Style, 17th ed., chapters 11 (Arabic) and 14 (newspapers); MLA Handbook, 9th
ed., chapter 5; APA Publication Manual, 7th ed., chapters 9 (other languages) and 10 (newspapers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from archive.display.dates import hijri_of
from archive.display.directions import direction_of_prose
from archive.display.names_of_time import names_of_time
from archive.export.one_line import one_line
from archive.models import Article

Language = Literal["ar", "en"]
Kind = Literal["words", "title", "paper", "address", "no_text"]
Join = Callable[[Sequence[str], Language], str]

NESTED_QUOTES: Final = {ord("«"): "“", ord("»"): "”"}
MLA_MONTHS: Final = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
ARCHIVE: Final = {"ar": "أرشيف", "en": "Arshif"}
MOST_NAMES: Final = 2
"""Names beyond which there are commas between them, or others."""
UNDATED: Final = {"ar": "د.ت.", "en": "n.d."}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a citation. kind: "title" and "paper" are the source's, "address" runs rightwards,
    "no_text" says that the source holds a headline alone."""

    text: str
    kind: Kind = "words"


@dataclass(frozen=True, slots=True)
class Citation:
    """An article cited in one style and script."""

    language: Language
    parts: tuple[Part, ...]


def chicago(article: Article, address: str, language: Language) -> Citation:
    """Author. “Title.” Paper, Month Day, Year. Archive. Address."""
    cited = _Cited(article, language)
    date = cited.date_in_words("mdy" if language == "en" else "dmy").removesuffix(".")
    return cited.made(
        *cited.authors(_and_all), *cited.quoted(), *cited.paper(cited.comma),
        Part(f"{date}. {ARCHIVE[language]}. "), Part(address, "address"), Part("."),
    )  # fmt: skip


def mla(article: Article, address: str, language: Language) -> Citation:
    """Author. “Title.” Paper, Day Mon. Year, Archive, address without its scheme."""
    cited = _Cited(article, language)
    date = cited.date_in_words("dmy", short=True)
    return cited.made(
        *cited.authors(_and_others), *cited.quoted(), *cited.paper(cited.comma),
        Part(f"{date}{cited.comma}{ARCHIVE[language]}{cited.comma}"),
        Part(address.partition("://")[2] or address, "address"), Part("."),
    )  # fmt: skip


def apa(article: Article, address: str, language: Language) -> Citation:
    """Author. (Year, Month Day). Title. Paper. Address; the title first where nobody signed."""
    cited = _Cited(article, language)
    date = Part(f"({cited.date_by_year()}). ")
    authors = cited.authors(_and_sign)
    head = (*authors, date, *cited.unquoted()) if authors else (*cited.unquoted(), date)
    return cited.made(*head, *cited.paper(". "), Part(address, "address"))


STYLES: Final = (("Chicago", chicago), ("MLA", mla), ("APA", apa))


@dataclass(frozen=True, slots=True)
class Day:
    """A date by one calendar to its precision: what is not known is empty."""

    year: str
    month: str = ""
    day: str = ""
    short_month: str = ""

    def written(self, order: str, *, short: bool) -> str:
        month = self.short_month if short and self.short_month else self.month
        if order == "mdy" and self.day:
            return f"{month} {self.day}, {self.year}"
        return " ".join(part for part in (self.day, month, self.year) if part)

    def within_year(self, order: str) -> str:
        parts = (self.month, self.day) if order == "mdy" else (self.day, self.month)
        return " ".join(part for part in parts if part)


class _Cited:
    """What an article gives to a citation in a script."""

    def __init__(self, article: Article, language: Language) -> None:
        self._article = article
        self._language: Language = language
        self._english = language == "en"
        self._days = _days(article, language)
        self.comma = ", " if self._english else "، "

    def made(self, *parts: Part) -> Citation:
        return Citation(self._language, parts)

    def authors(self, joined: Join) -> tuple[Part, ...]:
        names = [one_line(author.name) for author in self._article.authors.all()]
        text = joined(names, self._language)
        return (Part(text if text.endswith(".") else f"{text}."), Part(" ")) if names else ()

    def quoted(self) -> tuple[Part, ...]:
        if not self._article.title:
            return self.unquoted()
        opening, closing = ("“", "”") if self._english else ("«", "»")
        title = self._article.title if self._english else self._article.title.translate(NESTED_QUOTES)
        return (Part(opening), _title(title), Part(f"{closing}{self._in_arabic()}. "), *self._without_text())

    def unquoted(self) -> tuple[Part, ...]:
        title: tuple[Part, ...] = (_title(self._article.display_title),)
        if not self._article.title:
            title = (Part("["), *title, Part("]"))
        return (*title, Part(f"{self._in_arabic()}. "), *self._without_text())

    def paper(self, after: str) -> tuple[Part, ...]:
        outlet = self._article.outlet
        if outlet is None:
            return ()
        name = outlet.name_latin if self._english and outlet.name_latin else outlet.name
        return (Part(one_line(name), "paper"), Part(after))

    def date_in_words(self, order: str, *, short: bool = False) -> str:
        if not self._days:
            return UNDATED[self._language]
        return "/".join(day.written(order, short=short and self._english) for day in self._days)

    def date_by_year(self) -> str:
        if not self._days:
            return UNDATED[self._language]
        years = "/".join(day.year for day in self._days)
        order = "mdy" if self._english else "dmy"
        rest = "/".join(filter(None, (day.within_year(order) for day in self._days)))
        return f"{years}{self.comma}{rest}" if rest else years

    def _in_arabic(self) -> str:
        arabic = direction_of_prose(self._article.display_title) == "rtl"
        return " [in Arabic]" if self._english and arabic else ""

    def _without_text(self) -> tuple[Part, ...]:
        return () if self._article.body else (Part("", "no_text"), Part(" "))


def _title(text: str) -> Part:
    return Part(one_line(text), "title")


def _days(article: Article, language: Language) -> tuple[Day, ...]:
    """The date by the calendar that was printed, and where that is the Hijri one to the day, by both."""
    if article.published is None:
        return ()
    names, known = names_of_time(language), article.published
    depth = {"year": 1, "month": 2}.get(article.published_precision, 3)
    gregorian = Day(*_known(depth, known.year, names.months[known.month - 1], known.day))
    if language == "en" and gregorian.month:
        gregorian = Day(gregorian.year, gregorian.month, gregorian.day, MLA_MONTHS[known.month - 1])
    if article.published_calendar != Article.Calendar.HIJRI or (hijri := hijri_of(known)) is None:
        return (gregorian,)
    printed = Day(*_known(depth, hijri[0], names.hijri[hijri[1] - 1], hijri[2]))
    return (printed, gregorian) if printed.day else (printed,)


def _known(depth: int, year: int, month: str, day: int) -> Sequence[str]:
    return (str(year), month, str(day))[:depth]


def _and_all(names: Sequence[str], language: Language) -> str:
    """A and B; A, B, and C."""
    return _listed(names, "and ") if language == "en" else _listed(names, "و", separator="، ")


def _and_sign(names: Sequence[str], language: Language) -> str:
    """A, & B; A, B, & C."""
    if language == "ar":
        return _and_all(names, language)
    return ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _and_others(names: Sequence[str], language: Language) -> str:
    """A, and B; A, et al."""
    if len(names) <= MOST_NAMES:
        return ", and ".join(names) if language == "en" else _and_all(names, language)
    return f"{names[0]}, et al." if language == "en" else f"{names[0]} وآخرون"


def _listed(names: Sequence[str], last: str, separator: str = ", ") -> str:
    if len(names) <= MOST_NAMES:
        return f" {last}".join(names)
    return f"{separator.join(names[:-1])}{separator}{last}{names[-1]}"
