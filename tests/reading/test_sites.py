"""Pages of many sites, with the profiles of known sites and without, in lines and flattened into one."""

from __future__ import annotations

import io
from functools import cache

import pytest

from archive.ingest.reading import Knowledge, Reading, ReadOptions, load_knowledge, read_source
from archive.ingest.reading.knowledge import site_profiles
from tests.reading.site_pages import FIRST, ONLY_BY_PROFILE, PAGES, SECOND, THIRD, TITLE, flattened

NAMES = pytest.mark.parametrize("name", PAGES)
SHAPES = pytest.mark.parametrize("flat", [False, True], ids=["in lines", "flattened"])


@cache
def known(*, profiles: bool) -> Knowledge:
    return load_knowledge(profiles=profiles)


def read(name: str, *, flat: bool, profiles: bool = True) -> Reading:
    page = flattened(PAGES[name][0]) if flat else PAGES[name][0]
    source = read_source("page.txt", io.BytesIO(page.encode()), ReadOptions(), known(profiles=profiles))
    (found,) = source.items
    assert isinstance(found, Reading)
    return found


def date_of(found: Reading) -> str | None:
    if found.published is None:
        return None
    date = found.published.value
    return f"{date.day} {str(date.time)[:5]}" if date.time else str(date.day)


@SHAPES
@NAMES
def test_headline_outlet_and_date_are_the_page_s(name: str, flat: bool) -> None:
    found = read(name, flat=flat)
    _, outlet, date = PAGES[name]
    assert found.title
    assert found.title.value == TITLE
    assert (found.outlet.value.slug if found.outlet else None) == outlet
    assert date_of(found) == date


@SHAPES
@NAMES
def test_body_is_the_story_and_nothing_around_it(name: str, flat: bool) -> None:
    assert read(name, flat=flat).body.split() == f"{FIRST} {SECOND} {THIRD}".split()


@SHAPES
@NAMES
def test_no_date_is_wrong_without_profiles(name: str, flat: bool) -> None:
    assert date_of(read(name, flat=flat, profiles=False)) in (PAGES[name][2], None)


@NAMES
def test_outlet_is_told_without_profiles_where_the_page_signs(name: str) -> None:
    found = read(name, flat=False, profiles=False)
    if name not in ONLY_BY_PROFILE:
        assert (found.outlet.value.slug if found.outlet else None) == PAGES[name][1]


def test_every_profile_is_of_a_known_outlet_or_agency_and_told_by_a_line() -> None:
    slugs = {outlet.slug for outlet in known(profiles=True).outlets}
    assert {profile.outlet for profile in site_profiles()} <= slugs
    assert all(profile.known_by for profile in site_profiles())
