"""Nothing of a plain text is lost: its body and what is marked out of it are all of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.reading import Reading, ReadingError, SegmentKind
from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.printed import as_printed
from tests.reading.reading_help import opened
from tests.reading.site_pages import PAGES

BODY = (SegmentKind.BODY, SegmentKind.SUBHEAD)
LINES = tuple(line for page, _, _ in PAGES.values() for line in page.splitlines() if line.strip())
ODD = (
    "&",
    "&#34;",
    "\u202e",
    "ﺑـ٠٠٥ ﻛﻠﻤﺔ ﻓﻲ ﻋﺎم",
    'alt="صورة" />',
    "-- / --",
    "\x0b",
    "\u2028",
    "التعليقات",
    "x",
)
BREAKS = ("\n", "\n\n", "\r\n", "\r", "     ", "   ", "\t\t\t", " ", "\u00a0\u00a0\u00a0\u00a0")
TEXTS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(LINES), st.sampled_from(ODD), st.text(max_size=6)), st.sampled_from(BREAKS)
    ),
    min_size=1,
    max_size=30,
).map(lambda parts: "".join(line + end for line, end in parts))


def letters(text: str) -> str:
    """What is printed of a text, without blanks."""
    return "".join("".join(clean_line(as_printed(line)).split()) for line in text.splitlines())


def check(text: str) -> None:
    try:
        articles = [item for item in opened(text, format="text").items if isinstance(item, Reading)]
    except ReadingError:
        return
    at = 0
    for article in articles:
        assert article.span.start <= at or not letters(text[at : article.span.start])
        at = article.span.end
        source = text[article.span.start : article.span.end]
        assert "".join(source[part.start : part.end] for part in article.segments) == source
        for part in article.segments:
            assert part.kind is not SegmentKind.BLANK or not letters(source[part.start : part.end])
        kept = "".join(
            letters(source[part.start : part.end]) for part in article.segments if part.kind in BODY
        )
        if kept:
            assert "".join(article.body.split()) == kept
    assert not articles or not letters(text[at:])


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_body_and_marked_out_spans_are_the_whole_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize("name", PAGES)
def test_body_and_marked_out_spans_are_the_whole_page(name: str) -> None:
    check(PAGES[name][0])
