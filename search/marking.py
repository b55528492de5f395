"""Which words of a text a query means, over the original: whole words only, vowel marks and all."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from arabic import Sought, kept_letters, normal_form, words_of
from search.query.ladder import is_particle
from search.query.tree import InTitle, Near, Node, Not, Phrase, Prefix, Word, children
from search.types import Level, Marked, Run

SNIPPET_LENGTH: Final = 240
LEAD: Final = 40
"""Letters of a snippet before its first marked word, where the text begins earlier."""
ELLIPSIS: Final = "…"

_STEM: Final = itemgetter(2)
_COUNTS_AT: Final = {Level.EXACT: itemgetter(0), Level.FOLDED: itemgetter(1)}


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a text that a query means: where it stands, and which word of the query it answers."""

    start: int
    end: int
    answers: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and the places in it, in order."""

    text: str
    places: tuple[Place, ...]

    @property
    def runs(self) -> Marked:
        """The whole text."""
        return cut(self, 0, len(self.text))


Analysed = tuple[str, str, str, *tuple[int, ...]]
"""A word of a text, its three forms first: a `Term`, or `Forms`."""
Leaf = Word | Prefix | Phrase | Near
"""What a query asks of a text."""


class Marker:
    """Finds the words that a query means at one step of the ladder."""

    def __init__(self, tree: Node | None, level: Level) -> None:
        self._level = level
        self._forms: dict[str, str] = {}
        self._prefixes: list[tuple[str, str]] = []
        self._groups: list[tuple[Phrase | Near, bool]] = []
        self._title_forms: dict[str, str] = {}
        self._title_prefixes: list[tuple[str, str]] = []
        self._names: list[tuple[tuple[str, ...], str, bool]] = []
        for part, in_title in leaves(tree):
            self._learn(part, in_title)
        self._sought = self._letters_sought()

    def _learn(self, part: Leaf, in_title: bool) -> None:
        match part:
            case Word():
                forms = self._title_forms if in_title else self._forms
                forms[form_of(part, self._level)] = part.stem
                if goes_by_stem(self._level):
                    self._learn_spellings(part, forms, in_title)
            case Prefix():
                prefixes = self._title_prefixes if in_title else self._prefixes
                prefixes.append((part.exact if self._level is Level.EXACT else part.normal, part.normal))
            case Phrase() | Near():
                self._groups.append((part, in_title))

    def _learn_spellings(self, word: Word, forms: dict[str, str], in_title: bool) -> None:
        """The other spellings of a name: of one word like the word itself, longer ones as a run of words."""
        for stems in word.also:
            if len(stems) == 1:
                forms.setdefault(stems[0], word.stem)
            else:
                self._names.append((stems, word.stem, in_title))

    def _letters_sought(self) -> Sought | None:
        """What words to be marked have; None where words are marked by what stands beside them, too."""
        if self._groups or self._names:
            return None
        forms = self._forms.keys() | self._title_forms.keys()
        letters_of = kept_letters if goes_by_stem(self._level) else normal_form
        starts = [start for start, _answers in (*self._prefixes, *self._title_prefixes)]
        return Sought.of([*map(letters_of, forms), *map(normal_form, starts)])

    def mark(self, text: str, *, title: bool = False) -> MarkedText:
        """The places of a text (`title`: it is a title) that the query means."""
        forms = {**self._forms, **self._title_forms} if title else self._forms
        prefixes = [*self._prefixes, *self._title_prefixes] if title else self._prefixes
        groups = [group for group, in_title in self._groups if title or not in_title]
        names = [(stems, answers) for stems, answers, in_title in self._names if title or not in_title]
        if not text or not (forms or prefixes or groups):
            return MarkedText(text, ())
        words = self._sought.words_of(text) if self._sought else words_of(text)
        stream = stream_of(words.forms, self._level)
        found = dict(_name_places(names, stream))
        found |= {number: forms[form] for number, form in enumerate(stream) if form in forms}
        as_spelled = stream_of(words.forms, spelled(self._level)) if prefixes else []
        for start, answers in prefixes:
            found |= {number: answers for number, form in enumerate(as_spelled) if form.startswith(start)}
        for group in groups:
            found |= dict(_group_places(group, words.forms, self._level))
        starts, ends = words.starts, words.ends
        return MarkedText(text, tuple(Place(starts[n], ends[n], found[n]) for n in sorted(found)))


def leaves(tree: Node | None) -> tuple[tuple[Leaf, bool], ...]:
    """The words, prefixes, phrases and nearnesses that are marked, and whether only in the title.

    Particles are marked only where no word of the query tells more.
    """
    found = tuple(_meant(tree, False))
    only_particles = all(is_particle(part) for part, _ in found if isinstance(part, Word))
    return tuple(
        (part, in_title) for part, in_title in found if only_particles or in_title or not is_particle(part)
    )


def _meant(node: Node | None, in_title: bool) -> Iterator[tuple[Leaf, bool]]:
    """The leaves that the query wants, and whether only in the title."""
    if node is None or isinstance(node, Not):
        return
    if isinstance(node, Word | Prefix | Phrase | Near):
        yield node, in_title
        return
    for child in children(node):
        yield from _meant(child, in_title or isinstance(node, InTitle))


def spelled(level: Level) -> Level:
    """The step at which phrases and prefixes are looked for: by spelling, never by stem."""
    return Level.EXACT if level is Level.EXACT else Level.FOLDED


def stream_of(words: Sequence[Analysed], level: Level) -> list[str]:
    """The forms of a text's words that count at a step. `words`: as `analyse` or `forms_of` gives them."""
    return list(map(_COUNTS_AT.get(level, _STEM), words))


