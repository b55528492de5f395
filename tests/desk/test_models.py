"""What the database itself refuses of a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.models import Article
from search.models import ArticleList, ListedArticle, SavedSearch
from tests.pages.making import MakeArticle

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(layla: User, make_article: MakeArticle) -> tuple[ArticleList, Article]:
    chosen, article = ArticleList.objects.create(owner=layla, name="السد"), make_article()
    ListedArticle.objects.create(list=chosen, article=article, place=1)
    SavedSearch.objects.create(owner=layla, name="السد", asked="q=x")
    return chosen, article


def _search(owner: User, name: str, asked: str = "q=x") -> SavedSearch:
    return SavedSearch.objects.create(owner=owner, name=name, asked=asked)


WRONG: list[tuple[str, Callable[[User, ArticleList, Article], object]]] = [
    ("a list of this name", lambda o, _l, _a: ArticleList.objects.create(owner=o, name="السد")),
    ("a list without a name", lambda o, _l, _a: ArticleList.objects.create(owner=o, name="")),
    (
        "a search of this name",
        lambda o, _l, _a: SavedSearch.objects.create(owner=o, name="السد", asked="q=y"),
    ),
    ("a search without a name", lambda o, _l, _a: _search(o, "")),
    ("a search for nothing", lambda o, _l, _a: _search(o, "ب", "")),
    ("an article twice", lambda _o, c, a: ListedArticle.objects.create(list=c, article=a, place=2)),
]


@pytest.mark.parametrize("write", [write for _, write in WRONG], ids=[name for name, _ in WRONG])
def test_database_refuses(
    kept: tuple[ArticleList, Article],
    layla: User,
    write: Callable[[User, ArticleList, Article], object],
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(layla, *kept)


def test_database_refuses_a_place_before_the_first(
    kept: tuple[ArticleList, Article], make_article: MakeArticle
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedArticle.objects.create(list=kept[0], article=make_article(), place=0)


def test_two_readers_may_use_one_name(kept: tuple[ArticleList, Article], amin: User) -> None:
    assert ArticleList.objects.create(owner=amin, name="السد").pk


def test_all_goes_with_the_account(kept: tuple[ArticleList, Article], layla: User) -> None:
    layla.delete()
    for model in (ArticleList, ListedArticle, SavedSearch):
        assert not model.objects.exists()
    assert Article.objects.filter(pk=kept[1].pk).exists()
