"""Whatever curators do, in whatever order: the archive stays whole, and taken back it is as it was."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from archive.dates import parse_iso
from archive.ingest.run import IngestRequest, ingest
from archive.models import (
    Act,
    Agency,
    Article,
    ArticlePair,
    Author,
    NameSuggestion,
    Outlet,
    Tag,
)
from archive.selectors.history import changes_of_article
from archive.services.acts import CannotRevert, plan_undo_act, revert_field, undo_act
from archive.services.articles import Changes, Names, accept, curate_article, curate_many, set_status
from archive.services.duplicates import decide_pairs
from archive.services.merging import CannotMerge, keep_name, merge_names, remove_name
from archive.services.names import accept_suggestion, reject_suggestion
from archive.services.near_duplicates import find_duplicates
from archive.services.shape import CannotShape, join, split
from archive.services.status import PartOfAnother
from archive.services.withdrawal import restore, withdraw
from search.checking import checks
from search.service import search
from search.types import SearchRequest
from search.upkeep import flush, rebuild
from tests.archive.builders import take_in
from tests.archive.states import curated_state
from tests.archive.test_shape import TEXT as THREE_IN_ONE
from tests.archive.test_undo_acts import TEXT

pytestmark = pytest.mark.django_db

WORDS: Final = ("القمح", "الماء", "المدرسة", "الطريق", "السوق")
DATES: Final = ("2015", "2015-05", "2015-05-21", "2015-05-21T21:59", "2016-01-02")
REFUSED: Final = (CannotShape, CannotMerge, CannotRevert, PartOfAnother, ValidationError)


def differences() -> list[str]:
    """What `check_archive` finds after `index`."""
    flush()
    return [found.what for some in checks().values() for check in some for found in check()]


def answers() -> list[Any]:
    """What the index says: the articles with each word, and how many there are of each value of a facet."""
    found = []
    for word in (*WORDS, "القمح OR خبر OR السد", "عنوان", "-عنوان"):
        results = search(SearchRequest(word, size=100))
        uids = sorted(hit.article.uid for hit in results.hits)
        facets = {
            name: sorted((each.value, each.count) for each in of) for name, of in results.facets.items()
        }
        found.append((word, results.total, uids, facets))
    return found


@pytest.fixture
def curators() -> list[User]:
    return [User.objects.create_superuser(name) for name in ("amina", "basil")]


@pytest.fixture
def index_folder(settings: Any, tmp_path: Path) -> None:
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}


@pytest.fixture
def archive(archive_folder: Path, index_folder: None, tmp_path: Path) -> None:
    """Articles of several outlets, some the same and some alike, names that wait, and a text to be cut."""
    records: list[dict[str, Any]] = [
        {
            "title": f"خبر {n % 5}",
            "body": f"{TEXT} {WORDS[n % 5]} " + " ".join(WORDS[: n % 3]),
            "outlet": ("الرواق", "المساء", "اسم مجهول", "")[n % 4],
            "agency": ("وكالة الشراع", "")[n % 2],
            "author": ("ليلى الحاج", "سعيد", "")[n % 3],
            "published": DATES[n % 3],
        }
        for n in range(10)
    ]
    for slug, name in (("riwaq", "الرواق"), ("masa", "المساء"), ("third", "جريدة ثالثة")):
        Outlet.objects.create(slug=slug, name=name)
    for slug in ("one", "two"):
        Agency.objects.create(slug=slug, name=f"وكالة {slug}")
    Tag.objects.create(name="قديم")
    take_in(tmp_path / "in", *records, *records[:3], new_outlets=False)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(THREE_IN_ONE.replace("السد", f"السد {name}"), "utf-8")
        ingest(IngestRequest(paths=(tmp_path / f"{name}.txt",)))
    find_duplicates()


class Desk:
    """Curators who do what chance tells them; of what may be refused, nothing may be left."""

    def __init__(self, seed: int, curators: list[User]) -> None:
        self._chance, self._curators = random.Random(seed), curators

    def act(self) -> str:
        """Do one thing; its name."""
        action = self._chance.choice(ACTIONS)
        try:
            action(self)
        except REFUSED:
            return f"{action.__name__} (refused)"
        return action.__name__

    @property
    def curator(self) -> User:
        return self._chance.choice(self._curators)

    def one(self, model: Any) -> Any:
        """A row by chance; the act is refused where there is none."""
        rows = list(model.objects.order_by("pk"))
        if not rows:
            raise CannotRevert
        return self._chance.choice(rows)

    def some(self, number: int = 4) -> list[Article]:
        every = list(Article.objects.order_by("pk"))
        return self._chance.sample(every, min(len(every), self._chance.randint(1, number)))

    def correct(self) -> None:
        article = self.one(Article)
        values = {
            "title": self._chance.choice(("", "عنوان", "خبر 1")),
            "body": f"{TEXT} {self._chance.choice(WORDS)} ",
            "section": self._chance.choice(("", "محليات")),
            "outlet": self._chance.choice((None, self.one(Outlet))),
            "place": "العاصمة",
        }
        fields = self._chance.sample(sorted(values), self._chance.randint(1, 3))
        for name in fields:
            setattr(article, name, values[name])
        curate_article(article=article, fields=fields, curator=self.curator)

    def set_names(self) -> None:
        names = Names(
            agencies=self._chance.choice((None, [], [self.one(Agency)])),
            authors=self._chance.choice((None, [], [self.one(Author)])),
            tags=self._chance.choice((None, [], [self.one(Tag)])),
        )
        curate_article(article=self.one(Article), fields=[], names=names, curator=self.curator)

    def change_many(self) -> None:
        changes = self._chance.choice(
            (
                Changes(outlet=self.one(Outlet), add_tags=(self._chance.choice(WORDS),)),
                Changes(date=parse_iso(self._chance.choice(DATES)), remove_tags=WORDS[:2]),
                Changes(date=None, section="رياضة"),
                Changes(status=Article.Status.PUBLISHED, outlet=None),
                Changes(status=Article.Status.WITHDRAWN, reason="خطأ"),
            )
        )
        chosen = Article.objects.filter(pk__in=[article.pk for article in self.some(8)])
        curate_many(articles=chosen, changes=changes, curator=self.curator, note="")

    def accept(self) -> None:
        chosen = Article.objects.filter(pk__in=[article.pk for article in self.some()])
        accept(articles=chosen, fields=["published", "outlet"], curator=self.curator)

    def set_status(self) -> None:
        set_status(
            articles=self.some(), status=self._chance.choice(list(Article.Status)), curator=self.curator
        )

    def withdraw(self) -> None:
        withdraw(articles=self.some(), reason="بطلب من الصحيفة", curator=self.curator)

    def restore(self) -> None:
        restore(articles=Article.objects.filter(status="withdrawn"), curator=self.curator)

    def decide(self) -> None:
        status = self._chance.choice(list(ArticlePair.Status))
        decide_pairs(pairs=[self.one(ArticlePair)], status=status, curator=self.curator)

    def merge(self) -> None:
        model = self._chance.choice((Outlet, Agency, Author))
        merge_names(into=self.one(model), others=[self.one(model)], curator=self.curator)

    def correct_name(self) -> None:
        named = self.one(self._chance.choice((Outlet, Agency, Author)))
        named.aliases = [*named.aliases, self._chance.choice(WORDS)]
        keep_name(named=named, curator=self.curator)

    def make_name(self) -> None:
        slug = f"new-{self._chance.randint(0, 3)}"
        keep_name(named=Outlet(slug=slug, name=slug), curator=self.curator)

    def remove_name(self) -> None:
        remove_name(named=self.one(self._chance.choice((Outlet, Agency))), curator=self.curator)

    def suggestion(self) -> None:
        suggestion = self.one(NameSuggestion)
        if suggestion.status != NameSuggestion.Status.OPEN:
            raise CannotRevert
        if self._chance.random() < 0.3:
            reject_suggestion(suggestion=suggestion, curator=self.curator)
        else:
            accept_suggestion(suggestion=suggestion, curator=self.curator)

    def split(self) -> None:
        article = self._chance.choice(list(Article.objects.filter(source__format="text").order_by("pk")))
        marks = range(article.source_start, article.source_end, 97)
        split(article=article, at=self._chance.sample(marks, min(len(marks), 2)), curator=self.curator)

    def join(self) -> None:
        held = Article.objects.filter(source__format="text").exclude(status="withdrawn")
        article = self._chance.choice(list(held.order_by("pk")) or self.some(1))
        behind = held.filter(source=article.source, source_start__gt=article.source_start)
        join(articles=[article, *behind.order_by("source_start")[:1]], curator=self.curator)

    def revert(self) -> None:
        article = self.one(Article)
        changes = changes_of_article(article=article)
        if not changes:
            raise CannotRevert
        change = self._chance.choice(changes)
        revert_field(article=article, field=change.field, to=change.was, curator=self.curator)

    def undo(self) -> None:
        act = self.one(Act)
        plan = plan_undo_act(act=act)
        undone = undo_act(act=act, curator=self.curator)
        assert len(plan.refused) <= len(undone.refused)


ACTIONS: Final[tuple[Callable[[Desk], None], ...]] = (
    Desk.correct,
    Desk.correct,
    Desk.set_names,
    Desk.change_many,
    Desk.accept,
    Desk.set_status,
    Desk.withdraw,
    Desk.restore,
    Desk.decide,
    Desk.merge,
    Desk.correct_name,
    Desk.make_name,
    Desk.remove_name,
    Desk.suggestion,
    Desk.split,
    Desk.join,
    Desk.revert,
    Desk.undo,
    Desk.undo,
)


def run(seed: int, steps: int, curators: list[User]) -> None:
    """So many acts by chance; then all taken back, the last first, each wholly: and all is as it was, in the
    index too, which after the acts says what one that is built anew says."""
    rebuild()
    first, found, desk = curated_state(), answers(), Desk(seed, curators)
    done, states = [], {}
    for _step in range(steps):
        before = curated_state()
        number = Act.objects.count()
        name = desk.act()
        done.append(name)
        if name.endswith("(refused)") or Act.objects.count() == number:
            assert curated_state() == before, (seed, done)
        else:
            states[Act.objects.latest("pk").pk] = before
    assert differences() == [], (seed, done)
    assert answers() == _answers_anew(), (seed, done)
    for act in Act.objects.filter(pk__in=states).order_by("-pk"):
        undone = undo_act(act=act, curator=curators[0])
        assert undone.refused == (), (seed, done, act)
        assert curated_state() == states[act.pk], (seed, done, act)
    assert curated_state() == first
    assert differences() == []
    assert answers() == found


def _answers_anew() -> list[Any]:
    rebuild()
    return answers()


@pytest.mark.parametrize("seed", range(2))
def test_all_acts_taken_back_leave_the_first_state(archive: None, curators: list[User], seed: int) -> None:
    run(seed, 12, curators)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_acts_taken_back_leave_the_first_state(archive: None, curators: list[User], seed: int) -> None:
    run(seed, 40, curators)
