"""Search from the command line, once or for a file of queries."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.models import Article
from search.api import day, results_json
from search.engines.base import SearchError
from search.service import ranking, search
from search.types import MAX_PAGE_SIZE, Level, Marked, Results, SearchRequest, Sort

RUN_NAME = "arshif"


class Command(BaseCommand):
    help = "Search the archive. The query language is that of the search page (docs/query-language.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", default="", metavar="QUERY")
        parser.add_argument(
            "--level", choices=list(Level), help="the step of the ladder (inflected, then any)"
        )
        parser.add_argument("--outlet", action="append", default=[], metavar="SLUG")
        parser.add_argument(
            "--from", dest="date_from", default="", metavar="DATE", help="2015, 2015-11 or 2015-11-21"
        )
        parser.add_argument("--to", dest="date_to", default="", metavar="DATE")
        parser.add_argument("--sort", choices=list(Sort), default=Sort.RELEVANCE)
        parser.add_argument("--limit", type=int, default=10, metavar="N")
        parser.add_argument("--format", choices=("text", "json", "trec"), default="text")
        parser.add_argument("--batch", type=Path, metavar="FILE.tsv", help="a query a line: id, tab, query")

    def handle(self, *, query: str, batch: Path | None, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError(_("--limit must be 1 or more."))
        if (batch is not None) != (options["format"] == "trec"):
            raise CommandError(_("--batch FILE.tsv and --format trec belong together."))
        try:
            if batch is not None:
                self._batch(batch, options["level"], options["limit"])
            else:
                self._one(query, options)
        except SearchError as error:
            raise CommandError(str(error)) from error

    def _one(self, query: str, options: dict[str, Any]) -> None:
        results = search(_request(query, options))
        if options["format"] == "json":
            self.stdout.write(json.dumps(results_json(results), ensure_ascii=False, indent=2))
        else:
            for line in _lines(results):
                self.stdout.write(line)

    def _batch(self, file: Path, level: str | None, limit: int) -> None:
        step = Level(level) if level else None
        for number, query in _queries(file):
            found = ranking(query, level=step, limit=limit)
            names = dict(
                Article.objects.filter(pk__in=[one.pk for one in found]).values_list("uid", "external_id")
            )
            for rank, one in enumerate(found, start=1):
                name = names.get(one.uid) or one.uid
                self.stdout.write(f"{number} Q0 {name} {rank} {one.score:.6f} {RUN_NAME}")


def _request(query: str, options: dict[str, Any]) -> SearchRequest:
    if options["limit"] > MAX_PAGE_SIZE:
        message = _("--limit can be at most %(most)d; `manage.py export QUERY` gives all.")
        raise CommandError(message % {"most": MAX_PAGE_SIZE})
    try:
        return SearchRequest(
            query=query,
            level=Level(options["level"]) if options["level"] else None,
            outlets=tuple(options["outlet"]),
            date_from=day(options["date_from"], "--from"),
            date_to=day(options["date_to"], "--to", last=True),
            sort=Sort(options["sort"]),
            size=options["limit"],
        )
    except ValueError as mistake:
        raise CommandError(str(mistake)) from mistake


def _queries(file: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            _("%(file)s cannot be read: %(error)s") % {"file": file, "error": error}
        ) from error
    for count, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        number, tab, query = line.rstrip("\r").partition("\t")
        if not tab:
            message = _("%(file)s, line %(line)d: an id, a tab and a query are expected.")
            raise CommandError(message % {"file": file, "line": count})
        yield number.strip(), query


def _lines(results: Results) -> Iterator[str]:
    for warning in results.understood.warnings:
        yield f"! {warning.message}"
    steps = "  ".join(f"{level}: {count}" for level, count in results.levels.items())
    yield _("%(total)d articles (%(steps)s)") % {"total": results.total, "steps": steps}
    for hit in results.hits:
        article = hit.article
        outlet = article.outlet.label if article.outlet else _("unknown")
        yield ""
        yield f"{article.uid}  {article.published_iso or _('undated')}  {outlet}"
        yield _bracketed(hit.title)
        yield _bracketed(hit.snippet)


def _bracketed(marked: Marked) -> str:
    return " ".join("".join(f"[{run.text}]" if run.marked else run.text for run in marked).split())
