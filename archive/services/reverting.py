"""A field of an article set back to any value that it had, whatever has happened to it since."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.translation import gettext as _

from archive.models import Act, Article, Outlet, states_of
from archive.selectors.history import LINKED, READ_FIELDS
from archive.services.articles import Names, curate_article
from archive.services.fields import COLUMNS


class CannotRevert(ValueError):
    """The field cannot say again what it said: the message says why."""


def revert_field(*, article: Article, field: str, to: int, curator: User) -> Article:
    """Set a field of an article to what it was in one of its states on record (`FieldChange.was`, `.state`).

    It is locked, as what a curator types is. Raises: CannotRevert: there is no such field or state, or the
    name that it had is no more. PartOfAnother.
    """
    state = states_of(Article).filter(id=article.pk, history_id=to).first()
    if field not in READ_FIELDS or state is None:
        raise CannotRevert(f"{article.uid} has no state {to} of {field!r} on record")
    held = Article.objects.select_related("outlet").get(pk=article.pk)
    if field in LINKED:
        attribute, model = LINKED[field]
        names = Names(**{attribute: _held(model, getattr(state, attribute))})
        return curate_article(article=held, fields=[], names=names, curator=curator, kind=Act.Kind.REVERT)
    for column in COLUMNS.get(field, (field,)):
        setattr(held, column, _text(state) if column == "body" else getattr(state, column))
    if field == "outlet" and held.outlet_id is not None:
        _held(Outlet, [held.outlet_id])
    return curate_article(article=held, fields=[field], curator=curator, kind=Act.Kind.REVERT)


def _held(model: type[Model], keys: list[int]) -> list[Any]:
    """The names of these keys. Raises: CannotRevert: one was merged with another since."""
    found = list(model._default_manager.filter(pk__in=keys))
    if len(found) < len(keys):
        raise CannotRevert(_("the name that it had is no more: it was merged with another"))
    return found


def _text(state: Any) -> str:
    """The body in a state: its own, or that before the next act which changed it, or what it is today."""
    if state.body is not None:
        return str(state.body)
    later = states_of(Article).filter(id=state.id, history_id__gt=state.history_id, body__isnull=False)
    following = later.order_by("history_id").first()
    return following.body if following else Article.objects.get(pk=state.id).body
