"""New articles written, with all that hangs on them, in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.ingest.drafts import EvidenceRow
from archive.models import Article, Evidence
from archive.services.changes import note_changes
from archive.services.duplicates import link_same_texts
from archive.services.inserting import insert_articles, insert_rows
from archive.services.namebook import NameBook
from archive.services.readings import ArticleRows, links
from archive.services.recording import born


def save_rows(rows: Sequence[ArticleRows], names: NameBook) -> None:
    """Write new articles with evidence, names and index notes, joined to those of the same text.

    Call within the transaction that writes their source.
    """
    insert_articles([row.article for row in rows])
    born(Article, [row.article.pk for row in rows])
    save_evidence((row.article.pk, evidence) for row in rows for evidence in row.evidence)
    agencies, authors = links(rows, names.authors(name for row in rows for name in row.authors))
    Article.agencies.through.objects.bulk_create(agencies)
    Article.authors.through.objects.bulk_create(authors)
    link_same_texts(articles=[row.article for row in rows], new=True)
    note_changes(uids=[row.article.uid for row in rows])


def save_evidence(evidence: Iterable[tuple[int, EvidenceRow]]) -> None:
    """Write new evidence, each piece with the key of its article."""
    insert_rows(Evidence, ("article", *EvidenceRow._fields), ((key, *piece) for key, piece in evidence))
