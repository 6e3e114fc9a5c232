"""The library beside two codings of the same pages: where the coders agree, does it too?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from clippings import measures
from clippings.comparing.catalogue import CatalogueError

if TYPE_CHECKING:
    from clippings.model import Annotated

FIRST, SECOND = "clippings", "blind_pages"
"""The tables of the two codings."""
BOTH = "both, where they agree"


def agreement(pages: Iterable[Annotated], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return how well the themes that the library finds agree with two codings of the same pages.

    Args:
        pages: annotated; those that no coding has are left out. Items of one page are taken together.
        tables: of a catalogue, with ``clippings`` and ``blind_pages``: ``id`` and a column of 0 and 1 for each theme,
            empty where a page was not coded.

    Returns:
        Three rows a theme: against what the coders agree on, the first coding and the blind one. ``pages`` counts
        those that are compared, ``agreed`` those coded alike; ``alpha`` is Krippendorff's, with its interval from
        ``low`` to ``high``, missing where all codes are the same.

    Raises:
        CatalogueError: a table is not there, no theme is in both, an id stands twice, or a code is not 0 or 1.

    >>> import clippings as cl
    >>> collection = cl.collection()
    >>> tables = {name: collection.table(name) for name in ("clippings", "blind_pages")}
    >>> agreement(collection.read().annotate(), tables)[["theme", "pages", "agreed"]].head(1).values.tolist()
    [['alliances', 1, 1]]
    """
    missing = [name for name in (FIRST, SECOND) if name not in tables]
    if missing:
        raise CatalogueError(f"no table {' and '.join(missing)} in the catalogue; agreement needs both codings")
    found: dict[str, set[str]] = {}
    for page in pages:
        found.setdefault(page.clipping.id, set()).update(page.document_themes)
    themes = [name for name in tables[SECOND].columns if name in tables[FIRST].columns and name not in ("id", "read")]
    if not themes:
        raise CatalogueError(f"{FIRST} and {SECOND} have no theme in common")
    codes = {name: _codes(name, tables[name], themes) for name in (FIRST, SECOND)}
    ids = [name for name in found if name in codes[FIRST].index and name in codes[SECOND].index]
    rows = [row for theme in themes for row in _against(theme, ids, found, codes)]
    return pd.DataFrame(rows, columns=["theme", "against", "pages", "agreed", "alpha", "low", "high"])


def _codes(name: str, table: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """The codes of each page; missing where it was not coded."""
    if "id" not in table.columns:
        raise CatalogueError(f"{name}: needs the column id; give each page a row with its id")
    text = table.set_index("id")[themes].astype("string").fillna("").apply(lambda column: column.str.strip())
    if twice := text.index[text.index.duplicated()].tolist():
        raise CatalogueError(f"{name}: the id {twice[0]!r} stands in two rows; leave one row for each page")
    codes: pd.DataFrame = text.apply(pd.to_numeric, errors="coerce")
    odd = text.where((text != "") & ~codes.isin([0, 1])).stack().dropna()
    if len(odd):
        (page, theme), cell = odd.index[0], odd.iloc[0]
        raise CatalogueError(f"{name}, id {page!r}: {theme} is {cell!r}; write 0 or 1, or leave it empty")
    return codes


def _against(
    theme: str, ids: list[str], found: Mapping[str, set[str]], codes: Mapping[str, pd.DataFrame]
) -> list[tuple[object, ...]]:
    first, second = (codes[name].loc[ids, theme].dropna() for name in (FIRST, SECOND))
    ours = pd.Series({name: float(theme in found[name]) for name in ids}, dtype=float)
    both = [name for name in first.index if name in second.index and first[name] == second[name]]
    sides = {BOTH: first[both], "the first coding": first, "the blind coding": second}
    return [_row(theme, label, ours[theirs.index], theirs) for label, theirs in sides.items()]


def _row(theme: str, against: str, ours: pd.Series[float], theirs: pd.Series[float]) -> tuple[object, ...]:
    if not len(theirs):
        return theme, against, 0, 0, None, None, None
    parts = [pd.DataFrame({"unit": side.index, "value": side.to_numpy()}) for side in (ours, theirs)]
    coding = pd.concat([part.assign(coder=label) for part, label in zip(parts, ("library", "coder"), strict=True)])
    alpha, low, high = measures.alpha(coding)[["alpha", "low", "high"]].iloc[0]
    same = int((ours.to_numpy() == theirs.to_numpy()).sum())
    return theme, against, len(theirs), same, float(alpha), float(low), float(high)
