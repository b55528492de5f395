"""What all are given: ``python -m benchmarks.engines_given ROWS.jsonl [--queries FILE.json --each N]``.

Writes the articles that the archive in ARSHIF_DATA_DIR shows as rows, and, where asked, queries drawn from
them by `benchmarks.search`, without any engine's syntax.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.peers.base import Asked, Row
from benchmarks.search import SEED, kinds, sample_words
from search.query import parse
from search.query.tree import And, Node, Not, Or, Phrase, Prefix, Word, walk
from search.types import SearchRequest


class NoCommonForm(ValueError):
    """A query that cannot be asked of all contenders alike."""


def rows() -> Iterator[Row]:
    """The articles that are shown."""
    from archive.models import Article

    shown = (
        Article.objects.shown().order_by("pk").values_list("pk", "outlet__slug", "published", "title", "body")
    )
    for pk, outlet, published, title, body in shown.iterator():
        yield Row(pk, outlet or "", published.isoformat() if published else "", title, body)


def asked_of(kind: str, request: SearchRequest) -> Asked:
    """A request of a page as every contender is asked it. Raises: NoCommonForm."""
    found: dict[str, list[str]] = {"all_of": [], "phrase": [], "any_of": [], "none_of": [], "prefix": []}
    tree = parse(request.query).tree
    for part in tree.children if isinstance(tree, And) else (tree,):
        name, words = _part(part)
        found[name] += words
    return Asked(
        kind,
        request.query,
        all_of=tuple(found["all_of"]),
        phrase=tuple(found["phrase"]),
        any_of=tuple(found["any_of"]),
        none_of=tuple(found["none_of"]),
        prefix="".join(found["prefix"]),
        outlet="".join(filter(None, request.outlets)),
        first=request.date_from.isoformat() if request.date_from else "",
        last=request.date_to.isoformat() if request.date_to else "",
        page=request.page,
    )


def _part(part: Node | None) -> tuple[str, list[str]]:
    """Which field of `Asked` a part of a tree goes into, and its words."""
    words = [one.text for one in walk(part) if isinstance(one, Word | Prefix)]
    match part:
        case None | Word():
            return "all_of", words
        case Phrase():
            return "phrase", words
        case Or():
            return "any_of", words
        case Not():
            return "none_of", words
        case Prefix():
            return "prefix", words
        case _:
            raise NoCommonForm(str(part))


def queries(each: int) -> list[Asked]:
    """So many queries of each kind, drawn by the seed."""
    chance = random.Random(SEED)
    words = sample_words(chance)
    return [asked_of(kind, maker()) for kind, maker in kinds(words, chance).items() for _ in range(each)]


def main() -> None:
    """Write rows, and queries where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--each", type=int, default=25)
    options = parser.parse_args()
    beside = options.rows.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows())
    beside.replace(options.rows)
    if options.queries:
        drawn = [asdict(one) for one in queries(options.each)]
        options.queries.write_text(json.dumps(drawn, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
