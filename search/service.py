"""The face of search: what pages, commands and the API call."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from archive.models import Article
from archive.selectors.articles import articles_by_uid
from search.asking import AUTHOR, DAY, FACET_KINDS, ask, filters_of
from search.counting import Count, counter
from search.engine import engine
from search.engines.base import Answer, Found, IndexMissing, Question
from search.help import only_particles, suggestions
from search.marking import Marker, forms, snippet
from search.names import Names, resolve
from search.query import Parsed, chips_of, parse, render
from search.query.tree import Prefix, wanted
from search.types import (
    UNKNOWN,
    FacetValue,
    Hit,
    Level,
    Marked,
    QueryWarning,
    Results,
    SearchRequest,
    Suggestion,
    Understood,
)
from search.upkeep import hidden_uids, pending_count
from search.variants import with_held_spellings

MAX_HIT_TEXT: Final = 200_000
"""Letters of a body that are looked through for the marked passage of a hit."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index stands to the archive. `current` false: searches may be wrong until `remedy` is done."""

    engine: str
    generation: str
    documents: int
    shown: int
    pending: int
    current: bool
    remedy: str


def search(request: SearchRequest, names: Names | None = None) -> Results:
    """Answer one search: hits of the page asked for, exact total, ladder and facets.

    Asks the database for the hits with their agencies and authors; and, where anything was written to it
    since the last search, for withdrawn articles, for the list of spellings, and for the outlets and agencies
    that `names` does not know yet. Where few articles have all of the words, the engine is asked what else
    may have been meant.

    Raises: IndexMissing: there are articles and no index to search; the message says the remedy.
    """
    started = time.perf_counter()
    names = names or Names()
    parsed = understand(request.query, names, variants=request.variants)
    request = replace(request, query=parsed.text, size=max(1, request.size), page=max(1, request.page))
    question = Question(
        tree=parsed.tree,
        level=request.level,
        filters=filters_of(request),
        sort=request.sort,
        offset=(request.page - 1) * request.size,
        limit=request.size,
        hidden=hidden_uids(),
        by_day=_within_a_month(request),
        by_author=True,
    )
    answer = ask(question, parsed)
    return Results(
        request=request,
        understood=Understood(
            render(parsed.tree), chips_of(parsed), (*parsed.warnings, *_nearness_warning(answer, parsed))
        ),
        level=answer.level,
        stepped_down=answer.stepped_down,
        total=answer.total,
        undated=answer.undated,
        levels=answer.levels,
        hits=_hits(answer.found, Marker(parsed.tree, answer.level)),
        facets=_facets(answer, request, names),
        more_authors=answer.more_authors,
        suggestions=_suggestions(parsed, request, answer, counter(names, question.hidden)),
        took_ms=round((time.perf_counter() - started) * 1000, 3),
    )


def matching_uids(request: SearchRequest) -> Sequence[str]:
    """The UIDs of all articles that a request finds, in its order, whichever page it asks for.

    Raises: IndexMissing: there are articles and no index to search.
    """
    parsed = understand(request.query, Names(), variants=request.variants)
    filters = filters_of(request)
    answer = ask(Question(parsed.tree, request.level, filters, request.sort, 0, None, hidden_uids()), parsed)
    return [found.uid for found in answer.found]


def ranking(request: SearchRequest) -> tuple[Found, ...]:
    """The best articles for a request (`size` of them at most) with their scores, and nothing else:
    for runs over many queries.

    Raises: IndexMissing: there are articles and no index to search.
    """
    parsed = understand(request.query, Names(), variants=request.variants)
    question = Question(
        parsed.tree, request.level, filters_of(request), limit=request.size, hidden=hidden_uids()
    )
    return ask(question, parsed).found


def index_state() -> IndexState:
    """How the index stands to the archive, and what the operator can do where it does not."""
    state = engine().state()
    shown, pending = Article.objects.shown().count(), pending_count()
    remedy = ""
    if not state.current:
        remedy = f"Run `manage.py index --rebuild`: {state.reason}."
    elif pending:
        remedy = f"Run `manage.py index`: {pending:,} articles wait for it."
    elif state.documents != shown:
        held = f"the index holds {state.documents:,} articles and the archive {shown:,}"
        remedy = f"Run `manage.py index --rebuild`: {held}."
    return IndexState(state.engine, state.generation, state.documents, shown, pending, not remedy, remedy)


def mark(article_text: str, query: str, level: Level = Level.INFLECTED) -> Marked:
    """A text with the words marked that match a query: whole words, as they stand, vowel marks and all."""
    return Marker(with_held_spellings(parse(query)).tree, level).mark(article_text).runs


