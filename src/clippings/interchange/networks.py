"""Networks in GraphML and GEXF: who is quoted in the same clipping, or what is named in the same sentence."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from clippings import arguments
from clippings.corpus import AnnotatedCorpus
from clippings.interchange._pages import refuse_review
from clippings.interchange._xml import clean, package
from clippings.measures import as_graph, cooccurrence

if TYPE_CHECKING:
    import networkx as nx

Network: TypeAlias = Literal["speakers", "entities"]
NETWORKS: tuple[Network, ...] = ("speakers", "entities")
# The day of writing, which would make each run differ.
_DAY = re.compile(rb' lastmodifieddate="[^"]*"')


def graph(annotated: AnnotatedCorpus, network: Network = "speakers") -> nx.Graph[str]:
    """Return the network of an annotated corpus; names that stand with no other are nodes without an edge.

    Args:
        annotated: with the layer ``quotes`` for speakers; ``mentions`` and ``sentences`` for entities.
        network: ``speakers`` who are quoted in one clipping, or ``entities`` named in one sentence.

    Returns:
        a node a name, with how many clippings (sentences) it stands in as ``count``; an edge a pair, with the measures
        of ``cl.measures.cooccurrence``.

    Raises:
        ValueError: there is no such network.
        TypeError: the corpus holds verdicts of coders.
        LayerError: a layer was not run.
        ImportError: networkx is not installed.

    >>> import clippings as cl
    >>> text = '"We wait," said Anna Petrova. "They come," said Ivan Sidorov.'
    >>> graph(cl.Corpus(cl.parse(text, layout="plain")).annotate()).edges["Anna Petrova", "Ivan Sidorov"]["count"]
    1
    """
    arguments.one_of("network", network, NETWORKS)
    refuse_review(annotated, "graph would count what coders rejected")
    package("networkx")
    marks, units, name = _of_speakers(annotated) if network == "speakers" else _of_entities(annotated)
    made = as_graph(cooccurrence(marks, units, name=name))
    alone = marks.dropna(subset=[name])
    for one in alone[name].unique():
        if one not in made:
            in_units = alone[alone[name] == one]
            made.add_node(one, count=len(in_units[["id", "item"]].drop_duplicates()))
    return made


def write(annotated: AnnotatedCorpus, *, form: str, network: Network) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of a network in ``graphml`` or ``gexf``."""
    nx = package("networkx")
    made = graph(annotated, network)
    renamed = nx.relabel_nodes(made, {node: clean(node) for node in made})
    for node in renamed:
        renamed.nodes[node]["label"] = node
    sink = io.BytesIO()
    {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[form](renamed, sink)
    yield "", _DAY.sub(b"", sink.getvalue())


write_graphml = functools.partial(write, form="graphml")
write_gexf = functools.partial(write, form="gexf")


def _of_speakers(annotated: AnnotatedCorpus) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """The quotations, and each clipping as one stretch of text."""
    rows: list[tuple[Any, ...]] = [(one.clipping.id, one.clipping.item, 0, one.clipping.text) for one in annotated]
    whole = pd.DataFrame(rows, columns=["id", "item", "start", "text"])
    return annotated.quotes, whole, "speaker_id"


def _of_entities(annotated: AnnotatedCorpus) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    mentions = annotated.mentions
    return mentions[~mentions["nested"]], annotated.sentences, "entity"
