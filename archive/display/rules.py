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
    _("address of the site"),
    _("beside the date"),
    _("beside the site's name"),
    _("byline"),
    _("curator"),
    _("dateline"),
    _("field"),
    _("first line"),
    _("line of its own"),
    _("longest line above the text"),
    _("printed again without the site's name"),
    _("printed twice"),
    _("signature"),
    _("signature of related stories"),
    _("site's name beside the headline"),
    _("the page's own line"),
    _("under the headline"),
)
