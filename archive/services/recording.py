"""The state of rows before and after an act, read from the database itself: whatever wrote, and however.

A service says what it is about to change (`watch_articles`, `watch`) or has made (`born`); where no act is
under way, which is so in all that ingest does, that costs nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db.models import Model, Q

from archive.models import (
    Act,
    Agency,
    Article,
    ArticlePair,
    Author,
    Evidence,
    FormerName,
    HandCut,
    NameSuggestion,
    Outlet,
    SourceFile,
    Tag,
    Withdrawal,
    states_of,
)

Row = dict[str, Any]
AT_ONCE: Final = 500
TEXTS: Final = ("body", "segments")
"""Columns of an article that are long: read only where an act may change them, kept only where it did."""
LINKED: Final = {"agencies": "agency", "authors": "author", "tags": "tag"}
"""The links of an article, with the columns of their keys."""
DERIVED: Final = frozenset({"same_as_id", "text_key"})
"""Columns that follow from others: a change of nothing else is no change of an article."""


def in_handfuls(keys: Iterable[int]) -> Iterator[list[int]]:
    """These keys in order, as many at a time as one statement asks for."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


@dataclass(frozen=True)
class Tracked:
    """A model whose rows acts change, and the columns by which the rows of an article are found."""

    model: type[Model]
    scope: tuple[str, ...] = ("pk",)

    @cached_property
    def history(self) -> type[Model]:
        """The model of the states on record."""
        return states_of(self.model).model

    @cached_property
    def key(self) -> str:
        """The attribute of the primary key."""
        return str(self.model._meta.pk.attname)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The attributes on record, but for the texts and links of an article."""
        excluded = set(self.history._history_excluded_fields)  # type: ignore[attr-defined]
        return tuple(f.attname for f in self.model._meta.concrete_fields if f.name not in excluded)

    def rows(self, keys: Collection[int]) -> Iterator[tuple[int, Row]]:
        """The rows within the scope of these keys, as they are now."""
        for some in in_handfuls(keys):
            within = Q()
            for column in self.scope:
                within |= Q(**{f"{column}__in": some})
            found = self.model._default_manager.filter(within).order_by()
            for values in found.values_list(*self.columns):
                row = dict(zip(self.columns, values, strict=True))
                yield row[self.key], row

    def scope_of(self, row: Row) -> set[int]:
        """The keys whose scope a row is in."""
        return {row[self.key if column == "pk" else column] for column in self.scope}


ARTICLE: Final = Tracked(Article)
OF_ARTICLES: Final = (
    Tracked(Evidence, ("article_id",)),
    Tracked(HandCut, ("article_id",)),
    Tracked(Withdrawal, ("article_id",)),
)
PAIRS: Final = Tracked(ArticlePair, ("first_id", "second_id"))
NAMES: Final = tuple(
    map(Tracked, (Outlet, Agency, Author, Tag, FormerName, NameSuggestion, SourceFile)),
)
TRACKED: Final = {tracked.model: tracked for tracked in (*NAMES, ARTICLE, *OF_ARTICLES, PAIRS)}


@dataclass(slots=True)
class _Watched:
    """What is watched of one model: the keys whose scope is covered, and their rows before the act."""

    covered: set[int] = field(default_factory=set)
    before: dict[int, Row] = field(default_factory=dict)


class Recorder:
    """Keeps what an act changes: what was there when it was first watched, against what is there when it is
    written down."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.articles: set[int] = set()
        self.changes = 0
        self._watched: dict[type[Model], _Watched] = defaultdict(_Watched)
        self._texts: dict[int, Row] = {}
        self._touched: set[int] = set()

    def watch(self, model: type[Model], keys: Iterable[int], *, texts: bool = False) -> None:
        """Remember the rows in the scope of these keys, unless they are remembered already."""
        tracked, watched = TRACKED[model], self._watched[model]
        wanted = set(keys)
        new = wanted - watched.covered
        rows = dict(tracked.rows(new))
        if model is Article:
            add_links(rows)
            if texts:
                self._remember_texts(wanted)
        for key, row in rows.items():
            # a row that an earlier watch covers and did not find was made by this act
            if key not in watched.before and not tracked.scope_of(row) & watched.covered:
                watched.before[key] = row
        watched.covered |= new

    def born(self, model: type[Model], keys: Collection[int]) -> None:
        """Know that these rows were not there before this act."""
        self._watched[model].covered.update(keys)
        if model is Article:
            for tracked in (*OF_ARTICLES, PAIRS):
                self._watched[tracked.model].covered.update(keys)

    def write(self, *, articles_alone: bool = False) -> None:
        """Write down what has changed since it was watched, and watch anew from here."""
        for tracked in (ARTICLE, *OF_ARTICLES, PAIRS) if articles_alone else TRACKED.values():
            watched = self._watched.pop(tracked.model, None)
            if watched and watched.covered:
                self._write(tracked, watched)
        self._texts.clear()
        for keys in in_handfuls(self._touched):
            Article.objects.filter(pk__in=keys).update(changed=self.act.at)
        self.articles |= self._touched
        self._touched = set()

    def _write(self, tracked: Tracked, watched: _Watched) -> None:
        before, now = watched.before, dict(tracked.rows(watched.covered))
        changed = set[int]()
        if tracked is ARTICLE:
            add_links(now)
            changed = self._changed_texts(before, now)
        changed |= {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
        both = [(before.get(key), now.get(key)) for key in sorted(changed)]
        rows = [state for was, is_now in both for state in self._states(tracked, was, is_now)]
        tracked.history._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        self.changes += len(both)
        self._note_articles(tracked, both)

    def _states(self, tracked: Tracked, before: Row | None, after: Row | None) -> Iterator[Model]:
        kind = "~" if before and after else "+" if after else "-"
        at = self.act.at
        if before is not None:
            yield self._state(tracked, before, kind, at - datetime.timedelta(microseconds=1), before=True)
        if after is not None:
            yield self._state(tracked, after, kind, at, before=False)

    def _state(self, tracked: Tracked, row: Row, kind: str, at: datetime.datetime, *, before: bool) -> Model:
        return tracked.history(
            **row,
            act=self.act,
            before=before,
            history_type=kind,
            history_date=at,
            history_user_id=self.act.curator_id,
        )

    def _remember_texts(self, keys: Collection[int]) -> None:
        self._texts.update(texts_of(keys - self._texts.keys()))

    def _changed_texts(self, before: Mapping[int, Row], now: Mapping[int, Row]) -> set[int]:
        """Add the long texts to the states where they differ; the keys of those articles."""
        whole = {key for key in before.keys() ^ now.keys() if key in now or key in self._texts}
        texts = texts_of([key for key in now if key in self._texts or key in whole])
        changed = set()
        for key in self._texts.keys() | whole:
            for name in TEXTS:
                was = self._texts.get(key, {}).get(name) if key in before else None
                is_now = texts.get(key, {}).get(name)
                if was != is_now:
                    changed.add(key)
                    if key in before:
                        before[key][name] = was
                    if key in now:
                        now[key][name] = is_now
        return changed

    def _note_articles(self, tracked: Tracked, changes: Iterable[tuple[Row | None, Row | None]]) -> None:
        """Note whose form at another desk is out of date now."""
        own = "id" if tracked is ARTICLE else "article_id"
        if tracked is ARTICLE or tracked in OF_ARTICLES:
            touched = {(was or now or {})[own] for was, now in changes if not _only_derived(was, now)}
            self._touched |= touched


def _only_derived(before: Row | None, after: Row | None) -> bool:
    if before is None or after is None:
        return False
    return all(before.get(name) == after.get(name) for name in (*before, *after) if name not in DERIVED)


def add_links(rows: dict[int, Row]) -> None:
    """Add the keys of agencies, authors and tags to the rows of articles."""
    for name in LINKED:
        for row in rows.values():
            row[name] = []
        through = getattr(Article, name).through
        column = f"{LINKED[name]}_id"
        for keys in in_handfuls(rows):
            links = through.objects.filter(article__in=keys)
            for article, key in links.values_list("article_id", column).order_by(column):
                rows[article][name].append(key)


def texts_of(keys: Collection[int]) -> dict[int, Row]:
    found = {}
    for some in in_handfuls(keys):
        rows = Article.objects.filter(pk__in=some).order_by()
        for key, *texts in rows.values_list("pk", *TEXTS):
            found[key] = dict(zip(TEXTS, texts, strict=True))
    return found


current: ContextVar[Recorder | None] = ContextVar("recorder of the act under way", default=None)


def recording() -> bool:
    """Whether an act is under way."""
    return current.get() is not None


def watch(model: type[Model], keys: Iterable[int]) -> None:
    """Say that rows of a model (by key, or by article where they are an article's) are about to change."""
    if recorder := current.get():
        recorder.watch(model, keys)


def watch_articles(keys: Collection[int], *, texts: bool = False) -> None:
    """Say that articles, or what hangs on them, are about to change; `texts`: their bodies too."""
    if recorder := current.get():
        recorder.watch(Article, keys, texts=texts)
        for tracked in (*OF_ARTICLES, PAIRS):
            recorder.watch(tracked.model, keys)


def born(model: type[Model], keys: Collection[int]) -> None:
    """Say that rows of a model were just made."""
    if recorder := current.get():
        recorder.born(model, keys)


def write_down() -> None:
    """Write down what the act changed of articles so far: after each handful of a long one, so that memory
    stays bounded."""
    if recorder := current.get():
        recorder.write(articles_alone=True)
