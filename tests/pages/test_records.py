"""A record of JSON on its source page: every letter of it, a field to a line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.display.prose import Run
from archive.display.records import record_fields

NAMES = st.text(
    alphabet=st.characters(exclude_characters='"\\', exclude_categories=["C"]), min_size=1, max_size=9
)
VALUES = st.none() | st.integers() | st.text(max_size=40) | st.lists(st.text(max_size=9), max_size=3)


def fields(text: str) -> list[tuple[str, str]]:
    found = record_fields([Run(text, "body")])
    return [(field.name, "".join(run.text for run in field.value)) for field in found]


@pytest.mark.parametrize(
    ("record", "names"),
    [
        pytest.param('{"title": "ع", "body": "نص"}', ['{"title": ', '"body": '], id="two fields"),
        pytest.param('{"a":1,"b":[1,2]}', ['{"a":', '"b":'], id="without spaces"),
        pytest.param(r'{"body": "قال: \"نعم\", \"لا\": كذا"}', ['{"body": '], id="quotes within a value"),
        pytest.param("نص مجرّد", [""], id="no record"),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_each_field_stands_on_a_line_with_its_name(record: str, names: list[str]) -> None:
    assert [name for name, _ in fields(record)] == names


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_no_letter_is_lost_or_moved(record: dict[str, object]) -> None:
    text = json.dumps(record, ensure_ascii=False)
    assert "".join(name + value for name, value in fields(text)) == text


def test_words_that_are_evidence_keep_their_note_where_a_field_is_cut() -> None:
    line = [Run('{"title": "', "body"), Run("عنوان", "title", closes=True), Run('", "body": "نص"}', "body")]
    first, second = record_fields(line)
    assert [(run.text, run.closes) for run in first.value] == [('"', False), ("عنوان", True), ('", ', False)]
    assert [run.text for run in second.value] == ['"نص"}']
