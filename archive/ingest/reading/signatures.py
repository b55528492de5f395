"""The lines that say when, where and by whom: dates, signatures, datelines, bylines."""

from __future__ import annotations

import re
from typing import Final

from arabic import normal_form
from archive.ingest.reading.bylines import Byline, is_desk_word, opens_byline, read_byline
from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Piece
from archive.ingest.reading.units import Line

MAX_DATE_LINE: Final = 18
MAX_DATELINE: Final = 14
MAX_BARE_NAME: Final = 4
MAX_LABEL: Final = 3

_DASHED: Final = re.compile(r"^[^،,:.]+\s[-–—]\s[^،,:.]+$")
_BRACKETED: Final = re.compile(r"^\(([^()]{2,80})\)\s*\.?$")
_SOURCE: Final = re.compile(r"^(?:المصدر|المصادر|نقلا عن|وكالات الأنباء)\s*:\s*(.{2,60})$")
_SIGNED: Final = re.compile(r"^[^()]{0,24}\(([^()]{2,80})\)\s*\.?$")
_MADE_BY: Final = re.compile(r"^\(\s*(?:إعداد|اعداد|تحرير|تغطية|كتابة|ترجمة|شارك في)\b[^()]+\)\s*\.?$")
_IN_SENTENCE: Final = re.compile(r"(?:في|منذ|بعد|قبل|حتى|خلال|يوم)\s")
_BETWEEN_SIGNERS: Final = re.compile(r"\s*[،,–/+]\s*|\s+-\s*|\s*-\s+")
_NO_LETTERS: Final = re.compile(r"[\d\W_]+")


def is_date(piece: Piece, number: int) -> bool:
    """A date on a line of its own, above or below the text, with nothing beside it but a name; its label,
    where that has a line of its own."""
    line = piece.lines[number]
    if is_date_label(piece, number):
        return True
    if (
        line.words > MAX_DATE_LINE
        or line.is_paragraph
        or not piece.is_edge(number)
        or not piece.dates(number)
    ):
        return False
    rest = beside_date(piece, number)
    if not rest or piece.lexicon.outlet(rest) or name_key(rest) in piece.lexicon.sections:
        return True
    if _are_places_and_agencies(piece, rest):
        return True
    if len(rest.split()) > MAX_BARE_NAME or _IN_SENTENCE.match(line.text):
        return False
    return bool(beside_names(piece, number)) or _opens_with_label(piece, number)


def is_date_label(piece: Piece, number: int) -> bool:
    """Whether a line is a date's label alone (`آخر تحديث:`), the date on the next."""
    if number + 1 >= len(piece.lines) or piece.lines[number].words > MAX_LABEL or not piece.dates(number + 1):
        return False
    labels, said = piece.lexicon.labels, piece.lines[number].normal.strip(" :-|")
    return any(words.fullmatch(said) for words in (labels.published, labels.updated, labels.clock))


def _opens_with_label(piece: Piece, number: int) -> bool:
    """Whether a date's line begins with what the date is: a section's name may follow it then."""
    labels, said = piece.lexicon.labels, piece.lines[number].normal
    return any(words.match(said) for words in (labels.published, labels.updated))


def is_signature(piece: Piece, number: int) -> bool:
    """`(الأخبار، أ ف ب)`, `المصدر: رويترز`, an agency's name alone, several that are all known; `(إعداد
    ...)`: who the text is from."""
    line = piece.lines[number]
    if _BRACKETED.match(line.text) or _SOURCE.match(line.text):
        return _MADE_BY.match(line.text) is not None or _are_known(piece, line)
    if not piece.is_edge(number) or line.words > MAX_DATELINE:
        return False
    below = number > piece.last_paragraph and _SIGNED.match(line.text) is not None
    return line.key in piece.lexicon.agencies or (
        (below or len(signers(line.text)) > 1) and _are_known(piece, line) and bool(_agencies(piece, line))
    )


def is_dateline(piece: Piece, number: int) -> bool:
    """`بلدي نيوز - وكالات`: a short line of an outlet, agency or place, and names, at an edge of the text."""
    line = piece.lines[number]
    if line.words > MAX_DATELINE or line.ends_sentence or not piece.is_edge(number):
        return False
    byline = piece.byline(number)
    if byline.others or (byline.authors and _credits_picture(piece, line)):
        return False
    if byline.outlet or byline.agencies:
        return _is_short(byline) if number else _is_dateline_on_top(piece, byline)
    return number > 0 and piece.lexicon.is_place(byline.place or "") and _is_place_and_name(byline)


