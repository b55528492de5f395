"""The Arabic language: letters, written forms, words, stems, numbers and dates. Pure Python, no Django."""

from arabic.analysis import ANALYSIS_STAMP, Term, analyse, is_stopword
from arabic.dates import Calendar, Precision, PrintedDate, find_dates
from arabic.normal import exact_form, normal_form
from arabic.numbers import ascii_digits
from arabic.stem import stem
from arabic.tokens import Token, tokenize

__all__ = [
    "ANALYSIS_STAMP",
    "Calendar",
    "Precision",
    "PrintedDate",
    "Term",
    "Token",
    "analyse",
    "ascii_digits",
    "exact_form",
    "find_dates",
    "is_stopword",
    "normal_form",
    "stem",
    "tokenize",
]
