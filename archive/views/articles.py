"""One article, to read and to compare with its source."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.display.evidence import Note, first_by_field, notes
from archive.display.originals import article_slice
from archive.display.prose import (
    Paragraph,
    Run,
    paragraphs_of_body,
    paragraphs_of_source,
    runs,
    segments_of,
)
from archive.display.source_pages import source_page
from archive.ingest.reading.types import SegmentKind
from archive.models import Article, Evidence, SourceFile
from archive.selectors.duplicates import articles_alike, same_articles
from archive.selectors.reading import (
    article_to_read,
    neighbours_of_the_day,
    siblings_in_source,
    whole_of,
    withdrawal_of,
)
from archive.services.originals import OriginalMissing

LONGEST_QUERY = 1000
WRITTEN_AS_READ = (SourceFile.Format.TEXT, SourceFile.Format.TREC)
"""Formats whose own letters are the article's; in others quotes and line ends are written in code."""


@require_safe
def article(request: HttpRequest, uid: str) -> HttpResponse:
    """An article, its dates in both calendars, its evidence, how to cite it, and what stands beside it."""
    found = _article_or_404(uid)
    if found.status == Article.Status.WITHDRAWN:
        return gone(request, found)
    evidence = tuple(note for note in notes(found.evidence.all()) if note.field != Evidence.Field.HINT)
    before, after = neighbours_of_the_day(article=found)
    context: dict[str, Any] = {
        "article": found,
        "notes": evidence,
        "note": first_by_field(evidence),
        "headline": headline(found, evidence),
        "subtitle": subtitle(found, evidence),
        "paragraphs": paragraphs(found, evidence),
        "query": request.GET.get("q", "")[:LONGEST_QUERY],
        "level": request.GET.get("level", ""),
        "show_evidence": request.GET.get("evidence") == "1",
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "canonical": request.build_absolute_uri((found.same_as or found).get_absolute_url()),
        "before": before,
        "after": after,
        "siblings": siblings_in_source(article=found),
        "same": same_articles(article=found),
        "alike": articles_alike(article=found),
    }
    return render(request, "article.html", context)


@require_safe
def source(request: HttpRequest, uid: str) -> HttpResponse:
    """The text as it came, with its evidence marked and what is not of the body in grey; that of a withdrawn
    article for administrators only."""
    found = _article_or_404(uid)
    if found.status == Article.Status.WITHDRAWN and not may_read_withdrawn(request):
        return gone(request, found)
    evidence = notes(found.evidence.all())
    siblings = siblings_in_source(article=found)
    context: dict[str, Any] = {"article": found, "source": found.source, "notes": evidence}
    try:
        context["original"] = source_page(found, evidence, siblings)
    except OriginalMissing:
        return render(request, "source.html", context, status=503)
    return render(request, "source.html", context)


def gone(request: HttpRequest, article: Article) -> HttpResponse:
    """Say that an article was withdrawn, since when and why, and nothing else of it; of one that is a part of
    another now, lead there."""
    whole = whole_of(article=article)
    if whole is not None:
        return redirect(whole, permanent=False)
    source = reverse("archive:source", args=[article.uid]) if may_read_withdrawn(request) else ""
    context = {"withdrawal": withdrawal_of(article=article), "source": source}
    return render(request, "410.html", context, status=410)


def may_read_withdrawn(request: HttpRequest) -> bool:
    """Whether whoever asks may read the original of an article that was withdrawn."""
    return request.user.has_perm("archive.read_withdrawn")


def headline(article: Article, evidence: tuple[Note, ...]) -> tuple[Paragraph, ...]:
    """The title, or the opening words that stand for it, with its evidence."""
    note = first_by_field(evidence).get(Evidence.Field.TITLE) if article.title else None
    return (
        Paragraph(SegmentKind.TITLE, (Run(article.display_title, SegmentKind.TITLE, note, closes=True),)),
    )


def subtitle(article: Article, evidence: tuple[Note, ...]) -> tuple[Paragraph, ...]:
    """The line below the title, with its evidence."""
    note = first_by_field(evidence).get(Evidence.Field.SUBTITLE)
    return (
        Paragraph(SegmentKind.SUBTITLE, (Run(article.subtitle, SegmentKind.SUBTITLE, note, closes=True),)),
    )


def paragraphs(article: Article, evidence: tuple[Note, ...]) -> tuple[Paragraph, ...]:
    """The body with its evidence and what was left out, where its source shows it; else the body alone."""
    if article.source.format in WRITTEN_AS_READ and article.segments:
        try:
            original = article_slice(article)
        except OriginalMissing:
            return paragraphs_of_body(article.body)
        pieces = runs(original.text, segments_of(article), evidence, original.origin)
        from_source = paragraphs_of_source(pieces, article.body)
        if from_source is not None:
            return from_source
    return paragraphs_of_body(article.body)


def _article_or_404(uid: str) -> Article:
    try:
        return article_to_read(uid=uid)
    except Article.DoesNotExist as unknown:
        raise Http404 from unknown
