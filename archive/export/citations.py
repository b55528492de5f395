"""An article for reference managers: RIS, BibTeX and CSL-JSON. Undated stays undated.

`permalink` is the article's address in this archive; it stands in for the printed one where there is none.
Sources: RIS tags as Reference Manager 12 and Zotero read them; CSL-JSON schema 1.0.2, type article-newspaper;
BibTeX fields as biblatex reads them for newspapers, which older styles read too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from archive.export.one_line import one_line
from archive.models import Article

CslItem = dict[str, object]

LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


ARCHIVE: Final = "أرشيف"
"""The name of the archive, as reference managers keep where a thing was found."""
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The names that BibTeX styles know months by."""


def ris(article: Article, permalink: str = "", taken: datetime.date | None = None, note: str = "") -> str:
    """An article in RIS, its record ended by `ER`. `taken`: the day on which it was consulted; `note`: the
    reader's own."""
    tags = [*_ris_tags(article, permalink, taken), *_known("N1", note)]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in tags) + "ER  - \r\n"


def _ris_tags(article: Article, permalink: str, taken: datetime.date | None) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", article.uid
    yield "TI", article.display_title
    for author in article.authors.all():
        yield "AU", author.name
    yield from _known("T2", article.outlet.name if article.outlet else "")
    yield from _known("CY", article.place)
    if article.published is not None:
        yield "PY", f"{article.published.year:04d}"
        yield "DA", _ris_date(article)
    yield from _known("SE", article.section)
    yield from _known("UR", article.url or permalink)
    yield from _known("LA", article.language)
    for agency in article.agencies.all():
        yield "PB", agency.name
    yield from _known("N1", article.published_raw)
    yield "DB", ARCHIVE
    yield "AN", article.uid
    if taken is not None:
        yield "Y2", f"{taken:%Y/%m/%d}/"


def _known(tag: str, value: str) -> Iterator[tuple[str, str]]:
    if value:
        yield tag, value


def _ris_date(article: Article) -> str:
    """`YYYY/MM/DD/`, parts that are not known left empty."""
    parts = (article.published_iso or "").partition("T")[0].split("-")
    return "/".join([*parts, *[""] * (3 - len(parts)), ""])


def bibtex(article: Article, permalink: str = "", taken: datetime.date | None = None, note: str = "") -> str:
    """An article in BibTeX under its UID, an ASCII key that no other article has. `note`: the reader's own,
    in the field that styles leave out."""
    known = [
        *_bibtex_fields(article, permalink, taken),
        *([("annote", f"{{{latex(note)}}}")] if note else []),
    ]
    fields = "".join(f"  {name} = {value},\n" for name, value in known)
    kind = "article" if article.outlet else "misc"
    return f"@{kind}{{arshif-{article.uid},\n{fields}}}\n"


def _bibtex_fields(
    article: Article, permalink: str, taken: datetime.date | None
) -> Iterator[tuple[str, str]]:
    date = (article.published_iso or "").partition("T")[0]
    year, _sign, rest = date.partition("-")
    month = MONTHS[int(rest[:2]) - 1] if rest else ""
    fields = [
        ("title", f"{{{latex(article.display_title)}}}"),
        ("author", " and ".join(f"{{{latex(author.name)}}}" for author in article.authors.all())),
        ("journal", latex(article.outlet.name) if article.outlet else ""),
        ("entrysubtype", "newspaper" if article.outlet else ""),
        ("year", year),
        ("date", date),
        ("address", latex(article.place)),
        ("url", _url(article.url or permalink)),
        ("urldate", taken.isoformat() if taken else ""),
        ("langid", "arabic" if article.language == "ar" else ""),
        ("note", latex("، ".join(agency.name for agency in article.agencies.all()))),
    ]
    yield from ((name, f"{{{value}}}") for name, value in fields if value)
    if month:
        yield "month", month


def latex(text: str) -> str:
    """Text on one line with the signs that LaTeX would obey made harmless."""
    return one_line(text).translate(LATEX)


def _url(url: str) -> str:
    return one_line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def csl_item(article: Article, permalink: str = "") -> CslItem:
    """An article as an item of CSL-JSON."""
    authors = [{"literal": author.name} for author in article.authors.all()]
    item: CslItem = {
        "id": article.uid,
        "type": "article-newspaper",
        "title": article.display_title,
        "author": authors,
        "container-title": article.outlet.name if article.outlet else "",
        "issued": _csl_date(article),
        "publisher-place": article.place,
        "section": article.section,
        "URL": article.url or permalink,
        "language": article.language,
        "archive": ARCHIVE,
        "archive_location": article.uid,
        "source": "، ".join(agency.name for agency in article.agencies.all()),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(article: Article) -> dict[str, list[list[int]]] | None:
    if article.published_iso is None:
        return None
    parts = article.published_iso.partition("T")[0].split("-")
    return {"date-parts": [[int(part) for part in parts]]}
