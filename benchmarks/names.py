"""Whether a search for a proper name finds that name: ``python -m benchmarks.names [RELEVANCE]``.

Draws names from each collection of RELEVANCE by the rule in benchmarks/drawing.py, searches for each by
`manage.py search --level inflected`, and judges every article by its words: it is right if the name
stands in it, in normal form, by itself or behind particles (و ف, then ب ل ك, then ال; لل for ل with ال);
where only a form stands that more articles hold than hold the name alone, and that may be another word
(كبار for البار with ك), nothing is judged.
*Precision*: of the articles found, how many are right. *Recall*: of the right ones, how many were found.
Both are means over the names, first with ``--no-variants``, as the same name is to stand there, then with
the other spellings that a search adds, every one of which counts as wrong. Pairs of words that must never
be one are looked up too. Exit 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from arabic import analyse, stem
from arabic import letters as l
from benchmarks.collection import KEPT, ROOT, Collection, collection_of
from benchmarks.drawing import ARTICLE, SEED, Name, count, draw, forms_of
from benchmarks.floors import told
from benchmarks.tasks import documents_of, tasks_in

ALL: Final = 10_000
"""The most hits that a batch can be asked for; a name in more articles is judged by the best of them."""
ONLY_AS_TYPED: Final = ("--no-variants",)
WORST: Final = 40
SHOWN_FORMS: Final = 8
CONJUNCTIONS: Final = ("", l.WAW, l.FEH)
PREPOSITIONS: Final = ("", l.BEH, l.LAM, l.KAF)
NEVER_ONE: Final = (
    ("سلمان", "سلم"),
    ("لبنان", "لبن"),
    ("القرآن", "قرية"),
    ("ديون", "والدي"),
    ("وزير", "زير"),
    ("السعودية", "سعود"),
    ("عمان", "عم"),
    ("المانيا", "الماني"),
    ("عدنان", "عدن"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A name, what was found for it, and the forms that matched and are not it (and those of it that
    did not).
    """

    name: Name
    collection: str
    found: int
    right: int
    both: int
    wrong_forms: dict[str, int]
    missed_forms: dict[str, int]

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.right if self.right else 1.0


def with_particles(name: str) -> frozenset[str]:
    """A name in normal form with and without every particle: ``with_particles("تونس")`` holds وبتونس
    and للتونس.
    """
    bare = name.removeprefix(ARTICLE) if len(name) > len(ARTICLE) + 2 else name
    forms = set()
    for conjunction in CONJUNCTIONS:
        for preposition in PREPOSITIONS:
            articled = l.LAM + l.LAM + bare if preposition == l.LAM else preposition + ARTICLE + bare
            forms |= {
                conjunction + preposition + bare,
                conjunction + articled,
                conjunction + preposition + name,
            }
    return frozenset(forms)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that are a name with or without particles, and those that may be another word."""

    sure: frozenset[str]
    doubtful: frozenset[str]


def forms_of_name(name: Name, articles: Mapping[str, int]) -> Forms:
    """The forms of a name, given how many articles hold each form."""
    forms = with_particles(name.form)
    sure = frozenset(form for form in forms if articles.get(form, 0) <= name.articles)
    return Forms(sure, forms - sure)


def judge(
    name: Name, found: Sequence[str], words: Mapping[str, frozenset[str]], same: Forms, collection: str
) -> Judged:
    """Judge the articles found for a name by the words (normal forms) of every article."""
    right = {article for article, forms in words.items() if not same.sure.isdisjoint(forms)}
    judged = [a for a in found if a in right or same.doubtful.isdisjoint(words[a])]
    wanted = stem(name.form)
    wrong = (form for a in judged if a not in right for form in words[a] if stem(form) == wanted)
    missing = (form for a in right - set(found) for form in words[a] & same.sure)
    both = len(right.intersection(judged))
    tops = (dict(Counter(forms).most_common(SHOWN_FORMS)) for forms in (wrong, missing))
    return Judged(name, collection, len(judged), len(right), both, *tops)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The names of a collection, and by article the words that it is judged by."""

    collection: Collection
    names: list[Name]
    forms: dict[str, Forms]
    words: dict[str, frozenset[str]]

    def judged(self, options: Sequence[str] = ()) -> list[Judged]:
        """Search for every name, with further options of the command, and judge what was found."""
        queries = {name.form: name.form for name in self.names}
        run = self.collection.run(queries, level="inflected", limit=ALL, options=options)
        return [
            judge(name, run[name.form], self.words, self.forms[name.form], self.collection.name)
            for name in self.names
        ]


