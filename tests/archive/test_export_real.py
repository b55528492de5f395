"""A whole real collection goes out and comes back in through the programs of others, as many, intact."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from archive.export import ExportFormat
from archive.export.about import no_address
from archive.export.files import file_pieces
from archive.models import Article
from search.taking import everything

pytestmark = [pytest.mark.long, pytest.mark.django_db]
THEIRS = ("source=outlet", "content=body", "date_extracted=published")


@pytest.fixture(scope="module")
def titles(
    shared: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[str]]:
    """The headlines of every article of a collection of 15,615, in the order of arrival."""
    folder = tmp_path_factory.mktemp("archive")
    with (
        override_settings(ARSHIF_LOCK_DIR=folder / "locks", ARSHIF_ORIGINALS_DIR=folder / "originals"),
        django_db_blocker.unblock(),
    ):
        collection = shared / "corpora/saudinewsnet-dev.jsonl.gz"
        call_command("ingest", str(collection), map=list(THEIRS), new_outlets=True, no_index=True)
        yield [_plain(article.display_title) for article in Article.objects.shown().order_by("pk")]
        call_command("flush", interactive=False, verbosity=0)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _unescaped(text: str) -> str:
    for written, sign in (
        (r"\textbackslash{}", "\\"),
        (r"\textasciitilde{}", "~"),
        (r"\textasciicircum{}", "^"),
        *((f"\\{sign}", sign) for sign in "{}&%$#_"),
    ):
        text = text.replace(written, sign)
    return text


def _written(export_format: ExportFormat) -> bytes:
    taken = everything(export_format)
    return b"".join(file_pieces(taken.articles(), export_format, taken.about, no_address))


def _read_csv(content: bytes) -> list[dict[str, Any]]:
    csv.field_size_limit(10**9)
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_collection_is_the_whole_one(titles: list[str]) -> None:
    assert len(titles) > 15_000


def test_csv_and_json_lines(titles: list[str]) -> None:
    bodies = dict(Article.objects.shown().values_list("uid", "body"))
    rows = _read_csv(_written(ExportFormat.CSV))
    assert {row["uid"]: row["body"].removeprefix("'") for row in rows} == {
        uid: body.removeprefix("'") for uid, body in bodies.items()
    }
    records = [json.loads(line) for line in _written(ExportFormat.JSONL).decode().splitlines()]
    assert {record["uid"]: record["body"] for record in records} == bodies
    assert len(rows) == len(records) == int(rows[-1]["row"]) == int(rows[-1]["rows"]) == len(titles)


def test_ris(titles: list[str]) -> None:
    content = _written(ExportFormat.RIS).decode()
    assert [entry["title"] for entry in rispy.loads(content)] == titles
    assert content.strip().endswith(f"{len(titles)} of {len(titles)}")


def test_bibtex(titles: list[str]) -> None:
    library = parse_string(_written(ExportFormat.BIBTEX).decode())
    assert not library.failed_blocks
    read = [str(entry.fields_dict["title"].value) for entry in library.entries]
    assert [_unescaped(title.removeprefix("{").removesuffix("}")) for title in read] == titles
    assert len({entry.key for entry in library.entries}) == len(titles)


def test_csl_json(titles: list[str]) -> None:
    assert [_plain(item["title"]) for item in json.loads(_written(ExportFormat.CSL))] == titles


def test_zip(titles: list[str]) -> None:
    with ZipFile(BytesIO(_written(ExportFormat.ZIP))) as file:
        rows = _read_csv(file.read("index.csv"))
        texts = {name for name in file.namelist() if name.startswith("texts/")}
        assert file.testzip() is None
    assert {row["file"] for row in rows} == texts
    assert len(rows) == len(texts) == len(titles)
