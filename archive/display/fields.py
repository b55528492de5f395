"""Fields and their values, as the desk names them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from archive.models import Article, Evidence

MOST_OF_A_TEXT = 300


def field_in_words(field: str) -> str:
    """The name of a field of an article, by the name that evidence and acts give it."""
    if field in Evidence.Field.values:
        return str(Evidence.Field(field).label)
    others = {"tags": _("tags"), "external_id": _("identifier in the source")}
    return others.get(field, field)


def value_in_field(field: str, value: str) -> str:
    """A value as a table shows it: statuses in words, the beginning of a long text, a dash for none."""
    if field == "status" and value in Article.Status.values:
        return str(Article.Status(value).label)
    if len(value) > MOST_OF_A_TEXT:
        return value[:MOST_OF_A_TEXT] + "…"
    return value or "—"
