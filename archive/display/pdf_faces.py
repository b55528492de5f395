"""The faces of PDF files: letters to be seen, and letters to be read by programs.

What is seen is joined, turned and set from left to right: a program would read printed forms in the wrong
order. So the faces that are seen tell programs nothing, and over each line lies the same line in a face
without ink, as over the picture of a scanned page: the letters of the text themselves, where they are seen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, INKLESS = "Amiri", "Amiri-Bold", "Arshif-Text"
INKLESS_WIDTH: Final = 500
"""Thousandths of the size that each letter without ink takes; a line of them is drawn out to what is seen."""
MOST_OF_A_TABLE: Final = 100
"""Lines of one table of letters at most (PDF 32000-1, 9.10.3)."""


@lru_cache(maxsize=1)
def register_faces() -> None:
    """Once a process: ReportLab reads a whole font file."""
    rl_config.useA85 = 0  # streams as they are: a fifth smaller than as letters
    folder = Path(str(import_module("fontpkg_amiri").__file__)).parent / "files"
    pdfmetrics.registerFont(_SeenFace(REGULAR, str(folder / "Amiri-Regular.ttf")))
    pdfmetrics.registerFont(_SeenFace(BOLD, str(folder / "Amiri-Bold.ttf")))
    pdfmetrics.registerFont(_InklessFace(INKLESS, str(folder / "Amiri-Regular.ttf")))


class _Face(TTFont, ABC):  # type: ignore[misc]  # reportlab ships no types
    """A face of the file that says itself which letters its codes are read as."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            font = doc.idToObject["BasicFonts"].dict[self._internal_name(doc, number)]
            doc.idToObject[font.ToUnicode.name].content = _table([self.read_as(code) for code in subset])

    def _internal_name(self, doc: Any, number: int) -> str:
        return f"{doc.fontMapping[self.fontName].removeprefix('/')}+{number}"

    @abstractmethod
    def read_as(self, code: int) -> str:
        """What programs read for a code of the face."""


class _SeenFace(_Face):
    """Letters with ink, which programs pass over."""

    def read_as(self, code: int) -> str:
        return ""


class _InklessFace(_Face):
    """Every letter there is, each as an empty glyph of one width."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        self.face.name = name.encode("ascii")
        self.face.charToGlyph = _Blank(self.face.charToGlyph[ord(" ")])
        self.face.charWidths = {}
        self.face.defaultWidth = INKLESS_WIDTH

    def read_as(self, code: int) -> str:
        return chr(code)


class _Blank(dict[int, int]):
    """The same glyph for every letter."""

    def __init__(self, glyph: int) -> None:
        super().__init__()
        self._glyph = glyph

    def __contains__(self, _letter: object) -> bool:
        return True

    def __missing__(self, _letter: int) -> int:
        return self._glyph


def _table(letters: Sequence[str]) -> str:
    """The table of a face of one byte a letter: what each code is read as (PDF 32000-1, 9.10.3)."""
    lines = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(letters)]
    blocks = []
    for first in range(0, len(lines), MOST_OF_A_TABLE):
        block = lines[first : first + MOST_OF_A_TABLE]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(lines) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )
