"""Articles for tests that need some in the database: made by the services that make real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archive.ingest.reading.types import ReadOptions
from archive.ingest.run import IngestRequest, ingest
from archive.models import Article

BODY = "قال المتحدث إن الاجتماع المقبل سيعقد في العاصمة يوم الخميس بحضور الوزراء جميعا"


def take_in(folder: Path, *records: dict[str, Any], new_outlets: bool = True) -> list[Article]:
    """Ingest records as one JSON Lines file; all articles of the archive in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{len(list(folder.iterdir()))}.jsonl"
    text = "".join(json.dumps({"body": BODY, **record}, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
    ingest(IngestRequest(paths=(path,), reading=ReadOptions("jsonl"), new_outlets=new_outlets))
    return list(Article.objects.order_by("pk"))
