"""The web fonts hold what pages set, and stay small."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tools.fonts import FACES, FOLDER, LICENCES, Face, make_fonts

ARABIC_SAMPLE = "أَرْشِيفُ الصَّحَافَةِ، ١٤٣٦؛ پچگ لا"
ROMANISED_SAMPLE = "āḥṣʿʾ “Arshif” – 1,234…"
LARGEST = 120_000
"""Bytes of the largest face."""


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


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_face_holds_the_letters_that_it_sets(face: Face, folder: Path) -> None:
    wanted = set() if face.name == "amiri-italic" else {letter for letter in ARABIC_SAMPLE if letter != " "}
    if face.package == "fontpkg_amiri":
        wanted |= set(ROMANISED_SAMPLE)
    with TTFont(folder / f"{face.name}.woff2") as font:
        held = set(font.getBestCmap())
    assert {letter for letter in wanted if ord(letter) not in held} == set()


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
