"""Which format a file is in: by its content first, by its name where content does not tell."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath
from typing import Final

from archive.ingest.reading.encoding import utf16_without_mark
from archive.ingest.reading.formats.records import FIELDS
from archive.ingest.reading.types import NotText, ReadingError, SourceFormat

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF", "save its text (pdftotext FILE.pdf) and ingest that"),
    (b"\x89PNG", "a PNG picture", "leave it out, or ingest the text read from it"),
    (b"\xff\xd8\xff", "a JPEG picture", "leave it out, or ingest the text read from it"),
    (b"GIF8", "a GIF picture", "leave it out"),
    (b"II*\x00", "a TIFF picture", "leave it out, or ingest the text read from it"),
    (b"MM\x00*", "a TIFF picture", "leave it out, or ingest the text read from it"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save it as text"),
    (b"\x1f\x8b", "gzip data inside the file", "unpack it once more"),
    (b"BZh", "a bzip2 archive", "unpack it (bunzip2 FILE)"),
    (b"\xfd7zXZ", "an xz archive", "unpack it (unxz FILE)"),
    (b"(\xb5/\xfd", "a zstd archive", "unpack it (unzstd FILE)"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text"),
    (b"{\\rtf", "a rich text document", "save it as plain text"),
    (b"SQLite format 3", "an SQLite database", "export its articles as JSON Lines or CSV"),
    (b"\x7fELF", "a program", "leave it out"),
)
_WARC: Final = re.compile(rb"WARC/\d")
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|div|table|p)\b", re.IGNORECASE
)
_COMMENTS: Final = re.compile(rb"(?:<!--(?:(?!-->).){0,8000}-->\s*)+", re.DOTALL)
_XML: Final = re.compile(rb"<\?xml\b", re.IGNORECASE)
_TREC: Final = re.compile(rb"<DOC>", re.IGNORECASE)
_JSON_OBJECT: Final = re.compile(rb"\{\s*[\"}]")
_JSON_ARRAY: Final = re.compile(rb"\[\s*[\{\]]")
_HEADER_BREAK: Final = re.compile(r"[,;\t]")
_BINARY_BYTES: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_BY_NAME: Final = {
    ".jsonl": SourceFormat.JSONL,
    ".ndjson": SourceFormat.JSONL,
    ".json": SourceFormat.JSON,
    ".csv": SourceFormat.CSV,
    ".tsv": SourceFormat.CSV,
    ".trec": SourceFormat.TREC,
    ".html": SourceFormat.HTML,
    ".htm": SourceFormat.HTML,
    ".xhtml": SourceFormat.HTML,
    ".shtml": SourceFormat.HTML,
    ".warc": SourceFormat.WARC,
}
MAX_CONTROL_SHARE: Final = 0.05


def recognise_format(name: str, head: bytes) -> SourceFormat:
    """The format of a file by its first bytes (64 KB are plenty) and its name.

    Raises: ReadingError: empty, binary, or a kind of file that is not read; the message says what it is.
    """
    if not head:
        raise ReadingError("is empty: nothing to read; leave the file out or fetch it again")
    _refuse_known_kinds(head)
    if _WARC.match(head):  # its pictures are binary and its text is not
        return SourceFormat.WARC
    text = _as_ascii_bytes(head)
    if text is None:
        raise NotText("is binary data, no text: leave it out, or save it as text")
    start = text.lstrip()
    if markup := _markup(start):
        return markup
    return _by_content(start, _suffix(name)) or _BY_NAME.get(_suffix(name), SourceFormat.TEXT)


def _suffix(name: str) -> str:
    return PurePosixPath(name.removesuffix(".gz")).suffix.lower()


def _refuse_known_kinds(head: bytes) -> None:
    for signature, kind, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise NotText(f"is {kind}, which is not read: {remedy}")


def _markup(start: bytes) -> SourceFormat | None:
    """Whether a file is a page of HTML."""
    if b"<!--" in start:
        start = _COMMENTS.sub(b"", start, count=1)
    if _HTML.match(start) or (_XML.match(start) and b"<html" in start.lower()):
        return SourceFormat.HTML
    if _XML.match(start):
        raise ReadingError("is XML, which is not read: make it JSON Lines, a record for each article")
    return None


def _as_ascii_bytes(head: bytes) -> bytes | None:
    """The head with one byte for each ASCII character, whatever its encoding; None where it is no text."""
    if head.startswith(codecs.BOM_UTF8):
        head = head[len(codecs.BOM_UTF8) :]
    if utf16 := _utf16(head):
        return (
            head[: len(head) // 2 * 2].decode(utf16, errors="replace").encode("utf-8").lstrip(codecs.BOM_UTF8)
        )
    if len(_BINARY_BYTES.findall(head)) > MAX_CONTROL_SHARE * len(head):
        return None
    return head


def _utf16(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    return utf16_without_mark(head)


def _by_content(start: bytes, suffix: str) -> SourceFormat | None:
    if _TREC.match(start):
        return SourceFormat.TREC
    if _JSON_ARRAY.match(start):
        return SourceFormat.JSON
    if _JSON_OBJECT.match(start):
        return _object_or_lines(start, suffix)
    return SourceFormat.CSV if _has_csv_header(start) else None


def _object_or_lines(start: bytes, suffix: str) -> SourceFormat:
    """One object or an object a line: a line that is whole and has a line after it is JSON Lines."""
    if suffix in (".jsonl", ".ndjson"):
        return SourceFormat.JSONL
    first, _, rest = start.partition(b"\n")
    if first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{"):
        return SourceFormat.JSONL
    return SourceFormat.JSON


def _has_csv_header(start: bytes) -> bool:
    """Whether the first line names our `body` and another of our fields."""
    first = start.splitlines()[0] if start else b""
    names = {
        name.strip(' "').lower() for name in _HEADER_BREAK.split(first.decode("utf-8", errors="replace"))
    }
    return "body" in names and len(names & set(FIELDS)) > 1
