"""Plain texts with a table of metadata, as AntConc, Voyant and quanteda read them: the body of each clipping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from clippings.hidden import sound
from clippings.interchange._pages import FACTS, file_names
from clippings.model import Annotated
from clippings.tables import sheets

METADATA = "metadata.csv"
_HEAD = ["filename", "id", "item", *FACTS, "language", "characters"]


def write(annotated: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    """Yield a text for each clipping, and the table that leads from their names to ids, titles, dates and outlets."""
    import pandas as pd

    found = [one.clipping for one in annotated]
    items = Counter(clipping.id for clipping in found)
    keys = [one.id if items[one.id] == 1 else f"{one.id} {one.item}" for one in found]
    rows = []
    for name, clipping in zip(file_names(keys), found, strict=True):
        body = sound(clipping.body.of(clipping.text))
        facts = [clipping.value(fact) for fact in FACTS]
        rows.append([f"{name}.txt", clipping.id, clipping.item, *facts, clipping.language, len(body)])
        yield f"{name}.txt", body.encode()
    yield METADATA, sheets.csv(pd.DataFrame(rows, columns=_HEAD))
