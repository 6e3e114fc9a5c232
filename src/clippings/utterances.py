"""Utterances of a corpus: the same words on several pages, with who prints them first and who is said to speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from clippings import diagnostics
from clippings.layers.quotes.full_names import skeleton
from clippings.model import Diagnostic

if TYPE_CHECKING:
    import pandas as pd

_KEY = ["id", "item"]
_OF_FIRST = ["utterance", *_KEY, "start", "end", "text", "date", "outlet"]
_COLUMNS = [*_OF_FIRST, "pages", "wordings", "outlets", "speakers", "conflict"]
_APART = frozenset({"name", "reported"})
_UNNAMED = "unnamed"
_NAMESAKE = " (namesake)"
_SHOWN = 60


@dataclass(frozen=True)
class Utterances:
    """Quotations grouped by their words, with the pages on which each stands.

    Attributes:
        table: one row an utterance: ``utterance`` (its number), ``id``, ``item``, ``start`` and ``end`` of the
            quotation that is printed first, its ``text``, ``date`` and ``outlet``; ``pages`` and ``wordings`` (how
            many there are), ``outlets`` and ``speakers`` (all of them, parted by "; "), and ``conflict``, whether
            speakers conflict.
        quotes: one row a quotation, in the order of the table: ``utterance``, ``id``, ``item``, ``start``, ``end``,
            ``text``, ``wording`` (its number in the utterance), ``date``, ``outlet``, ``speaker``, ``speaker_id`` and
            ``source_type``.
        diagnostics: one for each utterance whose speakers conflict (CLP504).
    """

    table: pd.DataFrame
    quotes: pd.DataFrame
    diagnostics: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        """Count utterances, quotations and conflicts."""
        return (
            f"<Utterances: {len(self.table):,} of {len(self.quotes):,} quotations on several pages, "
            f"{len(self.diagnostics):,} with speakers that conflict>"
        )

    def _repr_html_(self) -> str:
        return str(self.table._repr_html_())  # type: ignore[operator]


class Speaker(NamedTuple):
    """Who is said to speak: name, id, and what speaks."""

    name: str
    id: str | None
    source_type: str | None


def of(quotes: pd.DataFrame, clippings: pd.DataFrame) -> Utterances:
    """Return the utterances among the quotations of some clippings.

    Only words between marks count, no names between marks. The page printed first is that with the earliest date; one
    dated to the month counts as of its last day, one without a date comes last.

    Args:
        quotes: the frame ``quotes``.
        clippings: the frame ``clippings``.

    >>> import clippings as cl
    >>> said = "We shall sign the treaty with them before the winter"
    >>> names = ("Ivan Lapko", "Anna Petrova")
    >>> pages = [cl.parse(f'"{said}," said {name}.', path=name, layout="plain")[0] for name in names]
    >>> found = cl.Corpus(pages).annotate().utterances()
    >>> found.table[["pages", "speakers", "conflict"]].values.tolist()
    [[2, 'Anna Petrova; Ivan Lapko', True]]
    """
    import pandas as pd

    from clippings.measures.same_words import same_words

    spoken = quotes[~quotes["kind"].isin(_APART)]
    grouped = same_words(spoken).rename(columns={"group": "utterance"})
    told = spoken[[*_KEY, "start", "end", "text", "speaker", "speaker_id", "source_type"]]
    dated = clippings[[*_KEY, "path", "date", "date_precision", "outlet"]]
    found = grouped.merge(told, on=[*_KEY, "start", "end"]).merge(dated, on=_KEY)
    is_month = found["date_precision"] == "month"
    found["until"] = found["date"].where(~is_month, found["date"] + pd.offsets.MonthEnd(0))
    found = found.sort_values(["until", *_KEY, "start"], ignore_index=True)
    numbers = {group: number for number, group in enumerate(dict.fromkeys(found["utterance"]))}
    found["utterance"] = found["utterance"].map(numbers).astype("int64")
    found = found.sort_values("utterance", kind="stable", ignore_index=True)
    groups = [rows for _, rows in found.groupby("utterance")]
    listed = [_row(rows) for rows in groups]
    table = pd.DataFrame(listed, columns=_COLUMNS)
    told_of = [_told(rows) for rows, row in zip(groups, listed, strict=True) if row["conflict"]]
    columns = ["utterance", *_KEY, "start", "end", "text", "wording", "date", "outlet"]
    kept = found[[*columns, "speaker", "speaker_id", "source_type"]]
    return Utterances(table, kept, tuple(told_of))


def _row(rows: pd.DataFrame) -> dict[str, object]:
    first = rows.iloc[0]
    return {
        **{name: first[name] for name in _OF_FIRST},
        "pages": len(rows[_KEY].drop_duplicates()),
        "wordings": rows["wording"].nunique(),
        "outlets": _listed(rows["outlet"]),
        "speakers": _listed(rows["speaker"]),
        "conflict": any(conflicts(one, other) for one, other in combinations(_speakers(rows), 2)),
    }


def _listed(values: pd.Series) -> str:
    return "; ".join(sorted(set(values.dropna())))


def _speakers(rows: pd.DataFrame) -> list[Speaker]:
    given = rows[["speaker", "speaker_id", "source_type"]].dropna(subset="speaker").drop_duplicates()
    return [Speaker(*row) for row in given.itertuples(index=False)]


def conflicts(one: Speaker, other: Speaker) -> bool:
    """Tell whether two are not the same speaker for sure; whoever has no name may be any of them.

    >>> conflicts(Speaker("Anna Petrova", "Anna Petrova", "person"), Speaker("Ivan Lapko", "Ivan Lapko", "person"))
    True
    >>> conflicts(Speaker("Sergei Petrov", None, "person"), Speaker("Sergey Petrov", None, "person"))
    False
    >>> conflicts(Speaker("Anna Petrova", "Anna Petrova", "person"), Speaker("official", "official", "unnamed"))
    False
    """
    if _UNNAMED in (one.source_type, other.source_type) or (one.id is not None and one.id == other.id):
        return False
    if any(speaker.id and speaker.id.endswith(_NAMESAKE) for speaker in (one, other)):
        return True
    return not _is_spelling(skeleton(one.name), skeleton(other.name))


def _is_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether names are of one person: surnames alike, and first names alike, an initial, or not given."""
    if one[-1] != other[-1]:
        return False
    first, second = one[:1] if len(one) > 1 else (), other[:1] if len(other) > 1 else ()
    return not first or not second or first == second or min(len(first[0]), len(second[0])) == 1


def _told(rows: pd.DataFrame) -> Diagnostic:
    first = rows.iloc[0]
    text = " ".join(str(first["text"]).split())
    named = rows.dropna(subset="speaker").drop_duplicates("speaker")
    speakers = "; ".join(f"{row.speaker} ({row.id}, item {row.item})" for row in named.itertuples())
    words = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    path = first["path"] if isinstance(first["path"], str) else ""
    return diagnostics.make("CLP504", file=path, words=words, speakers=speakers)
