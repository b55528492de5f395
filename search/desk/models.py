"""What a reader with an account keeps: searches, and lists of articles. Nobody else sees any of it."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models import Article

LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 5_000


class SavedSearch(models.Model):
    """A search to come back to.

    `asked` is the query part of its address, as `search.presentation.links` writes it, without a page.
    `seen` is the number of the last article that it had found when its owner last looked: the database
    numbers articles in the order of arrival, so what has a greater one is new.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    asked = models.TextField()
    seen = models.BigIntegerField(default=0)
    looked = models.DateTimeField(auto_now_add=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_name_once"),
            models.CheckConstraint(name="saved_search_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="saved_search_asks", condition=~Q(asked="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:saved_search", args=[self.pk])


class ArticleList(models.Model):
    """Articles under a name that a reader gave."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="article_lists"
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="article_list_name_once"),
            models.CheckConstraint(name="article_list_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:list", args=[self.pk])


class ListedArticle(models.Model):
    """An article in a list: its place, counted from 1, and what the reader notes about it."""

    list = models.ForeignKey(ArticleList, on_delete=models.CASCADE, related_name="entries")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    note = models.TextField(_("note"), blank=True, max_length=LONGEST_NOTE)
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("article of a list")
        verbose_name_plural = _("articles of a list")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "article"], name="listed_article_once"),
            models.CheckConstraint(name="listed_article_place_from_one", condition=Q(place__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.place}"
