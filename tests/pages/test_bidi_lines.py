"""A line in the order of the eye agrees with the Unicode bidirectional algorithm, letter by letter."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.display.bidi_lines import DIRECTING, atoms_for_the_eye, in_reading_order

LETTERS = "ابتث لا ﷺ abcXYZ 0123456789 ٠١٢ ()[]{}«»<>،؛؟.,:;!?%$€+-/\\'\"…–—_*=&@ ًٌَُِّْ é 中"
LINES = st.text(st.sampled_from(LETTERS), max_size=60).map(lambda text: " ".join(text.split()))


@settings(deadline=None)
@given(LINES, st.booleans())
def test_order_is_that_of_the_algorithm(line: str, right_to_left: bool) -> None:
    atoms = atoms_for_the_eye(line, right_to_left=right_to_left)
    seen = "".join(atom.text[::-1] if atom.leftwards else atom.text for atom in atoms)
    assert _without_marks(seen) == _without_marks(get_display(line, base_dir="R" if right_to_left else "L"))


@settings(deadline=None)
@given(st.text(max_size=60), st.booleans())
def test_no_letter_is_lost_or_doubled_whatever_the_text(text: str, right_to_left: bool) -> None:
    line = " ".join(text.split())
    atoms = atoms_for_the_eye(line, right_to_left=right_to_left)
    written = "".join(atom.text for atom in sorted(atoms, key=lambda atom: atom.start))
    assert written == "".join(letter for letter in line if letter not in DIRECTING)


@settings(deadline=None)
@given(LINES, st.booleans())
def test_stretches_are_every_atom_in_the_order_of_the_text(line: str, right_to_left: bool) -> None:
    atoms = atoms_for_the_eye(line, right_to_left=right_to_left)
    stretches = in_reading_order(atoms)
    assert sorted(number for stretch in stretches for number in stretch) == list(range(len(atoms)))
    starts = [min(atoms[number].start for number in stretch) for stretch in stretches]
    assert starts == sorted(starts)
    for stretch in stretches:
        assert stretch == list(range(stretch[0], stretch[-1] + 1)), "side by side"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("(ب)", "(ب)"),
        ("IBM (USA) شركة", "ةكرش IBM (USA)"),
        ("قال (2015) إن", "نإ (2015) لاق"),
        ("«مصر»", "«رصم»"),
    ],
    ids=["arabic", "latin", "figures", "quotes"],
)
def test_brackets_are_turned_where_the_text_runs_leftwards(line: str, seen: str) -> None:
    atoms = atoms_for_the_eye(line, right_to_left=True)
    assert "".join(atom.shown[::-1] if atom.leftwards else atom.shown for atom in atoms) == seen


def _without_marks(text: str) -> str:
    """A mark stands on either side of its letter, as one wishes."""
    return "".join(letter for letter in text if not "\u064b" <= letter <= "\u0652" and letter != "\u0301")
