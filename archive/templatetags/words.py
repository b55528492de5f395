"""Figures, directions and addresses in templates: `{% load words %}`."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from archive.display.directions import direction_of, direction_of_line, direction_of_prose, isolated
from archive.display.rules import rule_in_words

register = template.Library()

_ESCAPES: Final = re.compile(r'((?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|&#?[0-9a-zA-Z]{2,8};)+)')
KILO: Final = 1024
LONGEST_OPENING = 160
"""Letters of the opening words of a text, where a page is described by them."""


@register.filter
def figure(count: int | None) -> str:
    """1,234: figures 0-9 and a comma, the same in both languages."""
    return f"{count or 0:,}"


@register.filter
def size(count: int) -> str:
    """Bytes in the largest unit that leaves 1 or more: 148.9 KB, 148.9 كيلوبايت; figures as `figure` has
    them."""
    if count < KILO:
        return ngettext("%(figure)s byte", "%(figure)s bytes", count) % {"figure": figure(count)}
    if count < KILO**2:
        return _("%(figure)s KB") % {"figure": f"{count / KILO:.1f}"}
    if count < KILO**3:
        return _("%(figure)s MB") % {"figure": f"{count / KILO**2:.1f}"}
    return _("%(figure)s GB") % {"figure": f"{count / KILO**3:,.1f}"}


@register.filter
def articles(count: int) -> str:
    """3 مقالات, 3 articles."""
    return ngettext("%(figure)s article", "%(figure)s articles", count) % {"figure": figure(count)}


@register.filter
def direction(text: str | None) -> str:
    """`rtl` or `ltr` for a text; the page's own direction for none."""
    if text and text.strip():
        return direction_of(text)
    return "rtl" if get_language_bidi() else "ltr"


@register.filter
def escapes_apart(text: str) -> SafeString:
    """Text of a JSON file, its escapes (`\\n`) and entities (`&#34;`) isolated: words from right to left
    would turn their signs."""
    parts = enumerate(_ESCAPES.split(text))
    shown = (format_html('<bdi dir="ltr">{}</bdi>', part) if n % 2 else part for n, part in parts)
    return format_html_join("", "{}", ((part,) for part in shown))


register.filter("runs", direction_of_prose)
register.filter("line_runs", direction_of_line)
register.filter("isolated", isolated)
register.filter("rule_in_words", rule_in_words)


@register.filter
def opening(text: str) -> str:
    """The first words of a text on one line, as other programs show them below a link."""
    return Truncator(" ".join(text[: 4 * LONGEST_OPENING].split())).chars(LONGEST_OPENING)


@register.filter
def file_name(path: str) -> str:
    """The last part of a path."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


@register.simple_tag
def query(*parts: str) -> SafeString:
    """A query that is put together of parts, as a link to what it finds."""
    text = "".join(parts)
    address = f"{reverse('search:search')}?{urlencode({'q': text})}"
    return format_html(
        '<a class="query" href="{}"><bdi dir="{}">{}</bdi></a>', address, direction_of(text), text
    )


@register.simple_tag(takes_context=True)
def this_address(context: dict[str, Any], *kept: str, lang: str = "") -> str:
    """The whole address of this page with only the parameters named, and a language where one is given."""
    request = context["request"]
    parameters = [(name, request.GET[name]) for name in kept if request.GET.get(name)]
    if lang:
        parameters.append(("lang", lang))
    query = f"?{urlencode(parameters)}" if parameters else ""
    return str(request.build_absolute_uri(request.path)) + query
