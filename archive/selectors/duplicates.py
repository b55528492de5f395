"""What is known of articles that are the same, or nearly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from archive.models import Article, ArticlePair

MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """An article whose text is like another's, and how like: from 0 to 1."""

    article: Article
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness in whole per cent, rounded down: 100 is said of nothing less."""
        return int(100 * self.likeness)


def same_articles(*, article: Article) -> list[Article]:
    """The other articles that are shown through this one, in the order in which they came (one query)."""
    found = Article.objects.filter(same_as=article).exclude(status=Article.Status.WITHDRAWN)
    return list(
        found.select_related("outlet", "source").defer("body", "segments").order_by("pk")[:MOST_ALIKE]
    )


def articles_alike(*, article: Article) -> list[Alike]:
    """The shown articles of like text, most alike first, but for those that a curator told apart (two
    queries)."""
    pairs = (
        ArticlePair.objects.filter(Q(first=article) | Q(second=article), status=ArticlePair.Status.SUGGESTED)
        .order_by("-likeness", "pk")
        .values_list("first_id", "second_id", "likeness")
    )
    likeness = {second if first == article.pk else first: alike for first, second, alike in pairs}
    if not likeness:
        return []
    found = (
        Article.objects.shown()
        .filter(pk__in=list(likeness)[: 5 * MOST_ALIKE])
        .select_related("outlet")
        .prefetch_related("authors")
        .defer("segments")
    )
    alike = [Alike(other, likeness[other.pk]) for other in found]
    return sorted(alike, key=lambda other: (-other.likeness, other.article.pk))[:MOST_ALIKE]


def uids_of_like_texts(*, article: Article) -> set[str]:
    """The UIDs of all articles that hold its text or one like it, but for those that a curator told apart
    (one query)."""
    pairs = (
        ArticlePair.objects.filter(Q(first=article) | Q(second=article))
        .exclude(status=ArticlePair.Status.DIFFERENT)
        .values_list("first__uid", "second__uid")
    )
    return {uid for pair in pairs for uid in pair}


def pairs_in_words() -> Iterator[dict[str, object]]:
    """Every pair held: identifiers of both articles, likeness, and what is known of the two."""
    names = ("first__uid", "second__uid", "first__external_id", "second__external_id", "likeness", "status")
    for row in ArticlePair.objects.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield dict(zip((name.replace("__", "_") for name in names), row, strict=True))
