"""The original of an article as its page shows it: the text that came in, read within a budget."""

from __future__ import annotations

from dataclasses import dataclass

from archive.ingest.reading import decode_slice, record_text
from archive.models import Article, SourceFile
from archive.services.originals import read_slice

MOST_BYTES = 200_000
"""How much of an original one page shows."""

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class OriginalText:
    """Text of an original from character `origin` of the file on. `cut`: bytes that the page leaves out."""

    text: str
    origin: int
    cut: int = 0


def article_slice(article: Article) -> OriginalText:
    """The article's own part of its file. Raises: OriginalMissing."""
    end = min(article.byte_end, article.byte_start + MOST_BYTES)
    data = read_slice(article.source.sha256, article.byte_start, end)
    return OriginalText(_read(data, article.source), article.source_start, article.byte_end - end)


def _read(data: bytes, source: SourceFile) -> str:
    """The text of an article's bytes; a page of a web archive is unpacked from its record."""
    if source.format == SourceFile.Format.WARC:
        return record_text(data)
    return decode_slice(data, source.encoding).removeprefix(BYTE_ORDER_MARK)


def shows_whole_file(source: SourceFile) -> bool:
    """Whether the page shows all of the file: a plain text within the budget."""
    return source.format == SourceFile.Format.TEXT and source.size <= MOST_BYTES


def whole_file(source: SourceFile) -> OriginalText:
    """The text of a small file. Raises: OriginalMissing."""
    data = read_slice(source.sha256, 0, source.size)
    return OriginalText(decode_slice(data, source.encoding).removeprefix(BYTE_ORDER_MARK), 0)
