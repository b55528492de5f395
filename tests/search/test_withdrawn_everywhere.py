"""A withdrawn article is gone from all that readers see in the next request, with no indexer at work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from filelock import FileLock

from archive.models import Article
from archive.services.withdrawal import restore, withdraw
from search.upkeep import flush
from tests.search_page.sample import load_sample

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "السد"
PLACES = (
    "/search/?q={q}",
    "/search/?q={q}&outlet={outlet}",
    "/search/?q={q}&view=concordance",
    "/search/concordance.csv?q={q}",
    "/search/export.jsonl?q={q}",
    "/search/export.csv?q={q}",
    "/search/export.ris?q={q}",
    "/feeds/search.atom?q={q}",
    "/feeds/latest.atom",
    "/feeds/outlets/{outlet}.atom",
    "/api/v1/search?q={q}&size=100",
    "/browse/{day}/",
    "/browse/latest/",
    "/outlets/{outlet}/",
    "/sitemap-articles.xml",
    "/",
)
"""Where a shown article can stand; by what is withdrawn each is completed."""


@pytest.fixture(params=["whoosh", "tantivy"])
def archive_on(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Iterator[None]:
    """The sample on each engine, indexed; then the indexer's place is taken, so that none can work."""
    settings.ARSHIF_ENGINE = request.param
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}
    load_sample()
    flush()
    with FileLock(tmp_path / "locks" / "indexer.lock", timeout=0):
        yield


def asked(address: str) -> str:
    """The whole of an answer, as somebody without an account gets it."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.getvalue().decode()


def places_of(article: Article) -> list[str]:
    assert article.outlet is not None
    assert article.published is not None
    parts = {"q": WORD, "outlet": article.outlet.slug, "day": article.published.strftime("%Y/%m/%d")}
    return [place.format(**parts) for place in PLACES]


def figures() -> dict[str, Any]:
    """The counts that a search and the archive give."""
    found = json.loads(asked(f"/api/v1/search?q={WORD}"))
    everything = json.loads(asked("/api/v1/search"))
    return {
        "total": found["total"],
        "levels": found["levels"],
        "outlets": sum(value["count"] for value in found["facets"]["outlet"]),
        "years": sum(value["count"] for value in found["facets"]["year"]),
        "all": everything["total"],
        "held": sum(outlet["articles"] for outlet in json.loads(asked("/api/v1/outlets"))["outlets"]),
    }


def find_article() -> Article:
    """A dated article of a known outlet that the word finds."""
    found = json.loads(asked(f"/api/v1/search?q={WORD}&size=100"))["results"]
    uids = [hit["uid"] for hit in found if hit["outlet"] and len(hit["published"] or "") >= len("2015-11-21")]
    return Article.objects.get(uid=uids[0])


@pytest.mark.usefixtures("archive_on")
def test_withdrawn_article_is_nowhere_and_comes_back_whole() -> None:
    article = find_article()
    everywhere = places_of(article)
    before = {place: asked(place) for place in everywhere}  # and now they are kept, where pages are
    stood = {place for place, page in before.items() if article.uid in page}
    assert len(stood) >= 10
    counted = figures()
    curator = User.objects.create_user("amina")
    chosen = Article.objects.filter(pk=article.pk)
    withdraw(articles=chosen, reason="بطلب من الكاتب", curator=curator)
    assert {place for place in everywhere if article.uid in asked(place)} == set()
    now = figures()
    assert now["total"] == counted["total"] - 1
    assert now["levels"]["inflected"] == counted["levels"]["inflected"] - 1
    for name in ("outlets", "years", "all", "held"):
        assert now[name] == counted[name] - 1, name
    for part in ("", "similar/"):
        assert Client().get(f"/articles/{article.uid}/{part}").status_code in {404, 410}
    for form in ("json", "txt", "ris", "bib", "csl.json", "pdf"):
        assert Client().get(f"/articles/{article.uid}.{form}").status_code in {404, 410}
    assert Client().get(f"/articles/{article.uid}/source/").status_code in {403, 404, 410}
    assert Client().get(f"/api/v1/articles/{article.uid}").status_code in {404, 410}
    restore(articles=chosen, curator=curator)
    assert {place for place in everywhere if article.uid in asked(place)} == stood
    assert figures() == counted
