"""The page of one article."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from archive.models import Evidence, Outlet
from tests.pages.making import MakeArticle
from tests.pages.pages_help import Elements

HOSTILE = [
    pytest.param('<script>alert("x")</script>', id="script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="closing-an-attribute"),
    pytest.param("</script><script>alert(1)</script>", id="closing-a-script"),
    pytest.param("{{ settings.SECRET_KEY }}{% now 'Y' %}", id="template"),
    pytest.param("\u202e\u2066gninrael\u2069 \u202a\u200f", id="bidi-overrides"),
    pytest.param("كلمة " * 3000, id="huge"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_an_article_says_is_shown_and_never_obeyed(
    reader: Client, make_article: MakeArticle, text: str
) -> None:
    article = make_article(
        title=text,
        subtitle=text,
        body=text,
        section=text[:200],
        url=text,
        authors=(text[:300],),
        language="ar",
    )
    for address in (article.get_absolute_url(), "/browse/2015/11/21/", "/"):
        response = reader.get(address)
        assert response.status_code == 200
        elements = Elements(response.content.decode())
        assert not elements.attributes("img")
        for script in elements.attributes("script"):
            assert script.get("src", "").startswith("/static/") or script["type"] == "application/ld+json"


@pytest.mark.parametrize(
    ("fields", "arabic", "english", "machine"),
    [
        pytest.param(
            {"published_precision": "time", "published_time": datetime.time(21, 59)},
            "السبت 21 نوفمبر 2015، 21:59",
            "Saturday 21 November 2015, 21:59",
            "2015-11-21T21:59",
            id="time",
        ),
        pytest.param({}, "السبت 21 نوفمبر 2015", "Saturday 21 November 2015", "2015-11-21", id="day"),
        pytest.param(
            {"published": datetime.date(2014, 3, 1), "published_precision": "month"},
            'مارس 2014</time> <span class="says">اليوم مجهول',
            'March 2014</time> <span class="says">day unknown',
            "2014-03",
            id="month",
        ),
        pytest.param(
            {"published": datetime.date(2014, 1, 1), "published_precision": "year"},
            '2014</time> <span class="says">اليوم والشهر مجهولان',
            '2014</time> <span class="says">day and month unknown',
            "2014",
            id="year",
        ),
        pytest.param({"published": None}, "التاريخ مجهول", "date unknown", "", id="unknown"),
        pytest.param(
            {
                "published": datetime.date(2015, 10, 14),
                "published_precision": "month",
                "published_calendar": "hijri",
            },
            'محرم 1437</time> <span class="says">اليوم مجهول',
            'Muharram 1437</time> <span class="says">day unknown',
            "",
            id="month-of-hijri",
        ),
    ],
)
def test_a_date_is_said_to_its_precision_and_no_further(
    reader: Client,
    make_article: MakeArticle,
    fields: dict[str, object],
    arabic: str,
    english: str,
    machine: str,
) -> None:
    address = make_article(**fields).get_absolute_url()
    in_arabic = " ".join(reader.get(address).content.decode().split())
    in_english = " ".join(reader.get(address, {"lang": "en"}).content.decode().split())
    assert arabic in in_arabic
    assert english in in_english
    assert [time["datetime"] for time in Elements(in_arabic).attributes("time") if "datetime" in time] == (
        [machine] if machine else []
    )


def test_facts_give_both_month_names_and_the_hijri_date(reader: Client, make_article: MakeArticle) -> None:
    page = reader.get(make_article(published_raw="السبت ٩ صفر ١٤٣٧هـ").get_absolute_url()).content.decode()
    assert "21 تشرين الثاني / نوفمبر 2015" in page
    assert "<dd>9 صفر 1437</dd>" in page
    assert "السبت ٩ صفر ١٤٣٧هـ" in page


@pytest.mark.parametrize("day", [datetime.date(1924, 7, 31), datetime.date(2077, 11, 17)], ids=str)
def test_no_hijri_date_is_given_beyond_the_tables(
    reader: Client, make_article: MakeArticle, day: datetime.date
) -> None:
    assert "أمّ القرى" not in reader.get(make_article(published=day).get_absolute_url()).content.decode()


def test_a_derived_title_stands_in_the_brackets_of_the_archive(
    reader: Client, make_article: MakeArticle
) -> None:
    page = reader.get(make_article(title="").get_absolute_url()).content.decode()
    assert any(tag.get("class") == "derived" for tag in Elements(page).attributes("h1"))
    assert "لا عنوان في الأصل" in page


@pytest.mark.parametrize("ending", ["/", "/source/", ".json", ".txt", ".ris", ".bib", ".csl.json", ".pdf"])
def test_a_withdrawn_article_is_gone_in_every_form(
    reader: Client, make_article: MakeArticle, ending: str
) -> None:
    article = make_article(status="withdrawn", title="عنوان محجوب")
    response = reader.get(f"/articles/{article.uid}{ending}")
    assert response.status_code == 410
    assert "عنوان محجوب" not in response.content.decode()


@pytest.mark.parametrize("ending", ["/", "/source/", ".json", ".pdf"])
def test_an_unknown_article_is_not_found(reader: Client, ending: str) -> None:
    assert reader.get(f"/articles/nonesuch{ending}").status_code == 404


def test_the_words_of_a_query_are_marked_where_they_stand(reader: Client, make_article: MakeArticle) -> None:
    article = make_article(title="فيضان الوادي", body="جرى الفيضان في الوادي.\nولا شيء هنا.")
    page = reader.get(article.get_absolute_url(), {"q": "فيضان"}).content.decode()
    assert "جرى <mark>الفيضان</mark> في الوادي." in page
    assert "<mark>فيضان</mark> الوادي</h1>" in page
    assert "موضع واحد" in page


@pytest.mark.parametrize(
    ("level", "marked"),
    [("", 2), ("folded", 1), ("exact", 0), ("nonsense", 2)],
)
def test_words_are_marked_at_the_step_of_the_search(
    reader: Client, make_article: MakeArticle, level: str, marked: int
) -> None:
    article = make_article(title="خبر", body="الإرهاب يُهزم، والإرهاب لا يعود.")
    page = reader.get(article.get_absolute_url(), {"q": "الارهاب", "level": level}).content.decode()
    assert page.count("<mark>") == marked


def test_words_below_the_headline_are_marked_and_described_to_others(
    reader: Client, make_article: MakeArticle
) -> None:
    article = make_article(subtitle="فيضان الوادي يقطع الطريق", body="جرى الماء.")
    page = reader.get(f"{article.get_absolute_url()}?q=الفيضان").content.decode()
    assert '<p class="subtitle" lang="ar" dir="rtl"><mark>فيضان</mark> الوادي يقطع الطريق</p>' in page
    assert '<meta name="description" content="فيضان الوادي يقطع الطريق">' in page


def test_evidence_is_shown_on_demand_without_a_script(reader: Client, make_article: MakeArticle) -> None:
    article = make_article(authors=("ليلى الحاج",))
    Evidence.objects.create(article=article, field="author", value="ليلى", rule="byline", confidence=2)
    off = Elements(reader.get(article.get_absolute_url()).content.decode())
    on = Elements(reader.get(article.get_absolute_url(), {"evidence": "1"}).content.decode())
    assert any(tag.get("id") == "evidence" for tag in off.attributes("input"))
    assert not any("always-ev" in tag.get("class", "") for tag in off.attributes("div"))
    assert any("always-ev" in tag.get("class", "") for tag in on.attributes("div"))


def test_neighbours_are_of_the_same_outlet_and_day(
    reader: Client, make_article: MakeArticle, make_outlet: object
) -> None:
    outlet = make_outlet()  # type: ignore[operator]
    first, second, third = (make_article(outlet=outlet) for _ in range(3))
    make_article()
    make_article(outlet=outlet, published=datetime.date(2015, 11, 22))
    links = {
        tag["rel"]: tag["href"]
        for tag in Elements(reader.get(second.get_absolute_url()).content.decode()).attributes("a")
        if tag.get("rel") in ("prev", "next")
    }
    assert links == {"prev": first.get_absolute_url(), "next": third.get_absolute_url()}


def test_reference_tools_find_what_they_expect(
    reader: Client, make_article: MakeArticle, make_outlet: object
) -> None:
    article = make_article(outlet=make_outlet(), authors=("ليلى الحاج",), title="سدّ <السنديان> & الوادي")  # type: ignore[operator]
    page = reader.get(article.get_absolute_url()).content.decode()
    meta = {tag["name"]: tag["content"] for tag in Elements(page).attributes("meta") if "name" in tag}
    assert meta["z:itemType"] == "newspaperArticle"
    assert meta["citation_title"] == "سدّ <السنديان> & الوادي"
    assert meta["prism.publicationName"] == "الرواق"
    assert meta["citation_publication_date"] == "2015-11-21"
    facts = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == "سدّ <السنديان> & الوادي"
    assert facts["isPartOf"] == {"@type": "Newspaper", "name": "الرواق"}
    address = f"http://testserver{article.get_absolute_url()}"
    assert facts["url"] == facts["mainEntityOfPage"] == meta["citation_public_url"] == address
    assert "citation_journal_title" not in meta, "Zotero would take it for an article of a journal"
    assert 'property="og:type"' not in page
    assert meta["DC.type"] == "newsitem"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<link rel="alternate" hreflang="en" href="{address}?lang=en">' in page


def test_a_list_carries_what_zotero_reads_of_each_article(
    reader: Client, make_article: MakeArticle, make_outlet: object
) -> None:
    article = make_article(outlet=make_outlet(), authors=("ليلى الحاج",), title='سدّ "السنديان" & 50%')  # type: ignore[operator]
    spans = Elements(reader.get("/browse/latest/").content.decode()).attributes("span")
    (title,) = [tag["title"] for tag in spans if tag.get("class") == "Z3988"]
    assert dict(parse_qsl(title)) == {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "newspaperArticle",
        "rft.title": 'سدّ "السنديان" & 50%',
        "rft.source": "الرواق",
        "rft.date": "2015-11-21",
        "rft.creator": "ليلى الحاج",
        "rft.identifier": f"http://testserver{article.get_absolute_url()}",
    }


@pytest.mark.parametrize(
    ("form", "content_type", "holds"),
    [
        ("json", "application/json", '"published": "2015-11-21"'),
        ("txt", "text/plain", "جرى الماء في الوادي."),
        ("ris", "application/x-research-info-systems", "TY  - NEWS"),
        ("bib", "application/x-bibtex", "@"),
        ("csl.json", "application/vnd.citationstyles.csl+json", "article-newspaper"),
    ],
)
def test_an_article_comes_in_other_formats(
    reader: Client, make_article: MakeArticle, form: str, content_type: str, holds: str
) -> None:
    response = reader.get(f"/articles/{make_article().uid}.{form}")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(content_type)
    assert holds in response.content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "[لا نص في الأصل]"), ("en", "[the source holds no text]")], ids=["ar", "en"]
)
def test_a_headline_without_its_text_says_so_wherever_it_stands(
    reader: Client, make_article: MakeArticle, make_outlet: Callable[..., Outlet], language: str, said: str
) -> None:
    article = make_article(body="", title="عنوان وحده", outlet=make_outlet())
    reader.cookies["lang"] = language
    in_page = f'<span class="says">{said[1:-1]}</span>'
    page = reader.get(article.get_absolute_url()).content.decode()
    assert page.count(in_page) == 4, "its text, and each way to cite it"
    for address in ("/", "/browse/latest/", "/browse/2015/11/", "/browse/2015/11/21/", "/outlets/riwaq/"):
        assert in_page in reader.get(address).content.decode(), address
    text = reader.get(f"/articles/{article.uid}.txt").content.decode()
    assert text.split("\n\n")[1] == said


@pytest.mark.parametrize("ending", ["source/", "pdf", "json", "ris", "bib", "csl.json"])
def test_a_headline_without_its_text_comes_in_every_form(
    reader: Client, make_article: MakeArticle, ending: str
) -> None:
    uid = make_article(body="", title="عنوان وحده").uid
    form = f"/articles/{uid}/{ending}" if ending == "source/" else f"/articles/{uid}.{ending}"
    assert reader.get(form).status_code in {200, 503}, "503 only where the original is not kept"


def test_a_headline_keeps_its_own_quotation_marks_inside_those_of_a_citation(
    reader: Client, make_article: MakeArticle
) -> None:
    article = make_article(title="«وصلة» و«أثير» تندمجان")
    page = reader.get(article.get_absolute_url()).content.decode()
    assert '«<bdi lang="ar" dir="rtl">“وصلة” و“أثير” تندمجان</bdi>»' in page
    assert "««" not in page
