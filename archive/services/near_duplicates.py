"""Looking for articles of like text: signatures of what is new, compared with all that are stored.

Signatures only say what is worth comparing; a pair is stored when the texts themselves were compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from django.db import transaction

from archive.likeness import BANDS, LIKENESS_STAMP, Bands, Hashes, likeness, shingles, signature, text_key
from archive.models import Article, ArticlePair, TextSignature
from archive.models.articles import ArticleQuerySet
from archive.services.changes import announce_changes
from archive.services.duplicates import link_same_texts

LIKE: Final = 0.5
"""Pairs less alike often share a form and not a text; those above are, but for very few, one text reused."""
SIGNED_AT_ONCE: Final = 20_000
"""New articles whose signatures and pairs are written together; stored ones are read once for each."""
COMPARED_AT_ONCE: Final = 2_000
MOST_OF_A_BAND: Final = 64
"""Of articles that share a band, each is compared with the first so many: a form that is printed a thousand
times costs a thousand times as much as one article, not a million times."""

Keys = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Is told how many articles are compared, of how many."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look for duplicates came to: articles compared, pairs of texts compared, pairs found alike."""

    articles: int = 0
    compared: int = 0
    pairs: int = 0
    same: int = 0

    def __add__(self, other: Looked) -> Looked:
        return Looked(
            self.articles + other.articles,
            self.compared + other.compared,
            self.pairs + other.pairs,
            self.same + other.same,
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """Signatures as one table: row n is of the article whose key is `keys[n]`."""

    keys: Keys
    bands: Bands


def find_duplicates(progress: Progress | None = None) -> Looked:
    """Compare every shown article that was not compared yet with all others.

    It can be stopped at any moment and goes on there: what is compared is written with what was found.
    """
    total = Looked(same=_link_unread_texts())
    waiting = _waiting().count()
    while keys := list(_waiting().order_by("pk").values_list("pk", flat=True)[:SIGNED_AT_ONCE]):
        total += _look(keys)
        if progress is not None:
            progress(total.articles, waiting)
    if total.same:
        announce_changes()
    return total


def _waiting() -> ArticleQuerySet:
    signed = TextSignature.objects.filter(stamp=LIKENESS_STAMP).values("article")
    return Article.objects.shown().exclude(pk__in=signed)


def _link_unread_texts() -> int:
    """Join the same texts among articles held since before their texts had keys; how many were joined."""
    linked = 0
    while articles := list(Article.objects.filter(text_key=None).order_by("pk")[:200]):
        for article in articles:
            article.text_key = text_key(article.title, article.body)
        with transaction.atomic():
            Article.objects.bulk_update(articles, ["text_key"])
            linked += link_same_texts(articles=articles, new=False)
    return linked


def _look(keys: Sequence[int]) -> Looked:
    signed = _sign(keys)
    worth = _worth_comparing(signed)
    pairs = [pair for pair in _compared(worth) if pair.likeness >= LIKE]
    with transaction.atomic():
        _save_signatures(keys, signed)
        ArticlePair.objects.bulk_create(pairs, ignore_conflicts=True, batch_size=500)
    return Looked(len(keys), len(worth), len(pairs))


def _sign(keys: Sequence[int]) -> Signed:
    """The signatures of these articles, without those whose texts are too short to have one."""
    found = {key: signature(of) for key, of in _shingles(keys)}
    with_text = [key for key in keys if key in found and found[key].size]
    bands = [found[key] for key in with_text]
    table = np.stack(bands) if bands else np.empty((0, BANDS), dtype=np.uint32)
    return Signed(np.array(with_text, dtype=np.int64), table)


def _shingles(keys: Sequence[int]) -> Iterator[tuple[int, Hashes]]:
    for start in range(0, len(keys), 500):
        bodies = Article.objects.filter(pk__in=keys[start : start + 500]).order_by().values_list("pk", "body")
        yield from ((key, shingles(body)) for key, body in bodies)


def _save_signatures(keys: Sequence[int], signed: Signed) -> None:
    rows = dict(zip(signed.keys.tolist(), signed.bands, strict=True))
    none = np.empty(0, dtype=np.uint32)
    TextSignature.objects.bulk_create(
        [
            TextSignature(
                article_id=key, stamp=LIKENESS_STAMP, bands=rows.get(key, none).astype("<u4").tobytes()
            )
            for key in keys
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["stamp", "bands"],
    )


def _worth_comparing(new: Signed) -> list[tuple[int, int]]:
    """The pairs of keys (lower first) that share a band, at least one of them new."""
    if not new.keys.size:
        return []
    found = [_sharing(held, new) for held in (*_stored(), new)]
    pairs = np.unique(np.concatenate(found), axis=0)
    return [(int(first), int(second)) for first, second in pairs]


def _stored() -> Iterator[Signed]:
    """The stored signatures of shown articles, as many at a time as are signed at once."""
    shown = TextSignature.objects.filter(stamp=LIKENESS_STAMP).exclude(bands=b"")
    hidden = np.fromiter(Article.objects.hidden().values_list("pk", flat=True), dtype=np.int64)
    last = 0
    while rows := list(shown.filter(pk__gt=last).order_by("pk").values_list("pk", "bands")[:SIGNED_AT_ONCE]):
        last = rows[-1][0]
        keys = np.array([key for key, _bands in rows], dtype=np.int64)
        table = np.frombuffer(b"".join(bytes(bands) for _key, bands in rows), dtype="<u4")
        bands = table.reshape(-1, BANDS).astype(np.uint32)
        keep = ~np.isin(keys, hidden)
        yield Signed(keys[keep], bands[keep])


def _sharing(held: Signed, new: Signed) -> Keys:
    """Pairs of keys, lower first, of a held and a new article that share a band: a table of two columns."""
    found = [np.empty((0, 2), dtype=np.int64)]
    for band in range(BANDS):
        order = np.argsort(new.bands[:, band], kind="stable")
        column = new.bands[order, band]
        low = np.searchsorted(column, held.bands[:, band], side="left")
        high = np.searchsorted(column, held.bands[:, band], side="right")
        count = np.minimum(high - low, MOST_OF_A_BAND)
        rows = np.repeat(np.arange(held.keys.size), count)
        step = np.arange(rows.size) - np.repeat(np.cumsum(count) - count, count)
        ours, theirs = held.keys[rows], new.keys[order[low[rows] + step]]
        apart = ours != theirs
        both = np.stack([np.minimum(ours, theirs), np.maximum(ours, theirs)], axis=1)
        found.append(np.unique(both[apart], axis=0))
    return np.concatenate(found)


def _compared(pairs: Sequence[tuple[int, int]]) -> Iterator[ArticlePair]:
    """Each of these pairs with its likeness, by the texts themselves."""
    for start in range(0, len(pairs), COMPARED_AT_ONCE):
        some = pairs[start : start + COMPARED_AT_ONCE]
        texts = dict(_shingles(sorted({key for pair in some for key in pair})))
        for first, second in some:
            alike = likeness(texts[first], texts[second])
            yield ArticlePair(first_id=first, second_id=second, likeness=alike)
