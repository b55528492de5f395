"""What the reading pages promise, walked in a browser on a served archive: both engines, script or none.

On the sample collection by Whoosh always; by tantivy, and on a real one of 15,615 articles where it is, in
the long tests.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.serving import PASSWORD, READER, Served
from tests.browser.test_accessibility import OPEN_ALL, PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., "Page"]
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
NOTHING = "قققغغغ"
WIDTHS = (320, 390, 768, 1024, 1280, 1920)


def figure(text: str) -> int:
    """The first count in a text: 1,234."""
    return int(re.findall(r"\d[\d,]*", text)[0].replace(",", ""))


def total(page: Page) -> int:
    """How many articles a search page says it found, in its title."""
    return int(re.findall(r"\d[\d,]*", page.title())[-1].replace(",", ""))


def follow(page: Page, link: Locator) -> None:
    """Click a link and wait until the answer of its address stands."""
    address = link.get_attribute("href") or ""
    wanted = parse_qs(urlsplit(address).query)
    link.click()
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == wanted)
    page.locator("#answer:not([aria-busy])").wait_for()


def search(page: Page, query: str, **parameters: str) -> None:
    further = "".join(f"&{name}={quote(value)}" for name, value in parameters.items())
    page.goto(f"/search/?q={quote(query)}&lang=en{further}")


def first_article(page: Page, served: Served) -> None:
    search(page, served.word)
    page.locator(".hit h3 a").first.click()
    page.wait_for_url("**/articles/**")


# ── the search page ──


@SCRIPTS
def test_each_step_of_the_ladder_finds_what_it_says(served: Served, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    search(page, served.word)
    said = [figure(text) for text in page.locator(".ladder b").all_inner_texts()]
    assert said == sorted(said)
    for place, count in enumerate(said):
        follow(page, page.locator(".ladder a").nth(place))
        assert total(page) == count


@SCRIPTS
def test_each_facet_finds_what_it_says_and_its_chip_takes_it_away(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    search(page, served.word)
    found = total(page)
    facets = page.locator(".facets section[data-keeps]").evaluate_all("all => all.map(e => e.dataset.keeps)")
    assert {"facet-outlet", "facet-year"} <= set(facets)
    for facet in facets:
        values = page.locator(f'[data-keeps="{facet}"] > ul > li:not(.unknown)')
        if not values.count():
            continue
        count = figure(values.first.locator(".tally").inner_text())
        follow(page, values.first.locator("a"))
        assert total(page) == count, facet
        assert page.locator(".chip").count() == 2
        follow(page, page.locator(".chip a").last)
        assert total(page) == found


@SCRIPTS
def test_the_timeline_leads_from_years_to_a_month_and_to_a_day(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    search(page, served.word)
    for _step in range(3):
        rows = page.locator(".timeline .as-table td a, .timeline .as-table tbody th a")
        assert page.locator(".timeline .plot svg").first.is_visible()
        links = page.locator(".timeline .axis a")
        if not links.count():
            break
        assert rows.count() > 0, "a chart has its table"
        address = urlsplit(links.first.get_attribute("href") or "")
        follow(page, links.first)
        assert total(page) > 0
        assert parse_qs(address.query).keys() & {"year", "from"}
    assert re.search(r"from=\d{4}-\d\d(-\d\d)?&", page.url + "&"), "down to a month at least"


def test_a_bar_of_the_drawing_is_a_way_into_its_time(served: Served, visit: Visit) -> None:
    page = visit(viewport=WIDE)
    search(page, served.word)
    bar = page.locator(".timeline .plot a").last
    address = bar.get_attribute("href") or ""
    box = bar.locator("rect").first.evaluate("e => e.getBoundingClientRect().toJSON()")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == parse_qs(urlsplit(address).query))
    page.locator("#answer:not([aria-busy])").wait_for()
    assert total(page) > 0


@SCRIPTS
def test_hits_are_sorted_and_say_where_when_and_why(served: Served, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    for order in ("oldest", "newest"):
        search(page, served.word, sort=order)
        days = page.locator(".hit time[datetime]").evaluate_all(
            "all => all.map(e => e.dateTime.slice(0, 10))"
        )
        precise = [day for day in days if len(day) == 10]
        assert len(precise) > 2
        assert precise == sorted(precise, reverse=order == "newest")
    hit = page.locator(".hit").first
    assert hit.locator(".where .outlet, .where .says").count() > 0
    assert hit.locator(".where .printed").count() + hit.locator(".where time").count() > 0
    assert page.locator(".hit .why").count() > 0
    assert page.locator(".hit mark").count() > 0
    assert page.locator("[data-keeps=orders] a").count() >= 3


@SCRIPTS
def test_nothing_found_says_what_to_change_and_each_change_finds_what_it_says(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    search(page, f"{served.word} {NOTHING}", level="inflected")
    ways = page.locator(".ways li")
    said = [(figure(way.locator(".tally").inner_text()), way.locator("a")) for way in ways.all()]
    assert said
    addresses = [(count, link.get_attribute("href") or "") for count, link in said]
    for count, address in addresses:
        page.goto(f"/search/{urlsplit(address)._replace(scheme='', netloc='', path='').geturl()}")
        assert total(page) == count > 0


def test_results_stream_in_and_the_way_back_leads_through_all_of_them(served: Served, visit: Visit) -> None:
    page = visit(viewport=WIDE)
    loads: list[str] = []
    search(page, served.word)
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)
    titles = [page.title()]
    for place in (0, 1):
        follow(page, page.locator(".ladder a").nth(place))
        titles.append(page.title())
    for title in reversed(titles[:-1]):
        page.go_back()
        page.wait_for_function("title => document.title === title", arg=title)
    for title in titles[1:]:
        page.go_forward()
        page.wait_for_function("title => document.title === title", arg=title)
    assert loads == [], "no page was loaded anew"


@SCRIPTS
def test_the_concordance_is_sorted_and_taken_away_whole(served: Served, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE, accept_downloads=True)
    search(page, served.word, view="concordance")
    for order, column in (("before", ".before u"), ("after", ".after-word u")):
        search(page, served.word, view="concordance", order=order)
        assert page.locator(f".kwic {column}").count() > 1
        assert page.locator(".kwic [aria-sort=ascending]").count() == 1
    places = figure(page.locator("#count").inner_text().split("of ")[-1])
    page.locator(".result-bar .menu summary").last.click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(fetched.value.path().read_bytes().decode("utf-8-sig"))))
    assert len(rows) >= places, "all of them, not those of one page"


# ── trends ──


@SCRIPTS
def test_trends_compare_queries_by_count_and_share_and_lead_to_hits(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    queries = f"q={quote(served.word)}&q={quote(served.collection.other)}"
    for show in ("count", "rate"):
        page.goto(f"/trends/?{queries}&show={show}&lang=en")
        assert page.locator(".plot .l1").count() > 0
        assert page.locator(".plot .l2").count() > 0
        assert page.locator(".held .gap, .held .full, .held .some").count() > 0
    assert page.locator(".as-table").count() == 1
    page.goto(f"/trends/?{queries}&lang=en")
    page.locator(".as-table summary").first.click()
    sums = page.locator(".as-table tfoot a").last
    count = figure(sums.inner_text())
    sums.click()
    page.wait_for_url("**/search/?*")
    assert total(page) == count


@pytest.mark.parametrize("form", ["SVG", "PNG", "CSV"])
def test_a_chart_by_outlet_comes_down(served: Served, visit: Visit, form: str) -> None:
    page = visit(viewport=WIDE, accept_downloads=True)
    page.goto(f"/trends/?q={quote(served.word)}&lines=outlets&lang=en")
    with page.expect_download() as fetched:
        page.get_by_role("link", name=form, exact=True).click()
    data = fetched.value.path().read_bytes()
    assert data.startswith({"SVG": b"<", "PNG": b"\x89PNG", "CSV": b"\xef\xbb\xbf"}[form])


# ── browse ──


@SCRIPTS
def test_browsing_leads_from_years_to_a_day_and_counts_agree(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    page.goto("/browse/?lang=en")
    sums = page.locator(".years td.sum a")
    held = max(map(figure, sums.all_inner_texts()))
    year = sums.filter(has_text=f"{held:,}").first
    year.click()
    page.wait_for_url(re.compile(r"/browse/\d{4}/"))
    assert figure(page.locator(".lede").inner_text()) == held
    assert page.locator(".month").count() == 12
    assert page.locator(".month .none").count() > 0, "days of which nothing is held are hatched"
    month = page.locator(".month caption").filter(has=page.locator("a")).first
    held = figure(month.locator(".num").inner_text())
    month.locator("a").click()
    page.wait_for_url(re.compile(r"/browse/\d{4}/\d\d/"))
    assert figure(page.locator(".lede").inner_text()) == held
    day = page.locator(".month td > a[class^=heat]").first
    held = figure(day.locator(".vh").inner_text().split(":")[-1])
    day.click()
    page.wait_for_url(re.compile(r"/browse/\d{4}/\d\d/\d\d/"))
    assert figure(page.locator(".lede").inner_text()) == held
    page.locator(".ways-on a").last.click()
    page.wait_for_url("**/browse/day/**")
    assert page.locator(".lines li, .says").count() > 0


@SCRIPTS
def test_an_outlet_shows_its_holdings_and_leads_into_them(served: Served, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    page.goto("/outlets/?lang=en")
    outlet = page.locator(".holding").filter(has=page.locator("a[href^='/outlets/']")).first
    held = figure(outlet.locator(".note").inner_text())
    outlet.locator("a").first.click()
    page.wait_for_url("**/outlets/*/")
    text = page.locator("main").inner_text().replace(",", "")
    assert str(held) in text
    assert page.locator("main a[href*='/browse/']").count() > 0


@pytest.mark.parametrize("kind", ["sections", "authors", "agencies", "places"])
def test_a_name_has_a_page_with_its_articles(served: Served, visit: Visit, kind: str) -> None:
    page = visit(java_script_enabled=False, viewport=WIDE)
    page.goto(f"/{kind}/?lang=en")
    names = page.locator(".name-list a")
    if not names.count():
        assert page.locator("main .says").count() > 0, "a kind without names says so"
        return
    names.first.click()
    page.wait_for_url(f"**/{kind}/*/**")
    assert figure(page.locator(".lede").inner_text()) >= page.locator(".lines li").count() > 0


# ── the article ──


@SCRIPTS
def test_an_article_gives_its_dates_status_evidence_and_citations(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    first_article(page, served)
    page.goto(page.url.partition("?")[0] + "?lang=en")
    facts = page.locator(".facts dl").inner_text()
    for fact in ("Gregorian", "Review", "Original", "Permalink"):
        assert fact in facts
    note = page.locator(".ev-note").first
    assert not note.is_visible()
    page.locator("#evidence").check()
    assert note.is_visible()
    styles = page.locator(".cite summary").all_inner_texts()
    assert len(styles) == 3
    for place in range(3):
        if not page.locator(".cite details").nth(place).evaluate("e => e.open"):
            page.locator(".cite summary").nth(place).click()
        cited = page.locator(".cite details").nth(place).locator("blockquote")
        assert set(cited.evaluate_all("all => all.map(e => e.lang)")) == {"ar", "en"}
        assert cited.first.is_visible()
    uid = urlsplit(page.url).path.split("/")[2]
    for form in ("ris", "bib", "csl.json", "json", "txt", "pdf"):
        address = page.locator(f'.cite .dot-list a[href$="/{uid}.{form}"]')
        answer = page.request.get(address.get_attribute("href") or "")
        assert answer.ok
        assert answer.body()


@SCRIPTS
def test_an_article_is_searched_within_and_leads_to_like_ones_and_neighbours(
    served: Served, visit: Visit, script: bool
) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    first_article(page, served)
    article = urlsplit(page.url).path
    page.goto(article + "?lang=en")
    page.locator("#within").fill(served.word)
    page.locator("#within").press("Enter")
    page.wait_for_url("**q=**")
    assert page.locator("article mark").count() >= 1
    page.goto(article)
    if script:
        page.locator("[data-fetch]").scroll_into_view_if_needed()
        page.locator("[data-fetch] .lines li, [data-fetch] .says").first.wait_for()
    else:
        page.locator("[data-fetch] a").click()
        page.wait_for_url("**/similar/")
    assert page.locator(".lines li").count() > 0
    page.goto(article)
    steps = page.locator(".steps a")
    if steps.count():
        steps.last.click()
        page.wait_for_url(lambda url: urlsplit(url).path != article)
        back = page.locator(".steps a").evaluate_all("all => all.map(e => e.pathname)")
        assert article in back, "its neighbour has it for a neighbour"


def test_a_citation_is_copied(served: Served, visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"], viewport=WIDE)
    first_article(page, served)
    cited = page.locator(".cite details[open] .cited").first
    cited.locator("button").click()
    page.wait_for_function("() => document.querySelector('.cited button').textContent.length > 0")
    assert page.evaluate("navigator.clipboard.readText()") == cited.locator("blockquote").inner_text().strip()


def test_paper_gets_the_article_its_facts_and_its_citation(served: Served, visit: Visit) -> None:
    page = visit(java_script_enabled=False, viewport=WIDE)
    first_article(page, served)
    page.emulate_media(media="print")
    for shown in ("h1", ".prose", ".facts dl", ".cite blockquote >> nth=0"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".masthead nav", ".colophon", ".facts form", ".cite button >> nth=0", "[data-fetch]"):
        assert not page.locator(hidden).first.is_visible(), hidden
    colours = page.locator("body").evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


# ── taking away, the interface of programs, the desk ──


def test_a_set_comes_whole_in_every_form(served: Served, visit: Visit) -> None:
    page = visit(java_script_enabled=False, viewport=WIDE, accept_downloads=True)
    search(page, served.word, level="exact")
    found = total(page)
    counts: dict[str, Callable[[bytes], int]] = {
        "CSV": lambda data: len(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))),
        "JSON Lines": lambda data: sum('"uid"' in line for line in data.decode().splitlines()),
        "RIS": lambda data: data.decode().count("\nER  -"),
        "BibTeX": lambda data: len(re.findall(r"^@(?!comment)\w+\{", data.decode(), re.MULTILINE)),
        "CSL-JSON": lambda data: len(json.loads(data)),
        "ZIP": lambda data: sum(
            name.endswith(".txt") and "/" in name for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        ),
    }
    page.locator("details.menu > summary").first.click()
    links = {
        link.locator("bdi").inner_text(): link
        for link in page.locator("details.menu").first.locator("a").all()
    }
    assert set(counts) <= set(links)
    for form, count in counts.items():
        with page.expect_download() as fetched:
            links[form].click()
        assert count(fetched.value.path().read_bytes()) == found, form


def test_programs_are_told_the_numbers_of_the_page(served: Served, visit: Visit) -> None:
    page = visit(java_script_enabled=False, viewport=WIDE)
    search(page, served.word)
    answer = page.request.get(f"/api/v1/search?q={quote(served.word)}").json()
    assert answer["total"] == total(page)
    steps = [figure(text) for text in page.locator(".ladder b").all_inner_texts()]
    assert list(answer["levels"].values()) == steps
    page.goto("/api/v1/?lang=en")
    assert page.locator("a[href$='openapi.json']").count() == 1


def test_what_is_marked_stands_on_the_desk_without_an_account(served: Served, visit: Visit) -> None:
    page = visit(viewport=WIDE)
    search(page, served.word)
    title = page.locator(".hit h3 a").first.inner_text()
    page.locator(".hit .mark-it").first.click()
    page.goto("/desk/?lang=en")
    page.locator("#marks li").first.wait_for()
    assert page.locator("#marks li .headline").all_inner_texts() == [title]
    assert page.locator("#searches-kept li a").first.inner_text() == served.word


@SCRIPTS
def test_with_an_account_searches_and_lists_are_kept(served: Served, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script, viewport=WIDE)
    page.goto("/login/?lang=en")
    page.fill("#id_username", READER)
    page.fill("#id_password", PASSWORD)
    page.locator(".desk-form .button.main").click()
    page.wait_for_url("**/desk/")
    search(page, served.word)
    page.get_by_role("link", name="Save this search").click()
    name = f"{served.engine} {script}"
    page.locator("main input[name=name]").fill(name)
    page.locator("main .button.main").click()
    page.wait_for_url("**/desk/**")
    page.goto("/desk/")
    kept = page.locator(".kept-rows a.headline").filter(has_text=name).first
    assert kept.is_visible()
    kept.click()
    page.wait_for_url("**/search/?*")
    assert total(page) > 0


# ── every screen ──

PAGES = (
    "/",
    "/search/?q={word}",
    "/search/?q={word}&view=concordance",
    "/search/?q={word} {nothing}&level=inflected",
    "/trends/?q={word}&q={other}",
    "/outlets/",
    "/browse/",
    "/authors/",
    "/help/",
    "/desk/",
    "/api/v1/",
)


@pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.long)])
def test_no_page_scrolls_sideways_on_any_screen(
    served_once: Served, visit_once: Visit, language: str
) -> None:
    page, served = visit_once(viewport=PHONE), served_once
    first_article(page, served)
    article = urlsplit(page.url).path
    year = page.request.get("/browse/").text()
    (first_year,) = re.findall(r"/browse/\d{4}/", year)[:1]
    told = {"word": served.word, "other": served.collection.other, "nothing": NOTHING}
    addresses = [address.format(**told) for address in PAGES]
    for address in (*addresses, article, f"{article}?evidence=1", f"{article}source/", first_year):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.evaluate(OPEN_ALL)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} wide on a screen of {width}"
