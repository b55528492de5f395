"""`search.ranking` read word for word: slow, and short enough to be seen to be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from arabic import Term, analyse, is_stopword, skeleton
from search.ranking import Form, Ranking, idf, opening_of

Key = Callable[[Term], str]
KEYS: dict[Form, Key] = {
    Form.NORMAL: lambda term: term.normal,
    Form.STEM: lambda term: term.stem,
    Form.SKELETON: lambda term: skeleton(term.stem),
    Form.OPENING: lambda term: opening_of(term.stem),
}


@dataclass(frozen=True, slots=True)
class Text:
    """An article's three parts."""

    title: str
    subtitle: str
    body: str


class Reference:
    """Scores every text of a collection for a query."""

    def __init__(self, texts: Sequence[Text], ranking: Ranking) -> None:
        self.ranking = ranking
        self.parts = [[analyse(text.title), analyse(text.subtitle), analyse(text.body)] for text in texts]
        lengths = [
            ranking.places.title * len(title) + len(subtitle) + len(body)
            for title, subtitle, body in self.parts
        ]
        average = sum(lengths) / len(lengths)
        self.norms = [
            ranking.bm25.k1 * (1 - ranking.bm25.b + ranking.bm25.b * length / average) for length in lengths
        ]

    def scores(self, query: str) -> list[float]:
        """The score of each text."""
        words = analyse(query)
        total = [0.0] * len(self.parts)
        for word in words:
            share = self.ranking.particles if is_stopword(word.normal) else 1.0
            for form, weight in self.ranking.forms.items():
                for number, value in enumerate(self.bm25(self.counts(word, form))):
                    total[number] += share * weight * value
        for first, second in self.pairs(words):
            for number, value in enumerate(self.bm25(self.pair_counts(first, second))):
                total[number] += self.ranking.pairs.weight * value
        return total

    def bm25(self, counts: Sequence[float]) -> list[float]:
        """BM25 of something that stands so often in each text."""
        rarity = idf(len(counts), sum(count > 0 for count in counts))
        return [rarity * count / (count + norm) for count, norm in zip(counts, self.norms, strict=True)]

    def counts(self, word: Term, form: Form) -> list[float]:
        """How many occurrences of a word each text has, each counted by where it stands."""
        wanted = KEYS[form](word)
        if not wanted:
            return [0.0] * len(self.parts)
        return [self.weighed(parts, wanted, form) for parts in self.parts]

    def weighed(self, parts: Sequence[Sequence[Term]], wanted: str, form: Form) -> float:
        title, *text = parts
        key = KEYS[form]
        in_title = self.ranking.places.title * sum(key(term) == wanted for term in title)
        following = [term for part in text for term in part]
        return in_title + sum(
            self.ranking.places.in_text(before)
            for before, term in enumerate(following)
            if key(term) == wanted
        )

    def pairs(self, words: Sequence[Term]) -> list[tuple[str, str]]:
        """The pairs of stems that a query asks for."""
        distance = self.ranking.pairs.distance
        telling = [word for word in words if not is_stopword(word.normal)] or words
        return [
            (first.stem, second.stem)
            for number, second in enumerate(words)
            for first in words[max(0, number - distance) : number]
            if first in telling and second in telling
        ]

    def pair_counts(self, first: str, second: str) -> list[float]:
        """How often two stems stand near each other, in this order, within one part of each text."""
        counts = []
        for parts in self.parts:
            found: Counter[bool] = Counter()
            for part in parts:
                stems = [term.stem for term in part]
                for place, stem in enumerate(stems):
                    for other in stems[place + 1 : place + 1 + self.ranking.pairs.distance]:
                        found[(stem, other) == (first, second)] += 1
            counts.append(float(found[True]))
        return counts
