"""The two written forms of a word that the index stands on: exact and normal.

The exact form is the word as typed, without what a keyboard or a typesetter adds to it. The normal form makes
one of the spellings that Arabic writers use for one another. Every rule acts on single characters, so the
rules are run once over every character that any of them touches, and a text is then normalised by one
table.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from arabic import letters as l
from arabic.numbers import ASCII_OF_DIGIT

Rule = Callable[[str], str]


def _table(replacements: dict[str, str]) -> dict[int, str]:
    """A translation table from pairs of ``{letters replaced: replacement}``."""
    return {ord(letter): new for old, new in replacements.items() for letter in old}


_PRESENTATION: Final = l.spread(l.PRESENTATION_FORMS_A, l.PRESENTATION_FORMS_B, l.FULL_WIDTH_FORMS)
_PRESENTATION_TABLE: Final = {
    # A spaced mark decomposes into space and mark: the space is no part of the word it stands in.
    ord(form): unicodedata.normalize("NFKC", form).lstrip()
    for form in _PRESENTATION
}
_TATWEEL_TABLE: Final = _table({l.TATWEEL: ""})
_MARKS_TABLE: Final = _table({l.spread(*l.MARKS): ""})
_INVISIBLE_TABLE: Final = _table({l.spread(*l.INVISIBLES): ""})
_ALEF_TABLE: Final = _table(
    {
        l.ALEF_HAMZA_ABOVE
        + l.ALEF_HAMZA_BELOW
        + l.ALEF_MADDA
        + l.ALEF_WASLA
        + l.ALEF_WAVY_HAMZA_ABOVE
        + l.ALEF_WAVY_HAMZA_BELOW
        + l.HIGH_HAMZA_ALEF: l.ALEF
    }
)
_HAMZA_TABLE: Final = _table({l.WAW_HAMZA + l.YEH_HAMZA: l.HAMZA})
_ALEF_MAKSURA_TABLE: Final = _table({l.ALEF_MAKSURA: l.YEH})
_TEH_MARBUTA_TABLE: Final = _table({l.TEH_MARBUTA: l.HEH})
_KEYBOARD_TABLE: Final = _table(
    {
        l.KEHEH + l.SWASH_KAF + l.KAF_RING + l.NG: l.KAF,
        l.FARSI_YEH + l.YEH_TAIL + l.YEH_SMALL_V + l.E_LETTER + l.YEH_THREE_DOTS_BELOW: l.YEH,
        l.YEH_BARREE + l.YEH_BARREE_HAMZA: l.YEH,
        l.HEH_DOACHASHMEE + l.HEH_YEH_ABOVE + l.HEH_GOAL + l.HEH_GOAL_HAMZA: l.HEH,
        l.TEH_MARBUTA_GOAL + l.AE_LETTER: l.HEH,
        l.OE + l.U_LETTER + l.YU + l.VE: l.WAW,
        l.NOON_GHUNNA: l.NOON,
        l.LAM_SMALL_V: l.LAM,
        l.RREH + l.REH_SMALL_V_BELOW: l.REH,
        l.TTEH: l.TEH,
        l.DDAL: l.DAL,
        l.DOTLESS_BEH: l.BEH,
        l.DOTLESS_FEH + l.FEH_DOT_BELOW: l.FEH,
        l.DOTLESS_QAF + l.QAF_DOT_ABOVE: l.QAF,
    }
)
_LOANWORD_TABLE: Final = _table(
    {
        l.GAF: l.KAF,
        l.PEH: l.BEH,
        l.TCHEH + l.JEH: l.JEEM,
        l.VEH + l.FEH_THREE_DOTS_BELOW: l.FEH,
        l.QAF_THREE_DOTS: l.QAF,
    }
)


def compose_presentation_forms(text: str) -> str:
    """Printed shapes and ligatures (U+FB50 and above) as the letters they stand for (NFKC)."""
    return text.translate(_PRESENTATION_TABLE)


def drop_marks(text: str) -> str:
    """Without vowel marks and Quranic reading marks."""
    return text.translate(_MARKS_TABLE)


def drop_tatweel(text: str) -> str:
    """Without the stroke that stretches a word: محمـــد -> محمد."""
    return text.translate(_TATWEEL_TABLE)


def drop_invisibles(text: str) -> str:
    """Without joiners, direction marks, soft hyphens and byte order marks."""
    return text.translate(_INVISIBLE_TABLE)


def fold_alef(text: str) -> str:
    """أ إ آ ٱ -> ا."""
    return text.translate(_ALEF_TABLE)


def fold_hamza_seats(text: str) -> str:
    """ؤ ئ -> ء."""
    return text.translate(_HAMZA_TABLE)


def fold_alef_maksura(text: str) -> str:
    """ى -> ي."""
    return text.translate(_ALEF_MAKSURA_TABLE)


def fold_teh_marbuta(text: str) -> str:
    """ة -> ه."""
    return text.translate(_TEH_MARBUTA_TABLE)


def fold_keyboards(text: str) -> str:
    """Letters of Persian, Urdu and Kurdish keyboards as those they were typed for: ک ی ہ -> ك ي ه."""
    return text.translate(_KEYBOARD_TABLE)


def fold_loanword_letters(text: str) -> str:
    """گ پ چ ڤ ژ ڨ -> ك ب ج ف ج ق."""
    return text.translate(_LOANWORD_TABLE)


def fold_digits(text: str) -> str:
    """Digits of every script as 0-9."""
    return text.translate(ASCII_OF_DIGIT)


# Ligatures first: only what is a letter can be dropped or folded. Dropping next, folding last: folding sees
# letters alone, so no fold can depend on a mark that another writer left out.
_DROPS: Final[tuple[Rule, ...]] = (compose_presentation_forms, drop_marks, drop_tatweel, drop_invisibles)
_FOLDS: Final[tuple[Rule, ...]] = (
    fold_alef,
    fold_hamza_seats,
    fold_alef_maksura,
    fold_teh_marbuta,
    fold_keyboards,
    fold_loanword_letters,
    fold_digits,
)
_TOUCHED: Final = (
    set(_PRESENTATION_TABLE)
    | set(_MARKS_TABLE)
    | set(_TATWEEL_TABLE)
    | set(_INVISIBLE_TABLE)
    | set(_ALEF_TABLE)
    | set(_HAMZA_TABLE)
    | set(_ALEF_MAKSURA_TABLE)
    | set(_TEH_MARBUTA_TABLE)
    | set(_KEYBOARD_TABLE)
    | set(_LOANWORD_TABLE)
    | set(ASCII_OF_DIGIT)
)


def _compose(rules: Iterable[Rule]) -> dict[int, str]:
    """One table that does what the rules do one after the other."""
    table: dict[int, str] = {}
    rules = tuple(rules)
    for code in _TOUCHED:
        folded = chr(code)
        for rule in rules:
            folded = rule(folded)
        if folded != chr(code):
            table[code] = folded
    return table


_EXACT_TABLE: Final = _compose(_DROPS)
NORMAL_TABLE: Final = _compose(_DROPS + _FOLDS)

_EVERYDAY: Final = tuple(
    (letter, NORMAL_TABLE[ord(letter)])
    for letter in (
        l.TEH_MARBUTA,
        l.ALEF_HAMZA_ABOVE,
        l.ALEF_HAMZA_BELOW,
        l.ALEF_MAKSURA,
        l.YEH_HAMZA,
        l.WAW_HAMZA,
        l.ALEF_MADDA,
    )
)
"""The letters that nearly every text has: replaced one after the other, as none comes of another."""
_SHORT: Final = 12
"""Characters up to which the table alone is quicker."""
_RARE: Final = re.compile(f"[{l.regex_class(*((chr(code), chr(code)) for code in sorted(NORMAL_TABLE)))}]+")
"""Runs of whatever else the rules touch."""

_COMBINING: Final = re.compile(
    f"[{l.regex_class(l.LATIN_MARKS)}{l.MADDAH_ABOVE}{l.HAMZA_ABOVE}{l.HAMZA_BELOW}]"
)


def _join_combining(text: str) -> str:
    """Letters with signs typed apart (ي + hamza above, e + acute) as one letter, where any occur."""
    return unicodedata.normalize("NFC", text) if _COMBINING.search(text) else text


def in_normal_letters(text: str) -> str:
    """The text with every character that the rules touch replaced: as NORMAL_TABLE does it, but quicker.

    >>> in_normal_letters("مُدَرِّسَةٌ") == "مُدَرِّسَةٌ".translate(NORMAL_TABLE)
    True
    """
    if len(text) <= _SHORT:
        return text.translate(NORMAL_TABLE)
    for letter, folded in _EVERYDAY:
        text = text.replace(letter, folded)
    return _RARE.sub(_by_table, text)


def _by_table(run: re.Match[str]) -> str:
    return run[0].translate(NORMAL_TABLE)


def exact_form(word: str) -> str:
    """The word as typed, but for vowel marks, tatweel and invisible signs; printed shapes as letters, Latin
    in lower case.

    Idempotent. ``exact_form("مُحَمَّـد") == "محمد"``, ``exact_form("الإرهاب") == "الإرهاب"``.
    """
    if word.isascii():
        return word.lower()
    # Signs typed apart are joined before the marks go, or their hamza would be lost with the vowels; and
    # once more after, when nothing stands between a Latin letter and its sign any longer.
    joined = _join_combining(word.lower())
    return _join_combining(joined.translate(_EXACT_TABLE))


def normal_form(text: str) -> str:
    """The text with the spellings that stand for one another made one, digits as 0-9, Latin case folded.

    Idempotent. Hamza seats, ى/ي, ة/ه, Persian letters, presentation forms, vowel marks, tatweel and
    invisible signs no longer tell two words apart: ``normal_form("الإِرهـاب") == normal_form("الارهاب")``.
    """
    if text.isascii():
        return text.casefold()
    folded = text.casefold()
    if _COMBINING.search(folded) is None:  # nor will it after, as no letter is replaced by a sign
        return in_normal_letters(folded)
    return _join_combining(in_normal_letters(unicodedata.normalize("NFC", folded)))
