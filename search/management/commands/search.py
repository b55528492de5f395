"""Search from the command line, once or for a file of queries."""

from __future__ import annotations

import datetime
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db.models import Q
from django.utils import translation

from archive.models import Article
from search.api.asking import unknown_names
from search.api.values import results_json
from search.engines.base import Found, SearchError
from search.former import with_names_of_now
from search.forms import WrongValue, parse_first_day, parse_last_day
from search.service import ranking, search
from search.types import Level, Marked, Results, SearchRequest, Sort

RUN_NAME: Final = "arshif"
MAX_LIMIT: Final = 10_000


class WrongCall(CommandError):
    """The command was called wrongly; the message says how to call it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


class Command(BaseCommand):
    help = "Search the archive. The query language is that of the search page (docs/query-language.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", default="", metavar="QUERY")
        parser.add_argument(
            "--level", choices=list(Level), help="the step of the ladder (inflected, then any)"
        )
        parser.add_argument(
            "--outlet", action="append", default=[], metavar="SLUG", help="may be given more than once"
        )
        parser.add_argument(
            "--author", action="append", default=[], metavar="NAME", help="as printed; more than once too"
        )
        parser.add_argument(
            "--from", dest="date_from", default="", metavar="DATE", help="2015, 2015-11 or 2015-11-21"
        )
        parser.add_argument("--to", dest="date_to", default="", metavar="DATE")
        parser.add_argument("--sort", choices=list(Sort), help="relevance; newest where there is no QUERY")
        parser.add_argument(
            "--no-variants", action="store_true", help="no other spellings of foreign names: only as typed"
        )
        parser.add_argument("--limit", type=int, default=10, metavar="N")
        parser.add_argument("--format", choices=("text", "json", "trec"), default="text")
        parser.add_argument("--batch", type=Path, metavar="FILE.tsv", help="a query a line: id, tab, query")

    @no_translations
    def handle(self, *, query: str, batch: Path | None, **options: Any) -> None:
        if (batch is not None) != (options["format"] == "trec"):
            raise WrongCall("--batch FILE.tsv and --format trec belong together.")
        if batch is not None and (query or options["sort"]):
            raise WrongCall(
                "--batch takes its queries from the file and ranks by relevance: no QUERY, no --sort."
            )
        request = _request(query, options)
        try:
            if batch is not None:
                self._batch(batch, request)
            else:
                self._one(request, options["format"])
        except SearchError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            sys.stderr.close()  # the reader has seen enough (`| head`): nothing to report, at exit neither

    def _one(self, request: SearchRequest, form: str) -> None:
        if form == "json":
            with translation.override(settings.LANGUAGE_CODE):  # the names as the API gives them
                answer = results_json(search(request))
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for line in _lines(search(request)):
                self.stdout.write(line)

    def _batch(self, file: Path, request: SearchRequest) -> None:
        for number, query in list(_queries(file)):
            found = ranking(replace(request, query=query))
            names = _external_ids(found)
            lines = ((one.score, name) for one in found for name in names.get(one.pk, ()))
            for rank, (score, name) in enumerate(islice(lines, request.size), start=1):
                self.stdout.write(f"{number} Q0 {name} {rank} {score:.6f} {RUN_NAME}")


def _external_ids(found: Sequence[Found]) -> dict[int, list[str]]:
    """What the sources call each article: one name, and one more for each time that it came again.

    The same article is shown once, but a run is judged by names, and each of them names this text.
    """
    pks = [one.pk for one in found]
    there = Article.objects.filter(Q(pk__in=pks) | Q(same_as__in=pks)).exclude(
        status=Article.Status.WITHDRAWN
    )
    names: dict[int, list[str]] = {}
    for pk, same_as, uid, name in there.order_by("pk").values_list("pk", "same_as", "uid", "external_id"):
        names.setdefault(same_as or pk, []).append(_one_word(name) or uid)
    return names


def _request(query: str, options: dict[str, Any]) -> SearchRequest:
    if not 1 <= options["limit"] <= MAX_LIMIT:
        raise WrongCall(f"--limit must be from 1 to {MAX_LIMIT:,}; `manage.py export QUERY` gives all.")
    usual_sort = Sort.RELEVANCE if query.strip() else Sort.NEWEST
    request = SearchRequest(
        query=query,
        level=Level(options["level"]) if options["level"] else None,
        outlets=tuple(dict.fromkeys(options["outlet"])),
        authors=tuple(dict.fromkeys(options["author"])),
        date_from=_day("--from", options["date_from"], parse_first_day),
        date_to=_day("--to", options["date_to"], parse_last_day),
        sort=Sort(options["sort"]) if options["sort"] else usual_sort,
        size=options["limit"],
        variants=not options["no_variants"],
    )
    request = with_names_of_now(request)
    for mistake in unknown_names(request):
        raise WrongCall(f"--outlet {mistake.value}: {mistake.message} The admin panel lists their slugs.")
    if request.date_from and request.date_to and request.date_from > request.date_to:
        raise WrongCall(f"--from {request.date_from} is after --to {request.date_to}: exchange them.")
    return request


def _day(option: str, text: str, read: Callable[[str], datetime.date]) -> datetime.date | None:
    if not text.strip():
        return None
    try:
        return read(text.strip())
    except WrongValue as wrong:
        raise WrongCall(f"{option} {wrong.value}: {wrong.remedy}") from wrong


def _queries(file: Path) -> Iterator[tuple[str, str]]:
    """The ids and queries of a file.

    Raises: WrongCall: it cannot be read, or a line is not an id, a tab and a query.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise WrongCall(f"{file}: {error.strerror}. Name a file that can be read.") from error
    except UnicodeDecodeError as error:
        raise WrongCall(f"{file} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error
    for count, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        number, tab, query = line.partition("\t")
        if not tab or len(number.split()) != 1:
            raise WrongCall(f"{file}, line {count}: an id without blanks, a tab and a query are expected.")
        yield number.strip(), query.strip()


def _one_word(name: str | None) -> str | None:
    """A name that can stand in a line of words; None for one that cannot."""
    return name if name and len(name.split()) == 1 else None


def _lines(results: Results) -> Iterator[str]:
    for warning in results.understood.warnings:
        yield f"! {warning.message}"
    steps = "  ".join(f"{level}: {count:,}" for level, count in results.levels.items())
    yield f"{results.total:,} articles ({steps})"
    for chip in results.understood.chips:
        if chip.also:
            yield f"{chip.text} also as: {'، '.join(chip.also)} (--no-variants: only as typed)"
    if results.stepped_down:
        yield "None has all of the words; these have any of them."
    for one in results.suggestions:
        yield f"Did you mean: {one.query} ({one.count:,} articles)"
    for hit in results.hits:
        article = hit.article
        outlet = article.outlet.label if article.outlet else "outlet unknown"
        yield ""
        yield f"{article.uid}  {article.published_iso or 'undated'}  {outlet}"
        yield _bracketed(hit.title)
        yield _bracketed(hit.snippet)


def _bracketed(marked: Marked) -> str:
    return " ".join("".join(f"[{run.text}]" if run.marked else run.text for run in marked).split())
