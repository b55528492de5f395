"""The seeds, the collections beside the repository and the sample in it, against what is known of them."""

from __future__ import annotations

import gzip
import html
import io
import json
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from archive.ingest.reading import (
    Knowledge,
    KnownName,
    PublishedDate,
    Reading,
    ReadingError,
    ReadOptions,
    Rejected,
    SourceFormat,
    load_knowledge,
    read_source,
)

REPOSITORY = Path(__file__).resolve().parents[2]
SAUDI_MAP = {"source": "outlet", "content": "body", "author": "author", "date_extracted": "published"}
NEVER_WRONG = ("outlet", "published", "published_raw")


def read_file(path: Path, knowledge: Knowledge) -> list[Reading]:
    with path.open("rb") as stream:
        items = list(read_source(path.name, stream, ReadOptions(), knowledge).items)
    assert not any(isinstance(item, Rejected) for item in items), path
    return [item for item in items if isinstance(item, Reading)]


def iso(date: PublishedDate) -> str:
    return f"{date.day}T{date.time:%H:%M}" if date.time else str(date.day)


def told(found: Reading, names: dict[str | None, str]) -> dict[str, Any]:
    """What was read, in the words of truth.json."""
    date = found.published.value if found.published else None
    outlet = found.outlet.value if found.outlet else None
    return {
        "title": found.title.value if found.title else None,
        "subtitle": found.subtitle.value if found.subtitle else None,
        "outlet": names.get(outlet.slug, outlet.name) if outlet else None,
        "published": iso(date) if date else None,
        "published_raw": date.raw if date else None,
        "agencies": [names.get(ref.value.slug, ref.value.name) for ref in found.agencies],
        "authors": [author.value for author in found.authors],
    }


def compare(
    folder: Path, truth: dict[str, Any], knowledge: Knowledge
) -> Iterator[tuple[str, str, bool, bool]]:
    """File, field, whether it is right, and whether it is at least not invented."""
    names: dict[str | None, str] = {
        known.slug: known.name for known in (*knowledge.outlets, *knowledge.agencies)
    }
    for file, expected in truth.items():
        if not isinstance(expected, dict) or "articles" not in expected:
            continue
        articles = read_file(folder / file, knowledge)
        yield file, "count", len(articles) == len(expected["articles"]), True
        for found, wanted in zip(articles, expected["articles"], strict=False):
            for field, value in told(found, names).items():
                want = wanted.get(field, [] if isinstance(value, list) else None)
                yield file, field, value == want, value == want or not value
            lines = found.body.split("\n")
            for field, right in (
                ("body_has", [part in found.body for part in wanted.get("body_has", ())]),
                ("body_lacks", [part not in found.body for part in wanted.get("body_lacks", ())]),
                ("line_lacks", [part not in lines for part in wanted.get("line_lacks", ())]),
            ):
                yield from ((file, field, is_right, is_right) for is_right in right)


def score(results: list[tuple[str, str, bool, bool]]) -> dict[str, tuple[int, int]]:
    """Field: how many are right, of how many."""
    right = Counter(field for _, field, is_right, _ in results if is_right)
    return {
        field: (right[field], count) for field, count in Counter(field for _, field, _, _ in results).items()
    }


