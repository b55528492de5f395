"""Articles about the same: those that share the most telling words of one.

Source of the method: tf·idf of the words of the article, as Lucene's MoreLikeThis chooses them; the engine
then ranks the articles that have any of them as it ranks every search.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from arabic import analyse, is_stopword
from archive.models import Article
from archive.selectors.articles import articles_by_uid
from archive.selectors.duplicates import uids_of_like_texts
from search.engine import engine
from search.engines.base import Engine, Question
from search.query.tree import Or, Word
from search.ranking import idf
from search.types import Level
from search.upkeep import hidden_uids

WORDS: Final = 12
"""Words that are searched for: more of them find the same articles later."""
CANDIDATES: Final = 60
"""Words whose rarity is asked for: the most frequent of the article."""
TITLE_COUNTS: Final = 3
"""For how many occurrences one in the title counts."""
MOST_LETTERS: Final = 20_000
"""So much of a text says what it is about."""


def similar_articles(article: Article, limit: int) -> list[Article]:
    """The shown articles nearest to one in what they are about, best first.

    Those that hold the same text are not among them: its page names them apart.

    Raises: IndexMissing: there are articles and no index to search.
    """
    words = telling_words(article, engine())
    if not words:
        return []
    apart = {article.uid, *uids_of_like_texts(article=article)}
    question = Question(Or(words, 0, 0), Level.INFLECTED, limit=limit + len(apart), hidden=hidden_uids())
    uids = [found.uid for found in engine().ask(question).found if found.uid not in apart][:limit]
    held = articles_by_uid(uids=uids)
    return [held[uid] for uid in uids if uid in held]


def telling_words(article: Article, held: Engine) -> tuple[Word, ...]:
    """The words that are frequent in an article and rare in the index, most telling first; particles never,
    and no word that only this article has."""
    counts: Counter[str] = Counter()
    words: dict[str, Word] = {}
    for text, times in ((article.title, TITLE_COUNTS), (article.body[:MOST_LETTERS], 1)):
        for term in analyse(text):
            if not is_stopword(term.normal):
                counts[term.stem] += times
                words.setdefault(term.stem, Word(term.exact, term.exact, term.normal, term.stem, 0, 0))
    candidates = counts.most_common(CANDIDATES)
    having = held.documents_having([words[stem] for stem, _count in candidates])
    documents = held.state().documents
    weighed = [
        (-count * idf(documents, others), stem)
        for (stem, count), others in zip(candidates, having, strict=True)
        if others > 1
    ]
    return tuple(words[stem] for _weight, stem in sorted(weighed)[:WORDS])
