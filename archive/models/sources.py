"""What came in: runs of `ingest`, the files they read, and what became of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IngestRun(models.Model):
    """One call of `manage.py ingest`: when, what was asked, and counts that add up."""

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        STOPPED = "stopped", _("stopped before its end")
        FAILED = "failed", _("failed")
        UNDONE = "undone", _("undone")

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RUNNING)
    paths = models.JSONField(_("paths asked for"), default=list)
    options = models.JSONField(_("options"), default=dict, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    message = models.TextField(_("message"), blank=True)

    class Meta:
        verbose_name = _("ingest run")
        verbose_name_plural = _("ingest runs")
        ordering = ["-started", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="run_running_has_no_end",
                condition=~models.Q(status="running") | models.Q(finished__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.started:%Y-%m-%d %H:%M}"


class SourceFile(models.Model):
    """One file as it came. Its bytes are kept verbatim under `var/originals/`, named by their SHA-256."""

    class Format(models.TextChoices):
        TEXT = "text", _("plain text")
        TREC = "trec", _("tagged text (TREC)")
        JSON = "json", "JSON"
        JSONL = "jsonl", "JSON Lines"
        CSV = "csv", "CSV"
        HTML = "html", "HTML"
        WARC = "warc", "WARC"

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=1000, help_text=_("the path it was first read from"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    format = models.CharField(_("format"), max_length=10, choices=Format)
    encoding = models.CharField(_("encoding"), max_length=30)
    encoding_rule = models.CharField(
        _("how the encoding was found"),
        max_length=60,
        help_text=_("byte-order mark, valid UTF-8, letter frequencies …"),
    )
    first_run = models.ForeignKey(
        IngestRun, verbose_name=_("first read by"), on_delete=models.PROTECT, related_name="sources"
    )
    reread = models.DateTimeField(_("last read again"), null=True, blank=True)
    reread_articles = models.PositiveIntegerField(
        _("articles held since it was read again"), null=True, blank=True
    )
    undone = models.DateTimeField(
        _("undone"), null=True, blank=True, help_text=_("when the runs that brought it were taken back")
    )

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="source_name")]

    def __str__(self) -> str:
        return self.name


class IngestOutcome(models.Model):
    """What became of one file, or of one record of a file that holds many, in one run."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        UNCHANGED = "unchanged", _("unchanged")
        SKIPPED = "skipped", _("skipped")
        QUARANTINED = "quarantined", _("quarantined")

    run = models.ForeignKey(
        IngestRun, verbose_name=_("run"), on_delete=models.CASCADE, related_name="outcomes"
    )
    name = models.CharField(_("file"), max_length=1000)
    record = models.PositiveIntegerField(
        _("record"),
        null=True,
        blank=True,
        help_text=_("its line or number in the file; empty for the file as a whole"),
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    kept = models.BooleanField(
        _("bytes kept"),
        default=False,
        help_text=_("of a file that could not be read: they stand among the originals under their SHA-256"),
    )
    source = models.ForeignKey(
        SourceFile,
        verbose_name=_("source file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcomes",
    )
    articles = models.PositiveIntegerField(_("articles"), default=0)

    class Meta:
        verbose_name = _("outcome of a file")
        verbose_name_plural = _("outcomes of files")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run", "outcome"], name="outcome_by_run"),
            models.Index(fields=["sha256"], condition=models.Q(kept=True), name="outcome_kept"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outcome_bad_has_reason",
                condition=~models.Q(outcome__in=["quarantined", "skipped"]) | ~models.Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        place = self.name if self.record is None else f"{self.name}:{self.record}"
        return f"{place}: {self.outcome}"
