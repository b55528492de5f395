"""What a curator typed into the queue's form: read, checked, and put into the article in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from archive.dates import InvalidDate
from archive.desk.fields import NAMES, values_of
from archive.desk.typed_dates import TypedDate, read_typed_date
from archive.ingest.reading.names import name_key
from archive.models import Agency, Article, Author, Outlet
from archive.services.articles import Names
from archive.services.namebook import author_name
from archive.services.names import MAX_NAME, new_name
from archive.services.recording import born

Named = TypeVar("Named", Outlet, Agency)
_LISTED: Final = re.compile(r"\s*[،,;؛\n]\s*")
MOST_LETTERS: Final = 1000


@dataclass(slots=True)
class Typed:
    """What was typed for an article: the values, what of them differs from what is held, what is wrong.

    `new`: the kinds of names that may be made.
    """

    values: dict[str, str]
    changed: frozenset[str]
    new: frozenset[str]
    errors: dict[str, str] = field(default_factory=dict)
    date: TypedDate | None = None
    outlet: Outlet | None = None
    agencies: list[Agency] = field(default_factory=list)


def read_typed(article: Article, posted: Mapping[str, str]) -> Typed:
    """Read a form against the article that is held; nothing is written."""
    held = values_of(article)
    values = {name: " ".join(posted.get(name, "").split())[:MOST_LETTERS] for name in NAMES}
    changed = frozenset(name for name in NAMES if values[name] != " ".join(held[name].split()))
    new = frozenset(name for name in ("outlet", "agency") if posted.get(f"new_{name}"))
    typed = Typed(values, changed, new)
    if "published" in changed:
        _read_date(typed)
    if "outlet" in changed and values["outlet"]:
        typed.outlet = _known(Outlet, values["outlet"])
        _refuse_unknown(typed, "outlet", values["outlet"], typed.outlet)
    if "agency" in changed:
        for name in _parts(values["agency"]):
            known = _known(Agency, name)
            _refuse_unknown(typed, "agency", name, known)
            typed.agencies += [known] if known else []
    if not values["title"] and not article.body:
        typed.errors["title"] = _("This article has no text: it needs a headline.")
    return typed


def _read_date(typed: Typed) -> None:
    try:
        typed.date = read_typed_date(typed.values["published"])
    except InvalidDate as error:
        typed.errors["published"] = str(error)


def _refuse_unknown(typed: Typed, kind: str, name: str, known: object) -> None:
    if known is not None or kind in typed.new:
        return
    if len(name) > MAX_NAME:
        typed.errors[kind] = _("This is too long for a name.")
    else:
        typed.errors[kind] = _("«%(name)s» is not known. Choose a known name, or make a new one.") % {
            "name": name
        }


def _known(model: type[Named], name: str) -> Named | None:
    """The outlet or agency that is called so, in any of its spellings."""
    key = name_key(name)
    return next((held for held in model.objects.all() if key in _keys(held)), None)


def _keys(held: Outlet | Agency) -> set[str]:
    return {name_key(one) for one in (held.name, held.name_latin, *held.aliases) if one}


def _parts(listed: str) -> list[str]:
    return [part for part in _LISTED.split(listed.strip()) if part]


def put_in(article: Article, typed: Typed) -> Names:
    """Put what was typed into the article in memory, and make the names that are to be made.

    Call within an act; answers the names that the article shall have.
    """
    if "title" in typed.changed:
        article.title = typed.values["title"]
    if "place" in typed.changed:
        article.place = typed.values["place"][:200]
    if "published" in typed.changed:
        put_date(article, typed.date)
    if "outlet" in typed.changed:
        name = typed.values["outlet"]
        article.outlet = typed.outlet or (_made(Outlet, name) if name else None)
    return Names(
        agencies=_agencies(typed) if "agency" in typed.changed else None,
        authors=_authors(typed) if "author" in typed.changed else None,
    )


def put_date(article: Article, date: TypedDate | None) -> None:
    """Set the columns of the date; what the source printed stays where the curator typed ISO 8601."""
    article.published = date.known.day if date else None
    article.published_time = date.known.time if date else None
    article.published_precision = date.known.precision if date else Article.Precision.UNKNOWN
    if date and date.raw:
        article.published_raw, article.published_calendar = date.raw[:300], date.calendar


def _agencies(typed: Typed) -> list[Agency]:
    known = {key for agency in typed.agencies for key in _keys(agency)}
    unknown = [name for name in _parts(typed.values["agency"]) if name_key(name) not in known]
    made = [_made(Agency, name) for name in unknown if _known(Agency, name) is None]
    return [*typed.agencies, *made]


def _made(model: type[Named], name: str) -> Named:
    made = new_name(model=model, name=name)
    born(model, [made.pk])
    return made


def _authors(typed: Typed) -> list[Author]:
    authors = []
    for name in dict.fromkeys(map(author_name, _parts(typed.values["author"]))):
        author, is_new = Author.objects.get_or_create(name=name)
        if is_new:
            born(Author, [author.pk])
        authors.append(author)
    return authors
