"""Both engines and a plain reading find the same articles, whatever tree is asked for."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from arabic import Term, analyse
from search.engines.base import Filters, Question
from search.engines.entries import printed_days
from search.engines.tantivy.engine import TantivyIndex
from search.engines.whoosh.engine import WhooshIndex
from search.query import any_of
from search.query.tree import And, DateRange, InTitle, Named, Near, Node, Not, Or, Phrase, Prefix, Word
from search.types import Level, Sort

ROOTS: list[str] = re.findall(
    r"\S+",
    "كتاب كتب مكتبة سعودية سعودي وزير وزراء مجلس أمن نفط سوق أسواق مدينة مدن رئيس حرب سلام اتفاق محمد "
    "أحمد جامعة طالب مدرسة شركة بنك قرار إرهاب ماء هواء ",
)
BEGINNINGS = ("", "", "ال", "و", "وال", "بال", "لل")
PARTICLES = ("من", "في", "على", "إلى", "عن")
OUTLETS = ("", "okaz", "al-riyadh", "a b")
AGENCIES = ("afp", "spa", "reuters")
AUTHORS = ("محمد أحمد", "أحمد علي", "سارة محمد")
SECTIONS = ("", "اقتصاد", "سياسة عامة")
DATES = (
    (None, "unknown"),
    (datetime.date(2014, 1, 1), "year"),
    (datetime.date(2015, 11, 1), "month"),
    (datetime.date(2015, 11, 21), "day"),
    (datetime.date(2016, 2, 29), "day"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """An article with the words of its title, subtitle and body."""

    article: Any
    parts: tuple[tuple[Term, ...], ...]


def _word(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(PARTICLES)
    return chance.choice(BEGINNINGS) + chance.choice(ROOTS)


def _text(chance: random.Random, most: int) -> str:
    return " ".join(_word(chance) for _ in range(chance.randint(0, most)))


def _article(number: int, chance: random.Random) -> Any:
    """What the engines read of an article, without a database."""
    day, precision = chance.choice(DATES)
    slug = chance.choice(OUTLETS)
    agencies = chance.sample(AGENCIES, chance.randint(0, 2))
    authors = chance.sample(AUTHORS, chance.randint(0, 2))
    return SimpleNamespace(
        pk=number,
        uid=f"u{number:06d}",
        title=_text(chance, 6),
        subtitle=_text(chance, 4) if chance.random() < 0.3 else "",
        body=_text(chance, 60),
        outlet=SimpleNamespace(slug=slug) if slug else None,
        agency_slugs=tuple(agencies),
        author_names=tuple(authors),
        section=chance.choice(SECTIONS),
        published=day,
        published_precision=precision,
        published_time=None,
    )


# -- trees ----------------------------------------------------------------------------------------------


def _asked_word(chance: random.Random, also: bool = True) -> Word:
    text = _word(chance)
    term = analyse(text)[0]
    others: tuple[tuple[str, ...], ...] = ()
    if also and chance.random() < 0.1:
        spelling = tuple(analyse(_word(chance))[0].stem for _ in range(chance.randint(1, 2)))
        others = (spelling,)
    return Word(text, term.exact, term.normal, term.stem, 0, 0, others)


def _asked_prefix(chance: random.Random) -> Prefix:
    word = _asked_word(chance, also=False)
    length = chance.randint(1, 3)
    return Prefix(word.text, word.exact[:length], word.normal[:length], 0, 0)


def _asked_phrase(chance: random.Random) -> Phrase:
    return Phrase(tuple(_asked_word(chance, also=False) for _ in range(chance.randint(1, 3))), 0, 0)


def _asked_near(chance: random.Random) -> Near:
    return Near(tuple(_asked_word(chance) for _ in range(chance.randint(1, 4))), chance.randint(1, 12), 0, 0)


def _asked_name(chance: random.Random) -> Named:
    kind, values = chance.choice(
        (
            ("outlet", (chance.choice(OUTLETS[1:]), "none")),
            ("agency", tuple(chance.sample(AGENCIES, 2))),
            ("author", ("محمد",)),
            ("section", (SECTIONS[1],)),
        )
    )
    return Named(kind, "", values, 0, 0)  # type: ignore[arg-type]


def _asked_days(chance: random.Random) -> DateRange:
    first, last = sorted(chance.sample([day for day, _ in DATES if day], 2))
    return DateRange(chance.choice((first, None)), chance.choice((last, None)), 0, 0)


LEAVES: tuple[Callable[[random.Random], Node], ...] = (
    *[_asked_word] * 6,
    _asked_prefix,
    *[_asked_phrase] * 2,
    *[_asked_near] * 2,
    _asked_name,
    _asked_days,
)


def _tree(chance: random.Random, depth: int = 3) -> Node:
    if depth == 0 or chance.random() < 0.35:
        return chance.choice(LEAVES)(chance)
    parts = tuple(_tree(chance, depth - 1) for _ in range(chance.randint(1, 3)))
    return chance.choice(
        (And(parts, 0, 0), And(parts, 0, 0), Or(parts, 0, 0), Not(parts[0], 0, 0), InTitle(parts[0], 0, 0))
    )


# -- the plain reading ----------------------------------------------------------------------------------


_FORM = {
    Level.EXACT: attrgetter("exact"),
    Level.FOLDED: attrgetter("normal"),
    Level.INFLECTED: attrgetter("stem"),
}


def _form(term: Term | Word, level: Level) -> str:
    return str(_FORM[level](term))


def _spelled(level: Level) -> Level:
    return Level.EXACT if level is Level.EXACT else Level.FOLDED


def _places(part: tuple[Term, ...], word: Word, level: Level) -> set[int]:
    """Where a word begins in a part, in any of its spellings."""
    stream = list(map(_FORM[level], part))
    runs = [(_form(word, level),), *(word.also if level is Level.INFLECTED else ())]
    return {
        place
        for run in runs
        if run[0] in stream
        for place in range(len(stream))
        if tuple(stream[place : place + len(run)]) == run
    }


def finds(node: Node, held: Held, level: Level, title: bool = False) -> bool:  # noqa: C901 - one line a kind
    """Whether a tree finds an article, read word by word."""
    parts = held.parts[:1] if title else held.parts
    match node:
        case And():
            return all(finds(child, held, level, title) for child in node.children)
        case Or():
            return any(finds(child, held, level, title) for child in node.children)
        case Not():
            return not finds(node.child, held, Level.INFLECTED, title)
        case InTitle():
            return finds(node.child, held, level, title=True)
        case Word():
            return any(_places(part, node, level) for part in parts)
        case Prefix():
            return any(_begins(node, part, _spelled(level)) for part in parts)
        case Phrase():
            return any(_runs(node, part, _spelled(level)) for part in parts)
        case Near():
            return any(_near(node, part, level) for part in parts)
        case Named():
            return _named(node, held.article)
        case DateRange():
            return _printed_between(node, held.article)


def _begins(node: Prefix, part: tuple[Term, ...], level: Level) -> bool:
    start = node.exact if level is Level.EXACT else node.normal
    return any(_form(term, level).startswith(start) and term.normal.startswith(node.normal) for term in part)


def _runs(node: Phrase, part: tuple[Term, ...], level: Level) -> bool:
    stream, wanted = (list(map(_FORM[level], words)) for words in (part, node.words))
    return wanted[0] in stream and any(
        stream[place : place + len(wanted)] == wanted for place in range(len(stream))
    )


def _near(node: Near, part: tuple[Term, ...], level: Level) -> bool:
    first, *others = (_places(part, word, level) for word in node.words)
    return all(others) and any(
        all(any(abs(place - there) <= node.distance for there in other) for other in others)
        for place in first
    )


def _named(node: Named, article: Any) -> bool:
    if node.kind == "author":
        return any(set(node.values) <= {t.normal for t in analyse(name)} for name in article.author_names)
    values = {
        "outlet": [article.outlet.slug] if article.outlet else [],
        "section": [article.section],
        "agency": list(article.agency_slugs),
    }[node.kind]
    return bool(set(node.values) & set(values))


def _printed_between(node: DateRange, article: Any) -> bool:
    first, last = printed_days(article.published, article.published_precision)
    if not first:
        return False
    return (node.first is None or first >= node.first.toordinal()) and (
        node.last is None or last <= node.last.toordinal()
    )


# -- the agreement --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Library:
    """The same articles in both engines, and as they are read."""

    whoosh: WhooshIndex
    tantivy: TantivyIndex
    held: tuple[Held, ...]


def _library(folder: Path, articles: int) -> Library:
    chance = random.Random(20261123)
    made = [_article(number, chance) for number in range(1, articles + 1)]
    library = Library(
        WhooshIndex(folder / "whoosh"),
        TantivyIndex(folder / "tantivy"),
        tuple(
            Held(one, tuple(tuple(analyse(text)) for text in (one.title, one.subtitle, one.body)))
            for one in made
        ),
    )
    for index in (library.whoosh, library.tantivy):
        assert index.build(articles=made) == articles
    return library


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return _library(tmp_path_factory.mktemp("small"), 250)


def _agree(library: Library, tree: Node, level: Level) -> None:
    read = tree if level is not Level.ANY else any_of(tree)
    at = level if level is not Level.ANY else Level.INFLECTED
    wanted = {held.article.uid for held in library.held if finds(read, held, at)}
    question = Question(tree, level, limit=None, by_author=True)
    one, other = library.whoosh.ask(question), library.tantivy.ask(question)
    assert {found.uid for found in one.found} == wanted, tree
    assert {found.uid for found in other.found} == wanted, tree
    assert (one.total, one.undated, one.levels) == (other.total, other.undated, other.levels), tree
    assert [list(counts.items()) for counts in one.facets.values()] == [
        list(counts.items()) for counts in other.facets.values()
    ]


def _all_agree(library: Library, trees: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(trees):
        _agree(library, _tree(chance), chance.choice(list(Level)))


def test_engines_and_a_plain_reading_agree(small: Library) -> None:
    _all_agree(small, 120, 1)


@pytest.mark.long
def test_engines_and_a_plain_reading_agree_on_many_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # how many articles are read for nearness has tests of its own
    monkeypatch.setattr("search.engines.tantivy.matching.MOST_READ", 5_000)
    _all_agree(_library(tmp_path, 5_000), 500, 2)


FILTERS = (
    Filters(outlets=("okaz", "unknown")),
    Filters(sections=("unknown",), years=("2015", "unknown", "soon")),
    Filters(authors=("unknown", "no such author")),
    Filters(agencies=("spa", "unknown"), date_from=datetime.date(2015, 1, 1)),
    Filters(date_from=datetime.date(2014, 1, 1), date_to=datetime.date(2015, 11, 30)),
    Filters(years=("20155",)),
)


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_engines_agree_on_filters_hidden_articles_and_the_order_of_time(
    small: Library, filters: Filters
) -> None:
    hidden = frozenset(held.article.uid for held in small.held[::7]) | {"no such"}
    dates = {held.article.uid: held.article.published for held in small.held}
    for sort in (Sort.NEWEST, Sort.OLDEST):
        question = Question(
            _asked_word(random.Random(3)), filters=filters, hidden=hidden, sort=sort, limit=None
        )
        one, other = small.whoosh.ask(question), small.tantivy.ask(question)
        assert {found.uid for found in one.found} == {found.uid for found in other.found}
        assert [dates[found.uid] for found in one.found] == [dates[found.uid] for found in other.found]
        assert (one.total, one.levels, one.facets) == (other.total, other.levels, other.facets)
        assert not hidden & {found.uid for found in other.found}


def test_engines_agree_on_words_prefixes_and_names(small: Library) -> None:
    for prefix in ("", "ا", "كت", "zz"):
        forms = [index.prefix_forms(prefix) for index in (small.whoosh, small.tantivy)]
        assert set(forms[0][0]) == set(forms[1][0])
        assert forms[0][1] == forms[1][1]
    one, other = (index.words(1_000) for index in (small.whoosh, small.tantivy))
    assert list(one.normals) == list(other.normals)
    assert all(other.documents[place] <= count for place, count in enumerate(one.documents))
    assert small.whoosh.uids() == small.tantivy.uids()
    assert small.whoosh.uid_of(7) == small.tantivy.uid_of(7) == "u000007"
    assert small.whoosh.uid_of(999) is small.tantivy.uid_of(999) is None
    words = [_asked_word(random.Random(number), also=False) for number in range(20)]
    assert small.whoosh.documents_having(words) == small.tantivy.documents_having(words)
