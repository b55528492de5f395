"""Runs, source files and outcomes: what came in, and what became of it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.base import ReadOnlyAdmin, bidi
from archive.models import IngestOutcome, IngestRun, SourceFile


@admin.register(IngestRun)
class IngestRunAdmin(ReadOnlyAdmin[IngestRun]):
    list_display = ("__str__", "status", "asked_for", "tally", "finished")
    list_filter = ("status", "started")
    date_hierarchy = "started"
    search_fields = ("paths", "message")
    fields = ("started", "finished", "status", "asked_for", "options", "tally", "message", "outcomes_link")
    readonly_fields = ("asked_for", "tally", "outcomes_link")

    @admin.display(description=_("paths asked for"))
    def asked_for(self, run: IngestRun) -> SafeString:
        return format_html_join(" ", '<bdi dir="ltr">{}</bdi>', ((path,) for path in run.paths))

    @admin.display(description=_("counts"))
    def tally(self, run: IngestRun) -> SafeString:
        return format_html_join(
            " · ", "<bdi>{} {}</bdi>", ((f"{n:,}", name) for name, n in run.counts.items() if n)
        )

    @admin.display(description=_("outcomes of files"))
    def outcomes_link(self, run: IngestRun) -> SafeString:
        address = reverse("admin:archive_ingestoutcome_changelist")
        return format_html('<a href="{}?run__id__exact={}">{}</a>', address, run.pk, _("outcomes of files"))


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin[SourceFile]):
    list_display = ("file", "format", "encoding", "encoding_rule", "size", "first_run")
    list_filter = ("format", "encoding")
    list_select_related = ("first_run",)
    search_fields = ("name", "sha256")
    show_full_result_count = False
    fields = ("name", "sha256", "size", "format", "encoding", "encoding_rule", "first_run", "articles_link")
    readonly_fields = ("articles_link",)

    @admin.display(description=_("name"), ordering="name")
    def file(self, source: SourceFile) -> SafeString:
        return bidi(source.name)

    @admin.display(description=_("articles"))
    def articles_link(self, source: SourceFile) -> SafeString:
        address = reverse("admin:archive_article_changelist")
        return format_html(
            '<a href="{}?source__id__exact={}">{}</a>', address, source.pk, f"{source.articles.count():,}"
        )


@admin.register(IngestOutcome)
class IngestOutcomeAdmin(ReadOnlyAdmin[IngestOutcome]):
    list_display = ("file", "record", "outcome", "reason", "articles", "run")
    list_filter = ("outcome", "run")
    list_select_related = ("run",)
    search_fields = ("name", "reason", "sha256")
    show_full_result_count = False

    @admin.display(description=_("file"), ordering="name")
    def file(self, outcome: IngestOutcome) -> SafeString:
        return bidi(outcome.name)
