"""The fields of a page of HTML, each with its evidence in the source."""

from __future__ import annotations

import pytest

from archive.ingest.reading import SourceFormat
from tests.reading.html_help import (
    ABOVE,
    DATE,
    FIRST,
    LD,
    MENU,
    PARAGRAPHS,
    PRINTED,
    SECOND,
    STORIES,
    THIRD,
    TITLE,
    article_page,
    ld,
    meta,
    shown,
)
from tests.reading.reading_help import only, opened


def test_page_gives_title_outlet_and_text_and_nothing_around_it() -> None:
    article = only(article_page(), "x.html")
    assert article.title is not None
    assert article.title.value == TITLE
    assert article.outlet is not None
    assert article.outlet.value.slug == "minbar"
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.published is None


def test_format_and_encoding_are_said() -> None:
    source = opened(article_page(), "x.html")
    assert (source.format, source.encoding) == (SourceFormat.HTML, "utf-8")


@pytest.mark.parametrize(
    ("start", "name"),
    [
        pytest.param("", "x.txt", id="doctype"),
        pytest.param("<!-- saved from url=(0025)http://minbar.example/n/1 -->\n", "x", id="comment first"),
        pytest.param('<?xml version="1.0" encoding="utf-8"?>\n', "x", id="xhtml"),
        pytest.param("\ufeff\n\n", "x", id="mark and blank lines"),
    ],
)
def test_page_is_recognised_by_its_content(start: str, name: str) -> None:
    assert opened(start + article_page(), name).format is SourceFormat.HTML


@pytest.mark.parametrize(
    ("page", "day", "rule", "raw"),
    [
        pytest.param(
            article_page(ld(f'"datePublished":"{DATE}"')),
            "2015-11-21",
            "JSON-LD datePublished",
            DATE,
            id="JSON-LD",
        ),
        pytest.param(
            article_page(
                LD.format(
                    f'{{"@graph":[{{"@type":"WebSite","name":"x"}},{{"@type":["Article"],"datePublished":"{DATE}",}}]}}'
                )
            ),
            "2015-11-21",
            "JSON-LD datePublished",
            DATE,
            id="JSON-LD in a graph, with a comma too many",
        ),
        pytest.param(
            article_page(meta("article:published_time", DATE)),
            "2015-11-21",
            "meta article:published_time",
            DATE,
            id="article:published_time",
        ),
        pytest.param(
            article_page(meta("article:published_time", "السبت، 21 نوفمبر 2015 - 09:59 م")),
            "2015-11-21",
            "meta article:published_time",
            "السبت، 21 نوفمبر 2015 - 09:59 م",
            id="printed form in a meta tag",
        ),
        pytest.param(
            article_page(above=f'{ABOVE}<time datetime="{DATE}">قبل يومين</time>'),
            "2015-11-21",
            "time element",
            DATE,
            id="time element",
        ),
        pytest.param(
            article_page(below=f'<span itemprop="datePublished" content="{DATE}">أمس</span>'),
            "2015-11-21",
            "meta datepublished",
            DATE,
            id="element marked up",
        ),
        pytest.param(
            article_page(above=ABOVE + PRINTED),
            "2015-11-21",
            "line of its own",
            "السبت 21 نوفمبر 2015",
            id="printed",
        ),
        pytest.param(
            article_page('<link rel="canonical" href="http://minbar.example/2015/11/21/garden">'),
            "2015-11-21",
            "address of the page",
            "2015/11/21",
            id="address",
        ),
        pytest.param(
            article_page(
                meta("article:published_time", "2015-11-21T23:30:00Z"),
                above=f"{ABOVE}<p>الأحد 22 نوفمبر 2015</p>",
            ),
            "2015-11-21",
            "meta article:published_time",
            "2015-11-21T23:30:00Z",
            id="a clock of another zone",
        ),
    ],
)
def test_date_is_taken_from_where_it_is_told(page: str, day: str, rule: str, raw: str) -> None:
    found = only(page, "x.html").published
    assert found is not None
    assert (found.value.day.isoformat(), found.rule, found.value.raw) == (day, rule, raw)
    assert found.span is not None
    assert raw in shown(page, found.span)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(article_page(meta("article:published_time", "1970-01-01T00:00:00Z")), id="unset clock"),
        pytest.param(article_page(meta("article:published_time", "0000-00-00 00:00:00")), id="zeros"),
        pytest.param(article_page(meta("article:published_time", "1900-01-01")), id="placeholder"),
        pytest.param(article_page(meta("article:published_time", "2015-11")), id="no day"),
        pytest.param(
            article_page(meta("article:published_time", "2026-03-04T10:00:00Z"), above=ABOVE + PRINTED),
            id="declared and printed years apart",
        ),
        pytest.param(
            article_page(
                meta("article:published_time", "2026-03-04T10:00:00Z")
                + meta("article:modified_time", "2015-11-22T10:00:00Z")
            ),
            id="later than its last change",
        ),
        pytest.param(
            article_page(above=f'{ABOVE}<time class="updated" datetime="{DATE}">آخر تحديث</time>'),
            id="time of a change",
        ),
        pytest.param(
            article_page(
                below=f'<ul><li><a href="/s">{STORIES[4]}</a> <span>21 نوفمبر 2015</span></li></ul>'
            ),
            id="date of another story",
        ),
        pytest.param(
            article_page(above=f"<div>اليوم الأحد 4 مارس 2026</div><ul>{MENU}</ul><ul>{MENU}</ul>{ABOVE}"),
            id="clock above the menu",
        ),
        pytest.param(
            article_page(paragraphs=(FIRST, SECOND, THIRD + " وكان ذلك يوم السبت 21 نوفمبر 2015.")),
            id="within the text",
        ),
    ],
)
def test_date_that_is_not_the_article_s_is_left_open(page: str) -> None:
    assert only(page, "x.html").published is None


