"""What curators set of a thousand articles is what it was, whatever comes in again or is read again."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from archive.dates import parse_iso
from archive.models import Article, Evidence, IngestRun, Outlet
from archive.services.articles import Changes, accept, curate_article, curate_many
from archive.services.fields import CURATED
from archive.services.undoing import plan_undo, undo_run
from archive.services.withdrawal import withdraw

pytestmark = pytest.mark.django_db

REPOSITORY: Final = Path(__file__).resolve().parents[2]
SAID: Final = (
    "uid",
    "title",
    "title_origin",
    "subtitle",
    "body",
    "outlet_id",
    "place",
    "section",
    "url",
    "language",
    "published",
    "published_time",
    "published_precision",
    "published_raw",
    "published_calendar",
    "status",
)


def said(keys: list[int]) -> list[dict[str, Any]]:
    return list(Article.objects.filter(pk__in=keys).order_by("pk").values(*SAID))


def locks(keys: list[int]) -> list[dict[str, Any]]:
    held = Evidence.objects.filter(article__in=keys, rule=CURATED).order_by("pk")
    return [dict(row) for row in held.values()]


def curate(keys: list[int]) -> None:
    """Every way of setting something: each of a fifth of these articles, and texts of some."""
    curator = User.objects.create_superuser("amina")
    outlet = Outlet.objects.create(slug="of-the-curator", name="صحيفة من المحررة")
    fifth = len(keys) // 5
    parts = [Article.objects.filter(pk__in=keys[n * fifth : (n + 1) * fifth]) for n in range(5)]
    curate_many(articles=parts[0], changes=Changes(outlet=outlet), curator=curator, note="")
    dated = Changes(section="قسم من المحررة", date=parse_iso("2014-03"))
    curate_many(articles=parts[1], changes=dated, curator=curator, note="")
    accept(articles=parts[2], fields=["title", "outlet", "published", "section"], curator=curator)
    withdraw(articles=parts[3], reason="بطلب من الصحيفة", curator=curator)
    for article in parts[4]:
        article.title, article.body = f"عنوان من المحررة {article.pk}", f"{article.body}\nوزيادة"
        curate_article(article=article, fields=["title", "body"], curator=curator)


def everything_again(source: Path, arguments: list[str]) -> None:
    """Read again all that is held; take the files in again; and once more after their run was taken back."""
    call_command("reread", "all", verbosity=0)
    call_command("ingest", str(source), *arguments, "--no-index", verbosity=0)
    run = IngestRun.objects.order_by("pk").first()
    assert run is not None
    last = IngestRun.objects.order_by("-pk").first()
    assert last is not None
    for number in sorted({run.pk, last.pk}):
        undo_run(undoing=plan_undo(number=number), including_curated=True)
    call_command("ingest", str(source), *arguments, "--no-index", verbosity=0)


def held_after(source: Path, arguments: list[str], number: int) -> int:
    """How many articles were curated, once all was done again and nothing of them had changed."""
    call_command("ingest", str(source), *arguments, "--no-index", verbosity=0)
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:number])
    curate(keys)
    before, before_locks = said(keys), locks(keys)
    # what no curator set may be read otherwise today: as if older rules had read it
    Article.objects.exclude(pk__in=keys).update(section="قراءة قديمة")
    everything_again(source, arguments)
    assert said(keys) == before
    assert locks(keys) == before_locks
    assert not Article.objects.filter(section="قراءة قديمة").exists()
    return len(keys)


def test_curated_values_of_the_sample_stay(archive_folder: Path) -> None:
    assert held_after(REPOSITORY / "sample" / "raw", [], 40) == 40


@pytest.mark.long
def test_a_thousand_curated_articles_stay(archive_folder: Path, tmp_path: Path, shared: Path) -> None:
    part = tmp_path / "saudinewsnet.jsonl"
    with gzip.open(shared / "corpora" / "saudinewsnet-dev.jsonl.gz", "rb") as whole, part.open("wb") as file:
        for _number, line in zip(range(2000), whole, strict=False):
            file.write(line)
    shutil.rmtree(archive_folder, ignore_errors=True)
    mapped = ["--map", "content=body", "source=outlet", "date_extracted=published", "--new-outlets"]
    assert held_after(part, mapped, 1000) == 1000
