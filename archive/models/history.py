"""What curators did, and every state that they left behind.

Ingest writes no history: what came in stands in its source, and can be read again. So each act keeps, of
every row that it changed, the state before and the state after; nothing else is needed to take it back.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from simple_history import register
from simple_history.models import HistoricalRecords

from archive.models.articles import Article, Evidence
from archive.models.likeness import ArticlePair
from archive.models.names import Agency, Author, FormerName, NameSuggestion, Outlet, Tag
from archive.models.shape import HandCut, Withdrawal
from archive.models.sources import SourceFile


class Act(models.Model):
    """One thing that a curator did, to one article or to ten thousand."""

    class Kind(models.TextChoices):
        CORRECT = "correct", _("correction")
        ACCEPT = "accept", _("accepted as read")
        STATUS = "status", _("change of status")
        WITHDRAW = "withdraw", _("withdrawal")
        RESTORE = "restore", _("withdrawal taken back")
        BULK = "bulk", _("change of many articles")
        SPREADSHEET = "spreadsheet", _("change by spreadsheet")
        NAME = "name", _("correction of a name")
        MERGE_NAMES = "merge_names", _("names merged")
        SPLIT = "split", _("article split")
        MERGE_ARTICLES = "merge_articles", _("articles joined")
        PAIRS = "pairs", _("decision on like articles")
        SUGGESTION = "suggestion", _("decision on a suggested name")
        REVERT = "revert", _("return to an earlier value")
        UNDO = "undo", _("taken back")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("curator"), on_delete=models.PROTECT, related_name="acts"
    )
    at = models.DateTimeField(_("when"))
    note = models.TextField(_("note"), blank=True, help_text=_("what was asked, or the reason given"))
    articles = models.PositiveIntegerField(_("articles"), default=0)
    undoes = models.ForeignKey(
        "self",
        verbose_name=_("takes back"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
    )

    class Meta:
        verbose_name = _("act of a curator")
        verbose_name_plural = _("acts of curators")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind"], name="act_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.at:%Y-%m-%d %H:%M}"


class OfAct(models.Model):
    """What each state on record has beside the columns of its row: the act, and on which side of it."""

    act = models.ForeignKey(Act, verbose_name=_("act"), on_delete=models.PROTECT, related_name="+")
    before = models.BooleanField(_("before the act"), default=False)

    class Meta:
        abstract = True


class OfArticle(OfAct):
    """An article's names by their keys. `body` and `segments` are None where the act did not change them."""

    body = models.TextField(_("body"), null=True)
    segments = models.JSONField(null=True)
    agencies = models.JSONField(default=list)
    authors = models.JSONField(default=list)
    tags = models.JSONField(default=list)

    class Meta:
        abstract = True


class RecordedByActs(HistoricalRecords):  # type: ignore[misc]  # the package ships no types
    """History that acts alone write: what else saves a row neither writes nor waits for any."""

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        super().finalize(sender, **kwargs)
        post_save.disconnect(self.post_save, sender=sender)
        pre_delete.disconnect(self.pre_delete, sender=sender)
        post_delete.disconnect(self.post_delete, sender=sender)


def states_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The states of a model's rows that acts put on record, in no order."""
    states: models.QuerySet[Any] = model.history.order_by()  # type: ignore[attr-defined]
    return states


def _record(
    model: type[models.Model],
    *,
    bases: tuple[type[models.Model], ...] = (OfAct,),
    without: tuple[str, ...] = (),
    found_by: str = "id",
) -> None:
    """Have states of a model's rows recorded, to be found by one of its columns and by their act."""
    register(
        model,
        records_class=RecordedByActs,
        bases=bases,
        excluded_fields=list(without),
        history_id_field=models.BigAutoField(),
        history_user_id_field=models.BigIntegerField(null=True),
        no_db_index=[field.name for field in model._meta.concrete_fields if field.name != found_by],
    )


_record(Article, bases=(OfArticle,), without=("body", "segments", "changed"))
_record(Evidence, found_by="article")
_record(HandCut, found_by="article")
_record(Withdrawal, found_by="article")
_record(ArticlePair)
_record(Outlet)
_record(Agency)
_record(Author)
_record(Tag)
_record(FormerName)
_record(NameSuggestion)
_record(
    SourceFile,
    without=tuple(
        field.name
        for field in SourceFile._meta.concrete_fields
        if field.name not in ("id", "reread_articles")
    ),
)
