"""Grow a real collection: ``python -m benchmarks.growing COLLECTION.jsonl[.gz] OUT.jsonl[.gz] --articles N``.

What is grown must cost an engine what real growth costs, so new words must keep coming as they come in
nature. Every grown article recombines clauses of articles of one outlet, real ones and ones grown before. A
word of it that stands in `a` articles so far is replaced with the probability `beta / a`: another is coined
(`coining`) and takes its place throughout the article. That is the process of Pitman and Yor (1997) over
articles: the vocabulary follows Heaps' law, articles ** beta, and the words that stand in one article only
remain the share `beta` of all. `beta` is measured on the collection itself, over its last doubling.

Grown articles keep the outlets' shares, are dated over the years before the collection (each year more, less
at the weekend), and have addresses of their own. The real articles come first, in an order drawn by the seed;
fewer than the collection has are a draw from it. The same seed gives the same bytes, and a smaller collection
is the beginning of a larger one.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import math
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from arabic import normal_form, stem, tokenize
from benchmarks.coining import Coiner, share_of_new_stems

SEED: Final = 1436
YEARS: Final = 9
GROWTH: Final = 1.15
"""How many times as many articles a year has as the year before."""
WEEKEND: Final = (3, 4, 5)
"""Thursday to Saturday, counted from Monday: papers of the region print less then."""
WEEKEND_SHARE: Final = 0.6
SOURCES: Final = (0.5, 0.25, 0.25)
"""How much each of the articles gives that an article is made of; the first one gives its shape too."""
CANDIDATES: Final = 12
"""How many articles of an outlet are looked at for those."""
EXCHANGED: Final = 0.1
"""The share of words in an article that change places, so that new pairs of words keep coming too."""
LONG_CLAUSE: Final = 5
"""After so many words a clause ends where a particle begins another."""
PARTICLES: Final = frozenset(
    ["في", "من", "على", "إلى", "الى", "عن", "أن", "ان", "إن", "التي", "الذي", "الذين", "بعد", "قبل", "مع"]
)
TITLE_CLAUSES: Final = 2
LATEST: Final = datetime.datetime(2015, 7, 1, tzinfo=datetime.UTC)
"""Where no article of the collection says when it was printed."""

_STOPS: Final = re.compile(r"[.!?؟،,؛;:\n»)]")

Record = dict[str, str]
Numbers = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True, slots=True)
class Text:
    """An article as numbers of words and of the gaps after them. `ends`: where its clauses end, the two of
    the title first."""

    words: Numbers
    gaps: Numbers
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Point:
    """How large the vocabulary is after so many articles. `once`: words that stand in one article only."""

    articles: int
    tokens: int
    words: int
    once: int
    stems: int = 0


class Vocabulary:
    """Words and gaps by number, and in how many articles each word stands."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.gaps: list[str] = []
        self.articles_of = np.zeros(1 << 16, dtype=np.int32)
        self._word_numbers: dict[str, int] = {}
        self._gap_numbers: dict[str, int] = {}

    def word(self, word: str) -> int:
        """The number of a word, a new one for a new word."""
        number = self._word_numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
            if number == len(self.articles_of):
                self.articles_of = np.concatenate([self.articles_of, np.zeros_like(self.articles_of)])
        return number

    def gap(self, gap: str) -> int:
        """The number of a gap, a new one for a new gap."""
        number = self._gap_numbers.setdefault(gap, len(self.gaps))
        if number == len(self.gaps):
            self.gaps.append(gap)
        return number

    def read(self, title: str, body: str) -> Text:
        """An article as numbers."""
        (words, gaps), (of_body, body_gaps) = words_and_gaps(title), words_and_gaps(body)
        in_title = len(words)
        words, gaps = words + of_body, gaps + body_gaps
        ends = [in_title // 2, in_title, *clause_ends(words, gaps, in_title)]
        numbers = [self.word(word) for word in words], [self.gap(gap) for gap in gaps]
        return Text(np.array(numbers[0], np.int32), np.array(numbers[1], np.int32), ends)

    def written(self, words: Numbers, gaps: Numbers) -> str:
        """The text that words and gaps make."""
        pairs = zip(
            map(self.words.__getitem__, words.tolist()),
            map(self.gaps.__getitem__, gaps.tolist()),
            strict=True,
        )
        return "".join(chain.from_iterable(pairs)).strip()


def words_and_gaps(text: str) -> tuple[list[str], list[str]]:
    """The words of a text, and what stands after each of them, a space after the last."""
    tokens = list(tokenize(text))
    starts = [token.start for token in tokens[1:]]
    gaps = [text[token.end : start] for token, start in zip(tokens, starts, strict=False)]
    return [token.text for token in tokens], [*gaps, " "][: len(tokens)]


def clause_ends(words: list[str], gaps: list[str], start: int) -> Iterator[int]:
    """Where clauses of a body end: at stops, and before particles where a clause is long."""
    begun = start
    for place in range(start, len(words)):
        after = place + 1
        is_last = after == len(words)
        is_long = after - begun >= LONG_CLAUSE
        if is_last or _STOPS.search(gaps[place]) or (is_long and words[after] in PARTICLES):
            yield after
            begun = after


class Grower:
    """Grows articles one after another from those that there are."""

    def __init__(self, records: list[Record], seed: int) -> None:
        self._chance = random.Random(seed)
        self._draws = np.random.default_rng(seed)
        self._records = records
        self._chance.shuffle(records)
        self.vocabulary = Vocabulary()
        self.points: list[Point] = []
        self._texts: list[Text] = []
        self._of_outlet: defaultdict[str, list[int]] = defaultdict(list)
        self._tokens = 0
        for record in records:
            self._add(self.vocabulary.read(record["title"], record["body"]), record["outlet"])
        self.beta = exponent(self._point_at(len(records) // 2), self._point_at(len(records)))
        self._coiner = self._ready_coiner()
        self._dates = Dates(records, self._chance)

    def articles(self, count: int) -> Iterator[Record]:
        """So many articles, the real ones first."""
        yield from ({"id": str(number), **one} for number, one in enumerate(self._records[:count]))
        for number in range(len(self._records), count):
            yield {"id": str(number), **self._grown(number)}
        if len(self._texts) > 1.25 * self.points[-1].articles:
            self.points.append(self._point())

    def _add(self, text: Text, outlet: str) -> None:
        self._of_outlet[outlet].append(len(self._texts))
        self._texts.append(text)
        self._tokens += len(text.words)
        self.vocabulary.articles_of[np.unique(text.words)] += 1
        if self._is_mark():
            self.points.append(self._point())

    def _is_mark(self) -> bool:
        """Whether the vocabulary is measured now: at half of the real articles, and at each doubling."""
        real, now = len(self._records), len(self._texts)
        return now == real // 2 or (now % real == 0 and (now // real).bit_count() == 1)

    def _point(self) -> Point:
        once = int(np.count_nonzero(self.vocabulary.articles_of == 1))
        return Point(len(self._texts), self._tokens, len(self.vocabulary.words), once)

    def _point_at(self, articles: int) -> Point:
        return next(point for point in self.points if point.articles == articles)

    def _ready_coiner(self) -> Coiner:
        words = self.vocabulary.words
        articles_of = self.vocabulary.articles_of[: len(words)].tolist()
        return Coiner(words, share_of_new_stems(words, articles_of), self._chance)

    def _grown(self, number: int) -> Record:
        """A new article, which can be a source of later ones."""
        like = self._chance.choice(self._records)
        text = self._renewed(self._recombined(self._sources(like["outlet"])))
        self._add(text, like["outlet"])
        title_end = text.ends[TITLE_CLAUSES - 1]
        return {
            "title": self.vocabulary.written(text.words[:title_end], text.gaps[:title_end]),
            "body": self.vocabulary.written(text.words[title_end:], text.gaps[title_end:]),
            "outlet": like["outlet"],
            "author": like["author"],
            "published": self._dates.draw(),
            "url": f"{address(like['url'])}/grown/{number}",
        }

    def _sources(self, outlet: str) -> list[Text]:
        """Articles of an outlet to make one of: any one, and of some others those nearest to it in length,
        for a short one in the place of a long one would repeat itself."""
        first, *others = (
            self._texts[number] for number in self._chance.choices(self._of_outlet[outlet], k=CANDIDATES)
        )
        others.sort(key=lambda text: abs(len(text.ends) - len(first.ends)))
        return [first, *others[: len(SOURCES) - 1]]

    def _recombined(self, sources: list[Text]) -> Text:
        """An article in the shape of the first source, each clause from one of them at a like place."""
        shape = sources[0].ends
        givers = self._draws.choice(len(sources), len(shape), p=SOURCES).tolist()
        givers[:TITLE_CLAUSES] = range(TITLE_CLAUSES)
        words, gaps, ends = [], [], [0]
        for clause, giver in enumerate(givers):
            source = sources[giver]
            place = like_place(clause, len(shape), len(source.ends))
            start, end = source.ends[place - 1] if place else 0, source.ends[place]
            words.append(source.words[start:end])
            gaps.append(source.gaps[start:end])
            ends.append(ends[-1] + end - start)
        return Text(np.concatenate(words), np.concatenate(gaps), ends[1:])

    def _renewed(self, text: Text) -> Text:
        """The article with some words exchanged and some replaced by coined ones."""
        words = text.words
        moved = np.flatnonzero(self._draws.random(len(words)) < EXCHANGED)
        words[moved] = words[self._draws.permutation(moved)]
        kinds, places = np.unique(words, return_inverse=True)
        chances = self.beta / self.vocabulary.articles_of[kinds]
        for kind in np.flatnonzero(self._draws.random(len(kinds)) < chances).tolist():
            old = self.vocabulary.words[kinds[kind]]
            kinds[kind] = self.vocabulary.word(self._coiner.coin(old))
        return replace(text, words=kinds[places])


def like_place(clause: int, clauses: int, others: int) -> int:
    """Which clause of an article of `others` clauses stands where this one does in one of `clauses`."""
    if clause < TITLE_CLAUSES or others == TITLE_CLAUSES:
        return min(clause, others - 1)
    share = (clause - TITLE_CLAUSES) / (clauses - TITLE_CLAUSES)
    return TITLE_CLAUSES + int(share * (others - TITLE_CLAUSES))


class Dates:
    """Draws days of the years before a collection ends: each year more than the last, less at weekends."""

    def __init__(self, records: list[Record], chance: random.Random) -> None:
        self._chance = chance
        said = [record["published"][:10] for record in records if record["published"]]
        self._last = datetime.date.fromisoformat(max(said)) if said else LATEST.date()

    def draw(self) -> str:
        """A day, and a time of it, as ISO 8601 without a zone."""
        rate = math.log(GROWTH)
        most = 1 - math.exp(-rate * YEARS)
        while True:
            years = -math.log(1 - self._chance.random() * most) / rate
            day = self._last - datetime.timedelta(days=int(years * 365.25))
            if day.weekday() not in WEEKEND or self._chance.random() < WEEKEND_SHARE:
                second = self._chance.randrange(6 * 3600, 24 * 3600)
                return f"{day} {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def address(url: str) -> str:
    """The site of an address: ``https://outlet.example/a/b`` is of ``https://outlet.example``."""
    return "/".join(url.split("/", 3)[:3])


def exponent(before: Point, after: Point, what: str = "words") -> float:
    """The exponent of Heaps' law between two points, over articles."""
    larger = math.log(getattr(after, what) / getattr(before, what))
    return larger / math.log(after.articles / before.articles)


def with_stems(points: list[Point], words: list[str]) -> list[Point]:
    """The points with how many stems the words have; words stand in order of their first article."""
    stems: set[str] = set()
    counted, done = [], 0
    for point in points:
        stems.update(stem(normal_form(word)) for word in words[done : point.words])
        done = point.words
        counted.append(replace(point, stems=len(stems)))
    return counted


def read(path: Path, names: dict[str, str]) -> list[Record]:
    """The articles of a collection. `names`: our names of its fields."""
    packed = path.read_bytes()
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).splitlines()
    records = [{names.get(name, name): text for name, text in json.loads(line).items()} for line in lines]
    fields = ("title", "body", "outlet", "author", "published", "url")
    return [{field: str(record.get(field) or "") for field in fields} for record in records]


def write(path: Path, records: Iterable[Record]) -> None:
    """Write articles as JSON Lines; the same articles give the same bytes, compressed too."""
    lines = (json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)
    with path.open("wb") as file:
        if path.suffix != ".gz":
            file.writelines(lines)
            return
        with gzip.GzipFile("", "wb", 1, file, 0) as packed:
            packed.writelines(lines)


def report(grower: Grower) -> dict[str, Any]:
    """How the vocabulary grew, and how near that is to Heaps' law as the real collection has it."""
    points = with_stems(grower.points, grower.vocabulary.words)
    steps = [
        {
            "from": before.articles,
            "to": after.articles,
            "beta": round(exponent(before, after), 3),
            "beta_stems": round(exponent(before, after, "stems"), 3),
            "once": round(after.once / after.words, 3),
        }
        for before, after in pairwise(points)
    ]
    return {"real_articles": points[1].articles, "points": [asdict(one) for one in points], "steps": steps}


def main() -> None:
    """Grow, say how near it is to nature, and write that as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collection", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=125_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--map", nargs="+", default=[], metavar="THEIRS=OURS", help="names of fields")
    parser.add_argument("--report", type=Path, help="write the growth of the vocabulary here, as JSON")
    asked = parser.parse_args()
    names = dict(pair.split("=", 1) for pair in asked.map)
    grower = Grower(read(asked.collection, names), asked.seed)
    write(asked.out, grower.articles(asked.articles))
    grown = report(grower)
    for step in grown["steps"]:
        kind = "real " if step["to"] <= grown["real_articles"] else "grown"
        print(f"{kind} {step['from']:>9,} to {step['to']:>9,} articles: words grow by the power", end=" ")
        print(f"{step['beta']:.3f}, stems {step['beta_stems']:.3f}; {step['once']:.1%} in one article only")
    print(f"{time.process_time():.0f} s of processor time")
    if asked.report:
        asked.report.write_text(json.dumps(grown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
