"""UTF-8 that was read in another encoding and saved so."""

from __future__ import annotations

import pytest

from archive.ingest.reading import Reading
from archive.ingest.reading.encoding import decode
from tests.reading.reading_help import check_places, opened
from tests.reading.site_pages import STORY, TITLE

PAGE = f"{TITLE}\n\n{STORY}"
OPEN = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def misread(text: str, encoding: str) -> bytes:
    """A text in UTF-8, read in an encoding, and saved in UTF-8."""
    letters = (
        chr(byte) if byte in OPEN and encoding == "windows-1252" else bytes([byte]).decode(encoding)
        for byte in text.encode()
    )
    return "".join(letters).encode()


@pytest.mark.parametrize("encoding", ["windows-1252", "windows-1256"])
def test_misread_text_is_repaired_and_its_places_kept(encoding: str) -> None:
    data = misread(PAGE, encoding)
    source = opened(data)
    assert (source.encoding, source.encoding_rule) == (
        f"utf-8-through-{encoding}",
        "UTF-8 misread and saved again",
    )
    (found,) = check_places(data, source)
    assert isinstance(found, Reading)
    assert found.title
    assert found.title.value == TITLE
    assert found.body == STORY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PAGE, id="right"),
        pytest.param("طظ طظ طظ طظ طظ", id="only letters that look like it"),
        pytest.param(misread(PAGE, "windows-1252").decode()[1:], id="cut within a letter"),
        pytest.param("Øresund og Ås", id="Danish"),
    ],
)
def test_text_that_is_not_misread_all_through_is_left_alone(text: str) -> None:
    assert decode(text.encode()).text == text
