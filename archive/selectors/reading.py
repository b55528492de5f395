"""What the page of one article reads."""

from __future__ import annotations

from archive.models import Article, SourceFile, Withdrawal
from archive.selectors.browse import OutletChoice, articles_of_day

MOST_SIBLINGS = 20


def article_to_read(*, uid: str) -> Article:
    """An article, withdrawn or not, with all that its page shows (four queries).

    Raises: Article.DoesNotExist.
    """
    found = Article.objects.select_related("outlet", "source", "same_as").defer("same_as__segments")
    found = found.prefetch_related("agencies", "authors", "evidence")
    return found.get(uid=uid)


def withdrawal_of(*, article: Article) -> Withdrawal | None:
    """Since when and why a curator withdrew an article (one query); None where the machine did."""
    return Withdrawal.objects.filter(article=article).first()


def whole_of(*, article: Article) -> Article | None:
    """The article that this one is a part of now (one query)."""
    return Article.objects.filter(joined__article=article).only("uid").first()


def neighbours_of_the_day(*, article: Article) -> tuple[Article | None, Article | None]:
    """The articles before and after this one in the same outlet on the same day (two queries)."""
    if (
        article.outlet is None
        or article.published is None
        or article.published_precision not in ("time", "day")
    ):
        return None, None
    of_day = articles_of_day(day=article.published, choice=OutletChoice(article.outlet))
    keys = list(of_day.prefetch_related(None).values_list("pk", flat=True))
    place = keys.index(article.pk) if article.pk in keys else len(keys)
    around = keys[max(0, place - 1) : place + 2]
    found = Article.objects.defer("segments").in_bulk([key for key in around if key != article.pk])
    before = found.get(keys[place - 1]) if place else None
    after = found.get(keys[place + 1]) if place + 1 < len(keys) else None
    return before, after


def siblings_in_source(*, article: Article) -> list[Article]:
    """The other shown articles of the same plain text, in its order (one query); of other files none."""
    if article.source.format != SourceFile.Format.TEXT:
        return []
    found = Article.objects.shown().filter(source_id=article.source_id).exclude(pk=article.pk)
    return list(
        found.select_related("outlet").prefetch_related("authors").order_by("source_start")[:MOST_SIBLINGS]
    )
