"""Records of JSON Lines, JSON, CSV and tagged text."""

from __future__ import annotations

import datetime
import io
import json
import re
import time
import tracemalloc
from typing import BinaryIO

import pytest

from archive.ingest.reading import (
    Reading,
    ReadingError,
    ReadOptions,
    Rejected,
    SegmentKind,
    SourceFormat,
    read_source,
)
from tests.reading.reading_help import check_places, items, knowledge, only, opened, reason

ARTICLE = {
    "id": 17,
    "title": "عنوان\tالخبر",
    "subtitle": "عنوان ثان",
    "body": 'الفقرة الأولى.\r\n\r\n\r\nالفقرة "الثانية".',
    "outlet": "المنبر",
    "agency": ["رويترز", "صدى برس"],
    "author": "سعاد الحلبي",
    "published": "2015-11-21T21:59:00+03:00",
    "url": "https://minbar.example/17",
    "section": "محليات",
    "language": "ar",
}
CSV_HEADER = "id,title,subtitle,body,outlet,agency,author,published,url,section,language"


def as_csv(separator: str = ",") -> str:
    row = [str(value) if not isinstance(value, list) else "رويترز" for value in ARTICLE.values()]
    quoted = separator.join('"' + value.replace('"', '""') + '"' for value in row)
    return f"{CSV_HEADER.replace(',', separator)}\n{quoted}\n"


RECORDS = [
    pytest.param("a.jsonl", json.dumps(ARTICLE) + "\n", id="json lines, escaped"),
    pytest.param("a.jsonl", json.dumps(ARTICLE, ensure_ascii=False), id="json lines, as is, no line end"),
    pytest.param("a.json", json.dumps(ARTICLE, ensure_ascii=False, indent=2), id="json object"),
    pytest.param("a.json", " [" + json.dumps(ARTICLE, ensure_ascii=False) + "]\n", id="json array"),
    pytest.param("a.csv", as_csv(), id="csv, comma"),
    pytest.param("a.csv", as_csv(";"), id="csv, semicolon"),
    pytest.param("a.tsv", as_csv("\t"), id="csv, tab"),
]


@pytest.mark.parametrize(("name", "content"), RECORDS)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "with mark"])
def test_every_field_of_a_record_is_read(name: str, content: str, mark: bytes) -> None:
    data = mark + content.encode()
    (found,) = check_places(data, opened(data, name), len(mark))
    assert isinstance(found, Reading)
    assert found.external_id == "17"
    assert found.title
    assert found.title.value == "عنوان الخبر"
    assert found.subtitle
    assert found.subtitle.value == "عنوان ثان"
    assert found.body == 'الفقرة الأولى.\n\nالفقرة "الثانية".'
    assert found.outlet
    assert (found.outlet.value.name, found.outlet.value.slug) == ("المنبر", "minbar")
    assert found.agencies[0].value.slug == "reuters"
    assert [author.value for author in found.authors] == ["سعاد الحلبي"]
    assert found.published
    assert (found.published.value.day, found.published.value.time) == (
        datetime.date(2015, 11, 21),
        datetime.time(21, 59),
    )
    assert found.url
    assert found.section
    assert found.language
    assert {segment.kind for segment in found.segments} >= {
        SegmentKind.BODY,
        SegmentKind.TITLE,
        SegmentKind.MARKUP,
    }


@pytest.mark.parametrize(("name", "content"), RECORDS)
def test_evidence_of_a_record_stands_where_its_span_says(name: str, content: str) -> None:
    found = only(content, name)
    assert found.title
    assert found.title.span
    assert found.url
    assert found.url.span
    assert content[found.url.span.start : found.url.span.end] == ARTICLE["url"]
    assert content[found.title.span.start :].startswith(("عنوان", "\\u0639"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_json_lines_in_any_unicode_encoding_keep_their_places(encoding: str) -> None:
    lines = [json.dumps({"body": f"خبر {n} ਊ \u200a عن المدينة 😀"}, ensure_ascii=False) for n in range(9)]
    mark = "\ufeff".encode(encoding)
    data = mark + "\r\n".join(lines).encode(encoding)
    found = check_places(data, opened(data, "a.jsonl"), len(mark))
    assert [item.body for item in found if isinstance(item, Reading)] == [
        json.loads(line)["body"] for line in lines
    ]


def test_map_names_their_fields() -> None:
    found = only(
        '{"source": "المنبر", "content": "نص الخبر", "extra": {"a": [1]}}',
        "a.jsonl",
        {"source": "outlet", "content": "body"},
    )
    assert found.body == "نص الخبر"
    assert found.outlet
    assert found.outlet.value.slug == "minbar"


def test_map_may_name_a_key_that_only_some_records_have() -> None:
    content = '{"body": "أول"}\n{"body": "ثان", "deck": "تحت العنوان"}\n'
    _, second = items(content, "a.jsonl", {"deck": "subtitle"})
    assert isinstance(second, Reading)
    assert second.subtitle
    assert second.subtitle.value == "تحت العنوان"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.jsonl", '{"text": "خبر"}\n', id="json lines"),
        pytest.param("a.json", '[{"text": "خبر"}]', id="json"),
        pytest.param("a.csv", "text,other\nخبر,1\n", id="csv"),
    ],
)
def test_wrong_map_is_refused_with_the_names_that_there_are(name: str, content: str) -> None:
    with pytest.raises(ReadingError, match="--map content: no record has that key; the records have text"):
        opened(content, name, {"content": "body"})
    with pytest.raises(ReadingError, match="--map to headline: no such field; the fields are id, title"):
        opened(content, name, {"text": "headline"})


