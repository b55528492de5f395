"""Web archives: their pages as articles, the rest said and counted, however broken the file."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from pathlib import Path

import pytest

from archive.ingest.archives import files_in_archive
from archive.ingest.drafts import article_uid
from archive.ingest.found import FoundFile
from archive.ingest.reading import Reading, Rejected, SegmentKind, SourceFormat
from archive.ingest.reading.formats.warc.answers import record_text
from tests.reading.html_help import (
    FIRST,
    PARAGRAPHS,
    TITLE,
    answer,
    article_page,
    chunked,
    front_page,
    packed,
    record,
)
from tests.reading.reading_help import items, opened

PAGE = article_page()
INFO = record("warcinfo", b"software: test\r\n")
URI = "http://minbar.example/news/1.html"


def articles(data: bytes) -> list[Reading]:
    return [item for item in items(data, "x.warc") if isinstance(item, Reading)]


def reasons(data: bytes) -> list[str]:
    return [item.reason for item in items(data, "x.warc") if isinstance(item, Rejected)]


def test_web_archive_is_recognised_by_its_first_line() -> None:
    assert opened(INFO + answer(PAGE), "x").format is SourceFormat.WARC
    assert opened(answer(bytes(range(256)) * 300, kind="image/gif"), "x").format is SourceFormat.WARC


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(answer(PAGE), id="plain"),
        pytest.param(answer(packed(PAGE), headers="Content-Encoding: gzip\r\n"), id="gzip"),
        pytest.param(
            answer(zlib.compress(PAGE.encode()), headers="Content-Encoding: deflate\r\n"), id="deflate"
        ),
        pytest.param(
            answer(zlib.compress(PAGE.encode(), wbits=-15), headers="content-encoding: deflate\r\n"),
            id="deflate without a head",
        ),
        pytest.param(answer(chunked(PAGE.encode()), headers="Transfer-Encoding: chunked\r\n"), id="chunks"),
        pytest.param(
            answer(chunked(packed(PAGE)), headers="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
            id="chunks of gzip",
        ),
        pytest.param(answer(PAGE, headers="Transfer-Encoding: chunked\r\n"), id="said to be chunks and not"),
        pytest.param(answer(PAGE, headers="Content-Encoding: gzip\r\n"), id="said to be gzip and not"),
        pytest.param(
            answer(PAGE.encode("windows-1256"), kind="text/html; charset=windows-1256"), id="windows-1256"
        ),
        pytest.param(answer(PAGE.encode("windows-1256"), kind="text/html"), id="windows-1256 not said"),
    ],
)
def test_page_is_read_however_it_was_sent(made: bytes) -> None:
    (article,) = articles(INFO + made)
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.title is not None
    assert article.title.value == TITLE


def test_address_is_the_record_s_and_shown_there_and_its_date_is_not_the_article_s() -> None:
    data = INFO + answer(PAGE, URI)
    (article,) = articles(data)
    text = record_text(data[article.byte_span.start : article.byte_span.end])
    assert article.url is not None
    assert article.url.value == URI
    assert article.url.span is not None
    start = article.span.start
    assert text[article.url.span.start - start : article.url.span.end - start] == URI
    assert article.outlet is not None
    assert article.outlet.value.slug == "minbar"
    assert article.published is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(answer(PAGE), id="plain"),
        pytest.param(
            answer(chunked(packed(PAGE)), headers="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
            id="packed",
        ),
        pytest.param(answer(PAGE.encode("windows-1256"), kind="text/html"), id="windows-1256"),
    ],
)
def test_spans_and_segments_fit_the_record_s_text(body: bytes) -> None:
    data = INFO + body + answer(PAGE, "http://minbar.example/news/2.html")
    for article in articles(data):
        text = record_text(data[article.byte_span.start : article.byte_span.end])
        assert article.span.end - article.span.start == len(text)
        assert [s.start for s in article.segments] == [0, *(s.end for s in article.segments[:-1])]
        assert article.segments[-1].end == len(text)
        kept = "".join(text[s.start : s.end] for s in article.segments if s.kind is SegmentKind.BODY)
        assert "".join(kept.split()) == "".join(article.body.split())
        assert article.title is not None
        assert article.title.span is not None
        near, far = (
            place - article.span.start for place in (article.title.span.start, article.title.span.end)
        )
        assert text[near:far] == TITLE


def test_same_page_twice_has_two_places_and_the_same_file_the_same_ones() -> None:
    data = INFO + answer(PAGE) + answer(PAGE)
    starts = [article.span.start for article in articles(data)]
    assert len({article_uid("0" * 64, start) for start in starts}) == 2
    assert starts == [article.span.start for article in articles(data)]


@pytest.mark.parametrize(
    ("page", "day"),
    [
        pytest.param(
            article_page('<meta property="article:published_time" content="2015-11-23T10:02:00Z">'),
            None,
            id="moment of fetching",
        ),
        pytest.param(
            article_page('<meta property="article:published_time" content="2015-11-23T13:02:00+03:00">'),
            None,
            id="the same in another zone",
        ),
        pytest.param(
            article_page('<meta property="article:published_time" content="2015-11-25">'),
            None,
            id="after it was fetched",
        ),
        pytest.param(
            article_page(above=f"<h1>{TITLE}</h1><div>الإثنين 23 نوفمبر 2015</div>"),
            None,
            id="printed day of fetching",
        ),
        pytest.param(
            article_page('<meta property="article:published_time" content="2015-11-23T07:15:00Z">'),
            "2015-11-23",
            id="earlier that day",
        ),
        pytest.param(
            article_page('<meta property="article:published_time" content="2015-11-21T10:00:00Z">'),
            "2015-11-21",
            id="days before",
        ),
        pytest.param(
            article_page(
                '<meta property="article:published_time" content="2015-11-23T10:02:00Z">',
                above=f"<h1>{TITLE}</h1><div>الإثنين 23 نوفمبر 2015</div>",
            ),
            "2015-11-23",
            id="moment of fetching, and printed so",
        ),
    ],
)
def test_date_that_is_the_clock_of_the_fetching_is_not_taken(page: str, day: str | None) -> None:
    (article,) = articles(answer(page, date="2015-11-23T10:00:30Z"))
    assert (article.published.value.day.isoformat() if article.published else None) == day


def test_what_is_no_page_is_counted_by_its_kind() -> None:
    data = INFO + record("request", b"GET / HTTP/1.1\r\n\r\n", URI) + record("metadata", b"x: y\r\n", URI)
    data += (
        answer(PAGE)
        + answer(b"\x89PNG", kind="image/png")
        + answer(b"\x89PNG", "http://a.example/2", kind="image/png")
    )
    data += answer("gone", "http://a.example/3", status="404 Not Found") + answer(
        "", "http://a.example/4", status="301 Moved"
    )
    data += record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", URI) + record(
        "resource", b"<html></html>", "file:///x"
    )
    found = items(data, "x.warc")
    assert len([item for item in found if isinstance(item, Reading)]) == 1
    said = reasons(data)
    assert len(said) == 5
    assert any("skipped 2 answers of type image/png" in reason for reason in said)
    assert any(
        "skipped 1 answers of status 404" in reason and "http://a.example/3" in reason for reason in said
    )


def test_first_page_of_a_site_is_no_article_whatever_it_says() -> None:
    (reason,) = reasons(answer(PAGE, "http://minbar.example/"))
    assert "is no article but a list" in reason


def test_page_that_is_no_article_is_rejected_by_its_address() -> None:
    (reason,) = reasons(answer(front_page(), "http://minbar.example/section"))
    assert reason.startswith("http://minbar.example/section is no article but a list")


GOOD = answer(PAGE, "http://minbar.example/news/2.html")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        pytest.param(b"nothing that is a record\r\n\r\n", "no WARC head", id="junk"),
        pytest.param(
            record("response", b"HTTP/1.1 200 OK\r\n\r\nxxx", URI, length=10**9),
            "cut short",
            id="length beyond the file",
        ),
        pytest.param(
            record("response", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 90, URI, length=60),
            "wrong",
            id="length too small",
        ),
        pytest.param(
            record("response", b"x", URI).replace(b"Content-Length: 1", b"Content-Length: one"),
            "missing or no number",
            id="length no number",
        ),
        pytest.param(
            record("response", b"x", URI).replace(b"Content-Length: 1\r\n", b""),
            "missing or no number",
            id="no length",
        ),
        pytest.param(
            b"WARC/1.0\r\n" + b"A: " + b"b" * 70_000 + b"\r\n\r\n", "no WARC head", id="endless head"
        ),
        pytest.param(record("response", b"no head of HTTP", URI), "HTTP head is broken", id="no HTTP head"),
        pytest.param(
            answer(b"\x1f\x8b\x08\x00garbage garbage", headers="Content-Encoding: gzip\r\n"),
            "packed and damaged",
            id="gzip damaged",
        ),
        pytest.param(
            answer(b"....", headers="Content-Encoding: zstd\r\n"), "packed as zstd", id="packed otherwise"
        ),
        pytest.param(
            answer(gzip.compress(b"<p>" + b" " * (20 << 20)), headers="Content-Encoding: gzip\r\n"),
            "unpacks to more",
            id="bomb",
        ),
        pytest.param(answer(b"<html>" + b" " * (17 << 20)), "longer than 16 MB", id="page too long"),
        pytest.param(answer(b"\xff\xfe\xfa\xf9" * 50), "", id="no text"),
    ],
)
def test_broken_record_is_said_and_the_next_is_read(broken: bytes, says: str) -> None:
    data = INFO + broken + GOOD
    (article,) = articles(data)
    assert article.url is not None
    assert article.url.value == "http://minbar.example/news/2.html"
    assert any(says in reason for reason in reasons(data))


def test_file_cut_short_gives_what_is_whole_and_says_the_rest() -> None:
    data = INFO + answer(PAGE) + GOOD[:-300]
    assert len(articles(data)) == 1
    assert any("cut short" in reason for reason in reasons(data))


def test_record_by_record_gzip_is_unpacked_and_read(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(gzip.compress(part, mtime=0) for part in (INFO, answer(PAGE), GOOD)))
    (found,) = files_in_archive(path, path.name, path.stat().st_size)
    assert isinstance(found, FoundFile)
    assert found.name == "x.warc"
    assert len(articles(b"".join(found.chunks()))) == 2


class Endless(io.RawIOBase):
    """A file of many megabytes that is nowhere whole: the same records again and again."""

    def __init__(self, block: bytes, times: int) -> None:
        self.block, self.size, self.at = block, len(block) * times, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (self.size if whence == 2 else self.at if whence == 1 else 0)
        return self.at

    def read(self, size: int = -1) -> bytes:
        size = self.size - self.at if size < 0 else min(size, self.size - self.at)
        place = self.at % len(self.block)
        whole = self.block * ((place + size) // len(self.block) + 1)
        self.at += size
        return whole[place : place + size]


def test_long_file_takes_little_memory() -> None:
    from archive.ingest.reading import ReadOptions, read_source
    from tests.reading.reading_help import knowledge

    block = answer(b"\x00" * (8 << 20), kind="video/mp4") + answer(PAGE)
    stream = Endless(block, 40)
    tracemalloc.start()
    source = read_source("x.warc", stream, ReadOptions(), knowledge())  # type: ignore[arg-type]
    count = sum(isinstance(item, Reading) for item in source.items)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40
    assert peak < 64 << 20


def test_slice_cut_short_still_shows_its_beginning() -> None:
    data = answer(packed(PAGE), headers="Content-Encoding: gzip\r\n")
    assert record_text(data[:-200]).startswith("WARC/1.0")
    assert FIRST[:40] in record_text(data)
