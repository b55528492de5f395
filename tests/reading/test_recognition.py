"""Which format a file is in."""

from __future__ import annotations

import pytest

from archive.ingest.reading import ReadingError, SourceFormat, recognise_format
from tests.reading.reading_help import opened


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        pytest.param("a.txt", "خبر اليوم", SourceFormat.TEXT, id="text"),
        pytest.param("a", "خبر اليوم", SourceFormat.TEXT, id="text without suffix"),
        pytest.param("a.txt", "<DOC>\n<DOCNO>1</DOCNO>", SourceFormat.TREC, id="tagged text in .txt"),
        pytest.param("a.trec", "خبر", SourceFormat.TREC, id="tagged text by name"),
        pytest.param("a.txt", '{"body": "خبر"}', SourceFormat.JSON, id="one object in .txt"),
        pytest.param("a.json", '{\n "body": "خبر"}', SourceFormat.JSON, id="object over lines"),
        pytest.param("a.json", '{"body": "خبر"}\n{"body": "خبر"}\n', SourceFormat.JSONL, id="lines in .json"),
        pytest.param("a.jsonl", '{"body": "خبر"}', SourceFormat.JSONL, id="one line in .jsonl"),
        pytest.param("a.jsonl", "broken\n", SourceFormat.JSONL, id="broken line in .jsonl"),
        pytest.param("a.ndjson.gz", "{}", SourceFormat.JSONL, id="name of what was packed"),
        pytest.param("a.txt", '[{"body": "خبر"}]', SourceFormat.JSON, id="array"),
        pytest.param("a.txt", "[صورة] خبر اليوم", SourceFormat.TEXT, id="bracket of a text"),
        pytest.param("a.csv", "نص,عنوان\n", SourceFormat.CSV, id="csv by name"),
        pytest.param("a.txt", "title;body\nخبر;نص\n", SourceFormat.CSV, id="csv by header"),
        pytest.param("a.tsv", "title\tbody\n", SourceFormat.CSV, id="tsv"),
    ],
)
def test_format_is_recognised_by_content_then_by_name(name: str, head: str, expected: SourceFormat) -> None:
    assert recognise_format(name, head.encode()) is expected
    assert recognise_format(name, b"\xef\xbb\xbf" + head.encode()) is expected
    assert recognise_format(name, b"\xff\xfe" + head.encode("utf-16-le")) is expected


@pytest.mark.parametrize(
    ("head", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"%PDF-1.4", "a PDF.*pdftotext", id="pdf"),
        pytest.param(b"\x89PNG\r\n", "a PNG picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "a JPEG picture", id="jpeg"),
        pytest.param(b"PK\x03\x04", "zip archive.*unpack", id="zip"),
        pytest.param(b"\x1f\x8b\x08", "gzip.*unpack", id="gzip"),
        pytest.param(b"<?xml version='1.0'?><rss>", "XML.*JSON Lines", id="xml"),
        pytest.param(bytes(range(256)) * 4, "binary data.*leave it out", id="binary"),
    ],
)
def test_file_that_is_not_read_is_named_with_a_remedy(head: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        recognise_format("a.txt", head)


def test_format_asked_for_goes_before_content() -> None:
    assert opened("<DOC> خبر اليوم عن المدينة", format="text").format is SourceFormat.TEXT


def test_format_that_is_not_known_is_refused_with_the_choice() -> None:
    with pytest.raises(ReadingError, match=r"doc is not read.*jsonl"):
        opened("خبر", format="doc")


@pytest.mark.parametrize("asked", ["auto", *SourceFormat])
@pytest.mark.parametrize("content", ["", " \n\n"], ids=["empty", "blank"])
def test_empty_file_is_refused_whatever_format_is_asked_for(content: str, asked: str) -> None:
    with pytest.raises(ReadingError, match=r"is empty.*leave the file out"):
        opened(content, format=asked)
