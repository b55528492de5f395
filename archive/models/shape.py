"""What a curator decides of an article as a whole: its stretch of the source, and that it is withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from archive.models.articles import Article


class HandCut(models.Model):
    """An article whose stretch of the source a curator cut: no reading again cuts it otherwise.

    `joined_to`: it is a part of that article now, its address leads there, and it is withdrawn itself.
    """

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="hand_cut",
    )
    joined_to = models.ForeignKey(
        Article,
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joined",
    )

    class Meta:
        verbose_name = _("article cut by hand")
        verbose_name_plural = _("articles cut by hand")
        constraints = [
            models.CheckConstraint(name="hand_cut_not_joined_to_itself", condition=~Q(joined_to=F("article")))
        ]

    def __str__(self) -> str:
        return str(self.article_id)


class Withdrawal(models.Model):
    """That a curator withdrew an article, since when, and why: this its address says, and nothing else."""

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="withdrawal",
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"))
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("curator"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        permissions = [("read_withdrawn", "Can read the original of a withdrawn article")]
        indexes = [models.Index(fields=["at"], name="withdrawal_by_day")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.at:%Y-%m-%d}"