def form_of(word: Word, level: Level) -> str:
    """The form of a word that counts at a step."""
    return {Level.EXACT: word.exact, Level.FOLDED: word.normal}.get(level, word.stem)


def goes_by_stem(level: Level) -> bool:
    """Whether words are looked for by stem at a step, and names by any of their spellings."""
    return level in {Level.INFLECTED, Level.ANY}


def _name_places(names: list[tuple[tuple[str, ...], str]], stream: list[str]) -> Iterator[tuple[int, str]]:
    there = set(stream) if names else set()
    for stems, answers in names:
        if stems[0] in there:
            for number in phrase_begins(list(stems), stream):
                for place in range(len(stems)):
                    yield number + place, answers


def _group_places(group: Phrase | Near, words: Sequence[Analysed], level: Level) -> Iterator[tuple[int, str]]:
    at = level if isinstance(group, Near) else spelled(level)
    wanted = [form_of(word, at) for word in group.words]
    stream = stream_of(words, at)
    if isinstance(group, Phrase):
        for number in phrase_begins(wanted, stream):
            for place in range(len(wanted)):
                yield number + place, group.words[place].stem
    else:
        yield from _near_places(wanted, stream, group)


def phrase_begins(wanted: list[str], stream: list[str]) -> list[int]:
    """Where these forms stand one after the other."""
    return [at for at in _places_of(wanted[0], stream) if stream[at : at + len(wanted)] == wanted]


def _places_of(form: str, stream: list[str]) -> list[int]:
    places: list[int] = []
    for _time in range(stream.count(form)):
        places.append(stream.index(form, places[-1] + 1 if places else 0))
    return places


def _near_places(wanted: list[str], stream: list[str], near: Near) -> Iterator[tuple[int, str]]:
    for together in near_groups(wanted, stream, near.distance):
        for place, word in zip(together, near.words, strict=True):
            yield place, word.stem


def near_groups(wanted: list[str], stream: list[str], distance: int) -> Iterator[list[int]]:
    """Places of the words (in their order) that stand so near each other, for each place of the first."""
    places = [_places_of(want, stream) for want in wanted]
    for first in places[0]:
        together = [_nearest(others, first, distance) for others in places]
        found = [place for place in together if place is not None]
        if len(found) == len(together):
            yield found


def _nearest(places: list[int], place: int, distance: int) -> int | None:
    at = bisect_left(places, place - distance)
    within = [other for other in places[at:] if other <= place + distance]
    return min(within, key=lambda other: abs(other - place)) if within else None


def cut(marked: MarkedText, start: int, end: int) -> Marked:
    """A stretch of a marked text as runs."""
    runs: list[Run] = []
    here = start
    for place in marked.places:
        if place.start >= start and place.end <= end:
            if place.start > here:
                runs.append(Run(marked.text[here : place.start], False))
            runs.append(Run(marked.text[place.start : place.end], True))
            here = place.end
    if here < end:
        runs.append(Run(marked.text[here:end], False))
    return tuple(runs)


def snippet(marked: MarkedText, length: int = SNIPPET_LENGTH) -> Marked:
    """The passage that shows most of the words that were asked for, cut between words."""
    start, end = _borders(marked, _best_start(marked, length), length)
    runs = cut(marked, start, end)
    before = (Run(ELLIPSIS, False),) if start > 0 else ()
    after = (Run(ELLIPSIS, False),) if end < len(marked.text) else ()
    return _joined((*before, *runs, *after))


def _best_start(marked: MarkedText, length: int) -> int:
    """Where a window shows the most different words asked for; of equals the fullest, then the earliest."""
    places = marked.places
    best, best_start, last = (0, 0), 0, 0
    inside: Counter[str] = Counter()
    for first, place in enumerate(places):
        while last < len(places) and places[last].end <= place.start + length - LEAD:
            inside[places[last].answers] += 1
            last += 1
        value = len(+inside), inside.total()
        if value > best:
            best, best_start = value, place.start
        inside[place.answers] -= 1
        last = max(last, first + 1)
    return max(0, best_start - LEAD) if best_start > LEAD else 0


def _borders(marked: MarkedText, start: int, length: int) -> tuple[int, int]:
    """Move the ends of a window to the borders of words, and never into a marked one."""
    text = marked.text
    start = min(start, max(0, len(text) - length))
    end = min(len(text), start + length)
    if start > 0:
        start = _next_word(text, start)
    while start < end and text[start].isspace():
        start += 1
    if end < len(text):
        blank = max(text.rfind(sign, start + length // 2, end) for sign in " \n\t")
        end = blank if blank > start else end
    for place in marked.places:
        if place.start < end < place.end:
            end = place.end
    return start, end


def _next_word(text: str, start: int) -> int:
    for place in range(start, min(len(text), start + LEAD)):
        if text[place - 1].isspace():
            return place
    return start


def _joined(runs: Marked) -> Marked:
    """Runs side by side that are alike become one."""
    joined: list[Run] = []
    for run in runs:
        if joined and not run.marked and not joined[-1].marked:
            joined[-1] = Run(joined[-1].text + run.text, False)
        else:
            joined.append(run)
    return tuple(joined)


def forms(texts: Sequence[MarkedText]) -> Counter[str]:
    """The marked words as written, with how often each stands."""
    return Counter(text.text[place.start : place.end] for text in texts for place in text.places)
