"""Annotations with what coders decided about them: frames with a status, agreement, and precision."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from clippings import arguments
from clippings.corpus import AnnotatedCorpus, Corpus
from clippings.display.pages import summary_html
from clippings.layers import registry
from clippings.layers.registry import KEPT
from clippings.model import Annotated, Diagnostic
from clippings.review import _corrected, _decisions, _rates
from clippings.review._decisions import Decision, Orphan, Settled
from clippings.sequence import ClippingSequence
from clippings.sources import Seen, Sources
from clippings.tables import frames
from clippings.tables.columns import columns

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from clippings.display.pages import Page
    from clippings.utterances import Utterances
    from clippings.viewing.report import Report

Annotations: TypeAlias = ClippingSequence[Annotated]
Whole: TypeAlias = tuple[str, str, str, int]
"""A coder, a layer, and the id and item of a clipping that the coder read whole."""
MACHINE = "clippings"
"""The name of the library among coders."""

_OWN = ("reviews", "conflicts", "orphans")


class CuratedCorpus(ClippingSequence[Annotated]):
    """Annotated clippings with what coders decided; ``cl.review.read`` and ``cl.review.from_frame`` make it.

    The frame of each layer has the columns ``status`` and ``coder``. ``status`` is ``accepted``, ``rejected``,
    ``changed`` (the row holds the corrected values, and nothing that does not follow from them), ``added`` (found by a
    coder alone), ``conflict`` (coders differ; the row is as the library made it) or ``unreviewed``; ``coder`` names who
    decided, joined by semicolons. ``annotated`` keeps the frames as they were.

    Three frames are of the review. ``reviews`` has one row a decision of a coder, with its status and as JSON what it
    changes; a rejection is ``stale`` where the library now finds something else in its place, ``gone`` where it finds
    nothing. ``conflicts`` has those rows of it on which coders differ. ``orphans`` has one row a decision about words
    that cannot be placed for sure in a text that changed, with the reason. ``diagnostics`` has also what was not
    understood in the files of the coders.

    ``first + second`` joins what coders decided about the same clippings.

    Attributes:
        annotated: the annotations that were reviewed.
        coders: the names of the coders, sorted.
        notes: a diagnostic for whatever was not understood or not placed.

    >>> import clippings as cl, pandas as pd
    >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    >>> found = annotated.quotes.assign(layer="quotes", speaker="Anna Petrowa")
    >>> curated = cl.review.from_frame(found, annotated, coder="Jo")
    >>> curated.quotes[["speaker", "status", "coder"]].values.tolist()
    [['Anna Petrowa', 'changed', 'Jo']]
    """

    def __init__(
        self,
        annotated: Annotations,
        decisions: Iterable[Decision] = (),
        orphans: Iterable[Orphan] = (),
        notes: Iterable[Diagnostic] = (),
        whole: Iterable[Whole] = (),
    ) -> None:
        self.annotated = annotated
        self._decisions = tuple(decisions)
        self._orphans = tuple(orphans)
        self.notes = tuple(notes)
        self._whole = frozenset(whole)
        self.coders = tuple(sorted({*(one.coder for one in self._decisions), *(one.coder for one in self._orphans)}))

    @property
    def parts(self) -> tuple[tuple[Decision, ...], tuple[Orphan, ...], tuple[Diagnostic, ...], tuple[Whole, ...]]:
        """What is saved beside the annotations: decisions, orphans, notes, and what was read whole."""
        return self._decisions, self._orphans, self.notes, tuple(sorted(self._whole))

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that were run."""
        return tuple(name for name in KEPT if name in self.annotated.frames)

    @property
    def reviewed(self) -> tuple[str, ...]:
        """The layers that coders decided about."""
        named = {*(one.layer for one in self._decisions), *(one.layer for one in self._orphans)}
        return tuple(name for name in KEPT if name in named)

    @property
    def frames(self) -> tuple[str, ...]:
        """The names of the frames; ``cl.describe(name)`` says what one holds."""
        return (*self.annotated.frames, *_OWN)

    @property
    def failures(self) -> tuple[Diagnostic, ...]:  # type: ignore[override]
        """A diagnostic for each file that could not be read, then for each clipping that could not be annotated."""
        return self.annotated.failures

    @property
    def summary(self) -> str:
        """What became of the files that were seen, in one line."""
        return self._corpus().summary

    def __len__(self) -> int:
        """Count the clippings."""
        return len(self.annotated)

    def __repr__(self) -> str:
        """Count clippings, decisions by status, and what could not be placed or understood."""
        counts = Counter(self.reviews["status"])
        told = [f"{count:,} {status}" for status, count in sorted(counts.items())] or ["nothing reviewed"]
        told += [f"{len(self._orphans):,} orphans"] * bool(self._orphans)
        told += [f"{len(self.notes):,} notes"] * bool(self.notes)
        return f"<CuratedCorpus of {len(self):,} clippings; {', '.join(told)}>"

    def _at(self, place: int) -> Annotated:
        return self.annotated[place]

    def take(self, places: Sequence[int]) -> CuratedCorpus:
        """Return the clippings at these places, counted from 0, in the order of the places."""
        kept = {self._keys[place] for place in places}
        decisions = [one for one in self._decisions if (one.id, one.item) in kept]
        orphans = [one for one in self._orphans if (one.id, one.item) in kept]
        whole = [one for one in self._whole if one[2:] in kept]
        return CuratedCorpus(self.annotated.take(places), decisions, orphans, self.notes, whole)

    def __add__(self, other: CuratedCorpus) -> CuratedCorpus:
        """Return what coders decided in both, about the same clippings.

        Raises:
            ValueError: the two are of other clippings, or their annotations differ.
        """
        if not isinstance(other, CuratedCorpus):
            return NotImplemented
        return self._joined(other)

    def _joined(self, other: CuratedCorpus) -> CuratedCorpus:
        for name in ("clippings", *dict.fromkeys([*self.reviewed, *other.reviewed])):
            if self.annotated is not other.annotated and not _is_same(self.annotated, other.annotated, name):
                raise ValueError(f"the two reviews are of other {name}; read both files with the same annotated corpus")
        return CuratedCorpus(
            self.annotated,
            _once([*self._decisions, *other._decisions]),
            _once([*self._orphans, *other._orphans]),
            _once([*self.notes, *other.notes]),
            self._whole | other._whole,
        )

    @functools.cached_property
    def _settled(self) -> Mapping[str, list[Settled]]:
        return {
            name: _decisions.settled(
                KEPT[name], getattr(self.annotated, name), [one for one in self._decisions if one.layer == name]
            )
            for name in self.reviewed
        }

    def _frame(self, name: str) -> pd.DataFrame:
        import pandas as pd

        if name in KEPT:
            return self._of_layer(name)
        if name == "diagnostics":
            found = self.annotated.diagnostics
            return pd.concat([found, frames.diagnostics(self.notes)], ignore_index=True) if self.notes else found
        if name == "orphans":
            return pd.DataFrame([_orphan(one) for one in self._orphans], columns=list(columns("orphans")))
        if name == "reviews":
            rows = [self._review(one) for found in self._settled.values() for one in found]
            return pd.DataFrame(rows, columns=list(columns("reviews")))
        if name == "conflicts":
            return self._conflicts()
        machine: pd.DataFrame = getattr(self.annotated, name)
        return machine

    def _review(self, one: Settled) -> tuple[Any, ...]:
        of, (start, end) = one.decision, one.decision.place
        words = self._text(of.id, of.item)[start:end]
        changes = json.dumps(one.changes, ensure_ascii=False) if one.changes else None
        place = (of.id, of.item, of.layer, start, end, words)
        return (*place, of.coder, one.status, changes, of.comment or None, of.weight, of.file or None, of.row or None)

    def _text(self, name: str, item: int) -> str:
        return self.annotated[name, item].clipping.text

    def _conflicts(self) -> pd.DataFrame:
        at: list[int] = []
        number = 0
        for found in self._settled.values():
            apart = [*_decisions.by_row(found).values(), *_decisions.additions(found).values()]
            differ = {id(one) for some in apart if _decisions.together(some) == "conflict" for one in some}
            at += [number + place for place, one in enumerate(found) if id(one) in differ]
            number += len(found)
        places = ["layer", "id", "item", "start", "end"]
        return self.reviews.iloc[at].sort_values(places, kind="stable").reset_index(drop=True)

    def _of_layer(self, name: str) -> pd.DataFrame:
        found = self._settled.get(name, [])
        return _rates.curated(KEPT[name], getattr(self.annotated, name), found, self._keys, self._text)

    def precision(
        self, by: str | Sequence[str] | None = "rule", *, layer: str | None = None, confidence: float = 0.95
    ) -> pd.DataFrame:
        """Return how often the library was right, by rule or any other columns, with Wilson's interval.

        Right is what was accepted; what was rejected or changed in anything was not. What coders disagree on, and what
        nobody reviewed, is counted and left out. Rows of a sample count for as many as they stand for: where these
        numbers differ, the share is weighted, and its interval that of the number of rows it is worth.

        Args:
            by: columns of the layer as the library made it; None for all rows together.
            layer: which one; that which was reviewed if not given.
            confidence: of the interval, between 0 and 1.

        Returns:
            One row a group: the columns of ``by``, ``precision``, ``low``, ``high``, ``worth`` (the number of rows that
            the interval rests on), ``accepted``, ``changed``, ``rejected``, ``conflict``, ``unreviewed``. ``precision``
            and its bounds are NaN where nothing was decided.

        Raises:
            ValueError: several layers were reviewed, or none, and ``layer`` is not given.
            MissingColumn: there is no such column.

        >>> import clippings as cl
        >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
        >>> curated = cl.review.from_frame(annotated.quotes.assign(layer="quotes"), annotated, coder="Jo")
        >>> curated.precision()[["rule", "precision", "accepted"]].values.tolist()
        [['inverted cue', 1.0, 1]]
        """
        if by is not None and not isinstance(by, str):
            arguments.several("by", by, str, "give the names of columns")
        name = self._only(layer)
        return _rates.precision(getattr(self.annotated, name), self._settled.get(name, []), by, confidence)

    def coding(self, *, layer: str | None = None, machine: bool = False) -> pd.DataFrame:
        """Return what each coder says of each annotation, in the long form that ``measures`` takes.

        Args:
            layer: which one; that which was reviewed if not given.
            machine: have the library among the coders, as ``clippings``.

        Returns:
            One row a coder and annotation: ``unit`` (its clipping and place), ``coder``, ``verdict`` (the status) and
            ``value`` (what the layer is about, such as the speaker; ``(none)`` where it is empty, ``(rejected)``, or
            ``(absent)`` where a coder read the clipping whole and did not mark what another one added).

        Raises:
            ValueError: several layers were reviewed, or none, and ``layer`` is not given.

        >>> import clippings as cl
        >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain", path="1.txt")).annotate()
        >>> curated = cl.review.from_frame(annotated.quotes.assign(layer="quotes"), annotated, coder="Jo")
        >>> curated.coding(machine=True).values.tolist()
        [['1 0 0-10', 'Jo', 'accepted', 'Anna Petrova'], ['1 0 0-10', 'clippings', 'accepted', 'Anna Petrova']]
        """
        name = self._only(layer)
        whole = [(coder, (key, item)) for coder, of, key, item in self._whole if of == name]
        found = self._settled.get(name, [])
        return _rates.coding(KEPT[name], getattr(self.annotated, name), found, whole, MACHINE if machine else None)

    def agreement(self, *, layer: str | None = None, machine: bool = False, seed: int = 0) -> pd.DataFrame:
        """Return how far coders agree, on their verdicts and on the values these lead to.

        Args:
            layer: which one; that which was reviewed if not given.
            machine: have the library among the coders; it has values, and no verdicts.
            seed: of the draws of the interval.

        Returns:
            One row for ``verdict`` and one for ``value``, named in the column ``of``: what ``measures.alpha`` and
            ``measures.percent_agreement`` give. See ``coding`` for what is compared.

        Raises:
            ValueError: several layers were reviewed, or none, and ``layer`` is not given.

        >>> import clippings as cl, pandas as pd
        >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
        >>> found = annotated.quotes.assign(layer="quotes")
        >>> curated = cl.review.from_frame(pd.concat([found.assign(coder="Jo"), found.assign(coder="Al")]), annotated)
        >>> curated.agreement()[["of", "units", "agreed"]].values.tolist()
        [['verdict', 1, 1], ['value', 1, 1]]
        """
        return _rates.agreement(self.coding(layer=layer, machine=machine), with_verdicts=not machine, seed=seed)

    def corrected(self) -> AnnotatedCorpus:
        """Return the annotations as coders hold them right: what was rejected is gone, what was added is there.

        What coders differ on, and what nobody reviewed, is as the library made it. Who decided what is not in it;
        ``reviews`` says that. It can be shown, reported, and written in any format of ``cl.interchange``.

        >>> import clippings as cl
        >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
        >>> found = annotated.quotes.assign(layer="quotes", speaker="Anna Petrowa")
        >>> cl.review.from_frame(found, annotated, coder="Jo").corrected()[0].quotes[0].speaker
        'Anna Petrowa'
        """
        layers = {name: self._of_layer(name) for name in self.reviewed}
        return AnnotatedCorpus(list(_corrected.pages(iter(self.annotated), layers)), self._corpus(), self.layers)

    def _corpus(self) -> Corpus:
        """The clippings, with the account of the files they were read from."""
        if isinstance(self.annotated, AnnotatedCorpus):
            return self.annotated.corpus
        sources = Sources()
        sources.rows += [Seen(*row) for row in self.annotated.sources.itertuples(index=False)]
        return Corpus([page.clipping for page in self.annotated], self.failures, sources=sources)

    def report(self, path: str | Path | None = None) -> Report:
        """Return a report on the annotations as coders hold them right; the rest is as with ``corrected().report``."""
        return self.corrected().report(path)

    def browse(self) -> Page:
        """Return the annotations as coders hold them right, to step through in a notebook."""
        return self.corrected().browse()

    def utterances(self) -> Utterances:
        """Return the same words on several pages, of the quotations as coders hold them right."""
        return self.corrected().utterances()

    def _only(self, layer: str | None) -> str:
        if layer is None and len(self.reviewed) != 1:
            raise ValueError(f"reviewed are {', '.join(self.reviewed) or 'no layers'}; name one with layer=")
        (name,) = registry.names(layer or self.reviewed[0])
        getattr(self.annotated, name)  # One that was not run is a LayerError.
        return name

    def _repr_html_(self) -> str:
        counts = sorted(Counter(self.reviews["status"]).items())
        facts = [("clippings", len(self)), *counts, ("orphans", len(self._orphans)), ("notes", len(self.notes))]
        return summary_html("Curated corpus", [(name, f"{count:,}") for name, count in facts])


T = TypeVar("T")


def _once(found: Iterable[T]) -> list[T]:
    return list({repr(one): one for one in found}.values())


def _is_same(one: Annotations, other: Annotations, name: str) -> bool:
    frame: pd.DataFrame = getattr(one, name)
    return frame.equals(getattr(other, name))


def _orphan(one: Orphan) -> tuple[Any, ...]:
    values = json.dumps(one.values, ensure_ascii=False) if one.values else None
    place = (one.id, one.item, one.layer, one.text)
    return (*place, one.coder, one.verdict, one.reason, values, one.file or None, one.row or None)