def test_broken_line_is_rejected_with_its_number_and_the_rest_is_read() -> None:
    content = (
        '{"body": "أول"}\n\n{"body": "ثان"\n[1]\n{"body": "رابع"} x\n{"body": '
        + "[" * 100_000
        + '\n{"body": "سادس"}'
    )
    found = items(content, "a.jsonl")
    assert [type(item).__name__ for item in found] == ["Reading", *["Rejected"] * 4, "Reading"]
    assert [item.record for item in found if isinstance(item, Rejected)] == [3, 4, 5, 6]
    assert [item.ordinal for item in found if isinstance(item, Reading)] == [0, 1]
    assert "line 3 is no JSON object: Expecting ',' delimiter at character" in found[1].reason  # type: ignore[union-attr]


def test_line_in_another_encoding_or_with_nul_is_rejected_and_the_rest_is_read() -> None:
    good = '{"body": "خبر عن المدينة"}\n'.encode()
    data = good * 30 + '{"body": "خبر"}\n'.encode("windows-1256") + good + b'{"body": "\x00"}\n' + good
    found = check_places(data, opened(data, "a.jsonl"))
    assert [(item.record, item.reason[:22]) for item in found if isinstance(item, Rejected)] == [
        (31, "line 31 is not utf-8 a"),
        (33, "line 33 holds NUL byte"),
    ]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        pytest.param({"title": "بلا نص"}, "no body: the record has title; .* --map KEY=body", id="missing"),
        pytest.param(
            {"items": [{"body": "x"}]},
            r"no body: .* list under 'items'; take them out \(jq -c",
            id="list within",
        ),
        pytest.param({"body": " \n "}, "no body and no title", id="empty"),
        pytest.param({"body": None}, "no body and no title", id="null"),
        pytest.param({"body": "\u202e\u0007"}, "no body and no title", id="only control characters"),
        pytest.param({"body": ["a"]}, "no body: its value is no text", id="list"),
        pytest.param({}, "no body: the record has nothing", id="nothing"),
    ],
)
def test_record_without_body_is_rejected_with_remedy(record: dict[str, object], said: str) -> None:
    assert re.match(said, reason(json.dumps(record), "a.jsonl"))


@pytest.mark.parametrize("left_empty", ["", " \n ", None], ids=["empty", "blank", "null"])
def test_a_headline_whose_text_was_left_empty_is_an_article_still(left_empty: str | None) -> None:
    found = only(json.dumps({"title": "بلا نص", "body": left_empty}), "a.jsonl")
    assert (found.title and found.title.value, found.body) == ("بلا نص", "")


def test_values_of_odd_types_leave_their_fields_unknown() -> None:
    record = {
        "body": "نص",
        "title": 5,
        "outlet": {},
        "agency": [1, None, {}],
        "author": [],
        "published": [],
        "url": 1,
    }
    found = only(json.dumps(record), "a.jsonl")
    assert (found.title, found.outlet, found.published, found.url, found.authors) == (
        None,
        None,
        None,
        None,
        (),
    )


def test_characters_that_turn_or_break_text_are_not_stored() -> None:
    record = {"body": "قبل\u202eبعد\u0000\u0007 \ud800 ن\u200cص\u00a0", "title": "سطر\u2028آخر"}
    found = only(json.dumps(record), "a.jsonl")
    assert found.body == "قبلبعد \ufffd ن\u200cص"
    assert found.title
    assert found.title.value == "سطر آخر"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("&quot;المنبر&quot; تكتب", '"المنبر" تكتب', id="entity by name"),
        pytest.param("&#8220;المنبر&#x201D;&nbsp;تكتب", "\u201cالمنبر\u201d تكتب", id="entities by number"),
        pytest.param("&#8238;المنبر&#0;", "المنبر\ufffd", id="entity of a sign that turns text"),
        pytest.param("شركة AT&T", "شركة AT&T", id="ampersand of a name"),
        pytest.param("a &b", "a &b", id="ampersand without an end"),
        pytest.param("س &zzz; ص", "س &zzz; ص", id="entity that there is not"),
    ],
)
@pytest.mark.parametrize("field", ["title", "subtitle", "section", "body"])
def test_entities_of_a_record_are_read_as_the_letters_they_stand_for(
    field: str, raw: str, expected: str
) -> None:
    content = json.dumps({"body": "نص", field: raw}, ensure_ascii=False)
    found = only(content, "a.jsonl")
    if field == "body":
        assert " ".join(found.body.split()) == expected
        return
    read = getattr(found, field)
    assert read.value == expected
    assert content[read.span.start : read.span.end].strip('"') == raw


