"""Articles that the machine takes from readers and gives back: their rows, and what curators set, stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from archive.models import Article, ArticlePair, Evidence
from archive.services.changes import note_changes
from archive.services.duplicates import CURATED, MACHINE_WITHDRAWN, compare_again, regroup

AT_ONCE = 500


def withdraw_articles(*, articles: Collection[int], rule: str) -> None:
    """Take articles (by key) from readers, `rule` says why. Call within a transaction."""
    if rule not in MACHINE_WITHDRAWN:
        raise ValueError(f"{rule!r} is not one of {sorted(MACHINE_WITHDRAWN)}")
    for keys in _groups(articles):
        Evidence.objects.bulk_create([_reason(key, rule) for key in keys])
        Article.objects.filter(pk__in=keys).update(status=Article.Status.WITHDRAWN)
        note_changes(uids=Article.objects.filter(pk__in=keys).values_list("uid", flat=True))
    _regroup_joined(articles)


def give_back(*, articles: Collection[int]) -> None:
    """Show articles (by key) that the machine withdrew again, as a curator left them or in review."""
    for keys in _groups(articles):
        reasons = Evidence.objects.filter(article__in=keys, rule__in=MACHINE_WITHDRAWN)
        gone = set(reasons.values_list("article", flat=True))
        reasons.delete()
        locks = Evidence.objects.filter(article__in=gone, field=Evidence.Field.STATUS, rule=CURATED)
        status = dict(locks.values_list("article", "value"))
        for value in {Article.Status.IN_REVIEW.value, *status.values()}:
            same = [key for key in gone if status.get(key, Article.Status.IN_REVIEW) == value]
            Article.objects.filter(pk__in=same).update(status=value)
        compare_again(articles=gone)
        note_changes(uids=Article.objects.filter(pk__in=gone).values_list("uid", flat=True))
    _regroup_joined(articles)


def _reason(key: int, rule: str) -> Evidence:
    return Evidence(
        article_id=key,
        field=Evidence.Field.STATUS,
        value=Article.Status.WITHDRAWN,
        rule=rule,
        confidence=Evidence.Confidence.HIGH,
    )


def _regroup_joined(articles: Collection[int]) -> None:
    """Let another be shown of each group whose shown article went, or came back."""
    same = ArticlePair.objects.filter(status=ArticlePair.Status.SAME)
    joined: set[int] = set()
    for keys in _groups(articles):
        joined.update(same.filter(first__in=keys).values_list("first", flat=True))
        joined.update(same.filter(second__in=keys).values_list("second", flat=True))
    regroup(articles=joined)


def _groups(keys: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
