"""The project's own list of spellings: readable, without doubles, and no spelling finds other words."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from arabic import lexicon, stem
from search.models import SpellingGroup
from search.variants.book import Book, NameGroup
from search.variants.keeping import mistakes_of
from search.variants.shipped import ListUnreadable, ShippedGroup, read_groups, shipped_groups
from search.variants.spelling import NISBA_ENDINGS, PARTICLES, read_spelling

LEAST_GROUPS = 1_200
MOST_FORMS = 90
OTHER_WORDS_ALLOWED = 0.3
"""Of the words that share a spelling's stem in news, so many may be others."""
BASE = 5
RELATED = {
    "سورية": "of the stem of سوري, as in every Syrian newspaper",
    "زمبيا": "of the stem of زمبي, the adjective",
    "تلفزيون": "of the stem of تلفزي, which Tunisian newspapers write for تلفزيوني",
}
"""Spellings that share their stem with a word close to them."""


@cache
def by_stem() -> dict[str, Counter[str]]:
    """The forms that the lexicon counts, by their stems."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for form, count in lexicon.shipped().items():
        found[stem(form)][form] = count
    return found


def test_list_is_long() -> None:
    assert len(shipped_groups()) >= LEAST_GROUPS


def test_every_kind_is_one_that_the_curation_desk_knows() -> None:
    assert {group.kind for group in shipped_groups()} == set(SpellingGroup.Kind.values)


def test_groups_would_pass_the_curation_desk() -> None:
    wrong = {group.spellings[0]: mistakes_of(group.spellings) for group in shipped_groups()}
    assert {name: mistakes for name, mistakes in wrong.items() if mistakes} == {}


def test_no_spelling_stands_in_two_groups() -> None:
    counted = Counter(read_spelling(text).normals for group in shipped_groups() for text in group.spellings)
    assert [normals for normals, count in counted.items() if count > 1] == []


def test_keys_tell_groups_apart() -> None:
    keys = [group.key for group in shipped_groups()]
    assert len(keys) == len(set(keys))


def test_nearly_every_spelling_adds_something_to_its_group() -> None:
    """Two of one stem are found together without the list; a few may become so as the lexicon changes."""
    stems = [{read_spelling(text).stems for text in group.spellings} for group in shipped_groups()]
    assert sum(len(group.spellings) for group in shipped_groups()) - sum(map(len, stems)) <= 10


def test_no_spelling_brings_other_words() -> None:
    """The words of news that have a spelling's stem are that name, with particles and endings."""
    found = {}
    for group in shipped_groups():
        for text in group.spellings:
            spelling = read_spelling(text)
            if len(spelling.normals) > 1 or not spelling.is_telling or text in RELATED:
                continue
            forms = by_stem()[spelling.stems[0]]
            others = {form: count for form, count in forms.items() if not _is_form(form, spelling.normals[0])}
            if sum(others.values()) > max(3, OTHER_WORDS_ALLOWED * forms.total()):
                found[text] = others
    assert found == {}


def _is_form(form: str, name: str) -> bool:
    """Whether a form is a name with particles and endings, or an adjective of it."""
    base = name.removeprefix("ال")
    for particle in PARTICLES:
        rest = form[len(particle) :]
        if form.startswith(particle) and rest.startswith(base):
            return rest[len(base) :] in {"", "ا", "ان", "ها", "هم", "نا", "ي", *NISBA_ENDINGS}
    root = base.rstrip("اهي")
    return len(root) >= BASE and root in form


def test_no_search_asks_for_too_many_forms() -> None:
    groups = [NameGroup(tuple(map(read_spelling, group.spellings))) for group in shipped_groups()]
    assert max(len(group.forms) for group in groups) <= MOST_FORMS


def test_names_that_every_newspaper_spells_differently_are_there() -> None:
    book = Book([group.spellings for group in shipped_groups()])
    for name in ("غوغل", "أميركا", "سورية", "نتانياهو", "إنكلترا", "فايسبوك", "أوربا", "ترمب", "أبو ظبي"):
        assert book.shown[read_spelling(name).stems] == name


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        pytest.param(["[place]", "غرناطة = جرناطة"], [("place", "غرناطة", "جرناطة")], id="a group"),
        pytest.param(["# x", "", "[word]", " غاز  =  جاز # y"], [("word", "غاز", "جاز")], id="remarks"),
        pytest.param(["[place]"], [], id="nothing"),
    ],
)
def test_list_is_read(lines: list[str], groups: list[tuple[str, ...]]) -> None:
    assert list(read_groups(lines)) == [ShippedGroup(kind, tuple(rest)) for kind, *rest in groups]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["غرناطة = جرناطة"], id="no kind"),
        pytest.param(["[place]", "غرناطة"], id="one spelling"),
        pytest.param(["[place]", "غرناطة = = جرناطة"], id="an empty spelling"),
    ],
)
def test_line_that_is_no_group_is_named(lines: list[str]) -> None:
    with pytest.raises(ListUnreadable, match=f"line {len(lines)}:.*write"):
        list(read_groups(lines))
