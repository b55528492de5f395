"""The sample collection keeps its promises: enough articles, every shape, a truth that agrees with the files.

Nothing of the archive's own reading is used here, so that a fault there cannot hide one in the sample.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hijridate import Gregorian

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
HIJRI_MONTHS = (
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
)
GREGORIAN_MONTHS = (
    ("كانون الثاني", "يناير"),
    ("شباط", "فبراير", "فيفري"),
    ("آذار", "مارس"),
    ("نيسان", "أبريل"),
    ("أيار", "مايو", "ماي"),
    ("حزيران", "يونيو"),
    ("تموز", "يوليو", "جويلية"),
    ("آب", "أغسطس"),
    ("أيلول", "سبتمبر"),
    ("تشرين الأول", "أكتوبر", "October"),
    ("تشرين الثاني", "نوفمبر"),
    ("كانون الأول", "ديسمبر"),
)
GENERIC_AGENCY = "وكالات"
FEWEST_WORDS = 120
HIJRI_MONTH = "|".join(sorted(HIJRI_MONTHS, key=len, reverse=True))
GREGORIAN_MONTH = "|".join(
    sorted((name for family in GREGORIAN_MONTHS for name in family), key=len, reverse=True)
)
GREGORIAN_DATE = re.compile(
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}) )?(?P<day>\d{{1,2}})[ /](?P<month>{GREGORIAN_MONTH})"
    rf"(?:/(?:{GREGORIAN_MONTH})| \((?:{GREGORIAN_MONTH})\))?[ /](?P<year>\d{{4}})"
)
NUMBERED_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>\d{4})"
)
HIJRI_DATE = re.compile(
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}) )?"
    rf"(?P<day>\d{{1,2}}) (?P<month>{HIJRI_MONTH}) (?P<year>\d{{4}}) ?(?:هـ)?"
)
CLOCK = re.compile(r"(?P<hour>\d\d):(?P<minute>\d\d)(?P<half> م\b| مساء| ص\b| صباحا)?")


class SampleArticle(NamedTuple):
    """One article of the truth beside the text it is printed in."""

    path: str
    text: str
    fields: dict[str, Any]

    def body(self) -> str:
        """The text from the first to the last words the truth names, less the furniture between them."""
        first, last = self.fields["body_has"][0], self.fields["body_has"][-1]
        start = self.text.index(first)
        end = self.text.index(last, start) + len(last)
        furniture = {*self.fields.get("line_lacks", []), *self.fields.get("body_lacks", [])}
        lines = self.text[start:end].splitlines()
        return "\n".join(line for line in lines if line.strip() not in furniture)


def decoded(content: bytes) -> str:
    """The text of a file of the sample, whose encodings are UTF-8, UTF-16 with a mark, and Windows-1256."""
    if content.startswith(b"\xff\xfe"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1256")


def _pieces(path: Path) -> list[str]:
    """The texts of the articles of one file: a record's own, or the whole of a plain text."""
    text = decoded(path.read_bytes())
    match path.suffix:
        case ".jsonl":
            return ["\n".join(json.loads(line).values()) for line in text.splitlines()]
        case ".csv":
            return ["\n".join(row.values()) for row in csv.DictReader(io.StringIO(text, newline=""))]
        case ".trec":
            return text.split("</DOC>")[:-1]
    return [text]


@cache
def truth() -> dict[str, Any]:
    """`truth.json` without its note."""
    entries: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text("utf-8"))
    return {path: entry for path, entry in entries.items() if path != "note"}


@cache
def articles() -> tuple[SampleArticle, ...]:
    """Every article of the truth, in the order of the truth."""
    found = []
    for path, entry in truth().items():
        pieces = _pieces(SAMPLE / path)
        for place, fields in enumerate(entry["articles"]):
            found.append(SampleArticle(path, pieces[place] if len(pieces) > 1 else pieces[0], fields))
    return tuple(found)


@cache
def plain_texts() -> tuple[str, ...]:
    """The decoded plain text files."""
    return tuple(decoded(path.read_bytes()) for path in sorted((SAMPLE / "raw").rglob("*.txt")))


def ascii_digits(text: str) -> str:
    """The text with Arabic-Indic digits as ASCII ones."""
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in text)


