"""The encoding of a page: what its bytes are goes before what its header or its meta tag says."""

from __future__ import annotations

import codecs
import re
from typing import Final

from archive.ingest.reading.cleaning import REPLACEMENT
from archive.ingest.reading.encoding import (
    BY_VALIDITY,
    SAMPLE_BYTES,
    recognise_encoding,
    utf16_without_mark,
)
from archive.ingest.reading.types import ReadingError, Text

BY_HEADER: Final = "header of the answer"
BY_META: Final = "meta tag of the page"
MOSTLY_UTF8: Final = "UTF-8 but for broken characters"

MAX_BROKEN_SHARE: Final = 0.01
"""The share of a page's characters beyond ASCII that can be broken in a page of UTF-8 (cut, mended badly)."""
MIN_WHOLE: Final = 20
"""Characters beyond ASCII that make one broken one among them pardonable."""
DECLARED_WITHIN: Final = 1 << 13

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{3,30})", re.IGNORECASE
)
_XML: Final = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]{3,30})", re.IGNORECASE)
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ASCII: Final = re.compile(rb"[\x00-\x08\x0e-\x1f!-\x7f]+")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_NAMES: Final = {
    "windows-1256": "windows-1256",
    "cp1256": "windows-1256",
    "x-cp1256": "windows-1256",
    "iso-8859-6": "iso-8859-6",
    "iso8859-6": "iso-8859-6",
    "arabic": "iso-8859-6",
    "asmo-708": "iso-8859-6",
    "mac-arabic": "mac-arabic",
    "x-mac-arabic": "mac-arabic",
}
"""How pages call the encodings of Arabic. Any other name that a page of other bytes gives is a mistake."""


def decode_page(data: bytes, header: str = "") -> Text:
    """The text of a page: by byte-order mark, as UTF-16, as valid UTF-8, as UTF-8 with some broken characters
    (they become U+FFFD), by letter frequencies, then by what `header` or a meta tag says.

    Raises: ReadingError: none fits.
    """
    encoding, rule, mark = _recognise(data, header)
    return Text(data[mark:].decode(encoding, errors="replace"), encoding, rule, mark)


def _recognise(data: bytes, header: str) -> tuple[str, str, int]:
    if data.startswith(_MARKS) or utf16_without_mark(data[:SAMPLE_BYTES]):
        return recognise_encoding(data)
    if rule := _rule_of_utf8(data):
        return "utf-8", rule, 0
    try:
        return recognise_encoding(_ASCII.sub(b" ", data[:SAMPLE_BYTES]))
    except ReadingError:
        if declared := _declared(data, header):
            return *declared, 0
        raise


def _rule_of_utf8(data: bytes) -> str:
    """By which rule a page is UTF-8; empty where it is not."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        broken, whole = text.count(REPLACEMENT), len(_BEYOND_ASCII.findall(text))
        return MOSTLY_UTF8 if broken <= max(MAX_BROKEN_SHARE * whole, whole >= MIN_WHOLE) else ""
    return BY_VALIDITY


def _declared(data: bytes, header: str) -> tuple[str, str] | None:
    """The encoding of Arabic that a page says it is in, and where it says so."""
    if encoding := _NAMES.get(header.strip().lower()):
        return encoding, BY_HEADER
    head = data[:DECLARED_WITHIN]
    match = _CHARSET.search(head) or _XML.search(head)
    encoding = _NAMES.get(match.group(1).decode("ascii").lower()) if match else None
    return (encoding, BY_META) if encoding else None
