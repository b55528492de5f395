"""`search.ranking` read word for word: slow, and short enough to be seen to be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from arabic import Term, analyse, is_stopword, skeleton
from search.ranking import Form, Ranking, idf, opening_of, runs_of

Key = Callable[[Term], str]
KEYS: dict[Form, Key] = {
    Form.NORMAL: lambda term: term.normal,
    Form.STEM: lambda term: term.stem,
    Form.SKELETON: lambda term: skeleton(term.stem),
    Form.OPENING: lambda term: opening_of(term.stem),
}


PAIRS = "pairs"
GRAMS = "grams"


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
        self.norms: dict[str, list[float]] = {}

    def lengths(self, kind: str) -> list[float]:
        """How long each text is in one reading; the same in all here."""
        title_weight = self.ranking.places.title
        return [title_weight * len(title) + len(subtitle) + len(body) for title, subtitle, body in self.parts]

    def kept_length(self, length: float) -> float:
        """A length as an engine keeps it."""
        return length

    def norms_of(self, kind: str) -> list[float]:
        """BM25's k1·(1 − b + b·length/average) of each text."""
        if kind not in self.norms:
            k1, b, lengths = self.ranking.bm25.k1, self.ranking.bm25.b, self.lengths(kind)
            average = sum(lengths) / len(lengths)
            self.norms[kind] = [k1 * (1 - b + b * self.kept_length(length) / average) for length in lengths]
        return self.norms[kind]

    def scores(self, query: str) -> list[float]:
        """The score of each text."""
        words = analyse(query)
        total = [0.0] * len(self.parts)
        for word in words:
            share = self.ranking.particles if is_stopword(word.normal) else 1.0
            for form, weight in self.ranking.forms.items():
                for number, value in enumerate(self.bm25(self.counts(word, form), form)):
                    total[number] += share * weight * value
        for first, second in self.pairs(words):
            for number, value in enumerate(self.bm25(self.pair_counts(first, second), PAIRS)):
                total[number] += self.ranking.pairs.weight * value
        return total

    def bm25(self, counts: Sequence[float], kind: str) -> list[float]:
        """BM25 of something that stands so often in each text."""
        rarity = idf(len(counts), sum(count > 0 for count in counts))
        return [
            rarity * count / (count + norm) for count, norm in zip(counts, self.norms_of(kind), strict=True)
        ]

    def counts(self, word: Term, form: Form) -> list[float]:
        """How many occurrences of a word each text has, each counted by where it stands."""
        wanted = KEYS[form](word)
        if not wanted:
            return [0.0] * len(self.parts)
        return [self.weighed(parts, wanted, form) for parts in self.parts]

    def in_text(self, before: int) -> float:
        """What an occurrence counts that has so many words of the text before it."""
        return self.ranking.places.in_text(before)

    def weighed(self, parts: Sequence[Sequence[Term]], wanted: str, form: Form) -> float:
        title, *text = parts
        key = KEYS[form]
        in_title = self.ranking.places.title * sum(key(term) == wanted for term in title)
        following = [term for part in text for term in part]
        return in_title + sum(
            self.in_text(before) for before, term in enumerate(following) if key(term) == wanted
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


class WrittenReference(Reference):
    """The same where an engine weighs a word only by writing it again: whole numbers, which count into the
    length too, and lengths kept in one byte."""

    def in_text(self, before: int) -> float:
        return self.ranking.places.copies_in_text(before)

    def lengths(self, kind: str) -> list[float]:
        if kind == PAIRS:
            return [float(sum(map(self._pairs_of, parts))) for parts in self.parts]
        return [self._written(parts, kind) for parts in self.parts]

    def kept_length(self, length: float) -> float:
        """Exact up to 40, and above that with four significant bits after 24 are taken off."""
        whole = int(length)
        over = whole - 24
        if over < 16:
            return whole
        shift = over.bit_length() - 4
        return (over >> shift << shift) + 24

    def scores(self, query: str) -> list[float]:
        total = super().scores(query)
        for word in analyse(query):
            share = self.ranking.particles if is_stopword(word.normal) else 1.0
            for gram in self._grams(word):
                for number, value in enumerate(self.bm25(self._gram_counts(gram), GRAMS)):
                    total[number] += share * self._gram_weight * value
        return total

    @property
    def _gram_weight(self) -> float:
        return self.ranking.grams.weight if self.ranking.grams else 0.0

    def _grams(self, word: Term) -> list[str]:
        return runs_of(word.normal, self.ranking.grams.size) if self.ranking.grams else []

    def _gram_counts(self, gram: str) -> list[float]:
        return [self._sum(parts, lambda term: self._grams(term).count(gram)) for parts in self.parts]

    def _written(self, parts: Sequence[Sequence[Term]], kind: str) -> float:
        if kind == GRAMS:
            return self._sum(parts, lambda term: len(self._grams(term)))
        return self._sum(parts, lambda term: bool(KEYS[Form(kind)](term)))

    def _sum(self, parts: Sequence[Sequence[Term]], value: Callable[[Term], float]) -> float:
        title, *text = parts
        following = [term for part in text for term in part]
        return self.ranking.places.title * sum(map(value, title)) + sum(
            self.in_text(before) * value(term) for before, term in enumerate(following)
        )

    def _pairs_of(self, part: Sequence[Term]) -> int:
        telling = [not is_stopword(term.normal) for term in part]
        return sum(
            first and second
            for place, first in enumerate(telling)
            for second in telling[place + 1 : place + 1 + self.ranking.pairs.distance]
        )
