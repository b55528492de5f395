"""What the database itself refuses, and how articles show what is not known."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from archive.models import Article, Evidence, IngestOutcome, IngestRun, NameSuggestion, iso_date
from tests.archive.builders import BODY, take_in

DAY = datetime.date(2015, 11, 21)


@pytest.fixture
def article(archive_folder: Path, tmp_path: Path) -> Article:
    return take_in(tmp_path / "in", {"title": "عنوان"})[0]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"body": "", "title": "", "title_origin": "derived"}, id="no words at all"),
        pytest.param({"published": DAY}, id="date without precision"),
        pytest.param({"published_precision": "day"}, id="precision without date"),
        pytest.param({"published": DAY, "published_precision": "time"}, id="precise to a time it lacks"),
        pytest.param(
            {"published": DAY, "published_precision": "day", "published_time": datetime.time(9)},
            id="time beyond the precision",
        ),
        pytest.param({"title_origin": "derived"}, id="printed title called derived"),
        pytest.param({"source_start": 50, "source_end": 40}, id="span backwards"),
    ],
)
def test_article_that_contradicts_itself_is_refused(article: Article, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**change)


def test_place_in_a_source_is_taken_once(article: Article) -> None:
    article.pk, article.uid = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()


def test_evidence_has_a_whole_span_or_none(article: Article) -> None:
    for start, end in ((None, 4), (5, 4)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(
                article=article, field="title", rule="x", confidence=3, start=start, end=end
            )


def test_what_is_left_aside_has_a_reason(article: Article) -> None:
    run = IngestRun.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        IngestOutcome.objects.create(run=run, name="a.txt", outcome="quarantined")


def test_name_is_suggested_once(article: Article) -> None:
    NameSuggestion.objects.create(kind="outlet", name="اسم")
    with pytest.raises(IntegrityError), transaction.atomic():
        NameSuggestion.objects.create(kind="outlet", name="اسم")


@pytest.mark.parametrize(
    ("day", "time", "precision", "written"),
    [
        pytest.param(None, None, "unknown", None, id="unknown"),
        pytest.param(datetime.date(2015, 1, 1), None, "year", "2015", id="year"),
        pytest.param(datetime.date(2015, 11, 1), None, "month", "2015-11", id="month"),
        pytest.param(DAY, None, "day", "2015-11-21", id="day"),
        pytest.param(DAY, datetime.time(21, 59), "time", "2015-11-21T21:59", id="minute"),
        pytest.param(DAY, datetime.time(21, 59, 7), "time", "2015-11-21T21:59:07", id="second"),
        pytest.param(datetime.date(987, 1, 1), None, "year", "0987", id="early year"),
    ],
)
def test_date_is_written_to_its_precision(
    day: datetime.date | None, time: datetime.time | None, precision: str, written: str | None
) -> None:
    assert iso_date(day, time, precision) == written


def test_opening_words_stand_in_for_a_title_that_is_not_printed(archive_folder: Path, tmp_path: Path) -> None:
    (article,) = take_in(tmp_path / "in", {})
    assert (article.title, article.title_origin) == ("", "derived")
    assert article.display_title == " ".join(BODY.split()[:12]) + "…"


def test_withdrawn_article_is_not_shown(article: Article) -> None:
    Article.objects.update(status=Article.Status.WITHDRAWN)
    assert not Article.objects.shown().exists()