def mark_title(title: str, query: str, level: Level = Level.INFLECTED) -> Marked:
    """Like `mark`, for a title, where what a query asks of titles is marked too."""
    return Marker(with_held_spellings(parse(query)).tree, level).mark(title, title=True).runs


def understand(query: str, names: Names, *, variants: bool) -> Parsed:
    """A query with its names known and its mistakes said, as every search reads it. `variants`: whether other
    spellings of names are searched too.
    """
    parsed = with_held_spellings(parse(query)) if variants else parse(query)
    tree, warnings = resolve(parsed.tree, names)
    more = [*parsed.warnings, *warnings, *_prefix_warnings(parsed)]
    if tree is None and parsed.text.strip() and not more:
        more.append(QueryWarning(_("There is no word in this query."), 0, len(parsed.text)))
    if only_particles(tree):
        message = _(
            "Particles alone stand in nearly every article: add a word that tells more, "
            "or put the exact phrase in quotation marks."
        )
        more.append(QueryWarning(message, 0, len(parsed.text)))
    return replace(parsed, tree=tree, warnings=tuple(sorted(more, key=lambda warning: warning.start)))


def _suggestions(
    parsed: Parsed, request: SearchRequest, answer: Answer, count: Count
) -> tuple[Suggestion, ...]:
    try:
        return suggestions(parsed, request, answer.levels[Level.INFLECTED], count)
    except IndexMissing:
        return ()


def _prefix_warnings(parsed: Parsed) -> list[QueryWarning]:
    message = _("Too many words begin with “%(start)s”; the %(count)d most frequent ones were searched.")
    warnings = []
    for part in wanted(parsed.tree):
        if isinstance(part, Prefix):
            try:
                forms_, more = engine().prefix_forms(part.normal)
            except IndexMissing:
                return []
            if more:
                text = message % {"start": part.text, "count": len(forms_)}
                warnings.append(QueryWarning(text, part.start, part.end))
    return warnings


def _nearness_warning(answer: Answer, parsed: Parsed) -> tuple[QueryWarning, ...]:
    messages = []
    if answer.paired_only:
        messages.append(
            _(
                "So many articles have these words near each other that only the first word’s nearness to "
                "each of the others was looked at, not to all of them in one place. Rarer words are looked "
                "at in full."
            )
        )
    if answer.left_in:
        messages.append(
            _(
                "So many articles have the excluded words near each other that not all could be looked at: "
                "some that were to be excluded may be among the hits. Rarer words are looked at in full."
            )
        )
    return tuple(QueryWarning(message, 0, len(parsed.text)) for message in messages)


def _hits(found: Sequence[Found], marker: Marker) -> tuple[Hit, ...]:
    articles = articles_by_uid(uids=[one.uid for one in found]) if found else {}
    return tuple(_hit(articles[one.uid], one.score, marker) for one in found if one.uid in articles)


def _hit(article: Article, score: float, marker: Marker) -> Hit:
    title = marker.mark(article.title or article.display_title, title=True)
    subtitle = marker.mark(article.subtitle)
    body = marker.mark(article.body[:MAX_HIT_TEXT])
    counted = forms([title, subtitle, body] if article.title else [subtitle, body])
    return Hit(
        article=article,
        score=score,
        title=title.runs,
        snippet=snippet(subtitle if subtitle.places and not body.places else body),
        occurrences=counted.total(),
        forms=tuple(form for form, _count in counted.most_common()),
    )


def _within_a_month(request: SearchRequest) -> bool:
    """Whether the dates asked for are days of one month: then the days are counted too."""
    first, last = request.date_from, request.date_to
    return first is not None and last is not None and first.isoformat()[:7] == last.isoformat()[:7]


def _facets(answer: Answer, request: SearchRequest, names: Names) -> dict[str, tuple[FacetValue, ...]]:
    selected = {
        "outlet": request.outlets,
        "year": request.years,
        "agency": request.agencies,
        "author": request.authors,
        "section": request.sections,
    }
    labels = names.labels()
    return {
        kind: tuple(
            FacetValue(value, _label(kind, value, labels), count, value in selected.get(kind, ()))
            for value, count in _with_selected(answer.facets[kind], selected.get(kind, ()))
        )
        for kind in (*FACET_KINDS, AUTHOR, DAY)
        if kind in answer.facets
    }


def _with_selected(counts: dict[str, int], selected: Sequence[str]) -> list[tuple[str, int]]:
    """What is selected is shown even where it finds nothing, so that it can be taken back."""
    return [*counts.items(), *((value, 0) for value in selected if value not in counts)]


def _label(kind: str, value: str, labels: dict[tuple[str, str], str]) -> str:
    return _("unknown") if value == UNKNOWN else labels.get((kind, value), value)
