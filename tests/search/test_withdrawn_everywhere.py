"""A withdrawn article is gone from all that readers see in the next request, with no indexer at work."""

from __future__ import annotations

import csv
import json
import re
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
    "/api/v1/articles/{beside}/similar",
    "/articles/{beside}/similar/",
    "/articles/{beside}/",
    "/articles/{beside}/source/",
    "/browse/{day}/",
    "/browse/latest/",
    "/browse/day/{month_day}/",
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


def places_of(article: Article, beside: str) -> list[str]:
    """Where an article can stand; `beside`: another, to which it is similar."""
    assert article.outlet is not None
    day = article.published
    assert day is not None
    parts = {"q": WORD, "outlet": article.outlet.slug, "beside": beside}
    parts |= {"day": day.strftime("%Y/%m/%d"), "month_day": day.strftime("%m/%d")}
    return [place.format(**parts) for place in PLACES]


def similar_to(uid: str) -> list[str]:
    """The articles that are near this one, nearest first."""
    answer = json.loads(asked(f"/api/v1/articles/{uid}/similar"))
    return [one["uid"] for one in answer["results"]]


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
        "over time": points(asked(f"/trends.csv?q={WORD}&by=year")),
        "timeline": cells(asked(f"/search/?q={WORD}&lang=en")),
        "lines": asked(f"/search/concordance.csv?q={WORD}").count("\n"),
    }


def points(table: str) -> int:
    """The articles of all points of a drawing over time."""
    return sum(int(row["articles"] or 0) for row in csv.DictReader(table.splitlines()))


def cells(page: str) -> int:
    """The sum of what the table of results by month says."""
    table = page.partition('class="as-table"')[2].partition("</table>")[0]
    return sum(int(text) for text in re.findall(r"<td[^>]*>(?:<[^>]+>)*(\d+)<", table))


def find_article() -> tuple[Article, str]:
    """A dated article of a known outlet that the word finds, and one to which it is similar."""
    found = json.loads(asked(f"/api/v1/search?q={WORD}&size=100"))["results"]
    uids = [hit["uid"] for hit in found if hit["outlet"] and len(hit["published"] or "") >= len("2015-11-21")]
    pairs = ((uid, beside) for uid in uids for beside in similar_to(uid) if uid in similar_to(beside))
    uid, beside = next(pairs)
    return Article.objects.get(uid=uid), beside


@pytest.mark.usefixtures("archive_on")
def test_withdrawn_article_is_nowhere_and_comes_back_whole() -> None:
    article, beside = find_article()
    everywhere = places_of(article, beside)
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
    for name in ("outlets", "years", "all", "held", "over time"):
        assert now[name] == counted[name] - 1, name
    for name in ("timeline", "lines"):
        assert now[name] < counted[name], name
    for part in ("", "similar/"):
        assert Client().get(f"/articles/{article.uid}/{part}").status_code in {404, 410}
    for form in ("json", "txt", "ris", "bib", "csl.json", "pdf"):
        assert Client().get(f"/articles/{article.uid}.{form}").status_code in {404, 410}
    assert Client().get(f"/articles/{article.uid}/source/").status_code in {403, 404, 410}
    assert Client().get(f"/api/v1/articles/{article.uid}").status_code in {404, 410}
    restore(articles=chosen, curator=curator)
    assert {place for place in everywhere if article.uid in asked(place)} == stood
    assert figures() == counted
