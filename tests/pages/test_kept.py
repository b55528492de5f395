"""Pages keep what they read of the archive, and none of it outlives a change."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.models import Article
from tests.pages.making import MakeArticle

pytestmark = pytest.mark.django_db(transaction=True)

MONTH, DAY = "/browse/2015/11/", "/browse/2015/11/21/"


@pytest.mark.parametrize("address", [MONTH, DAY, "/browse/latest/"])
def test_a_list_is_another_after_each_change(reader: Client, make_article: MakeArticle, address: str) -> None:
    def titles() -> int:
        return reader.get(address).content.count(b'class="headline"')

    first = make_article()
    assert [titles(), titles()] == [1, 1]
    make_article()
    assert titles() == 2
    Article.objects.filter(pk=first.pk).update(status=Article.Status.WITHDRAWN)
    assert titles() == 1


def test_figures_at_the_foot_of_pages_follow_each_change(reader: Client, make_article: MakeArticle) -> None:
    def says(count: str) -> bool:
        return count in reader.get("/help/?lang=en").content.decode()

    make_article()
    assert says("<p>1 article.")
    make_article()
    assert says("<p>2 articles.")
