"""What a server answered, as a record of a web archive holds it: status, kind, and the page unpacked."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.formats.html.encoding import decode_page
from archive.ingest.reading.formats.html.page import MAX_PAGE_BYTES
from archive.ingest.reading.formats.warc.records import MAX_HEAD, head_length, headers_of
from archive.ingest.reading.types import ReadingError, Text

MAX_RATIO: Final = 200
"""Pages pack to a fifth or tenth; one that unpacks to more than this was made to fill a memory."""
RATIO_ASKED_FROM: Final = 1 << 20
PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})

_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:\-]+)", re.IGNORECASE)
_PLAIN: Final = frozenset({"", "identity", "none", "utf-8"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: `head` is how many bytes its status line and headers take."""

    status: int
    kind: str
    charset: str
    packed: str
    chunked: bool
    head: int


def read_answer(content: bytes) -> Answer:
    """The head of an HTTP answer.

    Raises: ReadingError: it is none.
    """
    status = _STATUS.match(content)
    end = _HEAD_END.search(content, 0, MAX_HEAD)
    if status is None or end is None:
        raise ReadingError("its HTTP head is broken: fetch the page again")
    fields = headers_of(content[: end.end()])
    kind, _, rest = fields.get("content-type", "").partition(";")
    charset = _CHARSET.search(rest)
    return Answer(
        status=int(status.group(1)),
        kind=kind.strip().lower(),
        charset=charset.group(1) if charset else "",
        packed=fields.get("content-encoding", "").strip().lower(),
        chunked="chunked" in fields.get("transfer-encoding", "").lower(),
        head=end.end(),
    )


def page_of(content: bytes, answer: Answer) -> bytes:
    """The page of an answer as its server meant it: chunks joined, unpacked.

    Raises: ReadingError: it is packed in a way not known here, damaged, or far larger than its packed size.
    """
    body = content[answer.head :]
    if answer.chunked:
        body = _joined(body)
    if answer.packed in _PLAIN:
        return body
    if answer.packed in ("gzip", "x-gzip"):
        return _unpacked(body, zlib.MAX_WBITS | 16) if body.startswith(b"\x1f\x8b") else body
    if answer.packed == "deflate":
        return _unpacked(body, zlib.MAX_WBITS if _has_zlib_head(body) else -zlib.MAX_WBITS)
    raise ReadingError(
        f"is packed as {answer.packed[:40]}, which is not opened here: fetch it again without that"
    )


def record_text(data: bytes) -> str:
    """The text of a record by its bytes from its head on: head and HTTP head as they stand, then the page.

    This is the text that spans of its article count in. What cannot be read is left out.
    """
    length = head_length(data)
    try:
        answer = read_answer(data[length:])
        page = decode_page(page_of(data[length:], answer), answer.charset).text
    except ReadingError:
        return head_text(data)
    return head_text(data[: length + answer.head]) + page


def head_text(head: bytes) -> str:
    """The text of a record's heads."""
    return head.decode("utf-8", errors="replace")


def decoded(content: bytes, answer: Answer) -> Text:
    """The text of an answer's page. Raises: ReadingError."""
    return decode_page(page_of(content, answer), answer.charset)


def _joined(body: bytes) -> bytes:
    """Chunks made one; where they are none, as some crawlers write them, the body as it is."""
    from warcio.bufferedreaders import ChunkedDataReader

    reader = ChunkedDataReader(io.BytesIO(body), decomp_type=None)
    return bytes(reader.read())


def _unpacked(body: bytes, window: int) -> bytes:
    """Unpacked bytes; of a body that is cut short, as much as there is."""
    most = min(MAX_PAGE_BYTES, max(RATIO_ASKED_FROM, len(body) * MAX_RATIO))
    unpacker = zlib.decompressobj(window)
    try:
        page = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        raise ReadingError(f"is packed and damaged ({error}): fetch it again") from error
    if len(page) > most:
        raise ReadingError(
            f"unpacks to more than {most:,} bytes: leave it out, or fetch it again if it can be trusted"
        )
    return page


def _has_zlib_head(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
