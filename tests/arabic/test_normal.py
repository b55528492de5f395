"""What is one in the exact and the normal form, and what stays two."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arabic import ascii_digits, exact_form, normal_form
from arabic.letters import HAMZA_ABOVE
from arabic.normal import NORMAL_TABLE, in_normal_letters

FOLDED = [
    ("alef with hamza above", "أمن", "امن"),
    ("alef with hamza below", "إرهاب", "ارهاب"),
    ("alef with madda", "آسيا", "اسيا"),
    ("alef wasla", "ٱلله", "الله"),
    ("waw with hamza", "مؤتمر", "مءتمر"),
    ("yeh with hamza", "رئيس", "رءيس"),
    ("yeh with hamza typed apart", "رئيس", "رءيس"),
    ("alef with hamza typed apart", "أمن", "امن"),
    ("alef maksura", "مستشفى", "مستشفي"),
    ("teh marbuta", "دولة", "دوله"),
    ("keheh", "کتاب", "كتاب"),
    ("farsi yeh", "فی", "في"),
    ("urdu heh", "وہ", "وه"),
    ("heh doachashmee", "ھو", "هو"),
    ("yeh barree", "علے", "علي"),
    ("gaf", "گوگل", "كوكل"),
    ("peh", "پاريس", "باريس"),
    ("tcheh", "چاد", "جاد"),
    ("veh", "ڤيينا", "فيينا"),
    ("jeh", "ژنو", "جنو"),
    ("qaf with three dots", "ڨفصة", "قفصه"),
    ("kurdish o", "كۆمار", "كومار"),
    ("vowel marks", "مُحَمَّدٌ", "محمد"),
    ("superscript alef", "هٰذا", "هذا"),
    ("Quranic marks", "ٱلۡكِتَٰبُۖ", "الكتب"),
    ("honorific sign", "محمدؐ", "محمد"),
    ("tatweel", "محمـــد", "محمد"),
    ("zero width non-joiner", "می\u200cشود", "ميشود"),
    ("right-to-left mark", "\u200fمصر\u200f", "مصر"),
    ("embedding", "\u202bمصر\u202c", "مصر"),
    ("isolate", "\u2067مصر\u2069", "مصر"),
    ("Arabic letter mark", "مصر\u061c", "مصر"),
    ("soft hyphen", "مص\u00adر", "مصر"),
    ("byte order mark", "\ufeffمصر", "مصر"),
    ("presentation forms", "ﻣﺼﺮ", "مصر"),
    ("lam-alef ligature", "ﺍﻟﺈﺳﻼﻡ", "الاسلام"),
    ("lam-alef with hamza", "ﻷن", "لان"),
    ("word ligature", "ﷲ", "الله"),
    ("phrase ligature", "ﷺ", "صلي الله عليه وسلم"),
    ("spaced mark", "كتﹷاب", "كتاب"),
    ("Arabic-Indic digits", "١٤٣٦", "1436"),
    ("Persian digits", "۱۳۹۴", "1394"),
    ("full width", "Ｇ２０", "g20"),
    ("Latin case", "BBC", "bbc"),
    ("sharp s", "Straße", "strasse"),
    ("accent typed apart", "Cafe\u0301", "café"),
]
UNCHANGED = [
    "ء", "ا", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ",
    "ف", "ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "0", "9", "a", "é", "я", "中", "،", "؟", " ", "\n", "😀",
]  # fmt: skip
EXACT = [
    ("hamza stays", "الإرهاب", "الإرهاب"),
    ("teh marbuta stays", "دولة", "دولة"),
    ("alef maksura stays", "على", "على"),
    ("Persian letters stay", "کتاب", "کتاب"),
    ("digits stay", "١٤٣٦", "١٤٣٦"),
    ("marks go", "مُحَمَّـد", "محمد"),
    ("invisible signs go", "\u200fمصر", "مصر"),
    ("presentation forms are letters", "ﻷﻥ", "لأن"),
    ("hamza typed apart stays", "رئيس", "رئيس"),
    ("Latin in lower case", "BBC", "bbc"),
]
LETTERS_AND_SIGNS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.characters(min_codepoint=0x2000, max_codepoint=0x206F),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.characters(),
        st.sampled_from("eاي"),
    )
)


@pytest.mark.parametrize(("written", "normal"), [pytest.param(w, n, id=i) for i, w, n in FOLDED])
def test_written_form_is_folded(written: str, normal: str) -> None:
    assert normal_form(written) == normal


@pytest.mark.parametrize("letter", UNCHANGED)
def test_plain_letters_and_signs_stay(letter: str) -> None:
    assert normal_form(letter) == letter
    assert exact_form(letter) == letter


@pytest.mark.parametrize(("written", "exact"), [pytest.param(w, e, id=i) for i, w, e in EXACT])
def test_exact_form_keeps_the_spelling(written: str, exact: str) -> None:
    assert exact_form(written) == exact


@settings(deadline=None)
@given(LETTERS_AND_SIGNS)
@example("e\ufe71\u0301")
@example("e\u200d\u0301")
@example("İ")
def test_normal_form_is_idempotent(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@settings(deadline=None)
@given(LETTERS_AND_SIGNS)
@example("e\ufe71\u0301")
def test_exact_form_is_idempotent(text: str) -> None:
    assert exact_form(exact_form(text)) == exact_form(text)


@settings(deadline=None)
@given(LETTERS_AND_SIGNS)
def test_normal_form_of_the_exact_form_is_the_normal_form(text: str) -> None:
    assert normal_form(exact_form(text)) == normal_form(text)


@settings(deadline=None)
@given(st.text())
def test_ascii_digits_keep_the_length(text: str) -> None:
    assert len(ascii_digits(text)) == len(text)


def test_digits_of_both_scripts_become_ascii() -> None:
    assert ascii_digits("من ١٢ إلى ۳۴، 56") == "من 12 إلى 34، 56"


TOUCHED_AND_OTHERS = [*map(chr, NORMAL_TABLE), *"ابتعي ", HAMZA_ABOVE, "e", "é", "ß"]


@given(st.text(st.sampled_from(TOUCHED_AND_OTHERS), max_size=40))
def test_long_texts_are_folded_as_their_letters_are(text: str) -> None:
    assert in_normal_letters(text) == text.translate(NORMAL_TABLE)
    assert in_normal_letters(text * 3) == text.translate(NORMAL_TABLE) * 3
