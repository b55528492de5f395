"""The address of a search read into a request: every mistake is said plainly, and the rest still used."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from arabic import ascii_digits
from archive.dates import InvalidDate, parse_iso
from search.query.dates import read_date
from search.types import MAX_PAGE_SIZE, UNKNOWN, Level, LineOrder, SearchRequest, Sort, View

MAX_QUERY_LENGTH: Final = 1_000
MAX_VALUES: Final = 20
MAX_VALUE_LENGTH: Final = 300
"""Letters of an author's name, the longest that the archive keeps."""
MAX_PAGE_DIGITS: Final = 6

_YEAR = re.compile(r"\d{4}")

Read = TypeVar("Read")
Chosen = TypeVar("Chosen", bound=StrEnum)


class WrongValue(ValueError):
    """A value in an address that cannot be used; `remedy` says in the reader's language what can."""

    def __init__(self, value: str, remedy: str) -> None:
        super().__init__(f"{value!r}: {remedy}")
        self.value = value
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter that was left out of the search, and why."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks, as far as it can be understood."""

    request: SearchRequest
    mistakes: tuple[Mistake, ...] = ()


def parse_address(parameters: QueryDict) -> Address:
    """Read `q level outlet agency author section year from to sort page size variants view order start unit`;
    what cannot be read is a mistake.

    A search without words is ordered by date, newest first, unless the address says otherwise.
    """
    reader = _Reader(parameters)
    query = reader.query()
    usual_sort = Sort.RELEVANCE if query else Sort.NEWEST
    first, last = reader.one("from", parse_first_day, None), reader.one("to", parse_last_day, None)
    if first and last and first > last:
        reader.say(
            "from", first.isoformat(), _("The first date is after the last one; the two were exchanged.")
        )
        first, last = _exchanged(parameters)
    request = SearchRequest(
        query=query,
        level=reader.one("level", _one_of(Level), None),
        outlets=reader.many("outlet", _name),
        agencies=reader.many("agency", _name),
        authors=reader.many("author", _name),
        sections=reader.many("section", _name),
        years=reader.many("year", _year),
        date_from=first,
        date_to=last,
        sort=reader.one("sort", _one_of(Sort), usual_sort),
        page=reader.one("page", _page, 1),
        size=reader.one("size", _size, SearchRequest().size),
        variants=reader.one("variants", _switch, True),
        view=reader.one("view", _one_of(View), View.LIST),
        order=reader.one("order", _one_of(LineOrder), LineOrder.AFTER),
        start=reader.one("start", _start, 1),
        unit=reader.one("unit", _unit, None),
    )
    return Address(request, tuple(reader.mistakes))


def without_unknown(address: Address, *, outlets: set[str], agencies: set[str] | None = None) -> Address:
    """The address without outlets (and agencies, where given) unknown to the archive; each is said."""
    request = address.request
    strange = [slug for slug in request.outlets if slug not in outlets | {UNKNOWN}]
    mistakes = [_no_such("outlet", slug) for slug in strange]
    known = tuple(slug for slug in request.outlets if slug not in strange)
    request = dataclasses.replace(request, outlets=known)
    if agencies is not None:
        strange = [slug for slug in request.agencies if slug not in agencies | {UNKNOWN}]
        mistakes += [_no_such("agency", slug) for slug in strange]
        known = tuple(slug for slug in request.agencies if slug not in strange)
        request = dataclasses.replace(request, agencies=known)
    return Address(request, (*address.mistakes, *mistakes))


def parse_first_day(text: str) -> datetime.date:
    """The first day of `2015`, `2015-11` or `2015-11-21`, or of a date as a query can name it: `21-11-2015`,
    `1436`, `نوفمبر 2015`. Raises: WrongValue."""
    return _days_of(text)[0]


def parse_last_day(text: str) -> datetime.date:
    """The last day of the same. Raises: WrongValue."""
    return _days_of(text)[1]


