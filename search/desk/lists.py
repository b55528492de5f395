"""What readers do with their lists of articles: every write, each within one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet

from archive.models import Article
from search.desk.models import LONGEST_NOTE, ArticleList, ListedArticle
from search.desk.uids import MOST_MARKS

MOST_LISTS = 100
"""Lists of one reader."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: articles put into the list, those it had already, those for which it had no room,
    and marks for which the archive has no article."""

    new: int
    already: int = 0
    no_room: int = 0
    unknown: int = 0

    @property
    def whole(self) -> bool:
        """Whether all that was asked for is in the list now."""
        return not self.no_room and not self.unknown


@dataclass(frozen=True, slots=True)
class Removed:
    """An entry that was taken out, with all that is needed to put it back."""

    list: int
    uid: str
    place: int
    note: str


def lists_of(owner: User) -> QuerySet[ArticleList]:
    """The reader's lists, by name, each with the number of its `articles`."""
    return ArticleList.objects.filter(owner=owner).annotate(articles=Count("entries"))


def entries_of(chosen: ArticleList) -> QuerySet[ListedArticle]:
    """The entries of a list in its order, with what their articles show of themselves."""
    found = ListedArticle.objects.filter(list=chosen).select_related("article__outlet")
    return found.defer("article__segments").prefetch_related("article__authors", "article__agencies")


@transaction.atomic
def add_articles(*, chosen: ArticleList, uids: Sequence[str]) -> Added:
    """Put articles at the end of a list, in this order."""
    articles = {article.uid: article for article in Article.objects.filter(uid__in=uids).only("uid")}
    entries = _ordered(chosen)
    there = {entry.article_id for entry in entries}
    known = [articles[uid] for uid in uids if uid in articles]
    new = [article for article in known if article.pk not in there]
    room = max(0, MOST_MARKS - len(entries))
    ListedArticle.objects.bulk_create(
        ListedArticle(list=chosen, article=article, place=len(entries) + number)
        for number, article in enumerate(new[:room], start=1)
    )
    return Added(
        new=len(new[:room]),
        already=len(known) - len(new),
        no_room=len(new[room:]),
        unknown=len(uids) - len(known),
    )


@transaction.atomic
def save_notes(*, chosen: ArticleList, notes: Mapping[int, str]) -> None:
    """Write notes, by the number of their entry; of another list's entries nothing is written."""
    entries = list(ListedArticle.objects.filter(list=chosen, pk__in=notes))
    for entry in entries:
        entry.note = notes[entry.pk].replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    ListedArticle.objects.bulk_update(entries, ["note"])


@transaction.atomic
def move(*, chosen: ArticleList, entry: int, to: int) -> None:
    """Put an entry at a place, from 1; beyond the ends it stays at the end."""
    entries = _ordered(chosen)
    moved = next((one for one in entries if one.pk == entry), None)
    if moved is not None:
        entries.remove(moved)
        entries.insert(min(max(to, 1), len(entries) + 1) - 1, moved)
        _number(entries)


@transaction.atomic
def remove(*, chosen: ArticleList, entry: int) -> Removed | None:
    """Take an entry out; None where the list has no such entry."""
    entries = _ordered(chosen)
    gone = next((one for one in entries if one.pk == entry), None)
    if gone is None:
        return None
    removed = Removed(chosen.pk, gone.article.uid, entries.index(gone) + 1, gone.note)
    entries.remove(gone)
    gone.delete()
    _number(entries)
    return removed


@transaction.atomic
def put_back(*, chosen: ArticleList, removed: Removed) -> None:
    """Undo a removal: place and note are as before."""
    if not add_articles(chosen=chosen, uids=[removed.uid]).new:
        return
    entry = ListedArticle.objects.get(list=chosen, article__uid=removed.uid)
    save_notes(chosen=chosen, notes={entry.pk: removed.note})
    move(chosen=chosen, entry=entry.pk, to=removed.place)


def _ordered(chosen: ArticleList) -> list[ListedArticle]:
    """The entries in their order; the list is locked, so that no other change numbers them meanwhile."""
    ArticleList.objects.select_for_update().get(pk=chosen.pk)
    entries = ListedArticle.objects.filter(list=chosen).select_related("article")
    return list(entries.only("place", "note", "list_id", "article_id", "article__uid"))


def _number(entries: Sequence[ListedArticle]) -> None:
    """Number entries from 1 in this order."""
    changed = []
    for place, entry in enumerate(entries, start=1):
        if entry.place != place:
            entry.place = place
            changed.append(entry)
    ListedArticle.objects.bulk_update(changed, ["place"])
