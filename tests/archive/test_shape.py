"""Articles are cut by hand: split, joined, taken back; no reading again cuts them otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from archive.ingest.run import IngestRequest, ingest
from archive.likeness import TOO_SHORT
from archive.models import Act, Article, HandCut, IngestRun, Outlet
from archive.selectors.checks import CHECKS
from archive.services.acts import undo_act
from archive.services.articles import curate_article, set_status
from archive.services.shape import CannotShape, join, plan_split, split
from archive.services.status import PartOfAnother
from archive.services.undoing import plan_undo, undo_run
from archive.services.withdrawal import withdraw
from tests.archive.builders import take_in
from tests.archive.states import curated_state

pytestmark = pytest.mark.django_db

FIRST = """سد جديد يحفظ مياه الوادي

قال مدير المياه إن العمل بدأ في السد بعد أن جفت الآبار، وإن الناس ينتظرون الماء منذ سنين طويلة.

وأضاف أن السد سيحفظ مياه الأمطار لأهل الوادي، وأن القرى القريبة منه ستشرب من مائه طوال أشهر الصيف.

"""
SECOND = """مدرسة جديدة تفتح أبوابها

افتتحت المديرة صباح أمس مدرسة جديدة في القرية، وقالت إنها تتسع لثلاثمئة تلميذ وتلميذة من القرى كلها.

"""
THIRD = """طريق الجبل مغلق للصيانة

