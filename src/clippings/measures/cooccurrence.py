"""What is named together: pairs of entities or themes that share a sentence, or stand within some words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from clippings import arguments
from clippings.measures.checks import KEY, need, require, texts_of
from clippings.measures.keyness import surprise
from clippings.search.contexts import WORD

if TYPE_CHECKING:
    import networkx as nx

_PAIR = {"a": "str", "b": "str", "count": "int64", "count_a": "int64", "count_b": "int64"}
_Key = tuple[str, int]
_Floats = npt.NDArray[np.float64]


def cooccurrence(
    marks: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    name: str = "entity",
    within: Literal["sentence", "window"] = "sentence",
    window: int = 10,
) -> pd.DataFrame:
    """Count which names stand together, and measure how far that exceeds chance.

    ``within="sentence"`` asks in how many sentences both stand. An event is a sentence, all sentences given are
    counted, and a name counts once in each. ``within="window"`` takes every pair of marks of different names with
    at most ``window`` words between them in one clipping, sentence bounds aside. An event is such a pair, read in
    both directions; ``count_a`` is then the number of pairs with ``a`` in them.

    With *n* events, ``count`` of the pair and ``count_a``, ``count_b`` of its names:

    - ``jaccard``: count / (count_a + count_b - count);
    - ``ppmi``: log2(count * n / (count_a * count_b)), or 0 where that is negative (Church and Hanks 1990);
    - ``log_likelihood``: G2 of the two by two table of events (Dunning 1993). It grows with any departure from
      chance; where ``ppmi`` is 0, the two stand together no more often than that.

    A mark belongs to the sentence in which it begins; marks outside the sentences, as in a title, are left out.
    A name inside a longer one stands with it by nature: leave out ``nested`` mentions where that is unwanted.

    Args:
        marks: ``id``, ``item``, ``start``, ``end`` and the column ``name``. Marks without a name are left out.
        sentences: ``id``, ``item``, ``start``, ``text``: every sentence to count, those without marks too.
        name: the column that names what is marked: ``entity``, ``theme``.
        within: ``sentence`` or ``window``.
        window: the most words between two marks; marks that touch or overlap have none between them.

    Returns:
        One row a pair that occurs: ``a``, ``b`` (by alphabet), ``count``, ``count_a``, ``count_b``, ``jaccard``,
        ``ppmi``, ``log_likelihood``; the highest ``count`` first.

    Raises:
        MissingColumn: a column is not there.
        ValueError: ``within`` is neither of the two, ``window`` is negative, or a sentence is missing.

    References:
        Church, K. W. and Hanks, P. (1990). Word association norms, mutual information, and lexicography.
        Computational Linguistics 16 (1), 22-29.

        Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational
        Linguistics 19 (1), 61-74.

    >>> said = ["Minsk and Moscow.", "Minsk waits."]
    >>> sentences = pd.DataFrame({"id": "a", "item": 0, "start": [0, 20], "text": said})
    >>> named = {"start": [0, 10, 20], "end": [5, 16, 25], "entity": ["BY", "RU", "BY"]}
    >>> marks = pd.DataFrame({"id": "a", "item": 0, **named})
    >>> cooccurrence(marks, sentences)[["a", "b", "count", "count_a", "count_b", "jaccard"]].values.tolist()
    [['BY', 'RU', 1, 2, 1, 0.5]]
    """
    require(marks, [*KEY, "start", "end", name], "marks")
    require(sentences, [*KEY, "start", "text"], "sentences")
    arguments.whole("window", window, 0)
    if within not in ("sentence", "window"):
        raise ValueError(f"within must be 'sentence' or 'window', not {within!r}")
    placed = _placed(marks.dropna(subset=[name]), sentences, name)
    if within == "sentence":
        pairs, singles = _in_sentences(placed)
        return _measured(pairs, singles, len(sentences))
    pairs = Counter(pair for marks in placed.values() for pair in _near(marks, window))
    return _measured(pairs, _in_pairs(pairs), 2 * pairs.total())


def as_graph(pairs: pd.DataFrame, *, weight: str = "count") -> nx.Graph[str]:
    """Return pairs as an undirected graph: a node a name, an edge a pair.

    Every column of a pair is an attribute of its edge, ``weight`` besides under that name, which is where networkx
    looks for it. Nodes carry their ``count``.

    Args:
        pairs: ``a``, ``b``, ``count_a``, ``count_b`` and more, as ``cooccurrence`` gives them. Leave out rows first to
            thin the graph.
        weight: the column that is the weight of an edge.

    Raises:
        MissingColumn: a column is not there.
        ImportError: networkx, of the extra ``measures``, is not installed.

    >>> pairs = pd.DataFrame({"a": ["BY"], "b": ["RU"], "count": [3], "count_a": [5], "count_b": [4]})
    >>> graph = as_graph(pairs)
    >>> graph.edges["BY", "RU"]["weight"], graph.nodes["BY"]["count"]
    (3, 5)
    """
    require(pairs, ["a", "b", "count_a", "count_b", weight], "pairs")
    graph: nx.Graph[str] = need("networkx").Graph()
    measures = [column for column in pairs.columns if column not in ("a", "b", "count_a", "count_b")]
    for row in pairs.to_dict("records"):
        for end in ("a", "b"):
            graph.add_node(row[end], count=row[f"count_{end}"])
        told = {str(column): row[column] for column in measures}
        graph.add_edge(row["a"], row["b"], **told | {"weight": row[weight]})
    return graph


class _Sentences:
    """The sentences of one clipping, in order of their places, with the places of their words."""

    def __init__(self, rows: list[tuple[int, str]]) -> None:
        rows.sort()
        self._starts = [start for start, _ in rows]
        self._ends = [start + len(text) for start, text in rows]
        self._words = [start + match.start() for start, text in rows for match in WORD.finditer(text)]

    def holding(self, place: int) -> int | None:
        """Return the number of the sentence that holds a place."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self._ends[number] else None

    def words_before(self, place: int) -> int:
        """Count the words that begin before a place."""
        return bisect_left(self._words, place)


