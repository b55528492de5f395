"""The article, the evidence for what is said of it, and the note that its index entry is out of date."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.addresses import address_of
from archive.iso_dates import iso_date
from archive.models.names import Agency, Author, Outlet, Tag
from archive.models.sources import SourceFile

DERIVED_TITLE_WORDS = 12


class ArticleQuerySet(models.QuerySet["Article"]):
    def shown(self) -> ArticleQuerySet:
        """Those that readers find: all but the withdrawn and what is shown through the same article."""
        return self.filter(same_as__isnull=True).exclude(status=Article.Status.WITHDRAWN)

    def hidden(self) -> ArticleQuerySet:
        """All others."""
        return self.filter(Q(status=Article.Status.WITHDRAWN) | Q(same_as__isnull=False))


class Article(models.Model):
    """One article: what its source says, and where in the source it says so."""

    class Status(models.TextChoices):
        IN_REVIEW = "in_review", _("not yet read by a curator")
        PUBLISHED = "published", _("read by a curator")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class TitleOrigin(models.TextChoices):
        PRINTED = "printed", _("printed")
        DERIVED = "derived", _("derived from the opening words")
        CURATED = "curated", _("given by a curator")

    class Precision(models.TextChoices):
        TIME = "time", _("to the minute")
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")
        YEAR = "year", _("to the year")
        UNKNOWN = "unknown", _("unknown")

    class Calendar(models.TextChoices):
        GREGORIAN = "gregorian", _("Gregorian")
        HIJRI = "hijri", _("Hijri")

    uid = models.CharField("UID", max_length=16, unique=True, editable=False)
    external_id = models.CharField(_("identifier in the source"), max_length=300, blank=True, db_index=True)
    title = models.TextField(_("title"), blank=True)
    title_origin = models.CharField(
        _("where the title is from"), max_length=10, choices=TitleOrigin, default=TitleOrigin.PRINTED
    )
    subtitle = models.TextField(_("subtitle"), blank=True)
    body = models.TextField(
        _("body"), blank=True, help_text=_("empty where the source prints a headline without its text")
    )
    outlet = models.ForeignKey(
        Outlet,
        verbose_name=_("outlet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    agencies = models.ManyToManyField(Agency, verbose_name=_("agencies"), blank=True, related_name="articles")
    authors = models.ManyToManyField(Author, verbose_name=_("authors"), blank=True, related_name="articles")
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="articles")
    place = models.CharField(_("place"), max_length=200, blank=True)
    section = models.CharField(_("section"), max_length=200, blank=True)
    url = models.TextField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)

    published = models.DateField(
        _("published"),
        null=True,
        blank=True,
        help_text=_("the first day of the month or year where no day is known"),
    )
    published_time = models.TimeField(_("time"), null=True, blank=True)
    published_precision = models.CharField(
        _("date known"), max_length=8, choices=Precision, default=Precision.UNKNOWN
    )
    published_raw = models.CharField(_("date as printed"), max_length=300, blank=True)
    published_calendar = models.CharField(
        _("calendar of the printed date"), max_length=10, choices=Calendar, blank=True
    )

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.IN_REVIEW)

    source = models.ForeignKey(
        SourceFile,
        verbose_name=_("source file"),
        on_delete=models.PROTECT,
        related_name="articles",
        editable=False,
    )
    ordinal = models.PositiveIntegerField(_("number in the source"), editable=False)
    source_start = models.PositiveBigIntegerField(_("starts at character"), editable=False)
    source_end = models.PositiveBigIntegerField(_("ends at character"), editable=False)
    byte_start = models.PositiveBigIntegerField(_("starts at byte"), editable=False)
    byte_end = models.PositiveBigIntegerField(_("ends at byte"), editable=False)
    segments = models.JSONField(
        _("what each part of the source text is"),
        default=list,
        editable=False,
        help_text=_("[start, end, kind] triples, in characters from where the article starts"),
    )
    text_key = models.BigIntegerField(
        _("key of the text"),
        null=True,
        editable=False,
        help_text=_("the same for the same words in the same order; 0 for a text too short to tell"),
    )
    same_as = models.ForeignKey(
        "self",
        verbose_name=_("shown through"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="same_articles",
        editable=False,
        # nearly all are null, which an index of all would make a planner take for a rarity
        db_index=False,
        help_text=_("the same article, which is the one that lists, search and exports show"),
    )
    added = models.DateTimeField(_("added"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published", "pk"]
        indexes = [
            models.Index(fields=["published", "outlet"], name="article_by_day"),
            models.Index(fields=["added"], name="article_by_arrival"),
            # covering: counts by outlet and day never touch the rows, whose bodies are long
            models.Index(
                fields=["outlet", "published", "published_precision", "status", "same_as"],
                name="article_holdings",
            ),
            models.Index(fields=["status", "published"], name="article_by_status"),
            models.Index(fields=["text_key"], name="article_by_text"),
            # what few articles have is found in the order of the desk's list without reading all rows
            models.Index(fields=["title_origin", "published"], name="article_by_title_origin"),
            models.Index(fields=["published_precision", "published"], name="article_by_precision"),
            # covering too: sections and places are counted, and the articles of each found, from these alone
            models.Index(
                fields=["section", "status", "same_as", "published", "published_precision", "outlet"],
                name="article_by_section",
            ),
            models.Index(
                fields=["place", "status", "same_as", "published", "published_precision", "outlet"],
                name="article_by_place",
            ),
            models.Index(
                fields=["same_as", "published", "published_precision", "status"],
                condition=Q(same_as__isnull=False),
                name="article_shown_elsewhere",
            ),
            # few print no headline; found without reading the rows of the others
            models.Index(fields=["status", "same_as"], condition=Q(title=""), name="article_untitled"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "ordinal"], name="article_place_once"),
            models.CheckConstraint(name="article_has_words", condition=~Q(body="") | ~Q(title="")),
            models.CheckConstraint(
                name="article_span_forward", condition=Q(source_end__gte=models.F("source_start"))
            ),
            models.CheckConstraint(
                name="article_date_and_precision_agree",
                condition=Q(published__isnull=True, published_precision="unknown")
                | (Q(published__isnull=False) & ~Q(published_precision="unknown")),
            ),
            models.CheckConstraint(
                name="article_time_and_precision_agree",
                condition=Q(published_time__isnull=False, published_precision="time")
                | (Q(published_time__isnull=True) & ~Q(published_precision="time")),
            ),
            models.CheckConstraint(name="article_not_same_as_itself", condition=~Q(same_as=models.F("pk"))),
            models.CheckConstraint(
                name="article_derived_title_is_empty", condition=~Q(title_origin="derived") | Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return self.display_title

    def get_absolute_url(self) -> str:
        return address_of("archive:article", self.uid)

    @cached_property
    def display_title(self) -> str:
        """The title, or the opening words of the body where the source prints none (shown as derived)."""
        if self.title:
            return self.title
        words = self.body[:600].split()
        opening = " ".join(words[:DERIVED_TITLE_WORDS])
        return f"{opening}…" if len(words) > DERIVED_TITLE_WORDS else opening

    @cached_property
    def author_names(self) -> tuple[str, ...]:
        """Who wrote it; a list of many articles reads them all at once and sets them."""
        return tuple(author.name for author in self.authors.all())

    @cached_property
    def agency_slugs(self) -> tuple[str, ...]:
        """The agencies that it names; a reader of many articles reads them all at once and sets them."""
        return tuple(agency.slug for agency in self.agencies.all())

    @property
    def published_iso(self) -> str | None:
        """The date in ISO 8601 to its precision (2015, 2015-11, 2015-11-21T21:59 …); None when unknown."""
        return iso_date(self.published, self.published_time, self.published_precision)


class Evidence(models.Model):
    """Why a field of an article says what it says: the rule, how sure it is, and where the source says so.

    HINT is no field: it is what an undated text allows its date to be (`archive.hints`), for a curator to
    weigh.
    """

    class Field(models.TextChoices):
        TITLE = "title", _("title")
        SUBTITLE = "subtitle", _("subtitle")
        OUTLET = "outlet", _("outlet")
        AGENCY = "agency", _("agency")
        AUTHOR = "author", _("author")
        PLACE = "place", _("place")
        SECTION = "section", _("section")
        URL = "url", _("address")
        LANGUAGE = "language", _("language")
        PUBLISHED = "published", _("date")
        BODY = "body", _("body")
        STATUS = "status", _("status")
        HINT = "hint", _("hint of the date")

    class Confidence(models.IntegerChoices):
        LOW = 1, _("doubtful")
        MEDIUM = 2, _("likely")
        HIGH = 3, _("sure")

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="evidence"
    )
    field = models.CharField(_("field"), max_length=10, choices=Field)
    value = models.TextField(_("value"), blank=True)
    rule = models.CharField(_("rule"), max_length=60)
    confidence = models.PositiveSmallIntegerField(_("confidence"), choices=Confidence)
    start = models.PositiveBigIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveBigIntegerField(_("to character"), null=True, blank=True)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("curator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("who set the field by hand; such a field is locked"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["article", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_span_whole",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, end__gte=models.F("start")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.value[:60]}"


class ArticleChange(models.Model):
    """An article's index entry is out of date: written with the change, removed by the indexer."""

    article_uid = models.CharField("UID", max_length=16)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("pending index change")
        verbose_name_plural = _("pending index changes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["article_uid"], name="change_by_article")]

    def __str__(self) -> str:
        return self.article_uid