def arabic_words(text: str) -> list[str]:
    """Words between spaces that have an Arabic letter."""
    return [word for word in text.split() if re.search(r"[\u0621-\u064a]", word)]


def printed_day(raw: str) -> datetime.date | None:
    """The Gregorian day in a printed date, or None where it prints only a Hijri one."""
    text = ascii_digits(raw)
    if found := NUMBERED_DATE.search(text):
        year, month, day = (found["year"], found["month"], found["day"])
        numbers = (year, month, day) if year else (found["y"], found["m"], found["d"])
        return datetime.date(*(int(number) for number in numbers))
    if found := GREGORIAN_DATE.search(text):
        return _gregorian_day(found)
    return None


def _gregorian_day(found: re.Match[str]) -> datetime.date:
    month = next(place for place, names in enumerate(GREGORIAN_MONTHS, 1) if found["month"] in names)
    return datetime.date(int(found["year"]), month, int(found["day"]))


def _hijri_day(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found["year"]), HIJRI_MONTHS.index(found["month"]) + 1, int(found["day"])


DATED = [article for article in articles() if article.fields["published"]]


def article_id(article: SampleArticle) -> str:
    """A test id that names the file and, where one is printed, the headline's first word."""
    return f"{article.path}:{article.fields['body_has'][0].split()[0]}"


def test_the_truth_names_every_file_and_no_other() -> None:
    files = {path.relative_to(SAMPLE).as_posix() for path in (SAMPLE / "raw").rglob("*") if path.is_file()}
    assert set(truth()) == files


def test_at_least_sixty_articles_have_bodies_of_an_articles_length() -> None:
    long_enough = [article for article in articles() if len(arabic_words(article.body())) >= FEWEST_WORDS]
    assert len(long_enough) >= 66


def test_every_body_is_long_enough() -> None:
    short = {
        article_id(article): words
        for article in articles()
        if (words := len(arabic_words(article.body()))) < FEWEST_WORDS
    }
    assert short == {}


def test_the_articles_come_from_many_outlets_and_years() -> None:
    outlets = Counter(article.fields["outlet"] for article in articles() if article.fields["outlet"])
    years = {article.fields["published"][:4] for article in DATED}
    assert len(outlets) >= 9
    assert min(outlets.values()) >= 5
    assert {"2012", "2013", "2014", "2015", "2016"} < years


def test_outlets_and_agencies_of_the_truth_are_in_the_list_of_names() -> None:
    names = tomllib.loads((SAMPLE / "names.toml").read_text("utf-8"))
    outlets = {entry["name"] for entry in names["outlet"]}
    agencies = {entry["name"] for entry in names["agency"]} | {GENERIC_AGENCY}
    assert {article.fields["outlet"] for article in articles()} - {None} == outlets
    assert {agency for article in articles() for agency in article.fields["agencies"]} == agencies


@pytest.mark.parametrize("article", articles(), ids=article_id)
def test_what_the_truth_says_is_printed_in_the_file(article: SampleArticle) -> None:
    fields = article.fields
    printed = [*fields["body_has"], *fields.get("body_lacks", []), *fields.get("line_lacks", [])]
    printed += [fields[key] for key in ("title", "subtitle", "published_raw") if fields.get(key)]
    printed += fields.get("authors", [])
    assert [words for words in printed if words not in article.text] == []


@pytest.mark.parametrize("article", articles(), ids=article_id)
def test_an_outlet_is_given_only_where_the_file_names_it(article: SampleArticle) -> None:
    names = tomllib.loads((SAMPLE / "names.toml").read_text("utf-8"))["outlet"]
    named = {entry["name"] for entry in names if entry["name"] in article.text}
    assert named == ({article.fields["outlet"]} - {None})


@pytest.mark.parametrize("article", DATED, ids=article_id)
def test_the_publication_date_is_the_printed_one(article: SampleArticle) -> None:
    published, raw = article.fields["published"], article.fields["published_raw"]
    day = printed_day(raw)
    if day:
        assert published[:10] == day.isoformat()
    else:
        found = HIJRI_DATE.search(ascii_digits(raw))
        assert found
        year, month, number = (int(part) for part in published[:10].split("-"))
        assert Gregorian(year, month, number).to_hijri().datetuple() == _hijri_day(found)