def is_byline(piece: Piece, number: int) -> bool:
    """`كتبت ليلى الحاج سعيد`, `رأي - جورج الحداد`, `قصر الريحان - راشد المطوع`; a bare name that persons are
    given, or beside a date or dateline."""
    line = piece.lines[number]
    if line.words > MAX_DATELINE or line.ends_sentence or not piece.is_edge(number) or number == 0:
        return False
    byline = piece.byline(number)
    if not byline.authors or byline.others:
        return False
    if opens_byline(line.text):
        return True
    if _DASHED.search(line.text):
        return _is_place_and_name(byline)
    return len(byline.parts) == 1 and line.words <= MAX_BARE_NAME and _stands_as_name(piece, number)


def signers(signature: str) -> list[str]:
    """The names of a signature line."""
    match = _BRACKETED.match(signature) or _SOURCE.match(signature) or _SIGNED.match(signature)
    names = match.group(1) if match else signature
    return [part.strip(' «»"“”') for part in _BETWEEN_SIGNERS.split(names)]


def beside_date(piece: Piece, number: int) -> str:
    """What a line holds beside its dates and the words that go with them: an author's name, a paper's, or
    nothing."""
    text, rest, at = piece.lines[number].text, [], 0
    for date in piece.dates(number):
        rest.append(text[at : date.start])
        at = date.end
    words = " ".join([*rest, text[at:]]).split()
    return " ".join(word for word in words if not _goes_with_date(piece, word)).strip(" -–—|:/.")


def beside_names(piece: Piece, number: int) -> tuple[str, ...]:
    """The persons whose names stand beside a date and nothing else: `ليلى الحاج 3 مارس 2015`, `كتب: راشد
    المطوع`."""
    rest = beside_date(piece, number)
    byline = read_byline(rest, piece.lexicon)
    is_name = bool(byline.authors) and not byline.others and len(rest.split()) <= MAX_BARE_NAME
    return byline.authors if is_name and not byline.outlet else ()


def _goes_with_date(piece: Piece, word: str) -> bool:
    parts = _NO_LETTERS.split(normal_form(word).lower())
    return all(not part or part in piece.lexicon.date_words for part in parts)


def _is_place_and_name(byline: Byline) -> bool:
    """One part a place (or left open), the others short names."""
    short = all(len(name.split()) <= MAX_BARE_NAME for name in byline.authors)
    return short and 0 < len(byline.authors) == len(byline.parts) - 1


def _are_places_and_agencies(piece: Piece, rest: str) -> bool:
    """`الرياض ... واس`: a dateline around its date."""
    known = piece.lexicon
    return known.is_place(rest) or all(known.is_place(word) or known.agency(word) for word in rest.split())


def _is_short(byline: Byline) -> bool:
    return all(len(name.split()) <= MAX_BARE_NAME for name in byline.authors)


def _credits_picture(piece: Piece, line: Line) -> bool:
    """Whether words that begin as no name does stand before an agency in brackets: what a picture shows."""
    return line.text.endswith(")") and not _begins_with_given_name(piece, line)


def _is_dateline_on_top(piece: Piece, byline: Byline) -> bool:
    """On top, `... - اسم الموقع` is a headline with its site's name unless only short names stand there,
    none of them printed again above the text as headlines are."""
    head = {line.key for line in piece.lines[1 : piece.first_paragraph]}
    short = all(len(part.split()) < MAX_BARE_NAME for part in byline.parts)
    return short and not any(name_key(name) in head for name in byline.authors)


def _are_known(piece: Piece, line: Line) -> bool:
    return all(_is_known(piece, part) for part in signers(line.text))


def _agencies(piece: Piece, line: Line) -> list[str]:
    return [part for part in signers(line.text) if piece.lexicon.agency(part)]


def _is_known(piece: Piece, part: str) -> bool:
    return bool(piece.lexicon.agency(part) or piece.lexicon.outlet(part) or is_desk_word(part))


def _stands_as_name(piece: Piece, number: int) -> bool:
    """Whether a line begins with a name that persons are given, above the text; or the line right above or
    below, no blank line between, is a date's; or the line below is a dateline."""
    lines = piece.lines
    is_name = _begins_with_given_name(piece, lines[number])
    if number < piece.first_paragraph and is_name:
        return True
    if number > piece.last_paragraph and not is_name:
        return False
    above = not lines[number].blank_before and is_date(piece, number - 1)
    if above or number + 1 == len(lines):
        return above
    return (not lines[number + 1].blank_before and is_date(piece, number + 1)) or is_dateline(
        piece, number + 1
    )


def _begins_with_given_name(piece: Piece, line: Line) -> bool:
    words = line.text.split()
    is_given = piece.lexicon.is_given_name
    return len(words) > 1 and (is_given(words[0]) or is_given(" ".join(words[:2])))