def test_entities_of_a_byline_are_read_and_those_of_an_address_stay() -> None:
    record = {"body": "نص", "author": "&nbsp;سعاد الحلبي (جدة)", "url": "http://a.example/?b&lt;=1"}
    found = only(json.dumps(record), "a.jsonl")
    assert ([name.value for name in found.authors], found.place and found.place.value) == (
        ["سعاد الحلبي"],
        "جدة",
    )
    assert found.url
    assert found.url.value == "http://a.example/?b&lt;=1"


def test_address_of_a_known_site_tells_the_outlet() -> None:
    found = only('{"body": "نص", "url": "http://www.minbar.example:80/1"}', "a.jsonl")
    assert found.outlet
    assert (found.outlet.value.slug, found.outlet.rule) == ("minbar", "address of the site")
    assert only('{"body": "نص", "url": "http://minbar.example.evil/1"}', "a.jsonl").outlet is None


@pytest.mark.parametrize(
    ("author", "authors", "agencies", "place"),
    [
        pytest.param("سعاد الحلبي", ["سعاد الحلبي"], [], None, id="a name"),
        pytest.param("واس - الرياض", [], ["spa"], "الرياض", id="agency and city"),
        pytest.param("القاهرة: سعاد الحلبي", ["سعاد الحلبي"], [], "القاهرة", id="city and name"),
        pytest.param("«الاقتصادية» من الرياض", [], [], "الرياض", id="paper from a city"),
        pytest.param("\u00a0سعاد الحلبي (جدة)", ["سعاد الحلبي"], [], "جدة", id="name and city in brackets"),
        pytest.param("المنبر - متابعات:", [], [], None, id="desk"),
        pytest.param(
            "صنعاء: علي حسن -  الرياض: سعاد الحلبي", ["علي حسن", "سعاد الحلبي"], [], "صنعاء", id="two of each"
        ),
    ],
)
def test_byline_field_is_taken_apart(
    author: str, authors: list[str], agencies: list[str], place: str | None
) -> None:
    found = only(json.dumps({"body": "نص", "author": author}), "a.jsonl")
    assert [name.value for name in found.authors] == authors
    assert [agency.value.slug for agency in found.agencies] == agencies
    assert (found.place and found.place.value) == place


class Endless(io.RawIOBase):
    """A file of one line, 100 MB long, that is never held."""

    def __init__(self, length: int) -> None:
        self.length, self.at = length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset
        return offset

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        count = min(len(buffer), self.length - self.at)
        buffer[:count] = b"{" + b"a" * (count - 1) if self.at == 0 and count else b"a" * count
        self.at += count
        return count


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.json", "a.csv"])
def test_line_of_100_megabytes_is_refused_quickly_and_is_not_held(name: str) -> None:
    stream: BinaryIO = io.BufferedReader(Endless(100 << 20))  # type: ignore[type-var]
    began = time.perf_counter()
    tracemalloc.start()
    try:
        said = [str(item) for item in read_source(name, stream, ReadOptions(), knowledge()).items]
    except ReadingError as error:
        said = [str(error)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "longer than" in said[0]
    assert "split" in said[0]
    assert peak < 200 << 20
    assert time.perf_counter() - began < 10


def test_line_that_is_too_long_does_not_hide_the_rest() -> None:
    data = b'{"body": "' + b"a" * (17 << 20) + b'"}\n' + '{"body": "خبر"}\n'.encode()
    source = opened(data, "a.jsonl")
    rejected, read = check_places(data, source)
    assert isinstance(rejected, Rejected)
    assert rejected.record == 1
    assert isinstance(read, Reading)
    assert read.body == "خبر"


def test_json_lines_are_streamed() -> None:
    line = (json.dumps({"body": "خبر " * 500}, ensure_ascii=False) + "\n").encode()
    stream = io.BytesIO(line * 5000)
    source = read_source("a.jsonl", stream, ReadOptions(), knowledge())
    tracemalloc.start()
    assert sum(1 for _ in source.items) == 5000
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param('[{"body": "خبر"},', "Expecting an object", id="array cut short"),
        pytest.param('[{"body": "خبر"} {"body": "خبر"}]', "a comma or ] is missing", id="comma missing"),
        pytest.param('[{"body": "خبر"}] x', "something follows the end", id="something behind"),
        pytest.param("[1, 2]", "Expecting an object", id="no objects"),
        pytest.param("خبر", "Expecting an object", id="text"),
    ],
)
def test_broken_json_is_refused_as_a_whole_with_remedy(content: str, said: str) -> None:
    with pytest.raises(ReadingError, match=f"is no JSON of articles: {said}.*mend the file"):
        opened(content, "a.json")