أغلقت البلدية طريق الجبل أسبوعين لإصلاح ما أفسدته السيول، ودعت السائقين إلى سلوك طريق الساحل بدلا منه.
"""
TEXT = FIRST + SECOND + THIRD


@pytest.fixture
def curator() -> User:
    return User.objects.create_superuser("amina")


@pytest.fixture
def article(archive_folder: Path, tmp_path: Path) -> Article:
    """One article, which is three in truth."""
    path = tmp_path / "three.txt"
    path.write_text(TEXT, encoding="utf-8")
    ingest(IngestRequest(paths=(path,)))
    return Article.objects.get()


def differences() -> list[str]:
    return [found.what for checks in CHECKS.values() for check in checks for found in check()]


def shown() -> list[str]:
    return [article.title for article in Article.objects.shown().order_by("source_start")]


TITLES = [text.partition("\n")[0] for text in (FIRST, SECOND, THIRD)]
MARKS = [len(FIRST), len(FIRST + SECOND)]


def test_article_is_split_where_others_begin(article: Article, curator: User) -> None:
    planned = plan_split(article=article, at=MARKS)
    assert [part.title for part in planned] == TITLES
    parts = split(article=article, at=MARKS, curator=curator)
    assert [part.title for part in parts] == shown() == TITLES
    assert [part.body for part in parts] == [part.body for part in planned]
    assert parts[0].uid == article.uid
    assert [(part.source_start, part.source_end) for part in parts] == [
        (0, MARKS[0]),
        (MARKS[0], MARKS[1]),
        (MARKS[1], len(TEXT)),
    ]
    encoded = TEXT.encode()
    assert [encoded[part.byte_start : part.byte_end].decode() for part in parts] == [FIRST, SECOND, THIRD]
    assert differences() == []


def test_split_is_taken_back_and_done_again(article: Article, curator: User) -> None:
    first = curated_state()
    split(article=article, at=MARKS, curator=curator)
    after = curated_state()
    undone = undo_act(act=Act.objects.latest("pk"), curator=curator)
    assert undone.refused == ()
    assert curated_state() == first
    undo_act(act=Act.objects.latest("pk"), curator=curator)
    assert curated_state() == after
    assert differences() == []


def test_names_of_parts_depend_on_the_source_alone(article: Article, curator: User) -> None:
    uids = [part.uid for part in split(article=article, at=MARKS, curator=curator)]
    undo_act(act=Act.objects.latest("pk"), curator=curator)
    first, rest = split(article=article, at=MARKS[:1], curator=curator)
    second, third = split(article=rest, at=MARKS[1:], curator=curator)
    assert [first.uid, second.uid, third.uid] == uids


def test_parts_are_joined_again(article: Article, curator: User, client: Client) -> None:
    body = article.body
    parts = split(article=article, at=MARKS, curator=curator)
    before = curated_state()
    whole = join(articles=parts, curator=curator)
    assert (whole.uid, whole.body, shown()) == (article.uid, body, TITLES[:1])
    for part in parts[1:]:
        answer = client.get(part.get_absolute_url())
        assert (answer.status_code, answer["Location"]) == (302, whole.get_absolute_url())
    with pytest.raises(PartOfAnother):
        set_status(articles=[parts[1]], status=Article.Status.PUBLISHED, curator=curator)
    assert differences() == []
    undo_act(act=Act.objects.latest("pk"), curator=curator)
    assert curated_state() == before
    assert differences() == []


def test_article_that_was_joined_is_itself_again_when_split_off(article: Article, curator: User) -> None:
    parts = split(article=article, at=MARKS, curator=curator)
    whole = join(articles=parts, curator=curator)
    before = curated_state()
    again = split(article=whole, at=MARKS, curator=curator)
    assert [part.pk for part in again] == [part.pk for part in parts]
    assert shown() == TITLES
    undo_act(act=Act.objects.latest("pk"), curator=curator)
    assert curated_state() == before
    assert differences() == []


def test_part_that_is_corrected_has_no_text_of_its_own(article: Article, curator: User) -> None:
    part = join(articles=split(article=article, at=MARKS[:1], curator=curator), curator=curator)
    part = Article.objects.get(hand_cut__joined_to=part)
    before = curated_state()
    part.title, part.body = "عنوان", f"{part.body} آخر"
    curate_article(article=part, fields=["title", "body"], curator=curator)
    assert Article.objects.get(pk=part.pk).text_key == TOO_SHORT
    undo_act(act=Act.objects.latest("pk"), curator=curator)
    assert curated_state() == before


@pytest.mark.parametrize("by", ["reread", "ingest", "ingest after undo of the run"])
@pytest.mark.parametrize("joined", [False, True], ids=["split", "joined"])
def test_what_was_cut_by_hand_stays_so(
    article: Article, curator: User, tmp_path: Path, by: str, joined: bool
) -> None:
    parts = split(article=article, at=MARKS, curator=curator)
    if joined:
        join(articles=parts[1:], curator=curator)
    before, titles = curated_state(), shown()
    if by == "reread":
        call_command("reread", "all", verbosity=0)
    else:
        if by == "ingest after undo of the run":
            undo_run(undoing=plan_undo(number=IngestRun.objects.get().pk), including_curated=True)
            assert shown() == []
        ingest(IngestRequest(paths=(tmp_path / "three.txt",)))
    after = curated_state()
    assert after["Article"] == before["Article"]
    assert after["HandCut"] == before["HandCut"]
    assert shown() == titles
    assert differences() == []


def test_reading_across_a_cut_hides_nothing(article: Article, curator: User) -> None:
    parts = split(article=article, at=MARKS, curator=curator)
    # the last part was never cut by hand: as if the file had always held two articles
    HandCut.objects.filter(article=parts[2]).delete()
    call_command("reread", "all", verbosity=0)
    assert shown() == TITLES
    assert Article.objects.count() == 3


def test_what_curators_set_stays_when_an_article_is_split(article: Article, curator: User) -> None:
    article.title, article.section = "عنوان من المحررة", "محليات"
    curate_article(article=article, fields=["title", "section"], curator=curator)
    first, *_others = split(article=article, at=MARKS, curator=curator)
    assert (first.title, first.section) == ("عنوان من المحررة", "محليات")


def test_split_with_a_part_that_was_edited_since_is_not_taken_back(article: Article, curator: User) -> None:
    parts = split(article=article, at=MARKS, curator=curator)
    act = Act.objects.latest("pk")
    part = Article.objects.get(pk=parts[1].pk)
    part.section = "تعليم"
    curate_article(article=part, fields=["section"], curator=curator)
    before = curated_state()
    undone = undo_act(act=act, curator=curator)
    assert undone.restored == 0
    assert parts[1].uid in {refusal.uid for refusal in undone.refused}
    assert curated_state() == before


def _edited(article: Article, curator: User) -> Article:
    article.body += " وزيادة"
    return curate_article(article=article, fields=["body"], curator=curator)


WRONG: dict[str, Callable[[Article, User], object]] = {
    "no mark": lambda article, curator: split(article=article, at=[], curator=curator),
    "mark outside": lambda article, curator: split(article=article, at=[len(TEXT)], curator=curator),
    "nothing between": lambda article, curator: split(
        article=article, at=[MARKS[0] - 2, MARKS[0] - 1], curator=curator
    ),
    "edited text": lambda article, curator: (
        _edited(article, curator),
        split(article=article, at=MARKS, curator=curator),
    ),
    "withdrawn": lambda article, curator: (
        withdraw(articles=[article], reason="خطأ", curator=curator),
        split(article=Article.objects.get(), at=MARKS, curator=curator),
    ),
    "joined with itself": lambda article, curator: join(articles=[article], curator=curator),
    "not neighbours": lambda article, curator: join(
        articles=split(article=article, at=MARKS, curator=curator)[::2], curator=curator
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_cut_is_refused(article: Article, curator: User, wrong: str) -> None:
    with pytest.raises(CannotShape):
        WRONG[wrong](article, curator)
    assert differences() == []


def test_articles_of_records_are_not_cut(archive_folder: Path, tmp_path: Path, curator: User) -> None:
    (article,) = take_in(tmp_path / "in", {"title": "عنوان"})
    with pytest.raises(CannotShape):
        split(article=article, at=[article.source_start + 20], curator=curator)


def test_outlet_of_the_first_part_stays_where_a_curator_set_it(article: Article, curator: User) -> None:
    article.outlet = Outlet.objects.create(slug="riwaq", name="الرواق")
    curate_article(article=article, fields=["outlet"], curator=curator)
    first, second, _third = split(article=article, at=MARKS, curator=curator)
    assert (first.outlet, second.outlet) == (article.outlet, None)
