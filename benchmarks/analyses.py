"""The measures of the library, each over the frames of one annotated corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from ours import BARE, parsed
from steps import Step, over

import clippings as cl
from clippings import measures


def steps(texts: Sequence[str]) -> Iterator[Step]:
    """Yield every measure; the pages stand for the corpus that is measured."""
    annotated = cl.Corpus(parsed(texts)).annotate()
    runs = {**_of_words(annotated), **_of_marks(annotated), **_of_codes(annotated), **_of_shares(annotated)}
    for step, run in runs.items():
        yield Step("measure", step, run, against=BARE, **over(texts))


Runs = Mapping[str, Callable[[], object]]


def _of_words(annotated: cl.AnnotatedCorpus) -> Runs:
    texts, clippings = annotated.texts, annotated.clippings
    half = texts["id"] < clippings["id"].iloc[len(clippings) // 2]
    lines = measures.kwic(texts, "union")
    return {
        "kwic": lambda: measures.kwic(texts, "union"),
        "kwic_html": lambda: measures.kwic_html(lines),
        "frequencies": lambda: measures.frequencies(texts),
        "dispersion": lambda: measures.dispersion(texts, by="id"),
        "keyness": lambda: measures.keyness(texts[half], texts[~half]),
        "near_duplicates": lambda: measures.near_duplicates(texts, dates=clippings),
        "same_words": lambda: measures.same_words(annotated.quotes),
    }


def _of_marks(annotated: cl.AnnotatedCorpus) -> Runs:
    texts, mentions, said = annotated.texts, annotated.mentions, annotated.sentences
    marks = mentions.merge(texts[texts["part"] == "body"][["id", "item", "start", "end"]], on=["id", "item"])
    inside = marks[(marks["start_x"] >= marks["start_y"]) & (marks["end_x"] <= marks["end_y"])]
    chosen = inside.rename(columns={"start_x": "start", "end_x": "end"})
    pairs = measures.cooccurrence(mentions, said)
    return {
        "concordance": lambda: measures.concordance(chosen, texts),
        "cooccurrence": lambda: measures.cooccurrence(mentions, said),
        "cooccurrence, window": lambda: measures.cooccurrence(mentions, said, within="window"),
        "as_graph": lambda: measures.as_graph(pairs),
    }


def _of_codes(annotated: cl.AnnotatedCorpus) -> Runs:
    """Two coders are made of one: the second differs in every tenth unit."""
    codes = pd.crosstab(annotated.themes["id"], annotated.themes["theme"]).clip(upper=1)
    codes = codes.reindex(annotated.clippings["id"], fill_value=0)
    first = codes.reset_index(names="id").melt("id", var_name="theme", value_name="value")
    second = first.assign(value=first["value"].where(np.arange(len(first)) % 10 > 0, 1 - first["value"]))
    coding = pd.concat([first.assign(coder="A"), second.assign(coder="B")])
    names = {"unit": "id", "by": "theme"}
    return {
        "code_pairs": lambda: measures.code_pairs(codes),
        "alpha": lambda: measures.alpha(coding, **names),
        "percent_agreement": lambda: measures.percent_agreement(coding, **names),
        "disagreements": lambda: measures.disagreements(coding, **names),
    }


def _of_shares(annotated: cl.AnnotatedCorpus) -> Runs:
    quotes = annotated.quotes
    frame = quotes.assign(named=quotes["speaker"].notna(), long=quotes["end"] - quotes["start"], odd=quotes.index % 2)
    keep = {"odd": frame["odd"] == 1}
    first, second = frame.loc[keep["odd"], "long"], frame.loc[~keep["odd"], "long"]
    return {
        "wilson": lambda: measures.wilson(int(frame["named"].sum()), len(frame)),
        "mean_difference": lambda: measures.mean_difference(first, second),
        "share_of": lambda: measures.share_of(frame, "named"),
        "share_difference": lambda: measures.share_difference(frame, "named", by="odd", groups=(0, 1)),
        "clustered_share": lambda: measures.clustered_share(frame, "named", cluster="id"),
        "leave_one_out": lambda: measures.leave_one_out(frame, "odd", lambda rest: rest["long"].mean()),
        "variants": lambda: measures.variants(frame, keep, len),
    }
