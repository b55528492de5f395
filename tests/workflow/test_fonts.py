"""The web fonts hold what pages set, and stay small."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tools.fonts import (
    ALWAYS,
    CUT_IN_THREE,
    FACES,
    FOLDER,
    LICENCES,
    MARKED_LATIN,
    OTHER_ARABIC,
    Face,
    make_fonts,
)

PRESS_SAMPLE = "أَرْشِيفُ الصَّحَافَةِ، ١٤٣٦؛ پچگ لا «قال» ﷺ ﴿﴾ “Arshif” – 1,234…"
ROMANISED_SAMPLE = "āḥṣʿʾ"
LARGEST = 80_000
"""Bytes of the largest face."""
LARGEST_ALWAYS = 62_000
"""Bytes of the largest of the faces that every page asks for."""
STYLESHEETS = [FOLDER.parent / "site.css", FOLDER.parent / "desk.css"]
FACE_RULE = re.compile(r'url\("fonts/([\w-]+)\.woff2"\).*?unicode-range: ([^;]+);')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Fonts as the pages have them, in a folder of the test's own."""
    make_fonts()
    return Path(shutil.copytree(FOLDER, tmp_path / "fonts"))


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_face_is_small_woff2(face: Face, folder: Path) -> None:
    path = folder / f"{face.name}.woff2"
    assert path.read_bytes()[:4] == b"wOF2"
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize("name", [name for _package, _source, name in CUT_IN_THREE])
def test_faces_hold_the_letters_that_they_set(name: str, folder: Path) -> None:
    assert (folder / f"{name}.woff2").stat().st_size < LARGEST_ALWAYS
    assert not set(PRESS_SAMPLE) - held(folder / f"{name}.woff2")
    if name.startswith("amiri"):
        assert not set(ROMANISED_SAMPLE) - held(folder / f"{name}-latin.woff2")
    assert held(folder / f"{name}-arabic.woff2") > set("ڈےٹ"), "letters of Urdu"


def held(path: Path) -> set[str]:
    with TTFont(path) as font:
        return set(map(chr, font.getBestCmap()))


def asked_for(ranges: str) -> set[int]:
    """The letters of a `unicode-range`."""
    found: set[int] = set()
    for one in ranges.split(","):
        first, _, last = one.strip().removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.name)
def test_stylesheets_ask_for_each_part_of_a_face_where_its_letters_stand(stylesheet: Path) -> None:
    rules = {name: asked_for(ranges) for name, ranges in FACE_RULE.findall(stylesheet.read_text("utf-8"))}
    letters = {face.name: face.letters for face in FACES}
    assert len(rules) > 5
    for name, asked in rules.items():
        if name.endswith(("-latin", "-arabic")):
            part = MARKED_LATIN if name.endswith("-latin") else OTHER_ARABIC
            assert asked - ALWAYS >= part, name
        else:
            assert asked >= letters[name], name
    always = [name for name in rules if letters[name] == ALWAYS]
    assert all(rules[name] == ALWAYS for name in always)
    assert list(rules).index(always[0]) > max(list(rules).index(f"{name}-latin") for name in always)


def test_licences_lie_beside_the_fonts(folder: Path) -> None:
    for name in LICENCES.values():
        assert "SIL OPEN FONT LICENSE" in (folder / name).read_text("utf-8")


def test_second_run_leaves_current_fonts_alone(folder: Path) -> None:
    before = [path.stat().st_mtime_ns for path in sorted(folder.glob("*.woff2"))]
    make_fonts(folder)
    assert [path.stat().st_mtime_ns for path in sorted(folder.glob("*.woff2"))] == before


def test_outdated_font_is_made_again(folder: Path) -> None:
    path = folder / "amiri-italic.woff2"
    os.utime(path, (0, 0))
    make_fonts(folder)
    assert path.stat().st_mtime > 0
