"""Runs, source files and outcomes: what came in, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.admin import taking_in
from archive.admin.base import ReadOnlyAdmin, bidi, moment, named_values
from archive.display.rules import rule_in_words
from archive.models import IngestOutcome, IngestRun, SourceFile

COUNTS = {
    "files": pgettext_lazy("count of a run", "files"),
    "new": pgettext_lazy("count of a run", "new"),
    "unchanged": pgettext_lazy("count of a run", "unchanged"),
    "skipped": pgettext_lazy("count of a run", "skipped"),
    "quarantined": pgettext_lazy("count of a run", "quarantined"),
    "records": pgettext_lazy("count of a run", "records"),
    "articles": pgettext_lazy("count of a run", "articles"),
    "rejected": pgettext_lazy("count of a run", "rejected records"),
}
"""What a run counts, as the pages call it."""


MOST_SET_ASIDE = 50


def try_again(outcome: IngestOutcome) -> SafeString | str:
    """The way to read a quarantined file again, where its bytes are kept."""
    if not outcome.kept:
        return ""
    address = reverse("admin:archive_ingestoutcome_retry", args=[outcome.pk])
    return format_html('<a href="{}">{}</a>', address, _("read again"))


def _named(outcome: IngestOutcome) -> SafeString:
    place = outcome.name if outcome.record is None else f"{outcome.name}:{outcome.record}"
    return format_html('<bdi dir="ltr">{}</bdi>', place)


def run_link(run: IngestRun) -> SafeString:
    """The number and the start of a run, leading to it."""
    address = reverse("admin:archive_ingestrun_change", args=[run.pk])
    return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', address, run)


@admin.register(IngestRun)
class IngestRunAdmin(ReadOnlyAdmin[IngestRun]):
    list_display = ("number", "began", "status", "asked_for", "tally", "ended")
    list_filter = ("status",)
    date_hierarchy = "started"
    search_fields = ("paths", "message")
    fields = (
        "began",
        "ended",
        "status",
        "asked_for",
        "settings",
        "tally",
        "message",
        "set_aside",
        "outcomes_link",
    )
    readonly_fields = ("began", "ended", "asked_for", "settings", "tally", "set_aside", "outcomes_link")

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("upload/", taking_in.upload, name="archive_ingestrun_upload"),
            path("<int:pk>/undo/", taking_in.undo, name="archive_ingestrun_undo"),
        ]
        return [*ours, *super().get_urls()]

    @admin.display(description=_("run"), ordering="pk")
    def number(self, run: IngestRun) -> str:
        return str(run.pk)

    @admin.display(description=_("started"), ordering="started")
    def began(self, run: IngestRun) -> SafeString | None:
        return moment(run.started)

    @admin.display(description=_("finished"), ordering="finished")
    def ended(self, run: IngestRun) -> SafeString | None:
        return moment(run.finished)

    @admin.display(description=_("options"))
    def settings(self, run: IngestRun) -> SafeString:
        return named_values((name, value) for name, value in run.options.items() if value)

    @admin.display(description=_("paths asked for"))
    def asked_for(self, run: IngestRun) -> SafeString:
        return format_html_join(" ", '<bdi dir="ltr">{}</bdi>', ((path,) for path in run.paths))

    @admin.display(description=_("counts"))
    def tally(self, run: IngestRun) -> SafeString:
        return named_values((COUNTS.get(name, name), f"{n:,}") for name, n in run.counts.items() if n)

    @admin.display(description=_("set aside"))
    def set_aside(self, run: IngestRun) -> SafeString | str:
        """The first of a run that could not be read, with the reason and what can be done."""
        aside = run.outcomes.filter(outcome=IngestOutcome.Outcome.QUARANTINED)[:MOST_SET_ASIDE]
        rows = ((_named(outcome), bidi(outcome.reason), try_again(outcome)) for outcome in aside)
        return format_html_join("", "<p>{}: {} {}</p>", rows) or "—"

    @admin.display(description=_("outcomes of files"))
    def outcomes_link(self, run: IngestRun) -> SafeString:
        address = reverse("admin:archive_ingestoutcome_changelist")
        return format_html('<a href="{}?run__id__exact={}">{}</a>', address, run.pk, _("outcomes of files"))


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin[SourceFile]):
    list_display = ("file", "format", "encoding", "rule", "size", "run")
    list_filter = ("format", "encoding")
    list_select_related = ("first_run",)
    search_fields = ("name", "sha256")
    show_full_result_count = False
    fields = ("file", "sha256", "size", "format", "encoding", "rule", "run", "articles_link")
    readonly_fields = ("file", "rule", "run", "articles_link")

    @admin.display(description=_("how the encoding was found"), ordering="encoding_rule")
    def rule(self, source: SourceFile) -> str:
        return rule_in_words(source.encoding_rule)

    @admin.display(description=_("first read by"), ordering="first_run")
    def run(self, source: SourceFile) -> SafeString:
        return run_link(source.first_run)

    @admin.display(description=_("name"), ordering="name")
    def file(self, source: SourceFile) -> SafeString:
        return bidi(source.name)

    @admin.display(description=_("articles"))
    def articles_link(self, source: SourceFile) -> SafeString:
        address = reverse("admin:archive_article_changelist")
        return format_html(
            '<a href="{}?source__id__exact={}">{}</a>', address, source.pk, f"{source.articles.count():,}"
        )


class WaitingFilter(admin.SimpleListFilter):
    """Files that could not be read and that wait for somebody to say how."""

    title = _("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("set aside, bytes kept, not read since"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[IngestOutcome]) -> QuerySet[IngestOutcome]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=taking_in.waiting_outcomes().values("pk"))


@admin.register(IngestOutcome)
class IngestOutcomeAdmin(ReadOnlyAdmin[IngestOutcome]):
    list_display = ("file", "record", "outcome", "reason", "articles", "of_run", "again")
    list_filter = ("outcome", WaitingFilter)
    list_select_related = ("run",)
    search_fields = ("name", "reason", "sha256")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("<int:pk>/retry/", taking_in.retry, name="archive_ingestoutcome_retry"),
            path("<int:pk>/bytes/", taking_in.kept_bytes, name="archive_ingestoutcome_bytes"),
        ]
        return [*ours, *super().get_urls()]

    @admin.display(description=_("file"), ordering="name")
    def file(self, outcome: IngestOutcome) -> SafeString:
        return bidi(outcome.name)

    @admin.display(description=_("run"), ordering="run")
    def of_run(self, outcome: IngestOutcome) -> SafeString:
        return run_link(outcome.run)

    @admin.display(description="")
    def again(self, outcome: IngestOutcome) -> SafeString | str:
        return try_again(outcome)
