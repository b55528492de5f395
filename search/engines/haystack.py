"""Stock `SearchQuerySet` calls on any engine, and stock commands that cannot harm it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.core.management import CommandError
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery, log_query
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError, SearchFieldError
from haystack.models import SearchResult

from search.engines.base import Answer, Engine, Found, Question
from search.engines.haystack_tree import tree_of
from search.query import parse, render
from search.query.tree import And, Node, Or
from search.types import Level, Sort

if TYPE_CHECKING:
    from archive.models import Article

FACETS: Final = {
    "outlet": "outlet",
    "agencies": "agency",
    "section": "section",
    "year": "year",
    "month": "month",
}
ORDERS: Final = {"published": Sort.OLDEST, "-published": Sort.NEWEST, "-score": Sort.RELEVANCE}


class ClearRefused(SearchBackendError, CommandError):  # type: ignore[misc]
    """The live index is never emptied. A command that asks for it ends with this one line and exit code 1."""

    def __init__(self) -> None:
        super().__init__(
            "The live index is not cleared, so that searches always have one: `manage.py index --rebuild` "
            "builds a new one beside it and swaps it in."
        )


class ArticleBackend(BaseSearchBackend):  # type: ignore[misc]
    """What Haystack asks of an index."""

    def _engine(self) -> Engine:
        # here, because Haystack imports this module to know its backends, before there is an engine
        from search.engine import engine

        return engine()

    # -- writing: what the database says is what is written, whoever asks -------------------------------

    def update(self, index: Any, iterable: Iterable[Article], commit: bool = True) -> None:
        """Bring the entries of these articles up to date with the database."""
        del index, commit
        self._refresh([article.uid for article in iterable])

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take an article's entry out, unless readers may still see the article: then bring it up to date."""
        del commit
        is_name = isinstance(obj_or_string, str)  # as "archive.article.12"
        uid = self._engine().uid_of(int(obj_or_string.rpartition(".")[2])) if is_name else obj_or_string.uid
        if uid:
            self._refresh([uid])

    def _refresh(self, uids: Sequence[str]) -> None:
        from search.upkeep import refresh

        refresh(uids)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Refuse.

        Raises: ClearRefused: always; it names the command that does what is meant.
        """
        raise ClearRefused

    # -- reading ----------------------------------------------------------------------------------------

    @log_query  # type: ignore[untyped-decorator]
    def search(self, query_string: Node | str | None, **options: Any) -> dict[str, Any]:
        """Answer a query:
        a tree, or a text in the query language. Text never reaches an engine's own query parser.
        """
        tree = parse(query_string).tree if isinstance(query_string, str) else query_string
        parts = [part for part in (tree, *_narrowed(options.get("narrow_queries") or ())) if part]
        if not _asks_for_articles(options.get("models")):
            return {"results": [], "hits": 0, "facets": {}}
        start, end = options.get("start_offset") or 0, options.get("end_offset")
        answer = self._ask(_all(parts), _order(options.get("sort_by")), start, end)
        return {
            "results": self._results(answer.found, options.get("result_class") or SearchResult),
            "hits": answer.total,
            "facets": _facets(answer, options.get("facets") or (), options.get("date_facets") or {}),
            "spelling_suggestion": None,
        }

    def _ask(self, tree: Node | None, sort: Sort, start: int, end: int | None) -> Answer:
        from search.upkeep import hidden_uids

        limit = None if end is None else max(0, end - start)
        question = Question(tree, Level.INFLECTED, sort=sort, offset=start, limit=limit, hidden=hidden_uids())
        return self._engine().ask(question)

    def _results(self, found: Iterable[Found], result_class: Any) -> list[Any]:
        return [result_class("archive", "article", str(one.pk), one.score, **_stored(one)) for one in found]

    def more_like_this(
        self, model_instance: Article, additional_query_string: Node | None = None, **options: Any
    ) -> dict[str, Any]:
        """Articles that share the most telling words of one, without itself."""
        from search.similar import telling_words

        words = telling_words(model_instance, self._engine())
        if not words:
            return {"results": [], "hits": 0}
        parts: list[Node] = [Or(words, 0, 0)]
        if additional_query_string is not None:
            parts.append(additional_query_string)
        answer = self._ask(_all(parts), Sort.RELEVANCE, 0, None)
        others = [one for one in answer.found if one.uid != model_instance.uid]
        start, end = options.get("start_offset") or 0, options.get("end_offset")
        results = self._results(others[start:end], options.get("result_class") or SearchResult)
        return {"results": results, "hits": len(others)}


def _stored(found: Found) -> dict[str, Any]:
    own = {ID: f"archive.article.{found.pk}", DJANGO_CT: "archive.article", DJANGO_ID: str(found.pk)}
    return {"uid": found.uid, **own}


def _asks_for_articles(models: Any) -> bool:
    return not models or any(model._meta.label_lower == "archive.article" for model in models)


def _all(parts: Sequence[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(tuple(parts), 0, 0)


def _narrowed(queries: Iterable[str]) -> list[Node | None]:
    """Haystack's narrowing texts, `outlet_exact:"x"`, which are in our language but for the ending."""
    return [parse(query.replace("_exact:", ":", 1)).tree for query in queries]


def _order(sort_by: Sequence[str] | None) -> Sort:
    if not sort_by:
        return Sort.RELEVANCE
    if len(sort_by) > 1 or sort_by[0] not in ORDERS:
        raise SearchFieldError(f"{', '.join(sort_by)}: articles are ordered by one of {', '.join(ORDERS)}")
    return ORDERS[sort_by[0]]


def _facets(answer: Answer, fields: Iterable[str], dates: dict[str, Any]) -> dict[str, Any]:
    unknown = [field for field in fields if field not in FACETS]
    if unknown:
        raise SearchFieldError(f"{', '.join(unknown)}: articles are counted by {', '.join(FACETS)}")
    return {
        "fields": {field: list(answer.facets[FACETS[field]].items()) for field in fields},
        "dates": {
            field: _by_date(answer, options.get("gap_by", "month")) for field, options in dates.items()
        },
        "queries": {},
    }


def _by_date(answer: Answer, gap: str) -> list[tuple[datetime.datetime, int]]:
    if gap not in ("year", "month"):
        raise SearchFieldError(f"gap_by={gap}: articles are counted by year or month")
    return [
        (datetime.datetime.fromisoformat(f"{value}-01-01"[:10]), count)
        for value, count in answer.facets[gap].items()
        if value[:1].isdecimal()
    ]


class ArticleQuery(BaseSearchQuery):  # type: ignore[misc]
    """What Haystack's query sets become: a tree, not a text."""

    def build_query(self) -> Node | None:
        """The tree of all conditions; None: every article."""
        return tree_of(self.query_filter)

    def __str__(self) -> str:
        return render(self.build_query())


class ArticleEngine(BaseEngine):  # type: ignore[misc]
    """What Haystack's settings name; each engine has its own name for it."""

    backend = ArticleBackend
    query = ArticleQuery
