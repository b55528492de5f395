"""Articles about the same, by the words that tell most; on each engine."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.models import Article, ArticlePair
from search.engine import engine
from search.similar import similar_articles, telling_words
from tests.search.library import Collection


@pytest.fixture
def articles(collection: Collection) -> dict[str, Article]:
    """Two of a dam, two of a museum, one of neither, all with the same particles."""
    held = {
        "dam": collection.add("امتلأ السد بالمياه في الوادي بعد المطر", title="السد يفيض"),
        "dam again": collection.add("زار الوزير السد في الوادي", title="زيارة السد"),
        "museum": collection.add("فتح المتحف قاعة للمخطوطات في المدينة", title="المتحف"),
        "museum again": collection.add("عرض المتحف مخطوطات نادرة في قاعة", title="مخطوطات في المتحف"),
        "lone": collection.add("نتيجة المباراة ثلاثة أهداف في الملعب", title="كرة"),
    }
    collection.ready()
    return held


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param("dam", ["dam again"], id="what shares the telling words"),
        pytest.param("museum again", ["museum"], id="in either direction"),
        pytest.param("lone", [], id="a particle that both have makes nothing alike"),
    ],
)
def test_similar_articles_share_telling_words(
    articles: dict[str, Article], of: str, expected: list[str]
) -> None:
    assert similar_articles(articles[of], 5) == [articles[name] for name in expected]


def test_telling_words_are_no_particles_and_no_words_of_one_article(articles: dict[str, Article]) -> None:
    words = [word.text for word in telling_words(articles["dam"], engine())]
    assert words[0] == "السد"
    assert {"في", "يفيض"}.isdisjoint(words)


def test_what_holds_the_same_text_is_named_apart(articles: dict[str, Article]) -> None:
    pair = ArticlePair.objects.create(first=articles["dam"], second=articles["dam again"], likeness=0.9)
    assert similar_articles(articles["dam"], 5) == []
    ArticlePair.objects.filter(pk=pair.pk).update(status=ArticlePair.Status.DIFFERENT)
    assert similar_articles(articles["dam"], 5) == [articles["dam again"]]


def test_withdrawn_article_is_similar_to_nothing_at_once(articles: dict[str, Article]) -> None:
    Article.objects.filter(pk=articles["dam again"].pk).update(status=Article.Status.WITHDRAWN)
    assert similar_articles(articles["dam"], 5) == []
    assert Client().get(f"/articles/{articles['dam again'].uid}/similar/").status_code == 410


def test_page_lists_them_and_is_no_page_for_crawlers(articles: dict[str, Article]) -> None:
    text = Client().get(f"/articles/{articles['dam'].uid}/similar/?lang=en").content.decode()
    assert articles["dam again"].get_absolute_url() in text
    assert articles["museum"].get_absolute_url() not in text
    assert '<meta name="robots" content="noindex' in text
    lone = Client().get(f"/articles/{articles['lone'].uid}/similar/?lang=en").content.decode()
    assert "no other article shares the words of this one" in lone


def test_unknown_article_is_not_found(articles: dict[str, Article]) -> None:
    assert Client().get("/articles/nosuchuid/similar/").status_code == 404


def test_page_without_an_index_says_so(collection: Collection) -> None:
    article = collection.add("نص بلا فهرس")
    assert Client().get(f"/articles/{article.uid}/similar/").status_code == 503
