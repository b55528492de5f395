"""The five files that the archive was asked for first, against what a careful librarian reads out of them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive.models import Article
from tests.ingest.conftest import Ingest

Pairs = list[tuple[dict[str, Any], dict[str, Any]]]
"""What should be read beside what the archive exports."""

GIVEN_FIELDS = ("title", "title_origin", "subtitle", "outlet", "published", "published_raw", "agencies")


@pytest.fixture
def pairs(ingest: Ingest, shared: Path) -> Pairs:
    called = ingest(shared / "seeds")
    assert called.code == 0
    out = StringIO()
    call_command("export", stdout=out)
    exported = [json.loads(line) for line in out.getvalue().splitlines()]
    truth = json.loads((shared / "seeds" / "truth.json").read_text(encoding="utf-8"))
    truth.pop("note")
    assert len(exported) == 6
    return [
        (true, ours)
        for name, file in truth.items()
        for true, ours in zip(
            file["articles"],
            sorted(
                (row for row in exported if row["source_name"] == name), key=lambda row: row["source_start"]
            ),
            strict=True,
        )
    ]


def score(pairs: Pairs, field: str) -> tuple[int, int]:
    judged = [(true[field], ours[field]) for true, ours in pairs if field in true]
    return sum(true == ours for true, ours in judged), len(judged)


@pytest.mark.parametrize("field", GIVEN_FIELDS)
def test_field_is_read_as_a_librarian_would(pairs: Pairs, field: str) -> None:
    right, judged = score(pairs, field)
    assert right == judged, [(true.get(field), ours[field]) for true, ours in pairs]


@pytest.mark.parametrize("field", ["outlet", "published"])
def test_what_is_given_is_never_wrong(pairs: Pairs, field: str) -> None:
    assert [ours[field] for true, ours in pairs if ours[field] not in {None, true[field]}] == []


def test_body_has_what_it_must_and_lacks_what_it_must_not(pairs: Pairs) -> None:
    wrong = []
    for true, ours in pairs:
        lines = ours["body"].splitlines()
        wrong += [("has", text) for text in true.get("body_has", []) if text not in ours["body"]]
        wrong += [("lacks", text) for text in true.get("body_lacks", []) if text in ours["body"]]
        wrong += [("line", text) for text in true.get("line_lacks", []) if text in lines]
    assert wrong == []


def test_nothing_is_invented(pairs: Pairs) -> None:
    for _true, ours in pairs:
        assert ours["authors"] == []
        assert ours["url"] is None
        assert ours["section"] is None


@pytest.mark.usefixtures("pairs")
def test_parts_of_an_article_are_counted_from_where_it_starts() -> None:
    spans = [
        (article.segments[0][0], article.segments[-1][1], article.source_end - article.source_start)
        for article in Article.objects.all()
    ]
    assert all(first == 0 and last == length for first, last, length in spans)
    assert Article.objects.filter(source_start__gt=0).exists()
