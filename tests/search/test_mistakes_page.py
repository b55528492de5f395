"""The page on the query language says of each mistake what the archive says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from search.query import parse

PAGE = Path(__file__).parents[2] / "docs" / "query-language.md"
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
ISOLATES = re.compile("[\u2066\u2069]")


def test_the_page_has_a_table_of_mistakes() -> None:
    assert len(ROWS) > 15


@pytest.mark.parametrize(("typed", "english", "arabic"), ROWS, ids=[row[0] for row in ROWS])
def test_a_mistake_is_explained_as_the_page_says(typed: str, english: str, arabic: str) -> None:
    for language, said in (("en", english), ("ar", arabic)):
        with override(language):
            assert ISOLATES.sub("", parse(typed).warnings[0].message) == said
