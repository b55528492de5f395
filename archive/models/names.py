"""Who printed, who supplied, who wrote: names with their aliases, and names that wait for a curator."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from archive.addresses import address_of


class NamedThing(models.Model):
    """A name in Arabic, in Latin letters where known, and the other ways it is written."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    aliases = models.JSONField(_("aliases"), default=list, blank=True)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language: Latin letters in English where they are known."""
        return self.name_latin if get_language() == "en" and self.name_latin else self.name


class Outlet(NamedThing):
    """A newspaper, site or broadcaster that printed articles."""

    class Meta(NamedThing.Meta):
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")

    def get_absolute_url(self) -> str:
        return address_of("archive:outlet", self.slug)


class Agency(NamedThing):
    """A news agency whose text an outlet carried."""

    class Meta(NamedThing.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")


class Author(models.Model):
    """A byline, as printed."""

    name = models.CharField(_("name"), max_length=300, unique=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=300, blank=True)
    aliases = models.JSONField(_("aliases"), default=list, blank=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word by which curators sort articles. No source gives it and no reading changes it."""

    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="tag_has_name", condition=~models.Q(name=""))]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name that was merged with another: its address leads to the other, and readings of it mean the other.

    `key` is what stood in its address, `was` and `now` are the keys of the two rows, of which the first is no
    more; `now` may have been merged with a third since.
    """

    class Kind(models.TextChoices):
        OUTLET = "outlet", _("outlet")
        AGENCY = "agency", _("agency")
        AUTHOR = "author", _("author")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(_("slug or name"), max_length=300)
    was = models.BigIntegerField()
    now = models.BigIntegerField()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="former_name_once")]

    def __str__(self) -> str:
        return self.key


class NameSuggestion(models.Model):
    """A name that a source gives and the archive does not know: a curator says whose it is."""

    class Kind(models.TextChoices):
        OUTLET = "outlet", _("outlet")
        AGENCY = "agency", _("agency")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    first_run = models.ForeignKey(
        "archive.IngestRun",
        verbose_name=_("first read by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("suggested name")
        verbose_name_plural = _("suggested names")
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="suggestion_once")]

    def __str__(self) -> str:
        return self.name
