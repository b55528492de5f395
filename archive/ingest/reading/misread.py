"""UTF-8 that was once read in another encoding and saved as UTF-8 again: `Ø§Ù„` or `ط§ظ„` for ال.

Each kind is a codec of its own name, so that a file's bytes and its repaired text answer to one another
everywhere.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing_extensions import Buffer

PREFIX: Final = "utf-8-through-"
THROUGH: Final = ("windows-1252", "windows-1256")
SAMPLE_CHARS: Final = 4096
MIN_LEADS: Final = 0.25
"""The share of a misread text's characters that are what the first bytes of Arabic letters became; in plain
Arabic the same letters are one in fifty."""

# What the bytes D8 to DB, which lead every Arabic letter in UTF-8, are in either encoding.
_LEADS: Final = "\u00d8\u00d9\u00da\u00db\u0637\u0638\u0639\u063a"
# Windows-1252 leaves five bytes open; whoever read them so kept them as control characters.
_HIGH: Final = {code: bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def misread_through(text: str) -> str | None:
    """The codec that repairs a text, or None where it is not misread, or not all the way through."""
    sample = "".join(text[:SAMPLE_CHARS].split())
    if not sample or sum(map(sample.count, _LEADS)) < MIN_LEADS * len(sample):
        return None
    for encoding in THROUGH:
        try:
            _to_bytes(text, encoding, "strict").decode("utf-8")
        except UnicodeError:
            continue
        return PREFIX + encoding
    return None


def _to_bytes(text: str, encoding: str, errors: str) -> bytes:
    """A misread text as the bytes that it was read from."""
    if encoding == "windows-1256":
        return text.encode(encoding, errors)
    return b"".join(_HIGH.get(ord(letter)) or letter.encode(encoding, errors) for letter in text)


def _from_bytes(data: bytes, encoding: str) -> str:
    """Bytes as they were misread."""
    if encoding == "windows-1256":
        return data.decode(encoding)
    return "".join(chr(byte) if byte in _HIGH else bytes([byte]).decode(encoding) for byte in data)


def _codec(encoding: str) -> codecs.CodecInfo:
    def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
        return _from_bytes(text.encode("utf-8", errors), encoding).encode("utf-8"), len(text)

    def decode(data: Buffer, errors: str = "strict") -> tuple[str, int]:
        misread = bytes(data).decode("utf-8", errors)
        return _to_bytes(misread, encoding, errors).decode("utf-8", errors), len(bytes(data))

    return codecs.CodecInfo(encode, decode, name=PREFIX + encoding)


_CODECS: Final = {(PREFIX + encoding).replace("-", "_"): _codec(encoding) for encoding in THROUGH}
codecs.register(lambda name: _CODECS.get(name.replace("-", "_")))
