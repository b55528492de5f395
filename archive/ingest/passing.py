"""How what was read travels from a reading process: values by their fields, in order.

A frozen dataclass with slots asks for its fields anew each time it is packed or unpacked; an article is some
sixty such values, and that took as long as the database did.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from archive.ingest.reading.types import DateHint, Finding, NameRef, PublishedDate, Reading, Segment, Span

PASSED: tuple[type, ...] = (DateHint, Finding, NameRef, PublishedDate, Reading, Segment, Span)


def _packer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


def pass_by_fields() -> None:
    """Have readings packed so in this process from now on."""
    for kind in PASSED:
        copyreg.pickle(kind, _packer(kind))
