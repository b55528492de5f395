"""Which segments become one.

Every commit leaves a segment, and a search pays for each. Sizes are kept far apart: a segment stands as long
as it is at least eight times as large as all smaller ones together, so that 15,000 articles are in five
segments at most, and an article is written anew a few times in its life and not at every commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from search.engines.whoosh.codec import WordsReader

RATIO: Final = 8
WORN: Final = 0.25
"""The share of deleted articles from which on a segment is worth writing anew."""
LIMIT_OF_A_FLUSH: Final = 30
"""Articles that a commit may write anew beside its own, at ten milliseconds each: who saves one waits."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A merge policy for Whoosh. `most`: the articles that one merge may write anew; None: any number."""

    most: int | None

    def __call__(self, writer: Any, segments: Sequence[Any]) -> list[Any]:
        """Write the chosen segments into the writer's new one; the others stay."""
        chosen = self.chosen(segments, writer.docnum - writer.docbase)
        for segment in chosen:
            reader = WordsReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return [segment for segment in segments if segment not in chosen]

    def chosen(self, segments: Sequence[Any], added: int) -> list[Any]:
        """The segments that should become one with the articles just added."""
        ordered = sorted(segments, key=_live)
        small = ordered[: mergeable([_live(one) for one in ordered], added, self.most)]
        if self.most is not None:
            return small
        return [*small, *(one for one in ordered if one not in small and _worn(one))]


def merging(*, most: int | None) -> Policy:
    """The policy that writes at most so many articles anew."""
    return Policy(most)


def mergeable(sizes: Sequence[int], added: int, most: int | None = None) -> int:
    """How many of the smallest segments (`sizes` ascending) belong together with `added` new articles."""
    below = [added, *accumulate(sizes, initial=added)][1:]
    fits = [
        number
        for number, size in enumerate(sizes)
        if size < RATIO * below[number] and (most is None or below[number + 1] - added <= most)
    ]
    return max(fits) + 1 if fits else 0


def _live(segment: Any) -> int:
    return int(segment.doc_count())


def _worn(segment: Any) -> bool:
    return bool(segment.deleted_count() > WORN * segment.doc_count_all())
