"""The calls of `/api/v1/`: each reads, asks once, and answers with what the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Path, Query

from archive.export.records import article_record
from archive.models import Article, Outlet
from archive.selectors.browse import held_counts, outer_days
from archive.selectors.choices import agencies_held
from archive.selectors.outlets import OutletHolding, outlet_holdings
from archive.selectors.reading import article_to_read
from search.api import schemas
from search.api.asking import mistakes_of, refusal
from search.api.values import named, results_json
from search.engines.base import IndexMissing
from search.former import read_address
from search.service import search
from search.similar import similar_articles

MOST_SIMILAR: Final = 20
Uid = Annotated[str, Path(description=_("The identifier of an article, as in its address."))]

api = NinjaAPI(
    title="Arshif",
    version="1",
    description=_("Reads the archive as its pages show it. Nothing can be changed through it."),
    docs_url=None,
    urls_namespace="api",
)


@api.get(
    "/search",
    response={200: schemas.SearchAnswer, 400: schemas.Refusal, 503: schemas.Refusal},
    summary=_("Search"),
    description=_(
        "Hits in order, the exact total, the ladder, and counts over all hits. A value that cannot be used "
        "is refused with 400 and the remedy. A query never is: its mistakes are warnings beside the answer."
    ),
    operation_id="search",
    url_name="search",
    by_alias=True,  # a field is named "from", a word of Python
)
def search_articles(request: HttpRequest, asked: Query[schemas.SearchParameters]) -> JsonResponse:
    """One page of the results of a search."""
    del asked  # described for readers of the document; read as the pages read it
    address = read_address(request.GET)
    if mistakes := mistakes_of(address):
        return _answer(refusal(mistakes), status=400)
    try:
        results = search(address.request)
    except IndexMissing as missing:
        return _answer({"error": str(missing)}, status=503)
    return _answer(results_json(results, root=request.build_absolute_uri("/")))


@api.get(
    "/articles/{uid}",
    response={200: schemas.ArticleRecord, 404: schemas.Refusal, 410: schemas.Refusal},
    summary=_("One article"),
    description=_(
        "All that the archive says of an article: 404 for one it does not know, 410 for one withdrawn."
    ),
    operation_id="article",
    url_name="article",
)
def one_article(request: HttpRequest, uid: Uid) -> JsonResponse:
    """All that the archive says of an article: 404 for one it does not know, 410 for one withdrawn."""
    found = _article(uid)
    if isinstance(found, JsonResponse):
        return found
    permalink = request.build_absolute_uri(found.get_absolute_url())
    return _answer({**article_record(found), "permalink": permalink})


@api.get(
    "/articles/{uid}/similar",
    response={
        200: schemas.Similar,
        404: schemas.Refusal,
        410: schemas.Refusal,
        503: schemas.Refusal,
    },
    summary=_("Articles about the same"),
    description=_("The articles that share the most telling words of one, nearest first, at most twenty."),
    operation_id="similar",
    url_name="similar",
)
def similar(request: HttpRequest, uid: Uid) -> JsonResponse:
    """The articles that share the most telling words of one, nearest first, at most twenty."""
    found = _article(uid)
    if isinstance(found, JsonResponse):
        return found
    root = request.build_absolute_uri("/")
    try:
        nearest = similar_articles(found, MOST_SIMILAR)
    except IndexMissing as missing:
        return _answer({"error": str(missing)}, status=503)
    return _answer({"results": [named(one, root) for one in nearest]})


@api.get(
    "/outlets",
    response=schemas.OutletList,
    summary=_("Outlets"),
    description=_("Every outlet with its names and what is held of it."),
    operation_id="outlets",
    url_name="outlets",
)
def outlets(request: HttpRequest) -> JsonResponse:
    """Every outlet with its names and what is held of it."""
    root = request.build_absolute_uri("/")
    holdings = outlet_holdings(counts=held_counts(), empty=True)
    held = [_held(one.choice.outlet, one, root) for one in holdings if one.choice.outlet]
    return _answer({"outlets": held})


@api.get(
    "/agencies",
    response=schemas.AgencyList,
    summary=_("Agencies"),
    description=_("Every agency with its names and how many articles name it."),
    operation_id="agencies",
    url_name="agencies",
)
def agencies(request: HttpRequest) -> JsonResponse:
    """Every agency with its names and how many articles name it."""
    return _answer(
        {
            "agencies": [
                {
                    "slug": agency.slug,
                    "name": agency.name,
                    "name_latin": agency.name_latin or None,
                    "aliases": agency.aliases,
                    "articles": articles,
                }
                for agency, articles in agencies_held()
            ]
        }
    )


def _held(outlet: Outlet, holding: OutletHolding, root: str) -> dict[str, Any]:
    days = outer_days(holding.counts)
    return {
        "slug": outlet.slug,
        "name": outlet.name,
        "name_latin": outlet.name_latin or None,
        "aliases": outlet.aliases,
        "articles": holding.articles,
        "undated": holding.undated,
        "first": days[0].isoformat() if days else None,
        "last": days[1].isoformat() if days else None,
        "url": root.rstrip("/") + outlet.get_absolute_url(),
    }


def _article(uid: str) -> Article | JsonResponse:
    """A shown article, or the answer that says why not."""
    try:
        found = article_to_read(uid=uid)
    except Article.DoesNotExist:
        return _answer({"error": gettext("The archive knows no article by this identifier.")}, status=404)
    if found.status == Article.Status.WITHDRAWN:
        return _answer({"error": gettext("This article was withdrawn.")}, status=410)
    return found


def _answer(values: Mapping[str, Any], status: int = 200) -> JsonResponse:
    """The answer; pages of other sites may read it too where everybody may read the archive."""
    response = JsonResponse(dict(values), status=status, json_dumps_params={"ensure_ascii": False})
    if settings.ARSHIF_ACCESS == "public":
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