def drawn_from(documents: Path, kept: Path) -> Drawn:
    """Draw the names of a file of documents, and take it into an archive."""
    forms = {
        each["id"]: forms_of(f"{each.get('title') or ''}\n{each['body']}") for each in documents_of(documents)
    }
    counts = count(forms.values())
    names = draw(counts)
    return Drawn(
        collection_of(documents, kept),
        names,
        {name.form: forms_of_name(name, counts.articles) for name in names},
        {article: frozenset(its) for article, its in forms.items()},
    )


def one_word(first: str, second: str) -> bool:
    """Whether two words have a stem in common."""
    return any(a.stem == b.stem for a in analyse(first) for b in analyse(second))


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean."""
    listed = list(values)
    return sum(listed) / len(listed)


def worst_lines(judged: Sequence[Judged], most: int = WORST) -> list[str]:
    """The names that are judged worst, with what wrongly matched and what was missed."""
    ranked = sorted(judged, key=lambda each: each.precision + each.recall)
    return [
        f"{each.name.form:<16}{each.collection:<6}{each.name.kind:<8}{each.right:>6}  {each.precision:.2f} "
        f"{each.recall:.2f}  wrong: {_told(each.wrong_forms)}  missed: {_told(each.missed_forms)}"
        for each in ranked[:most]
        if each.precision + each.recall < 2
    ]


def _told(forms: dict[str, int]) -> str:
    return " ".join(f"{form} ×{seen}" for form, seen in forms.items()) or "—"


def main(arguments: list[str]) -> int:
    """Draw, search, judge, print, and write as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("relevance", type=Path, nargs="?", default=ROOT.parent / "shared" / "relevance")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of the archives (var/benchmarks)")
    parser.add_argument("--out", type=Path, help="JSON written")
    call = parser.parse_args(arguments)
    files = sorted({task.documents for task in tasks_in(call.relevance)})
    drawn = [drawn_from(file, call.kept) for file in files]
    judged = [each for part in drawn for each in part.judged(ONLY_AS_TYPED)]
    widened = [each for part in drawn for each in part.judged()]
    merged = [f"{first} = {second}" for first, second in NEVER_ONE if one_word(first, second)]
    figures = {
        "names/drawn": float(len(judged)),
        "names/precision": mean(each.precision for each in judged),
        "names/recall": mean(each.recall for each in judged),
        "names/with_variants/precision": mean(each.precision for each in widened),
        "names/with_variants/recall": mean(each.recall for each in widened),
        "names/merged_pairs": float(len(merged)),
    }
    _print(judged, merged, figures)
    if call.out:
        _write(call.out, judged, figures, merged)
    return told(figures)


def _print(judged: Sequence[Judged], merged: Sequence[str], figures: dict[str, float]) -> None:
    print("name            from  kind   articles prec rec")
    print("\n".join(worst_lines(judged)))
    for kind, frequency in dict.fromkeys((each.name.kind, each.name.frequency) for each in judged):
        same = [each for each in judged if (each.name.kind, each.name.frequency) == (kind, frequency)]
        precision, recall = mean(each.precision for each in same), mean(each.recall for each in same)
        print(f"{kind:<8}{frequency:<10}{len(same):>4} names  {precision:.3f} {recall:.3f}")
    for what, part in ((f"{len(judged)} names", "names"), ("with variants", "names/with_variants")):
        print(f"{what}: precision {figures[f'{part}/precision']:.4f}, recall {figures[f'{part}/recall']:.4f}")
    print(f"never one word, and yet: {', '.join(merged) or 'none'} (of {len(NEVER_ONE)} pairs)")


def _write(out: Path, judged: Sequence[Judged], figures: dict[str, float], merged: Sequence[str]) -> None:
    names = [{**asdict(each), "precision": each.precision, "recall": each.recall} for each in judged]
    report = {"seed": SEED, "figures": figures, "merged": merged, "names": names}
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