def test_seeds_are_read_as_a_librarian_reads_them(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = json.loads((shared / "seeds/truth.json").read_text("utf-8"))
    results = list(compare(shared / "seeds", truth, load_knowledge()))
    with capsys.disabled():
        print("\nseeds:", ", ".join(f"{field} {n}/{of}" for field, (n, of) in score(results).items()))
    assert [result for result in results if not result[2]] == []


def test_sample_is_read_well_and_nothing_in_it_is_invented(capsys: pytest.CaptureFixture[str]) -> None:
    truth = json.loads((REPOSITORY / "sample/truth.json").read_text("utf-8"))
    own = tomllib.loads((REPOSITORY / "sample/names.toml").read_text("utf-8"))
    outlets, agencies = ([_known(entry) for entry in own[key]] for key in ("outlet", "agency"))
    results = list(compare(REPOSITORY / "sample", truth, load_knowledge(outlets, agencies)))
    scores = score(results)
    with capsys.disabled():
        print("\nsample:", ", ".join(f"{field} {n}/{of}" for field, (n, of) in scores.items()))
    assert [result for result in results if result[1] in NEVER_WRONG and not result[3]] == []
    assert min(n / of for n, of in scores.values()) >= 0.9


def _known(entry: dict[str, Any]) -> KnownName:
    return KnownName(
        entry["slug"], entry["name"], entry.get("name_latin", ""), tuple(entry.get("aliases", ()))
    )


def test_hard_pages_give_no_wrong_date_or_outlet(shared: Path) -> None:
    folder = shared / "corpora/pages-dev"
    knowledge, dated = load_knowledge(), 0
    for page in json.loads(folder.with_name("pages-dev.truth.json").read_text("utf-8")):
        for found in read_file(folder / page["file"], knowledge):
            if found.published:
                assert str(found.published.value.day) == page["date"], page["file"]
                dated += 1
            if found.outlet:
                assert page["outlet"] or page["outlet_by_url"].startswith(found.outlet.value.name), page[
                    "file"
                ]
            if found.title and found.title.confidence > 1 and page["title"]:
                assert found.title.value == page["title"], page["file"]
    assert dated >= 3


def test_flat_pages_give_no_wrong_date_title_or_outlet(shared: Path) -> None:
    folder = shared / "corpora/osac-raw-dev"
    knowledge = load_knowledge()
    for line in folder.with_name("osac-raw-dev.truth.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        (found,) = read_file(folder / page["file"], knowledge)
        assert found.published is None or str(found.published.value.day) == page["date"], page["file"]
        true = " ".join(html.unescape(page["title"]).split())
        assert found.title is None or found.title.value == true, page["file"]
        assert found.outlet is None or found.outlet.value.slug in ("bbc-arabic", "cnn-arabic"), page["file"]


@pytest.mark.slow
def test_every_file_of_the_tagged_collection_is_read(shared: Path) -> None:
    knowledge, counts = load_knowledge(), Counter[str]()
    with zipfile.ZipFile(shared / "corpora/ant-corpus-v1.1.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".txt"):
                stream = io.BytesIO(archive.read(name))
                source = read_source(name, stream, ReadOptions(), knowledge)
                assert source.format is SourceFormat.TREC
                counts.update(_filled(item) for item in source.items)
            elif not name.endswith("/"):
                with pytest.raises(ReadingError, match="no Arabic text"):
                    read_source(name, io.BytesIO(archive.read(name)), ReadOptions(), knowledge)
    assert sum(counts.values()) == 10_161
    # 4 have no title, 1 no section, and 23 are headlines whose text was left empty
    assert counts == {"": 10_133, "body": 23, "title": 4, "section": 1}


def _filled(item: Reading | Rejected) -> str:
    """The fields of an article of the tagged collection that are missing."""
    assert isinstance(item, Reading)
    assert item.outlet is None or item.outlet.value.slug == "jawhara-fm"
    return " ".join(
        field
        for field in ("body", "title", "published", "url", "section", "outlet")
        if not getattr(item, field)
    )


@pytest.mark.slow
def test_every_record_of_the_saudi_collection_is_accounted_for(shared: Path) -> None:
    counts = Counter[str]()
    with gzip.open(shared / "corpora/saudinewsnet-dev.jsonl.gz") as stream:
        options = ReadOptions(field_map=SAUDI_MAP)
        source = read_source("saudinewsnet-dev.jsonl", cast("BinaryIO", stream), options, load_knowledge())
        for item in source.items:
            counts["records"] += 1
            if isinstance(item, Rejected):
                assert "no body and no title" in item.reason
                counts["rejected"] += 1
                continue
            counts["body left empty"] += not item.body
            assert item.outlet
            assert item.outlet.value.slug
            assert item.published
            assert item.published.value.precision == "time"
            assert item.url
    assert counts == {"records": 15_615, "body left empty": 148, "rejected": 26}
