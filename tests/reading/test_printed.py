"""What stands for letters in a file, and the letters that the page showed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.reading.printed import as_printed, of_set_page
from tests.reading.reading_help import only
from tests.reading.site_pages import FIRST, STORY, TITLE

SHAPES = {ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in (0xFE91, 0xFEE7, 0xFEB3)}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("قال &#34;لن&#34; أعود", 'قال "لن" أعود', id="entity by number"),
        pytest.param("زيد &amp; عمرو&nbsp;هنا", "زيد & عمرو\u00a0هنا", id="entity by name"),
        pytest.param("AT&T وQ&A", "AT&T وQ&A", id="ampersand of a name"),
        pytest.param("\u202bخبر\u202c \u200fجديد", "خبر جديد", id="direction marks"),
        pytest.param("ﻋﺎم ﺟﺪﻳﺪ", "عام جديد", id="shapes"),
        pytest.param("اﻟـــﻌـــﺎﻟـــﻢ", "العالم", id="stretched"),
        pytest.param("ﺛﻤﺎﻧﻮن ﺑـ٠٠٥ ﻛﻠﻤﺔ", "ثمانون بـ500 كلمة", id="digits in the order of the eye"),
        pytest.param("ﻋﺎم ٢٠١٥ ﻓﻲ ﺗﻮﻧﺲ", "عام 2015 في تونس", id="year that stands right"),
        pytest.param("ﻋﺎم ٥١٠٢ ﻓﻲ ﺗﻮﻧﺲ", "عام 2015 في تونس", id="year turned round"),
        pytest.param("ﻛﺘﺎب »أﺟﺪادﻧﺎ اﻟﻌﺮب« ﺟﺪﻳﺪ", "كتاب «أجدادنا العرب» جديد", id="mirrored quotation marks"),
        pytest.param("صلى الله عليه ﷺ", "صلى الله عليه ﷺ", id="honorific"),
        pytest.param("كـتـاب ٢٠١٥ »", "كـتـاب ٢٠١٥ »", id="plain text"),
    ],
)
def test_line_reads_as_the_page_showed_it(raw: str, expected: str) -> None:
    assert as_printed(raw) == expected


@given(st.text())
def test_any_line_is_read(text: str) -> None:
    as_printed(text)
    of_set_page(text)


def test_article_of_a_set_page_is_stored_in_plain_letters() -> None:
    shaped = f"{TITLE}\n\n{STORY}".translate(SHAPES)
    assert shaped != f"{TITLE}\n\n{STORY}"
    found = only(shaped)
    assert found.title
    assert found.title.value == TITLE
    assert FIRST in found.body