# A name with the number of its sentence and the numbers of its first word and of the word after its last.
_Placed = tuple[str, int, int, int]


def _placed(marks: pd.DataFrame, sentences: pd.DataFrame, name: str) -> dict[_Key, list[_Placed]]:
    rows: defaultdict[_Key, list[tuple[int, str]]] = defaultdict(list)
    texts = texts_of(sentences, "sentences")
    for key, item, start, text in zip(*(sentences[c].tolist() for c in [*KEY, "start"]), texts, strict=True):
        rows[key, item].append((start, text))
    pages = {key: _Sentences(held) for key, held in rows.items()}
    placed: defaultdict[_Key, list[_Placed]] = defaultdict(list)
    for key, item, start, end, named in zip(*(marks[c].tolist() for c in [*KEY, "start", "end", name]), strict=True):
        page = pages.get((key, item))
        number = page.holding(start) if page else None
        if page and number is not None:
            placed[key, item].append((str(named), number, page.words_before(start), page.words_before(end)))
    return placed


def _in_sentences(placed: dict[_Key, list[_Placed]]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    held: defaultdict[tuple[_Key, int], set[str]] = defaultdict(set)
    for key, marks in placed.items():
        for named, number, _, _ in marks:
            held[key, number].add(named)
    pairs = Counter(pair for names in held.values() for pair in combinations(sorted(names), 2))
    return pairs, Counter(named for names in held.values() for named in names)


def _near(marks: list[_Placed], window: int) -> Iterator[tuple[str, str]]:
    marks = sorted(marks, key=lambda mark: mark[2])
    for number, (named, _, _, after) in enumerate(marks):
        for other, _, first, _ in marks[number + 1 :]:
            if first - after > window:
                break
            if other != named:
                yield (named, other) if named < other else (other, named)


def _in_pairs(pairs: Counter[tuple[str, str]]) -> Counter[str]:
    singles: Counter[str] = Counter()
    for (a, b), count in pairs.items():
        singles[a] += count
        singles[b] += count
    return singles


def _measured(pairs: Counter[tuple[str, str]], singles: Counter[str], n: int) -> pd.DataFrame:
    rows = [(a, b, count, singles[a], singles[b]) for (a, b), count in pairs.items()]
    found = pd.DataFrame(rows, columns=list(_PAIR)).astype(_PAIR)
    count, in_a, in_b = (found[column].to_numpy(np.float64) for column in ("count", "count_a", "count_b"))
    found["jaccard"] = count / (in_a + in_b - count)
    found["ppmi"] = np.maximum(np.log2(count * n / (in_a * in_b)), 0)
    found["log_likelihood"] = association(count, in_a, in_b, n)
    return found.sort_values(["count", "a", "b"], ascending=[False, True, True], ignore_index=True)


def association(both: _Floats, a: _Floats, b: _Floats, n: int) -> _Floats:
    """Return G2 of two by two tables (Dunning 1993).

    Args:
        both: events with both.
        a: events with the first.
        b: events with the second.
        n: all events.

    >>> association(np.array([110.0]), np.array([2552.0]), np.array([221.0]), 31_777).round(2).tolist()
    [270.72]
    """
    cells = ((both, a, b), (a - both, a, n - b), (b - both, n - a, b), (n - a - b + both, n - a, n - b))
    total = sum((surprise(observed, row * column / n) for observed, row, column in cells), np.zeros_like(both))
    return np.maximum(2 * total, 0)
