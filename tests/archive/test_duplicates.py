"""The same article is shown once; like ones are suggested; a curator's word can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.likeness import TOO_SHORT, likeness, shingles, signature, text_key
from archive.models import Article, ArticleChange, ArticlePair, Evidence
from archive.services.articles import curate_article, set_status
from archive.services.duplicates import decide_pairs
from archive.services.near_duplicates import find_duplicates
from tests.archive.builders import take_in

pytestmark = pytest.mark.django_db

TEXT = (
    "أعلنت وزارة الزراعة في العاصمة صباح أمس أن موسم حصاد القمح سيبدأ في الأسبوع الأول من حزيران المقبل "
    "وأن لجانا فنية شكلت في كل محافظة لمتابعة تسليم المحصول إلى الصوامع ودفع ثمنه للمزارعين خلال أيام"
)
OTHER = " وقال الوزير إن الأمطار الأخيرة حسنت تقديرات الإنتاج"
SAME = {"title": "موسم القمح يبدأ في حزيران", "body": TEXT, "outlet": "الصباح", "published": "2015-05-21"}


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_superuser("curator")


def shown() -> list[str]:
    return list(Article.objects.shown().order_by("pk").values_list("external_id", flat=True))


def records(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**SAME, "id": str(number), **change} for number, change in enumerate(changes, start=1)]


@pytest.mark.parametrize(
    ("one", "other", "once"),
    [
        pytest.param({}, {}, True, id="same record"),
        pytest.param({}, {"body": TEXT.replace("أ", "ا") + "."}, True, id="other spelling and punctuation"),
        pytest.param({}, {"outlet": ""}, True, id="outlet of one unknown"),
        pytest.param({}, {"published": "2015-05"}, True, id="day of one unknown"),
        pytest.param({}, {"published": "2015-05-21T10:30"}, True, id="hour of one unknown"),
        pytest.param({}, {"outlet": "المساء"}, False, id="another outlet"),
        pytest.param({}, {"published": "2015-05-22"}, False, id="another day"),
        pytest.param({}, {"title": "حصاد القمح في حزيران"}, False, id="another headline"),
        pytest.param({}, {"body": TEXT + OTHER}, False, id="more text"),
        pytest.param({"body": "خبر عاجل"}, {"body": "خبر عاجل"}, False, id="too short to tell"),
        pytest.param({"body": "", "title": TEXT}, {"body": "", "title": TEXT}, False, id="headline alone"),
    ],
)
def test_same_article_in_two_files_is_shown_once(
    archive_folder: Path, tmp_path: Path, one: dict[str, Any], other: dict[str, Any], once: bool
) -> None:
    first, second = records(one, other)
    take_in(tmp_path / "in", first)
    take_in(tmp_path / "in", second)
    assert shown() == (["1"] if once else ["1", "2"])


def test_same_record_twice_in_one_file_is_shown_once(archive_folder: Path, tmp_path: Path) -> None:
    take_in(tmp_path / "in", *records({}, {}, {}))
    assert shown() == ["1"]
    assert ArticlePair.objects.filter(status="same", curator=None).count() == 2


def test_unknown_outlet_does_not_join_two_outlets(archive_folder: Path, tmp_path: Path) -> None:
    take_in(tmp_path / "in", *records({}, {"outlet": ""}, {"outlet": "المساء"}))
    assert shown() == ["1", "3"]


def test_withdrawn_article_does_not_come_back_in_another_file(
    archive_folder: Path, tmp_path: Path, curator: User
) -> None:
    article = take_in(tmp_path / "in", *records({}))[0]
    set_status(articles=[article], status=Article.Status.WITHDRAWN, curator=curator)
    take_in(tmp_path / "in", *records({"section": "اقتصاد"}))
    assert shown() == []


def test_copy_that_was_withdrawn_by_hand_does_not_hide_the_one_that_is_shown(
    archive_folder: Path, tmp_path: Path, curator: User
) -> None:
    take_in(tmp_path / "in", *records({}, {"published": "2015-05-22"}))
    second = Article.objects.get(external_id="2")
    set_status(articles=[second], status=Article.Status.WITHDRAWN, curator=curator)
    second.published = Article.objects.get(external_id="1").published
    curate_article(article=second, fields=["published"], curator=curator)
    assert shown() == ["1"]


def test_machine_link_is_undone_and_done_again(archive_folder: Path, tmp_path: Path, curator: User) -> None:
    take_in(tmp_path / "in", *records({}, {}))
    ArticleChange.objects.all().delete()
    pair = ArticlePair.objects.get()
    decide_pairs(pairs=[pair], status=ArticlePair.Status.DIFFERENT, curator=curator)
    assert shown() == ["1", "2"]
    assert ArticleChange.objects.count() == 1
    decide_pairs(pairs=[pair], status=ArticlePair.Status.SAME, curator=curator)
    assert shown() == ["1"]


def test_groups_follow_their_pairs(archive_folder: Path, tmp_path: Path, curator: User) -> None:
    days = [{"published": f"2015-05-{day}"} for day in (21, 22, 23)]
    take_in(tmp_path / "in", *records(*days))
    find_duplicates()
    first, second, third = Article.objects.order_by("pk")
    of = {(pair.first_id, pair.second_id): pair for pair in ArticlePair.objects.all()}
    decide_pairs(
        pairs=[of[first.pk, second.pk], of[second.pk, third.pk]],
        status=ArticlePair.Status.SAME,
        curator=curator,
    )
    assert shown() == ["1"]
    decide_pairs(pairs=[of[first.pk, second.pk]], status=ArticlePair.Status.DIFFERENT, curator=curator)
    assert shown() == ["1", "2"]
    third.refresh_from_db()
    assert third.same_as == second


def test_edited_text_is_no_longer_the_same(archive_folder: Path, tmp_path: Path, curator: User) -> None:
    take_in(tmp_path / "in", *records({}, {}))
    second = Article.objects.get(external_id="2")
    second.body += OTHER
    curate_article(article=second, fields=["body"], curator=curator)
    assert shown() == ["1", "2"]
    find_duplicates()
    assert ArticlePair.objects.get().status == "suggested"


def test_like_texts_are_suggested_within_and_across_outlets(archive_folder: Path, tmp_path: Path) -> None:
    near = {"body": TEXT + OTHER, "title": "القمح"}
    take_in(tmp_path / "in", *records({}, near, {**near, "outlet": "المساء"}, {"body": OTHER * 3}))
    found = find_duplicates()
    assert (found.articles, found.pairs) == (4, 3)
    assert shown() == ["1", "2", "3", "4"]
    assert {pair.status for pair in ArticlePair.objects.all()} == {"suggested"}
    expected = likeness(shingles(TEXT), shingles(TEXT + OTHER))
    first = ArticlePair.objects.get(first__external_id="1", second__external_id="2")
    assert first.likeness == pytest.approx(expected)


def test_new_articles_are_compared_with_those_held(archive_folder: Path, tmp_path: Path) -> None:
    take_in(tmp_path / "in", *records({}))
    assert find_duplicates().articles == 1
    take_in(tmp_path / "in", {**SAME, "id": "2", "body": TEXT + OTHER})
    assert (find_duplicates().articles, ArticlePair.objects.count()) == (1, 1)
    assert find_duplicates().articles == 0


def test_refused_suggestion_is_not_made_again(archive_folder: Path, tmp_path: Path, curator: User) -> None:
    take_in(tmp_path / "in", *records({}, {"body": TEXT + OTHER}))
    find_duplicates()
    decide_pairs(pairs=ArticlePair.objects.all(), status=ArticlePair.Status.DIFFERENT, curator=curator)
    Article.objects.get(external_id="2").signature.delete()
    find_duplicates()
    assert ArticlePair.objects.get().status == "different"


def test_archive_of_before_gets_its_keys(archive_folder: Path, tmp_path: Path) -> None:
    take_in(tmp_path / "in", *records({}, {}))
    ArticlePair.objects.all().delete()
    Article.objects.update(text_key=None, same_as=None)
    assert find_duplicates().same == 1
    assert shown() == ["1"]


def test_pages_show_the_article_once_and_name_the_others(
    archive_folder: Path, tmp_path: Path, client: Client
) -> None:
    take_in(tmp_path / "in", *records({}, {}, {"body": TEXT + OTHER, "outlet": "المساء"}))
    find_duplicates()
    first, copy, near = Article.objects.order_by("pk")
    client.cookies["lang"] = "en"
    page = client.get(first.get_absolute_url()).content.decode()
    assert "The same article again" in page
    assert f"/articles/{copy.uid}/source/" in page
    assert "The same text elsewhere" in page
    assert near.get_absolute_url() in page
    assert "% alike" in page
    of_copy = client.get(copy.get_absolute_url()).content.decode()
    assert f'rel="canonical" href="http://testserver{first.get_absolute_url()}"' in of_copy
    assert "lists and search show this one" in of_copy
    day = client.get("/browse/2015/05/21/").content.decode()
    assert first.get_absolute_url() in day
    assert copy.get_absolute_url() not in day


def test_status_evidence_stays_when_a_copy_is_hidden(
    archive_folder: Path, tmp_path: Path, curator: User
) -> None:
    take_in(tmp_path / "in", *records({}, {"published": "2015-05-22"}))
    second = Article.objects.get(external_id="2")
    set_status(articles=[second], status=Article.Status.PUBLISHED, curator=curator)
    find_duplicates()
    decide_pairs(pairs=ArticlePair.objects.all(), status=ArticlePair.Status.SAME, curator=curator)
    assert shown() == ["2"], "what a curator has read is shown"
    assert Evidence.objects.filter(article=second, field="status", rule="curator").exists()


@pytest.mark.parametrize(
    ("title", "body", "has_key"),
    [
        pytest.param("", TEXT, True, id="text"),
        pytest.param("عنوان", "ثلاث كلمات فقط", False, id="few words"),
        pytest.param(TEXT, "", False, id="no body"),
        pytest.param("", "", False, id="nothing"),
        pytest.param("", "\ud800 " * 9, False, id="no letters"),
    ],
)
def test_key_needs_words(title: str, body: str, has_key: bool) -> None:
    assert (text_key(title, body) != TOO_SHORT) is has_key


def test_long_text_has_a_signature_like_its_parts() -> None:
    long = " ".join(f"كلمة{number}" for number in range(20_000))
    assert (signature(shingles(long)) == signature(shingles(f"{long} أخيرة"))).mean() > 0.9
    assert signature(shingles("كلمتان فقط")).size == 0
    assert likeness(shingles(""), shingles(TEXT)) == 0.0
