"""Pages and web archives for tests, in our own words."""

from __future__ import annotations

import gzip
from html import unescape

from archive.ingest.reading import Span
from archive.ingest.reading.cleaning import clean_line

FIRST = (
    "افتتحت بلدية قصر الريحان صباح اليوم حديقة عامة جديدة على ضفة النهر، بحضور عدد كبير من السكان والطلاب"
    " الذين شاركوا في غرس الأشجار على جانبي الممر الرئيسي وفي الساحة المطلة على الجسر القديم."
)
SECOND = (
    "وقالت مديرة المشروع إن العمل استمر ثلاثة أعوام، وإن الحديقة تضم ملاعب للأطفال ومكتبة صغيرة"
    " وممرات للدراجات، مؤكدة أن الدخول إليها سيبقى مجانيا طوال أيام الأسبوع لجميع الزوار."
)
THIRD = (
    "وأضافت أن المرحلة الثانية ستبدأ في الربيع المقبل بعد الانتهاء من توسيع الطريق المؤدية"
    " إلى المدخل الشمالي، وأن البلدية خصصت لها المبلغ اللازم في ميزانية العام الجديد."
)
PARAGRAPHS = (FIRST, SECOND, THIRD)
TITLE = "حديقة جديدة على ضفة النهر في قصر الريحان"
MENU = "".join(
    f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("الرئيسية", "سياسة", "رياضة", "ثقافة"))
)
STORIES = (
    "وزير النقل يتفقد أعمال المطار الجديد في العاصمة",
    "فريق الساحل يفوز بكأس المدينة للمرة الثالثة",
    "أمطار غزيرة متوقعة على المرتفعات نهاية الأسبوع",
    "معرض الكتاب يستقبل مئة ألف زائر في أيامه الأولى",
    "دراسة جديدة عن طيور البحيرة المالحة وهجرتها",
    "افتتاح خط السكة الحديد بين الميناء والسوق القديم",
)

LD = '<script type="application/ld+json">{}</script>'
NEWS = '{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}",{rest}}}'


DATE = "2015-11-21T21:59:00+03:00"
PRINTED = '<div class="meta">السبت 21 نوفمبر 2015</div>'
ABOVE = f"<h1>{TITLE}</h1>"


def article_page(
    head: str = "",
    above: str = f"<h1>{TITLE}</h1>",
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    below: str = "",
    title: str = f"{TITLE} - منبر الضفة",
) -> str:
    """A page with menu, headline, paragraphs, related stories and a foot."""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    related = "".join(f'<li><a href="/s/{n}">{story}</a></li>' for n, story in enumerate(STORIES[:3]))
    return (
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{title}</title>{head}</head>\n"
        f"<body><nav><ul>{MENU}</ul></nav>\n"
        f"<article>{above}\n<div class='text'>{text}</div>{below}</article>\n"
        f"<aside><h3>مواضيع ذات صلة</h3><ul>{related}</ul></aside>\n"
        "<footer><p>جميع الحقوق محفوظة © منبر الضفة</p></footer></body></html>\n"
    )


def front_page() -> str:
    """A page of linked headlines with a teaser each."""
    teasers = "".join(
        f'<div class="story"><h2><a href="/n/{n}">{story}</a></h2><p>{SECOND[:90]}</p></div>'
        for n, story in enumerate(STORIES)
    )
    return (
        '<html lang="ar"><head><meta charset="utf-8"><title>منبر الضفة</title></head>'
        f"<body><ul>{MENU}</ul>{teasers}</body></html>"
    )


def record(
    kind: str, content: bytes, uri: str = "", date: str = "2015-11-23T10:00:00Z", *, length: int | None = None
) -> bytes:
    """A record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:{len(content)}>\r\n"
    )
    head += f"WARC-Target-URI: {uri}\r\n" if uri else ""
    head += f"Content-Length: {len(content) if length is None else length}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def answer(
    page: bytes | str,
    uri: str = "http://minbar.example/news/1.html",
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    headers: str = "",
    date: str = "2015-11-23T10:00:00Z",
) -> bytes:
    """A record that holds what a server answered."""
    body = page.encode() if isinstance(page, str) else page
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode()
    return record("response", head + body, uri, date)


def chunked(body: bytes, size: int = 100) -> bytes:
    """A body in chunks, as HTTP/1.1 sends it."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def packed(page: str) -> bytes:
    """A page as gzip."""
    return gzip.compress(page.encode(), mtime=0)


def ld(rest: str, title: str = TITLE) -> str:
    """JSON-LD of a news article."""
    return LD.format(NEWS.format(title=title, rest=rest))


def meta(name: str, content: str) -> str:
    """A meta tag."""
    return f'<meta property="{name}" content="{content}">'


def shown(page: str, span: Span | None) -> str:
    """What a span shows of a page, as it reads."""
    assert span is not None
    return clean_line(unescape(page[span.start : span.end]))
