"""What curators decide about searching: which spellings are one name. What readers keep: `search.desk`."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arabic import normal_form
from search.desk.models import ArticleList, ListedArticle, SavedSearch

__all__ = ["ArticleList", "ListedArticle", "SavedSearch", "SpellingGroup"]


class SpellingGroup(models.Model):
    """The ways in which one foreign name is written: a search for one of them finds all.

    `shipped_as` is the folded first spelling of a group of the project's own list, "" for a curator's own.
    `edited`: a curator has changed it, so a newer list leaves it as it is.
    """

    class Kind(models.TextChoices):
        PLACE = "place", pgettext_lazy("kind of name", "place")
        PEOPLE = "people", pgettext_lazy("kind of name", "people or language")
        PERSON = "person", pgettext_lazy("kind of name", "person")
        ORGANISATION = "organisation", pgettext_lazy("kind of name", "organisation or company")
        SPORT = "sport", pgettext_lazy("kind of name", "club or sport")
        WORD = "word", pgettext_lazy("kind of name", "loanword")

    spellings = models.TextField(_("spellings"), help_text=_("One to a line, two at least."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PLACE)
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Without this mark the spellings are searched as typed.")
    )
    folded = models.TextField(editable=False)
    shipped_as = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    edited = models.BooleanField(_("changed by a curator"), default=False, editable=False)
    changed = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("spellings of a name")
        verbose_name_plural = _("spellings of names")
        ordering = ["folded"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipped_as"], condition=~models.Q(shipped_as=""), name="one_row_a_shipped_group"
            )
        ]

    def __str__(self) -> str:
        return "، ".join(self.texts)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    @property
    def texts(self) -> list[str]:
        """The spellings, as written."""
        return self.spellings.splitlines()

    def fold(self) -> None:
        """Note the spellings as the curation desk looks for them: whatever hamza they are typed with."""
        self.folded = normal_form(self.spellings)
