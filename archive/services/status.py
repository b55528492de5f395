"""The status that a curator gives to articles, with the reason where it is that they are withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from archive.models import Act, Article, HandCut, Withdrawal
from archive.services.duplicates import compare_again
from archive.services.fields import locked_by
from archive.services.locking import lock
from archive.services.recording import watch_articles


class PartOfAnother(Exception):
    """Articles that are parts of another now have no status of their own. Take the joining back first."""

    def __init__(self, uids: Sequence[str]) -> None:
        said = {"uids": ", ".join(uids)}
        super().__init__(_("parts of another article now: %(uids)s; take the joining back first") % said)
        self.uids = tuple(uids)


def refuse_parts(*, articles: Sequence[int]) -> None:
    """Raises: PartOfAnother: some of these articles are."""
    parts = HandCut.objects.filter(article__in=articles, joined_to__isnull=False)
    if uids := list(parts.values_list("article__uid", flat=True)):
        raise PartOfAnother(uids)


def write_status(
    *, keys: Sequence[int], status: Article.Status, curator: User, reason: str, act: Act
) -> None:
    """Set and lock the status of these articles (500 at most). Call within an act, and note them for the
    index. Raises: PartOfAnother."""
    refuse_parts(articles=keys)
    watch_articles(keys)
    compare_again(articles=keys)
    Article.objects.filter(pk__in=keys).update(status=status)
    lock(articles=keys, fields=locked_by(["status"]), curator=curator)
    keep_reason(articles=keys, status=status, reason=reason, act=act)


def keep_reason(*, articles: Sequence[int], status: Article.Status, reason: str, act: Act) -> None:
    """Keep why these articles are withdrawn and since when, or forget it where they are no longer."""
    Withdrawal.objects.filter(article__in=articles).delete()
    if status == Article.Status.WITHDRAWN:
        Withdrawal.objects.bulk_create(
            Withdrawal(article_id=key, reason=reason, at=act.at, curator=act.curator) for key in articles
        )
