"""One search asked in every way that there is, each answer with the number of articles that it says."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from zipfile import ZipFile

import lxml.html
import rispy
from bibtexparser.entrypoint import parse_string
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import QueryDict
from django.test import Client
from pypdf import PdfReader

from arabic import analyse
from archive.models import Article
from search.forms import parse_address
from search.service import search
from search.types import UNKNOWN, Level, SearchRequest, Sort

Pairs = list[tuple[str, str]]
SINGLE: Final = ("outlet", "year", "section")
"""Facets of which every article has one value."""
MOST_FOR_SLOW_READERS: Final = 300
"""Articles of a set that is read back by programs that take milliseconds for each."""
MOST_PRINTED: Final = 12
COMMAND_KNOWS: Final = {"q", "level", "outlet", "author", "from", "to", "sort", "variants"}
_RESULTS: Final = re.compile(r"([\d,]+) results?\b")


# -- what is asked --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stock:
    """What searches are drawn from: words and names of a collection."""

    words: Sequence[str]
    values: dict[str, Sequence[str]]


def stock(chance: random.Random, articles: int = 60) -> Stock:
    """Words of some articles of the archive, and every value that its facets offer."""
    uids = sorted(Article.objects.shown().values_list("uid", flat=True))
    some = Article.objects.filter(uid__in=chance.sample(uids, min(articles, len(uids))))
    words = {
        text[term.start : term.end]
        for text in (f"{article.title} {article.body[:600]}" for article in some)
        for term in analyse(text)
    }
    facets = search(SearchRequest(size=1)).facets
    return Stock(
        sorted(words), {kind: [one.value for one in found if one.value] for kind, found in facets.items()}
    )


def drawn(chance: random.Random, held: Stock) -> Pairs:
    """The address of a search: a query of some kind or none, filters, a step of the ladder, an order."""
    pairs: Pairs = [("q", _query(chance, held))] if chance.random() < 0.9 else []
    for kind, share in (
        ("outlet", 0.25),
        ("agency", 0.15),
        ("author", 0.15),
        ("section", 0.1),
        ("year", 0.2),
    ):
        if held.values[kind] and chance.random() < share:
            pairs += [(kind, chance.choice(held.values[kind])) for _ in range(chance.randint(1, 2))]
    months = [month for month in held.values["month"] if month != UNKNOWN]
    if months and chance.random() < 0.3:
        first, last = sorted(chance.choices(months, k=2))
        pairs += [("from", first), ("to", chance.choice([first, last, f"{last}-09"]))]
    if chance.random() < 0.4:
        pairs.append(("level", chance.choice(list(Level))))
    if chance.random() < 0.4:
        pairs.append(("sort", chance.choice(list(Sort))))
    if chance.random() < 0.2:
        pairs.append(("variants", "off"))
    return list(dict.fromkeys(pairs))


def _query(chance: random.Random, held: Stock) -> str:
    one, two, three = chance.choices(held.words, k=3)
    names = [name for name in held.values["author"] if name != UNKNOWN] or ["أحمد"]
    return chance.choice(
        [
            one,
            one,
            f"{one} {two}",
            f"{one} OR {two}",
            f"{one} -{two}",
            f'"{one} {two}"',
            f'"{one} {two}"~5',
            f"({one} أو {two}) -{three}",
            f"{one[:3]}*",
            f"عنوان:{one}",
            f"{one} تاريخ:2015",
            f'كاتب:"{chance.choice(names)}"',
            f'({one} "{two}',
            f"{one} لاشيءكهذا",
            "في",
        ]
    )


# -- what is answered -----------------------------------------------------------------------------------


class Totals:
    """Asks as readers, programs and operators do. Every count that differs is a fault, in words."""

    def __init__(self, client: Client, chance: random.Random) -> None:
        self._client = client
        self._client.cookies["lang"] = "en"
        self._chance = chance
        self.faults: list[str] = []

    def check(self, pairs: Pairs) -> int:
        """Ask for one search everywhere; its total as the page says it."""
        where = f"/search/?{urlencode(pairs)}"
        page = self._client.get(where)
        read = lxml.html.fromstring(page.content.decode())
        total = said_total(read)
        self._same(where, "service", total, search(self._request(where)).total)
        self._facets(where, read, total)
        self._ladder(where, read, total)
        self._time(where, page.context, read, total)
        self._trends(where, page.context["over_time_url"], total)
        self._files(pairs, total)
        self._api(pairs, total)
        self._commands(pairs, total)
        return total

    def _same(self, where: str, what: str, one: int, other: int) -> None:
        if one != other:
            self.faults.append(f"{where}: {what}: {one} is not {other}")

    def _request(self, link: str) -> SearchRequest:
        return parse_address(QueryDict(urlsplit(link).query)).request

    def _found_at(self, link: str) -> int:
        return search(self._request(link)).total

    def _seen_at(self, link: str) -> int:
        return said_total(lxml.html.fromstring(self._client.get(link).content.decode()))

    def _facets(self, where: str, read: Any, total: int) -> None:
        """Each value finds what it says; those of which an article has one are all articles."""
        for facet in _within(read, "facets", ".//section[@data-keeps]"):
            name = facet.get("data-keeps").removeprefix("facet-")
            values = list(_values(facet))
            if name in SINGLE:
                self._same(where, f"sum of {name}", sum(count for _link, count, _on in values), total)
            links = [(link, count) for link, count, chosen in values if not chosen]
            for link, count in links:
                self._same(where, f"{name} at {link}", count, self._found_at(link))
            for link, count in self._chance.sample(links, min(1, len(links))):
                self._same(where, f"page of {name} at {link}", count, self._seen_at(link))

    def _ladder(self, where: str, read: Any, total: int) -> None:
        """Each step finds what it says, no step less than the one before."""
        steps = [(one.get("href"), _number(next(one.iter("b")))) for one in _within(read, "ladder", ".//a")]
        for link, count in steps:
            self._same(where, f"step at {link}", count, self._found_at(link))
        counts = [count for _link, count in steps]
        if counts and (counts != sorted(counts) or total not in counts):
            self.faults.append(f"{where}: ladder {counts} of {total}")

    def _time(self, where: str, context: Any, read: Any, total: int) -> None:
        """Bars, and what no bar can stand for, are all articles; so are the lines of the table."""
        if context.get("days"):
            days = context["days"]
            counted = sum(row.count for row in days.rows) + days.without_day
            self._same(where, "days", counted, total)
        elif context.get("timeline"):
            line, undated = context["timeline"], context["results"].undated
            vague = sum(row.without_month for row in line.rows) if line.scale != "year" else 0
            bars = sum(slot.count or 0 for slot in line.slots)
            self._same(where, "bars", bars + vague + undated, total)
            table = sum(_number(one) for one in _within(read, "timeline", ".//tbody//td/b"))
            self._same(where, "table", table + undated, total)
            links = {one.get("href") for one in _within(read, "plot", ".//svg//a")}
            self._same(where, "links of bars", sum(map(self._found_at, links)) + vague + undated, total)

    def _trends(self, where: str, link: str, total: int) -> None:
        """The rows of the file of a query over time are all articles."""
        if not link:
            return
        file = self._client.get(link.replace("/trends/", "/trends.csv"))
        rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
        self._same(where, "trends", sum(int(row["articles"] or 0) for row in rows), total)

    def _files(self, pairs: Pairs, total: int) -> None:
        """Every file holds every article, as the programs of others read it."""
        for form, records in READERS.items():
            slow = form not in {"csv", "jsonl"}
            if slow and total > (MOST_PRINTED if form == "pdf" else MOST_FOR_SLOW_READERS):
                continue
            where = f"/search/export.{form}?{urlencode(pairs)}"
            self._same(where, "records", records(self._content(where)), total)

    def _content(self, where: str) -> bytes:
        response: Any = self._client.get(where)
        content = b"".join(response.streaming_content)
        request_finished.disconnect(close_old_connections)  # the connection is the test's
        response.close()
        request_finished.connect(close_old_connections)
        return content

    def _api(self, pairs: Pairs, total: int) -> None:
        """The pages of the interface hold every article once, and its facets are those of the page."""
        uids: list[str] = []
        for number in range(1, min(-(-total // 100), 5) + 1):
            where = f"/api/v1/search?{urlencode([*pairs, ('size', '100'), ('page', str(number))])}"
            answer = self._client.get(where).json()
            self._same(where, "total", answer["total"], total)
            uids += [one["uid"] for one in answer["results"]]
            sums = [sum(one["count"] for one in answer["facets"][kind]) for kind in SINGLE]
            if sums != [total] * len(SINGLE):
                self.faults.append(f"{where}: facets {sums} of {total}")
        self._same(f"{pairs}", "articles of the API", len(set(uids)), min(total, 500))

    def _commands(self, pairs: Pairs, total: int) -> None:
        """The commands find what the page finds."""
        if {name for name, _value in pairs} <= COMMAND_KNOWS:
            said = json.loads(_said("search", "--format", "json", "--limit", "1", *_options(pairs)))
            self._same(f"search {pairs}", "total", said["total"], total)
        query = dict(pairs).get("q")
        if query is not None:
            found = search(SearchRequest(query)).total
            self._same(f"export {query}", "lines", _said("export", "--", query).count("\n"), found)


def said_total(read: Any) -> int:
    """The number of results that a page in English says to its reader; 0 where it says that there is none."""
    heading = read.get_element_by_id("count", None)
    if heading is None:
        assert read.find_class("nothing")
        return 0
    found = _RESULTS.search(" ".join(heading.text_content().split()))
    assert found
    return int(found[1].replace(",", ""))


def _within(read: Any, name: str, path: str) -> Iterator[Any]:
    """The elements of a path within those of a class."""
    return (one for whole in read.find_class(name) for one in whole.iterfind(path))


def _values(facet: Any) -> Iterator[tuple[str, int, bool]]:
    """Link, count and whether it is chosen, of each value of a facet."""
    for item in facet.iter("li"):
        link = next(item.iter("a"))
        yield link.get("href"), _number(item.find_class("tally")[0]), link.get("aria-current") == "true"


def _number(element: Any) -> int:
    return int(element.text_content().replace(",", ""))


def _said(*call: str) -> str:
    out = StringIO()
    call_command(*call, stdout=out)
    return out.getvalue()


def _options(pairs: Pairs) -> list[str]:
    """The options and the query of `manage.py search`."""
    options = [f"--{name}={value}" for name, value in pairs if name not in {"q", "variants"}]
    options += ["--no-variants"] if ("variants", "off") in pairs else []
    return [*options, "--", dict(pairs).get("q", "")]


def _of_zip(content: bytes) -> int:
    with ZipFile(BytesIO(content)) as file:
        return sum(name.startswith("texts/") for name in file.namelist())


def _of_csv(content: bytes) -> int:
    csv.field_size_limit(10**9)
    return len(list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))))


READERS: Final[dict[str, Callable[[bytes], int]]] = {
    "csv": _of_csv,
    "jsonl": lambda content: len([json.loads(line) for line in content.decode().splitlines()]),
    "ris": lambda content: len(rispy.loads(content.decode())),
    "bib": lambda content: len(parse_string(content.decode()).entries),
    "csl.json": lambda content: len(json.loads(content)),
    "zip": _of_zip,
    "pdf": lambda content: len(PdfReader(BytesIO(content)).outline),
}
