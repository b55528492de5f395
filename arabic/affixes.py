"""The affixes of a word, one rule each: what stands before and after its stem, taken off where counts say so.

Every rule asks the counts of real news text whether what is left is a word, and whether anything says that
the whole is one: the company that it keeps. Every share below was measured on question answering, title
search and searches for proper names.
"""

from collections.abc import Iterable
from typing import Final

from arabic import letters as l
from arabic.lexicon import Lexicon

LEAST_WORD: Final = 4
LEAST_REST: Final = 3

AND: Final = l.WAW
SO: Final = l.FEH
ARTICLE: Final = l.ALEF + l.LAM
TO_THE: Final = l.LAM + l.LAM
ALLAH: Final = ARTICLE + l.LAM + l.HEH
WITH, TO, LIKE, WILL, BY = l.BEH, l.LAM, l.KAF, l.SEEN, l.TEH
VERB_BEGINNINGS: Final = (l.YEH, l.TEH, l.NOON, l.ALEF)

_ARTICLED: Final = (
    ARTICLE,
    TO_THE,
    WITH + ARTICLE,
    AND + ARTICLE,
    AND + TO_THE,
    AND + WITH + ARTICLE,
    LIKE + ARTICLE,
    SO + ARTICLE,
)
_CONJUNCTIONS: Final = (AND, SO)
_PREPOSITIONS: Final = (WITH, TO, LIKE, AND + WITH, AND + TO)
# بو begins names of the Maghreb (بوعلي) and لل is the article: neither shows that the word behind is one.
_PREPOSITIONS_BEFORE_WAW: Final = (TO, LIKE, AND + TO)
_PREPOSITIONS_BEFORE_LAM: Final = (WITH, LIKE, AND + WITH)
_GOVERNING: Final = (
    *_PREPOSITIONS,
    WITH + ARTICLE,
    TO_THE,
    LIKE + ARTICLE,
    AND + WITH + ARTICLE,
    AND + TO_THE,
)
_DIRECT: Final = (WITH + ARTICLE, TO_THE, LIKE + ARTICLE, WITH, TO)
_BEFORE_ALLAH: Final = frozenset(
    conjunction + particle for conjunction in ("", AND, SO) for particle in ("", WITH, TO, BY)
) | {SO + AND}

_PRONOUNS: Final = (
    l.HEH + l.MEEM + l.ALEF,
    l.HEH + l.MEEM,
    l.HEH + l.NOON,
    l.HEH + l.ALEF,
    l.KAF + l.MEEM,
    l.NOON + l.ALEF,
)
_COMMON_PRONOUNS: Final = (l.HEH + l.ALEF, l.HEH + l.MEEM, l.NOON + l.ALEF)
_NOMINATIVE_DUAL: Final = l.ALEF + l.NOON
_NOMINATIVES: Final = (l.WAW + l.NOON, _NOMINATIVE_DUAL)
_OF_VERBS_OF_MANY: Final = (l.YEH, l.TEH)
_OBLIQUE: Final = l.YEH + l.NOON
_VERBAL_PLURAL: Final = l.WAW + l.ALEF
_FEMININE_DUALS: Final = (l.TEH + l.YEH + l.NOON, l.TEH + l.ALEF + l.NOON)
_FEMININE_PLURAL: Final = l.ALEF + l.TEH


# -- what the counts say ------------------------------------------------------------------------------------


def _behind(particles: Iterable[str], word: str, counts: Lexicon) -> int:
    """How often the word is seen behind any of these particles."""
    seen = 0  # a loop: this is asked a dozen times a word, and a generator takes twice as long
    for particle in particles:
        seen += counts.get(particle + word, 0)
    return seen


def _is_seen_behind(particles: Iterable[str], word: str, counts: Lexicon, enough: float) -> bool:
    """Whether the word is seen so often behind any of these particles, and once at least."""
    seen, enough = 0, max(1, enough)
    for particle in particles:
        seen += counts.get(particle + word, 0)
        if seen >= enough:
            return True
    return False


def _seen(word: str, counts: Lexicon) -> int:
    """The count with and without the article."""
    return counts.get(word, 0) + counts.get(ARTICLE + word, 0)


def takes_article(word: str, counts: Lexicon) -> bool:
    """Whether the word, as it stands, is seen with the article: at least .02 of its own count, and once."""
    return _is_seen_behind(_ARTICLED, word, counts, 0.02 * counts.get(word, 0))


