"""The stem of a word: light stemming that asks a lexicon.

An affix is taken off only when counts of real news text say that what is left is a word, and nothing says
that the whole is one. So سلمان keeps its end and وزير its beginning, where a blind stemmer makes them سلم and
زير. What says that a whole is a word of its own is the company it keeps: a word that takes the article, or a
preposition before its و, begins with that letter; a word with the article has no pronoun behind it; a word
that stands after a preposition is no nominative dual, no adverb and no verb; and a dual in ان has its
other case in ين. Words under four letters stay whole, and so does the nisba ي: without it a country
and a family would be one (السعودية, سعود).
The rules themselves stand in `affixes`, and the shares that they ask for.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Final

from arabic import letters as l
from arabic import lexicon
from arabic.affixes import (
    ALLAH,
    AND,
    ARTICLE,
    BY,
    LEAST_WORD,
    LIKE,
    SO,
    TO,
    TO_THE,
    WILL,
    WITH,
    drop_article,
    drop_conjunction,
    drop_feminine_dual,
    drop_feminine_heh,
    drop_feminine_plural,
    drop_final_hamza,
    drop_his,
    drop_his_heh,
    drop_nominative,
    drop_oblique,
    drop_preposition,
    drop_preposition_before_article,
    drop_pronoun,
    drop_tanwin,
    drop_to_the,
    drop_verbal_plural,
    drop_verbal_teh,
    keep_name_of_god,
    takes_article,
)
from arabic.lexicon import Lexicon
from arabic.normal import normal_form

WHOLE_WORDS_FILE: Final = Path(__file__).parent / "data" / "whole_words.txt"

Rule = Callable[[str, Lexicon], str]
FIRST, LAST = 0, -1
"""The end of a word at which a rule looks."""
PUT_AT_THE_END: Final = l.HEH + l.YEH
"""Letters that rules put where an ending stood: مدرسات is مدرسه, ابنتها is ابنه, اتاكم is اتي."""


@cache
def whole_words() -> frozenset[str]:
    """Normal forms that no affix is taken off, from data/whole_words.txt."""
    lines = WHOLE_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(normal_form(line) for line in lines if line and not line.startswith("#"))


# From the outside in: a conjunction stands before a preposition, that before the article. Each rule with the
# letters that it needs at its end of the word: most words meet few of them.
PREFIX_RULES: Final[tuple[tuple[str, Rule], ...]] = (
    (l.ALEF + AND + SO + WITH + TO + BY, keep_name_of_god),
    (AND + SO, drop_conjunction),
    (l.LAM, drop_to_the),
    (WITH + LIKE, drop_preposition_before_article),
    (WITH + TO + LIKE + WILL, drop_preposition),
    (l.ALEF, drop_article),
)
# A pronoun hides the ending before it, a plural the singular's ه; the hamza is laid bare last.
SUFFIX_RULES: Final[tuple[tuple[str, Rule], ...]] = (
    (l.ALEF + l.MEEM + l.NOON, drop_pronoun),
    (l.HEH, drop_his),
    (l.NOON, drop_feminine_dual),
    (l.TEH, drop_feminine_plural),
    (l.NOON, drop_nominative),
    (l.NOON, drop_oblique),
    (l.ALEF, drop_verbal_plural),
    (l.ALEF, drop_tanwin),
    (l.TEH, drop_verbal_teh),
    (l.HEH, drop_his_heh),
    (l.HEH, drop_feminine_heh),
    (l.HAMZA, drop_final_hamza),
)
# No pronoun, tanwin or verbal ending stands on a word that has the article.
SUFFIX_RULES_OF_ARTICLED: Final[tuple[tuple[str, Rule], ...]] = (
    (l.NOON, drop_feminine_dual),
    (l.TEH, drop_feminine_plural),
    (l.NOON, drop_nominative),
    (l.NOON, drop_oblique),
    (l.HEH, drop_feminine_heh),
    (l.HAMZA, drop_final_hamza),
)


_ENDS: Final = frozenset("".join(letters for letters, _rule in SUFFIX_RULES))


def stem_with(normal: str, counts: Lexicon, whole: frozenset[str]) -> str:
    """The stem of a normal form by the given counts; words of `whole` stay as they are."""
    word = _apply(PREFIX_RULES, FIRST, normal, counts, whole)
    # whether it takes the article is dear to ask, and half of all words end in a letter of no ending
    if word[LAST:] not in _ENDS or len(word) < LEAST_WORD or word in whole:
        return word
    is_articled = normal.endswith((ARTICLE + word, TO_THE + word)) or takes_article(word, counts)
    return _apply(SUFFIX_RULES_OF_ARTICLED if is_articled else SUFFIX_RULES, LAST, word, counts, whole)


def _apply(
    rules: Iterable[tuple[str, Rule]], end: int, word: str, counts: Lexicon, whole: frozenset[str]
) -> str:
    if len(word) < LEAST_WORD or word in whole:
        return word
    for letters, rule in rules:
        if word[end] in letters:
            rest = rule(word, counts)
            if rest != word:
                word = rest
                if len(word) < LEAST_WORD or word in whole:
                    break
    return word


def stem(normal: str) -> str:
    """The stem of a normal form: particles, article and endings aside, where the counts in use say they are
    such.

    ``stem("والسعوديه") == stem("سعوديه") == "سعودي"``, ``stem("وزير") == "وزير"``.
    Source: light stemming after Larkey et al. (2002), each step asking counts of a news corpus (see
    `lexicon`).
    """
    return stem_with(normal, lexicon.in_use(), whole_words())


def kept_letters(stem: str) -> str:
    """Letters that stand side by side in every normal form of a stem: for finding the few words of a text
    that may have it, without making the stem of each.

    ``kept_letters("وزير") == "وزير"``; an end that a rule may have put there is left out:
    ``kept_letters("سعودي") == "سعود"``.
    """
    if stem == ALLAH:
        return ALLAH[1:]  # ولله
    return stem[:-1] if len(stem) > 1 and stem[-1] in PUT_AT_THE_END else stem
