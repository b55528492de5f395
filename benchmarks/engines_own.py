"""Arshif's own engines as contenders, each asked the whole request that the search page makes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.test import Client

from arabic import analyse
from benchmarks.peers.base import Answered, Asked, Row
from benchmarks.search import as_it_is, build, use
from search.engine import engine
from search.service import index_state, search
from search.types import SearchRequest, Sort


class PageFailed(RuntimeError):
    """A page did not come."""

    def __init__(self, address: str, status: int) -> None:
        super().__init__(f"{address}: {status}")


class OwnEngine:
    """One of the two engines over the archive in ARSHIF_DATA_DIR."""

    said = (
        "Arshif: also the totals at four steps of the ladder, facets by agency, section and year, and all "
        "forms marked in the passages. Its building reads the articles from the database."
    )

    def __init__(self, name: str) -> None:
        self._name = name
        use(name)
        self._client = Client(headers={"host": "localhost"})

    def is_built(self, articles: int) -> bool:
        return index_state().current

    def build(self, rows: Iterator[Row]) -> None:
        """By the real command, which reads the articles from the archive itself."""
        build(self._name)

    def forget(self) -> None:
        engine().forget()

    def answer(self, asked: Asked, limit: float) -> Answered:
        """`limit` is not needed: every search keeps within a budget of its own."""
        results = search(request_of(asked))
        return Answered(
            tuple(hit.article.pk for hit in results.hits),
            results.total,
            {kind: {one.value: one.count for one in values} for kind, values in results.facets.items()},
            tuple("".join(run.text for run in hit.snippet) for hit in results.hits),
        )

    def page(self, asked: Asked) -> None:
        """The same as a page of the site, made in this process. Raises: PageFailed."""
        parts = {"q": asked.typed, "outlet": asked.outlet, "from": asked.first, "to": asked.last}
        given = {name: value for name, value in parts.items() if value} | {"page": str(asked.page)}
        address = f"/search/?{urlencode(given)}"
        status = self._client.get(address).status_code
        if status != 200:
            raise PageFailed(address, status)

    def finds(self, typed: str, written: str) -> bool:
        return {term.stem for term in analyse(typed)} <= {term.stem for term in analyse(written)}

    def index_bytes(self) -> int:
        return as_it_is().bytes

    def server_processes(self) -> list[int]:
        return []

    def close(self) -> None:
        """Nothing was started."""


def request_of(asked: Asked) -> SearchRequest:
    """The request that the search page makes of it."""
    return SearchRequest(
        query=asked.typed,
        outlets=(asked.outlet,) if asked.outlet else (),
        date_from=datetime.date.fromisoformat(asked.first) if asked.first else None,
        date_to=datetime.date.fromisoformat(asked.last) if asked.last else None,
        sort=Sort.NEWEST if asked.everything else Sort.RELEVANCE,
        page=asked.page,
    )
