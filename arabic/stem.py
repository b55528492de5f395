"""The stem of a word: light stemming that asks a lexicon.

An affix is taken off only when counts of real news text say that what is left is a word. So سلمان keeps its
end and وزير its beginning, where a blind stemmer makes them سلم and زير. Words under four letters stay
whole, and so does the nisba ي: without it a country and a family would be one (السعودية, سعود).

Every share below was measured on question answering and title search.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from arabic import letters as l
from arabic import lexicon
from arabic.lexicon import Lexicon
from arabic.normal import normal_form

WHOLE_WORDS_FILE: Final = Path(__file__).parent / "data" / "whole_words.txt"
LEAST_WORD: Final = 4
LEAST_REST: Final = 3

AND: Final = l.WAW
SO: Final = l.FEH
ARTICLE: Final = l.ALEF + l.LAM
TO_THE: Final = l.LAM + l.LAM
ALLAH: Final = ARTICLE + l.LAM + l.HEH
WITH, TO, LIKE, WILL = l.BEH, l.LAM, l.KAF, l.SEEN
VERB_BEGINNINGS: Final = (l.YEH, l.TEH, l.NOON, l.ALEF)

_ARTICLED: Final = (
    ARTICLE,
    TO_THE,
    WITH + ARTICLE,
    AND + ARTICLE,
    AND + TO_THE,
    AND + WITH + ARTICLE,
)
_PRONOUNS: Final = (
    l.HEH + l.MEEM + l.ALEF,
    l.HEH + l.MEEM,
    l.HEH + l.NOON,
    l.HEH + l.ALEF,
    l.KAF + l.MEEM,
    l.NOON + l.ALEF,
)
_PLURALS_AND_DUALS: Final = (l.WAW + l.NOON, l.YEH + l.NOON, l.ALEF + l.NOON, l.WAW + l.ALEF)
_FEMININE_DUALS: Final = (l.TEH + l.YEH + l.NOON, l.TEH + l.ALEF + l.NOON)
_FEMININE_PLURAL: Final = l.ALEF + l.TEH

Rule = Callable[[str, Lexicon], str]


@cache
def whole_words() -> frozenset[str]:
    """Normal forms that no affix is taken off, from data/whole_words.txt."""
    lines = WHOLE_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(normal_form(line) for line in lines if line and not line.startswith("#"))


def takes_article(word: str, counts: Lexicon) -> bool:
    """Whether the word, as it stands, is seen with the article: at least .02 of its own count, and once."""
    seen = sum(counts.get(article + word, 0) for article in _ARTICLED)
    return seen > 0 and seen >= 0.02 * counts.get(word, 0)


def _seen(word: str, counts: Lexicon) -> int:
    """The count with and without the article."""
    return counts.get(word, 0) + counts.get(ARTICLE + word, 0)


def _attested(rest: str, word: str, counts: Lexicon, share: float = 0.1) -> bool:
    """Whether the rest is a word, seen at least the given share as often as the word it is left of."""
    seen = _seen(rest, counts)
    return len(rest) >= LEAST_REST and seen > 0 and seen >= share * counts.get(word, 0)


def drop_conjunction(word: str, counts: Lexicon) -> str:
    """Without و or ف: before the article, or where the rest is a word and the whole is not one of its own."""
    if word[0] not in (AND, SO):
        return word
    rest = word[1:]
    if rest.startswith((ARTICLE, TO_THE)) and len(rest) >= len(ARTICLE) + LEAST_REST:
        return rest
    if takes_article(word, counts):
        return word
    seen, rest_seen = counts.get(word, 0), counts.get(rest, 0)
    if rest_seen > 0 and rest_seen >= 0.1 * seen:
        return rest
    return rest if word[0] == AND and not seen and len(rest) >= LEAST_WORD else word


def drop_to_the(word: str, counts: Lexicon) -> str:
    """Without لل; of للجنه and للبنان only the first ل, for there the second begins the word."""
    if not word.startswith(TO_THE) or len(word) < len(TO_THE) + LEAST_REST:
        return word
    rest = word[len(TO_THE) :]
    begins_with_lam = takes_article(word[1:], counts) or not takes_article(rest, counts)
    return word[1:] if begins_with_lam and counts.get(word[1:], 0) > counts.get(rest, 0) else rest


def drop_preposition_before_article(word: str, counts: Lexicon) -> str:
    """Without the ب or ك of بال and كال, where the rest is seen with its article."""
    if not word.startswith((WITH + ARTICLE, LIKE + ARTICLE)) or takes_article(word, counts):
        return word
    rest_seen = counts.get(word[1:], 0)
    return word[1:] if rest_seen > 0 and rest_seen >= 0.003 * counts.get(word, 0) else word


def drop_preposition(word: str, counts: Lexicon) -> str:
    """Without ب, ل or ك, or the س of a verb to come, where the rest is seen .3 as often."""
    is_preposition = word[0] in (WITH, TO, LIKE) or (word[0] == WILL and word[1] in VERB_BEGINNINGS)
    if not is_preposition or takes_article(word, counts):
        return word
    rest_seen = counts.get(word[1:], 0)
    return word[1:] if rest_seen > 0 and rest_seen >= 0.3 * counts.get(word, 0) else word


def drop_article(word: str, counts: Lexicon) -> str:
    """Without ال, unless it begins the word: such words take a second article or ل (الالتزام, لالمانيا).

    Nor is it taken off to leave another word, seen far too seldom for that; to leave none that is seen does
    no harm.
    """
    if not word.startswith(ARTICLE) or word == ALLAH:
        return word
    seen = counts.get(word, 0)
    with_another = counts.get(ARTICLE + word, 0) + counts.get(TO + word, 0)
    if with_another > 1 and with_another >= 0.01 * seen:
        return word
    rest = word[len(ARTICLE) :]
    rest_seen = counts.get(rest, 0)
    is_word = rest_seen >= 0.003 * seen or counts.get(TO_THE + rest, 0) >= 0.02 * seen
    is_no_other = not rest_seen and not with_another
    return rest if is_word or is_no_other or seen < 5 else word


def keep_name_of_god(word: str, _counts: Lexicon) -> str:
    """والله, بالله, تالله and لله are الله; a name such as عبدالله is a word of its own."""
    is_particle = len(word) - len(ALLAH) in (1, 2) and word.endswith(ALLAH)
    return ALLAH if is_particle or word == AND + TO_THE + l.HEH else word


def drop_pronoun(word: str, counts: Lexicon) -> str:
    """Without هما هم هن ها كم نا; the ت and ا before them are again ه and ي."""
    for pronoun in _PRONOUNS:
        if word.endswith(pronoun):
            rest = word.removesuffix(pronoun)
            candidates = [rest, *_before_pronoun(rest)]
            best = max(candidates, key=lambda candidate: _seen(candidate, counts))
            return best if _attested(best, word, counts) else word
    return word


def _before_pronoun(rest: str) -> list[str]:
    """The endings that change before a pronoun, as they are without it: جامعت -> جامعه, مستوا -> مستوي."""
    if rest.endswith(l.TEH):
        return [rest[:-1] + l.HEH]
    return [rest[:-1] + l.YEH] if rest.endswith(l.ALEF) else []


def drop_his(word: str, counts: Lexicon) -> str:
    """اته -> ات, ته -> ه."""
    if not word.endswith(l.TEH + l.HEH):
        return word
    rest = word[:-1] if word.endswith(_FEMININE_PLURAL + l.HEH) else word[:-2] + l.HEH
    return rest if _attested(rest, word, counts) else word


def drop_feminine_dual(word: str, counts: Lexicon) -> str:
    """تين, تان -> ه."""
    if not word.endswith(_FEMININE_DUALS):
        return word
    rest = word[:-3] + l.HEH
    return rest if _attested(rest, word, counts) else word


def drop_feminine_plural(word: str, counts: Lexicon) -> str:
    """ات -> ه, or nothing, whichever is seen more."""
    if not word.endswith(_FEMININE_PLURAL):
        return word
    bare = word[:-2]
    rest = max((bare + l.HEH, bare), key=lambda candidate: _seen(candidate, counts))
    return rest if _attested(rest, word, counts) else word


def drop_plural_or_dual(word: str, counts: Lexicon) -> str:
    """Without ون ين ان وا."""
    if not word.endswith(_PLURALS_AND_DUALS):
        return word
    return word[:-2] if _attested(word[:-2], word, counts) else word


def drop_tanwin(word: str, counts: Lexicon) -> str:
    """Without the ا of an adverb or object, where the rest is seen .5 as often: رسميا -> رسمي."""
    if not word.endswith(l.ALEF):
        return word
    return word[:-1] if _attested(word[:-1], word, counts, share=0.5) else word


def drop_verbal_teh(word: str, counts: Lexicon) -> str:
    """Without the ت of a verb, where the rest is seen .3 as often: اعلنت -> اعلن."""
    if not word.endswith(l.TEH) or word.endswith(_FEMININE_PLURAL):
        return word
    return word[:-1] if _attested(word[:-1], word, counts, share=0.3) else word


def drop_final_heh(word: str, _counts: Lexicon) -> str:
    """Without ه, be it ة or a pronoun: writers and readers leave it out. الله and names of it keep theirs."""
    ends_in_heh = word.endswith(l.HEH) and not word.endswith(ALLAH)
    return word[:-1] if ends_in_heh and len(word) > LEAST_REST else word


def drop_final_hamza(word: str, _counts: Lexicon) -> str:
    """اء -> ا, as وزرا is typed for وزراء."""
    return word[:-1] if word.endswith(l.ALEF + l.HAMZA) and len(word) > LEAST_REST else word


# From the outside in: a conjunction stands before a preposition, that before the article.
PREFIX_RULES: Final[tuple[Rule, ...]] = (
    keep_name_of_god,
    drop_conjunction,
    drop_to_the,
    drop_preposition_before_article,
    drop_preposition,
    drop_article,
)
# A pronoun hides the ending before it, a plural the singular's ه; the hamza is laid bare last.
SUFFIX_RULES: Final[tuple[Rule, ...]] = (
    drop_pronoun,
    drop_his,
    drop_feminine_dual,
    drop_feminine_plural,
    drop_plural_or_dual,
    drop_tanwin,
    drop_verbal_teh,
    drop_final_heh,
    drop_final_hamza,
)


def stem_with(normal: str, counts: Lexicon, whole: frozenset[str]) -> str:
    """The stem of a normal form by the given counts; words of `whole` stay as they are."""
    word = normal
    for rule in PREFIX_RULES + SUFFIX_RULES:
        if len(word) < LEAST_WORD or word in whole:
            break
        word = rule(word, counts)
    return word


def stem(normal: str) -> str:
    """The stem of a normal form: particles, article and endings aside, where the shipped counts say they
    are such.

    ``stem("والسعوديه") == stem("سعوديه") == "سعودي"``, ``stem("وزير") == "وزير"``.
    Source: light stemming after Larkey et al. (2002), each step asking counts of a news corpus (see
    `lexicon`).
    """
    return stem_with(normal, lexicon.shipped(), whole_words())
