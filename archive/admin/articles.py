"""Articles: what the machine read, why, and what a curator makes of it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin import history
from archive.admin.base import ReadOnlyAdmin, bidi, curator_of, moment, typed_date
from archive.admin.filters import OutletFilter, YearFilter
from archive.admin.many import change_many, of_the_list
from archive.admin.paging import LongListAdmin
from archive.admin.spreadsheets import sheet_response
from archive.admin.versions import both_versions, take_chosen
from archive.dates import InvalidDate
from archive.desk.fields import date_as_typed
from archive.desk.typed import put_date
from archive.desk.typed_dates import TypedDate, read_typed_date
from archive.display.evidence import value_in_words
from archive.display.hints import joined_hint, written_hint
from archive.display.rules import rule_in_words
from archive.hints import hint_from_kept
from archive.ingest.reading.types import DateHint
from archive.models import Article, ArticleChange, Evidence
from archive.services.articles import ChangedMeanwhile, Names, curate_article, set_status


class ArticleForm(forms.ModelForm[Article]):
    """The date is one line, as exact as it is known: day and precision cannot contradict each other."""

    date = forms.CharField(
        label=_("published"),
        required=False,
        widget=typed_date(size=40),
        help_text=_(
            "As printed, in either calendar, or as 2015, 2015-11, 2015-11-21; empty where it is not known."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = (
            "status",
            "title",
            "subtitle",
            "body",
            "published_raw",
            "published_calendar",
            "outlet",
            "agencies",
            "authors",
            "place",
            "section",
            "url",
            "language",
            "external_id",
        )
        labels = {"outlet": _("Outlet"), "section": _("Section")}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "cols": 90, "dir": "auto"}),
            "subtitle": forms.Textarea(attrs={"rows": 2, "cols": 90, "dir": "auto"}),
            "body": forms.Textarea(attrs={"rows": 24, "cols": 90, "dir": "auto"}),
            "url": forms.TextInput(attrs={"size": 90, "dir": "ltr"}),
        }

    class Media:
        js = ("js/typed-date.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"].initial = date_as_typed(self.instance)
        self.fields["seen"].initial = self.instance.changed.isoformat()

    def clean_date(self) -> TypedDate | None:
        try:
            return read_typed_date(self.cleaned_data["date"])
        except InvalidDate as error:
            raise ValidationError(str(error)) from error

    def clean_seen(self) -> datetime.datetime | None:
        try:
            return datetime.datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "date" in self.changed_data and "date" in cleaned:
            put_date(self.instance, cleaned["date"])
            if cleaned["date"] and cleaned["date"].raw and "published_raw" not in self.changed_data:
                cleaned["published_raw"] = self.instance.published_raw
                cleaned["published_calendar"] = self.instance.published_calendar
        given = bool(cleaned.get("title"))
        if "title" in self.changed_data:
            self.instance.title_origin = Article.TitleOrigin.CURATED if given else Article.TitleOrigin.DERIVED
        return cleaned

    @property
    def changed_fields(self) -> list[str]:
        renamed = {"date": "published"}
        apart = {"seen", "agencies", "authors"}
        return [renamed.get(name, name) for name in self.changed_data if name not in apart]

    @property
    def changed_names(self) -> Names:
        """The names that were changed, as the service takes them."""
        asked = self.cleaned_data
        return Names(
            agencies=list(asked["agencies"]) if "agencies" in self.changed_data else None,
            authors=list(asked["authors"]) if "authors" in self.changed_data else None,
        )


class EvidenceInline(admin.TabularInline[Evidence, Article]):
    model = Evidence
    extra = 0
    can_delete = False
    fields = readonly_fields = (
        "field",
        "shown_value",
        "why",
        "confidence",
        "start",
        "end",
        "curator",
        "when",
    )

    @admin.display(description=_("value"))
    def shown_value(self, evidence: Evidence) -> SafeString:
        is_hint = evidence.field == Evidence.Field.HINT
        return bidi(value_in_words(evidence) if is_hint else evidence.value)

    @admin.display(description=_("rule"))
    def why(self, evidence: Evidence) -> str:
        return rule_in_words(evidence.rule)

    @admin.display(description=_("when"))
    def when(self, evidence: Evidence) -> SafeString | None:
        return moment(evidence.at)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(LongListAdmin[Article]):
    form = ArticleForm
    inlines = (EvidenceInline,)
    list_display = ("headline", "outlet_name", "date_known", "section_name", "title_origin", "status")
    list_filter = (
        "status",
        OutletFilter,
        YearFilter,
        "title_origin",
        "published_precision",
        ("same_as", admin.EmptyFieldListFilter),
    )
    list_select_related = ("outlet",)
    list_per_page = 50
    # another order would read every article; filters find without that
    sortable_by = ("date_known",)
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("title", "uid", "external_id", "source__name")
    search_help_text = _(
        "Title, UID, identifier or file name. To search the text, use the archive's own search."
    )
    autocomplete_fields = ("outlet", "agencies", "authors")
    readonly_fields = (
        "uid",
        "title_origin",
        "on_the_site",
        "shown_through",
        "source_link",
        "came_in",
        "last_changed",
        "text_allows",
    )
    actions = ("change_many", "mark_read", "put_in_review", "withdraw", "sheet_xlsx", "sheet_csv")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "on_the_site",
                    "shown_through",
                    "seen",
                    "status",
                    "title",
                    "title_origin",
                    "subtitle",
                    "body",
                )
            },
        ),
        (_("Date"), {"fields": ("date", "text_allows", "published_raw", "published_calendar")}),
        (
            _("Who and where"),
            {"fields": ("outlet", "agencies", "authors", "place", "section", "url", "language")},
        ),
        (_("Source"), {"fields": ("uid", "external_id", "source_link", "came_in", "last_changed")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).defer("segments")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("title"))
    def headline(self, article: Article) -> SafeString:
        return bidi(article.title or f"[{article.display_title}]")

    @admin.display(description=_("published"), ordering="published")
    def date_known(self, article: Article) -> SafeString | None:
        date = article.published_iso
        return format_html('<bdi dir="ltr">{}</bdi>', date.replace("T", " ")) if date else None

    @admin.display(description=_("Outlet"))
    def outlet_name(self, article: Article) -> SafeString | None:
        return bidi(article.outlet.label) if article.outlet else None

    @admin.display(description=_("Section"))
    def section_name(self, article: Article) -> SafeString | None:
        return bidi(article.section) if article.section else None

    @admin.display(description=_("added"))
    def came_in(self, article: Article) -> SafeString | None:
        return moment(article.added)

    @admin.display(description=_("changed"))
    def last_changed(self, article: Article) -> SafeString | None:
        return moment(article.changed)

    @admin.display(description=_("on the site"))
    def on_the_site(self, article: Article) -> SafeString:
        return format_html(
            '<a href="{}"><bdi dir="ltr">{}</bdi></a>', article.get_absolute_url(), article.uid
        )

    @admin.display(description=_("the text allows"))
    def text_allows(self, article: Article) -> SafeString | None:
        kept = article.evidence.filter(field=Evidence.Field.HINT).values_list("value", flat=True)
        hint = joined_hint(map(hint_from_kept, kept))
        return bidi(written_hint(hint)) if hint != DateHint() else None

    @admin.display(description=_("shown through"))
    def shown_through(self, article: Article) -> SafeString | str:
        shown = article.same_as
        if shown is None:
            return "-"
        return format_html('<a href="{}">{}</a>', shown.get_absolute_url(), bidi(shown.display_title))

    @admin.display(description=_("source file"))
    def source_link(self, article: Article) -> SafeString:
        address = reverse("archive:source", args=[article.uid])
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', address, article.source.name)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Nothing yet: `save_related` hands the whole change to the service, names included."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)
        curate_article(
            article=form.instance,
            fields=form.changed_fields,
            curator=curator_of(request),
            names=form.changed_names,
            seen=form.cleaned_data.get("seen"),
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; where another curator changed the article meanwhile, both versions to choose from."""
        take_chosen(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ChangedMeanwhile as conflict:
            return both_versions(request, str(object_id), conflict)

    @admin.action(description=_("Mark as read by a curator"), permissions=["change"])
    def mark_read(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._set_status(request, articles, Article.Status.PUBLISHED)

    @admin.action(description=_("Put back in review"), permissions=["change"])
    def put_in_review(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._set_status(request, articles, Article.Status.IN_REVIEW)

    @admin.action(description=_("Withdraw from readers"), permissions=["change"])
    def withdraw(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        """The form of many, which asks for the reason and shows what will change."""
        return change_many(request, of_the_list(request, articles), {"status": Article.Status.WITHDRAWN})

    @admin.action(description=_("Change many: outlet, section, date, status, tags"), permissions=["change"])
    def change_many(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        return change_many(request, of_the_list(request, articles))

    @admin.action(description=_("Export as a spreadsheet (XLSX)"), permissions=["change"])
    def sheet_xlsx(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        return sheet_response(articles, "xlsx")

    @admin.action(description=_("Export as a spreadsheet (CSV)"), permissions=["change"])
    def sheet_csv(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        return sheet_response(articles, "csv")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What curators changed of it, from what to what."""
        del extra_context
        return history.of_article(request, object_id)

    def _set_status(self, request: HttpRequest, articles: QuerySet[Article], status: Article.Status) -> None:
        count = set_status(articles=articles, status=status, curator=curator_of(request))
        text = ngettext("%(count)d article changed.", "%(count)d articles changed.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin[Evidence]):
    list_display = ("of_article", "field", "shown_value", "why", "confidence", "curator", "when")
    list_filter = ("field", "confidence", ("curator", admin.EmptyFieldListFilter))
    list_select_related = ("article", "curator")
    # the last written first: the order of articles would have all rows of both tables read
    ordering = ("-pk",)
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("rule", "=article__uid")
    show_full_result_count = False

    @admin.display(description=_("value"))
    def shown_value(self, evidence: Evidence) -> SafeString:
        return bidi(evidence.value[:120])

    @admin.display(description=_("article"))
    def of_article(self, evidence: Evidence) -> SafeString:
        return bidi(evidence.article.display_title)

    @admin.display(description=_("rule"))
    def why(self, evidence: Evidence) -> str:
        return rule_in_words(evidence.rule)

    @admin.display(description=_("when"))
    def when(self, evidence: Evidence) -> SafeString | None:
        return moment(evidence.at)


@admin.register(ArticleChange)
class ArticleChangeAdmin(ReadOnlyAdmin[ArticleChange]):
    list_display = ("article_uid", "at")
    search_fields = ("article_uid",)
    show_full_result_count = False
