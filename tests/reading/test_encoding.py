"""Which encoding a text is in, and by which rule that is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.reading import ReadingError, decode_slice
from archive.ingest.reading.encoding import decode
from tests.reading.reading_help import check_places, opened

NEWS = (
    "أعلنت وزارة الأشغال في العاصمة أمس عن بدء العمل في مشروع الجسر الجديد على النهر، وقال الوزير إن العمل "
    "سينتهي قبل نهاية العام، وإن كلفته لن تزيد على ما كان مقررا. وأضاف أن الجسر القديم سيبقى مفتوحا للمشاة."
)
QUOTED = NEWS + " «وهذا كل ما في الأمر»."
CASES = [
    pytest.param(NEWS.encode(), "utf-8", "valid UTF-8", id="utf-8"),
    pytest.param(b"\xef\xbb\xbf" + NEWS.encode(), "utf-8", "byte-order mark", id="utf-8 with mark"),
    pytest.param(
        b"\xff\xfe" + NEWS.encode("utf-16-le"), "utf-16-le", "byte-order mark", id="utf-16-le with mark"
    ),
    pytest.param(
        b"\xfe\xff" + NEWS.encode("utf-16-be"), "utf-16-be", "byte-order mark", id="utf-16-be with mark"
    ),
    pytest.param(
        NEWS.encode("utf-16-le"), "utf-16-le", "place of the high bytes", id="utf-16-le without mark"
    ),
    pytest.param(
        NEWS.encode("utf-16-be"), "utf-16-be", "place of the high bytes", id="utf-16-be without mark"
    ),
    pytest.param(QUOTED.encode("windows-1256"), "windows-1256", "letter frequencies", id="windows-1256"),
    pytest.param(NEWS.encode("iso-8859-6"), "iso-8859-6", "letter frequencies", id="iso-8859-6"),
    pytest.param(QUOTED.encode("mac-arabic"), "mac-arabic", "letter frequencies", id="mac-arabic"),
]


@pytest.mark.parametrize(("data", "encoding", "rule"), CASES)
def test_encoding_is_recognised_and_its_rule_named(data: bytes, encoding: str, rule: str) -> None:
    text = decode(data)
    assert (text.encoding, text.rule) == (encoding, rule)
    assert text.text.startswith(NEWS[:40])


@pytest.mark.parametrize(("data", "encoding", "rule"), CASES)
def test_places_in_bytes_agree_with_places_in_text(data: bytes, encoding: str, rule: str) -> None:
    mark = decode(data).bom_bytes
    (found,) = check_places(data, opened(data), mark)
    assert found.byte_span.start == mark  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Президент России прибыл сегодня в столицу Ирана".encode("cp1251") * 5, id="russian"),
        pytest.param("ראש הממשלה נפגש היום עם שר החוץ בירושלים".encode("cp1255") * 5, id="hebrew"),
        pytest.param("Été naïf à la française, où l'élève préfère".encode("latin-1") * 5, id="french"),
        pytest.param(NEWS.encode()[:-1] + b"\xff\xfe" + NEWS.encode(), id="utf-8 with broken bytes"),
    ],
)
def test_text_that_is_not_arabic_in_any_known_encoding_is_refused_with_remedy(data: bytes) -> None:
    with pytest.raises(ReadingError, match="save it as UTF-8"):
        decode(data)


def test_text_that_breaks_its_own_mark_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"says utf-8 .* byte 3 is not"):
        decode(b"\xef\xbb\xbf\xff\xff")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_text_with_nul_bytes_is_refused_with_remedy(encoding: str) -> None:
    with pytest.raises(ReadingError, match=r"NUL bytes.*save it again"):
        decode(NEWS.encode(encoding) + b"\x00")


def test_slice_of_an_original_is_decoded() -> None:
    assert decode_slice("خبر".encode("windows-1256"), "windows-1256") == "خبر"
    assert decode_slice("خبر".encode()[:-1], "utf-8") == "خب\ufffd"


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadingError:
        return
    assert text.text.encode(text.encoding) == data[text.bom_bytes :]
