"""What the tests of pages look for in HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.found if found == tag]


def requested(html: str) -> list[str]:
    """Every address that a browser asks for by itself in order to show the page."""
    elements = Elements(html)
    asked = [
        tag["src"]
        for name in ("script", "img", "iframe")
        for tag in elements.attributes(name)
        if "src" in tag
    ]
    asked += [
        tag["href"]
        for tag in elements.attributes("link")
        if set(tag.get("rel", "").split()) & {"stylesheet", "icon", "preload", "search"}
    ]
    return asked


def links(html: str, base: str) -> list[str]:
    """Where the page's links lead, without fragments, within the site."""
    found = [urljoin(base, tag["href"]) for tag in Elements(html).attributes("a") if tag.get("href")]
    return [link.split("#")[0] for link in found if not urlsplit(link).netloc]
