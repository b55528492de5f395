"""Saved pages of five news sites: every field that was judged by hand is right."""

from __future__ import annotations

import io
import json
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from arabic import tokenize
from archive.ingest.reading import Reading, ReadOptions, load_knowledge, read_source

FILES = (
    "htmldate_1550981615.html",
    "htmldate_1588107198.html",
    "htmldate_1691196862.html",
    "htmldate_1731695567.html",
    "newspaper4k_arabic_article.html",
)


def page(shared: Path, name: str) -> tuple[Reading, dict[str, Any]]:
    """A page as it is read, and what was judged of it."""
    folder = shared / "corpora/html-dev"
    truth = {each["file"]: each for each in json.loads((folder / "truth.json").read_text(encoding="utf-8"))}
    stream = io.BytesIO((folder / name).read_bytes())
    (article,) = read_source(name, stream, ReadOptions(), load_knowledge()).items
    assert isinstance(article, Reading)
    return article, truth[name]


@pytest.mark.parametrize("name", FILES)
def test_judged_fields_are_right(shared: Path, name: str) -> None:
    article, truth = page(shared, name)
    assert article.title is not None
    if truth.get("gt_title"):
        assert article.title.value == truth["gt_title"]
    if truth.get("html_title"):
        assert unescape(truth["html_title"]).startswith(article.title.value)
    if truth["gt_date"]:
        assert article.published is not None
        assert article.published.value.day.isoformat() == truth["gt_date"]
    else:
        assert article.published is None
    assert article.url is not None
    assert unquote(article.url.value) == unquote(truth["url"])


def test_judged_text_is_whole_and_nothing_else(shared: Path) -> None:
    article, truth = page(shared, "newspaper4k_arabic_article.html")
    said = [token.text for token in tokenize(truth["gt_text"])]
    read = [token.text for token in tokenize(article.body)]
    assert said[-len(read) :] == read  # all but the dateline, which stands in its own field
    assert len(said) - len(read) <= 3
