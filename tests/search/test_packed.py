"""Strings packed end to end are the strings that they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.packed import Packed

STRINGS = st.lists(st.text(max_size=8))


@given(STRINGS)
def test_packed_strings_are_those_of_the_list(strings: list[str]) -> None:
    packed = Packed(strings)
    assert list(packed) == strings
    assert packed.lengths.tolist() == list(map(len, strings))
    assert "".join(map(chr, packed.letters())) == "".join(strings)


@given(STRINGS, st.slices(8))
def test_slices_and_places_from_the_end_are_those_of_the_list(strings: list[str], part: slice) -> None:
    packed = Packed(strings)
    assert packed[part] == strings[part]
    assert [packed[-place] for place in range(1, len(strings) + 1)] == strings[::-1]


@pytest.mark.parametrize("place", [2, -3])
def test_place_beyond_the_ends_is_refused(place: int) -> None:
    with pytest.raises(IndexError):
        Packed(["a", "b"])[place]
