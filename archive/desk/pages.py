"""What every page of the queue shows: the reasons with their counts, the narrowing, the day's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from archive.admin.base import asked_for, curator_of
from archive.desk.place import (
    Place,
    asked_narrowing,
    item_address,
    last_act,
    narrowing_in_address,
)
from archive.display.evidence import LABELS
from archive.display.rules import rule_in_words
from archive.models import Act, IngestRun
from archive.selectors.choices import outlet_choices
from archive.selectors.queue import Kind, Narrowed, counts_of_queues, rules_in_use

MAY_CURATE: Final = "archive.change_article"
for_curators = asked_for(MAY_CURATE)
"""Lets curators through; who is not signed in at the desk is asked to."""
MOST_RUNS: Final = 30
REASONS: Final[Mapping[Kind, Promise]] = {
    Kind.UNTITLED: pgettext_lazy("queue", "no headline"),
    Kind.UNDATED: pgettext_lazy("queue", "no date"),
    Kind.OUTLET: pgettext_lazy("queue", "outlet unknown"),
    Kind.DOUBTFUL: pgettext_lazy("queue", "not sure"),
    Kind.SHAPE: pgettext_lazy("queue", "one article or several"),
    Kind.PAIRS: pgettext_lazy("queue", "like texts"),
    Kind.FILES: pgettext_lazy("queue", "set aside"),
}


def queue_page(
    request: HttpRequest, template: str, place: Place | None, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page of the queue."""
    narrowed = asked_narrowing(request) if place else Narrowed()
    counts = counts_of_queues(narrowed=narrowed)
    reasons = [
        (REASONS[kind], counts[kind], item_address(kind, None, narrowed), place and place.kind == kind)
        for kind in Kind
    ]
    shared = {
        "place": place,
        "reasons": reasons,
        "narrowed": narrowed,
        "narrowing": narrowing_in_address(narrowed),
        "outlets": outlet_choices(),
        "runs": IngestRun.objects.order_by("-pk")[:MOST_RUNS],
        "rules": _rules(),
        "today": _read_today(request),
        "can_undo": last_act(request) is not None,
    }
    return render(request, template, {**shared, **context}, status=status)


def _rules() -> list[tuple[str, str]]:
    """The doubtful rules in use, as a list to choose from."""
    return [
        (f"{field}:{rule}", f"{LABELS.get(field, field)} · {rule_in_words(rule)}")
        for field, rule in rules_in_use()
    ]


def _read_today(request: HttpRequest) -> int:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    kinds = (Act.Kind.ACCEPT, Act.Kind.CORRECT, Act.Kind.PAIRS, Act.Kind.WITHDRAW)
    acts = Act.objects.filter(curator=curator_of(request), at__gte=midnight, kind__in=kinds)
    return acts.filter(undone_by__isnull=True).aggregate(n=Sum("articles"))["n"] or 0
