"""The data files of names: nothing claimed twice, everything found by every spelling."""

from __future__ import annotations

import pytest

from archive.ingest.reading import Knowledge, KnownName, load_knowledge
from archive.ingest.reading.knowledge.__main__ import clashes, main, strays
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.types import Profile
from tests.reading.reading_help import knowledge

SAUDI = [
    "aawsat",
    "alriyadh",
    "aljazirah",
    "alyaum",
    "aleqtisadiya",
    "okaz",
    "alwatan",
    "almadina",
    "3alyoum",
    "alweeam",
    "sabq",
    "was",
    "arreyadi",
    "arriyadiyah",
]


def test_no_name_is_claimed_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out.endswith("no clash\n")


def test_a_name_claimed_twice_is_said() -> None:
    names = (KnownName("a", "الفجر", aliases=("فجر",)), KnownName("b", "الفَجر", domains=("b.example",)))
    assert list(clashes(names)) == ["الفجر: a, b"]


def test_a_profile_of_no_known_outlet_is_said() -> None:
    knowledge = Knowledge(profiles=(Profile("nobody", ("* - لا أحد",)),))
    assert [line.partition(":")[0] for line in strays(knowledge)] == ["profile of nobody"]


def test_there_are_outlets_enough_with_both_names_and_domains() -> None:
    outlets = load_knowledge().outlets
    assert len(outlets) >= 60
    assert all(outlet.name and outlet.name_latin and outlet.slug for outlet in outlets)
    assert len({outlet.slug for outlet in outlets}) == len(outlets)


@pytest.mark.parametrize("source", SAUDI)
def test_sources_of_the_saudi_collection_are_known(source: str) -> None:
    found = lexicon_of(load_knowledge()).outlet(source)
    assert found
    assert found.name_latin


@pytest.mark.parametrize(
    "spelling", ["أ ف ب", "أ.ف.ب", "ا ف ب", "أ. ف. ب.", "فرانس برس", "وكالة فرانس برس", "AFP", "«أ ف ب»"]
)
def test_agency_is_found_by_any_spelling(spelling: str) -> None:
    found = lexicon_of(knowledge()).agency(spelling)
    assert found
    assert found.slug == "afp"


def test_own_outlet_takes_the_place_of_one_with_its_slug() -> None:
    own = load_knowledge(extra_outlets=[KnownName("okaz", "عكاظ الأولى")])
    assert [outlet.name for outlet in own.outlets if outlet.slug == "okaz"] == ["عكاظ الأولى"]
