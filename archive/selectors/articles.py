"""Reads of articles, each with a known number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from django.db import connection

from archive.models import Article
from archive.selectors.choices import outlet_choices

MOST_STATEMENTS: Final = 128
INDEXED_COLUMNS: Final = (
    "uid",
    "title",
    "subtitle",
    "body",
    "outlet__slug",
    "section",
    "published",
    "published_time",
    "published_precision",
)


def articles_by_uid(*, uids: Sequence[str]) -> dict[str, Article]:
    """The shown articles among `uids` with what a list of hits shows: outlet, `author_names` (one more
    query)."""
    if not uids:
        return {}
    statement, parameters = _statement(len(uids))
    values = dict(zip(_places(len(uids)), uids, strict=True))
    found = list(Article.objects.raw(statement, [values.get(one, one) for one in parameters]))
    # after the articles, so that none of theirs can be missing
    authors = _author_names([article.pk for article in found])
    outlets = {outlet.pk: outlet for outlet in outlet_choices()}
    for article in found:
        article.outlet = outlets[article.outlet_id] if article.outlet_id else None
        article.author_names = tuple(authors.get(article.pk, ()))
    return {article.uid: article for article in found}


def _author_names(articles: Sequence[int]) -> dict[int, list[str]]:
    """The names of the authors of each of these articles (by key), in the order of names."""
    names: dict[int, list[str]] = defaultdict(list)
    if not articles:
        return names
    with connection.cursor() as cursor:
        cursor.execute(_statement_of_authors(len(articles)), articles)
        for article, name in cursor.fetchall():
            names[article].append(name)
    return names


@lru_cache(maxsize=MOST_STATEMENTS)
def _statement(number: int) -> tuple[str, tuple[Any, ...]]:
    """How Django asks for so many shown articles: for a database quick to answer, writing it is most of the
    work. Its parameters are `_places` of UIDs and what says that an article is shown."""
    asked = Article.objects.shown().filter(uid__in=_places(number)).defer("segments")
    return asked.query.sql_with_params()


def _places(number: int) -> list[str]:
    return [f"UID {place}" for place in range(number)]


@lru_cache(maxsize=MOST_STATEMENTS)
def _statement_of_authors(number: int) -> str:
    """How Django asks for the authors of so many articles; its parameters are their keys."""
    named_in = Article.authors.through.objects.filter(article__in=range(number)).order_by("author__name")
    return named_in.values_list("article", "author__name").query.sql_with_params()[0]


def texts_by_uid(*, uids: Sequence[str]) -> dict[str, Article]:
    """The shown articles among `uids` with outlet, to be read from end to end (one query)."""
    found = Article.objects.shown().filter(uid__in=uids).select_related("outlet").defer("segments")
    return {article.uid: article for article in found}


def articles_to_index(*, uids: Sequence[str] | None = None, chunk: int = 500) -> Iterator[Article]:
    """The shown articles (all, or those among `uids`) with what an index entry needs, in order of arrival:
    outlet, `author_names` and `agency_slugs` (two more queries for each chunk), and no other columns."""
    found = Article.objects.shown().select_related("outlet").only(*INDEXED_COLUMNS)
    if uids is not None:
        found = found.filter(uid__in=uids)
    arriving = found.order_by("pk").iterator(chunk_size=chunk)
    while articles := list(islice(arriving, chunk)):
        keys = [article.pk for article in articles]
        authors, agencies = _author_names(keys), _agency_slugs(keys)
        for article in articles:
            article.author_names = tuple(authors.get(article.pk, ()))
            article.agency_slugs = tuple(agencies.get(article.pk, ()))
        yield from articles


def _agency_slugs(articles: Sequence[int]) -> dict[int, list[str]]:
    """The agencies of each of these articles (by key)."""
    slugs: dict[int, list[str]] = defaultdict(list)
    named_in = Article.agencies.through.objects.filter(article__in=articles)
    for article, slug in named_in.values_list("article", "agency__slug").order_by("agency__name"):
        slugs[article].append(slug)
    return slugs
