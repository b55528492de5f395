"""Make the web fonts from the font packages: `python -m tools.fonts`.

Each face is cut in three, written as WOFF2, with its licence beside it: the letters that any page sets, and
two parts that a browser fetches only for a page that holds one of theirs: Latin letters with marks, and
Arabic beyond the press (marks of recitation, presentation forms, letters of other languages). A face newer
than its source and this module is left alone.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from fontTools import subset

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"

ASCII = range(0x0020, 0x007F)
LATIN = range(0x00A0, 0x0250)
"""Latin-1, Latin Extended A and B."""
MODIFIER_LETTERS = range(0x02B0, 0x0300)
"""Holds the half rings that romanised Arabic writes for hamza and ayn."""
COMBINING_MARKS = range(0x0300, 0x0370)
LATIN_ADDITIONAL = range(0x1E00, 0x1F00)
"""Holds the dotted letters of romanised Arabic."""
PUNCTUATION = range(0x2000, 0x2070)
ARABIC = range(0x0600, 0x0700)
PRESENTATION_FORMS_A = range(0xFB50, 0xFE00)
PRESENTATION_FORMS_B = range(0xFE70, 0xFF00)

ROMANISED = (ASCII, LATIN, MODIFIER_LETTERS, COMBINING_MARKS, LATIN_ADDITIONAL, PUNCTUATION)

ARABIC_PRESS = "".join(
    (
        "\u060c\u061b\u061f",  # comma, semicolon, question mark
        *map(chr, range(0x0621, 0x063B)),  # hamza to ghain
        *map(chr, range(0x0640, 0x0656)),  # tatweel, feh to yeh, vowel marks, hamza above and below
        *map(chr, range(0x0660, 0x066E)),  # Arabic digits, percent and separators
        "\u0670\u0671",  # superscript alef, alef wasla
        "\u067e\u0686\u0698\u06a4\u06a9\u06af\u06be\u06cc\u06d5",  # of names: peh, cheh, jeh, veh, gaf ...
        *map(chr, range(0x06F0, 0x06FA)),  # Persian digits
        "\ufd3e\ufd3f\ufdf2\ufdfa\ufdfb",  # brackets of recitation, Allah, the two formulas of praise
    )
)
SIGNS = "".join(
    (
        "\u00a0\u00ab\u00b7\u00bb\u00d7",  # no-break space, guillemets, middle dot, times
        *map(chr, range(0x200B, 0x2010)),  # joiners and marks of direction
        *map(chr, range(0x2010, 0x2016)),  # hyphens and dashes
        *map(chr, range(0x2018, 0x201F)),  # quotation marks
        "\u2026",  # ellipsis
        *map(chr, range(0x202A, 0x202F)),  # embeddings
        *map(chr, range(0x2066, 0x206A)),  # isolates
    )
)
ALWAYS = frozenset((*ASCII, *map(ord, ARABIC_PRESS + SIGNS)))
"""Letters of any page."""
MARKED_LATIN = frozenset(letter for block in ROMANISED for letter in block) - ALWAYS
OTHER_ARABIC = frozenset((*ARABIC, *PRESENTATION_FORMS_A, *PRESENTATION_FORMS_B)) - ALWAYS


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family: the package it comes from, its file there, its name in the stylesheet."""

    package: str
    source: str
    name: str
    letters: frozenset[int]


AMIRI, PLEX = "fontpkg_amiri", "fontpkg_ibm_plex_sans_arabic"
CUT_IN_THREE = (
    (AMIRI, "Amiri-Regular.ttf", "amiri-regular"),
    (AMIRI, "Amiri-Bold.ttf", "amiri-bold"),
    (PLEX, "IBMPlexSansArabic-Regular.ttf", "plex-regular"),
    (PLEX, "IBMPlexSansArabic-SemiBold.ttf", "plex-semibold"),
)
FACES = (
    *(Face(package, source, name, ALWAYS) for package, source, name in CUT_IN_THREE),
    *(Face(package, source, f"{name}-latin", MARKED_LATIN) for package, source, name in CUT_IN_THREE),
    *(Face(package, source, f"{name}-arabic", OTHER_ARABIC) for package, source, name in CUT_IN_THREE),
    # Arabic has no italics: this face sets Latin titles only
    Face(AMIRI, "Amiri-Italic.ttf", "amiri-italic", frozenset(letter for one in ROMANISED for letter in one)),
)
LICENCES = {AMIRI: "OFL-Amiri.txt", PLEX: "OFL-IBM-Plex.txt"}


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


def _cut(source: Path, target: Path, letters: frozenset[int]) -> None:
    """Subset one font. Written beside its place and then moved, so a stop leaves no half a font."""
    options = subset.Options(flavor="woff2")
    options.drop_tables += ["meta"]  # lists languages, for font menus
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    beside = target.with_suffix(".partial")
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, str(beside), options)
    beside.replace(target)


def main() -> int:
    """Make the fonts and print the size of each."""
    for path in make_fonts():
        print(f"{path.name:28} {path.stat().st_size / 1000:6.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
