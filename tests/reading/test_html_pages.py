"""The text of a page of HTML, what is left out of it, its encoding, and what is no article."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archive.ingest.reading import Reading, ReadingError, SegmentKind
from archive.ingest.reading.cleaning import clean_line
from tests.reading.html_help import (
    ABOVE,
    DATE,
    FIRST,
    LD,
    MENU,
    PARAGRAPHS,
    PRINTED,
    SECOND,
    STORIES,
    THIRD,
    TITLE,
    article_page,
    front_page,
    ld,
    meta,
    shown,
)
from tests.reading.reading_help import check_places, items, only, opened, reason

ROOT = Path(__file__).resolve().parents[2]


def kinds_of(page: str, phrase: str) -> set[SegmentKind]:
    """The kinds of the segments that a phrase of the source stands in."""
    at = page.index(phrase)
    (article,) = items(page, "x.html")
    return {s.kind for s in article.segments if s.start < at + len(phrase) and s.end > at}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            f"{FIRST}<br><br>{SECOND}<br /><br />{THIRD}",
            "\n\n".join(PARAGRAPHS),
            id="line breaks for paragraphs",
        ),
        pytest.param(
            f"<p>{FIRST}<p>{SECOND}<p>{THIRD}", "\n\n".join(PARAGRAPHS), id="paragraphs never closed"
        ),
        pytest.param(
            "".join(f"<div><span>{p}</span></div>\n" for p in PARAGRAPHS),
            "\n".join(PARAGRAPHS),
            id="divisions",
        ),
        pytest.param(
            "".join(f"<p>{p.replace(' ', '&nbsp;')}</p>" for p in PARAGRAPHS),
            "\n\n".join(PARAGRAPHS),
            id="no-break spaces",
        ),
        pytest.param(
            "".join(f"<p>{''.join(f'&#{ord(c)};' for c in p)}</p>" for p in PARAGRAPHS),
            "\n\n".join(PARAGRAPHS),
            id="letters as numbers",
        ),
        pytest.param(
            "".join(f"<p>{p.replace('على', '<b>على</b>')}</p>" for p in PARAGRAPHS),
            "\n\n".join(PARAGRAPHS),
            id="bold words",
        ),
        pytest.param(
            "".join(f"<p>\u202b{p}\u202c</p>" for p in PARAGRAPHS),
            "\n\n".join(PARAGRAPHS),
            id="direction marks",
        ),
        pytest.param(
            "".join(f"<p>\n  {p.replace(' ', chr(10) + '    ')}\n</p>" for p in PARAGRAPHS),
            "\n\n".join(PARAGRAPHS),
            id="broken source lines",
        ),
    ],
)
def test_text_is_whole_however_it_is_marked_up(text: str, body: str) -> None:
    head = f"<html><head><title>{TITLE}</title></head><body><ul>{MENU}</ul><h1>{TITLE}</h1>"
    page = f"{head}<div>{text}</div></body></html>"
    article = only(page, "x.html")
    assert article.body == body


OLD = """<HTML><HEAD><META HTTP-EQUIV="Content-Type"
 CONTENT="text/html; charset=windows-1256"><TITLE>{title}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF><FORM ACTION=search.asp><TABLE WIDTH=760 BORDER=0>
