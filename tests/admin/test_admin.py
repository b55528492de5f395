"""The admin: every model can be looked at in both languages, and what a curator sets is locked and noted."""

from __future__ import annotations

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive.models import (
    Act,
    Agency,
    Article,
    ArticleChange,
    ArticlePair,
    Author,
    Evidence,
    IngestOutcome,
    IngestRun,
    NameSuggestion,
    Outlet,
    SourceFile,
)
from archive.services.articles import curate_article, locked_fields

pytestmark = pytest.mark.django_db

MODELS = [
    Act,
    Agency,
    Article,
    ArticleChange,
    ArticlePair,
    Author,
    Evidence,
    IngestOutcome,
    IngestRun,
    NameSuggestion,
    Outlet,
    SourceFile,
]


@pytest.fixture
def curator() -> User:
    return User.objects.create_superuser("amina", password="a long enough password")


@pytest.fixture
def desk(curator: User) -> Client:
    client = Client()
    client.force_login(curator)
    return client


@pytest.fixture
def articles() -> list[Article]:
    """Thirty articles of one source, with one row of every other model beside them."""
    run = IngestRun.objects.create(paths=["raw"], counts={"articles": 30})
    source = SourceFile.objects.create(
        sha256="a" * 64, name="raw/<b>الرواق</b>.txt", size=9, format="text", encoding="utf-8", first_run=run
    )
    IngestOutcome.objects.create(run=run, name=source.name, outcome="new", source=source, articles=30)
    NameSuggestion.objects.create(kind="outlet", name="صحيفة مجهولة", first_run=run)
    outlet = Outlet.objects.create(
        slug="riwaq", name="الرواق", name_latin="al-Riwaq", aliases=["صحيفة الرواق"]
    )
    agency = Agency.objects.create(slug="shira", name="وكالة الشراع")
    author = Author.objects.create(name="ليلى الحاج سعيد")
    made = Article.objects.bulk_create(
        Article(
            uid=f"uid{number:013d}",
            title=f"عنوان {number} <script>",
            body="نص المقال كما ورد في الأصل",
            outlet=outlet,
            published=datetime.date(2015, 11, 1 + number % 28),
            published_precision="day",
            source=source,
            ordinal=number,
            source_start=number,
            source_end=number + 1,
            byte_start=number,
            byte_end=number + 1,
        )
        for number in range(30)
    )
    made[0].agencies.add(agency)
    made[0].authors.add(author)
    Evidence.objects.create(article=made[0], field="title", value="عنوان", rule="first line", confidence=3)
    ArticleChange.objects.create(article_uid=made[0].uid)
    ArticlePair.objects.create(first=made[0], second=made[1], likeness=0.75)
    return made


@pytest.fixture
def act() -> Act:
    """One more row: of a model that other tests count for themselves."""
    curator = User.objects.create_user("karim")
    return Act.objects.create(kind="correct", curator=curator, at=timezone.now(), articles=1)