@pytest.mark.parametrize("article", DATED, ids=article_id)
def test_the_publication_time_is_the_printed_one(article: SampleArticle) -> None:
    found = CLOCK.search(ascii_digits(article.fields["published_raw"]))
    if found is None:
        assert "T" not in article.fields["published"]
        return
    hour = int(found["hour"])
    if found["half"] and found["half"].strip() in {"م", "مساء"} and hour < 12:
        hour += 12
    assert article.fields["published"][11:] == f"{hour:02}:{found['minute']}"


def test_every_weekday_printed_before_a_full_date_is_the_right_one() -> None:
    wrong = [
        (article.path, found[0])
        for article in articles()
        for found in GREGORIAN_DATE.finditer(ascii_digits(article.text))
        if found["weekday"] and found["weekday"] != WEEKDAYS[_gregorian_day(found).weekday()]
    ]
    assert wrong == []


def test_every_full_hijri_date_agrees_with_the_publication_day() -> None:
    checked = 0
    for article in DATED:
        found = HIJRI_DATE.search(ascii_digits(article.fields["published_raw"]))
        if found is None:
            continue
        published = datetime.date.fromisoformat(article.fields["published"][:10])
        hijri = Gregorian(published.year, published.month, published.day).to_hijri()
        assert hijri.datetuple() == _hijri_day(found), article.path
        assert found["weekday"] in {None, WEEKDAYS[published.weekday()]}, article.path
        checked += 1
    assert checked >= 8


PLAIN_SHAPES = {
    "headline with a site's name": (r"(?m)^.+ [-|] (مرسى اليوم|سجلّ المدينة|قنديل العلوم|شرفة الجنوب)$", 8),
    "headline printed twice": (r"(?m)\A(?P<title>.+) - .+\n(?P=title)$", 5),
    "date with slashes and a clock": (
        r"(?m)^\S+ \d\d/[\u0600-\u06FF]+/\d{4} - \d\d:\d\d [مص]$",
        6,
    ),
    "two names of a month, slash": (r"(تشرين الثاني/نوفمبر|آذار/مارس|كانون الأول/ديسمبر) \d{4}", 4),
    "two names of a month, brackets": (r"نوفمبر \(تشرين الثاني\) \d{4}", 1),
    "two names of a month and an evening hour": (r"الأول/ديسمبر 2013 09:59 مساء", 1),
    "Maghrebi month": (r"\d{1,2} ماي \d{4}", 1),
    "caption printed twice": (r"(?m)^(?P<caption>.+\([^()]+\))$[\s\S]*^(?P=caption)$", 8),
    "photographer": (r"(?m)\((تصوير|عدسة): .+\)$", 3),
    "share word": (r"(?m)^(شارك|مشاركة)$", 15),
    "print word": (r"(?m)^طباعة\b", 12),
    "send word": (r"(?m)^(أرسل إلى صديق|إرسال)$", 5),
    "save word": (r"(?m)^حفظ$", 8),
    "letter size": (r"(?m)^(تكبير الخط|تصغير الخط|A\+ A-|TT)$", 6),
    "player mark": (r"play-circle \d\d:\d\d", 2),
    "related stories": (r"(?m)^(مقالات ذات صلة|اقرأ أيضًا|اقرأ أيضا|مواضيع متعلقة)$", 9),
    "date in Hijri years alone": (r"(?m)^[^\d\n]*[٠-٩]{1,2} \S+ [٠-٩]{4}ـ?هـ$", 3),
    "Hijri and Gregorian date": (r"[٠-٩]{4} ?هـ( الموافق| -) [٠-٩]{1,2}", 5),
    "signature of outlet and agency": (r"(?m)^\([^()]+، (الشراع|سواري|وكالات|نواة برس)\)$", 5),
    "signature of an agency": (r"(?m)^\((الشراع|سواري|نواة برس)\)$", 2),
    "outlet and place run into the text": (r"(?m)^(الرواق|بريد الواحة) – \S.{3,20}: ", 6),
    "by-line": (r"(?m)^(كتبت|بقلم|حاورته|تحقيق)", 5),
    "vowelled sentence": (r"(?:[\u0621-\u064a][\u064b-\u0652]+){4}", 2),
    "long headline with Latin and numbers": (r"(?m)^.{60,}[A-Za-z]{3}.*[\d%].*$", 2),
    "debris of blanks": (r"(?m)^&$", 1),
    "carriage returns": (r"\r\n", 2),
}


