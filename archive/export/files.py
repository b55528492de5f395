"""A set of articles as the bytes of one file in any format, streamed in pieces."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from archive.export.about import About, Address
from archive.export.formats import BYTE_ORDER_MARK, ExportFormat, csv_row, text_pieces
from archive.export.records import FIELDS, NOTE_FIELD, article_record
from archive.models import Article

PIECE: Final = 64 * 1024
"""Bytes that are gathered before they are sent."""
INDEX_IN_MEMORY: Final = 1024 * 1024
"""Bytes of the index of a zip beyond which it is kept on disk until the texts are written."""
INDEX_FIELDS: Final = tuple(name for name in FIELDS if name != "body")


def file_pieces(
    articles: Iterable[Article], export_format: ExportFormat, about: About, address: Address
) -> Iterator[bytes]:
    """The file of a set, piece by piece, as fast as it is read; PDF alone is made before the first piece."""
    match export_format:
        case ExportFormat.ZIP:
            return zip_pieces(articles, about, address)
        case ExportFormat.PDF:
            # a process that serves pages need not hold what makes PDF
            from archive.display.pdf import set_pdf

            return iter((set_pdf(articles, about, address),))
        case _:
            return gathered(text_pieces(articles, export_format, about, address))


def gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    """Text as bytes in pieces that are worth sending."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        encoded = piece.encode()
        waiting.append(encoded)
        size += len(encoded)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    yield b"".join(waiting)


def zip_pieces(articles: Iterable[Article], about: About, address: Address) -> Iterator[bytes]:
    """A zip of plain text for corpus tools: `about.txt`, a file an article, `index.csv` of what is known of
    each.

    The list of its files comes last in a zip, so one that was cut off does not open.
    """
    out = _Sent()
    with ZipFile(out, "w", ZIP_DEFLATED) as file, SpooledTemporaryFile(INDEX_IN_MEMORY) as index:
        entries = _Entries(file, about)
        entries.add("about.txt", "".join(f"{name}: {value}\n" for name, value in about.lines()))
        noted = () if about.notes is None else (NOTE_FIELD,)
        index.write((BYTE_ORDER_MARK + csv_row(("file", *INDEX_FIELDS, "permalink", *noted))).encode())
        for article in articles:
            name = text_name(article)
            entries.add(name, corpus_text(article))
            record = article_record(article)
            row = [name, *(record[field] for field in INDEX_FIELDS), address(article)]
            index.write(csv_row([*row, about.note_on(article)] if noted else row).encode())
            if out.size >= PIECE:
                yield out.taken()
        index.seek(0)
        entries.copy("index.csv", index)
    yield out.taken()


def text_name(article: Article) -> str:
    """The name of an article's text: its date, its outlet, its UID, in ASCII, in the order of time."""
    date = (article.published_iso or "").partition("T")[0] or "undated"
    outlet = article.outlet.slug if article.outlet else "unknown"
    return f"texts/{date}_{outlet}_{article.uid}.txt"


def corpus_text(article: Article) -> str:
    """What the source says and nothing of the archive's own, so that words can be counted."""
    return "\n\n".join(part for part in (article.title, article.subtitle, article.body) if part) + "\n"


class _Entries:
    """Writes files into a zip under the date of the set."""

    def __init__(self, file: ZipFile, about: About) -> None:
        self._file = file
        self._when = about.taken.timetuple()[:6]

    def add(self, name: str, text: str) -> None:
        self._file.writestr(self._named(name), text.encode())

    def copy(self, name: str, source: SpooledTemporaryFile[bytes]) -> None:
        with self._file.open(self._named(name), "w", force_zip64=True) as entry:
            while piece := source.read(PIECE):
                entry.write(piece)

    def _named(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._when)
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry


class _Sent(io.RawIOBase):
    """A file that can only be written on, whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since this was last asked."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return taken
