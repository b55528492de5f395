"""The fields of an article that a curator can set: their columns, and the evidence that locks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from archive.models import Evidence

CURATED: Final = "curator"
"""The rule of evidence that says: a curator has set this, no reading may touch it."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "title_origin"),
    "subtitle": ("subtitle",),
    "body": ("body",),
    "outlet": ("outlet_id",),
    "place": ("place",),
    "section": ("section",),
    "url": ("url",),
    "language": ("language",),
    "published": (
        "published",
        "published_time",
        "published_precision",
        "published_raw",
        "published_calendar",
    ),
}
"""The columns of each field that a reading fills and a curator can lock."""

LINKS: Final[Mapping[str, str]] = {"agency": "agencies", "author": "authors", "tags": "tags"}
"""The fields that are links to names, and what the article calls them."""

COMPARED: Final = frozenset({"title", "body", "outlet", "published"})
"""By these an article is known for the same as another."""

_LOCKABLE: Final = frozenset(Evidence.Field) - {Evidence.Field.HINT}
_FIELD_OF: Final = {
    **{column.removesuffix("_id"): name for name, columns in COLUMNS.items() for column in columns},
    **{attribute: name for name, attribute in LINKS.items()},
}


def field_of(name: str) -> str:
    """The field that a form's or model's name belongs to: "agency" for `agencies`, "published" for
    `published_raw`; any other name stands for itself."""
    return _FIELD_OF.get(name, name)


def fields_of(names: Iterable[str]) -> set[str]:
    """The fields that these names of a form or model belong to."""
    return {field_of(name) for name in names}


def locked_by(fields: Iterable[str]) -> list[Evidence.Field]:
    """The kinds of evidence by which these fields are locked, in order."""
    return [Evidence.Field(name) for name in sorted(set(fields) & _LOCKABLE)]
