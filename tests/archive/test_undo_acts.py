"""An act is taken back as a whole, but for what has been changed again since; and that can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from archive.dates import parse_iso
from archive.models import Act, Article, ArticleChange, ArticlePair, Evidence, Outlet, Tag
from archive.selectors.history import changes_of_article
from archive.services.acts import CannotRevert, plan_undo_act, revert_field, undo_act
from archive.services.articles import Changes, curate_article, curate_many, set_status
from archive.services.duplicates import decide_pairs
from archive.services.withdrawal import withdraw
from tests.archive.builders import take_in
from tests.archive.states import curated_state

pytestmark = pytest.mark.django_db

TEXT = (
    "أعلنت وزارة الزراعة في العاصمة صباح أمس أن موسم حصاد القمح سيبدأ في الأسبوع الأول من حزيران المقبل "
    "وأن لجانا فنية شكلت في كل محافظة لمتابعة تسليم المحصول إلى الصوامع ودفع ثمنه للمزارعين خلال أيام"
)


@pytest.fixture
def curator() -> User:
    return User.objects.create_superuser("amina")


@pytest.fixture
def articles(archive_folder: Path, tmp_path: Path) -> list[Article]:
    """Four articles, the last two of which are the same and shown once."""
    records = [
        {"title": f"خبر {n}", "body": f"{TEXT} {n}", "outlet": "الرواق", "published": f"2015-05-0{n + 1}"}
        for n in range(3)
    ]
    return take_in(tmp_path / "in", *records, records[-1] | {"section": "اقتصاد"})


def last() -> Act:
    return Act.objects.latest("pk")


def correct(article: Article, curator: User, **values: object) -> None:
    article.refresh_from_db()
    for name, value in values.items():
        setattr(article, name, value)
    curate_article(article=article, fields=list(values), curator=curator)


def test_correction_is_taken_back_and_done_again(articles: list[Article], curator: User) -> None:
    first = curated_state()
    correct(articles[0], curator, title="عنوان آخر", body=TEXT, section="محليات")
    after = curated_state()
    ArticleChange.objects.all().delete()
    undone = undo_act(act=last(), curator=curator)
    assert (undone.restored, undone.refused) == (3, ())
    assert curated_state() == first
    assert {note.article_uid for note in ArticleChange.objects.all()} == {articles[0].uid}
    assert (last().kind, last().undoes) == ("undo", undone.act)
    undo_act(act=last(), curator=curator)
    assert curated_state() == after


def test_what_was_changed_again_stays_and_is_told(articles: list[Article], curator: User) -> None:
    correct(articles[0], curator, title="عنوان آخر", section="محليات")
    act = last()
    other = User.objects.create_superuser("basil")
    correct(articles[0], other, section="رياضة")
    plan = plan_undo_act(act=act)
    assert (plan.restored, [(one.field, one.title) for one in plan.first]) == (1, [("title", "عنوان آخر")])
    undone = undo_act(act=act, curator=curator)
    (refusal,) = undone.refused
    assert undone.refused == plan.refused
    assert (refusal.uid, refusal.field) == (articles[0].uid, "section")
    assert "basil" in refusal.reason
    articles[0].refresh_from_db()
    assert (articles[0].title, articles[0].section) == ("خبر 0", "رياضة")


def test_act_on_a_value_that_came_back_is_not_taken_back(articles: list[Article], curator: User) -> None:
    correct(articles[0], curator, section="محليات")
    act = last()
    for section in ("رياضة", "محليات"):
        correct(articles[0], curator, section=section)
    assert undo_act(act=act, curator=curator).restored == 0
    articles[0].refresh_from_db()
    assert articles[0].section == "محليات"


def test_taking_back_twice_does_nothing_more(articles: list[Article], curator: User) -> None:
    correct(articles[0], curator, section="محليات")
    act = last()
    undo_act(act=act, curator=curator)
    assert Act.objects.count() == 2
    assert undo_act(act=act, curator=curator).restored == 0
    assert Act.objects.count() == 2


def test_change_of_many_is_taken_back(articles: list[Article], curator: User) -> None:
    first = curated_state()
    masa = Outlet.objects.create(slug="masa", name="المساء")
    first_with_masa = curated_state()
    changes = Changes(outlet=masa, date=parse_iso("2016"), section="محليات", add_tags=("دفعة",))
    curate_many(articles=Article.objects.all(), changes=changes, curator=curator, note="")
    assert Article.objects.filter(outlet=masa, published_precision="year").count() == 4
    plan = plan_undo_act(act=last())
    assert (plan.restored, plan.refused) == (17, ())
    undo_act(act=last(), curator=curator)
    assert first != curated_state() == first_with_masa
    assert not Tag.objects.exists()
    assert not Evidence.objects.filter(rule="curator").exists()


def test_decision_on_a_pair_is_taken_back(articles: list[Article], curator: User) -> None:
    first = curated_state()
    pair = ArticlePair.objects.get()
    decide_pairs(pairs=[pair], status=ArticlePair.Status.DIFFERENT, curator=curator)
    assert Article.objects.shown().count() == 4
    undo_act(act=last(), curator=curator)
    assert curated_state() == first
    assert Article.objects.shown().count() == 3


def test_edit_that_parts_two_of_the_same_is_taken_back(articles: list[Article], curator: User) -> None:
    first = curated_state()
    correct(articles[3], curator, body=f"{TEXT} غير ذلك كله")
    assert Article.objects.shown().count() == 4
    undo_act(act=last(), curator=curator)
    assert curated_state() == first


def test_articles_are_joined_again_when_the_acts_that_part_them_go_one_by_one(
    articles: list[Article], curator: User
) -> None:
    for number in (2, 3):
        correct(articles[number], curator, published=None, published_precision="unknown")
    correct(articles[2], curator, published=parse_iso("2015-07-01").day, published_precision="day")
    away = last()
    correct(articles[3], curator, published=parse_iso("2015-08-01").day, published_precision="day")
    assert Article.objects.shown().count() == 4
    undo_act(act=away, curator=curator)
    assert Article.objects.shown().count() == 3


def test_withdrawal_is_taken_back_with_its_reason(articles: list[Article], curator: User) -> None:
    set_status(articles=articles[:1], status=Article.Status.PUBLISHED, curator=curator)
    before = curated_state()
    withdraw(articles=articles[:1], reason="بطلب من الصحيفة", curator=curator)
    undo_act(act=last(), curator=curator)
    assert curated_state() == before


def test_field_returns_to_any_earlier_value(articles: list[Article], curator: User) -> None:
    first = articles[0].body
    for text in ("نص أول", "نص ثان"):
        correct(articles[0], curator, body=text, section=text)
    second_change = next(one for one in changes_of_article(article=articles[0]) if one.field == "body")
    assert (second_change.before, second_change.after) == ("نص أول", "نص ثان")
    first_change = [one for one in changes_of_article(article=articles[0]) if one.field == "body"][-1]
    for state, said in ((second_change.was, "نص أول"), (first_change.was, first)):
        assert revert_field(article=articles[0], field="body", to=state, curator=curator).body == said
    assert (last().kind, last().articles) == ("revert", 1)
    articles[0].refresh_from_db()
    assert articles[0].section == "نص ثان"
    with pytest.raises(CannotRevert):
        revert_field(article=articles[1], field="body", to=second_change.was, curator=curator)


def test_outlet_that_is_no_more_cannot_be_returned_to(articles: list[Article], curator: User) -> None:
    masa = Outlet.objects.create(slug="masa", name="المساء")
    correct(articles[0], curator, outlet=masa)
    correct(articles[0], curator, outlet=None)
    (change, _first) = [one for one in changes_of_article(article=articles[0]) if one.field == "outlet"]
    assert revert_field(article=articles[0], field="outlet", to=change.was, curator=curator).outlet == masa
    correct(articles[0], curator, outlet=None)
    masa.delete()
    with pytest.raises(CannotRevert):
        revert_field(article=articles[0], field="outlet", to=change.was, curator=curator)
    assert undo_act(act=Act.objects.order_by("pk")[1], curator=curator).restored == 0
