"""What curators do is on record as acts, whole or not at all, and can be taken back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet

from archive.dates import parse_iso
from archive.models import (
    Act,
    Agency,
    Article,
    ArticleChange,
    Evidence,
    Outlet,
    Tag,
    Withdrawal,
    states_of,
)
from archive.selectors.history import changes_of_act, changes_of_article
from archive.services.acting import acting
from archive.services.articles import (
    ChangedMeanwhile,
    Changes,
    Names,
    accept,
    curate_article,
    curate_many,
    locked_fields,
    plan_many,
    set_status,
)
from archive.services.withdrawal import NoReason, restore, withdraw
from tests.archive.builders import BODY, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_superuser("amina")


@pytest.fixture
def other() -> User:
    return User.objects.create_superuser("basil")


@pytest.fixture
def articles(archive_folder: Path, tmp_path: Path) -> list[Article]:
    """Six articles of two outlets, each of its own text."""
    records = [
        {
            "title": f"خبر {n}",
            "body": f"{BODY} {'مرة ' * n}",
            "outlet": "الرواق" if n % 2 else "المساء",
            "published": f"2015-05-{n + 1:02d}",
        }
        for n in range(6)
    ]
    return take_in(tmp_path / "in", *records)


def everything() -> QuerySet[Article]:
    return Article.objects.order_by("pk")


def test_ingest_writes_no_history(articles: list[Article]) -> None:
    assert [states_of(model).count() for model in (Article, Evidence, Outlet)] == [0, 0, 0]


def test_correction_is_one_act_with_the_state_before_and_after(
    articles: list[Article], curator: User
) -> None:
    article = articles[0]
    article.title, article.section = "عنوان آخر", "محليات"
    curate_article(article=article, fields=["title", "section"], curator=curator)
    act = Act.objects.get()
    assert (act.kind, act.curator, act.articles) == ("correct", curator, 1)
    told = [(one.field, one.before, one.after) for one in changes_of_article(article=article)]
    assert told == [("title", "خبر 0", "عنوان آخر"), ("section", "", "محليات")]
    before, after = states_of(Article).filter(id=article.pk).order_by("history_id")
    assert (before.body, after.body, before.before, after.before) == (None, None, True, False)
    article.refresh_from_db()
    assert article.changed == act.at


def test_text_is_kept_only_where_it_changes(articles: list[Article], curator: User) -> None:
    article = articles[0]
    article.body += " وزيادة"
    curate_article(article=article, fields=["body"], curator=curator)
    before, after = states_of(Article).filter(id=article.pk).order_by("history_id")
    assert after.body == before.body + " وزيادة"
    assert before.segments is after.segments is None


def test_act_that_fails_leaves_nothing(articles: list[Article], curator: User) -> None:
    article = articles[0]

    def fail() -> None:
        with acting(kind=Act.Kind.BULK, curator=curator):
            set_status(articles=[article], status=Article.Status.PUBLISHED, curator=curator)
            _ = 1 // 0

    with pytest.raises(ZeroDivisionError):
        fail()
    article.refresh_from_db()
    assert article.status == "in_review"
    assert not Act.objects.exists()
    assert not Evidence.objects.filter(rule="curator").exists()


def test_act_that_changes_nothing_leaves_no_entry(articles: list[Article], curator: User) -> None:
    with acting(kind=Act.Kind.BULK, curator=curator) as act:
        set_status(articles=articles, status=Article.Status.IN_REVIEW, curator=curator)
    assert not Act.objects.exists()
    assert act.pk is None


def test_services_within_an_act_are_one_act(articles: list[Article], curator: User) -> None:
    with acting(kind=Act.Kind.SPREADSHEET, curator=curator, note="file.csv"):
        for article in articles[:2]:
            article.section = "محليات"
            curate_article(article=article, fields=["section"], curator=curator)
        set_status(articles=articles[1:3], status=Article.Status.PUBLISHED, curator=curator)
    act = Act.objects.get()
    assert (act.kind, act.note, act.articles) == ("spreadsheet", "file.csv", 3)


def test_second_curator_is_told_and_sees_both_versions(
    articles: list[Article], curator: User, other: User
) -> None:
    seen = Article.objects.get(pk=articles[0].pk).changed
    first, second = (Article.objects.get(pk=articles[0].pk) for _ in range(2))
    first.title = "عنوان أمينة"
    curate_article(article=first, fields=["title"], curator=curator, seen=seen)
    second.title = "عنوان باسل"
    with pytest.raises(ChangedMeanwhile) as told:
        curate_article(article=second, fields=["title"], curator=other, seen=seen)
    assert told.value.act.curator == curator
    (version,) = told.value.versions
    assert (version.field, version.held, version.typed) == ("title", "عنوان أمينة", "عنوان باسل")
    second.refresh_from_db()
    assert second.title == "عنوان أمينة"
    second.title = "عنوان باسل"
    curate_article(article=second, fields=["title"], curator=other, seen=second.changed)


def test_names_are_set_locked_and_on_record(articles: list[Article], curator: User) -> None:
    article = articles[0]
    agency = Agency.objects.create(slug="shira", name="وكالة الشراع")
    tag = Tag.objects.create(name="للمراجعة")
    curate_article(article=article, fields=[], names=Names(agencies=[agency], tags=[tag]), curator=curator)
    assert list(article.agencies.all()) == [agency]
    assert locked_fields(article=article) == {"agency"}
    told = {one.field: (one.before, one.after) for one in changes_of_article(article=article)}
    assert told == {"agency": ("", "وكالة الشراع"), "tags": ("", "للمراجعة")}


def test_many_are_planned_changed_locked_and_noted(
    articles: list[Article], curator: User, other: User
) -> None:
    riwaq = Outlet.objects.get(name="الرواق")
    articles[0].section = "رياضة"
    curate_article(article=articles[0], fields=["section"], curator=other)
    ArticleChange.objects.all().delete()
    changes = Changes(outlet=riwaq, section="محليات", date=parse_iso("2015-06"), add_tags=("دفعة  أولى",))
    plan = plan_many(articles=everything(), changes=changes)
    assert (plan.articles, plan.changing, plan.locked) == (6, 6, {"basil": 1})
    assert {field.field: dict(field.before) for field in plan.fields}["outlet"] == {"الرواق": 3, "المساء": 3}
    assert curate_many(articles=everything(), changes=changes, curator=curator, note="q=خبر") == 6
    act = Act.objects.latest("pk")
    assert (act.kind, act.articles, act.note) == ("bulk", 6, "q=خبر")
    for article in Article.objects.all():
        assert (article.outlet, article.section, article.published_iso) == (riwaq, "محليات", "2015-06")
        assert [tag.name for tag in article.tags.all()] == ["دفعة أولى"]
        assert locked_fields(article=article) == {"outlet", "section", "published"}
        assert article.changed == act.at
    assert ArticleChange.objects.values("article_uid").distinct().count() == 6
    assert len(changes_of_act(act=act)) == 6 * 3 + 3
    assert plan_many(articles=everything(), changes=changes).changing == 0


def test_accepting_locks_what_the_machine_read(articles: list[Article], curator: User) -> None:
    accept(articles=everything().filter(pk=articles[0].pk), fields=["published"], curator=curator)
    article = Article.objects.get(pk=articles[0].pk)
    assert (article.status, locked_fields(article=article)) == ("published", {"published", "status"})
    assert article.evidence.get(field="published", rule="curator").value == "2015-05-01"


def test_withdrawal_has_a_reason_and_is_taken_back_to_what_was(
    articles: list[Article], curator: User
) -> None:
    set_status(articles=articles[:1], status=Article.Status.PUBLISHED, curator=curator)
    with pytest.raises(NoReason):
        withdraw(articles=articles[:2], reason=" ", curator=curator)
    assert withdraw(articles=articles[:2], reason="بطلب من الصحيفة", curator=curator) == 2
    assert Article.objects.shown().count() == 4
    kept = Withdrawal.objects.get(article=articles[0])
    assert (kept.reason, kept.curator) == ("بطلب من الصحيفة", curator)
    assert datetime.datetime.now(datetime.UTC) - kept.at < datetime.timedelta(minutes=1)
    assert restore(articles=articles[:2], curator=curator) == 2
    statuses = everything().values_list("status", flat=True)[:2]
    assert list(statuses) == ["published", "in_review"]
    assert not Withdrawal.objects.exists()
