"""Acts taken back: everything that one changed, but for what has been changed again since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from archive.models import Act, Article, ArticlePair, FormerName, HandCut, SourceFile, states_of
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.changesets import Key, RowChange, articles_of, changes_of, rows_now
from archive.services.deciding import (
    DERIVED_FIELD,
    EXISTENCE,
    Standing,
    Unit,
    Verdict,
    judged,
    judged_pair,
    names_in,
    restored_name,
    units_of,
)
from archive.services.duplicates import settle
from archive.services.obstacles import borne, curated_since, last_acts, missing, taken, titles
from archive.services.recording import (
    NAMES,
    OF_ARTICLES,
    Row,
    in_handfuls,
    watch,
    watch_articles,
    write_down,
)
from archive.services.restoring import change, make_again, rows_back
from archive.services.reverting import CannotRevert, revert_field

__all__ = [
    "CannotRevert",
    "Refusal",
    "Restoration",
    "UndoPlan",
    "Undone",
    "acting",
    "plan_undo_act",
    "revert_field",
    "undo_act",
]

MOST_TOLD: Final = 20
ENDS: Final = ("first_id", "second_id")
TEXT_FIELDS: Final = frozenset({"title", "body"})
JOINING: Final = TEXT_FIELDS | {"outlet", "published", "status", DERIVED_FIELD, EXISTENCE}
"""The fields that say whether articles are the same, and which of them is shown."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A field that stays as it is, and why. `uid` is empty for what is no article's; `title` says what it is
    of."""

    uid: str
    title: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Restoration:
    """A field that goes back."""

    uid: str
    title: str
    field: str


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What taking an act back would do: so many fields of articles, names and pairs go back, the first of
    them, and what stays."""

    act: Act
    restored: int
    refused: tuple[Refusal, ...]
    first: tuple[Restoration, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an act back did: so many fields of articles, names and pairs went back, and what stays."""

    act: Act
    restored: int
    refused: tuple[Refusal, ...]


def plan_undo_act(*, act: Act) -> UndoPlan:
    """What `undo_act` would do now."""
    return _TakingBack(act).plan()


def undo_act(*, act: Act, curator: User, note: str = "") -> Undone:
    """Set everything that an act changed back to what it was, but for what has been changed again since.

    Where an act cut articles anew, all of it goes back or nothing. It is an act itself, and can be taken
    back. Answers what went back and what did not.
    """
    with acting(kind=Act.Kind.UNDO, curator=curator, note=note, undoes=act) as undoing:
        return _TakingBack(act).do(undoing)


@dataclass(slots=True)
class _Judged:
    """Of some articles the fields that go back, and those that stay."""

    restored: list[Unit] = field(default_factory=list)
    refused: list[tuple[Unit, Verdict]] = field(default_factory=list)

    def rows(self, model: type) -> list[RowChange]:
        """The rows of a model that go back with those fields."""
        return [row for unit in self.restored for row in unit.rows if row.model is model]


class _TakingBack:
    def __init__(self, act: Act) -> None:
        self._act = act
        self._articles = articles_of(act)
        self._names = [one for tracked in NAMES for one in changes_of(act, tracked.model)]
        self._pairs = changes_of(act, ArticlePair)
        self._names_now = _rows(self._names)
        self._whole = states_of(HandCut).filter(act=act).exists()
        self._refused: list[Refusal] = []
        self._restored = 0

    def plan(self) -> UndoPlan:
        """Judge everything and write nothing."""
        first: list[Restoration] = []
        for found in self._judge():
            first += islice(_told_back(found.restored), MOST_TOLD - len(first))
        standing = Standing(_rows(self._pairs))
        for one in self._names:
            self._count(one, self._judged_name(one)[0])
        for one in self._pairs:
            self._count(one, judged_pair(one, standing))
        if self._whole and self._refused:
            return UndoPlan(self._act, 0, tuple(self._refused), ())
        return UndoPlan(self._act, self._restored, tuple(self._refused), tuple(first))

    def do(self, undoing: Act) -> Undone:
        """Judge and write, some articles at a time."""
        if self._whole and (refused := _TakingBack(self._act).plan().refused):
            return Undone(self._act, 0, refused)
        self._names_back()
        touched, made, texts = set[int](), list[int](), set[int]()
        for found in self._judge():
            _write(found, undoing, texts=self._whole)
            touched |= {unit.article for unit in found.restored if unit.field in JOINING}
            texts |= {unit.article for unit in found.restored if unit.field in TEXT_FIELDS}
            made += [one.key for one in found.rows(Article) if one.made]
            write_down()
        touched |= self._pairs_back()
        touched |= _remove_articles(made)
        self._names_away()
        settle(articles=touched - set(made), texts=texts - set(made))
        return Undone(self._act, self._restored, tuple(self._refused))

    def _judge(self) -> Iterator[_Judged]:
        """What becomes of the fields of articles, some articles at a time; counted and told."""
        for keys in in_handfuls(self._articles):
            changes = changes_of(self._act, Article, within=keys)
            of = [one for tracked in OF_ARTICLES for one in changes_of(self._act, tracked.model, within=keys)]
            units = units_of(changes, of)
            texts = any("body" in (one.before or {}) or "segments" in (one.before or {}) for one in changes)
            now = {(Article, key): row for key, row in rows_now(Article, keys, texts=texts).items()}
            gone = missing(set(names_in(units))) - self._coming_back()
            found = self._judged(units, Standing(now | _rows(of), gone))
            self._refused += self._told(found.refused)
            self._restored += sum(unit.field != DERIVED_FIELD for unit in found.restored)
            yield found

    def _judged(self, units: Sequence[Unit], now: Standing) -> _Judged:
        found = _Judged()
        whole = [unit for unit in units if unit.field == EXISTENCE]
        stay = curated_since(whole, self._pairs)
        for unit in units:
            verdict = judged(unit, now)
            if unit in whole and unit.article in stay and verdict is Verdict.RESTORE:
                verdict = Verdict.CHANGED_SINCE
            if verdict is Verdict.RESTORE:
                found.restored.append(unit)
            elif verdict is not Verdict.SETTLED and unit.field != DERIVED_FIELD:
                found.refused.append((unit, verdict))
        return found

    def _judged_name(self, one: RowChange) -> tuple[Verdict, Row]:
        verdict, then = restored_name(one, self._names_now.get((one.model, one.key)))
        if one.model is SourceFile and verdict is Verdict.CHANGED_SINCE:
            return Verdict.SETTLED, {}  # it was read again since, and its articles counted
        if verdict is Verdict.RESTORE and one.removed and taken(one):
            return Verdict.CHANGED_SINCE, {}
        return verdict, then

    def _coming_back(self) -> set[Key]:
        """The names that the act removed and that can be made again."""
        removed = [one for one in self._names if one.removed]
        return {(one.model, one.key) for one in removed if self._judged_name(one)[0] is Verdict.RESTORE}

    def _names_back(self) -> None:
        """Make names again that the act removed, and set back those that it changed."""
        judged_names = [(one, *self._judged_name(one)) for one in self._names if not _is_new_name(one)]
        for one, verdict, then in judged_names:
            self._count(one, verdict)
            if verdict is Verdict.RESTORE:
                watch(one.model, [one.key])
                if one.made or one.removed:
                    rows_back(one.model, [one])
                else:
                    change(one.model, {one.key: then})

    def _names_away(self) -> None:
        """Remove the names that the act made, where nothing bears them any more."""
        for one in filter(_is_new_name, self._names):
            verdict, _then = self._judged_name(one)
            if verdict is Verdict.RESTORE and borne(one):
                verdict = Verdict.CHANGED_SINCE
            self._count(one, verdict)
            if verdict is Verdict.RESTORE:
                watch(one.model, [one.key])
                rows_back(one.model, [one])

    def _pairs_back(self) -> set[int]:
        """Set pairs back; the articles of them."""
        standing = Standing(_rows(self._pairs))
        ends = {row[end] for one in self._pairs if (row := one.before or one.after) for end in ENDS}
        watch(ArticlePair, ends)
        watch(Article, ends)
        # those that the act made go first: they may stand in the place of one that it removed
        for made in (True, False):
            back = []
            for one in (pair for pair in self._pairs if pair.made is made):
                verdict = judged_pair(one, standing)
                if verdict is Verdict.RESTORE and one.removed and taken(one):
                    verdict = Verdict.SETTLED
                self._count(one, verdict)
                if verdict is Verdict.RESTORE:
                    back.append(one)
            rows_back(ArticlePair, back)
        return ends

    def _count(self, one: RowChange, verdict: Verdict) -> None:
        row = one.after or one.before or {}
        if verdict is Verdict.RESTORE:
            is_word = one.model is not ArticlePair or row["curator_id"] is not None
            self._restored += is_word and one.model not in (FormerName, SourceFile)
        elif verdict is not Verdict.SETTLED:
            title = str(row.get("name") or row.get("key") or "")
            self._refused.append(Refusal("", title, str(one.model._meta.verbose_name), _since(None)))

    def _told(self, refused: Sequence[tuple[Unit, Verdict]]) -> Iterator[Refusal]:
        keys = {unit.article for unit, _verdict in refused}
        named, later = titles(keys), last_acts(keys, since=self._act)
        for unit, verdict in refused:
            uid, title = named.get(unit.article, ("", ""))
            if verdict is Verdict.NAME_GONE:
                reason = _("the name that it had is no more: it was merged with another")
            else:
                reason = _since(later.get(unit.article))
            yield Refusal(uid, title, unit.field, reason)


def _since(act: Act | None) -> str:
    if act is None:
        return _("it was changed again since")
    said = {"who": act.curator.get_username(), "when": f"{act.at:%Y-%m-%d %H:%M}"}
    return _("%(who)s changed it again, %(when)s") % said


def _told_back(restored: Sequence[Unit]) -> Iterator[Restoration]:
    shown = [unit for unit in restored if unit.field != DERIVED_FIELD][:MOST_TOLD]
    named = titles({unit.article for unit in shown})
    for unit in shown:
        yield Restoration(*named.get(unit.article, ("", "")), unit.field)


def _is_new_name(one: RowChange) -> bool:
    """Whether an act made this name; former names go before all others come back."""
    return one.made and one.model is not FormerName


def _rows(changes: Sequence[RowChange]) -> dict[Key, Row]:
    """These rows as they are now."""
    keys: dict[type, list[int]] = {}
    for one in changes:
        keys.setdefault(one.model, []).append(one.key)
    return {(model, key): row for model, some in keys.items() for key, row in rows_now(model, some).items()}


def _write(found: _Judged, undoing: Act, *, texts: bool) -> None:
    """Set these fields back, but for articles that are to be removed."""
    keys = {unit.article for unit in found.restored}
    watch_articles(keys, texts=texts or any("body" in unit.before for unit in found.restored))
    again = [{**one.before, "changed": undoing.at} for one in found.rows(Article) if one.before is not None]
    make_again(Article, again)
    columns: dict[int, Row] = {}
    for unit in found.restored:
        if unit.before:
            columns.setdefault(unit.article, {}).update(unit.before)
    change(Article, columns)
    for tracked in OF_ARTICLES:
        rows_back(tracked.model, found.rows(tracked.model))
    note_changes(uids=Article.objects.filter(pk__in=keys).values_list("uid", flat=True))


def _remove_articles(keys: Collection[int]) -> set[int]:
    """Remove articles that an act made; those that were shown through them."""
    if not keys:
        return set()
    through = set(Article.objects.filter(same_as__in=keys).values_list("pk", flat=True))
    watch(Article, through)
    watch_articles(keys, texts=True)
    Article.objects.filter(pk__in=keys).delete()
    return through
