"""Articles that are the same, or nearly: pairs with a verdict, and what finds them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from archive.models.articles import Article


class ArticlePair(models.Model):
    """Two articles of like text, the one that came first before the other, and what is known of the two.

    Articles joined by pairs that are `same` are one group, of which one is shown (`Article.same_as`).
    """

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        SAME = "same", _("the same article")
        DIFFERENT = "different", _("two articles")

    first = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="pairs_as_first"
    )
    second = models.ForeignKey(
        Article, verbose_name=_("the other article"), on_delete=models.CASCADE, related_name="pairs_as_second"
    )
    likeness = models.FloatField(
        _("likeness"), help_text=_("the part of their runs of four words that both share: 0 to 1")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUGGESTED)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("curator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("who decided; empty where title and text are the same, word for word"),
    )
    decided = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta:
        verbose_name = _("pair of like articles")
        verbose_name_plural = _("pairs of like articles")
        ordering = ["-likeness", "pk"]
        indexes = [models.Index(fields=["status", "likeness"], name="pair_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="pair_likeness", condition=Q(likeness__gte=0, likeness__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"


class TextSignature(models.Model):
    """The MinHash of an article's text, by which like texts are found without comparing all with all."""

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="signature",
    )
    stamp = models.CharField(_("made by"), max_length=60)
    bands = models.BinaryField(
        _("bands"), help_text=_("little-endian numbers of 32 bits; none for a short text")
    )

    class Meta:
        verbose_name = _("signature of a text")
        verbose_name_plural = _("signatures of texts")
        indexes = [models.Index(fields=["stamp"], name="signature_by_stamp")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.stamp}"
