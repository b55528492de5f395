"""What a curator says of names: whose an unknown name is, and files of outlets and agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from archive.ingest.reading.names import name_key
from archive.models import Act, Agency, Article, Evidence, NameSuggestion, Outlet
from archive.services.acting import acting
from archive.services.changes import announce_changes, note_changes
from archive.services.duplicates import look_again
from archive.services.fields import CURATED
from archive.services.recording import born, in_handfuls, watch, watch_articles
from archive.services.slugs import slug_beside_others, slug_for

Named = TypeVar("Named", Outlet, Agency)

MAX_NAME = 200


class WrongTarget(ValueError):
    """A suggested outlet can only be an outlet, a suggested agency only an agency."""

    def __init__(self, suggestion: NameSuggestion, target: Outlet | Agency) -> None:
        super().__init__(f"{suggestion.name!r} was read as an {suggestion.kind}; choose one, not {target!r}")


def new_name(*, model: type[Named], name: str) -> Named:
    """The outlet or agency of this name, made with a slug from it where there is none yet."""
    held = model.objects.filter(name=name).first()
    if held is not None:
        return held
    slug = slug_for(name)
    if model.objects.filter(slug=slug).exists():
        slug = slug_beside_others(name)
    made = model(slug=slug, name=name)
    made.full_clean()
    made.save()
    born(model, [made.pk])
    return made


def accept_suggestion(
    *, suggestion: NameSuggestion, target: Outlet | Agency | None = None, curator: User | None = None
) -> int:
    """Say whose a suggested name is (None: a new outlet or agency), and link the articles that were read so.

    Articles whose outlet a curator has set keep it. Answers how many articles were linked. Without a
    `curator` (a file of names was loaded) it is no act.
    Raises: WrongTarget: an agency for an outlet, or the other way round.
    """
    with _deciding(suggestion, curator):
        return _accept(suggestion, target)


def reject_suggestion(*, suggestion: NameSuggestion, curator: User | None = None) -> None:
    """Say that a suggested name is none: the articles stay without, and it is not suggested again."""
    with _deciding(suggestion, curator):
        suggestion.status = NameSuggestion.Status.REJECTED
        suggestion.save(update_fields=["status"])


@contextmanager
def _deciding(suggestion: NameSuggestion, curator: User | None) -> Iterator[None]:
    if curator is None:
        with transaction.atomic():
            yield
    else:
        with acting(kind=Act.Kind.SUGGESTION, curator=curator, note=suggestion.name):
            watch(NameSuggestion, [suggestion.pk])
            yield


def _accept(suggestion: NameSuggestion, target: Outlet | Agency | None) -> int:
    is_outlet = suggestion.kind == NameSuggestion.Kind.OUTLET
    if target is None:
        target = _new_target(is_outlet, suggestion.name)
    if isinstance(target, Outlet) != is_outlet:
        raise WrongTarget(suggestion, target)
    watch(type(target), [target.pk])
    add_alias(named=target, alias=suggestion.name)
    suggestion.status = NameSuggestion.Status.ACCEPTED
    suggestion.save(update_fields=["status"])
    articles = _read_so(suggestion)
    for keys in in_handfuls(article.pk for article in articles):
        watch_articles(keys)
        _link(keys, target)
    note_changes(uids=[article.uid for article in articles])
    announce_changes()
    return len(articles)


def _new_target(is_outlet: bool, name: str) -> Outlet | Agency:
    return new_name(model=Outlet, name=name) if is_outlet else new_name(model=Agency, name=name)


def add_alias(*, named: Outlet | Agency, alias: str) -> bool:
    """Note one more way a name is written, unless one of its ways is the same in normal form."""
    if name_key(alias) in {name_key(known) for known in (named.name, named.name_latin, *named.aliases)}:
        return False
    named.aliases = [*named.aliases, alias]
    named.full_clean()
    named.save(update_fields=["aliases"])
    return True


def _read_so(suggestion: NameSuggestion) -> list[Article]:
    """The articles whose evidence gives this name and whose field no curator has set."""
    said = Evidence.objects.filter(field=suggestion.kind, value=suggestion.name).exclude(rule=CURATED)
    locked = Evidence.objects.filter(field=suggestion.kind, rule=CURATED)
    found: QuerySet[Article, Any] = Article.objects.filter(pk__in=said.values("article"))
    if suggestion.kind == NameSuggestion.Kind.OUTLET:
        found = found.filter(outlet__isnull=True)
    return list(found.exclude(pk__in=locked.values("article")).only("pk", "uid"))


def _link(keys: Sequence[int], target: Outlet | Agency) -> None:
    if isinstance(target, Outlet):
        Article.objects.filter(pk__in=keys).update(outlet=target)
        look_again(articles=keys, other_words=False)
        return
    link = Article.agencies.through
    link.objects.bulk_create(
        [link(article_id=key, agency_id=target.pk) for key in keys], ignore_conflicts=True
    )