def takes_preposition(word: str, counts: Lexicon) -> bool:
    """Whether the word is seen behind a preposition: at least .02 of its count, and once."""
    return _is_seen_behind(_GOVERNING, word, counts, 0.02 * _seen(word, counts))


def _stands_alone(word: str, rest: str, particles: Iterable[str], counts: Lexicon) -> bool:
    """Whether a word is one with its first letter: seen behind particles twice and .1 of its count.

    A rest that is seen five times as often outweighs this.
    """
    seen, alone = counts.get(word, 0), _behind(particles, word, counts)
    return alone >= 2 and alone >= 0.1 * seen and counts.get(rest, 0) < 5 * seen


def _attested(rest: str, word: str, counts: Lexicon, share: float = 0.2) -> bool:
    """Whether the rest is a word: seen twice, and the given share as often as the word it is left of."""
    return len(rest) >= LEAST_REST and _seen(rest, counts) >= max(2, share * counts.get(word, 0))


# -- what stands before a word ------------------------------------------------------------------------------


def keep_name_of_god(word: str, _counts: Lexicon) -> str:
    """والله, بالله, تالله and لله are الله; a name such as عبدالله is a word of its own."""
    behind_particle = word.endswith(ALLAH) and word.removesuffix(ALLAH) in _BEFORE_ALLAH
    return ALLAH if behind_particle or word == AND + TO_THE + l.HEH else word


def drop_conjunction(word: str, counts: Lexicon) -> str:
    """Without و or ف: before the article, or where the rest is a word and the whole is not one of its own."""
    if word[0] not in _CONJUNCTIONS or takes_article(word, counts):
        return word
    rest, seen = word[1:], counts.get(word, 0)
    if rest.startswith((ARTICLE, TO_THE)) and len(rest) >= len(ARTICLE) + LEAST_REST:
        return rest if _is_articled(rest, seen, counts) else word
    prepositions = _PREPOSITIONS_BEFORE_WAW if word[0] == AND else _PREPOSITIONS
    if _stands_alone(word, rest, (*_ARTICLED, *prepositions, *_CONJUNCTIONS), counts):
        return word
    share = 0.02 if word[0] == AND else 0.1
    if counts.get(rest, 0) and counts.get(rest, 0) >= share * seen:
        return rest
    if seen or len(rest) < LEAST_WORD:
        return word
    return rest if word[0] == AND or _is_behind_preposition(rest, counts) else word


def _is_behind_preposition(word: str, counts: Lexicon) -> bool:
    """Whether an unseen word is a preposition and a word seen three times: لياسين, of فلياسين."""
    return counts.get(word[1:], 0) >= 3 and drop_preposition(word, counts) != word


def _is_articled(word: str, seen_behind: int, counts: Lexicon) -> bool:
    """Whether what begins like an article is one: والدتها is not و and الدتها."""
    rest = word[len(ARTICLE) :]
    elsewhere = counts.get(word, 0) + counts.get(rest, 0) + _behind(_ARTICLED, rest, counts) - seen_behind
    return elsewhere >= 0.1 * seen_behind


def drop_to_the(word: str, counts: Lexicon) -> str:
    """Without لل; of للجنه and للبنان only the first ل, for there the second begins the word."""
    if not word.startswith(TO_THE) or len(word) < len(TO_THE) + LEAST_REST:
        return word
    rest = word[len(TO_THE) :]
    with_lam, without = counts.get(word[1:], 0), _seen(rest, counts)
    begins_with_lam = takes_article(word[1:], counts) or not takes_article(rest, counts)
    is_far_commoner = with_lam > 5 * without
    return word[1:] if is_far_commoner or (begins_with_lam and with_lam > counts.get(rest, 0)) else rest


def drop_preposition_before_article(word: str, counts: Lexicon) -> str:
    """Without the ب or ك of بال and كال, where the rest is seen with its article.

    What is hardly seen with ب nor without it is most likely a name or noun: بالطائف, but بالوتيلي too (3 % of
    such words in other news); of كال a quarter are none.
    """
    if not word.startswith((WITH + ARTICLE, LIKE + ARTICLE)) or takes_article(word, counts):
        return word
    seen, rest_seen = counts.get(word, 0), counts.get(word[1:], 0)
    if not rest_seen:
        is_articled = word[0] == WITH and seen <= 1 and len(word) >= len(WITH + ARTICLE) + LEAST_REST
        return word[1:] if is_articled else word
    return word[1:] if rest_seen >= 0.003 * seen else word


