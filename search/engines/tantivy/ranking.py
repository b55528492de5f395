"""The order of the hits: `search.ranking.RANKING_WITH_GRAMS` as weighed clauses of one query.

tantivy weighs every occurrence of a word alike and counts a field's words for its length, so the places of
`Ranking.places` are whole numbers here, words written again (entries.py), and count into the length too. It
keeps a length in one byte: exact up to 40, above that within a sixteenth. Several spellings of one word are
weighed one by one, at the rarity of all together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from tantivy import Occur, Query

from search.engines.tantivy.entries import KIN, grams_of
from search.engines.tantivy.matching import run
from search.engines.tantivy.nearness import Forms, alternatives
from search.engines.tantivy.pairs import PARTICLE, code, pair
from search.engines.tantivy.schema import SCHEMA
from search.engines.tantivy.snapshot import Snapshot, any_of, unscored
from search.query.ladder import is_particle, paired
from search.query.tree import Prefix, Scored, Word
from search.ranking import RANKING_WITH_GRAMS as RANKING
from search.ranking import Form
from search.types import Level

_TANTIVY_FACTOR: Final = 1 + RANKING.bm25.k1
"""tantivy's BM25 is so many times Lucene's of today, which left a factor out that changes no order."""
_MIDDLE: Final = (1 + RANKING.pairs.distance) // 2
_AROUND: Final = RANKING.pairs.distance - _MIDDLE
"""From 1 to the distance of a pair, as a place and some slop to either side."""
Weight = tuple[tuple[str, str], float]
"""How much a word of a field adds."""
_NORMAL: Final = RANKING.forms[Form.NORMAL]
_STEM: Final = RANKING.forms[Form.STEM]


def ranked(snapshot: Snapshot, found: Query, words: Sequence[Scored]) -> Query:
    """The same articles as `found`, with scores by these words."""
    clauses = [(Occur.Must, unscored(found)), *((Occur.Should, one) for one in _clauses(snapshot, words))]
    return Query.boolean_query(clauses)


def _clauses(snapshot: Snapshot, words: Sequence[Scored]) -> list[Query]:
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for key, weight in chain(_of_words(words), _of_pairs(words)):
        weights[key] += weight
    single = [_weighed(_counted(*key), weight) for key, weight in weights.items()]
    several = [*(_several(snapshot, word) for word in words), _of_particles(snapshot, words)]
    return [*single, *chain.from_iterable(several)]


def _of_words(words: Sequence[Scored]) -> Iterator[Weight]:
    for word in words:
        if isinstance(word, Word):
            share = _share(word)
            yield ("normal", word.normal), share * _NORMAL
            if not word.also:
                yield ("stem", word.stem), share * _STEM
            for form, kin in KIN.items():
                if key := kin(word.stem):
                    yield (form, key), share * RANKING.forms[Form(form)]
            if RANKING.grams is not None:
                for gram in grams_of(word.normal):
                    yield ("grams", gram), share * RANKING.grams.weight


def _of_pairs(words: Sequence[Scored]) -> Iterator[Weight]:
    for second, firsts in paired(words, RANKING.pairs.distance):
        for first in firsts:
            if PARTICLE not in (both := (_code(first), _code(second))):
                yield ("pairs", pair(*both)), RANKING.pairs.weight


def _of_particles(snapshot: Snapshot, words: Sequence[Scored]) -> list[Query]:
    """The pairs of a query that is all particles: the field of pairs has none of them."""
    if not all(map(is_particle, words)):
        return []
    pairs = [
        (first.stem, second.stem)
        for second, firsts in paired(words, RANKING.pairs.distance)
        for first in firsts
        if isinstance(first, Word) and isinstance(second, Word)
    ]
    return [
        _as_rare_as_found(snapshot, near, "stem", both, RANKING.pairs.weight)
        for both in pairs
        for near in [Query.phrase_query(SCHEMA, "stem", [(0, both[0]), (_MIDDLE, both[1])], slop=_AROUND)]
    ]


def _code(word: Scored) -> int:
    return code(word.normal, word.stem) if isinstance(word, Word) else PARTICLE


def _several(snapshot: Snapshot, word: Scored) -> list[Query]:
    """What a word adds that stands for several."""
    if isinstance(word, Prefix):
        forms, _more = snapshot.prefix_forms(word.normal)
        return _united(snapshot, "normal", [(form,) for form in forms], _NORMAL + _STEM)
    if word.also:
        return _united(snapshot, "stem", alternatives(word, Level.INFLECTED), _STEM * _share(word))
    return []


def _share(word: Scored) -> float:
    return RANKING.particles if is_particle(word) else 1.0


def _united(snapshot: Snapshot, field: str, spellings: Iterable[Forms], weight: float) -> list[Query]:
    """One word in several spellings: of those in an article, the one that weighs most counts."""
    runs = {forms: run(field, forms) for forms in spellings}
    if not runs:
        return []
    rarity = _found_rarity(snapshot, any_of(list(runs.values())))
    weighed = [
        _weighed(one, weight * rarity / _own_rarity(snapshot, field, forms)) for forms, one in runs.items()
    ]
    return [Query.disjunction_max_query(weighed)]


def _as_rare_as_found(snapshot: Snapshot, query: Query, field: str, forms: Forms, weight: float) -> Query:
    return _weighed(query, weight * _found_rarity(snapshot, query) / _own_rarity(snapshot, field, forms))


def _found_rarity(snapshot: Snapshot, query: Query) -> float:
    return snapshot.rarity(snapshot.count(unscored(query)))


def _own_rarity(snapshot: Snapshot, field: str, forms: Forms) -> float:
    """What tantivy takes for the rarity of a word, or of words one after the other."""
    return sum(snapshot.rarity(snapshot.documents_having(field, form)) for form in forms)


def _counted(field: str, word: str) -> Query:
    return Query.term_query(SCHEMA, field, word, "freq")


def _weighed(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight / _TANTIVY_FACTOR)
