"""Articles cut by hand: one split where another begins in its original text, neighbours joined into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils.translation import gettext as _

from archive.ingest.drafts import Draft, article_uid, drafted
from archive.ingest.reading import Reading, Rejected, Span, read_cut
from archive.likeness import TOO_SHORT
from archive.models import Act, Article, Evidence, HandCut, SourceFile
from archive.selectors.names import archive_knowledge
from archive.selectors.runs import run_of
from archive.services import originals
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.duplicates import look_again
from archive.services.fields import CURATED
from archive.services.locking import lock
from archive.services.namebook import NameBook
from archive.services.readings import rows_for
from archive.services.recording import watch, watch_articles
from archive.services.rereading import update_article
from archive.services.saving import save_rows

Status = Article.Status


class CannotShape(ValueError):
    """The articles cannot be cut so: the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """What would become of a stretch of a source, in characters of its text."""

    start: int
    end: int
    title: str
    body: str


def plan_split(*, article: Article, at: Sequence[int]) -> list[Part]:
    """The articles that `split` would make, in order. Raises: CannotShape."""
    return [_part(draft) for draft in _drafts(article, _spans(article, at))]


def split(*, article: Article, at: Sequence[int], curator: User) -> list[Article]:
    """Split an article of a plain text where another begins: before these characters of the source's text.

    The first keeps its permanent name and what curators set of it; the others are named by their places, and
    read by today's rules. No reading again cuts them otherwise. Answers them in order.

    Raises: CannotShape: a mark stands outside, nothing can be read between two, or the text was edited.
    """
    with acting(kind=Act.Kind.SPLIT, curator=curator, note=article.uid):
        (article,) = _held([article])
        spans = _spans(article, at)
        _check_texts([article])
        first, *others = _drafts(article, spans)
        _begin([article])
        names = _names(article.source)
        _cut_anew(article, first, names)
        made = _made(article.source, others, names)
        _end(article.source, [article, *made])
    return [Article.objects.get(pk=one.pk) for one in (article, *made)]


def join(*, articles: Sequence[Article], curator: User) -> Article:
    """Join articles that stand next to each other in a plain text into one, under the name of the first.

    The addresses of the others lead to it; they are withdrawn, with all that is known of them.

    Raises: CannotShape: they are not neighbours, or the text of one was edited.
    """
    with acting(kind=Act.Kind.MERGE_ARTICLES, curator=curator, note=articles[0].uid):
        first, *others = sorted(_held(articles), key=lambda article: article.source_start)
        _check_neighbours(first, others)
        _check_texts([first, *others])
        span = Span(first.source_start, max(article.source_end for article in articles))
        (draft,) = _drafts(first, [span])
        _begin([first, *others])
        _hide(first, others, curator)
        _cut_anew(first, draft, _names(first.source))
        _end(first.source, [first])
        note_changes(uids=[article.uid for article in others])
    return Article.objects.get(pk=first.pk)


def _held(articles: Sequence[Article]) -> list[Article]:
    """These articles as they are now, kept from others until the act has ended."""
    keys = [article.pk for article in articles]
    return list(Article.objects.select_for_update(of=("self",)).select_related("source").filter(pk__in=keys))


def _spans(article: Article, at: Sequence[int]) -> list[Span]:
    marks = sorted(set(at))
    if not marks:
        raise CannotShape(_("mark where another article begins"))
    if marks[0] <= article.source_start or marks[-1] >= article.source_end:
        raise CannotShape(_("mark places within the article, after its beginning and before its end"))
    edges = [article.source_start, *marks, article.source_end]
    return [Span(start, end) for start, end in pairwise(edges)]


def _drafts(article: Article, spans: Sequence[Span]) -> list[Draft]:
    """What today's rules read in these stretches of an article's source. Raises: CannotShape."""
    source = article.source
    if source.format != SourceFile.Format.TEXT:
        raise CannotShape(_("only articles of plain text files can be cut by hand: others come as records"))
    with originals.open_original(source.sha256) as stream:
        items = read_cut(stream, spans, archive_knowledge())
    return [_draft(item, source, span) for item, span in zip(items, spans, strict=True)]


def _draft(item: Reading | Rejected, source: SourceFile, span: Span) -> Draft:
    draft = drafted(item, source.sha256) if isinstance(item, Reading) else item
    if isinstance(draft, Rejected):
        said = {"start": span.start, "end": span.end}
        raise CannotShape(_("nothing can be read from character %(start)d to %(end)d: move the marks") % said)
    return draft


def _part(draft: Draft) -> Part:
    columns = draft.columns
    return Part(columns.source_start, columns.source_end, columns.title, columns.body)


