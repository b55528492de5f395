"""The rules by which fields and encodings are read, listed so that they can be translated.

Evidence stores a rule as it is written here; pages show it through gettext.
"""

from django.utils.translation import gettext_noop as _

ENCODING_RULES = (
    _("byte-order mark"),
    _("valid UTF-8"),
    _("place of the high bytes"),
    _("letter frequencies"),
)

FIELD_RULES = (
    _("field"),
    _("byline"),
    _("address of the site"),
    _("curator"),
)
