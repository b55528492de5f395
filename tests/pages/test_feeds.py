"""Feeds and sitemaps, read by other people's programs."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from archive.models import Article, Outlet

if TYPE_CHECKING:
    from tests.pages.making import MakeArticle

UNDATED = {"published": None, "published_precision": "unknown"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def followed(reader: Client, address: str) -> Any:
    """A feed as a reader's program understands it."""
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def arrived(article: Article, day: int) -> Article:
    """The same article, come in on a day of the month."""
    added = datetime.datetime(2026, 11, day, tzinfo=datetime.UTC)
    Article.objects.filter(pk=article.pk).update(added=added)
    return article


@pytest.fixture
def held(make_article: MakeArticle, make_outlet: Callable[..., Outlet]) -> dict[str, Article]:
    """Three articles that came in one after the other, the oldest printed last."""
    riwaq = make_outlet("riwaq", "الرواق")
    return {
        "first": arrived(make_article(title="الأول", outlet=riwaq, published=datetime.date(2015, 3, 2)), 1),
        "second": arrived(
            make_article(title="", body="نص بلا عنوان <b>فيه</b> علامات\u0001", outlet=None, **UNDATED), 2
        ),
        "third": arrived(make_article(title="الثالث", outlet=riwaq, body="كلمة " * 500), 3),
    }


def test_newest_arrival_comes_first_with_what_is_known_of_it(
    reader: Client, held: dict[str, Article]
) -> None:
    feed = followed(reader, "/feeds/latest.atom?lang=ar")
    assert [urlsplit(entry.link).path for entry in feed.entries] == [
        held[name].get_absolute_url() for name in ("third", "second", "first")
    ]
    first = feed.entries[2]
    assert (first.title, [tag.term for tag in first.tags]) == ("الأول", ["الرواق"])
    assert first.id == first.link
    assert first.updated.startswith("2026-11-01")
    assert first.published == "2015-03-02"
    assert feed.feed.title == "أرشيف: آخر ما أضيف"


def test_derived_headline_is_bracketed_and_markup_is_text(reader: Client, held: dict[str, Article]) -> None:
    entry = followed(reader, "/feeds/latest.atom").entries[1]
    assert entry.title.startswith("[نص بلا عنوان")
    assert "&lt;b&gt;فيه" in entry.summary
    assert "published" not in entry.keys()  # noqa: SIM118 `in` answers for "updated" too


def test_long_text_is_cut_at_a_word_and_says_so(reader: Client, held: dict[str, Article]) -> None:
    summary = followed(reader, "/feeds/latest.atom").entries[0].summary
    assert summary.endswith("كلمة…")
    assert len(summary) < 410


def test_outlet_has_a_feed_of_its_own(reader: Client, held: dict[str, Article]) -> None:
    feed = followed(reader, "/feeds/outlets/riwaq.atom?lang=en")
    assert [entry.title for entry in feed.entries] == ["الثالث", "الأول"]
    assert reader.get("/feeds/outlets/nobody.atom").status_code == 404
    assert "/feeds/outlets/riwaq.atom" in reader.get("/outlets/riwaq/").content.decode()


def test_withdrawn_article_is_in_no_feed_and_no_sitemap(reader: Client, held: dict[str, Article]) -> None:
    Article.objects.filter(pk=held["third"].pk).update(status=Article.Status.WITHDRAWN)
    assert len(followed(reader, "/feeds/latest.atom").entries) == 2
    assert held["third"].uid not in reader.get("/sitemap-articles.xml").content.decode()


def addresses(reader: Client, path: str) -> list[str]:
    """The paths that a sitemap, or the index of sitemaps, names."""
    answer = reader.get(path)
    assert answer.status_code == 200
    return [
        urlsplit(one.text or "").path + (f"?{query}" if (query := urlsplit(one.text or "").query) else "")
        for one in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")
    ]


def test_sitemaps_lead_to_every_page_that_stays(reader: Client, held: dict[str, Article]) -> None:
    every = [address for part in addresses(reader, "/sitemap.xml") for address in addresses(reader, part)]
    assert {article.get_absolute_url() for article in held.values()} <= set(every)
    assert {"/", "/outlets/riwaq/", "/browse/2015/03/02/", "/help/"} <= set(every)
    assert len(every) == len(set(every))
    for address in every:
        assert reader.get(address).status_code == 200, address


def test_sitemap_says_when_an_article_changed(reader: Client, held: dict[str, Article]) -> None:
    assert f"<lastmod>{timezone.now():%Y}" in reader.get("/sitemap-articles.xml").content.decode()


def test_large_archive_has_more_than_one_file_of_addresses(
    reader: Client, held: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.sitemaps.ArticleSitemap.limit", 2)
    parts = [part for part in addresses(reader, "/sitemap.xml") if "articles" in part]
    assert parts == ["/sitemap-articles.xml", "/sitemap-articles.xml?p=2"]
    assert sum(len(addresses(reader, part)) for part in parts) == 3
    robots = RobotFileParser()
    robots.parse(reader.get("/robots.txt").content.decode().splitlines())
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]
