"""Where a curator stands: which queue, narrowed to what, at which of how many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from archive.selectors.queue import Kind, Narrowed, queue_of

LATER: Final = "queue_later"
ACTS: Final = "queue_acts"
MOST_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One thing in a queue: its key, its number (0: no more in it), and what stands before and after."""

    kind: Kind
    narrowed: Narrowed
    key: int | None
    number: int
    total: int
    before: int | None
    after: int | None

    @property
    def address(self) -> str:
        """The page of this thing, or of the queue where there is none."""
        return item_address(self.kind, self.key, self.narrowed)

    @property
    def next_address(self) -> str:
        """The page of what comes next."""
        return item_address(self.kind, self.after, self.narrowed)

    @property
    def previous_address(self) -> str:
        """The page of what came before; of the queue where this is the first."""
        return item_address(self.kind, self.before, self.narrowed)


def asked_kind(kind: str) -> Kind:
    """The queue that an address names. Raises: Http404."""
    try:
        return Kind(kind)
    except ValueError as unknown:
        raise Http404 from unknown


def asked_narrowing(request: HttpRequest) -> Narrowed:
    """What an address narrows a queue to; what it cannot mean is left out."""
    run = request.GET.get("run", "")
    number = int(run) if run.isascii() and run.isdigit() and len(run) < 10 else None
    return Narrowed(request.GET.get("outlet", "")[:80], number, request.GET.get("rule", "")[:80])


def narrowing_in_address(narrowed: Narrowed) -> str:
    """The end of an address that keeps a queue narrowed; empty where it is not."""
    asked = {"outlet": narrowed.outlet, "run": narrowed.run, "rule": narrowed.rule}
    kept = urlencode({name: value for name, value in asked.items() if value})
    return f"?{kept}" if kept else ""


def item_address(kind: Kind, key: int | None, narrowed: Narrowed) -> str:
    """The page of one thing in a queue; of the queue itself where there is none."""
    if key is None:
        return reverse("queue:kind", args=[kind]) + narrowing_in_address(narrowed)
    return reverse("queue:item", args=[kind, key]) + narrowing_in_address(narrowed)


def place_of(request: HttpRequest, kind: Kind, key: int | None) -> Place:
    """Where one thing stands for this curator: what was put off comes last."""
    narrowed = asked_narrowing(request)
    order = _with_last(queue_of(kind=kind, narrowed=narrowed), put_off(request, kind))
    if key is None or key not in order:
        first = order[0] if order else None
        return Place(kind, narrowed, key, 0, len(order), None, first)
    at = order.index(key)
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    return Place(kind, narrowed, key, at + 1, len(order), before, after)


def _with_last(order: tuple[int, ...], last: Collection[int]) -> tuple[int, ...]:
    if not last:
        return order
    there = set(order)
    apart = set(last)
    return (*(key for key in order if key not in apart), *(key for key in last if key in there))


def put_off(request: HttpRequest, kind: Kind) -> list[int]:
    """What this curator put off in a queue, in the order in which they did."""
    kept: dict[str, list[int]] = request.session.get(LATER, {})
    return kept.get(kind, [])


def put_off_one(request: HttpRequest, kind: Kind, key: int) -> None:
    """Have one thing come last in its queue."""
    kept: dict[str, list[int]] = request.session.get(LATER, {})
    others = [one for one in kept.get(kind, []) if one != key]
    request.session[LATER] = {**kept, kind.value: [*others, key][-MOST_KEPT:]}


def remember_act(request: HttpRequest, act: int | None, address: str) -> None:
    """Keep what this curator did last and where, so that one key takes it back."""
    if act is not None:
        request.session[ACTS] = [*request.session.get(ACTS, []), [act, address]][-MOST_KEPT:]


def last_act(request: HttpRequest) -> tuple[int, str] | None:
    """The act that the undo key takes back, and the page on which it was done."""
    kept = request.session.get(ACTS, [])
    return (int(kept[-1][0]), str(kept[-1][1])) if kept else None


def forget_act(request: HttpRequest) -> None:
    """Let go of the last act: it was taken back, or cannot be."""
    request.session[ACTS] = request.session.get(ACTS, [])[:-1]
