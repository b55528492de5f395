"""What is to be set of many articles, as a form asks it."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.admin.base import typed_date
from archive.dates import InvalidDate, KnownDate
from archive.desk.typed_dates import read_typed_date
from archive.models import Article, Outlet
from archive.selectors.choices import outlet_choices
from archive.services.many import KEEP, Changes, Keep

UNKNOWN: Final = "-"
"""Chosen for a field that is to be emptied; no slug and no date is written so."""
BETWEEN_TAGS: Final = re.compile(r"[,،;؛\n]")
AS_IT_IS = pgettext_lazy("of a field of many articles", "as it is in each")
MAX_SECTION: Final = 200
MAX_TAG: Final = 100


class ManyForm(forms.Form):
    """What is left empty stays as it is in each article."""

    outlet = forms.ChoiceField(label=gettext_lazy("Outlet"), required=False)
    section = forms.CharField(label=gettext_lazy("Section"), required=False, max_length=MAX_SECTION)
    no_section = forms.BooleanField(label=gettext_lazy("No section"), required=False)
    date = forms.CharField(
        label=gettext_lazy("Date"),
        required=False,
        widget=typed_date(size=30),
        help_text=gettext_lazy("As printed, in either calendar, or as 2015, 2015-11, 2015-11-21."),
    )
    no_date = forms.BooleanField(label=gettext_lazy("Date unknown"), required=False)
    add_tags = forms.CharField(
        label=gettext_lazy("Add tags"),
        required=False,
        help_text=gettext_lazy("Several, with commas between."),
    )
    remove_tags = forms.CharField(label=gettext_lazy("Take tags away"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), required=False, choices=[("", AS_IT_IS), *Article.Status.choices]
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for withdrawing"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=gettext_lazy("Readers who come to the address of a withdrawn article are told it."),
    )

    class Media:
        js = ("js/typed-date.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(outlet.slug, outlet.label) for outlet in outlet_choices()]
        choices = [("", AS_IT_IS), (UNKNOWN, pgettext_lazy("facet", "outlet unknown")), *names]
        self.fields["outlet"].choices = choices  # type: ignore[attr-defined]

    def clean_date(self) -> KnownDate | None:
        try:
            typed = read_typed_date(self.cleaned_data["date"])
        except InvalidDate as error:
            raise ValidationError(str(error)) from error
        return typed.known if typed else None

    def clean_add_tags(self) -> tuple[str, ...]:
        return _tags(self.cleaned_data["add_tags"])

    def clean_remove_tags(self) -> tuple[str, ...]:
        return _tags(self.cleaned_data["remove_tags"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        withdrawn = cleaned.get("status") == Article.Status.WITHDRAWN
        if withdrawn and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why: readers are told, and so is whoever looks at this later."))
        for field, none in (("section", "no_section"), ("date", "no_date")):
            if cleaned.get(field) and cleaned.get(none):
                self.add_error(field, _("Write one, or say that there is none: not both."))
        if both := set(cleaned.get("add_tags", ())) & set(cleaned.get("remove_tags", ())):
            self.add_error(
                "remove_tags", _("Added and taken away at once: %(tags)s.") % {"tags": "، ".join(both)}
            )
        if not self.errors and self.changes() == Changes():
            raise ValidationError(_("Nothing is set: say what the articles shall have."))
        return cleaned

    def changes(self) -> Changes:
        """What the form asks for, once it is valid."""
        asked = self.cleaned_data
        status = Article.Status(asked["status"]) if asked["status"] else KEEP
        return Changes(
            outlet=_outlet(asked["outlet"]),
            section="" if asked["no_section"] else asked["section"] or KEEP,
            date=None if asked["no_date"] else asked["date"] or KEEP,
            status=status,
            add_tags=asked["add_tags"],
            remove_tags=asked["remove_tags"],
            reason=asked["reason"] if status is Article.Status.WITHDRAWN else "",
        )


def _outlet(chosen: str) -> Outlet | Keep | None:
    if not chosen:
        return KEEP
    return None if chosen == UNKNOWN else Outlet.objects.get(slug=chosen)


def _tags(typed: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(" ".join(tag.split()) for tag in BETWEEN_TAGS.split(typed) if tag.strip()))
    if long := [tag for tag in tags if len(tag) > MAX_TAG]:
        raise ValidationError(
            _("A tag may be at most %(n)d characters long: %(tag)s.") % {"n": MAX_TAG, "tag": long[0]}
        )
    return tags