def test_every_model_is_registered() -> None:
    ours = {model for model in admin.site._registry if model._meta.app_label == "archive"}
    assert ours == set(MODELS)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_lists_open_with_few_queries(
    model: type[Model],
    language: str,
    desk: Client,
    articles: list[Article],
    act: Act,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    address = reverse(f"admin:archive_{model._meta.model_name}_changelist")
    desk.cookies["lang"] = language
    with django_assert_max_num_queries(12):
        page = desk.get(address)
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    assert "<script>" not in page.content.decode().partition('id="changelist"')[2]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_row_opens(model: type[Model], desk: Client, articles: list[Article], act: Act) -> None:
    row = model._default_manager.first()
    assert row is not None
    page = desk.get(reverse(f"admin:archive_{model._meta.model_name}_change", args=[row.pk]))
    assert page.status_code == 200


def test_the_admin_is_arabic_first(desk: Client) -> None:
    page = desk.get(reverse("admin:index")).content.decode()
    assert 'dir="rtl"' in page
    assert "المقالات" in page or "مقالات" in page


def _posted(article: Article, **changes: str) -> dict[str, str]:
    return {
        "status": article.status,
        "title": article.title,
        "subtitle": article.subtitle,
        "body": article.body,
        "date": article.published_iso or "",
        "published_raw": article.published_raw,
        "published_calendar": article.published_calendar,
        "outlet": str(article.outlet_id or ""),
        "place": "",
        "section": "",
        "url": "",
        "language": "",
        "external_id": "",
        "evidence-TOTAL_FORMS": "0",
        "evidence-INITIAL_FORMS": "0",
        **changes,
    }


@pytest.mark.parametrize(
    ("typed", "precision", "iso"),
    [
        ("2014", "year", "2014"),
        ("2014-03", "month", "2014-03"),
        ("2014-03-05", "day", "2014-03-05"),
        ("2014-03-05T21:59", "time", "2014-03-05T21:59"),
        ("", "unknown", None),
    ],
)
def test_a_curated_date_is_kept_to_its_precision_locked_and_noted(
    typed: str, precision: str, iso: str | None, desk: Client, articles: list[Article]
) -> None:
    article = articles[5]
    answer = desk.post(
        reverse("admin:archive_article_change", args=[article.pk]), _posted(article, date=typed)
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    kept = Article.objects.get(pk=article.pk)
    assert (kept.published_precision, kept.published_iso) == (precision, iso)
    assert locked_fields(article=kept) == {"published"}


def test_a_date_that_is_none_is_refused_with_the_remedy(desk: Client, articles: list[Article]) -> None:
    article = articles[5]
    address = reverse("admin:archive_article_change", args=[article.pk])
    page = desk.post(address + "?lang=en", _posted(article, date="2015-13-01"))
    assert "Months run from 1 to 12." in page.content.decode()
    assert Article.objects.get(pk=article.pk).published == article.published


def test_taking_the_title_away_makes_it_derived(desk: Client, articles: list[Article]) -> None:
    article = articles[3]
    desk.post(reverse("admin:archive_article_change", args=[article.pk]), _posted(article, title=""))
    kept = Article.objects.get(pk=article.pk)
    assert (kept.title, kept.title_origin) == ("", "derived")
    assert kept.display_title.startswith("نص المقال")


def test_withdrawing_many_hides_them_from_readers(desk: Client, articles: list[Article]) -> None:
    chosen = [str(article.pk) for article in articles[:4]]
    address = reverse("admin:archive_article_changelist")
    asked = {"action": "withdraw", "_selected_action": chosen, "status": "withdrawn"}
    assert "mark" not in desk.post(address, {**asked, "preview": "1"}).context, "a reason is missing"
    asked["reason"] = "طلب صاحبه"
    shown = desk.post(address, {**asked, "preview": "1"})
    assert Article.objects.filter(status="withdrawn").count() == 0
    desk.post(address, {**asked, "mark": shown.context["mark"], "confirm": "1"})
    assert Article.objects.filter(status="withdrawn").count() == 4
    assert Article.objects.shown().count() == 26


def test_nothing_of_the_record_can_be_deleted_or_added(desk: Client, articles: list[Article]) -> None:
    for name in ("article", "sourcefile", "ingestrun", "ingestoutcome", "evidence", "articlechange"):
        assert desk.get(reverse(f"admin:archive_{name}_add")).status_code == 403
    delete = reverse("admin:archive_article_delete", args=[articles[0].pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403


def test_curating_notes_the_change_for_the_index(curator: User, articles: list[Article]) -> None:
    article = articles[7]
    ArticleChange.objects.all().delete()
    article.section = "محليات"
    curate_article(article=article, fields=["section"], curator=curator)
    assert list(ArticleChange.objects.values_list("article_uid", flat=True)) == [article.uid]


def test_accepting_a_name_links_the_articles_that_give_it(desk: Client, articles: list[Article]) -> None:
    Article.objects.filter(pk=articles[8].pk).update(outlet=None)
    Evidence.objects.create(
        article=articles[8], field="outlet", value="صحيفة مجهولة", rule="field", confidence=3
    )
    suggestion = NameSuggestion.objects.get()
    outlet = Outlet.objects.get()
    desk.post(reverse("admin:archive_namesuggestion_change", args=[suggestion.pk]), {"whose": outlet.pk})
    outlet.refresh_from_db()
    assert Article.objects.get(pk=articles[8].pk).outlet == outlet
    assert "صحيفة مجهولة" in outlet.aliases
    assert NameSuggestion.objects.get().status == "accepted"


def test_names_are_accepted_as_new_or_rejected_many_at_once(desk: Client, articles: list[Article]) -> None:
    agency = NameSuggestion.objects.create(kind="agency", name="وكالة لا أصل لها")
    known = NameSuggestion.objects.get(kind="outlet")
    address = reverse("admin:archive_namesuggestion_changelist")
    desk.post(address, {"action": "accept_as_new", "_selected_action": [known.pk]})
    desk.post(address, {"action": "reject", "_selected_action": [agency.pk]})
    assert Outlet.objects.filter(name="صحيفة مجهولة").exists()
    assert not Agency.objects.filter(name="وكالة لا أصل لها").exists()


def test_articles_are_filtered_by_outlet_from_a_list_that_opens(
    desk: Client, articles: list[Article]
) -> None:
    outlet = Outlet.objects.first()
    assert outlet is not None
    Article.objects.filter(pk=articles[0].pk).update(outlet=None)
    Article.objects.filter(pk=articles[1].pk).update(outlet=outlet)
    address = reverse("admin:archive_article_changelist")
    for asked, shown in ((outlet.slug, articles[1]), ("unknown", articles[0])):
        page = desk.get(address, {"outlet_is": asked, "status__exact": shown.status})
        assert shown.pk in {article.pk for article in page.context["cl"].queryset}
        assert all(
            (article.outlet is None) == (asked == "unknown") for article in page.context["cl"].queryset
        )
        text = page.content.decode()
        assert f'<option value="{asked}" selected>' in text
        assert f'<input type="hidden" name="status__exact" value="{shown.status}">' in text


@pytest.mark.parametrize(("language", "said"), [("ar", "المقالات: 30"), ("en", "articles: 30")])
def test_counts_of_a_run_are_said_in_words(
    desk: Client, articles: list[Article], language: str, said: str
) -> None:
    desk.cookies["lang"] = language
    assert said in desk.get(reverse("admin:archive_ingestrun_changelist")).content.decode()


def test_desk_asks_for_nothing_that_its_policy_forbids(desk: Client, articles: list[Article]) -> None:
    page = desk.get(reverse("admin:archive_article_change", args=[articles[0].pk]))
    text = page.content.decode()
    assert "desk.css" in text
    assert "style=" not in text.partition("<main")[2]
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_pairs_are_decided_and_the_decision_taken_back(desk: Client, articles: list[Article]) -> None:
    pair, address = ArticlePair.objects.get(), reverse("admin:archive_articlepair_changelist")

    def act(action: str) -> None:
        chosen = {"action": action, "_selected_action": [pair.pk]}
        page = desk.post(f"{address}?status=all", chosen, follow=True)
        assert page.status_code == 200
        pair.refresh_from_db()
        articles[1].refresh_from_db()

    act("call_same")
    assert (pair.status, articles[1].same_as) == ("same", articles[0])
    assert pair.curator is not None
    act("suggest_again")
    assert (pair.status, articles[1].same_as) == ("suggested", None)
    act("call_different")
    assert (pair.status, articles[1].same_as) == ("different", None)
    form = reverse("admin:archive_articlepair_change", args=[pair.pk])
    assert desk.post(form, {"status": "same"}).status_code == 302
    articles[1].refresh_from_db()
    assert articles[1].same_as == articles[0]


def test_list_of_pairs_opens_on_those_that_wait(desk: Client, articles: list[Article]) -> None:
    pair, address = ArticlePair.objects.get(), reverse("admin:archive_articlepair_changelist")
    link = reverse("admin:archive_articlepair_change", args=[pair.pk])
    for status, opening, asked in (
        ("suggested", True, "suggested"),
        ("same", False, "same"),
        ("different", False, "all"),
    ):
        ArticlePair.objects.update(status=status)
        assert (link in desk.get(address).content.decode()) is opening
        assert link in desk.get(address, {"status": asked}).content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "من 12 يونيو 2014 إلى 3 مايو 2015، أحد هذين اليومين: 1 يناير 2015، 2 يناير 2015"),
        ("en", "from 12 June 2014 to 3 May 2015, one of these days: 1 January 2015, 2 January 2015"),
    ],
)
def test_what_an_undated_text_allows_stands_beside_the_date(
    desk: Client, articles: list[Article], language: str, said: str
) -> None:
    for value in ("2014-06-12..", "2013-01-01..2015-05-03", "2009-01-01 2015-01-01 2015-01-02"):
        articles[0].evidence.create(field="hint", value=value, rule="", confidence=1)
    desk.cookies["lang"] = language
    page = desk.get(reverse("admin:archive_article_change", args=[articles[0].pk])).content.decode()
    row = page.partition("field-text_allows")[2].partition("field-published_raw")[0]
    assert f'<bdi dir="{"rtl" if language == "ar" else "ltr"}">{said}</bdi>' in row