@pytest.mark.parametrize(("pattern", "at_least"), PLAIN_SHAPES.values(), ids=PLAIN_SHAPES)
def test_shape_is_present(pattern: str, at_least: int) -> None:
    plain = [text if "\\r" in pattern else text.replace("\r\n", "\n") for text in plain_texts()]
    assert sum(bool(re.search(pattern, text)) for text in plain) >= at_least


def test_some_articles_have_no_headline_no_date_or_no_outlet() -> None:
    fields = [article.fields for article in articles()]
    assert sum(entry["title"] is None for entry in fields) >= 4
    assert sum(entry["published"] is None for entry in fields) >= 8
    assert sum(entry["outlet"] is None for entry in fields) >= 3
    assert all((entry["title"] is None) == (entry["title_origin"] == "derived") for entry in fields)


def test_some_articles_have_a_subtitle() -> None:
    assert sum("subtitle" in article.fields for article in articles()) >= 8


def test_some_plain_files_hold_two_articles() -> None:
    doubles = [
        path for path, entry in truth().items() if path.endswith(".txt") and len(entry["articles"]) == 2
    ]
    assert len(doubles) >= 2


@pytest.mark.parametrize(
    ("suffix", "fewest", "most"),
    [(".jsonl", 8, 10), (".csv", 4, 5), (".trec", 4, 5)],
    ids=lambda value: str(value),
)
def test_structured_file_holds_its_articles(suffix: str, fewest: int, most: int) -> None:
    counts = [len(entry["articles"]) for path, entry in truth().items() if path.endswith(suffix)]
    assert len(counts) == 1
    assert fewest <= counts[0] <= most


def test_files_come_in_four_encodings() -> None:
    contents = [path.read_bytes() for path in (SAMPLE / "raw").rglob("*.txt")]
    assert sum(content.startswith(b"\xef\xbb\xbf") for content in contents) >= 1
    assert sum(content.startswith(b"\xff\xfe") for content in contents) >= 1
    assert sum(_is_windows_1256(content) for content in contents) >= 2


def _is_windows_1256(content: bytes) -> bool:
    if content.startswith(b"\xff\xfe"):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


@pytest.mark.parametrize(
    "words",
    [
        "لم تغلق باب التفاوض يوم",
        "أرضيته على|في أرضها ثمانٍ",
    ],
    ids=["port strike", "copper workshop"],
)
def test_agency_text_is_carried_by_three_outlets(words: str) -> None:
    carriers = {article.fields["outlet"] for article in articles() if re.search(words, article.text)}
    assert len(carriers) >= 3


@pytest.mark.parametrize(
    "word",
    ["السعودية", "والسعودية", "للسعودية", "الإرهاب", "الارهاب", "مُحَمَّد", "١٤٣٦", "1436", "القاهرة", "لبنان"],
)
def test_word_that_searches_are_shown_with_occurs_in_several_articles(word: str) -> None:
    whole = re.compile(rf"(?<!\w){word}(?:هـ)?(?![\u0621-\u064a])")
    assert sum(bool(whole.search(article.text)) for article in articles()) >= 3


def test_no_character_stands_in_the_files_by_accident() -> None:
    allowed = re.compile(r"[\u0621-\u063a\u0640-\u0652\u0660-\u0669 -~«»،؛؟–\n\r]")
    odd = {
        f"{article.path}: U+{ord(letter):04X}"
        for article in articles()
        for letter in article.text
        if not allowed.match(letter)
    }
    assert odd == set()


def test_quotation_marks_and_brackets_are_closed_in_every_body() -> None:
    open_marks = [
        (article_id(article), left)
        for article in articles()
        for left, right in ("«»", "()")
        if article.body().count(left) != article.body().count(right)
    ]
    assert open_marks == []


def test_no_two_articles_have_the_same_headline() -> None:
    titles = Counter(article.fields["title"] for article in articles() if article.fields["title"])
    assert [title for title, times in titles.items() if times > 1] == []
