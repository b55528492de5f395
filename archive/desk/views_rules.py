"""All that one rule read in one run, accepted at once after a look at a sample."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from archive.admin.base import curator_of
from archive.desk.pages import for_curators, queue_page
from archive.desk.place import remember_act
from archive.display.evidence import LABELS
from archive.display.rules import rule_in_words
from archive.models import Act, Article, Evidence
from archive.selectors.queue import RuleCount, articles_read_so, rules_of_runs
from archive.services.acting import acting
from archive.services.articles import accept

SAMPLE: Final = 10


@dataclass(frozen=True, slots=True)
class RuleOfRun:
    """A rule of a run in words."""

    count: RuleCount
    label: str
    rule: str


@for_curators
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule that is not sure, by the run that used it, with how many articles wait for it."""
    return queue_page(
        request, "admin/queue/rules.html", None, {"found": list(map(_in_words, rules_of_runs()))}
    )


def _in_words(count: RuleCount) -> RuleOfRun:
    return RuleOfRun(count, str(LABELS.get(count.field, count.field)), rule_in_words(count.rule))


@for_curators
def accept_rule(request: HttpRequest) -> HttpResponse:
    """A sample of what one rule read in one run; a POST accepts all of it, if it is still as many."""
    asked = request.POST if request.method == "POST" else request.GET
    field, rule, run = asked.get("field", ""), asked.get("rule", ""), asked.get("run", "")
    if field not in LABELS or not (run.isascii() and run.isdigit() and len(run) < 10):
        raise Http404
    found = articles_read_so(field=field, rule=rule, run=int(run))
    keys = sorted(set(found.values_list("article", flat=True)))
    count = RuleCount(field, rule, int(run), len(keys))
    if request.method == "POST":
        if request.POST.get("articles") == str(len(keys)):
            return _accepted(request, count)
        messages.warning(request, _("The number has changed since. Look at a sample again."))
    seed = asked.get("sample", "1")[:10]
    drawn = random.Random(f"{seed}{rule}").sample(keys, min(SAMPLE, len(keys)))  # noqa: S311  a sample, no secret
    context = {"one": _in_words(count), "drawn": _read_so(drawn, field, rule), "seed": seed}
    context["other"] = str(int(seed) + 1) if seed.isascii() and seed.isdigit() else "2"
    return queue_page(request, "admin/queue/rule.html", None, context)


def _read_so(keys: list[int], field: str, rule: str) -> list[tuple[Article, str]]:
    """The drawn articles with what the rule read in each (two queries)."""
    read = Evidence.objects.filter(article__in=keys, field=field, rule=rule).order_by("-pk")
    values = dict(read.values_list("article", "value"))
    articles = Article.objects.filter(pk__in=keys).select_related("outlet").defer("segments")
    return [(article, values.get(article.pk, "")) for article in articles.order_by("pk")]


def _accepted(request: HttpRequest, count: RuleCount) -> HttpResponse:
    found = articles_read_so(field=count.field, rule=count.rule, run=count.run)
    note = f"{count.field} · {count.rule} · {count.run}"
    with acting(kind=Act.Kind.ACCEPT, curator=curator_of(request), note=note) as act:
        articles = Article.objects.filter(pk__in=found.values("article"))
        n = accept(articles=articles, fields=[count.field], curator=curator_of(request), note=note)
    remember_act(request, act.pk, request.path.removesuffix("accept/"))
    text = ngettext("%(n)s article accepted.", "%(n)s articles accepted.", n) % {"n": f"{n:,}"}
    messages.success(request, text)
    return redirect("queue:rules")
