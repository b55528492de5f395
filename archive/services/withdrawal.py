"""Articles taken from readers and given back, by a curator or by the machine: their rows, and what curators
set, stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from archive.models import Act, Article, ArticlePair, Evidence, states_of
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.duplicates import MACHINE_WITHDRAWN, compare_again, regroup
from archive.services.fields import CURATED
from archive.services.recording import in_handfuls, watch_articles
from archive.services.status import write_status

Status = Article.Status


class NoReason(ValueError):
    """A withdrawal says why: whoever follows a citation reads it in the place of the article."""

    def __init__(self) -> None:
        super().__init__(_("say why: whoever follows a citation reads the reason in the article’s place"))


def withdraw(*, articles: Iterable[Article], reason: str, curator: User) -> int:
    """Take articles from readers at once, and say why at their addresses; how many were not withdrawn by a
    curator before. Raises: NoReason. PartOfAnother."""
    reason = reason.strip()
    if not reason:
        raise NoReason
    with acting(kind=Act.Kind.WITHDRAW, curator=curator, note=reason) as act:
        count = 0
        for keys in in_handfuls([article.pk for article in articles]):
            wanted = Article.objects.filter(pk__in=keys, withdrawal__isnull=True)
            uids = dict(wanted.values_list("pk", "uid"))
            write_status(keys=sorted(uids), status=Status.WITHDRAWN, curator=curator, reason=reason, act=act)
            note_changes(uids=uids.values())
            count += len(uids)
    return count


def restore(*, articles: Iterable[Article], curator: User, note: str = "") -> int:
    """Show withdrawn articles again, each with the status that it had before; how many there were.

    Raises: PartOfAnother.
    """
    with acting(kind=Act.Kind.RESTORE, curator=curator, note=note) as act:
        count = 0
        for keys in in_handfuls([article.pk for article in articles]):
            gone = Article.objects.filter(pk__in=keys, status=Status.WITHDRAWN)
            uids = dict(gone.values_list("pk", "uid"))
            for status, same in _standing_before(sorted(uids)).items():
                write_status(keys=same, status=status, curator=curator, reason="", act=act)
            note_changes(uids=uids.values())
            count += len(uids)
    return count


def _standing_before(keys: Sequence[int]) -> dict[Status, list[int]]:
    """These articles by the status that they last had before they were withdrawn."""
    states = states_of(Article).filter(id__in=keys, before=True)
    known = dict(states.exclude(status=Status.WITHDRAWN).order_by("history_id").values_list("id", "status"))
    found: dict[Status, list[int]] = defaultdict(list)
    for key in keys:
        found[Status(known.get(key, Status.IN_REVIEW))].append(key)
    return found


def withdraw_articles(*, articles: Collection[int], rule: str) -> None:
    """Take articles (by key) from readers, `rule` says why. Call within a transaction."""
    if rule not in MACHINE_WITHDRAWN:
        raise ValueError(f"{rule!r} is not one of {sorted(MACHINE_WITHDRAWN)}")
    for keys in in_handfuls(articles):
        watch_articles(keys)
        Evidence.objects.bulk_create([_reason(key, rule) for key in keys])
        Article.objects.filter(pk__in=keys).update(status=Article.Status.WITHDRAWN)
        note_changes(uids=Article.objects.filter(pk__in=keys).values_list("uid", flat=True))
    _regroup_joined(articles)


def give_back(*, articles: Collection[int]) -> None:
    """Show articles (by key) that the machine withdrew again, as a curator left them or in review."""
    for keys in in_handfuls(articles):
        reasons = Evidence.objects.filter(article__in=keys, rule__in=MACHINE_WITHDRAWN)
        gone = set(reasons.values_list("article", flat=True))
        watch_articles(gone)
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
    for keys in in_handfuls(articles):
        joined.update(same.filter(first__in=keys).values_list("first", flat=True))
        joined.update(same.filter(second__in=keys).values_list("second", flat=True))
    regroup(articles=joined)
