"""Every letter and sign that the rules speak of, by its Unicode name."""

from typing import Final

# Letters
HAMZA: Final = "\u0621"
ALEF_MADDA: Final = "\u0622"
ALEF_HAMZA_ABOVE: Final = "\u0623"
WAW_HAMZA: Final = "\u0624"
ALEF_HAMZA_BELOW: Final = "\u0625"
YEH_HAMZA: Final = "\u0626"
ALEF: Final = "\u0627"
BEH: Final = "\u0628"
TEH_MARBUTA: Final = "\u0629"
TEH: Final = "\u062a"
THEH: Final = "\u062b"
JEEM: Final = "\u062c"
HAH: Final = "\u062d"
KHAH: Final = "\u062e"
DAL: Final = "\u062f"
THAL: Final = "\u0630"
REH: Final = "\u0631"
ZAIN: Final = "\u0632"
SEEN: Final = "\u0633"
SHEEN: Final = "\u0634"
SAD: Final = "\u0635"
DAD: Final = "\u0636"
TAH: Final = "\u0637"
ZAH: Final = "\u0638"
AIN: Final = "\u0639"
GHAIN: Final = "\u063a"
FEH: Final = "\u0641"
QAF: Final = "\u0642"
KAF: Final = "\u0643"
LAM: Final = "\u0644"
MEEM: Final = "\u0645"
NOON: Final = "\u0646"
HEH: Final = "\u0647"
WAW: Final = "\u0648"
ALEF_MAKSURA: Final = "\u0649"
YEH: Final = "\u064a"
ALEF_WASLA: Final = "\u0671"

# Letters of Persian, Urdu, Kurdish and Maghrebi keyboards and loanwords
ALEF_WAVY_HAMZA_ABOVE: Final = "\u0672"
ALEF_WAVY_HAMZA_BELOW: Final = "\u0673"
HIGH_HAMZA_ALEF: Final = "\u0675"
DOTLESS_BEH: Final = "\u066e"
DOTLESS_QAF: Final = "\u066f"
TTEH: Final = "\u0679"
PEH: Final = "\u067e"
TCHEH: Final = "\u0686"
DDAL: Final = "\u0688"
RREH: Final = "\u0691"
REH_SMALL_V_BELOW: Final = "\u0695"
JEH: Final = "\u0698"
DOTLESS_FEH: Final = "\u06a1"
FEH_DOT_BELOW: Final = "\u06a2"
VEH: Final = "\u06a4"
FEH_THREE_DOTS_BELOW: Final = "\u06a5"
QAF_DOT_ABOVE: Final = "\u06a7"
QAF_THREE_DOTS: Final = "\u06a8"
KEHEH: Final = "\u06a9"
SWASH_KAF: Final = "\u06aa"
KAF_RING: Final = "\u06ab"
NG: Final = "\u06ad"
GAF: Final = "\u06af"
LAM_SMALL_V: Final = "\u06b5"
NOON_GHUNNA: Final = "\u06ba"
HEH_DOACHASHMEE: Final = "\u06be"
HEH_YEH_ABOVE: Final = "\u06c0"
HEH_GOAL: Final = "\u06c1"
HEH_GOAL_HAMZA: Final = "\u06c2"
TEH_MARBUTA_GOAL: Final = "\u06c3"
OE: Final = "\u06c6"
U_LETTER: Final = "\u06c7"
YU: Final = "\u06c8"
VE: Final = "\u06cb"
FARSI_YEH: Final = "\u06cc"
YEH_TAIL: Final = "\u06cd"
YEH_SMALL_V: Final = "\u06ce"
E_LETTER: Final = "\u06d0"
YEH_THREE_DOTS_BELOW: Final = "\u06d1"
YEH_BARREE: Final = "\u06d2"
YEH_BARREE_HAMZA: Final = "\u06d3"
AE_LETTER: Final = "\u06d5"

# Signs
TATWEEL: Final = "\u0640"
MADDAH_ABOVE: Final = "\u0653"
HAMZA_ABOVE: Final = "\u0654"
HAMZA_BELOW: Final = "\u0655"

