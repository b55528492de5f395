"""The outlet."""

from __future__ import annotations

from typing import Final

from archive.ingest.reading.bylines import quoted_names
from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Page
from archive.ingest.reading.signatures import beside_date, signers
from archive.ingest.reading.types import Confidence, Finding, KnownName, NameRef, SegmentKind, Span

K = SegmentKind


def find_outlet(page: Page) -> Finding[NameRef] | None:
    """The known outlet that signs: under the text, in the dateline, beside the headline, above the text, or
    under all
    related stories. A name in running text is never taken."""
    for rule in (_by_profile, _by_site_name, *_BY_SIGNERS, _by_masthead, _by_furniture):
        if found := rule(page):
            return found
    return page.site


def _by_profile(page: Page) -> Finding[NameRef] | None:
    """The site whose profile knows the page, at the line that tells it."""
    for profile, line in page.piece.site_lines:
        if known := page.piece.lexicon.outlet_by_slug(profile.outlet):
            return _found(known, "how the site's pages look", line.span)
    return None


def _by_signature(page: Page) -> Finding[NameRef] | None:
    for number in page.of_kind(K.CREDIT):
        line = page.piece.lines[number]
        for part in signers(line.text):
            if (known := page.piece.lexicon.outlet(part)) and not page.piece.lexicon.agency(part):
                return _found(known, "signature", line.span)
    return None


def _by_dateline(page: Page) -> Finding[NameRef] | None:
    for number in page.of_kind(K.DATELINE, K.BYLINE):
        if known := page.piece.byline(number).outlet:
            return _found(known, "dateline", page.piece.lines[number].span)
    return None


def _by_prefix(page: Page) -> Finding[NameRef] | None:
    if page.prefix is None or page.prefix.byline.outlet is None:
        return None
    return _found(page.prefix.byline.outlet, "dateline", page.prefix.span)


def _by_site_name(page: Page) -> Finding[NameRef] | None:
    if page.headline is None or page.headline.outlet is None:
        return None
    return _found(
        page.headline.outlet, "site's name beside the headline", page.piece.lines[page.headline.line].span
    )


def _by_masthead(page: Page) -> Finding[NameRef] | None:
    """A known name with the date above the text, or alone on a line there."""
    piece = page.piece
    for number in range(piece.first_paragraph):
        text = beside_date(piece, number) if page.kinds[number] is K.DATE else piece.lines[number].text
        known = piece.lexicon.outlet(text)
        is_other = piece.lexicon.is_place(text) or name_key(text) in piece.lexicon.sections
        if known and not is_other and page.kinds[number] in (K.DATE, K.FURNITURE):
            return _found(known, "masthead", piece.lines[number].span)
    return None


def _by_furniture(page: Page) -> Finding[NameRef] | None:
    """A known name in quotation marks in the page's call to follow it."""
    for number in page.of_kind(K.FURNITURE):
        line = page.piece.lines[number]
        for name in quoted_names(line.text):
            if known := page.piece.lexicon.outlet(name):
                return _found(known, "the page's own line", line.span)
    return None


_BY_SIGNERS: Final = (_by_signature, _by_dateline, _by_prefix)


def _found(known: KnownName, rule: str, span: Span) -> Finding[NameRef]:
    return Finding(NameRef(known.name, known.slug), rule, Confidence.HIGH, span)
