"""From an article to its entry in the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from tantivy import Document

from arabic import forms_of_word, written_words
from arabic.kin import skeleton
from search.engines.entries import GAP, MAX_FORM_LENGTH, minute_of, name_as_kept, printed_days
from search.engines.tantivy.pairs import PARTICLE, code, pairs_in
from search.engines.tantivy.schema import NO_WORD, UID_FIELDS, UNKNOWN_VALUE, numbers_of_uid
from search.ranking import RANKING_WITH_GRAMS as RANKING
from search.ranking import Form, opening_of, runs_of

if TYPE_CHECKING:
    from archive.models import Article

Words = Sequence[str]
_GAP_OF_WORDS: Final = f" {' '.join([NO_WORD] * GAP)} "
_TITLE_COPIES: Final = round(RANKING.places.title) - 1
_LEADS: Final = [
    sum(RANKING.places.copies_in_text(before) > copies for before in range(1000))
    for copies in range(1, RANKING.places.copies_in_text(0))
]
"""How many words of the text are written a second time, how many a third time, and so on."""
KEPT_WORDS: Final = 120_000
"""Words of a text kept with all that is written of them, and as many earlier ones."""


def grams_of(normal: str) -> list[str]:
    """The runs of letters of a word that are weighed."""
    return runs_of(normal, RANKING.grams.size) if RANKING.grams else []


_MAKERS: Final = {Form.SKELETON: skeleton, Form.OPENING: opening_of}
KIN: Final = {
    form.value: lru_cache(maxsize=10_000)(_MAKERS[form]) for form in RANKING.forms if form in _MAKERS
}
"""The fields of looser forms, and what makes them of a stem."""
_FORMS: Final = ("exact", "normal", "stem")
_LOOSER: Final = ("grams", *KIN)
_COLUMNS: Final = (*_FORMS, *_LOOSER, "codes")
_NO_WORDS: Final[tuple[Sequence[Any], ...]] = ((),) * len(_COLUMNS)


class _Rows(dict[str, tuple[Any, ...]]):
    """All that is written of a word, by the word as it stands in a text.

    When full, the words become the earlier ones, of which those met again move back: cheaper than keeping
    account of what was used last, and frequent words are never made twice.
    """

    made_by = ""
    """The analysis that the forms are of."""

    def __init__(self) -> None:
        super().__init__()
        self._earlier: dict[str, tuple[Any, ...]] = {}

    def __missing__(self, word: str) -> tuple[Any, ...]:
        if len(self) >= KEPT_WORDS:
            self._earlier = dict(self)
            super().clear()
        row = self[word] = self._earlier.pop(word, ()) or _row(word)
        return row

    def clear(self) -> None:
        """Forget all words."""
        super().clear()
        self._earlier = {}


def _row(word: str) -> tuple[Any, ...]:
    forms = forms_of_word(word)
    exact, normal, stem = (form[:MAX_FORM_LENGTH] for form in forms)
    looser = (" ".join(grams_of(normal)), *(kin(stem) for kin in KIN.values()))
    return exact, normal, stem, *looser, code(normal, stem)


_ROWS: Final = _Rows()


def analyse_as(stamp: str) -> None:
    """Forget what is kept of words where it was made by another analysis than this one."""
    if _ROWS.made_by != stamp:
        _ROWS.clear()
        _ROWS.made_by = stamp


def document(article: Article) -> Document:
    """An article's entry."""
    texts = (article.title, article.subtitle, article.body)
    parts = [dict(zip(_COLUMNS, _columns(text), strict=True)) for text in texts]
    exact, normal, stem = ([" ".join(part[form]) for part in parts] for form in _FORMS)
    return Document(
        uid=article.uid,
        **dict(zip(UID_FIELDS, numbers_of_uid(article.uid), strict=True)),
        pk=article.pk,
        forms="\n".join(exact).encode("utf-8", "replace"),
        exact=_apart(exact),
        normal=_apart(_weighed(normal, [part["normal"] for part in parts])),
        stem=_apart(_weighed(stem, [part["stem"] for part in parts])),
        title_exact=exact[0],
        title_normal=normal[0],
        title_stem=stem[0],
        pairs=pairs_in(_codes([part["codes"] for part in parts])),
        **{name: " ".join(_texts([part[name] for part in parts])) for name in _LOOSER},
        **_names(article),
        **_dates(article),
    )


def _columns(text: str) -> Sequence[Sequence[Any]]:
    """What is written of the words of a text, each kind in a column of its own."""
    return list(zip(*map(_ROWS.__getitem__, written_words(text)), strict=True)) or _NO_WORDS


def _codes(parts: Sequence[Sequence[int]]) -> list[int]:
    """The words of all parts as `pairs_in` takes them, the parts too far apart for a pair."""
    between = [PARTICLE] * RANKING.pairs.distance
    return [*chain.from_iterable((*codes, *between) for codes in parts)]


def _texts(parts: Sequence[Words]) -> list[str]:
    return _weighed([" ".join(part) for part in parts], parts)


def _weighed(texts: list[str], parts: Sequence[Words]) -> list[str]:
    """The texts of an article's parts, and behind them what is written again."""
    _title, subtitle, body = parts
    return [*texts, *[texts[0]] * _TITLE_COPIES, *map(" ".join, leads(subtitle, body))]


def leads(subtitle: Words, body: Words) -> Iterator[Words]:
    """What of the text is written again, so that each word stands as often as it counts."""
    for lead in _LEADS:
        yield subtitle[:lead]
        yield body[: max(0, lead - len(subtitle))]


def _apart(texts: Sequence[str]) -> str:
    """The value of a field with places, in which each part stands apart."""
    return _GAP_OF_WORDS.join(filter(None, texts))


def _names(article: Article) -> dict[str, str | list[str]]:
    return {
        "outlet": article.outlet.slug if article.outlet else UNKNOWN_VALUE,
        "section": name_as_kept(article.section) or UNKNOWN_VALUE,
        "agencies": list(article.agency_slugs) or [UNKNOWN_VALUE],
        "authors": list(map(name_as_kept, article.author_names)),
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
