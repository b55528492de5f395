"""Ways of typing the same letters otherwise. Each rule takes a word and answers it as typed so.

Where a rule does not apply it answers the word as it is. Rules look at Arabic words only; a word that a
query language reads as a sign (أو) is no word to them: see `mistyping.typed`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from arabic_reshaper import ArabicReshaper

from arabic import letters as l

LetterRule = Callable[[str], str]

FATHA, DAMMA, KASRA, SHADDA, SUKUN = "\u064e", "\u064f", "\u0650", "\u0651", "\u0652"
_VOWELS: Final = (FATHA, KASRA, DAMMA, SUKUN, SHADDA + FATHA)
_NOT_JOINED_ON: Final = frozenset(
    l.ALEF
    + l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.DAL
    + l.THAL
    + l.REH
    + l.ZAIN
    + l.WAW
    + l.WAW_HAMZA
    + l.TEH_MARBUTA
    + l.ALEF_MAKSURA
    + l.HAMZA
)
_ARABIC_INDIC: Final = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
_RESHAPER: Final = ArabicReshaper(configuration={"delete_harakat": False, "support_ligatures": True})


def with_vowel_marks(word: str) -> str:
    """A vowel mark on every letter but the last, in turn: كتاب -> كَتِاُب."""
    marked = [letter + _VOWELS[place % len(_VOWELS)] for place, letter in enumerate(word[:-1])]
    return "".join(marked) + word[-1:]


def with_tatweel(word: str) -> str:
    """A stroke of three after the first letter that joins the next: محمد -> مـــحمد."""
    for place, letter in enumerate(word[:-1], start=1):
        if letter not in _NOT_JOINED_ON and word[place] != l.HAMZA:
            return word[:place] + l.TATWEEL * 3 + word[place:]
    return word


def teh_marbuta_as_heh(word: str) -> str:
    """ة -> ه."""
    return word.replace(l.TEH_MARBUTA, l.HEH)


def alef_maksura_as_yeh(word: str) -> str:
    """ى -> ي."""
    return word.replace(l.ALEF_MAKSURA, l.YEH)


def final_yeh_as_alef_maksura(word: str) -> str:
    """ي at the end -> ى, as it is printed in Egypt."""
    return word[:-1] + l.ALEF_MAKSURA if word.endswith(l.YEH) else word


def without_hamza_on_alef(word: str) -> str:
    """أ إ آ -> ا."""
    return word.translate(
        {ord(letter): l.ALEF for letter in l.ALEF_HAMZA_ABOVE + l.ALEF_HAMZA_BELOW + l.ALEF_MADDA}
    )


def with_hamza_on_first_alef(word: str) -> str:
    """ا at the beginning, and behind ال, -> أ: اجتماع -> أجتماع, الاجتماع -> الأجتماع."""
    article = l.ALEF + l.LAM
    if word.startswith(article + l.ALEF):
        return article + l.ALEF_HAMZA_ABOVE + word[len(article) + 1 :]
    return l.ALEF_HAMZA_ABOVE + word[1:] if word.startswith(l.ALEF) and not word.startswith(article) else word


def with_other_hamza_on_alef(word: str) -> str:
    """أ <-> إ."""
    return word.translate(
        {ord(l.ALEF_HAMZA_ABOVE): l.ALEF_HAMZA_BELOW, ord(l.ALEF_HAMZA_BELOW): l.ALEF_HAMZA_ABOVE}
    )


def with_other_hamza_seat(word: str) -> str:
    """ؤ <-> ئ, and ء within a word -> ئ: مسؤول -> مسئول, قراءة -> قرائة."""
    inner = word[1:-1].replace(l.HAMZA, l.YEH_HAMZA)
    exchanged = {ord(l.WAW_HAMZA): l.YEH_HAMZA, ord(l.YEH_HAMZA): l.WAW_HAMZA}
    return word.translate(exchanged) if inner == word[1:-1] else word[:1] + inner + word[-1:]


def seat_without_hamza(word: str) -> str:
    """ؤ -> و, ئ -> ي: مسؤول -> مسوول, رئيس -> رييس."""
    return word.translate({ord(l.WAW_HAMZA): l.WAW, ord(l.YEH_HAMZA): l.YEH})


def hamza_without_seat(word: str) -> str:
    """ؤ ئ -> ء: مسؤول -> مسءول."""
    return word.translate({ord(l.WAW_HAMZA): l.HAMZA, ord(l.YEH_HAMZA): l.HAMZA})


def without_final_hamza(word: str) -> str:
    """اء at the end -> ا: وزراء -> وزرا."""
    return word[:-1] if word.endswith(l.ALEF + l.HAMZA) and len(word) > 3 else word


def on_persian_keyboard(word: str) -> str:
    """ك -> ک, ي ى -> ی, as a Persian keyboard has them."""
    return word.translate({ord(l.KAF): l.KEHEH, ord(l.YEH): l.FARSI_YEH, ord(l.ALEF_MAKSURA): l.FARSI_YEH})


def in_presentation_forms(word: str) -> str:
    """The shapes that the letters take beside one another, and ligatures of ل and ا, as old files hold
    them.
    """
    return str(_RESHAPER.reshape(word))


def in_arabic_indic_digits(word: str) -> str:
    """0-9 -> ٠-٩."""
    return word.translate(_ARABIC_INDIC)
