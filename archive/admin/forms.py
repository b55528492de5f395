"""How files are to be read, as a form asks it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.ingest.reading import FIELDS, ReadOptions
from archive.ingest.reading.encoding import ENCODINGS
from archive.models import SourceFile

RECOGNISE = pgettext_lazy("of a format or encoding", "recognise it")
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "windows-1256": "Windows-1256",
    "iso-8859-6": "ISO-8859-6",
    "mac-arabic": "Mac Arabic",
}


class ReadingForm(forms.Form):
    """What `manage.py ingest` is told by `--format`, `--encoding` and `--map`."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[("auto", RECOGNISE), *SourceFile.Format.choices],
        initial="auto",
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        choices=[("", RECOGNISE), *((name, ENCODING_NAMES[name]) for name in ENCODINGS)],
        required=False,
        help_text=gettext_lazy("Of texts and records; pages and web archives say theirs themselves."),
    )
    mapping = forms.CharField(
        label=gettext_lazy("Names of fields"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40, "dir": "ltr"}),
        help_text=gettext_lazy("Their name and ours, one pair to a line: content=body. Ours are: %(fields)s.")
        % {"fields": ", ".join(FIELDS)},
    )

    def clean_mapping(self) -> dict[str, str]:
        found = {}
        for line in self.cleaned_data["mapping"].split():
            theirs, sign, ours = line.rpartition("=")
            if not (sign and theirs):
                raise ValidationError(_("%(line)s: write their name, = and ours.") % {"line": line})
            if ours not in FIELDS:
                message = _("%(name)s is not a field; ours are: %(fields)s.")
                raise ValidationError(message % {"name": ours, "fields": ", ".join(FIELDS)})
            found[theirs] = ours
        return found

    def reading(self) -> ReadOptions:
        """What the form asks for, once it is valid."""
        return ReadOptions(
            self.cleaned_data["format"], self.cleaned_data["mapping"], self.cleaned_data["encoding"]
        )


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(ReadingForm):
    sent = FilesField(label=gettext_lazy("Files"), allow_empty_file=True, max_length=None)
    new_outlets = forms.BooleanField(
        label=gettext_lazy("Make an outlet of every name in the outlet field"),
        required=False,
        help_text=gettext_lazy("For collections whose names can be trusted; otherwise they are suggested."),
    )

    field_order = ("sent", "format", "encoding", "mapping", "new_outlets")
