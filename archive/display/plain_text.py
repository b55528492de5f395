"""An article as plain text: headline, facts, body, where it was read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from archive.display.dates import written_date
from archive.models import Article


def plain_text(article: Article, address: str) -> str:
    """The article for a reader without a browser. What the archive says stands in square brackets."""
    date = written_date(article)
    said = f"[{date.unknown}]" if date.unknown else ""
    head = (
        article.title or f"[{article.display_title}]",
        article.subtitle,
        article.outlet.name if article.outlet else "",
        " ".join(part for part in (date.text, said) if part),
        "، ".join(author.name for author in article.authors.all()),
    )
    heading = "\n".join(line for line in head if line)
    body = article.body or f"[{_('the source holds no text')}]"
    return f"{heading}\n\n{body}\n\n{address}\n"
