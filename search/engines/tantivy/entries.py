"""From an article to its entry in the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from tantivy import Document

from arabic import Term, analyse
from arabic.kin import skeleton
from search.engines.entries import GAP, MAX_FORM_LENGTH, minute_of, name_as_kept, printed_days
from search.engines.tantivy.pairs import PARTICLE, code, pairs_in
from search.engines.tantivy.schema import UNKNOWN_VALUE
from search.ranking import RANKING_WITH_GRAMS as RANKING
from search.ranking import Form, opening_of, runs_of

if TYPE_CHECKING:
    from archive.models import Article

Words = list[str]
_GAP_VALUES: Final = [""] * (GAP - 1)
"""The values of a field stand one place apart; a value without words is a place more."""
_TITLE_COPIES: Final = round(RANKING.places.title) - 1
_LEADS: Final = [
    sum(RANKING.places.copies_in_text(before) > copies for before in range(1000))
    for copies in range(1, RANKING.places.copies_in_text(0))
]
"""How many words of the text are written a second time, how many a third time, and so on."""
_NO_WORDS: Final[Sequence[Words]] = ([], [], [])
_FORMS: Final = [itemgetter(Term._fields.index(form)) for form in ("exact", "normal", "stem")]
KEPT_WORDS: Final = 200_000


def document(article: Article) -> Document:
    """An article's entry."""
    texts = (article.title, article.subtitle, article.body)
    parts = [_columns(analyse(text)) if text else _NO_WORDS for text in texts]
    exact, normal, stem = ([part[form] for part in parts] for form in range(3))
    normal_weighed, stem_weighed = ([*words, *copies(*words)] for words in (normal, stem))
    return Document(
        uid=article.uid,
        pk=article.pk,
        forms="\n".join(map(" ".join, exact)).encode("utf-8", "replace"),
        exact=_placed(exact),
        normal=_placed(normal_weighed),
        stem=_placed(stem_weighed),
        title_exact=" ".join(exact[0]),
        title_normal=" ".join(normal[0]),
        title_stem=" ".join(stem[0]),
        pairs=pairs_in(_codes(normal, stem)),
        **{name: _joined(kin, stem_weighed) for name, kin in KIN.items()},
        grams=_joined(_grams, normal_weighed),
        **_names(article),
        **_dates(article),
    )


def _columns(terms: Sequence[Term]) -> Sequence[Words]:
    """The words of a text in their three forms, each no longer than a word can be."""
    columns = [list(map(form, terms)) for form in _FORMS]
    if max(max(map(len, column), default=0) for column in columns) > MAX_FORM_LENGTH:
        return [[word[:MAX_FORM_LENGTH] for word in column] for column in columns]
    return columns


def _codes(normal: Sequence[Words], stem: Sequence[Words]) -> list[int]:
    """The words of all parts as `pairs_in` takes them, the parts too far apart for a pair."""
    codes: list[int] = []
    for both in zip(normal, stem, strict=True):
        codes += map(code, *both)
        codes += [PARTICLE] * RANKING.pairs.distance
    return codes


def _joined(made: Callable[[str], str], parts: Sequence[Words]) -> str:
    return " ".join(map(made, chain.from_iterable(parts)))


def copies(title: Words, subtitle: Words, body: Words) -> list[Words]:
    """What is written again, so that each word stands as often as it counts."""
    again = [title] * _TITLE_COPIES
    for lead in _LEADS:
        again += [subtitle[:lead], body[: max(0, lead - len(subtitle))]]
    return again


def _placed(parts: Sequence[Words]) -> list[str]:
    """The values of a field with places, in which each part stands apart."""
    values: list[str] = []
    for words in parts:
        if words:
            values += [" ".join(words), *_GAP_VALUES]
    return values


@lru_cache(maxsize=KEPT_WORDS)
def _grams(normal: str) -> str:
    return " ".join(grams_of(normal))


def grams_of(normal: str) -> list[str]:
    """The runs of letters of a word that are weighed."""
    return runs_of(normal, RANKING.grams.size) if RANKING.grams else []


_MAKERS: Final = {Form.SKELETON: skeleton, Form.OPENING: opening_of}
KIN: Final = {
    form.value: lru_cache(maxsize=KEPT_WORDS)(_MAKERS[form]) for form in RANKING.forms if form in _MAKERS
}
"""The fields of looser forms, and what makes them of a stem."""


def _names(article: Article) -> dict[str, str | list[str]]:
    return {
        "outlet": article.outlet.slug if article.outlet else UNKNOWN_VALUE,
        "section": name_as_kept(article.section) or UNKNOWN_VALUE,
        "agencies": [agency.slug for agency in article.agencies.all()] or [UNKNOWN_VALUE],
        "authors": [name_as_kept(author.name) for author in article.authors.all()],
    }


def _dates(article: Article) -> dict[str, Any]:
    day, precision = article.published, article.published_precision
    if day is None or precision == "unknown":
        return {"year": 0, "month": 0}
    first, last = printed_days(day, precision)
    return {
        "year": day.year,
        "month": day.year * 12 + day.month - 1 if precision != "year" else 0,
        "first_day": first,
        "last_day": last,
        "moment": first * 24 * 60 + minute_of(article.published_time),
    }
