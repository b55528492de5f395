"""Make the web fonts from the font packages: `python -m tools.fonts`.

Each face is cut to the letters that pages set (Latin, Arabic and its presentation forms, punctuation) and
written as WOFF2, with its licence beside it. A face newer than its source and this module is left alone.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from fontTools import subset

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"

LATIN = range(0x0020, 0x0250)
"""Basic Latin, Latin-1, Latin Extended A and B."""
MODIFIER_LETTERS = range(0x02B0, 0x0300)
"""Holds the half rings that romanised Arabic writes for hamza and ayn."""
COMBINING_MARKS = range(0x0300, 0x0370)
LATIN_ADDITIONAL = range(0x1E00, 0x1F00)
"""Holds the dotted letters of romanised Arabic."""
PUNCTUATION = range(0x2000, 0x2070)
ARABIC = range(0x0600, 0x0700)
PRESENTATION_FORMS_A = range(0xFB50, 0xFE00)
PRESENTATION_FORMS_B = range(0xFE70, 0xFF00)

ROMANISED = (LATIN, MODIFIER_LETTERS, COMBINING_MARKS, LATIN_ADDITIONAL, PUNCTUATION)
WRITTEN = (*ROMANISED, ARABIC, PRESENTATION_FORMS_A, PRESENTATION_FORMS_B)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family: the package it comes from, its file there, its name in the stylesheet."""

    package: str
    source: str
    name: str
    letters: tuple[range, ...] = WRITTEN


FACES = (
    Face("fontpkg_amiri", "Amiri-Regular.ttf", "amiri-regular"),
    Face("fontpkg_amiri", "Amiri-Bold.ttf", "amiri-bold"),
    # Arabic has no italics: this face sets Latin titles only
    Face("fontpkg_amiri", "Amiri-Italic.ttf", "amiri-italic", ROMANISED),
    Face("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf", "plex-regular"),
    Face("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf", "plex-semibold"),
)
LICENCES = {"fontpkg_amiri": "OFL-Amiri.txt", "fontpkg_ibm_plex_sans_arabic": "OFL-IBM-Plex.txt"}


def make_fonts(folder: Path = FOLDER) -> list[Path]:
    """Write every face and licence into the folder; answer the WOFF2 files in the order of `FACES`.

    Raises: ModuleNotFoundError: a font package is not installed (`pip install -r requirements.txt`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    for package, licence in LICENCES.items():
        shutil.copyfile(_package_folder(package) / "LICENSE", folder / licence)
    return [_make_face(face, folder) for face in FACES]


def _make_face(face: Face, folder: Path) -> Path:
    source = _package_folder(face.package) / "files" / face.source
    target = folder / f"{face.name}.woff2"
    if not _is_current(target, source):
        _cut(source, target, face.letters)
    return target


def _package_folder(package: str) -> Path:
    return Path(str(import_module(package).__file__)).parent


def _is_current(target: Path, source: Path) -> bool:
    newest = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
    return target.exists() and target.stat().st_mtime >= newest


def _cut(source: Path, target: Path, letters: tuple[range, ...]) -> None:
    """Subset one font. Written beside its place and then moved, so a stop leaves no half a font."""
    options = subset.Options(flavor="woff2")
    options.drop_tables += ["meta"]  # lists languages, for font menus
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[letter for block in letters for letter in block])
    beside = target.with_suffix(".partial")
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, str(beside), options)
    beside.replace(target)


def main() -> int:
    """Make the fonts and print the size of each."""
    for path in make_fonts():
        print(f"{path.name:22} {path.stat().st_size / 1000:6.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
