"""Articles chosen by hand or found, however many: a hundred thousand keys are one parameter of a query."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from archive.models import Article

_ELEMENTS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT jsonb_array_elements_text(%s::jsonb)",
}
"""The elements of a list in JSON as rows: databases limit how many parameters a statement may have."""


def articles_among(*, uids: Sequence[str]) -> QuerySet[Article]:
    """The articles of these UIDs, shown or not, in the order of arrival."""
    elements = RawSQL(_ELEMENTS[connection.vendor], [json.dumps(list(uids))])  # noqa: S611 - no text of ours is in it
    return Article.objects.filter(uid__in=elements).order_by("pk")


def mark_of(articles: QuerySet[Article]) -> str:
    """A short text that is the same for the same articles: what is agreed to is what was shown."""
    keys = articles.order_by("pk").values_list("pk", flat=True)
    return hashlib.sha256(" ".join(map(str, keys)).encode()).hexdigest()[:32]
