"""Writing the index.

tantivy keeps the old commit whole until the new one is done, so a killed writer harms nothing; the system
takes its lock away with its process.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from search.engines.generations import Generation, write_meta
from search.engines.kept import IndexDamaged, IndexLocked
from search.engines.kept_words import write_words
from search.engines.tantivy.entries import analyse_as, document
from search.engines.tantivy.lexicon import counted_words
from search.engines.tantivy.schema import opened
from search.engines.tantivy.snapshot import Snapshot

if TYPE_CHECKING:
    from archive.models import Article

BULK_BYTES: Final = 512 * 1024 * 1024
"""What a writer may hold in memory before it writes a segment: few large ones are searched quicker."""
SMALL_BYTES: Final = 16 * 1024 * 1024
HANDED_OVER: Final = 1_000
"""Articles that are read before tantivy gets them, and after which Python looks for rubbish. On one processor
both work better when they do not take turns at every article (by about a tenth); and left to itself Python
looks for rubbish hundreds of times as often, each time through all words that are kept (a twelfth)."""
MOST_LETTERS: Final = 8_000_000
"""Letters of text that are handed over at once: four times those of 1,000 usual articles."""


@contextmanager
def _writer(index: Any, *, bulk: bool) -> Iterator[Any]:
    """A writer whose work is committed at the end, or forgotten where something fails.

    It merges segments by itself, a few times in an article's life; that is waited for.
    """
    try:
        writer = index.writer(BULK_BYTES if bulk else SMALL_BYTES, 1)
    except ValueError as error:
        if "LockBusy" not in str(error):
            raise
        raise IndexLocked from None
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def fill(generation: Generation, articles: Iterable[Article]) -> int:
    """Write all articles into an empty generation; how many there were.

    Raises: IndexDamaged: the index does not hold as many afterwards.
    """
    index = opened(generation)
    analyse_as(generation.meta.analysis)
    with _writer(index, bulk=True) as writer, _collecting_rarely():
        written = _add_all(writer, articles)
    held = _finish(generation, index)
    if held != written:
        raise IndexDamaged(held, written)
    return written


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Look for rubbish only where asked to, and not among what there was before."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def _add_all(writer: Any, articles: Iterable[Article]) -> int:
    written = 0
    for some in _handfuls(articles):
        for entry in list(map(document, some)):
            writer.add_document(entry)
        written += len(some)
        gc.collect()
    return written


def _handfuls(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles, as many together as are handed over at once."""
    some: list[Article] = []
    letters = 0
    for article in articles:
        some.append(article)
        letters += len(article.body)
        if len(some) == HANDED_OVER or letters > MOST_LETTERS:
            yield some
            some, letters = [], 0
    yield some


def apply(generation: Generation, articles: Iterable[Article], removed: Iterable[str], *, bulk: bool) -> int:
    """Write entries anew and take others out, in one commit; how many were written.

    `removed` must name every article whose old entry is to go, those written anew among them.
    """
    index = opened(generation)
    analyse_as(generation.meta.analysis)
    with _writer(index, bulk=bulk) as writer, _collecting_rarely():
        for uid in removed:
            writer.delete_documents_by_term("uid", uid)
        written = _add_all(writer, articles)
    _finish(generation, index)
    return written


def _finish(generation: Generation, index: Any) -> int:
    """After a commit: write what stands beside the index; how many articles there are."""
    index.reload()
    snapshot = Snapshot(index, generation.name)
    write_words(generation.folder, snapshot.live_count, lambda: counted_words(snapshot))
    write_meta(generation, snapshot.live_count)
    return snapshot.live_count