def _check_texts(articles: Sequence[Article]) -> None:
    """Raises: CannotShape: a curator edited the text of one, or one is not there to be read."""
    edited = Evidence.objects.filter(article__in=articles, field=Evidence.Field.BODY, rule=CURATED)
    if uids := list(edited.values_list("article__uid", flat=True)):
        said = {"uids": ", ".join(uids)}
        raise CannotShape(_("a curator edited the text of %(uids)s: take that back first") % said)
    if any(article.status == Status.WITHDRAWN for article in articles):
        raise CannotShape(_("a withdrawn article cannot be cut: restore it first"))


def _check_neighbours(first: Article, others: Sequence[Article]) -> None:
    if not others:
        raise CannotShape(_("choose two articles or more that stand next to each other"))
    if {article.source_id for article in others} != {first.source_id}:
        raise CannotShape(_("only articles of one file can be joined"))
    last = others[-1].source_start
    between = Article.objects.filter(
        source=first.source_id, source_start__gt=first.source_start, source_start__lt=last
    )
    chosen = [article.pk for article in others]
    if between.exclude(status=Status.WITHDRAWN).exclude(pk__in=chosen).exists():
        raise CannotShape(_("another article stands between them: join it too"))


def _begin(articles: Sequence[Article]) -> None:
    watch_articles([article.pk for article in articles], texts=True)
    watch(SourceFile, [articles[0].source_id])


def _names(source: SourceFile) -> NameBook:
    run = run_of(source=source)
    return NameBook(knowledge=archive_knowledge(), run=run, new_outlets=bool(run.options.get("new_outlets")))


def _cut_anew(article: Article, draft: Draft, names: NameBook) -> None:
    """Make an article what its new stretch says, but for what curators set."""
    rows = rows_for(draft, source=article.source, names=names)
    held = Article.objects.prefetch_related("evidence", "agencies", "authors").get(pk=article.pk)
    update_article(article=held, rows=rows, names=names)


def _made(source: SourceFile, drafts: Sequence[Draft], names: NameBook) -> list[Article]:
    """The articles of these drafts: such as was joined to another at this place is itself again."""
    known = Article.objects.filter(uid__in=[draft.columns.uid for draft in drafts], source=source)
    again = {
        article.uid: article
        for article in known.filter(hand_cut__joined_to__isnull=False).select_related("hand_cut")
    }
    new = [draft for draft in drafts if draft.columns.uid not in again]
    rows = [rows_for(draft, source=source, names=names) for draft in _renamed(new, source)]
    if rows:
        save_rows(rows, names)
    _show_again([(again[draft.columns.uid], draft) for draft in drafts if draft.columns.uid in again], names)
    made = [*(row.article for row in rows), *again.values()]
    return sorted(made, key=lambda article: article.source_start)


def _renamed(drafts: Sequence[Draft], source: SourceFile) -> Iterator[Draft]:
    """Drafts numbered after all articles of their source; named by their end too, where another article began
    here once and has kept the name."""
    last = Article.objects.filter(source=source).aggregate(last=Max("ordinal"))["last"]
    uids = [draft.columns.uid for draft in drafts]
    taken = set(Article.objects.filter(uid__in=uids).values_list("uid", flat=True))
    for number, draft in enumerate(drafts, start=last + 1):
        columns = draft.columns._replace(ordinal=number)
        if columns.uid in taken:
            beyond = columns.source_start + (1 << 40) + columns.source_end
            columns = columns._replace(uid=article_uid(source.sha256, beyond))
        yield draft._replace(columns=columns)


def _show_again(parts: Sequence[tuple[Article, Draft]], names: NameBook) -> None:
    """Make articles that were joined to another articles of their own again."""
    for article, draft in parts:
        watch_articles([article.pk], texts=True)
        Evidence.objects.filter(article=article, field=Evidence.Field.STATUS, rule=CURATED).delete()
        Article.objects.filter(pk=article.pk).update(status=Status.IN_REVIEW, text_key=None)
        HandCut.objects.filter(pk=article.pk).update(joined_to=None)
        _cut_anew(article, draft, names)
        note_changes(uids=[article.uid])


def _hide(first: Article, others: Sequence[Article], curator: User) -> None:
    """Make articles parts of another."""
    keys = [article.pk for article in others]
    parts = list(HandCut.objects.filter(joined_to__in=keys).values_list("pk", flat=True))
    watch_articles(parts)
    for key in (*keys, *parts):
        HandCut.objects.update_or_create(article_id=key, defaults={"joined_to": first})
    # no text of its own: else its copies elsewhere would stay hidden behind it
    Article.objects.filter(pk__in=keys).update(status=Status.WITHDRAWN, text_key=TOO_SHORT)
    lock(articles=keys, fields=[Evidence.Field.STATUS], curator=curator)
    look_again(articles=keys, other_words=True)


def _end(source: SourceFile, cut: Sequence[Article]) -> None:
    for article in cut:
        HandCut.objects.get_or_create(article_id=article.pk)
    source.reread_articles = Article.objects.filter(source=source).count()
    source.save(update_fields=["reread_articles"])
    note_changes(uids=[article.uid for article in cut])
