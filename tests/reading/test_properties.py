"""Whatever bytes come: articles, rejected records, or a refusal with a reason; never anything else."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.reading import ReadingError, Rejected, SourceFormat
from archive.ingest.reading.bylines import read_byline
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.published import read_published
from tests.reading.reading_help import check_places, knowledge, opened

LINES = (
    "افتتح الوزير المعرض صباح اليوم في العاصمة أمام جمهور كبير من الزوار والصحفيين.",
    "عنوان الخبر الأول",
    "مقالات ذات صلة",
    "شارك",
    "(الأخبار، أ ف ب)",
    "السبت 21/نوفمبر/2015 - 09:59 م",
    "الرواق - رويترز:",
    "body,title\n",
    '{"body": "نص"}',
)
TAGS = ("<DOC>", "</DOC>", "<TEXT>", "</TEXT>", "<TITLE>", "</title>", "<TIME>2017-04-29</TIME>")
SIGNS = (
    "\n",
    "\r\n",
    "\r",
    " ",
    "&",
    "{",
    "}",
    "[",
    "]",
    '"body"',
    ":",
    ",",
    '"',
    '""',
    ";",
    "\t",
    "\\u202e",
    "1e999",
    "null",
)
ODD = ("\u202e", "\ufeff", "é", "😀", "\u2028", "\x0c", "-", "TT")
PIECES = st.sampled_from([*LINES, *TAGS, *SIGNS, *ODD])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)


def says_something(reason: str) -> None:
    """A reason names the fault and, after a colon or semicolon, the remedy."""
    assert re.search(r"[:;] \S", reason), reason


FORMATS = [pytest.param(form, id=form) for form in ["auto", *SourceFormat]]


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=150, deadline=None)
@given(text=TEXTS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1256"]))
def test_any_text_is_read_or_refused_and_places_agree(form: str, text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    bom = {"utf-8-sig": 3, "utf-16": 2}.get(encoding, 3 if data.startswith(b"\xef\xbb\xbf") else 0)
    try:
        source = opened(data, format=form)
    except ReadingError as error:
        says_something(str(error))
        return
    for item in check_places(data, source, bom):
        if isinstance(item, Rejected):
            assert item.record > 0
            says_something(item.reason)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(form: str, data: bytes) -> None:
    try:
        list(opened(data, format=form).items)
    except ReadingError as error:
        says_something(str(error))


@given(st.text(max_size=60))
def test_any_byline_and_date_is_read(text: str) -> None:
    read_byline(text, lexicon_of(knowledge()))
    read_published(text)


SHORT = "خبر قصير عن المدينة\n"
PARAGRAPH = "كلمة " * 30 + ".\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SHORT * 8_000, id="short lines"),
        pytest.param(SHORT * 8_000 + PARAGRAPH, id="short lines above a paragraph"),
        pytest.param(PARAGRAPH + SHORT * 8_000 + PARAGRAPH, id="short lines between paragraphs"),
        pytest.param("القاهرة - سعاد الحلبي\n" * 8_000, id="bylines"),
        pytest.param("خبر" + " " * 300_000 + "خبر", id="spaces"),
        pytest.param("&خبر " * 60_000, id="ampersands"),
        pytest.param("<DOC>" + "<TITLE>" * 40_000 + "<TEXT>خبر</TEXT></DOC>", id="tags that never close"),
        pytest.param("خبر" + "." * 300_000 + "x", id="full stops"),
    ],
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    began = time.process_time()
    assert list(opened(text).items)
    assert time.process_time() - began < 5