class _Reader:
    """Takes values out of an address and keeps the mistakes found on the way."""

    def __init__(self, parameters: QueryDict) -> None:
        self._parameters = parameters
        self.mistakes: list[Mistake] = []

    def say(self, parameter: str, value: str, message: str) -> None:
        self.mistakes.append(Mistake(parameter, value, message))

    def query(self) -> str:
        """What was typed, cut where it is longer than anyone types (every link of the page repeats it)."""
        text = self._parameters.get("q", "").strip()
        if len(text) > MAX_QUERY_LENGTH:
            message = _("Only the first %(n)d characters of the query were used.") % {"n": MAX_QUERY_LENGTH}
            self.say("q", f"{text[:40]}…", message)
        return text[:MAX_QUERY_LENGTH].rstrip()

    def one(self, parameter: str, read: Callable[[str], Read], usual: Read) -> Read:
        """The last value given, or the usual one where there is none or a wrong one."""
        text = self._parameters.get(parameter, "").strip()
        if not text:
            return usual
        try:
            return read(text)
        except WrongValue as wrong:
            self.say(parameter, wrong.value, wrong.remedy)
            return usual

    def many(self, parameter: str, read: Callable[[str], str]) -> tuple[str, ...]:
        """Every different value given, in order, without the wrong ones."""
        texts = list(dict.fromkeys(t.strip() for t in self._parameters.getlist(parameter) if t.strip()))
        if len(texts) > MAX_VALUES:
            left_out = texts[MAX_VALUES]
            self.say(
                parameter,
                left_out,
                _("At most %(n)d values at once; the rest were left out.") % {"n": MAX_VALUES},
            )
        values = []
        for text in texts[:MAX_VALUES]:
            try:
                values.append(read(text))
            except WrongValue as wrong:
                self.say(parameter, wrong.value, wrong.remedy)
        return tuple(dict.fromkeys(values))


def _exchanged(parameters: QueryDict) -> tuple[datetime.date, datetime.date]:
    """Both ends again, each read as what the other was meant to be."""
    first, last = parameters.get("to", ""), parameters.get("from", "")
    return parse_first_day(first.strip()), parse_last_day(last.strip())


def _no_such(parameter: str, value: str) -> Mistake:
    if parameter == "agency":
        return Mistake(parameter, value, _("The archive knows no agency by this name; it was left out."))
    return Mistake(parameter, value, _("The archive knows no outlet by this name; it was left out."))


def _days_of(text: str) -> tuple[datetime.date, datetime.date]:
    """As in a query: a year from 1343 to 1500 is of the Hijri calendar. Raises: WrongValue."""
    period = read_date(text) if len(text) <= MAX_VALUE_LENGTH else None
    if period and period.first and period.last:
        return period.first, period.last
    try:
        known = parse_iso(ascii_digits(text).replace("/", "-"))
    except InvalidDate as wrong:
        raise WrongValue(text, str(wrong)) from wrong
    return known.day, known.last_day


def _one_of(choices: type[Chosen]) -> Callable[[str], Chosen]:
    """A reader of one of a few words."""

    def read(text: str) -> Chosen:
        try:
            return choices(text)
        except ValueError:
            remedy = _("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)}
            raise WrongValue(text, remedy) from None

    return read


def _switch(text: str) -> bool:
    if text not in {"on", "off"}:
        raise WrongValue(text, _("Choose one of: %(choices)s.") % {"choices": "on, off"})
    return text == "on"


def _name(text: str) -> str:
    if len(text) > MAX_VALUE_LENGTH or "\0" in text:
        raise WrongValue(
            f"{text[:40]}…", _("A name may be at most %(n)d characters long.") % {"n": MAX_VALUE_LENGTH}
        )
    return text


def _year(text: str) -> str:
    year = ascii_digits(text)
    if year != UNKNOWN and (not _YEAR.fullmatch(year) or not int(year)):
        raise WrongValue(text, _("Write a year in four figures, such as 2015."))
    return year


def _page(text: str) -> int:
    return _whole_number(text, _("Pages are numbered from 1."))


def _start(text: str) -> int:
    return _whole_number(text, _("Articles are numbered from 1."))


def _unit(text: str) -> int | None:
    return _whole_number(text, _("The words of a query are numbered from 1."))


def _size(text: str) -> int:
    remedy = _("A page may have from 1 to %(n)d results.") % {"n": MAX_PAGE_SIZE}
    size = _whole_number(text, remedy)
    if size > MAX_PAGE_SIZE:
        raise WrongValue(text, remedy)
    return size


def _whole_number(text: str, remedy: str) -> int:
    figures = ascii_digits(text)
    if not figures.isascii() or not figures.isdecimal() or len(figures) > MAX_PAGE_DIGITS or not int(figures):
        raise WrongValue(text, remedy)
    return int(figures)
