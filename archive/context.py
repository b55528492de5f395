"""What every page says about the archive as a whole, and how it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.middleware import chosen_theme
from archive.selectors.holdings import holdings_summary


def holdings(request: HttpRequest) -> dict[str, Any]:
    """Lazily how many articles and outlets are held (one query, only where shown); and the reader's theme."""
    return {"holdings": holdings_summary, "theme": chosen_theme(request)}
