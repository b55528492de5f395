"""Articles that a reader keeps, as the archive shows them today: some may have been withdrawn since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.models import Article


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reader marked. `article` None: there is no such article here (`known` false), or it was
    withdrawn, and then no more is said of it."""

    uid: str
    article: Article | None
    known: bool


def kept_articles(uids: Sequence[str]) -> list[Kept]:
    """What is to be said of each, in this order (three queries)."""
    held = {article.uid: article for article in _of(uids)}
    return [_kept(uid, held.get(uid)) for uid in uids]


def shown_uids(uids: Sequence[str]) -> list[str]:
    """The articles that readers still find among these, in this order (one query): each once, and through
    the same article where that one is shown in its place."""
    asked = Article.objects.filter(uid__in=uids)
    rows = asked.values_list("uid", "status", "same_as__uid", "same_as__status")
    shown: dict[str, str] = {}
    for uid, status, other, its_status in rows:
        if Article.Status.WITHDRAWN not in (status, its_status):
            shown[uid] = other or uid
    return list(dict.fromkeys(shown[uid] for uid in uids if uid in shown))


def _of(uids: Sequence[str]) -> Iterable[Article]:
    found = Article.objects.filter(uid__in=uids).select_related("outlet").defer("segments")
    return found.prefetch_related("agencies", "authors")


def _kept(uid: str, article: Article | None) -> Kept:
    known = article is not None
    if article is not None and article.status == Article.Status.WITHDRAWN:
        article = None
    return Kept(uid, article, known)
