"""Articles that a reader keeps, as the archive shows them today: some may have been withdrawn since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    return list(dict.fromkeys(shown_for(uids).values()))


def shown_for(uids: Sequence[str]) -> dict[str, str]:
    """The same, by the article that was asked for."""
    asked = Article.objects.filter(uid__in=uids)
    rows = asked.values_list("uid", "status", "same_as__uid", "same_as__status")
    shown: dict[str, str] = {}
    for uid, status, other, its_status in rows:
        if Article.Status.WITHDRAWN not in (status, its_status):
            shown[uid] = other or uid
    return {uid: shown[uid] for uid in uids if uid in shown}


def notes_on_shown(notes: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """What was noted about articles, by those that are shown for them; of two in one place both notes."""
    found: dict[str, list[str]] = {}
    for uid, note in notes.items():
        if note and uid in shown:
            found.setdefault(shown[uid], []).append(note)
    return {uid: "\n".join(one) for uid, one in found.items()}


def _of(uids: Sequence[str]) -> Iterable[Article]:
    found = Article.objects.filter(uid__in=uids).select_related("outlet").defer("segments")
    return found.prefetch_related("agencies", "authors")


def _kept(uid: str, article: Article | None) -> Kept:
    known = article is not None
    if article is not None and article.status == Article.Status.WITHDRAWN:
        article = None
    return Kept(uid, article, known)
