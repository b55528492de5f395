"""Pairs of articles of like text: a curator says whether they are one article or two."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.base import bidi, curator_of, moment
from archive.admin.filters import PairStatusFilter
from archive.admin.paging import LongListAdmin
from archive.display.directions import direction_of_line
from archive.models import Article, ArticlePair
from archive.services.duplicates import decide_pairs


@admin.register(ArticlePair)
class ArticlePairAdmin(LongListAdmin[ArticlePair]):
    list_display = ("shown_likeness", "first_article", "second_article", "status", "curator")
    list_display_links = ("shown_likeness",)
    list_filter = (PairStatusFilter, ("curator", admin.EmptyFieldListFilter))
    list_select_related = ("first__outlet", "second__outlet", "curator")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("first__uid", "second__uid", "first__title", "second__title")
    fields = ("shown_likeness", "status", "curator", "when", "side_by_side")
    readonly_fields = ("shown_likeness", "curator", "when", "side_by_side")
    radio_fields = {"status": admin.VERTICAL}
    actions = ("call_same", "call_different", "suggest_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticlePair]:
        pairs = super().get_queryset(request)
        return pairs.defer("first__segments", "second__segments")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("likeness"), ordering="likeness")
    def shown_likeness(self, pair: ArticlePair) -> str:
        return f"{int(100 * pair.likeness)}%"

    @admin.display(description=_("article"))
    def first_article(self, pair: ArticlePair) -> SafeString:
        return _headline(pair.first)

    @admin.display(description=_("the other article"))
    def second_article(self, pair: ArticlePair) -> SafeString:
        return _headline(pair.second)

    @admin.display(description=_("when"))
    def when(self, pair: ArticlePair) -> SafeString | str:
        return moment(pair.decided) or "—"

    @admin.display(description=_("side by side"))
    def side_by_side(self, pair: ArticlePair) -> SafeString:
        heads = format_html_join("", "<th>{}</th>", ((_headline(a),) for a in (pair.first, pair.second)))
        texts = format_html_join("", "<td>{}</td>", ((_text(a),) for a in (pair.first, pair.second)))
        return format_html("<table><tr>{}</tr><tr>{}</tr></table>", heads, texts)

    def save_model(self, request: HttpRequest, obj: ArticlePair, form: Any, change: bool) -> None:
        held = ArticlePair.objects.filter(pk=obj.pk)
        decide_pairs(pairs=held, status=form.cleaned_data["status"], curator=curator_of(request))

    @admin.action(description=_("The same article: show it once"), permissions=["change"])
    def call_same(self, request: HttpRequest, pairs: QuerySet[ArticlePair]) -> None:
        self._decide(request, pairs, ArticlePair.Status.SAME)

    @admin.action(
        description=_("Two articles: show both, and do not suggest them again"), permissions=["change"]
    )
    def call_different(self, request: HttpRequest, pairs: QuerySet[ArticlePair]) -> None:
        self._decide(request, pairs, ArticlePair.Status.DIFFERENT)

    @admin.action(description=_("Take the decision back: a suggestion again"), permissions=["change"])
    def suggest_again(self, request: HttpRequest, pairs: QuerySet[ArticlePair]) -> None:
        self._decide(request, pairs, ArticlePair.Status.SUGGESTED)

    def _decide(self, request: HttpRequest, pairs: QuerySet[ArticlePair], status: ArticlePair.Status) -> None:
        count = decide_pairs(pairs=pairs, status=status, curator=curator_of(request))
        text = ngettext("%(count)d pair changed.", "%(count)d pairs changed.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)


def _headline(article: Article) -> SafeString:
    """An article's title, leading to its page, with outlet and date."""
    address = reverse("archive:article", args=[article.uid])
    outlet = article.outlet.label if article.outlet else "—"
    return format_html(
        '<a href="{}">{}</a><br>{} · <bdi dir="ltr">{}</bdi>',
        address,
        bidi(article.display_title),
        bidi(outlet),
        (article.published_iso or "—").replace("T", " "),
    )


def _text(article: Article) -> SafeString:
    return format_html_join(
        "",
        '<p dir="{}">{}</p>',
        ((direction_of_line(line), line) for line in article.body.splitlines() if line),
    )
