"""The Arabic language: letters, written forms, words, stems, numbers and dates. Pure Python, no Django.

`analyse` gives the terms of a text: each word as a `Term` of exact form, normal form and stem, with its place
in the original; `words_of` gives the same as columns (`Words`), `forms_of` the forms alone (`Forms`):
`forms_of_word` of each of its `written_words`. The steps can be called one by one: `tokenize` (`Token`),
`exact_form`, `normal_form`, `stem`, `is_stopword`; `skeleton` is what words of one kin share, for ranking,
`kept_letters` what all words of a stem have; `Sought` finds the few words of a text that may be wanted.
`ANALYSIS_STAMP` changes whenever terms do. `find_dates` finds printed dates (`PrintedDate`, with its
`Calendar` and `Precision`), `find_yearless` those without a year (`YearlessDate`); `ascii_digits` reads
digits of every script.

README.md shows each of them; all else is private to the package, but for the command ``python -m
arabic.lexicon``.
"""

from arabic.analysis import (
    ANALYSIS_STAMP,
    Forms,
    Term,
    Words,
    analyse,
    forms_of,
    forms_of_word,
    is_stopword,
    words_of,
    written_words,
)
from arabic.dates import Calendar, Precision, PrintedDate, YearlessDate, find_dates, find_yearless
from arabic.kin import skeleton
from arabic.normal import exact_form, normal_form
from arabic.numbers import ascii_digits
from arabic.seeking import Sought
from arabic.stem import kept_letters, stem
from arabic.tokens import Token, tokenize

__all__ = [
    "ANALYSIS_STAMP",
    "Calendar",
    "Forms",
    "Precision",
    "PrintedDate",
    "Sought",
    "Term",
    "Token",
    "Words",
    "YearlessDate",
    "analyse",
    "ascii_digits",
    "exact_form",
    "find_dates",
    "find_yearless",
    "forms_of",
    "forms_of_word",
    "is_stopword",
    "kept_letters",
    "normal_form",
    "skeleton",
    "stem",
    "tokenize",
    "words_of",
    "written_words",
]
