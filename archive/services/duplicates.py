"""The same article again: linked to the one that is shown, by its words alone or by a curator's word.

Every link is a pair of articles with the verdict "same"; what is shown follows from the pairs alone, and a
pair that is decided otherwise takes its link back. Nothing is removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.contrib.auth.models import User
from django.db.models import Q

from archive.likeness import TOO_SHORT, text_key
from archive.models import Act, Article, ArticlePair, Evidence, HandCut, TextSignature
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.recording import in_handfuls, watch

RUN_UNDONE = "its run was undone"
NO_LONGER_FOUND = "no longer found in its source"
MACHINE_WITHDRAWN = frozenset({RUN_UNDONE, NO_LONGER_FOUND})
"""The rules by which an article is withdrawn without a curator."""
COMPARED = (
    "pk",
    "uid",
    "text_key",
    "outlet_id",
    "published",
    "published_time",
    "published_precision",
    "status",
    "same_as_id",
)
Status = ArticlePair.Status


def contradict(one: Article, other: Article) -> bool:
    """Whether outlet or day say that two articles of the same words are not the same article.

    What is not known contradicts nothing; a date known to the month agrees with any day of that month.
    """
    if one.outlet_id and other.outlet_id and one.outlet_id != other.outlet_id:
        return True
    first, second = _day(one), _day(other)
    return not (first.startswith(second) or second.startswith(first))


def _day(article: Article) -> str:
    return (article.published_iso or "")[:10]


def link_same_texts(*, articles: Sequence[Article], new: bool) -> int:
    """Join these saved articles to those of the same words; how many were joined.

    `new`: they have just come in, and give way to what was there before. Call within the transaction that
    saved them.
    """
    keys = {article.text_key for article in articles if article.text_key}
    held = Article.objects.filter(text_key__in=keys).only(*COMPARED).order_by("pk")
    by_key: dict[int | None, list[Article]] = defaultdict(list)
    for article in held:
        by_key[article.text_key].append(article)
    several = [same for same in by_key.values() if len(same) > 1]
    if not several:
        return 0
    arrived = {article.pk for article in articles}
    pairs = [pair for same in several for pair in _pairs(same, arrived)]
    watch(ArticlePair, arrived)
    ArticlePair.objects.bulk_create(pairs, ignore_conflicts=True, batch_size=500)
    joined = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    regroup(articles=joined, new=arrived if new else frozenset())
    return len(pairs)


def _pairs(same: Sequence[Article], arrived: Collection[int]) -> list[ArticlePair]:
    """The pairs that join each arrived article to the first group of its words that it agrees with."""
    refused = _told_apart([article.pk for article in same])
    groups: dict[int, list[Article]] = {}
    for article in same:
        if article.pk not in arrived:
            groups.setdefault(article.same_as_id or article.pk, []).append(article)
    pairs = []
    for article in same:
        if article.pk not in arrived:
            continue
        root = next((key for key, group in groups.items() if _agrees(article, group, refused)), None)
        if root is None:
            groups[article.pk] = [article]
        else:
            pairs.append(_pair(groups[root][0].pk, article.pk))
            groups[root].append(article)
    return pairs


def _agrees(article: Article, group: Iterable[Article], refused: Collection[frozenset[int]]) -> bool:
    return not any(
        contradict(article, other) or frozenset((article.pk, other.pk)) in refused for other in group
    )


def _told_apart(keys: Sequence[int]) -> set[frozenset[int]]:
    """The pairs among these that a curator called two articles, or took back."""
    found = ArticlePair.objects.filter(first__in=keys, second__in=keys, curator__isnull=False)
    return {frozenset(pair) for pair in found.exclude(status=Status.SAME).values_list("first", "second")}


def _pair(one: int, other: int) -> ArticlePair:
    return ArticlePair(first_id=min(one, other), second_id=max(one, other), likeness=1.0, status=Status.SAME)


def regroup(*, articles: Collection[int], new: Collection[int] = frozenset()) -> None:
    """See to it that of each group that these articles are in, one is shown and the others point to it.

    Articles whose place changed are noted for the index.
    """
    group_of = _groups(articles)
    rows = Article.objects.filter(pk__in=group_of).only(*COMPARED)
    gone = _withdrawn_by_machine(rows)
    members: dict[int, list[Article]] = defaultdict(list)
    for row in rows:
        members[group_of[row.pk]].append(row)
    moved: list[str] = []
    for group in members.values():
        moved += _show_one(group, gone, new)
    note_changes(uids=moved)


def _show_one(group: Sequence[Article], gone: Collection[int], new: Collection[int]) -> list[str]:
    """Point the others of a group to the one that is shown; the UIDs of those that changed.

    Shown is what was shown before: permanent names should not move. An article that the machine withdrew
    (its run was undone) gives way; what came in just now gives way to what a curator withdrew, for it is the
    same article; else the one of which outlet and day are known, and then the one that came first.
    """
    heads = {article.same_as_id for article in group}

    def claim(article: Article) -> tuple[bool, bool, int, bool, int, int]:
        withdrawn = article.status == Article.Status.WITHDRAWN
        standing = 2 if article.pk in new else 1 if withdrawn else 0
        unknown = (article.outlet_id is None) + (article.published is None)
        return (
            article.pk in gone,
            article.pk not in heads,
            standing,
            article.status != Article.Status.PUBLISHED,
            unknown,
            article.pk,
        )

    shown = min(group, key=claim)
    place = {article.pk: None if article is shown else shown.pk for article in group}
    moved = [article for article in group if article.same_as_id != place[article.pk]]
    watch(Article, [article.pk for article in moved])
    if shown.same_as_id is not None:
        Article.objects.filter(pk=shown.pk).update(same_as=None)
        compare_again(articles=[shown.pk])
    others = [article.pk for article in moved if article is not shown]
    Article.objects.filter(pk__in=others).update(same_as=shown.pk)
    return [article.uid for article in moved]


def compare_again(*, articles: Collection[int]) -> None:
    """Have articles compared with all others once more: what came in while they were hidden was not."""
    TextSignature.objects.filter(article__in=articles).delete()


def _withdrawn_by_machine(articles: Iterable[Article]) -> set[int]:
    withdrawn = [article.pk for article in articles if article.status == Article.Status.WITHDRAWN]
    if not withdrawn:
        return set()
    reasons = Evidence.objects.filter(article__in=withdrawn, rule__in=MACHINE_WITHDRAWN)
    return set(reasons.values_list("article", flat=True))


def _groups(articles: Collection[int], *, by_machine: bool = False) -> dict[int, int]:
    """Every article joined to these by pairs that are the same (or by those alone that the machine found),
    themselves included, with its group's number."""
    parent = {key: key for key in articles}

    def top(key: int) -> int:
        while parent[key] != key:
            key = parent[key] = parent[parent[key]]
        return key

    edge = set(articles)
    while edge:
        found = _joined(edge, by_machine)
        edge = {key for pair in found for key in pair} - parent.keys()
        parent.update({key: key for key in edge})
        for first, second in found:
            parent[top(first)] = top(second)
    return {key: top(key) for key in list(parent)}


