"""Files that are read whole: their text, and the places of its characters in the file."""

from __future__ import annotations

from bisect import bisect_right
from typing import BinaryIO, Final

from archive.ingest.reading.encoding import decode
from archive.ingest.reading.types import ReadingError, Span, Text

MAX_FILE_BYTES: Final = 64 << 20
"""The longest file of plain text, tagged text, JSON or CSV; JSON Lines may be of any length."""
_STEP: Final = 1 << 12


def read_text(stream: BinaryIO, encoding: str = "") -> Text:
    """The text of a file, in the encoding asked for or the one recognised.

    Raises: ReadingError: too long, empty, or in no encoding known here.
    """
    stream.seek(0)
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ReadingError(f"is longer than {MAX_FILE_BYTES >> 20} MB: split the file, or make it JSON Lines")
    text = decode(data, encoding)
    if not text.text.strip():
        raise ReadingError("is empty: nothing to read; leave the file out or fetch it again")
    return text


class ByteMap:
    """Byte places of a text's characters, without encoding the text again for each."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._places = [text.bom_bytes]
        if not self._is_single_byte:
            for start in range(0, len(text.text), _STEP):
                self._places.append(self._places[-1] + self._length(start, start + _STEP))

    def span(self, start: int, end: int) -> Span:
        """The bytes of `text[start:end]`, counted in the file, byte-order mark and all."""
        return Span(self.place(start), self.place(end))

    def place(self, char: int) -> int:
        """The byte where a character starts."""
        if self._is_single_byte:
            return self._text.bom_bytes + char
        block = char // _STEP
        return self._places[block] + self._length(block * _STEP, char)

    @property
    def _is_single_byte(self) -> bool:
        return not self._text.encoding.startswith("utf")

    def _length(self, start: int, end: int) -> int:
        return len(self._text.text[start:end].encode(self._text.encoding))


class LineMap:
    """Line numbers, from 1, of a text's characters."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line(self, char: int) -> int:
        """The number of the line that a character stands in."""
        return bisect_right(self._starts, char)
