"""Atom feeds: what came into the archive, newest arrival first.

An entry's `updated` is when the article came in: a reader's program shows what it has not seen. The date of
printing goes into `dcterms:issued`, as exact as it is known, for Atom's own `published` asks for a second
that no newspaper prints.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from archive.models import Article, Outlet
from archive.selectors.browse import OutletChoice, listed

ENTRIES: Final = 50
OPENING: Final = 400
"""Letters of the body that stand in an entry."""
_CONTROLS: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML cannot hold."""


class DatedAtomFeed(Atom1Feed):
    """Atom whose entries say the date of printing in a term of Dublin Core."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:dcterms": "http://purl.org/dc/terms/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["issued"]:
            handler.addQuickElement("dcterms:issued", item["issued"])


class ArticleFeed(Feed[Article, Any]):
    """The newest arrivals among some articles."""

    feed_type = DatedAtomFeed

    def author_name(self) -> str:
        return _("Arshif")

    def item_title(self, item: Article) -> str:
        return for_xml(item.title or f"[{item.display_title}]")

    # a summary is HTML to readers' programs
    def item_description(self, item: Article) -> str:
        opening = item.body[:OPENING]
        cut = opening.rpartition(" ")[0] if len(item.body) > OPENING else opening
        return escape(for_xml(f"{cut}…" if cut != item.body else cut))

    def item_link(self, item: Article) -> str:
        return item.get_absolute_url()

    def item_updateddate(self, item: Article) -> datetime.datetime:
        return item.added

    def item_author_name(self, item: Article) -> str | None:
        return for_xml("، ".join(item.author_names)) or None

    def item_extra_kwargs(self, item: Article) -> dict[str, str]:
        return {"issued": item.published_iso or ""}

    def item_categories(self, item: Article) -> list[str]:
        return [item.outlet.name] if item.outlet else []


class LatestFeed(ArticleFeed):
    """All that comes in."""

    def title(self) -> str:
        return _("Arshif: latest additions")

    def link(self) -> str:
        return reverse("archive:latest")

    def items(self) -> Iterable[Article]:
        return newest_arrivals(None)


class OutletFeed(ArticleFeed):
    """What comes in of one outlet."""

    def get_object(self, request: HttpRequest, slug: str) -> Outlet:
        return get_object_or_404(Outlet, slug=slug)

    def title(self, obj: Outlet) -> str:
        return _("Arshif: latest additions of %(outlet)s") % {"outlet": obj.label}

    def link(self, obj: Outlet) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Outlet) -> Iterable[Article]:
        return newest_arrivals(OutletChoice(obj))


def newest_arrivals(choice: OutletChoice | None) -> Iterable[Article]:
    """What came last of an outlet, or of all (two queries)."""
    return listed(choice).order_by("-added", "-pk")[:ENTRIES]


def for_xml(text: str) -> str:
    """A text without what no XML file can hold."""
    return text.translate(_CONTROLS)
