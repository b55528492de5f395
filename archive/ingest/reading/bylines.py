"""A printed byline or dateline taken apart: `واس - الرياض`, `القاهرة: أحمد صلاح`, `«الشرق الأوسط» (موسكو)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from arabic import normal_form
from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.names import Lexicon, agency_ref
from archive.ingest.reading.types import KnownName, NameRef

# A hyphen inside a double name has no space on either side; those of bylines often lack one, but a part of one word
# is no person's name, so such names come apart at most into words that are then left out.
_BREAKS: Final = re.compile(
    r"\s*(?:[-–—ـ]{1,3}\s+|\s[-–—]{1,3}|(?<=[^\W\d_])[-–—](?=[^\W\d_])|[:|/،,()\[\]•]+)\s*"
)
_QUOTES: Final = re.compile('[«»“”"‘’]')
_OPENERS: Final = re.compile(
    r"^(?:بقلم|كتبت?|كتبه|تقرير|إعداد|اعداد|تصوير|حوار|ترجمة|تحقيق|متابعة|أجرى الحوار)\s*[:/-]?\s+(?=\S)"
)
_FROM: Final = re.compile(r"\s+من\s+(?=\S+(?:\s\S+)?$)")
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w.'’\-]*")
NAME_WORDS: Final = range(2, 7)

# Words of desks and of how a report came about: a part with one of them names no person.
_NO_PERSON: Final = frozenset(
    normal_form(
        "متابعة متابعات وكالات وكالة خاص مكتب تحرير التحرير محرر المحرر صحيفة جريدة موقع مراسل مراسلنا مراسلو مندوب "
        "الإلكتروني الإلكترونية أونلاين اونلاين رويترز عواصم المحليات الرياضة الثقافة الاقتصاد قسم هيئة فريق وحدة صور "
        "تصوير تقرير أخبار الأخبار نيوز شبكة قناة إذاعة مركز القسم الشؤون الدولية المحلية غرفة"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline names. `outlet` is a known one; `agencies` may hold «وكالات» as printed."""

    outlet: KnownName | None = None
    agencies: tuple[NameRef, ...] = ()
    authors: tuple[str, ...] = ()
    place: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.outlet or self.agencies or self.authors or self.place)


def byline_parts(printed: str) -> list[str]:
    """The parts of a byline between its dashes, colons, brackets and commas."""
    line = _QUOTES.sub(" ", clean_line(printed))
    spread = _FROM.sub(" - ", line)
    return [part for part in (_OPENERS.sub("", part.strip(" .ـ*")) for part in _BREAKS.split(spread)) if part]


def read_byline(printed: str, lexicon: Lexicon) -> Byline:
    """Who and where a byline names: known agencies and outlet, a known place, persons' names; the rest is left out.

    A name that is a city's as well as a paper's («الرياض») is the paper's only in quotation marks.
    """
    quoted = {part.strip() for part in re.findall('[«“"]([^«»“”"]+)[»”"]', printed)}
    outlet, place = None, None
    agencies: dict[str, NameRef] = {}
    authors: dict[str, None] = {}
    for part in byline_parts(printed):
        known = lexicon.outlet(part)
        if lexicon.agency(part):
            agencies.setdefault(part, agency_ref(lexicon, part))
        elif known and (part in quoted or not lexicon.is_place(part)):
            outlet = outlet or known
        elif lexicon.is_place(part):
            place = place or part
        elif is_person(part):
            authors.setdefault(part)
    return Byline(outlet, tuple(agencies.values()), tuple(authors), place)


def is_person(part: str) -> bool:
    """Whether a part of a byline can be a person's name: two to six words of letters, none of a desk's."""
    words = part.split()
    if len(words) not in NAME_WORDS or len(part) > 60 or not all(map(_NAME_WORD.fullmatch, words)):
        return False
    return not _NO_PERSON & set(normal_form(part).split())
