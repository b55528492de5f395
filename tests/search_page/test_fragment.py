"""The part of the search page that its script asks for: one view, the same answer, kept apart in caches."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_archive")]

ADDRESSES = [
    pytest.param("/search/", id="latest"),
    pytest.param("/search/?q=السد&lang=en", id="hits"),
    pytest.param("/search/?q=السد&view=concordance", id="concordance"),
    pytest.param("/search/?q=قققغغغ&level=inflected", id="nothing"),
    pytest.param("/search/?q=السد&from=2015-13", id="a-mistake"),
]


def answer(page: str) -> str:
    return page[page.index('<div id="answer"') : page.rindex("</div>\n</div>")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_fragment_holds_the_answer_of_the_page_and_little_else(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    part = client.get(address, headers={"X-Fragment": "1"}).content.decode()
    assert answer(part) == answer(page)
    for kept in (r"<title>.*?</title>", r'<link rel="canonical"[^>]*>', r'<form role="search".*?</form>'):
        assert re.findall(kept, part, re.DOTALL) == re.findall(kept, page, re.DOTALL)
    assert "masthead" not in part
    assert "site.css" not in part
    assert len(part) < len(page)


def test_page_and_fragment_are_never_taken_for_each_other(client: Client) -> None:
    page = client.get("/search/?q=السد")
    part = client.get("/search/?q=السد", headers={"X-Fragment": "1"})
    assert "X-Fragment" in page.headers["Vary"]
    assert "X-Fragment" in part.headers["Vary"]
    assert part.headers["Cache-Control"] == "no-store"


def test_search_leads_to_its_course_over_time(client: Client) -> None:
    page = client.get("/search/?q=السد&year=2015&view=concordance&order=date&lang=en").content.decode()
    (link,) = re.findall(r'<a href="([^"]*)"[^>]*>Over time</a>', page)
    link = html.unescape(link)
    assert link == "/trends/?q=%D8%A7%D9%84%D8%B3%D8%AF&year=2015"
    assert client.get(link).status_code == 200
