"""The rules by which fields and encodings are read, in the reader's language.

Evidence and source files store a rule by its English name, which is its key here.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ENCODING_RULES: dict[str, Promise] = {
    "byte-order mark": pgettext_lazy("rule of reading", "byte-order mark"),
    "valid UTF-8": pgettext_lazy("rule of reading", "valid UTF-8"),
    "place of the high bytes": pgettext_lazy("rule of reading", "place of the high bytes"),
    "letter frequencies": pgettext_lazy("rule of reading", "letter frequencies"),
    "UTF-8 but for broken characters": pgettext_lazy("rule of reading", "UTF-8 but for broken characters"),
    "meta tag of the page": pgettext_lazy("rule of reading", "meta tag of the page"),
    "header of the answer": pgettext_lazy("rule of reading", "header of the answer"),
    "heads of records; each page has its own": pgettext_lazy(
        "rule of reading", "heads of records; each page has its own"
    ),
    "UTF-8 misread and saved again": pgettext_lazy("rule of reading", "UTF-8 misread and saved again"),
    "as asked": pgettext_lazy("rule of reading", "as asked"),
}

META = "meta "
META_TAG = pgettext_lazy("rule of reading", "meta tag")

FIELD_RULES: dict[str, Promise] = {
    "address it was fetched from": pgettext_lazy("rule of reading", "address it was fetched from"),
    "address of the page": pgettext_lazy("rule of reading", "address of the page"),
    "address of the site": pgettext_lazy("rule of reading", "address of the site"),
    "beside the date": pgettext_lazy("rule of reading", "beside the date"),
    "beside the site's name": pgettext_lazy("rule of reading", "beside the site's name"),
    "byline": pgettext_lazy("rule of reading", "byline"),
    "curator": pgettext_lazy("rule of reading", "curator"),
    "dateline": pgettext_lazy("rule of reading", "dateline"),
    "field": pgettext_lazy("rule of reading", "field"),
    "first line": pgettext_lazy("rule of reading", "first line"),
    "heading": pgettext_lazy("rule of reading", "heading"),
    "heading that the page declares": pgettext_lazy("rule of reading", "heading that the page declares"),
    "its run was undone": pgettext_lazy("rule of reading", "its run was undone"),
    "language of the page": pgettext_lazy("rule of reading", "language of the page"),
    "line of its own": pgettext_lazy("rule of reading", "line of its own"),
    "link canonical": pgettext_lazy("rule of reading", "link canonical"),
    "longest line above the text": pgettext_lazy("rule of reading", "longest line above the text"),
    "no longer found in its source": pgettext_lazy("rule of reading", "no longer found in its source"),
    "place in the page": pgettext_lazy("rule of reading", "place in the page"),
    "printed again without the site's name": pgettext_lazy(
        "rule of reading", "printed again without the site's name"
    ),
    "printed twice": pgettext_lazy("rule of reading", "printed twice"),
    "saved from": pgettext_lazy("rule of reading", "saved from"),
    "signature": pgettext_lazy("rule of reading", "signature"),
    "signature of related stories": pgettext_lazy("rule of reading", "signature of related stories"),
    "site's name beside the headline": pgettext_lazy("rule of reading", "site's name beside the headline"),
    "the page's own line": pgettext_lazy("rule of reading", "the page's own line"),
    "time element": pgettext_lazy("rule of reading", "time element"),
    "title of the page": pgettext_lazy("rule of reading", "title of the page"),
    "under the headline": pgettext_lazy("rule of reading", "under the headline"),
    "how the site's pages look": pgettext_lazy("rule of reading", "how the site's pages look"),
    "where the site prints it": pgettext_lazy("rule of reading", "where the site prints it"),
    "masthead": pgettext_lazy("rule of reading", "masthead"),
    "last event that the text tells": pgettext_lazy("rule of reading", "last event that the text tells"),
    "day that the page was looked at": pgettext_lazy("rule of reading", "day that the page was looked at"),
    "weekday and day without a year": pgettext_lazy("rule of reading", "weekday and day without a year"),
    "dates that cannot be told apart": pgettext_lazy("rule of reading", "dates that cannot be told apart"),
}


def rule_in_words(rule: str) -> str:
    """A stored rule in the reader's language; as it is stored where it has no words here.

    A meta tag is called so, with the name that the page gives it.
    """
    if rule.startswith(META):
        return f"{META_TAG} {rule.removeprefix(META)}"
    return str(FIELD_RULES.get(rule) or ENCODING_RULES.get(rule) or rule)
