"""Names in a query and labels in its answer: outlets and agencies as the archive knows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from arabic import analyse
from archive.models import Agency, FormerName, Outlet
from archive.selectors.choices import agency_choices, outlet_choices
from archive.selectors.former import author_aliases, names_now
from search.query.tree import And, InTitle, Named, Node, Not, Or, walk
from search.types import QueryWarning

NAMED: Final[Mapping[str, Callable[[], Sequence[Outlet | Agency]]]] = {
    "outlet": outlet_choices,
    "agency": agency_choices,
}

Bearers = list[tuple[str, list[frozenset[str]]]]
"""Each slug with the words of the names that it goes by."""


class Names:
    """The outlets and agencies of one answer. Each kind is read when it is first asked for, and once.

    Make one for each answer and keep none: what a curator names is known at once.
    """

    def __init__(
        self, *, outlets: Sequence[Outlet] | None = None, agencies: Sequence[Agency] | None = None
    ) -> None:
        """Those given are known already: all that the archive has."""
        given = {"outlet": outlets, "agency": agencies}
        self._known: dict[str, Sequence[Outlet | Agency]] = {
            kind: known for kind, known in given.items() if known is not None
        }
        self._bearers: dict[str, Bearers] = {}

    def bearers(self, kind: str) -> Bearers:
        """Who can be meant by a name of this kind ("outlet", "agency")."""
        if kind not in self._bearers:
            bearers = [(bearer.slug, _names_of(bearer)) for bearer in self._all(kind)]
            now = names_now(kind=FormerName.Kind(kind))
            former = [(slug, [_folded(key)]) for key, slug in now.items()]
            self._bearers[kind] = bearers + former
        return self._bearers[kind]

    def labels(self) -> dict[tuple[str, str], str]:
        """The names of all outlets and agencies in the reader's language, by kind and slug."""
        return {(kind, bearer.slug): bearer.label for kind in NAMED for bearer in self._all(kind)}

    def _all(self, kind: str) -> Sequence[Outlet | Agency]:
        if kind not in self._known:
            self._known[kind] = NAMED[kind]()
        return self._known[kind]


def resolve(tree: Node | None, names: Names) -> tuple[Node | None, tuple[QueryWarning, ...]]:
    """Put slugs for the names of outlets and agencies; a name that nobody bears is taken out, with a warning.
    An author is found by other names too, such as those of authors who were merged into one.

    Asks the database for what is named alone: for the names of a kind, and for those that were merged.
    """
    if tree is None or not any(isinstance(node, Named) for node in walk(tree)):
        return tree, ()
    resolver = _Resolver(names)
    return resolver.rewrite(tree), tuple(resolver.warnings)


def _names_of(bearer: Outlet | Agency) -> list[frozenset[str]]:
    return [_folded(name) for name in (bearer.slug, bearer.name, bearer.name_latin, *bearer.aliases)]


def _folded(name: str) -> frozenset[str]:
    return frozenset(term.normal for term in analyse(str(name)))


class _Resolver:
    def __init__(self, names: Names) -> None:
        self._names = names
        self.warnings: list[QueryWarning] = []

    def rewrite(self, node: Node) -> Node | None:
        match node:
            case And() | Or():
                children = [kept for child in node.children if (kept := self.rewrite(child)) is not None]
                if len(children) < 2:
                    return children[0] if children else None
                return replace(node, children=tuple(children))
            case Not() | InTitle():
                child = self.rewrite(node.child)
                return replace(node, child=child) if child is not None else None
            case Named() if node.kind in NAMED:
                return self._named(node)
            case Named() if node.kind == "author":
                return _with_aliases(node)
            case _:
                return node

    def _named(self, node: Named) -> Named | None:
        wanted = _folded(node.name)
        bearers = self._names.bearers(node.kind)
        exact = [slug for slug, names in bearers if wanted in names]
        slugs = exact or [slug for slug, names in bearers if any(wanted <= name for name in names)]
        if slugs:
            return replace(node, values=tuple(dict.fromkeys(slugs)))
        known = {
            "outlet": _("No outlet is called “%(name)s”; the rest was searched."),
            "agency": _("No agency is called “%(name)s”; the rest was searched."),
        }
        self.warnings.append(QueryWarning(known[node.kind] % {"name": node.name}, node.start, node.end))
        return None


def _with_aliases(node: Named) -> Named | Or:
    """The author, or any who goes by another name that has these words."""
    wanted = set(node.values)
    also = [
        replace(node, values=tuple(term.normal for term in analyse(name)))
        for name, aliases in author_aliases()
        if any(wanted <= _folded(alias) for alias in aliases) and not wanted <= _folded(name)
    ]
    return Or((node, *also), node.start, node.end) if also else node