def test_two_that_agree_outweigh_one_that_does_not() -> None:
    page = article_page(
        meta("article:published_time", "2015-11-21T10:00:00Z")
        + '<link rel="canonical" href="http://minbar.example/2014/01/05/garden">',
        above=ABOVE + PRINTED,
    )
    found = only(page, "x.html").published
    assert found is not None
    assert found.value.day.isoformat() == "2015-11-21"


@pytest.mark.parametrize(
    ("page", "title", "rule"),
    [
        pytest.param(
            article_page(), TITLE, "heading that the page declares", id="heading within the page's title"
        ),
        pytest.param(
            article_page(above=f"<h1>منبر الضفة</h1><h2>{TITLE}</h2>"),
            TITLE,
            "heading that the page declares",
            id="logo as first heading",
        ),
        pytest.param(
            article_page(meta("og:title", f"{TITLE} | منبر الضفة"), above="", title="منبر الضفة"),
            TITLE,
            "meta og:title",
            id="og:title without the site's name",
        ),
        pytest.param(
            article_page(above="", title=f"منبر الضفة | {TITLE}"),
            TITLE,
            "title of the page",
            id="title of the page",
        ),
        pytest.param(
            article_page(ld('"url":"/x"'), above="", title=""), TITLE, "JSON-LD headline", id="JSON-LD"
        ),
        pytest.param(article_page(title=""), TITLE, "heading", id="only heading"),
        pytest.param(
            article_page(meta("og:title", TITLE[:25] + "..."), title=""),
            TITLE,
            "heading that the page declares",
            id="declared title cut short",
        ),
        pytest.param(
            article_page(
                meta("og:title", "&quot;حديقة&quot; على ضفة النهر &#8211; منبر الضفة"), above="", title=""
            ),
            '"حديقة" على ضفة النهر',
            "meta og:title",
            id="entities",
        ),
    ],
)
def test_headline_is_found(page: str, title: str, rule: str) -> None:
    found = only(page, "x.html").title
    assert found is not None
    assert (found.value, found.rule) == (title, rule)
    assert found.span is not None
    assert title in shown(page, found.span)


@pytest.mark.parametrize("title", ["", "منبر الضفة", "خبر"], ids=["none", "site's name", "one word"])
def test_page_without_headline_has_none(title: str) -> None:
    assert only(article_page(above="", title=title), "x.html").title is None


