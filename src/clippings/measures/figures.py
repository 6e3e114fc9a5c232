"""The frames that figures take, from the frames of a corpus: each function is named as its figure in ``plots``."""

from __future__ import annotations

import datetime
import re

import pandas as pd

from clippings.arguments import text as check_text
from clippings.measures.checks import KEY, require, texts_of

_UNKNOWN = "unknown"
# A day or a month; a year alone lies in no quarter.
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")


def voices(quotes: pd.DataFrame, *, unnamed: str = "") -> pd.DataFrame:
    """Return how many words each speaker is quoted for, the most quoted first, as ``plots.voices`` draws it.

    Args:
        quotes: one row a quotation: ``speaker``, ``affiliation``, ``country``, ``kind``, ``text``.
        unnamed: the name under which quotations without a speaker are counted; without it they are left out.

    Returns:
        One row a speaker: ``speaker``, ``label`` (the affiliation and country given most often, else ``unknown``),
        ``words`` (within quotation marks) and ``reported`` (words reported without marks). Words are what blanks part.

    Raises:
        MissingColumn: a column is not there.
        ArgumentError: ``unnamed`` is not a string.
        ValueError: a text is missing.

    >>> import clippings as cl
    >>> page = '"We wait," said Anna Petrova of the Minsk Institute. "It is late," Anna Petrova said.'
    >>> voices(cl.Corpus(cl.parse(page, layout="plain")).annotate().quotes).to_dict("records")
    [{'speaker': 'Anna Petrova', 'label': 'Minsk Institute, BY', 'words': 5, 'reported': 0}]
    """
    require(quotes, ["speaker", "affiliation", "country", "kind", "text"], "quotes")
    check_text("unnamed", unnamed, "give the name of a row, or leave it out")
    words = pd.Series([len(text.split()) for text in texts_of(quotes, "quotes")], index=quotes.index, dtype=int)
    is_reported = quotes["kind"] == "reported"
    rows = (
        quotes[["speaker"]]
        .astype(object)
        .assign(label=_labels(quotes), words=words.where(~is_reported, 0), reported=words.where(is_reported, 0))
    )
    if unnamed:
        rows.loc[rows["speaker"].isna(), ["speaker", "label"]] = [unnamed, ""]
    by_speaker = rows.groupby("speaker", sort=False)
    found = by_speaker[["words", "reported"]].sum()
    found.insert(0, "label", by_speaker["label"].agg(_commonest))
    found = found.reset_index()
    return found.sort_values(["words", "reported", "speaker"], ascending=[False, False, True], ignore_index=True)


def _labels(quotes: pd.DataFrame) -> list[str]:
    given = quotes[["affiliation", "country"]].to_numpy(dtype=object)
    return [", ".join(str(word) for word in row if pd.notna(word)) or _UNKNOWN for row in given]


def _commonest(labels: pd.Series) -> str:
    """Return the label given most often, of equals the first; one that says something before ``unknown``."""
    said = labels[labels != _UNKNOWN]
    counted = (said if len(said) else labels).value_counts(sort=False)
    return str(counted.idxmax())


def chronology(clippings: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return how many clippings of each quarter are on each theme, as ``plots.chronology`` draws it.

    Args:
        clippings: one row a clipping: ``id``, ``item``, ``date`` (a date, or ISO 8601 of a day or a month).
        themes: one row a mark: ``id``, ``item``, ``theme``; marks of clippings that are not given count for nothing.

    Returns:
        One row a theme and quarter in which something was printed: ``theme``, ``quarter`` (``2007Q4``), ``clippings``
        (on that theme, each once) and ``of`` (all of that quarter). Themes stand in the order of their names.

    Raises:
        MissingColumn: a column is not there.
        ValueError: a date is missing, or is a year alone.

    >>> clippings = pd.DataFrame({"id": ["a", "b"], "item": [0, 0], "date": ["2007-11-02", "2007-12"]})
    >>> themes = pd.DataFrame({"id": ["a", "a"], "item": [0, 0], "theme": ["alliances", "alliances"]})
    >>> chronology(clippings, themes).to_dict("records")
    [{'theme': 'alliances', 'quarter': '2007Q4', 'clippings': 1, 'of': 2}]
    """
    require(clippings, [*KEY, "date"], "clippings")
    require(themes, [*KEY, "theme"], "themes")
    dated = clippings[KEY].assign(quarter=_quarters(clippings["date"])).drop_duplicates(KEY)
    on_theme = themes[[*KEY, "theme"]].drop_duplicates().merge(dated, on=KEY)
    quarters, names = sorted(set(dated["quarter"])), sorted(set(on_theme["theme"]))
    every = pd.MultiIndex.from_product([names, quarters], names=["theme", "quarter"])
    counted = on_theme.groupby(["theme", "quarter"]).size().reindex(every, fill_value=0).rename("clippings")
    return counted.reset_index().assign(of=lambda rows: rows["quarter"].map(dated.groupby("quarter").size()))


def _quarters(dates: pd.Series) -> list[str]:
    found = []
    for row, date in enumerate(dates.tolist()):
        month = _month(date)
        if not month:
            raise ValueError(
                f"clippings: the column 'date' holds {date!r} in row {row}, where a day or a month must be, "
                "as '2007-11-02' or '2007-11'; leave such rows out"
            )
        found.append(f"{month[:4]}Q{(int(month[5:7]) + 2) // 3}")
    return found


def _month(date: object) -> str:
    """Return the year and month of a date as ISO 8601 writes them; empty where it has none."""
    if isinstance(date, datetime.date) and not pd.isna(date):
        return f"{date:%Y-%m}"
    return date if isinstance(date, str) and _MONTH.fullmatch(date) else ""
