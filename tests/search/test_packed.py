"""Strings packed end to end are the strings that they were."""

from __future__ import annotations

import numpy as np
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


@given(STRINGS, st.data())
def test_many_places_are_read_at_once(strings: list[str], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(strings) - 1))) if strings else []
    assert Packed(strings).chosen(np.array(places, np.intp)) == [strings[place] for place in places]


@pytest.mark.parametrize("place", [2, -3])
def test_place_beyond_the_ends_is_refused(place: int) -> None:
    with pytest.raises(IndexError):
        Packed(["a", "b"])[place]
