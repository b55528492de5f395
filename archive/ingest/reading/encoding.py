"""Bytes to text: which encoding, and by what rule that is known."""

from __future__ import annotations

import codecs
import re
from typing import Final

from arabic import letters as l
from archive.ingest.reading.cleaning import NO_BREAK_SPACE
from archive.ingest.reading.misread import misread_through
from archive.ingest.reading.types import ReadingError, Text

NUL: Final = b"\x00"
SAMPLE_BYTES: Final = 1 << 20
"""How much of a text its encoding is judged by."""

BY_MARK: Final = "byte-order mark"
BY_VALIDITY: Final = "valid UTF-8"
BY_ZERO_BYTES: Final = "place of the high bytes"
BY_LETTERS: Final = "letter frequencies"
BY_REPAIR: Final = "UTF-8 misread and saved again"
BY_REQUEST: Final = "as asked"

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# ISO-8859-6 before Mac Arabic: their letters stand at the same places, and where only letters occur the
# plainer one is meant. Mac Arabic is told by its quotation marks, where ISO-8859-6 has control characters.
_SINGLE_BYTE: Final = ("windows-1256", "iso-8859-6", "mac-arabic")

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", *_SINGLE_BYTE)
"""What a text can be asked to be read in."""

# The pairs that one in three pairs of letters in printed news belongs to.
_COMMON_PAIRS: Final = re.compile(
    "(?=ال|لم|في|ية|من|ات|ان|لا|ين|لى|ها|ون|را|وا|لت|عل|ما|ار|نا|ته|لي|ست|مت|يا|ري|لع|اء|بي|تي|عا|مع|لس|لو|لأ|با|لح)"
)
_COMMON_WORD: Final = re.compile(
    r"\b(?:[وبف]?ال\w+|لل\w+|في|من|على|إلى|الى|أن|ان|عن|مع|ما|لا|بن|هذا|التي|كان)\b"
)
_WORD: Final = re.compile(r"\w+")
_LETTER_PAIR: Final = re.compile(f"(?=[{l.HAMZA}-{l.YEH}][{l.HAMZA}-{l.YEH}])")
_LETTER: Final = re.compile(f"[{l.HAMZA}-{l.GHAIN}{l.FEH}-{l.YEH}]")
_STRANGER: Final = re.compile("[^\\x09-\\x7e\\s\u060c\u061b\u061f\u0640-\u0669«»“”‘’–—…•\u200c-\u200f]")
_CONTROL: Final = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f]")

MIN_PAIR_SHARE: Final = 0.2
"""Right readings of printed news have .33 and more of their letter pairs among the common ones, wrong ones
under .15."""
MIN_WORD_SHARE: Final = 0.1
"""One word in three of printed news is a common one or has the article."""
MAX_STRANGER_SHARE: Final = 0.25
"""Besides letters: digits of other scripts, drawing signs, no-break spaces."""


def decode(data: bytes, asked: str = "") -> Text:
    """The text of a file, its encoding and the rule that told it; line ends stay as they are.

    `asked`: the encoding that somebody says it is in; empty where it is to be recognised.
    Raises: ReadingError: no encoding of Arabic fits, or not the one asked, or the text holds NUL characters.
    """
    encoding, rule, mark = as_asked(data, asked) if asked else recognise_encoding(data)
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(encoding, rule, error.start + mark) from error
    if "\x00" in text:
        raise nul_bytes()
    if encoding == "utf-8" and not asked and (repaired := misread_through(text)):
        return Text(data[mark:].decode(repaired), repaired, BY_REPAIR, mark)
    return Text(text, encoding, rule, mark)


def decode_slice(data: bytes, encoding: str) -> str:
    """The text of an article's own bytes (its `byte_span`); what cannot be read shows as U+FFFD."""
    return data.decode(encoding, errors="replace")


def as_asked(data: bytes, asked: str) -> tuple[str, str, int]:
    """The encoding that was asked for, that it was, and how many bytes of its byte-order mark lead the text.

    Raises: ReadingError: it is none that is read here.
    """
    if asked not in ENCODINGS:
        raise ReadingError(f"--encoding {asked} is not read; choose one of {', '.join(ENCODINGS)}")
    marks = [len(mark) for mark, encoding in _MARKS if encoding == asked and data.startswith(mark)]
    return asked, BY_REQUEST, max(marks, default=0)


def recognise_encoding(data: bytes) -> tuple[str, str, int]:
    """Which encoding a text is in, by which rule, and how many bytes of byte-order mark lead it.

    Byte-order mark, then UTF-16 without one, then UTF-8, then the single-byte encodings by letter statistics.
    Raises: ReadingError: none fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, BY_MARK, len(mark)
    if utf16 := utf16_without_mark(data[:SAMPLE_BYTES]):
        return utf16, BY_ZERO_BYTES, 0
    if NUL in data:
        raise nul_bytes()
    if _is_utf8(data):
        return "utf-8", BY_VALIDITY, 0
    return _by_letters(data[:SAMPLE_BYTES]), BY_LETTERS, 0


def nul_bytes() -> ReadingError:
    """What to say of text with NUL bytes in it."""
    return ReadingError(
        "holds NUL bytes, so it is damaged or no text: save it again as UTF-8 (tr -d '\\000' removes them)"
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def utf16_without_mark(sample: bytes) -> str | None:
    """The UTF-16 that a text is in by its high bytes (in Arabic nearly all are 06 or 00), or None."""
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 4:
        return None
    for encoding, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        arabic, zero = high.count(6), high.count(0)
        if zero and (arabic + zero) * 10 >= len(high) * 9 and not low.count(0) and _decodes(sample, encoding):
            return encoding
    return None


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether a sample reads in an encoding; a last character cut in half does not count against it."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _by_letters(sample: bytes) -> str:
    """The single-byte encoding in which the sample reads most like Arabic.

    Raises: ReadingError: in none it does.
    """
    scores = [(_likeness(sample, encoding), encoding) for encoding in _SINGLE_BYTE]
    best = max(score for score, _ in scores)
    if best < MIN_PAIR_SHARE:
        raise _unknown(sample)
    return next(encoding for score, encoding in scores if score == best)


def _likeness(sample: bytes, encoding: str) -> float:
    """The share of letter pairs that are common in Arabic, less the share of characters that no news text
    has; 0..1."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    pairs = len(_LETTER_PAIR.findall(text))
    strangers = len(_STRANGER.findall(text)) - len(_LETTER.findall(text)) + _foreign_spaces(text)
    if not pairs or _CONTROL.search(text) or strangers > MAX_STRANGER_SHARE * len(text):
        return 0.0
    if len(_COMMON_WORD.findall(text)) < MIN_WORD_SHARE * len(_WORD.findall(text)):
        return 0.0
    return len(_COMMON_PAIRS.findall(text)) / pairs - strangers / len(text)


def _foreign_spaces(text: str) -> int:
    """No-break spaces where they outnumber the plain ones: they are the plain spaces of Mac Arabic then."""
    count = text.count(NO_BREAK_SPACE)
    return count if count > text.count(" ") else 0


def _unknown(sample: bytes) -> ReadingError:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    else:
        place = len(sample)
    return ReadingError(
        f"is in no encoding of Arabic known here (not UTF-8 from byte {place} on; nor UTF-16, Windows-1256,"
        " ISO-8859-6, Mac Arabic): save it as UTF-8"
    )


def _undecodable(encoding: str, rule: str, place: int) -> ReadingError:
    return ReadingError(f"says {encoding} ({rule}), but byte {place} is not: save it again as UTF-8")