<TR><TD COLSPAN=3><IMG SRC=logo.gif></TD></TR>
<TR><TD WIDTH=120 VALIGN=top><TABLE>{menu}</TABLE></TD>
<TD><TABLE><TR><TD ALIGN=right><FONT SIZE=5 COLOR=red><B>{title}</B></FONT></TD></TR>
<TR><TD><FONT SIZE=4>السبت 21 نوفمبر 2015</FONT></TD></TR>
<TR><TD DIR=rtl><FONT FACE="Simplified Arabic" SIZE=4>{text}</FONT></TD></TR></TABLE></TD>
<TD>&nbsp;</TD></TR></TABLE></FORM></BODY></HTML>"""


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-8"])
def test_old_newspaper_page_of_nested_tables_is_read(encoding: str) -> None:
    menu = "".join(
        f"<TR><TD><A HREF=p{n}.htm>{word}</A></TD></TR>"
        for n, word in enumerate(("الأولى", "مصر", "العالم", "رياضة"))
    )
    page = OLD.format(title=TITLE, menu=menu, text="<BR><BR>".join(PARAGRAPHS))
    article = only(page.encode(encoding), "index.htm")
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.title is not None
    assert article.title.value == TITLE
    assert article.published is not None
    assert article.published.value.day.isoformat() == "2015-11-21"


def test_amp_page_is_read() -> None:
    page = article_page(ld(f'"datePublished":"{DATE}"')).replace('<html lang="ar"', '<html ⚡ lang="ar"')
    page = page.replace("<article>", '<amp-img src="x.jpg" width=3 height=2></amp-img><article>')
    article = only(page, "x.amp.html")
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.published is not None


def test_print_page_is_read() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    head = f'<html><head><title>طباعة: {TITLE}</title></head><body onload="window.print()">'
    page = f'{head}<h2>{TITLE}</h2>{text}<a href="javascript:close()">إغلاق</a></body></html>'
    article = only(page, "print.php.html")
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.title is not None
    assert article.title.value == TITLE


def test_saved_page_tells_where_it_was_saved_from() -> None:
    page = (
        "<!DOCTYPE html>\n<!-- saved from url=(0032)http://minbar.example/news/77.html -->\n" + article_page()
    )
    article = only(page, "x.html")
    assert article.url is not None
    assert (article.url.value, article.url.rule) == ("http://minbar.example/news/77.html", "saved from")
    assert article.url.span is not None
    assert shown(page, article.url.span) == article.url.value


@pytest.mark.parametrize(
    ("extra", "phrase", "kind"),
    [
        pytest.param(
            "<figure><img src=x><figcaption>ساحة الحديقة في يومها الأول</figcaption></figure>",
            "ساحة الحديقة في يومها الأول",
            SegmentKind.CAPTION,
            id="caption",
        ),
        pytest.param(
            "<div><img src=x><div>ساحة الحديقة في يومها الأول</div></div>",
            "ساحة الحديقة في يومها الأول",
            SegmentKind.CAPTION,
            id="words below a picture",
        ),
        pytest.param(
            "<script>var x = 'نص في برنامج';</script>", "نص في برنامج", SegmentKind.MARKUP, id="script"
        ),
        pytest.param("<!-- ملاحظة المحرر -->", "ملاحظة المحرر", SegmentKind.MARKUP, id="comment"),
        pytest.param(
            "<p>الآراء الواردة أدناه لا تعبر عن رأي الموقع، بل تعكس وجهات نظر أصحابها فقط.</p>",
            "لا تعبر عن رأي",
            SegmentKind.FURNITURE,
            id="notice",
        ),
        pytest.param("<p>اطبع</p>", "اطبع</p>", SegmentKind.FURNITURE, id="button"),
    ],
)
def test_what_is_left_out_is_marked_in_the_source(extra: str, phrase: str, kind: SegmentKind) -> None:
    page = article_page(below=extra)
    assert kind in kinds_of(page, phrase)
    assert clean_line(phrase.removesuffix("</p>")) not in only(page, "x.html").body


def test_related_stories_and_headline_are_marked() -> None:
    page = article_page()
    assert kinds_of(page, STORIES[0]) == {SegmentKind.RELATED}
    assert kinds_of(page.replace(f"<title>{TITLE}", "<title>"), TITLE) == {SegmentKind.TITLE}


@pytest.mark.parametrize(
    "page", [article_page(), article_page(above=ABOVE + PRINTED)], ids=["plain", "dated"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_places_agree_with_the_bytes(page: str, encoding: str) -> None:
    data = page.encode(encoding)
    bom = {"utf-8-sig": 3, "utf-16": 2}.get(encoding, 0)
    (article,) = check_places(data, opened(data, "x.html"), bom)
    text = data[bom:].decode(encoding.removesuffix("-sig") if encoding != "utf-16" else "utf-16-le")
    assert isinstance(article, Reading)
    parts = [text[part.start : part.end] for part in article.segments if part.kind is SegmentKind.BODY]
    assert "".join("".join(parts).split()) == "".join(article.body.split())


@pytest.mark.parametrize(
    ("data", "encoding", "rule"),
    [
        pytest.param(
            article_page().encode("windows-1256"),
            "windows-1256",
            "letter frequencies",
            id="windows-1256 that says utf-8",
        ),
        pytest.param(
            article_page().replace('charset="utf-8"', 'charset="windows-1256"').encode(),
            "utf-8",
            "valid UTF-8",
            id="utf-8 that says windows-1256",
        ),
        pytest.param(
            article_page().encode("iso-8859-6", "replace"),
            "iso-8859-6",
            "letter frequencies",
            id="iso-8859-6",
        ),
        pytest.param(article_page().encode("utf-16"), "utf-16-le", "byte-order mark", id="utf-16"),
        pytest.param(
            article_page().encode("utf-16-be"),
            "utf-16-be",
            "place of the high bytes",
            id="utf-16 without a mark",
        ),
        pytest.param(article_page().encode("utf-8-sig"), "utf-8", "byte-order mark", id="mark"),
        pytest.param(
            article_page().encode().replace("النهر،".encode(), "النهر".encode() + b"\xd8"),
            "utf-8",
            "UTF-8 but for broken characters",
            id="a broken character",
        ),
        pytest.param(
            article_page().encode()[:-1200],
            "utf-8",
            "UTF-8 but for broken characters",
            id="cut within a character",
        ),
    ],
)
def test_encoding_is_what_the_bytes_are(data: bytes, encoding: str, rule: str) -> None:
    source = opened(data, "x.html")
    if rule.startswith("UTF-8 but"):
        assert source.encoding_rule in (rule, "valid UTF-8")
    else:
        assert (source.encoding, source.encoding_rule) == (encoding, rule)
    (article,) = list(source.items)
    assert FIRST[:30] in article.body  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        pytest.param(front_page(), "a list of them", id="front page"),
        pytest.param(
            article_page(LD.format('{"@type":"CollectionPage"}')),
            "a list of them",
            id="says that it is a list",
        ),
        pytest.param(
            "<html><body><div id=app></div><script>load()</script></body></html>",
            "no paragraph",
            id="drawn by a script",
        ),
        pytest.param(f"<html><body><ul>{MENU}</ul></body></html>", "no paragraph", id="menu alone"),
        pytest.param(
            "<html><head><title>A note</title></head><body><p>"
            + "This is a page of English words only. " * 12
            + "</p></body></html>",
            "no Arabic text",
            id="English",
        ),
    ],
)
def test_page_that_is_no_article_is_rejected_with_its_reason(page: str, says: str) -> None:
    assert says in reason(page, "x.html")


def test_page_that_says_it_is_an_article_is_one_among_many_links() -> None:
    links = "".join(f'<li><a href="/{n}">{story}</a></li>' for n, story in enumerate(STORIES))
    page = article_page(meta("og:type", "article"), below=f"<ul>{links}</ul>", paragraphs=(FIRST, SECOND))
    assert only(page, "x.html").body == f"{FIRST}\n\n{SECOND}"


def test_page_whose_site_calls_every_page_its_first_is_an_article_still() -> None:
    article = only(article_page('<link rel="canonical" href="http://minbar.example/">'), "x.html")
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.url is None


def test_page_with_more_stories_than_paragraphs_is_an_article_if_its_paragraphs_stand_together() -> None:
    links = "".join(f'<p><a href="/{n}">{story}</a></p>' for n, story in enumerate(STORIES))
    page = article_page(paragraphs=(FIRST, SECOND, links, THIRD))
    assert only(page, "x.html").body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_page_over_the_limit_is_refused() -> None:
    with pytest.raises(ReadingError, match="longer than 16 MB"):
        opened(b"<html>" + b" " * (16 << 20), "x.html")


def test_empty_page_is_refused() -> None:
    with pytest.raises(ReadingError, match="empty"):
        opened(b"\xef\xbb\xbf  ", "x.html")


def test_who_reads_no_pages_does_not_pay_for_what_reads_them() -> None:
    code = (
        "import sys, archive.ingest.reading\n"
        "print(*sorted({'trafilatura', 'lxml', 'htmldate', 'justext', 'warcio'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == ""
