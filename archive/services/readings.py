"""From a draft to rows: the article, its evidence, its agencies and authors. Builds rows, saves nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.ingest.drafts import Draft, EvidenceRow
from archive.ingest.reading.types import NameRef
from archive.models import Article, SourceFile
from archive.services.namebook import NameBook, author_name


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """An unsaved article with what is to be saved after it."""

    article: Article
    evidence: Sequence[EvidenceRow]
    agencies: list[int]
    authors: list[str]


def rows_for(draft: Draft, *, source: SourceFile, names: NameBook) -> ArticleRows:
    """The rows for one draft."""
    agencies = [names.agency(NameRef(*name)) for name in draft.agencies]
    return ArticleRows(
        article=_article(draft, source, names),
        evidence=draft.evidence,
        agencies=list(dict.fromkeys(agency for agency in agencies if agency is not None)),
        authors=list(dict.fromkeys(filter(None, map(author_name, draft.authors)))),
    )


def _article(draft: Draft, source: SourceFile, names: NameBook) -> Article:
    columns = draft.columns._asdict() | draft.date._asdict()
    columns["segments"] = json.loads(draft.columns.segments)
    origin = Article.TitleOrigin
    return Article(
        **columns,
        title_origin=origin.PRINTED if draft.columns.title else origin.DERIVED,
        outlet_id=names.outlet(NameRef(*draft.outlet)) if draft.outlet else None,
        source=source,
    )


def links(rows: Iterable[ArticleRows], authors: dict[str, int]) -> tuple[list[Any], list[Any]]:
    """The unsaved links of saved articles to their agencies and to their authors."""
    to_agency, to_author = Article.agencies.through, Article.authors.through
    agencies = [to_agency(article_id=row.article.pk, agency_id=key) for row in rows for key in row.agencies]
    written = [
        to_author(article_id=row.article.pk, author_id=authors[name]) for row in rows for name in row.authors
    ]
    return agencies, written
