"""Articles as PDF, set in Amiri: one by itself, or a set behind a page that says what it is.

ReportLab sets letters from left to right and does not join them; `pdf_lines` does that. Pages are laid out
before they are set, so that each can say how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from archive.display.dates import is_written_for_machines, written_date
from archive.display.directions import direction_of_prose
from archive.display.pdf_faces import BOLD, REGULAR, register_faces
from archive.display.pdf_lines import Setter, Style, broken, shortened
from archive.export.about import About, Address
from archive.models import Article

MARGIN = 25 * mm
WIDTH, HEIGHT = A4
ROOM = WIDTH - 2 * MARGIN
MOST_OF_BODY = 60_000
"""Letters of a body that are set, some forty pages; a longer one ends in brackets, and the text has all."""

TITLE = Style(BOLD, 22, 36, 8)
FACTS = Style(REGULAR, 12, 20, 2)
BODY = Style(REGULAR, 14, 26, 10)
SMALL = Style(REGULAR, 9, 12, 0)
HEAD_SHARE = 0.75
"""The part of a line's room that the headline at the head of a page may take."""

Paragraph = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its baseline, which way its paragraph runs, and at which margin it stands."""

    text: str
    style: Style
    y: float
    right_to_left: bool
    at_right: bool


Pages = list[list[Line]]


def article_pdf(article: Article, address: str) -> bytes:
    """The article on A4 pages: headline, facts, body; over each its headline and number, under it the
    permalink."""
    book = _Book(article.display_title, "، ".join(author.name for author in article.authors.all()))
    book.add(article, address)
    return book.finished()


def set_pdf(articles: Iterable[Article], about: About, address: Address) -> bytes:
    """A set of articles behind a page that says what was asked, when, and how many answer; each article
    begins a page and is an entry of the outline. Grows in memory with the set: for limited ones."""
    book = _Book(about.asked, "")
    book.add_front(about)
    held = 0
    for article in articles:
        book.add(article, address(article), about.note_on(article))
        held += 1
    book.add_end(held, about)
    return book.finished()


class _Book:
    """A file being written."""

    def __init__(self, title: str, author: str) -> None:
        register_faces()
        self._buffer = BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, pageCompression=1, initialFontName=REGULAR)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(_("Arshif"))
        self._setter = Setter(self._canvas)
        self._articles = 0

    def add_front(self, about: About) -> None:
        lines: list[Paragraph] = [(about.name, TITLE)]
        lines += [(f"{name}: {value}", FACTS) for name, value in about.lines()]
        self._set_pages(laid_out(lines), about.asked, about.address)

    def add(self, article: Article, address: str, note: str = "") -> None:
        self._articles += 1
        key = f"article-{self._articles}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(article.display_title, key, level=0)
        self._set_pages(laid_out([*_paragraphs(article), *_noted(note)]), article.display_title, address)

    def add_end(self, held: int, about: About) -> None:
        end = _("End of the set: %(held)s articles.") % {"held": f"{held:,}"}
        lines: list[Paragraph] = [(end, FACTS)]
        if not about.is_whole:
            lines.append((_limit(about), FACTS))
        self._set_pages(laid_out(lines), about.asked, about.address)

    def finished(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()

    def _set_pages(self, pages: Pages, title: str, address: str) -> None:
        for number, lines in enumerate(pages, start=1):
            for line in self._head(title, number, len(pages)):
                self._set(line)
            for line in lines:
                self._set(line)
            self._set(Line(shortened(address, SMALL, ROOM), SMALL, MARGIN / 2, False, at_right=False))
            self._setter.finish_page()

    def _head(self, title: str, number: int, of: int) -> Iterator[Line]:
        """The headline from the second page on, and at the other end of its line which page this is; what
        stands at the left first, so that readers of the text see a gap between the two."""
        y, leftwards = HEIGHT - MARGIN / 2, runs_leftwards(title)
        text = _("Page %(number)d of %(of)d") % {"number": number, "of": of}
        count = Line(text, SMALL, y, runs_leftwards(text), at_right=not leftwards)
        if number == 1:
            yield count
            return
        name = Line(shortened(title, SMALL, ROOM * HEAD_SHARE), SMALL, y, leftwards, at_right=leftwards)
        yield from (count, name) if leftwards else (name, count)

    def _set(self, line: Line) -> None:
        edge = WIDTH - MARGIN if line.at_right else MARGIN
        self._setter.set_line(
            line.text,
            line.style,
            edge=edge,
            y=line.y,
            right_to_left=line.right_to_left,
            at_right=line.at_right,
        )


def _limit(about: About) -> str:
    return _("This file is limited to %(rows)s articles; the other formats hold all %(found)s.") % {
        "rows": f"{about.rows:,}",
        "found": f"{about.found:,}",
    }


def _noted(note: str) -> Iterator[Paragraph]:
    """What the reader wrote about an article, behind it and apart from what its source says."""
    if note:
        yield "", BODY
        heading = _("Note of the reader")
        yield f"[{heading}]", FACTS
        yield from ((line.strip(), FACTS) for line in note.splitlines() if line.strip())


def _paragraphs(article: Article) -> Iterator[Paragraph]:
    date = written_date(article, weekday=True)
    yield (article.title or f"[{article.display_title}]"), TITLE
    facts = (
        article.subtitle,
        article.outlet.label if article.outlet else "",
        " ".join(part for part in (date.text, f"[{date.unknown}]" if date.unknown else "") if part),
        "" if is_written_for_machines(article.published_raw) else article.published_raw,
        "، ".join(author.name for author in article.authors.all()),
    )
    yield from ((fact, FACTS) for fact in facts if fact)
    yield "", BODY
    body = article.body[:MOST_OF_BODY] + ("\n[…]" if len(article.body) > MOST_OF_BODY else "")
    body = body or f"[{_('the source holds no text')}]"
    yield from ((line.strip(), BODY) for line in body.splitlines() if line.strip())


def laid_out(paragraphs: Iterable[Paragraph]) -> Pages:
    """Paragraphs in lines on pages, each running as its letters ask."""
    pages: Pages = [[]]
    y = HEIGHT - MARGIN
    for text, style in paragraphs:
        leftwards = runs_leftwards(text)
        for line in broken(text, style, ROOM):
            if y - style.leading < MARGIN:
                pages.append([])
                y = HEIGHT - MARGIN
            y -= style.leading
            pages[-1].append(Line(line, style, y, leftwards, at_right=leftwards))
        y -= style.after
    return pages


def runs_leftwards(text: str) -> bool:
    """Whether a paragraph runs from right to left, as it does on the pages."""
    return direction_of_prose(text) == "rtl"
