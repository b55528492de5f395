"""A printed byline or dateline taken apart: `واس - الرياض`, `القاهرة: أحمد صلاح`, `«الصحيفة» (موسكو)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from arabic import exact_form, normal_form
from arabic import letters as l
from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.names import Lexicon, agency_ref, name_key
from archive.ingest.reading.types import KnownName, NameRef

_BREAKS: Final = re.compile(
    rf"\s*(?:[-–—]{{1,3}}\s+|\s[-–—]{{1,3}}|\s{l.TATWEEL}+\s|(?<=[^\W\d_])[-–—](?=[^\W\d_])|\s/\s?|[:|،,()\[\]•]+)\s*"
)
_QUOTES: Final = re.compile('[«»“”"‘’]')
_QUOTED: Final = re.compile('[«“"]([^«»“”"]+)[»”"]')
_OPENER: Final = re.compile(
    "^(?:بقلم|كتبت?|كتبه|تقرير|إعداد|اعداد|حوار|حاور(?:ه|ها|ته|تها)|ترجمة|تحقيق|متابعة|رأي|من|[Bb]y|"
    "أجر(?:ت|ى) الحوار)"
    r"(?:\s*[:/–-]\s*|\s+)(?=\S)"
)
_FROM: Final = re.compile(r"\s+من\s+(?=\S+(?:\s\S+)?$)")
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w.'’\-]*")
NAME_WORDS: Final = range(2, 6)
MAX_NAME: Final = 60


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Words of desks and of how a report came about, in normal form: a part with one of them names no person.
_DESK: Final = _words(
    normal_form("متابعة متابعات وكالات وكالة خاص خاصة مكتب تحرير التحرير محرر المحرر صحيفة جريدة موقع مجلة"),
    normal_form(
        "مراسل مراسلنا مراسلو مندوب الإلكتروني الإلكترونية أونلاين رويترز عواصم المحليات الرياضة الثقافة"
    ),
    normal_form(
        "الاقتصاد قسم القسم هيئة فريق وحدة صور تصوير تقرير رأي تحقيق حوار حاوره حاورته ترجمة إعداد بقلم"
    ),
    normal_form(
        "كتب كتبت أخبار الأخبار نيوز شبكة قناة إذاعة مركز الشؤون الدولية المحلية غرفة اللجنة لجنة ثقافة"
    ),
)
# Words of sentences as typed: in normal form the preposition على and the name علي are one.
_SENTENCE: Final = _words(
    "في من إلى الى على عن عند مع بين قبل بعد لا لم لن هذا هذه التي الذي أن إن أو ثم حتى كل هل ما يا بعض",
    "ضد نحو حول خلال",
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline names. `outlet` is a known one; `agencies` may hold «وكالات» as printed; `others` is
    unknown."""

    parts: tuple[str, ...] = ()
    outlet: KnownName | None = None
    agencies: tuple[NameRef, ...] = ()
    authors: tuple[str, ...] = ()
    place: str | None = None
    others: tuple[str, ...] = ()


def read_byline(printed: str, lexicon: Lexicon) -> Byline:
    """Who and where a byline names: known agencies and outlet, a known place, and what can be persons' names.

    A name that is a city's as well as a paper's («الرياض») is the paper's only in quotation marks.
    """
    quoted = quoted_names(printed)
    parts = byline_parts(printed)
    sorted_parts = [(_sort(part, part in quoted, lexicon), part) for part in parts]
    of = {
        sort: [part for s, part in sorted_parts if s == sort]
        for sort in ("outlet", "agency", "place", "person", "")
    }
    return Byline(
        parts=tuple(parts),
        outlet=lexicon.outlet(of["outlet"][0]) if of["outlet"] else None,
        agencies=tuple({name: agency_ref(lexicon, name) for name in of["agency"]}.values()),
        authors=tuple(dict.fromkeys(of["person"])),
        place=of["place"][0] if of["place"] else None,
        others=tuple(of[""]),
    )


def quoted_names(printed: str) -> list[str]:
    """What stands in quotation marks in a line."""
    return [part.strip() for part in _QUOTED.findall(printed)]


def byline_parts(printed: str) -> list[str]:
    """The parts of a byline between its dashes, colons, brackets and commas."""
    line = _OPENER.sub("", _QUOTES.sub(" ", clean_line(printed)).strip())
    spread = _FROM.sub(" - ", line)
    parts = (_OPENER.sub("", part.strip(" .ـ*/")) for part in _BREAKS.split(spread))
    return [" ".join(part.split()) for part in parts if part]


def opens_byline(line: str) -> bool:
    """Whether a line begins as bylines do: `بقلم`, `كتبت`, `حاورته:`."""
    return _OPENER.match(line) is not None


def is_desk_word(part: str) -> bool:
    """Whether a part says how a report came about (`متابعات`, `خاص`) and names nobody."""
    words = normal_form(part).split()
    return bool(words) and _DESK.issuperset(words)


def is_person(part: str) -> bool:
    """Whether a part of a byline can be a person's name: two to five words of letters, none of a desk's or a
    sentence's."""
    words = exact_form(part).split()
    if len(words) not in NAME_WORDS or len(part) > MAX_NAME or not all(map(_NAME_WORD.fullmatch, words)):
        return False
    return _SENTENCE.isdisjoint(words) and _DESK.isdisjoint(normal_form(part).split())


def _sort(part: str, is_quoted: bool, lexicon: Lexicon) -> str:
    key = name_key(part)
    if key in lexicon.agencies:
        return "agency"
    if key in lexicon.outlets and (is_quoted or key not in lexicon.places):
        return "outlet"
    if key in lexicon.places or lexicon.sounds_like_place(part):
        return "place"
    if is_person(part):
        return "person"
    return "desk" if is_desk_word(part) else ""
