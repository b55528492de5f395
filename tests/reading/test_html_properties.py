"""Whatever is done to a page or a web archive: articles, rejected records or a refusal, and in good time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.ingest.reading import Reading, ReadingError, Rejected, decode_slice, record_text
from tests.reading.html_help import (
    ABOVE,
    LD,
    PRINTED,
    answer,
    article_page,
    chunked,
    front_page,
    ld,
    meta,
    packed,
    record,
)
from tests.reading.reading_help import opened
from tests.reading.test_properties import says_something

PAGES = (
    article_page(ld('"datePublished":"2015-11-21T10:00:00Z","author":{"name":"سعاد الحلبي"}')),
    article_page(
        meta("article:published_time", "2015-11-21"), above=ABOVE + PRINTED + "<figure><img src=x></figure>"
    ),
    article_page(LD.format('[{"@graph":[{}]}]'), below="<table><tr><td>١<td>٢</table><!-- x -->"),
    front_page(),
)
RECORDS = (
    record("warcinfo", b"x: y\r\n"),
    answer(PAGES[0]),
    answer(packed(PAGES[1]), "http://minbar.example/2", headers="Content-Encoding: gzip\r\n"),
    answer(chunked(PAGES[2].encode()), "http://minbar.example/3", headers="Transfer-Encoding: chunked\r\n"),
    answer(b"\x89PNG", kind="image/png"),
)
SCRAPS = (
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b'"',
    b"'",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"</div>" * 9,
    b"<table>" * 9,
    b"<a href='",
    b"&#x202e;",
    b"&#0;",
    b"&amp",
    b"\r\n\r\n",
    b"WARC/1.0\r\n",
    b"Content-Length: 7\r\n",
    "\u202e".encode(),
    "\u2066".encode(),
    "\ufeff".encode(),
    "\u2801\u2880".encode(),
    "خبر".encode("windows-1256"),
)
ENCODINGS = ("utf-8", "windows-1256", "utf-16", "iso-8859-6")


@st.composite
def mutated(draw: st.DrawFn, wholes: tuple[bytes, ...]) -> bytes:
    """Bytes cut, flipped, glued together and strewn with what breaks parsers."""
    data = bytearray(b"".join(draw(st.lists(st.sampled_from(wholes), min_size=1, max_size=3))))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["flip", "cut", "drop", "put", "copy"])):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[max(at, 40) :]
            case "drop":
                del data[at : at + draw(st.integers(1, 400))]
            case "put":
                data[at:at] = draw(st.sampled_from(SCRAPS))
            case _:
                data[at:at] = data[at : at + draw(st.integers(1, 400))]
    return bytes(data)


def check(item: Reading | Rejected, data: bytes, encoding: str, *, warc: bool) -> None:
    """A rejected record says why; an article's places agree with the bytes and its segments leave no hole."""
    if isinstance(item, Rejected):
        assert item.record > 0
        says_something(item.reason)
        return
    own = data[item.byte_span.start : item.byte_span.end]
    text = record_text(own) if warc else decode_slice(own, encoding)
    assert item.span.end - item.span.start == len(text)
    assert [part.start for part in item.segments] == [0, *(part.end for part in item.segments[:-1])]
    assert item.segments[-1].end == len(text)
    assert item.body
    for found in (
        item.title,
        item.subtitle,
        item.outlet,
        item.published,
        item.url,
        item.place,
        *item.authors,
    ):
        if found is not None:
            assert found.span is not None
            assert item.span.start <= found.span.start < found.span.end <= item.span.end


def read(data: bytes, form: str) -> None:
    try:
        source = opened(data, format=form)
        for item in source.items:
            check(item, data, source.encoding, warc=form == "warc")
    except ReadingError as error:
        says_something(str(error))


WIDE = tuple(page.encode(encoding, "replace") for page in PAGES for encoding in ENCODINGS)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(WIDE))
def test_any_mutated_page_is_read_or_refused(data: bytes) -> None:
    read(data, "html")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(RECORDS))
def test_any_mutated_web_archive_is_read_or_refused(data: bytes) -> None:
    read(data, "warc")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<div>" * 50_000 + "خبر", id="deep"),
        pytest.param('<a href="' * 30_000, id="quotes never closed"),
        pytest.param("<" * 300_000, id="openings"),
        pytest.param("<!--" * 60_000, id="comments never closed"),
        pytest.param("<script>" * 40_000, id="scripts never closed"),
        pytest.param("<select>" * 40_000, id="lists never closed"),
        pytest.param("&amp;" * 60_000, id="entities"),
        pytest.param("&" * 300_000, id="ampersands"),
        pytest.param("<p>" + "خبر عاجل من المدينة اليوم<br>" * 20_000, id="lines"),
        pytest.param("<b>خبر</b> " * 20_000, id="marked words"),
        pytest.param("<table><tr><td>" * 5_000 + "خبر", id="nested tables"),
        pytest.param("<x " + "a=b " * 80_000 + ">", id="attributes"),
        pytest.param("<h1>" * 40_000 + "خبر", id="headings"),
        pytest.param("<time datetime=1>" * 20_000, id="times"),
        pytest.param(LD.format('{"@graph":' * 20_000), id="nested JSON"),
        pytest.param(LD.format('"x":"' * 60_000), id="strings in JSON"),
        pytest.param(" " * 400_000 + "خبر", id="spaces"),
    ],
)
def test_hostile_page_costs_no_more_than_its_length(page: str) -> None:
    read(article_page().encode(), "html")  # what is loaded once is not what is measured
    began = time.process_time()
    read(f"<html><body>{page}".encode(), "html")
    read(article_page(below=page).encode(), "html")
    assert time.process_time() - began < 8
