"""Small collections made in code."""

from __future__ import annotations

import datetime
import hashlib
from itertools import count
from typing import Any

from archive.models import Agency, Article, Author, IngestRun, Outlet, SourceFile
from archive.services.changes import note_changes
from search.service import matching_uids
from search.types import SearchRequest
from search.upkeep import flush

_numbers = count(1)


class Collection:
    """Adds articles, with the index brought up to date on `ready()`."""

    def __init__(self) -> None:
        self.source = SourceFile.objects.create(
            sha256=hashlib.sha256(str(next(_numbers)).encode()).hexdigest(),
            name="made in code",
            size=1,
            format=SourceFile.Format.JSONL,
            encoding="utf-8",
            encoding_rule="valid UTF-8",
            first_run=IngestRun.objects.create(),
        )

    def add(
        self,
        body: str,
        *,
        title: str = "",
        outlet: str = "",
        published: str = "",
        agencies: tuple[str, ...] = (),
        authors: tuple[str, ...] = (),
        **fields: Any,
    ) -> Article:
        """An article; `published` as 2015, 2015-11 or 2015-11-21."""
        number = next(_numbers)
        precision = {0: "unknown", 4: "year", 7: "month", 10: "day"}[len(published)]
        article = Article.objects.create(
            uid=f"u{number:08d}",
            title=title,
            title_origin="printed" if title else "derived",
            body=body,
            outlet=self.outlet(outlet) if outlet else None,
            published=datetime.date.fromisoformat(f"{published}-01-01"[:10]) if published else None,
            published_precision=precision,
            source=self.source,
            ordinal=number,
            source_start=0,
            source_end=len(body),
            byte_start=0,
            byte_end=len(body.encode()),
            **fields,
        )
        article.agencies.set([Agency.objects.get_or_create(slug=slug, name=slug)[0] for slug in agencies])
        article.authors.set([Author.objects.get_or_create(name=name)[0] for name in authors])
        self.note(article)
        return article

    def outlet(self, slug: str, name: str = "") -> Outlet:
        """An outlet, made on first use."""
        return Outlet.objects.get_or_create(slug=slug, defaults={"name": name or slug})[0]

    def note(self, article: Article) -> None:
        """Note that an article changed, as every service does."""
        note_changes(uids=[article.uid])

    def ready(self) -> None:
        """Bring the index up to date."""
        flush()


def uids(query: str, **options: Any) -> set[str]:
    """The UIDs of all articles that a query finds."""
    return set(matching_uids(SearchRequest(query, **options)))
