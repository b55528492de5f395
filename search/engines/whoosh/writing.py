"""Writing the index.

Whoosh keeps the old commit whole until the new one is done, so a killed writer harms nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from whoosh.index import LockError

from search.engines.generations import Generation, write_meta
from search.engines.kept import IndexDamaged, IndexLocked
from search.engines.kept_words import MOST_WORDS, write_words
from search.engines.whoosh.codec import PlacesCodec
from search.engines.whoosh.entries import entry
from search.engines.whoosh.lexicon import counted_words
from search.engines.whoosh.merging import LIMIT_OF_A_FLUSH, Policy, merging
from search.engines.whoosh.opening import opened, segments_of
from search.engines.whoosh.spellings import SegmentWords

if TYPE_CHECKING:
    from archive.models import Article

BULK_MEGABYTES: Final = 256
SMALL_MEGABYTES: Final = 32
LOCK_SECONDS: Final = 10


def _writer(generation: Generation, megabytes: int) -> Any:
    # compound=False: opening a compound segment copies it into memory (7 ms instead of .2)
    options = {"limitmb": megabytes, "compound": False, "codec": PlacesCodec(), "timeout": LOCK_SECONDS}
    try:
        return opened(generation).writer(**options)
    except LockError:
        raise IndexLocked from None


def fill(generation: Generation, articles: Iterable[Article]) -> int:
    """Write all articles into an empty generation as one segment; how many there were.

    Raises: IndexDamaged: the index does not hold as many afterwards.
    """
    writer = _writer(generation, BULK_MEGABYTES)
    written = _add_all(writer, articles)
    if written:
        writer.commit(merge=False)
    else:
        writer.cancel()
    _verify(generation, written)
    return written


def _verify(generation: Generation, expected: int) -> None:
    held = _finish(generation)
    if held != expected:
        raise IndexDamaged(held, expected)


def _finish(generation: Generation) -> int:
    """After a commit: write what stands beside the index; how many articles there are."""
    reader = opened(generation).reader()
    try:
        held = int(reader.doc_count())
        segments = [leaf.segment() for leaf, _base in segments_of(reader)]
    finally:
        reader.close()
    lists = [SegmentWords(generation.folder, segment) for segment in segments]
    write_words(generation.folder, held, lambda: counted_words(lists, MOST_WORDS))
    write_meta(generation, held)
    return held


def _add_all(writer: Any, articles: Iterable[Article]) -> int:
    written = 0
    try:
        for article in articles:
            writer.add_document(**entry(article))
            written += 1
    except BaseException:
        writer.cancel()
        raise
    return written


def apply(generation: Generation, articles: Iterable[Article], removed: Iterable[str], *, bulk: bool) -> int:
    """Write entries anew and take others out, in one commit; how many were written.

    `removed` must name every article whose old entry is to go, those written anew among them. Small segments
    become one on the way, at a bounded cost (`merging`); after a bulk, `merge` does what is left.
    """
    writer = _writer(generation, BULK_MEGABYTES if bulk else SMALL_MEGABYTES)
    reader = writer.reader()
    try:
        for number in _numbers(reader, removed):
            writer.delete_document(number)
    finally:
        reader.close()
    written = _add_all(writer, articles)
    writer.commit(mergetype=merging(most=0 if bulk else LIMIT_OF_A_FLUSH))
    _finish(generation)
    return written


def _numbers(reader: Any, uids: Iterable[str]) -> list[int]:
    """The document numbers of articles that are in the index."""
    numbers: list[int] = []
    for uid in uids:
        if ("uid", uid) in reader:
            numbers.extend(reader.postings("uid", uid).all_ids())
    return numbers


def merge(generation: Generation) -> bool:
    """Make few segments of many, however large they are; whether there was something to do."""
    policy: Policy = merging(most=None)
    reader = opened(generation).reader()
    try:
        segments = [leaf.segment() for leaf, _base in segments_of(reader)]
    finally:
        reader.close()
    if not policy.chosen(segments, 0):
        return False
    _writer(generation, BULK_MEGABYTES).commit(mergetype=policy)
    _finish(generation)
    return True