def drop_preposition(word: str, counts: Lexicon) -> str:
    """Without ب, ل or ك, or the س of a verb to come, where the rest is seen .3 as often."""
    is_preposition = word[0] in (WITH, TO, LIKE) or (word[0] == WILL and word[1] in VERB_BEGINNINGS)
    if not is_preposition or takes_article(word, counts):
        return word
    prepositions = _PREPOSITIONS_BEFORE_LAM if word[0] == TO else _PREPOSITIONS
    if _stands_alone(word, word[1:], (*_ARTICLED, *prepositions), counts):
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


# -- what stands behind it ----------------------------------------------------------------------------------


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


def drop_nominative(word: str, counts: Lexicon) -> str:
    """Without ون and ان, unless the word stands after prepositions; ان of a noun has its other case in ين."""
    if not word.endswith(_NOMINATIVES) or not _attested(word[:-2], word, counts):
        return word
    needs_other_case = word.endswith(_NOMINATIVE_DUAL) and not word.startswith(_OF_VERBS_OF_MANY)
    if takes_preposition(word, counts):
        return word
    return word if needs_other_case and not _seen(word[:-2] + _OBLIQUE, counts) else word[:-2]


def drop_oblique(word: str, counts: Lexicon) -> str:
    """Without ين; a word seen ten times has its other case in ون or ان."""
    rest = word[:-2]
    if not word.endswith(_OBLIQUE) or not _attested(rest, word, counts):
        return word
    is_rare = _seen(word, counts) < 10
    return rest if is_rare or any(_seen(rest + ending, counts) for ending in _NOMINATIVES) else word


def drop_verbal_plural(word: str, counts: Lexicon) -> str:
    """Without the وا of a verb: قالوا -> قال."""
    if not word.endswith(_VERBAL_PLURAL) or takes_preposition(word, counts):
        return word
    return word[:-2] if _attested(word[:-2], word, counts) else word


def drop_tanwin(word: str, counts: Lexicon) -> str:
    """Without the ا of an adverb or object, where the rest is seen .5 as often: رسميا -> رسمي."""
    if not word.endswith(l.ALEF) or takes_preposition(word, counts):
        return word
    return word[:-1] if _attested(word[:-1], word, counts, share=0.5) else word


def drop_verbal_teh(word: str, counts: Lexicon) -> str:
    """Without the ت of a verb, where the rest is seen .3 as often: اعلنت -> اعلن."""
    if not word.endswith(l.TEH) or word.endswith(_FEMININE_PLURAL) or takes_preposition(word, counts):
        return word
    return word[:-1] if _attested(word[:-1], word, counts, share=0.3) else word


def drop_his_heh(word: str, counts: Lexicon) -> str:
    """Without the ه of a pronoun, where others stand there too: كتابه -> كتاب, for كتابها is seen."""
    if not _ends_in_heh(word) or takes_article(word, counts):
        return word
    others = sum(counts.get(word[:-1] + pronoun, 0) for pronoun in _COMMON_PRONOUNS)
    return word[:-1] if others and others >= 0.05 * counts.get(word, 0) else word


def drop_feminine_heh(word: str, counts: Lexicon) -> str:
    """Without the ه of an adjective, or of a noun whose plural is seen: السوريه -> سوري, سياره -> سيار.

    Adjectives seldom stand right behind a preposition. Names (البصره, حيدره) show neither and keep it.
    """
    if not _ends_in_heh(word):
        return word
    seen, rest = _seen(word, counts), word[:-1]
    articled = counts.get(ARTICLE + word, 0) + counts.get(AND + ARTICLE + word, 0)
    is_adjective = articled > 0 and _behind(_DIRECT, word, counts) <= 0.1 * (articled + counts.get(word, 0))
    plurals = sum(_seen(rest + ending, counts) for ending in (_FEMININE_PLURAL, *_FEMININE_DUALS))
    return rest if is_adjective or (plurals and plurals >= 0.02 * seen) else word


def _ends_in_heh(word: str) -> bool:
    return word.endswith(l.HEH) and not word.endswith(ALLAH) and len(word) > LEAST_REST


def drop_final_hamza(word: str, _counts: Lexicon) -> str:
    """اء -> ا, as وزرا is typed for وزراء."""
    return word[:-1] if word.endswith(l.ALEF + l.HAMZA) and len(word) > LEAST_REST else word
