"""What a curator may want to put into a field, one key away: nothing of it is set before they say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arabic import find_dates, normal_form
from archive.display.dates import written_day
from archive.display.hints import joined_hint
from archive.hints import hint_from_kept
from archive.models import Article, Author, Evidence, Outlet
from archive.selectors.choices import outlet_choices

MOST: Final = 9
MOST_NEIGHBOURS: Final = 60
LONGEST_HEADLINE: Final = 160
EDGES: Final = 400
"""Characters of head and foot of a text in which an outlet signs."""
ALIKE: Final = 0.8
SHORTEST_NAME: Final = 4
_NUMBER: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field and why. `number` is its key; `new`: a name to be made."""

    field: str
    value: str
    label: str
    why: str
    number: int = 0
    new: bool = False


def suggestions_for(article: Article, text: str) -> tuple[Suggestion, ...]:
    """Suggestions for the fields that are not known, numbered from 1 to 9 (at most four queries).

    `text`: the original of the article, or its body.
    """
    found: dict[tuple[str, str], Suggestion] = {}
    for each in _found(article, text):
        found.setdefault((each.field, each.value), each)
    return tuple(replace(each, number=number) for number, each in enumerate(list(found.values())[:MOST], 1))


def _found(article: Article, text: str) -> Iterator[Suggestion]:
    if not article.title:
        yield from _headline(article)
    if article.published is None:
        yield from _dates(article, text)
    if article.outlet_id is None:
        yield from _outlets(article, text)
    yield from _authors(article)


def _headline(article: Article) -> Iterator[Suggestion]:
    lines = (line.strip() for line in article.body.splitlines())
    first = next((line for line in lines if line), "")
    sentence = re.split(r"(?<=[.!؟?])\s", first)[0].rstrip(".")
    for line, why in ((first, _("first line")), (sentence, _("first sentence"))):
        if line and len(line) <= LONGEST_HEADLINE:
            yield Suggestion("title", line, line, why)


def _dates(article: Article, text: str) -> Iterator[Suggestion]:
    kept = [piece.value for piece in article.evidence.all() if piece.field == Evidence.Field.HINT]
    hint = joined_hint(map(hint_from_kept, kept))
    named = [(hint.earliest, _("earliest")), (hint.latest, _("latest"))]
    named += [(day, _("weekday and day agree")) for day in hint.days[-3:]]
    named += [(found.date, _("in the file's name")) for found in find_dates(article.source.name)[:1]]
    named += [(found.date, _("in the text")) for found in find_dates(text) if found.precision == "day"][:2]
    for day, why in named:
        if day is not None:
            yield Suggestion("published", day.isoformat(), written_day(day), why)


def _outlets(article: Article, text: str) -> Iterator[Suggestion]:
    yield from _signed(text)
    yield from _beside(article)
    read = next((piece for piece in article.evidence.all() if piece.field == Evidence.Field.OUTLET), None)
    if read is not None and read.value and read.curator_id is None:
        yield Suggestion("outlet", read.value, read.value, _("a new outlet of this name"), new=True)


def _signed(text: str) -> Iterator[Suggestion]:
    """Outlets named in the head or foot of the text."""
    edges = f" {normal_form(f'{text[:EDGES]} {text[-EDGES:]}')} "
    for outlet in outlet_choices():
        names = (outlet.name, outlet.name_latin, *outlet.aliases)
        if any(len(name) >= SHORTEST_NAME and f" {normal_form(name)} " in edges for name in names):
            yield Suggestion("outlet", outlet.name, outlet.label, _("named at the edge of the text"))


def _beside(article: Article) -> Iterator[Suggestion]:
    """The outlet that most of the files beside this one are of, or the records around it."""
    stem = _NUMBER.split(article.source.name, maxsplit=1)[0]
    near = Q(source=article.source_id, ordinal__range=(article.ordinal - 20, article.ordinal + 20))
    if stem:
        near |= Q(source__name__gte=stem, source__name__lt=stem + chr(0x10FFFF))
    keys = Article.objects.filter(near, outlet__isnull=False).order_by()
    counted = Counter(keys.values_list("outlet", flat=True)[:MOST_NEIGHBOURS])
    for key, n in counted.most_common(1):
        outlet = next((one for one in outlet_choices() if one.pk == key), None) or Outlet.objects.get(pk=key)
        why = ngettext("%(n)s article beside it", "%(n)s articles beside it", n) % {"n": n}
        yield Suggestion("outlet", outlet.name, outlet.label, why)


def _authors(article: Article) -> Iterator[Suggestion]:
    """Known authors whose names are nearly that of an author of this article alone."""
    ours = list(article.authors.all())
    for author in ours[:1]:
        words = sorted(author.name.split(), key=len)[-2:]
        asked = Q(pk__in=[])
        for word in words:
            asked |= Q(name__contains=word[:SHORTEST_NAME])
        others = Author.objects.filter(asked).exclude(pk__in=[one.pk for one in ours])
        counted = others.annotate(n=Count("articles")).filter(n__gt=0)[:300]
        ranked = sorted(((_likeness(author.name, one.name), one) for one in counted), key=lambda two: -two[0])
        for likeness, one in ranked[:2]:
            if likeness >= ALIKE:
                why = ngettext("%(n)s article", "%(n)s articles", one.n) % {"n": one.n}
                yield Suggestion("author", one.name, one.name, why)


def _likeness(one: str, other: str) -> float:
    first, second = (normal_form(name).replace(" ", "") for name in (one, other))
    return SequenceMatcher(None, first, second).ratio()