@pytest.mark.parametrize(
    ("head", "above", "authors", "agencies"),
    [
        pytest.param(
            ld('"author":{"@type":"Person","name":"سعاد الحلبي"}'), ABOVE, ["سعاد الحلبي"], [], id="JSON-LD"
        ),
        pytest.param(
            ld('"author":[{"@type":"Person","name":"سعاد الحلبي"},{"name":"رامي الصيرفي"}]'),
            ABOVE,
            ["سعاد الحلبي", "رامي الصيرفي"],
            [],
            id="two",
        ),
        pytest.param(
            ld('"author":{"@type":"Organization","name":"منبر الضفة"}'), ABOVE, [], [], id="the site itself"
        ),
        pytest.param('<meta name="author" content="admin">', ABOVE, [], [], id="user name"),
        pytest.param(
            '<meta name="author" content="https://minbar.example/u/1">', ABOVE, [], [], id="address"
        ),
        pytest.param('<meta name="author" content="سعاد الحلبي">', ABOVE, ["سعاد الحلبي"], [], id="meta"),
        pytest.param(
            '<meta name="author" content="صدى برس">', ABOVE, [], ["صدى برس"], id="agency in a meta tag"
        ),
        pytest.param("", ABOVE + "<div>كتبت سعاد الحلبي</div>", ["سعاد الحلبي"], [], id="printed"),
        pytest.param(
            "",
            ABOVE + PRINTED + '<div><a rel="author" href="/u/7">سعاد الحلبي</a></div>',
            ["سعاد الحلبي"],
            [],
            id="link to the author",
        ),
        pytest.param(
            "",
            ABOVE + PRINTED + '<div><a href="/arab">العالم العربي</a></div>',
            [],
            [],
            id="link to a section",
        ),
        pytest.param(
            "",
            ABOVE + '<div class="tools">12</div><span class="author">سعاد الحلبي</span><ul><li>3</li></ul>',
            ["سعاد الحلبي"],
            [],
            id="marked so in the page",
        ),
        pytest.param(
            "", ABOVE + PRINTED + "<div>© GULF STAR / HEALTH DESK</div>", [], [], id="a picture's owner"
        ),
        pytest.param("", ABOVE + "<div>قصر الريحان - صدى برس</div>", [], ["صدى برس"], id="dateline"),
    ],
)
def test_authors_and_agencies_are_found(
    head: str, above: str, authors: list[str], agencies: list[str]
) -> None:
    page = article_page(head, above)
    article = only(page, "x.html")
    assert [found.value for found in article.authors] == authors
    assert [found.value.name for found in article.agencies] == agencies
    for author in article.authors:
        assert author.value in shown(page, author.span)
    for agency in article.agencies:
        assert agency.value.name in shown(page, agency.span)


@pytest.mark.parametrize(
    ("head", "slug", "name"),
    [
        pytest.param(
            '<link rel="canonical" href="https://www.minbar.example/n/1">',
            "minbar",
            "منبر الضفة",
            id="address",
        ),
        pytest.param(meta("og:site_name", "المنبر"), "minbar", "منبر الضفة", id="site name, an alias"),
        pytest.param(
            ld('"publisher":{"@type":"Organization","name":"منبر الضفة"}'),
            "minbar",
            "منبر الضفة",
            id="publisher",
        ),
        pytest.param(
            meta("og:site_name", "بوابة الوادي الأخضر"), None, "بوابة الوادي الأخضر", id="unknown site"
        ),
    ],
)
def test_outlet_is_the_site_s(head: str, slug: str | None, name: str) -> None:
    found = only(article_page(head, title=TITLE), "x.html").outlet
    assert found is not None
    assert (found.value.slug, found.value.name) == (slug, name)


def test_address_section_and_language_are_taken_as_declared() -> None:
    page = article_page(
        '<link rel="canonical" href="http://minbar.example/"/>'
        + meta("og:url", "http://minbar.example/n/%D8%AE?id=1&amp;p=2")
        + meta("article:section", "محليات")
    )
    article = only(page, "x.html")
    assert article.url is not None
    assert article.url.value == "http://minbar.example/n/%D8%AE?id=1&p=2"
    assert article.section is not None
    assert article.section.value == "محليات"
    assert article.language is not None
    assert article.language.value == "ar"


def test_language_that_is_not_the_text_s_is_left_open() -> None:
    assert only(article_page().replace('lang="ar"', 'lang="en-US"'), "x.html").language is None
