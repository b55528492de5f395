"""Marks stand exactly where the words stand in the original."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic import Sought
from search.api.values import plain
from search.marking import ELLIPSIS, SNIPPET_LENGTH, Marker, snippet
from search.query import parse
from search.service import mark, mark_title, search
from search.types import Level, SearchRequest

if TYPE_CHECKING:
    from search.types import Marked
    from tests.search.library import Collection


def marked(runs: Marked) -> list[str]:
    """The marked words."""
    return [run.text for run in runs if run.marked]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "query", "level", "words"),
    [
        pytest.param("زار فيصل في المدينة", "في", Level.INFLECTED, ["في"], id="whole words only"),
        pytest.param("قال مُحَمَّدٌ لمحمـد", "محمد", Level.FOLDED, ["مُحَمَّدٌ"], id="vowel marks and all"),
        pytest.param(
            "والسعودية، للسعودية؛ السعودي",
            "السعودية",
            Level.INFLECTED,
            ["والسعودية", "للسعودية", "السعودي"],
            id="forms",
        ),
        pytest.param(
            "الارهاب والإرهاب والحرب", "الإرهاب", Level.FOLDED, ["الارهاب"], id="folded keeps particles apart"
        ),
        pytest.param("الارهاب الإرهاب", "الإرهاب", Level.EXACT, ["الإرهاب"], id="exact"),
        pytest.param(
            "مجلس الوزراء ومجلس الأمن، مجلس الامن",
            '"مجلس الأمن"',
            Level.INFLECTED,
            ["مجلس", "الامن"],
            id="phrase",
        ),
        pytest.param("كتاب كتابة مكتب", "كتا*", Level.INFLECTED, ["كتاب", "كتابة"], id="prefix"),
        pytest.param("نفط وغاز", "نفط -غاز", Level.INFLECTED, ["نفط"], id="not what is excluded"),
        pytest.param(
            "النفط والغاز", "عنوان:النفط الغاز", Level.INFLECTED, ["والغاز"], id="not what is asked of titles"
        ),
        pytest.param(
            "سعر النفط في اليوم والسعر", '"سعر اليوم"~3', Level.FOLDED, ["سعر", "اليوم"], id="nearness"
        ),
        pytest.param(
            "الحرب على الفقر", "الحرب على الفقر", Level.INFLECTED, ["الحرب", "الفقر"], id="no particles"
        ),
        pytest.param("عام ١٤٣٦هـ", "1436", Level.INFLECTED, ["١٤٣٦"], id="digits"),
        pytest.param("لا شيء", "", Level.INFLECTED, [], id="no query"),
        pytest.param("", "نفط", Level.INFLECTED, [], id="no text"),
    ],
)
def test_marks(text: str, query: str, level: Level, words: list[str]) -> None:
    runs = mark(text, query, level)
    assert marked(runs) == words
    assert plain(runs) == text


@pytest.mark.django_db
def test_title_is_marked_by_what_is_asked_of_titles() -> None:
    assert marked(mark_title("النفط والغاز", "title:النفط")) == ["النفط"]


ARABIC_TEXT = st.text(alphabet="ابتمن \u064e\u0640\u200c،.أإىةه١1a", max_size=200)


@given(ARABIC_TEXT, st.text(alphabet='ابتمن أة "-*()|~1:', max_size=30), st.sampled_from(Level))
def test_text_comes_out_of_marking_and_cutting_as_it_went_in(text: str, query: str, level: Level) -> None:
    marks = Marker(parse(query).tree, level).mark(text)
    assert plain(marks.runs) == text
    assert all(run.text for run in marks.runs)
    for place in marks.places:
        assert text[place.start : place.end].strip()
    assert plain(snippet(marks)).strip(ELLIPSIS) in text


@given(ARABIC_TEXT, st.text(alphabet="ابتمن أةى *", max_size=20), st.sampled_from(Level))
def test_marks_are_those_of_a_text_of_which_all_words_are_read(text: str, query: str, level: Level) -> None:
    marks = Marker(parse(query).tree, level).mark(text)
    with patch.object(Sought, "of", return_value=None):
        assert Marker(parse(query).tree, level).mark(text) == marks


def test_snippet_shows_the_passage_with_most_of_the_words() -> None:
    filler = "كلام آخر لا صلة له بما سئل عنه " * 20
    text = f"النفط. {filler} سعر النفط في السوق العالمية {filler}"
    runs = snippet(Marker(parse("سعر النفط العالمية").tree, Level.INFLECTED).mark(text))
    assert marked(runs) == ["سعر", "النفط", "العالمية"]
    assert len(plain(runs)) <= SNIPPET_LENGTH + 20
    assert plain(runs).startswith(ELLIPSIS)
    assert plain(runs).endswith(ELLIPSIS)


def test_snippet_is_cut_between_words() -> None:
    text = " ".join(f"كلمة{number}" for number in range(200))
    words = set(text.split())
    for query in ("كلمة0", "كلمة77", "كلمة199"):
        shown = plain(snippet(Marker(parse(query).tree, Level.EXACT).mark(text))).strip(ELLIPSIS)
        assert set(shown.split()) <= words


def test_hit_counts_its_marks_and_names_their_forms(collection: Collection) -> None:
    collection.add("قالت السعودية إن السعودية والسعوديين", title="في السعودية")
    collection.ready()
    hit = search(SearchRequest(query="السعودية")).hits[0]
    assert marked(hit.title) == ["السعودية"]
    assert hit.occurrences == 4
    assert hit.forms == ("السعودية", "والسعوديين")


def test_hit_by_its_subtitle_shows_the_subtitle(collection: Collection) -> None:
    collection.add("نص الخبر", title="خبر", subtitle="عن النفط")
    collection.ready()
    assert marked(search(SearchRequest(query="النفط")).hits[0].snippet) == ["النفط"]
