"""Every list of the desk, and all that narrows, orders and turns it, asks the database few times."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.admin.paging import KeysFirst
from archive.models import Act, Article, ArticleChange, ArticlePair, Evidence, IngestOutcome, IngestRun
from archive.services.acting import acting
from archive.services.articles import accept
from benchmarks.desk import MOST_QUERIES, links_of, lists
from search.roles import Role, give_role
from tests.search_page.sample import load_sample

WORD = "السد"


@pytest.fixture
def desk(transactional_db: None, tmp_path: Path, settings: Any) -> Client:
    """The sample with rows of every kind that a desk lists, and an administrator, who may open all."""
    settings.ARSHIF_ORIGINALS_DIR = tmp_path / "originals"
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    held = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**held, "PATH": str(tmp_path / "index")}}
    load_sample()
    administrator = User.objects.create_user("amina")
    give_role(user=administrator, role=Role.ADMINISTRATOR)
    _fill(administrator)
    client = Client()
    client.force_login(administrator)
    return client


def _fill(curator: User) -> None:
    """Something of every kind waits, and much was done."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    Evidence.objects.filter(article__in=keys[5:]).update(confidence=Evidence.Confidence.LOW)
    Article.objects.filter(pk__in=keys[:10]).update(outlet=None)
    Article.objects.filter(pk__in=keys[10:20]).update(
        published=None, published_time=None, published_precision="unknown"
    )
    Article.objects.filter(pk__in=keys[20:30]).exclude(body="").update(title="", title_origin="derived")
    with acting(kind=Act.Kind.ACCEPT, curator=curator):
        accept(articles=Article.objects.filter(pk__in=keys[30:40]), fields=["title"], curator=curator)
    Act.objects.bulk_create(Act(kind="bulk", curator=curator, at=timezone.now()) for _ in range(120))
    ArticlePair.objects.bulk_create(
        [ArticlePair(first_id=one, second_id=other, likeness=0.7) for one, other in pairwise(keys)],
        ignore_conflicts=True,
    )
    run = IngestRun.objects.latest("pk")
    IngestOutcome.objects.bulk_create(
        IngestOutcome(run=run, name=f"x{n}", outcome="quarantined", reason="?", sha256=f"{n:064x}", kept=True)
        for n in range(120)
    )
    ArticleChange.objects.bulk_create(ArticleChange(article_uid=f"u{n}") for n in range(120))


def asked(desk: Client, address: str) -> tuple[int, str]:
    """How often a page asked the database, and the page. Whether anything was written since, PostgreSQL tells
    in a query, which SQLite answers without one."""
    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(address)
    assert answer.status_code == 200, address
    counted = [query for query in queries if "pg_current_snapshot" not in query["sql"]]
    return len(counted), answer.getvalue().decode()


def test_no_list_asks_more_than_nineteen_times(desk: Client) -> None:
    too_often, followed = {}, 0
    for name, first in lists(WORD):
        answer = desk.get(first)
        address = answer.headers.get("Location", first)
        # what was kept since something was written does not count
        User.objects.filter(username="amina").update(last_login=timezone.now())
        count, page = asked(desk, address)
        # one link of each kind: what a filter's other choices ask is the same
        links = {link.partition("=")[0]: link for link in links_of(address, page, WORD)}
        for link in (address, *links.values()):
            count = count if link == address else asked(desk, link)[0]
            followed += 1
            if count > MOST_QUERIES:
                too_often[name, link] = count
    assert too_often == {}
    assert followed > 80


@pytest.mark.parametrize("counted_by_keys", [False, True])
def test_pages_of_keys_are_the_pages_of_rows(desk: Client, counted_by_keys: bool) -> None:
    articles = Article.objects.select_related("outlet").order_by("-published", "pk")
    pages = KeysFirst(articles, 7)
    pages.counted_by_keys = counted_by_keys
    every = list(articles)
    assert pages.count == len(every)
    assert [row for number in pages.page_range for row in pages.page(number).object_list] == every
    assert list(KeysFirst(articles.none(), 7).page(1).object_list) == []
