"""What a reader writes on the desk, checked: names, articles for a list, what a saved search asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.desk.guesses import WAIT, too_many
from search.desk.lists import MOST_LISTS
from search.desk.models import LONGEST_NAME, ArticleList, SavedSearch
from search.desk.searches import MOST_SEARCHES, asked_by
from search.desk.uids import MOST_MARKS, uids_in
from search.forms import parse_address


class NameForm(forms.Form):
    """A name that nothing else of this reader and kind has. `most`: how many a reader may have; None where
    one that is there gets another name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)

    def __init__(
        self,
        *args: Any,
        kind: type[SavedSearch | ArticleList],
        owner: User,
        most: int | None = None,
        named: Model | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._others = kind._default_manager.filter(owner=owner)
        if named is not None:
            self._others = self._others.exclude(pk=named.pk)
        self._most = most
        self.fields["name"].widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        check_name(name, self._others)
        if self._most is not None and self._others.count() >= self._most:
            raise ValidationError(_("There is room for %(n)d: delete one first.") % {"n": self._most})
        return name


def check_name(name: str, others: Any) -> None:
    """Raises: ValidationError: one of the others has this name."""
    if others.filter(name=name).exists():
        raise ValidationError(_("You have one of this name already: choose another name."))


class SaveSearchForm(NameForm):
    """A search to keep: its name, and the address that asks it."""

    asked = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, kind=SavedSearch, owner=owner, most=MOST_SEARCHES, **kwargs)

    def clean_asked(self) -> str:
        asked = asked_by(parse_address(QueryDict(self.cleaned_data["asked"])).request)
        if not asked:
            raise ValidationError(_("This search asks for nothing: search for a word, or narrow it, first."))
        return asked


class AddForm(forms.Form):
    """Articles for a list that is there, or for a new one."""

    uids = forms.CharField(widget=forms.HiddenInput, max_length=30_000)
    chosen = forms.ModelChoiceField(
        queryset=ArticleList.objects.none(), required=False, empty_label=None, label=gettext_lazy("List")
    )
    name = forms.CharField(required=False, max_length=LONGEST_NAME, label=gettext_lazy("Name of a new list"))

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists = ArticleList.objects.filter(owner=owner)
        field = self.fields["chosen"]
        field.queryset = self._lists  # type: ignore[attr-defined]
        field.empty_label = _("a new list")  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    def clean_uids(self) -> list[str]:
        uids = uids_in([self.cleaned_data["uids"]])
        if not uids:
            raise ValidationError(_("No article was named."))
        return uids[:MOST_MARKS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("chosen") is None and "chosen" not in self.errors:
            self._clean_new_name(" ".join(cleaned.get("name", "").split()))
        return cleaned

    def _clean_new_name(self, name: str) -> None:
        if not name:
            self.add_error("name", _("Give the new list a name, or choose one of yours."))
        elif self._lists.filter(name=name).exists():
            self.add_error("name", _("You have one of this name already: choose another name."))
        elif self._lists.count() >= MOST_LISTS:
            self.add_error("name", _("There is room for %(n)d: delete one first.") % {"n": MOST_LISTS})
        self.cleaned_data["name"] = name


class SignInForm(AuthenticationForm):
    """Name and password; after too many wrong ones it says how long to wait."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if username and self.request is not None and too_many(self.request, username):
            raise ValidationError(
                _("Too many wrong passwords: try again in %(n)d minutes.") % {"n": WAIT // 60},
                code="too_many",
            )
        return super().clean()
