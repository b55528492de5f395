"""A page's headline: the heading that its declarations repeat, else what they say without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.formats.html.declared import Declarations, Declared
from archive.ingest.reading.formats.html.visible import Visible
from archive.ingest.reading.names import Lexicon, name_key
from archive.ingest.reading.types import Confidence, Finding
from archive.ingest.reading.units import Line

MIN_WORDS: Final = 2
MAX_WORDS: Final = 45
MIN_CUT: Final = 12
"""Letters of a declared title, cut short with dots, that a heading must begin with."""

_SITE_BREAK: Final = re.compile(r"\s+[-–—|:•»«>]+\s+|\s*[|»]\s*|\s*::+\s*")
_CUT: Final = re.compile(r"\s*(?:\.{2,}|…)$")


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The headline and the line that prints it; either can be missing."""

    found: Finding[str] | None
    line: int | None


def find_page_title(
    visible: Visible, lines: Sequence[Line], declared: Declarations, lexicon: Lexicon
) -> PageTitle:
    """The headline of a page that is one article.

    A heading that is within what is declared as title; else what is declared, the site's name taken off, and
    the line that prints it; else the only heading of the first rank.
    """
    said = list(_said(declared))
    headings = [n for n, line in enumerate(lines) if _rank(visible, line)]
    ours = [n for n in headings if _is_headline(lines[n], lexicon) and any(_names(lines[n], t) for t in said)]
    if ours:  # the longest: a site's name in a heading can be part of what is declared, too
        number = max(ours, key=lambda n: (len(lines[n].key), -_rank(visible, lines[n]), -n))
        return PageTitle(_of_line(visible, lines[number], "heading that the page declares"), number)
    if found := _declared(said, declared, lexicon):
        return PageTitle(found, _line_of(lines, found.value))
    firsts = [n for n in headings if _rank(visible, lines[n]) == 1 and _is_headline(lines[n], lexicon)]
    if len(firsts) == 1:
        return PageTitle(_of_line(visible, lines[firsts[0]], "heading", Confidence.MEDIUM), firsts[0])
    return PageTitle(None, None)


def without_site(title: str, declared: Declarations, lexicon: Lexicon) -> str:
    """A declared title without the name of the site before or behind it."""
    names = {name_key(name.value) for name in declared.metas("og:site_name", "application-name")}
    names |= {name_key(name.value) for name in declared.ld.get("publisher.name", ())}
    for _ in range(3):
        shorter = next(_shorter(title, names, lexicon), title)
        if shorter == title:
            break
        title = shorter
    return title


def _shorter(title: str, names: set[str], lexicon: Lexicon) -> Iterator[str]:
    breaks = list(_SITE_BREAK.finditer(title))
    if not breaks:
        return
    ways = (
        (title[: breaks[-1].start()], title[breaks[-1].end() :]),
        (title[breaks[0].end() :], title[: breaks[0].start()]),
    )
    for rest, site in ways:
        is_site = name_key(site) in names or lexicon.outlet(site) or not name_key(site)
        if rest.strip() and is_site:
            yield rest.strip()


def _said(declared: Declarations) -> Iterator[Declared]:
    yield from declared.ld.get("headline", ())
    yield from declared.metas("og:title", "twitter:title", "headline", "dc.title", "title")
    if declared.title:
        yield declared.title


def _declared(said: Sequence[Declared], declared: Declarations, lexicon: Lexicon) -> Finding[str] | None:
    for title in said:
        value = without_site(title.value, declared, lexicon)
        is_site = lexicon.outlet(value) or name_key(value) in {
            name_key(name.value) for name in declared.metas("og:site_name")
        }
        if MIN_WORDS <= len(value.split()) <= MAX_WORDS and not is_site and not _CUT.search(value):
            sure = Confidence.MEDIUM if title is declared.title else Confidence.HIGH
            return Finding(value, title.rule, sure, title.span)
    return None


def _names(line: Line, title: Declared) -> bool:
    """Whether a heading is the title that is declared, or the part of it beside a site's name."""
    key = name_key(title.value)
    if line.key == key:
        return True
    if _CUT.search(title.value):
        return len(key) >= MIN_CUT and line.key.startswith(key)
    at = key.find(line.key)
    return at >= 0 and (line.words >= MIN_WORDS + 1 or at == 0)


def _is_headline(line: Line, lexicon: Lexicon) -> bool:
    return MIN_WORDS <= line.words <= MAX_WORDS and lexicon.outlet(line.text) is None


def _rank(visible: Visible, line: Line) -> int:
    passages = visible.passages_of(line.start, line.end)
    return max((passage.within.heading for passage in passages), default=0)


def _line_of(lines: Sequence[Line], title: str) -> int | None:
    key = name_key(title)
    return next((number for number, line in enumerate(lines) if line.key == key), None)


def _of_line(
    visible: Visible, line: Line, rule: str, confidence: Confidence = Confidence.HIGH
) -> Finding[str]:
    return Finding(line.text, rule, confidence, visible.span(line.start, line.end))