# Ligatures of a whole phrase
SALLALLAHOU: Final = "\ufdfa"
JALLAJALALOUHOU: Final = "\ufdfb"

# Ranges, first and last character, both inside
HONORIFIC_MARKS: Final = ("\u0610", "\u061a")
EVERYDAY_MARKS: Final = ("\u064b", "\u0652")
VOWEL_MARKS: Final = ("\u064b", "\u065f")
SUPERSCRIPT_ALEF: Final = ("\u0670", "\u0670")
QURANIC_MARKS: Final = ("\u06d6", "\u06ed")
EXTENDED_MARKS: Final = ("\u08d3", "\u08ff")
LIGATURES_OF_MARKS: Final = ("\ufc5e", "\ufc63")
LIGATURES_OF_MARKS_ON_TATWEEL: Final = ("\ufcf2", "\ufcf4")
SPACED_MARKS: Final = ("\ufe70", "\ufe7f")
LATIN_MARKS: Final = ("\u0300", "\u036f")

SOFT_HYPHEN: Final = ("\u00ad", "\u00ad")
ARABIC_LETTER_MARK: Final = ("\u061c", "\u061c")
JOINERS_AND_DIRECTION_MARKS: Final = ("\u200b", "\u200f")
DIRECTION_EMBEDDINGS: Final = ("\u202a", "\u202e")
DIRECTION_ISOLATES: Final = ("\u2060", "\u2069")
BYTE_ORDER_MARK: Final = ("\ufeff", "\ufeff")

PRESENTATION_FORMS_A: Final = ("\ufb50", "\ufdff")
PRESENTATION_FORMS_B: Final = ("\ufe70", "\ufefc")
FULL_WIDTH_FORMS: Final = ("\uff01", "\uff5e")

ARABIC_WORD_LETTERS: Final = (
    ("\u0620", "\u063f"),
    ("\u0641", "\u064a"),
    ("\u066e", "\u066f"),
    ("\u0671", "\u06d3"),
    ("\u06d5", "\u06d5"),
    ("\u06ee", "\u06ef"),
    ("\u06fa", "\u06fc"),
    ("\u06ff", "\u06ff"),
    ("\u0750", "\u077f"),
    ("\u08a0", "\u08c9"),
    ("\ufb50", "\ufbb1"),
    ("\ufbd3", "\ufc5d"),
    ("\ufc64", "\ufcf1"),
    ("\ufcf5", "\ufd3d"),
    ("\ufd50", "\ufdfb"),
    ("\ufdfd", "\ufdfd"),
    ("\ufe80", "\ufefc"),
)
"""Letters of Arabic words: of every Arabic block, ligatures too; no digits, marks or signs."""

PRINTED_MARKS: Final = (LIGATURES_OF_MARKS, LIGATURES_OF_MARKS_ON_TATWEEL, SPACED_MARKS)
"""Presentation forms of marks without a letter of their own."""

MARKS: Final = (
    HONORIFIC_MARKS,
    VOWEL_MARKS,
    SUPERSCRIPT_ALEF,
    QURANIC_MARKS,
    EXTENDED_MARKS,
)
"""Vowel and reading marks: part of the word they stand on."""

INVISIBLES: Final = (
    SOFT_HYPHEN,
    ARABIC_LETTER_MARK,
    JOINERS_AND_DIRECTION_MARKS,
    DIRECTION_EMBEDDINGS,
    DIRECTION_ISOLATES,
    BYTE_ORDER_MARK,
)
"""Joiners, direction marks and other signs that print nothing."""


def spread(*ranges: tuple[str, str]) -> str:
    """Every character of the given ranges, in order.

    >>> spread(("a", "c"), ("x", "x"))
    'abcx'
    """
    return "".join(chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1))


def regex_class(*ranges: tuple[str, str]) -> str:
    """The inside of a regular expression's bracket for the given ranges: ``\\u064b-\\u065f``."""
    return "".join(rf"\u{ord(first):04x}-\u{ord(last):04x}" for first, last in ranges)