def _joined(keys: Collection[int], by_machine: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for some in in_handfuls(keys):
        same = ArticlePair.objects.filter(Q(first__in=some) | Q(second__in=some), status=Status.SAME)
        if by_machine:
            same = same.filter(curator__isnull=True)
        found += same.values_list("first_id", "second_id")
    return found


def decide_pairs(
    *, pairs: Iterable[ArticlePair], status: ArticlePair.Status, curator: User, note: str = ""
) -> int:
    """Note a curator's word on pairs (same, different, or a suggestion again) and show what follows from it;
    how many changed."""
    with acting(kind=Act.Kind.PAIRS, curator=curator, note=note) as act:
        changed = [pair for pair in pairs if pair.status != status or pair.curator_id is None]
        joined = {key for pair in changed for key in (pair.first_id, pair.second_id)}
        touched = set(_groups(joined))
        watch(ArticlePair, joined)
        for pair in changed:
            pair.status, pair.curator, pair.decided = status, curator, act.at
            pair.save(update_fields=["status", "curator", "decided"])
        regroup(articles=touched)
    return len(changed)


def text_changed(*, article: Article) -> None:
    """Look anew for the same article after title, body, outlet or date changed. Call within the
    transaction."""
    key = _keys_of([article])[article.pk]
    other_words = key != article.text_key
    if other_words:
        watch(Article, [article.pk])
        article.text_key = key
        article.save(update_fields=["text_key"])
    look_again(articles=[article.pk], other_words=other_words)
    article.refresh_from_db(fields=["same_as"])


def _keys_of(articles: Sequence[Article]) -> dict[int, int]:
    """The text keys that articles shall have. A part of another has no text of its own: else its copies
    elsewhere would stay hidden behind it."""
    parts = set(
        HandCut.objects.filter(article__in=articles, joined_to__isnull=False).values_list("pk", flat=True)
    )
    return {
        article.pk: TOO_SHORT if article.pk in parts else text_key(article.title, article.body)
        for article in articles
    }


def look_again(*, articles: Collection[int], other_words: bool) -> None:
    """Look anew for the same articles as these: what the machine joined is forgotten (and, where they have
    `other_words` than before, what it suggested), what a curator decided stays. Call within the transaction.
    """
    for keys in in_handfuls(articles):
        group_of = _groups(keys)
        watch(ArticlePair, keys)
        apart = keys if other_words else sorted(_contradicting(keys))
        if other_words:
            compare_again(articles=keys)
        machine = ArticlePair.objects.filter(Q(first__in=apart) | Q(second__in=apart), curator__isnull=True)
        forgotten, _of = (machine if other_words else machine.filter(status=Status.SAME)).delete()
        if forgotten:
            regroup(articles=set(group_of))
        link_same_texts(articles=list(Article.objects.filter(pk__in=keys).only(*COMPARED)), new=False)


def _contradicting(keys: Collection[int]) -> set[int]:
    """Those of these articles that contradict another which the machine joined them to."""
    group_of = _groups(keys, by_machine=True)
    sizes = Counter(group_of.values())
    groups: dict[int, list[Article]] = defaultdict(list)
    for some in in_handfuls(key for key in group_of if sizes[group_of[key]] > 1):
        for article in Article.objects.filter(pk__in=some).only(*COMPARED):
            groups[group_of[article.pk]].append(article)
    wanted = set(keys)
    return {
        article.pk
        for group in groups.values()
        for article in group
        if article.pk in wanted and any(contradict(article, other) for other in group)
    }


def settle(*, articles: Collection[int], texts: Collection[int]) -> None:
    """Make what follows from these articles agree with what they say, after they were set back to what they
    said before; `texts`: those of other title or body. Where all agrees, nothing is written."""
    for keys in in_handfuls(texts):
        held = list(Article.objects.filter(pk__in=keys).only("pk", "title", "body", "text_key"))
        wanted = _keys_of(held)
        for article in held:
            if article.text_key != wanted[article.pk]:
                text_changed(article=article)
    for keys in in_handfuls(articles):
        compare_again(articles=keys)
        group_of = _groups(keys)
        look_again(articles=_contradicting(set(group_of)), other_words=False)
        sizes = Counter(group_of.values())
        alone = Article.objects.filter(pk__in=[key for key in keys if sizes[group_of[key]] == 1])
        link_same_texts(articles=list(alone.only(*COMPARED)), new=False)
        regroup(articles=keys)
