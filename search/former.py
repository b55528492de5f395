"""Names in a search that were merged with others since: what they are called now is searched for."""

from __future__ import annotations

import dataclasses

from django.http import QueryDict

from archive.models import FormerName
from archive.selectors.former import names_now
from search.forms import Address, parse_address
from search.types import SearchRequest


def read_address(parameters: QueryDict) -> Address:
    """What an address asks, as `parse_address` reads it, with names as they are now."""
    address = parse_address(parameters)
    return dataclasses.replace(address, request=with_names_of_now(address.request))


def with_names_of_now(request: SearchRequest) -> SearchRequest:
    """The request with what each outlet, agency and author was merged into in its place (one query where
    nothing was merged)."""
    return dataclasses.replace(
        request,
        outlets=_now(FormerName.Kind.OUTLET, request.outlets),
        agencies=_now(FormerName.Kind.AGENCY, request.agencies),
        authors=_now(FormerName.Kind.AUTHOR, request.authors),
    )


def _now(kind: FormerName.Kind, asked: tuple[str, ...]) -> tuple[str, ...]:
    if not asked:
        return asked
    now = names_now(kind=kind)
    return tuple(dict.fromkeys(now.get(name, name) for name in asked))
