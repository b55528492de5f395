"""The fields of an article as the queue shows them: value, letter, why it is doubted, who set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.dates import InvalidDate
from archive.desk.suggestions import Suggestion
from archive.desk.typed_dates import in_both_calendars, read_typed_date
from archive.display.dates import written_day
from archive.display.evidence import Note, first_by_field
from archive.display.hints import joined_hint, written_hint
from archive.display.rules import rule_in_words
from archive.hints import hint_from_kept
from archive.ingest.reading.types import DateHint
from archive.models import Article, Evidence

NAMES: Final = ("title", "published", "outlet", "agency", "author", "place")
"""The fields of the queue, in the order of the page; the form calls them so too."""
LABELS: Final[Mapping[str, Promise]] = {
    "title": gettext_lazy("Headline"),
    "published": gettext_lazy("Date"),
    "outlet": gettext_lazy("Outlet"),
    "agency": gettext_lazy("Agency"),
    "author": gettext_lazy("Author"),
    "place": gettext_lazy("Place"),
}
LISTED: Final = "، "


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of the form. `doubt` says why it needs eyes; `note` what is known of it; `error` why it was
    refused; `may_be_new`: a name that is not known can be made here."""

    name: str
    label: str
    value: str
    letter: str = ""
    reading: str = ""
    doubt: str = ""
    locked: str = ""
    note: str = ""
    error: str = ""
    may_be_new: bool = False
    new: bool = False
    suggestions: tuple[Suggestion, ...] = field(default=())

    @property
    def weak(self) -> bool:
        """Whether the field needs eyes."""
        return bool(self.doubt or self.error)


def values_of(article: Article) -> dict[str, str]:
    """What an article says in the fields of the queue, as a form writes it."""
    return {
        "title": article.title,
        "published": date_as_typed(article),
        "outlet": article.outlet.name if article.outlet else "",
        "agency": LISTED.join(sorted(agency.name for agency in article.agencies.all())),
        "author": LISTED.join(sorted(author.name for author in article.authors.all())),
        "place": article.place,
    }


def date_as_typed(article: Article) -> str:
    """The date as printed where that says the very date that is held, else in ISO 8601."""
    held = article.published_iso or ""
    if not article.published_raw or not held:
        return held
    try:
        read = read_typed_date(article.published_raw)
    except InvalidDate:
        return held
    same = read is not None and read.known.day == article.published and read.iso == held
    return " ".join(article.published_raw.split()) if same else held


def shown_fields(
    article: Article,
    values: Mapping[str, str],
    notes: Sequence[Note],
    suggestions: Sequence[Suggestion],
    errors: Mapping[str, str],
    new: frozenset[str] = frozenset(),
) -> list[ShownField]:
    """The fields of an article with these values in them (two queries)."""
    evidence = list(article.evidence.all())
    locks = {piece.field: piece for piece in evidence if piece.curator_id is not None}
    read = {piece.field: piece for piece in reversed(evidence) if piece.curator_id is None}
    by_letter = first_by_field(note for note in notes if not note.curated)
    shown = []
    for name in NAMES:
        lock, note = locks.get(name), by_letter.get(name)
        shown.append(
            ShownField(
                name=name,
                label=str(LABELS[name]),
                value=values[name],
                letter=note.letter if note and note.start is not None else "",
                reading=f"{note.rule}{_(', ')}{note.confidence}" if note else "",
                doubt="" if lock else _doubt(article, name, read.get(name)),
                locked=_locked(lock) if lock else "",
                note=_note(name, values, evidence),
                error=errors.get(name, ""),
                may_be_new=name in ("outlet", "agency"),
                new=name in new,
                suggestions=tuple(one for one in suggestions if one.field == name),
            )
        )
    return shown


def _doubt(article: Article, name: str, read: Evidence | None) -> str:
    """Why a field needs eyes, in words; empty where it does not."""
    if name == "title" and not article.title:
        return _("the source prints no headline")
    if name == "published" and article.published is None:
        return _("date unknown")
    if name == "outlet" and article.outlet_id is None:
        return _("a name that is not known") if read and read.value else _("outlet unknown")
    if name == "agency" and read and read.value and not article.agencies.all():
        return _("a name that is not known")
    if name == "author" and _is_new_author(article):
        return _("new name")
    if read is not None and read.confidence < Evidence.Confidence.HIGH:
        return _("not sure: %(rule)s") % {"rule": rule_in_words(read.rule)}
    return ""


def _is_new_author(article: Article) -> bool:
    """Whether an author of it, each counted with the article's row, has no other article."""
    return any(author.articles_borne == 1 for author in article.authors.all())  # type: ignore[attr-defined]


def _locked(lock: Evidence) -> str:
    who = lock.curator.get_username() if lock.curator else ""
    day = written_day(timezone.localtime(lock.at).date())
    return _("set by %(who)s on %(day)s, locked") % {"who": who, "day": day}


def _note(name: str, values: Mapping[str, str], evidence: Sequence[Evidence]) -> str:
    """Under the date: how it is understood, or what the text allows."""
    if name != "published":
        return ""
    if not values[name].strip():
        hint = joined_hint(hint_from_kept(piece.value) for piece in evidence if piece.field == "hint")
        return _("The text allows: %(hint)s.") % {"hint": written_hint(hint)} if hint != DateHint() else ""
    try:
        typed = read_typed_date(values[name])
    except InvalidDate:
        return ""
    return _("Understood as: %(date)s.") % {"date": in_both_calendars(typed)} if typed else ""
