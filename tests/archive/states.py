"""The state that curators' acts can change: all of it, as plain values, to be compared."""

from __future__ import annotations

from typing import Any

from archive.models import (
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
)

MODELS = (
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
)


def curated_state() -> dict[str, list[Any]]:
    """Every row of every table that an act may touch, but for the time of an article's last change."""
    state: dict[str, list[Any]] = {}
    for model in MODELS:
        rows = model._default_manager.order_by("pk").values()
        state[model.__name__] = [
            {name: value for name, value in row.items() if (model, name) != (Article, "changed")}
            for row in rows
        ]
    for name, key in (("agencies", "agency_id"), ("authors", "author_id"), ("tags", "tag_id")):
        state[name] = sorted(getattr(Article, name).through.objects.values_list("article_id", key))
    return state
