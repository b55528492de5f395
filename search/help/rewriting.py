"""A query with other letters in it: as the other keyboard types it, or as the collection spells its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arabic import letters as l
from arabic.lexicon import shipped
from search.help.keyboard import retyped
from search.help.spelling import Correction, corrected, joined, parted
from search.help.vocabulary import Vocabulary
from search.query import Parsed, parse
from search.query.ladder import is_particle
from search.query.tree import Node, Phrase, Word, wanted

MAX_LOOKED_AT: Final = 12
"""Words of a query that are looked at; each costs a small search."""
MAX_CORRECTED: Final = 2
"""Words of a query that are corrected; each is compared with the whole vocabulary."""
HARDLY: Final = 3
"""Articles up to which a word is hardly there."""
FAR_MORE: Final = 200
"""How many times more articles must have a word before one that is hardly there is taken for a slip of it."""
FEW_WORDS: Final = 4
"""Words of a query up to which its blanks may be at fault: a longer one finds nothing for other reasons."""
LEAST_OF_NAME: Final = 3
"""Letters of each half of a word that the collection has and that may yet be two."""
LEAST_TELLING: Final = 3
"""Letters of a word that tells that a keyboard was switched: shorter ones come about by chance."""
TELLING: Final = 5
"""Letters that tell it whatever the words are; of fewer they must be common ones."""
COMMON: Final = 20
_NOT_AT_THE_END: Final = re.compile(f"[{l.ALEF_MAKSURA}{l.TEH_MARBUTA}](?=.)")
"""Letters that only end a word."""
_FIELD_END: Final = ":"

Documents = Callable[[Node], int]
"""About how many articles a part of a query finds, inflected and without filters; 0 only where none does."""
Words = Callable[[], Vocabulary]
"""The words of the collection; asked for only where a word is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """Other letters for a stretch of a query."""

    start: int
    end: int
    text: str


def words_of(parsed: Parsed) -> list[Word]:
    """The first words that a query seeks, in the order typed; those of its phrases too."""
    return [part for part in wanted(parsed.tree) if isinstance(part, Word)][:MAX_LOOKED_AT]


def with_other_keyboard(parsed: Parsed, documents: Documents, words: Words) -> Iterator[str]:
    """The query as another keyboard types it, if that makes words of the collection of what are none.

    Where most of what it would change is there as typed, no reading is looked at: an Arabic query has dozens.
    """
    typed = words_of(parsed)
    changed = [word for word in typed if word.normal.isascii()] or typed
    there = sum(documents(word) > HARDLY for word in changed)
    if parsed.tree is not None and there > len(changed) / 2:
        return
    readings = (text for text in retyped(parsed.text) if _is_known(words_of(parse(text)), words()))
    first = next(readings, None)
    if first is not None and _is_strange(parsed, first, documents):
        yield first


def _is_known(words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether the collection has all of these words, and enough of their letters that it is no chance."""
    known = [vocabulary.known(word.normal) for word in words]
    if not all(known) or any(_NOT_AT_THE_END.search(word.exact) for word in words):
        return False
    telling = [word for word in words if len(word.normal) >= LEAST_TELLING and not is_particle(word)]
    letters = sum(len(word.normal) for word in telling)
    commonest = max((word.documents for word in known if word is not None), default=0)
    return letters >= TELLING or (letters >= LEAST_TELLING and commonest >= COMMON)


def _is_strange(parsed: Parsed, reading: str, documents: Documents) -> bool:
    """Whether a word as typed is in no article, or all are in hardly any beside those of the reading."""
    typed = [documents(word) for word in words_of(parsed)]
    if not all(typed):
        return True
    return max(typed, default=0) * FAR_MORE <= min(documents(word) for word in words_of(parse(reading)))


def with_other_words(parsed: Parsed, documents: Documents, words: Words) -> Iterator[str]:
    """The query with words of the collection for those that it has not, the likeliest first.

    Where it has them all, or none like them: with two of them written as one, or one as two.
    """
    typed = words_of(parsed)
    strange = [word for word in typed if documents(word) <= HARDLY and not _is_a_word(word)]
    changes = [change for word in strange[:MAX_CORRECTED] if (change := _corrected(word, documents, words()))]
    if changes:
        yield rewritten(parsed.text, changes)
    elif len(typed) <= FEW_WORDS:
        for change in _blanks(parsed.text, typed, documents, words()):
            yield rewritten(parsed.text, [change])


def _is_a_word(word: Word) -> bool:
    """Whether real news has this word, though the collection may not."""
    return not word.normal.isalpha() or word.normal in shipped()


def _corrected(word: Word, documents: Documents, vocabulary: Vocabulary) -> Change | None:
    there = documents(word)
    ways = [way for way in (corrected(word.normal, vocabulary),) if way is not None]
    if not there:
        ways += [way for way in parted(word.normal, vocabulary) if _is_phrase(way.text, documents)]
    best = max(ways, key=lambda way: way.score, default=None)
    if best is None or (there and _number(best, documents) < FAR_MORE * there):
        return None
    return Change(word.start, word.end, best.text)


def _number(correction: Correction, documents: Documents) -> int:
    tree = parse(correction.text).tree
    return documents(tree) if tree is not None else 0


def _is_phrase(text: str, documents: Documents) -> bool:
    """Whether these words stand one after the other in an article."""
    words = words_of(parse(text))
    return bool(words) and documents(Phrase(tuple(words), 0, len(text))) > 0


def _blanks(
    text: str, typed: Sequence[Word], documents: Documents, vocabulary: Vocabulary
) -> Iterator[Change]:
    for first, second in pairwise(typed):
        if text[first.end : second.start].isspace():
            whole = joined(first.normal, second.normal, vocabulary)
            if whole is not None:
                yield Change(first.start, second.end, whole.text)
    for word in typed:
        if text[: word.start].endswith(_FIELD_END):
            continue  # the second word would no longer be of the field
        for way in parted(word.normal, vocabulary, least=LEAST_OF_NAME):
            if _is_phrase(way.text, documents):
                yield Change(word.start, word.end, way.text)


def rewritten(text: str, changes: Iterable[Change]) -> str:
    """A text with these stretches changed."""
    for change in sorted(changes, key=lambda change: -change.start):
        text = text[: change.start] + change.text + text[change.end :]
    return text