def test_json_array_gives_lines_of_records_and_order_of_articles() -> None:
    found = items('[\n{"body": "أول"},\n{"title": "بلا نص"},\n{"body": "ثالث"}\n]', "a.json")
    assert [getattr(item, "ordinal", None) for item in found] == [0, None, 1]
    assert isinstance(found[1], Rejected)
    assert found[1].record == 3


def test_csv_rows_that_do_not_fit_are_rejected_with_their_line() -> None:
    content = 'title,body\nأ,"سطر\nآخر"\n\nب,ج,د\nه\n"و","ز'
    found = items(content, "a.csv")
    assert isinstance(found[0], Reading)
    assert found[0].body == "سطر\nآخر"
    assert [(item.record, item.reason.split(":")[0]) for item in found if isinstance(item, Rejected)] == [
        (5, "row at line 5 has 3 values for 2 columns"),
        (6, "no body"),
        (7, "row at line 7 opens a quotation mark that never closes"),
    ]


def test_csv_without_a_body_column_is_refused_with_its_columns() -> None:
    with pytest.raises(
        ReadingError, match=r"no column for the body; its first row says text, name.*--map COLUMN=body"
    ):
        opened("text,name\nخبر,1\n", "a.csv")
    assert only("text,name\nخبر,1\n", "a.csv", {"text": "body"}).body == "خبر"


TAGGED = """<DOC>
<DOCNO>X-1</DOCNO>
<URL>http://minbar.example/1</URL>
<SRC>Jawhara FM</SRC>
<CAT>culture</CAT>
<TITLE> عنوان الخبر </TITLE>
<TIME>2017-04-29T07:41:00+01:00</TIME>
<AUTHOR></AUTHOR>
<ABSTRACT>
{abstract}
</ABSTRACT>
<TEXT>
افتتح الوزير المعرض صباح اليوم في العاصمة.
وحضر الافتتاح جمهور كبير.
</TEXT>
</DOC>
"""


def test_tagged_text_gives_every_field_with_its_place() -> None:
    content = TAGGED.format(abstract="جمهور كبير حضر مبكرا")
    (found,) = check_places(content.encode(), opened(content))
    assert isinstance(found, Reading)
    assert found.external_id == "X-1"
    assert found.title
    assert found.title.span
    assert content[found.title.span.start : found.title.span.end] == "عنوان الخبر"
    assert found.subtitle
    assert found.subtitle.value == "جمهور كبير حضر مبكرا"
    assert found.outlet
    assert found.outlet.value.slug == "jawhara-fm"
    assert found.section
    assert found.section.value == "culture"
    assert found.published
    assert found.published.value.raw == "2017-04-29T07:41:00+01:00"
    assert found.published.value.time == datetime.time(7, 41)
    assert found.body == "افتتح الوزير المعرض صباح اليوم في العاصمة.\nوحضر الافتتاح جمهور كبير."
    assert not found.authors


@pytest.mark.parametrize(
    "abstract", ["افتتح الوزير المعرض", "افتتح  الوزير\nالمعرض صباح", ""], ids=["opening", "spacing", "empty"]
)
def test_abstract_that_repeats_the_opening_is_no_subtitle(abstract: str) -> None:
    assert only(TAGGED.format(abstract=abstract)).subtitle is None


def test_many_documents_in_a_file_are_read_and_a_cut_one_rejected() -> None:
    one = TAGGED.format(abstract="")
    found = items(one + one + one.replace("<TEXT>", "").replace("</TEXT>", "") + "<DOC>\n<TEXT>نص</TEXT>")
    assert [type(item).__name__ for item in found] == ["Reading", "Reading", "Rejected", "Rejected"]
    assert [item.ordinal for item in found if isinstance(item, Reading)] == [0, 1]
    assert "has no <TEXT>" in found[2].reason  # type: ignore[union-attr]
    assert "line 49 has no </DOC>" in found[3].reason  # type: ignore[union-attr]


def test_format_is_told() -> None:
    assert opened(TAGGED).format is SourceFormat.TREC


def test_fault_of_json_reads_as_a_sentence() -> None:
    assert "Unterminated string starting at character 10;" in reason('{"body": "x', "x.jsonl")
