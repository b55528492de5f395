"""Totals, ladder and facets, against a plain reading of the same articles."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arabic import analyse
from search.engine import engine
from search.engines.base import Filters, Question
from search.engines.counts import MOST_AUTHORS
from search.query import any_of, parse
from search.query.tree import And, Near, Node, Not, Or, Phrase, Prefix, Word
from search.service import search
from search.types import UNKNOWN, Level, SearchRequest, Sort
from tests.search.library import Collection, uids

if TYPE_CHECKING:
    from pathlib import Path

    from archive.models import Article

VOCABULARY = [
    "السعودية",
    "والسعودية",
    "سعودي",
    "الإرهاب",
    "الارهاب",
    "مُحَمَّد",
    "محمد",
    "كتاب",
    "كتب",
    "بالكتاب",
    "مدرسة",
    "مدرسه",
    "من",
    "في",
    "نفط",
]
BODIES = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=9).map(" ".join)
ARTICLES = st.lists(
    st.tuples(
        BODIES,
        st.sampled_from(["", "السعودية", "كتاب محمد"]),
        st.sampled_from(["", "a", "b"]),
        st.sampled_from(["", "2014", "2015", "2015-11", "2015-11-21", "2015-12-01"]),
    ),
    min_size=1,
    max_size=8,
)
QUERIES = st.recursive(
    st.sampled_from(VOCABULARY)
    | st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"')
    | st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=2).map(
        lambda words: f'"{" ".join(words)}"~2'
    )
    | st.sampled_from(VOCABULARY).map(lambda word: f"{word[:3]}*"),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})")
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})")
        | inner.map(lambda part: f"-{part}")
    ),
    max_leaves=4,
)


def forms(text: str, level: Level) -> list[str]:
    """The words of a text in the form that counts at a step."""
    return [{Level.EXACT: t.exact, Level.FOLDED: t.normal}.get(level, t.stem) for t in analyse(text)]


def finds(node: Node, article: Article, level: Level) -> bool:
    """Whether a query finds an article, read word by word."""
    texts = (article.title, article.body)
    match node:
        case And():
            return all(finds(child, article, level) for child in node.children)
        case Or():
            return any(finds(child, article, level) for child in node.children)
        case Not():
            return not finds(node.child, article, Level.INFLECTED)
        case Word():
            return any(forms(node.text, level)[0] in forms(text, level) for text in texts)
        case Prefix():
            at = Level.EXACT if level is Level.EXACT else Level.FOLDED
            start = node.exact if at is Level.EXACT else node.normal
            return any(form.startswith(start) for text in texts for form in forms(text, at))
        case Phrase():
            at = Level.EXACT if level is Level.EXACT else Level.FOLDED
            wanted = [forms(word.text, at)[0] for word in node.words]
            return any(
                forms(text, at)[place : place + len(wanted)] == wanted
                for text in texts
                for place in range(len(text))
            )
        case Near():
            return any(_near(node, forms(text, level), level) for text in texts)
        case _:
            raise AssertionError(node)


def _near(node: Near, stream: list[str], level: Level) -> bool:
    first, *others = (forms(word.text, level)[0] for word in node.words)
    return any(
        all(other in stream[max(0, place - node.distance) : place + node.distance + 1] for other in others)
        for place, form in enumerate(stream)
        if form == first
    )


def found_by_reading(query: str, articles: list[Article], level: Level) -> set[str]:
    """What a query should find at a step."""
    tree = parse(query).tree
    if tree is None:
        return set()
    if level is Level.ANY:
        tree, level = any_of(tree), Level.INFLECTED
    return {article.uid for article in articles if finds(tree, article, level)}


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=6))
def test_engine_finds_what_a_plain_reading_finds(
    index_folder: Path, drawn: list[tuple[str, str, str, str]], queries: list[str]
) -> None:
    from archive.models import Article
    from search.upkeep import rebuild

    Article.objects.all().delete()
    collection = Collection()
    articles = [
        collection.add(body, title=title, outlet=outlet, published=published)
        for body, title, outlet, published in drawn
    ]
    rebuild()
    for query in queries:
        totals = []
        for level in Level:
            found = uids(query, level=level, variants=False)
            assert found == found_by_reading(query, articles, level), (query, level)
            totals.append(len(found))
        assert totals == sorted(totals), query
        _check_counts(query, articles)


def _check_counts(query: str, articles: list[Article]) -> None:
    results = search(SearchRequest(query=query, level=Level.ANY, size=100, variants=False))
    hits = [article for article in articles if article.uid in {hit.article.uid for hit in results.hits}]
    assert results.total == len(hits) == results.levels[Level.ANY]
    counts = {kind: {one.value: one.count for one in values} for kind, values in results.facets.items()}
    for kind in ("outlet", "year", "month", "section"):
        assert sum(counts[kind].values()) == results.total
    assert counts["outlet"] == Counter(a.outlet.slug if a.outlet else UNKNOWN for a in hits)
    assert counts["year"] == Counter(str(a.published.year) if a.published else UNKNOWN for a in hits)
    assert results.undated == sum(article.published is None for article in hits)
    for value, count in counts["outlet"].items():
        request = SearchRequest(query=query, level=Level.ANY, outlets=(value,), variants=False)
        narrowed = search(request)
        assert narrowed.total == count
    for value, count in counts["year"].items():
        request = SearchRequest(query=query, level=Level.ANY, years=(value,), variants=False)
        assert search(request).total == count


@pytest.fixture
def dated(collection: Collection) -> Collection:
    """Articles about one thing at different times."""
    for published in ("2015-11-21", "", "2014", "2015-12", "2015-11-03", "2016-01-01"):
        collection.add("خبر عن النفط", published=published, section="اقتصاد" if published else "")
    collection.ready()
    return collection


def test_months_count_only_what_is_known_to_the_month(dated: Collection) -> None:
    facets = search(SearchRequest(query="النفط")).facets
    months = [(one.value, one.count) for one in facets["month"]]
    assert months == [("2016-01", 1), ("2015-12", 1), ("2015-11", 2), (UNKNOWN, 2)]
    assert [(one.value, one.count) for one in facets["year"]] == [
        ("2016", 1),
        ("2015", 3),
        ("2014", 1),
        (UNKNOWN, 1),
    ]


def test_undated_articles_stand_last_whichever_way_the_dates_are_sorted(dated: Collection) -> None:
    newest = [h.article.published_iso for h in search(SearchRequest(query="النفط", sort=Sort.NEWEST)).hits]
    oldest = [h.article.published_iso for h in search(SearchRequest(query="النفط", sort=Sort.OLDEST)).hits]
    assert newest == ["2016-01-01", "2015-12", "2015-11-21", "2015-11-03", "2014", None]
    assert oldest == ["2014", "2015-11-03", "2015-11-21", "2015-12", "2016-01-01", None]


def test_filter_by_dates_takes_what_is_known_to_lie_within_them(dated: Collection) -> None:
    request = SearchRequest(date_from=datetime.date(2015, 11, 1), date_to=datetime.date(2015, 12, 15))
    assert {hit.article.published_iso for hit in search(request).hits} == {"2015-11-21", "2015-11-03"}


@pytest.mark.parametrize("sort", Sort)
def test_pages_of_any_size_put_together_are_the_whole(collection: Collection, sort: Sort) -> None:
    for number in range(23):
        collection.add(
            "خبر عن النفط" if number % 3 else "النفط", published="2015-11-21" if number % 2 else ""
        )
    collection.ready()
    tree = parse("النفط").tree
    whole = [one.uid for one in engine().ask(Question(tree, sort=sort, limit=None)).found]
    assert len(set(whole)) == 23
    for size in (1, 4, 10, 22, 100):
        pages = [
            one.uid
            for start in range(0, 30, size)
            for one in engine().ask(Question(tree, sort=sort, offset=start, limit=size)).found
        ]
        assert pages == whole


def test_selected_value_is_shown_even_where_it_finds_nothing(dated: Collection) -> None:
    dated.outlet("okaz", "عكاظ")
    outlets = search(SearchRequest(query="النفط", outlets=("okaz",))).facets["outlet"]
    assert [(one.value, one.label, one.count, one.selected) for one in outlets] == [("okaz", "عكاظ", 0, True)]


def test_article_of_two_agencies_counts_under_both(collection: Collection) -> None:
    collection.add("نفط", agencies=("afp", "spa"))
    collection.add("نفط")
    collection.ready()
    agencies = search(SearchRequest(query="نفط")).facets["agency"]
    assert {one.value: one.count for one in agencies} == {"afp": 1, "spa": 1, UNKNOWN: 1}
    answer = engine().ask(Question(None, filters=Filters(agencies=("spa", UNKNOWN))))
    assert answer.total == 2


def test_articles_are_counted_by_author_and_those_of_none_apart(collection: Collection) -> None:
    collection.add("نفط", authors=("أحمد", "سعاد الشمراني"))
    collection.add("نفط", authors=("سعاد الشمراني",))
    collection.add("نفط")
    collection.add("غاز", authors=("أحمد",))
    collection.ready()
    authors = search(SearchRequest(query="نفط")).facets["author"]
    assert [(one.value, one.count) for one in authors] == [("سعاد الشمراني", 2), ("أحمد", 1), (UNKNOWN, 1)]
    for one in authors:
        assert search(SearchRequest(query="نفط", authors=(one.value,))).total == one.count
    answer = engine().ask(Question(None, filters=Filters(authors=("أحمد", UNKNOWN)), by_author=True))
    assert answer.total == 3
    assert answer.facets["author"] == {"أحمد": 2, "سعاد الشمراني": 1, UNKNOWN: 1}


def test_no_author_at_all_is_the_unknown_one(collection: Collection) -> None:
    collection.add("نفط")
    collection.ready()
    answer = engine().ask(Question(None, by_author=True))
    assert answer.facets["author"] == {UNKNOWN: 1}
    assert engine().ask(Question(None, filters=Filters(authors=("أحمد",)))).total == 0


def test_authors_are_counted_only_where_it_is_asked_for(collection: Collection) -> None:
    collection.add("نفط", authors=("أحمد",))
    collection.ready()
    assert "author" not in engine().ask(Question(None)).facets


def _authors_of(hits: list[int]) -> dict[str, int]:
    """Authors by number, each with so many hits."""
    return {f"كاتب {number}": count for number, count in enumerate(hits)}


@pytest.mark.parametrize(
    ("hits", "shown", "more"),
    [
        ([3] * MOST_AUTHORS, MOST_AUTHORS, False),
        ([3] * 20 + [2] * 5 + [1] * 20, 25, True),
        ([2] + [1] * MOST_AUTHORS, 1, True),
        ([1] * (MOST_AUTHORS + 1), MOST_AUTHORS, True),
    ],
    ids=["as many as there is room for", "equals stand together", "or fall together", "all equal: by name"],
)
def test_of_many_authors_those_of_most_hits_are_counted(
    collection: Collection, hits: list[int], shown: int, more: bool
) -> None:
    counts = _authors_of(hits)
    for round_ in range(max(hits)):
        collection.add("نفط", authors=tuple(name for name, count in counts.items() if count > round_))
    collection.ready()
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    answer = engine().ask(Question(None, by_author=True))
    assert list(answer.facets["author"].items()) == ranked[:shown]
    assert answer.more_authors is more
    rarest = ranked[-1][0]
    narrowed = engine().ask(Question(None, filters=Filters(authors=(rarest, "no such")), by_author=True))
    assert narrowed.facets["author"][rarest] == narrowed.total == counts[rarest]


def test_word_of_the_title_ranks_before_the_same_word_of_the_text(collection: Collection) -> None:
    text = collection.add("النفط كلمة في نص طويل عن أشياء كثيرة أخرى", title="خبر قصير عن الأسواق")
    title = collection.add("كلمة في نص طويل عن أشياء كثيرة أخرى", title="خبر قصير عن النفط")
    collection.ready()
    assert [hit.article for hit in search(SearchRequest(query="النفط")).hits] == [title, text]


def test_words_that_stand_together_rank_before_words_that_stand_apart(collection: Collection) -> None:
    apart = collection.add("سعر القمح اليوم مرتفع جدا كما يقول التجار بسبب النفط")
    together = collection.add("سعر النفط اليوم مرتفع جدا كما يقول التجار بسبب القمح")
    collection.ready()
    assert [hit.article for hit in search(SearchRequest(query="سعر النفط")).hits] == [together, apart]
