"""Articles and source files for the tests of pages."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from itertools import count
from typing import Any

from archive.models import Agency, Article, Author, IngestRun, SourceFile

DAY = datetime.date(2015, 11, 21)

MakeArticle = Callable[..., Article]


def article_maker() -> MakeArticle:
    """A function that makes articles, numbered from 1."""
    run, numbers = IngestRun.objects.create(), count(1)

    def make(*, agencies: tuple[str, ...] = (), authors: tuple[str, ...] = (), **fields: Any) -> Article:
        number = next(numbers)
        fields.setdefault("source", None)
        fields["source"] = fields["source"] or make_source(run, number)
        article = Article(**{**_facts(number, fields), **fields})
        article.full_clean(exclude=["segments"])
        article.save()
        article.agencies.set([_agency(name, number) for name in agencies])
        article.authors.set([Author.objects.get_or_create(name=name)[0] for name in authors])
        return article

    return make


def _facts(number: int, given: dict[str, Any]) -> dict[str, Any]:
    known = {"published": DAY, "published_precision": "day", "published_calendar": "gregorian"}
    if "published" in given and given["published"] is None:
        known = {"published_precision": "unknown"}
    return {
        "uid": f"uid{number:08d}",
        "title": f"خبر رقم {number}",
        "title_origin": "derived" if given.get("title") == "" else "printed",
        "body": "جرى الماء في الوادي.\nوعاد الناس إلى بيوتهم.",
        **known,
        "ordinal": number,
        "source_start": 0,
        "source_end": 0,
        "byte_start": 0,
        "byte_end": 0,
    }


def _agency(name: str, number: int) -> Agency:
    return Agency.objects.get_or_create(name=name, defaults={"slug": f"agency-{number}"})[0]


def make_source(run: IngestRun, number: int, **fields: Any) -> SourceFile:
    """A source file, whose bytes need not be there."""
    facts = {
        "sha256": hashlib.sha256(str(number).encode()).hexdigest(),
        "name": f"raw/riwaq-{number}.jsonl",
        "size": 100,
        "format": "jsonl",
        "encoding": "utf-8",
        "encoding_rule": "valid UTF-8",
    }
    return SourceFile.objects.create(first_run=run, **{**facts, **fields})
