"""What every page says about the archive as a whole."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.selectors.holdings import holdings_summary


def holdings(request: HttpRequest) -> dict[str, Any]:
    """Lazily: how many articles and outlets are held, and when the last came in (one query, only where shown)."""
    return {"holdings": holdings_summary}
