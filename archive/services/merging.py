"""Outlets, agencies and authors: corrected, and merged where two rows are one name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.ingest.reading.names import name_key
from archive.models import Act, Agency, Article, Author, FormerName, Outlet
from archive.selectors.former import kind_of
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.duplicates import look_again
from archive.services.inserting import insert_rows
from archive.services.recording import born, in_handfuls, watch, watch_articles, write_down

Named = Outlet | Agency | Author


class CannotMerge(ValueError):
    """These names cannot be merged: the message says why."""


def merge_names(*, into: Named, others: Sequence[Named], curator: User, note: str = "") -> int:
    """Make several names one: all articles of `others` go to `into`, their names become its aliases, their
    addresses lead to it, and readings of them mean it; how many articles went.

    Raises: CannotMerge: a name with itself, or with one of another kind.
    """
    _check(into, others)
    model = type(into)
    keys = [other.pk for other in others]
    with acting(kind=Act.Kind.MERGE_NAMES, curator=curator, note=note or _said(into, others)):
        watch(model, [into.pk, *keys])
        articles = _move_articles(into, keys)
        into.aliases = _aliases(into, others)
        into.full_clean()
        into.save(update_fields=["aliases"])
        for other in others:
            _leave_address(other, into)
        model._default_manager.filter(pk__in=keys).delete()
    return articles


def keep_name(*, named: Named, curator: User) -> Named:
    """Save a name that a curator corrected or made. Raises: ValidationError."""
    with acting(kind=Act.Kind.NAME, curator=curator, note=named.name):
        named.full_clean()
        if named._state.adding:
            named.save()
            born(type(named), [named.pk])
            return named
        watch(type(named), [named.pk])
        named.save()
        if isinstance(named, Author):  # the index keeps authors by their names, all others by slugs
            note_changes(uids=Article.objects.filter(authors=named).values_list("uid", flat=True))
    return named


def remove_name(*, named: Named, curator: User) -> None:
    """Remove a name that no article bears. Raises: CannotMerge: one does; merge it with another."""
    if _articles_of(type(named), [named.pk]).exists():
        raise CannotMerge(_("articles bear this name: merge it with another"))
    with acting(kind=Act.Kind.NAME, curator=curator, note=named.name):
        watch(type(named), [named.pk])
        type(named)._default_manager.filter(pk=named.pk).delete()


def _check(into: Named, others: Sequence[Named]) -> None:
    if any(type(other) is not type(into) for other in others):
        raise CannotMerge(
            _("outlets can only be merged with outlets, agencies with agencies, authors with authors")
        )
    if not others or into.pk in {other.pk for other in others}:
        raise CannotMerge(_("choose two names or more, and one of them that stays"))


def _said(into: Named, others: Iterable[Named]) -> str:
    return f"{'، '.join(other.name for other in others)} ← {into.name}"


def _aliases(into: Named, others: Iterable[Named]) -> list[str]:
    """The aliases of a name with all that others are called, each once in normal form."""
    known = {name_key(way) for way in (into.name, into.name_latin, *into.aliases)}
    aliases = list(into.aliases)
    for other in others:
        for way in (other.name, other.name_latin, *other.aliases):
            if way and name_key(way) not in known:
                known.add(name_key(way))
                aliases.append(way)
    return aliases


def _articles_of(model: type[Named], keys: Collection[int]) -> QuerySet[Article]:
    link = {Outlet: "outlet", Agency: "agencies", Author: "authors"}[model]
    return Article.objects.filter(**{f"{link}__in": keys}).order_by()


def _move_articles(into: Named, keys: Collection[int]) -> int:
    """Give the articles of these names to another."""
    found = set(_articles_of(type(into), keys).values_list("pk", flat=True))
    for some in in_handfuls(found):
        watch_articles(some)
        if isinstance(into, Outlet):
            Article.objects.filter(pk__in=some).update(outlet=into)
            look_again(articles=some, other_words=False)
        else:
            _move_links(into, keys, some)
        note_changes(uids=Article.objects.filter(pk__in=some).values_list("uid", flat=True))
        write_down()
    return len(found)


def _move_links(into: Agency | Author, keys: Collection[int], articles: Sequence[int]) -> None:
    through: Any = Article.agencies.through if isinstance(into, Agency) else Article.authors.through
    column = "agency" if isinstance(into, Agency) else "author"
    through.objects.filter(**{f"{column}__in": keys}, article__in=articles).delete()
    has = set(
        through.objects.filter(**{column: into.pk}, article__in=articles).values_list("article_id", flat=True)
    )
    insert_rows(through, ("article", column), [(key, into.pk) for key in articles if key not in has], at=())


def _leave_address(other: Named, into: Named) -> None:
    kind, key = kind_of(type(other)), other.name if isinstance(other, Author) else other.slug
    held = FormerName.objects.filter(kind=kind, key=key)
    watch(FormerName, held.values_list("pk", flat=True))
    held.delete()
    row = FormerName.objects.create(kind=kind, key=key, was=other.pk, now=into.pk)
    born(FormerName, [row.pk])
