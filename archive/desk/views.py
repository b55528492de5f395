"""The queue of articles: one a screen, the original beside the fields, every step a plain form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.admin.base import curator_of
from archive.dates import InvalidDate
from archive.desk.conflicts import conflict_page
from archive.desk.fields import shown_fields, values_of
from archive.desk.pages import for_curators, queue_page
from archive.desk.place import (
    Place,
    asked_kind,
    forget_act,
    last_act,
    place_of,
    put_off_one,
    remember_act,
)
from archive.desk.suggestions import Suggestion, suggestions_for
from archive.desk.typed import Typed, put_in, read_typed
from archive.desk.typed_dates import in_both_calendars, read_typed_date
from archive.display.evidence import Note, notes
from archive.display.source_pages import SourcePage, source_page
from archive.models import Act, Article, Author, Evidence
from archive.selectors.choices import agency_choices, outlet_choices
from archive.selectors.queue import OF_ARTICLES, Kind, Narrowed, queue_of
from archive.selectors.reading import siblings_in_source
from archive.services.acting import acting
from archive.services.acts import undo_act
from archive.services.articles import ChangedMeanwhile, curate_article
from archive.services.originals import OriginalMissing
from archive.services.status import PartOfAnother
from archive.services.withdrawal import NoReason, withdraw


@for_curators
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """To the first reason for which something waits."""
    found = (kind for kind in Kind if queue_of(kind=kind, narrowed=Narrowed()))
    return redirect("queue:kind", next(found, Kind.UNTITLED))


@for_curators
@require_safe
def kind_page(request: HttpRequest, kind: str) -> HttpResponse:
    """To the first thing of a queue; a page that says so where nothing waits."""
    place = place_of(request, asked_kind(kind), None)
    if place.after is not None:
        return redirect(place.next_address)
    return queue_page(request, "admin/queue/empty.html", place, {})


@for_curators
def item(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """One article of a queue, to be looked at and decided."""
    asked = asked_kind(kind)
    if asked not in OF_ARTICLES:
        raise Http404
    place, article = place_of(request, asked, key), article_at(key)
    if request.method != "POST":
        return _shown(request, place, article, Screen())
    match request.POST.get("do"):
        case "later":
            put_off_one(request, asked, key)
            return redirect(place.next_address)
        case "withdraw":
            return _withdraw(request, place, article)
        case "accept":
            return _accept(request, place, article)
        case _:
            return _filled(request, place, article)


def article_at(key: int) -> Article:
    """An article with what its screen shows. Raises: Http404."""
    found = Article.objects.select_related("outlet", "source")
    evidence = Prefetch("evidence", Evidence.objects.select_related("curator"))
    authors = Prefetch("authors", Author.objects.annotate(articles_borne=Count("articles")))
    found = found.prefetch_related("agencies", authors, evidence)
    article = found.filter(pk=key).first()
    if article is None:
        raise Http404
    return article


@dataclass(frozen=True, slots=True)
class Screen:
    """How the form stands: as the article is, or as it was typed; `taken`: the suggestion put in."""

    typed: Typed | None = None
    taken: Suggestion | None = None


def _shown(
    request: HttpRequest, place: Place, article: Article, screen: Screen, status: int = 200
) -> HttpResponse:
    """The screen of an article (some twenty queries)."""
    read = notes(piece for piece in article.evidence.all() if piece.curator_id is None)
    original = original_of(article, read)
    suggestions = suggestions_for(article, _text_of(article, original))
    typed = screen.typed
    values = dict(typed.values) if typed else values_of(article)
    new = typed.new if typed else frozenset()
    if screen.taken is not None:
        values[screen.taken.field] = screen.taken.value
        new |= {screen.taken.field} if screen.taken.new else frozenset()
    hints = tuple(note for note in read if note.field != Evidence.Field.HINT)
    context = {
        "article": article,
        "original": original,
        "fields": shown_fields(article, values, hints, suggestions, typed.errors if typed else {}, new),
        "seen": request.POST.get("seen") or article.changed.isoformat(),
        "outlet_names": outlet_choices(),
        "agency_names": agency_choices(),
        "refused": bool(typed and typed.errors),
    }
    return queue_page(request, "admin/queue/article.html", place, context, status)


def original_of(article: Article, read: tuple[Note, ...]) -> SourcePage | None:
    """The original with its evidence marked; None where it is not in its place."""
    try:
        return source_page(article, read, siblings_in_source(article=article))
    except OriginalMissing:
        return None


def _text_of(article: Article, original: SourcePage | None) -> str:
    ours = (part for part in original.parts if part.ours) if original else iter(())
    lines = ("".join(run.text for run in line.runs) for part in ours for line in part.lines)
    return "\n".join(lines) or article.body


def _filled(request: HttpRequest, place: Place, article: Article) -> HttpResponse:
    """The form again, with a suggestion taken or the date read; nothing is saved."""
    number = request.POST.get("take", "")
    original = original_of(article, ())
    offered = suggestions_for(article, _text_of(article, original))
    taken = next((one for one in offered if str(one.number) == number), None)
    typed = read_typed(article, request.POST)
    if taken is not None:
        typed.errors.pop(taken.field, None)
    return _shown(request, place, article, Screen(typed, taken))


def _accept(request: HttpRequest, place: Place, article: Article) -> HttpResponse:
    typed = read_typed(article, request.POST)
    if typed.errors:
        return _shown(request, place, article, Screen(typed), status=422)
    try:
        act = _save(request, article, typed)
    except ChangedMeanwhile as conflict:
        return conflict_page(request, place, article_at(article.pk), typed, conflict)
    except ValidationError as wrong:
        typed.errors["title"] = " ".join(wrong.messages)
        return _shown(request, place, article, Screen(typed), status=422)
    except PartOfAnother as part:
        messages.error(request, str(part))
        return redirect(place.next_address)
    remember_act(request, act.pk, place.address)
    return redirect(place.next_address)


def _save(request: HttpRequest, article: Article, typed: Typed) -> Act:
    """One act: what was typed is set, what was looked at is locked, the article counts as read."""
    doubted = {piece.field for piece in article.evidence.all() if piece.confidence < Evidence.Confidence.HIGH}
    given = {name for name, value in typed.values.items() if value}
    fields = typed.changed | (given & set(typed.values)) | (doubted & set(typed.values)) | {"status"}
    kind = Act.Kind.CORRECT if typed.changed else Act.Kind.ACCEPT
    curator = curator_of(request)
    with acting(kind=kind, curator=curator) as act:
        names = put_in(article, typed)
        article.status = Article.Status.PUBLISHED
        seen = seen_at(request)
        curate_article(article=article, fields=fields, curator=curator, names=names, seen=seen, kind=kind)
    return act


def seen_at(request: HttpRequest) -> datetime.datetime | None:
    """When the form that is sent was made."""
    try:
        return datetime.datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return None


def _withdraw(request: HttpRequest, place: Place, article: Article) -> HttpResponse:
    reason = " ".join(request.POST.get("reason", "").split())
    try:
        with acting(kind=Act.Kind.WITHDRAW, curator=curator_of(request), note=reason) as act:
            withdraw(articles=[article], reason=reason, curator=curator_of(request))
    except NoReason:
        messages.error(request, _("Say why the article is withdrawn: readers are told."))
        return redirect(place.address)
    except PartOfAnother as part:
        messages.error(request, str(part))
        return redirect(place.address)
    remember_act(request, act.pk, place.address)
    return redirect(place.next_address)


@for_curators
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what this curator did last in the queue, and go back to it."""
    last = last_act(request)
    act = Act.objects.filter(pk=last[0], curator=curator_of(request)).first() if last else None
    if last is None or act is None:
        messages.info(request, _("There is nothing to take back."))
        return redirect("queue:queue")
    forget_act(request)
    done = undo_act(act=act, curator=curator_of(request))
    if done.refused:
        messages.warning(request, _("Not all could be taken back: it was changed again since."))
    else:
        messages.info(request, _("Taken back."))
    return redirect(last[1])


@for_curators
@require_safe
def date(request: HttpRequest) -> JsonResponse:
    """How a typed date is understood, in both calendars, before anything is saved."""
    try:
        typed = read_typed_date(request.GET.get("typed", "")[:300])
    except InvalidDate as error:
        return JsonResponse({"wrong": str(error)})
    said = _("Understood as: %(date)s.") % {"date": in_both_calendars(typed)} if typed else ""
    return JsonResponse({"said": said, "iso": typed.iso if typed else ""})
