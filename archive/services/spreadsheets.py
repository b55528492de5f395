"""Rows of a spreadsheet set beside what is held: what they would change, what is refused and why, and the
change itself, as one act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.dates import InvalidDate, parse_iso
from archive.export.sheets import BETWEEN, EDITED, UID, VERSION, read_back, values_of, version_of, written
from archive.ingest.reading.names import name_key
from archive.models import Act, Agency, Article, Author, Outlet, Tag
from archive.selectors.chosen import articles_among
from archive.services.acting import acting
from archive.services.articles import Names, curate_article
from archive.services.recording import born

MOST_ROWS: Final = 10_000
AT_ONCE: Final = 500
NAMED: Final = {"agencies": Agency, "authors": Author, "tags": Tag}
SET_BY_SHEET: Final = (Article.Status.IN_REVIEW.value, Article.Status.PUBLISHED.value)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that a row changes."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """An article that a row changes. `line` counts from 1 for the names of the columns."""

    line: int
    uid: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of which nothing is taken, and why, with the remedy."""

    line: int
    uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a spreadsheet comes to. `refused`: rows, or ("" for UID) the file as a whole."""

    changed: tuple[ChangedRow, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    unchanged: int = 0

    @property
    def mark(self) -> str:
        """The same for the same changes: what is agreed to is what was shown."""
        return hashlib.sha256(repr(self.changed).encode()).hexdigest()[:32]


class _Wrong(Exception):
    """A cell that cannot be taken."""


@dataclass(slots=True)
class _Known:
    """The names that cells can hold, each by all the ways it is written."""

    by_key: dict[type[Any], dict[str, Any]] = field(default_factory=dict)

    def find(self, model: type[Any], name: str) -> Any:
        """The outlet, agency or author of a name. Raises: _Wrong: there is none."""
        if model not in self.by_key:
            self.by_key[model] = dict(_ways(model))
        found = self.by_key[model].get(name_key(name))
        if found is None:
            message = _("“%(name)s” is not known: write it as the list of names does, or add it there first.")
            raise _Wrong(message % {"name": name})
        return found


def _ways(model: type[Any]) -> Iterable[tuple[str, Any]]:
    for thing in reversed(list(model._default_manager.all())):
        for way in (*thing.aliases, thing.name_latin, thing.name):
            if way:
                yield name_key(way), thing


def plan_sheet(rows: Sequence[Mapping[str, str]]) -> SheetPlan:
    """What these rows would change, and which are refused; nothing is written."""
    if refusal := _refusal(rows):
        return SheetPlan(refused=(RefusedRow(1, "", refusal),))
    known, changed, refused, unchanged = _Known(), [], [], 0
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        articles = _articles(some)
        for line, row in enumerate(some, start=start + 2):
            try:
                cells = _cells(row, articles.get(row[UID].strip()), known)
            except _Wrong as wrong:
                refused.append(RefusedRow(line, row[UID], str(wrong)))
                continue
            if cells:
                changed.append(
                    ChangedRow(line, row[UID].strip(), articles[row[UID].strip()].display_title, cells)
                )
            else:
                unchanged += 1
    return SheetPlan(tuple(changed), tuple(refused), unchanged)


def _refusal(rows: Sequence[Mapping[str, str]]) -> str:
    """Why no row at all can be taken; empty where they can."""
    if not rows:
        return _("There is no row in it.")
    if missing := [column for column in (UID, VERSION) if column not in rows[0]]:
        message = _("The column %(column)s is missing: export anew, and leave that column as it is.")
        return message % {"column": missing[0]}
    if len(rows) > MOST_ROWS:
        return _("More than %(n)s rows: import it in parts.") % {"n": f"{MOST_ROWS:,}"}
    uids = [row[UID].strip() for row in rows]
    if twice := {uid for uid in uids if uids.count(uid) > 1} if len(set(uids)) < len(uids) else set():
        return _("An article stands in two rows: %(uid)s.") % {"uid": min(twice)}
    return ""


def _articles(rows: Sequence[Mapping[str, str]]) -> dict[str, Article]:
    found = articles_among(uids=[row[UID].strip() for row in rows])
    wanted = found.select_related("outlet").prefetch_related("agencies", "authors", "tags").defer("segments")
    return {article.uid: article for article in wanted}


def _cells(row: Mapping[str, str], article: Article | None, known: _Known) -> tuple[Cell, ...]:
    """What a row changes. Raises: _Wrong."""
    if article is None:
        raise _Wrong(_("No article has this UID."))
    before = values_of(article)
    cells = tuple(
        Cell(column, before[column], row[column].strip())
        for column in EDITED
        if column in row and row[column].strip() != read_back(written(before[column])).strip()
    )
    if cells and row[VERSION].strip() != version_of(before):
        raise _Wrong(_("It was changed since it was exported: export it anew, and make the change there."))
    if cells:
        _set(article, cells, known)
    return cells


def _set(article: Article, cells: Sequence[Cell], known: _Known) -> Names:
    """Set these values of an article in memory, and answer its names. Raises: _Wrong."""
    names: dict[str, list[Any]] = {}
    for cell in cells:
        if cell.column in NAMED:
            names[cell.column] = _named(cell, known)
        else:
            _SETTERS.get(cell.column, _set_text)(article, cell, known)
    try:
        article.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise _Wrong("; ".join(error.messages)) from error
    if not (article.title or article.body):
        raise _Wrong(_("An article without text needs a title."))
    return Names(**names)


def _set_text(article: Article, cell: Cell, _known: _Known) -> None:
    setattr(article, cell.column, cell.after)
    if cell.column == "title":
        origin = Article.TitleOrigin.CURATED if cell.after else Article.TitleOrigin.DERIVED
        article.title_origin = origin


def _set_outlet(article: Article, cell: Cell, known: _Known) -> None:
    article.outlet = known.find(Outlet, cell.after) if cell.after else None


def _set_published(article: Article, cell: Cell, _known: _Known) -> None:
    try:
        date = parse_iso(cell.after) if cell.after else None
    except InvalidDate as error:
        raise _Wrong(f"{cell.after}: {error}") from error
    article.published = date.day if date else None
    article.published_time = date.time if date else None
    article.published_precision = date.precision if date else Article.Precision.UNKNOWN


def _set_status(article: Article, cell: Cell, _known: _Known) -> None:
    if cell.after not in SET_BY_SHEET or cell.before not in SET_BY_SHEET:
        message = _("The status can be %(choices)s here; to withdraw or restore, use the list of articles.")
        raise _Wrong(message % {"choices": ", ".join(SET_BY_SHEET)})
    article.status = cell.after


_SETTERS: Final[Mapping[str, Callable[[Article, Cell, _Known], None]]] = {
    "outlet": _set_outlet,
    "published": _set_published,
    "status": _set_status,
}


def _named(cell: Cell, known: _Known) -> list[Any]:
    """The names of a cell; new tags are made when the change is, other names must be known."""
    names = [" ".join(name.split()) for name in cell.after.split(BETWEEN.strip()) if name.strip()]
    if cell.column != "tags":
        return [known.find(NAMED[cell.column], name) for name in dict.fromkeys(names)]
    held = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    tags = [held.get(name) or Tag(name=name) for name in dict.fromkeys(names)]
    for tag in tags:
        try:
            tag.full_clean(validate_unique=False)
        except ValidationError as error:
            raise _Wrong("; ".join(error.messages)) from error
    return tags


def import_sheet(*, plan: SheetPlan, curator: User, note: str) -> int:
    """Make the changes of a plan, as one act; how many articles changed. Rows that were refused stay out."""
    known = _Known()
    with acting(kind=Act.Kind.SPREADSHEET, curator=curator, note=note):
        for start in range(0, len(plan.changed), AT_ONCE):
            some = plan.changed[start : start + AT_ONCE]
            articles = _articles([{UID: row.uid} for row in some])
            for row in some:
                _import_row(articles[row.uid], row, known, curator)
    return len(plan.changed)


def _import_row(article: Article, row: ChangedRow, known: _Known, curator: User) -> None:
    names = _set(article, row.cells, known)
    if names.tags is not None:
        names = replace(names, tags=[_held_tag(tag) for tag in names.tags])
    curate_article(article=article, fields=[cell.column for cell in row.cells], names=names, curator=curator)


def _held_tag(tag: Tag) -> Tag:
    """A tag that stands in the database: made now, on record, where there was none of its name."""
    held, is_new = Tag.objects.get_or_create(name=tag.name)
    if is_new:
        born(Tag, [held.pk])
    return held
