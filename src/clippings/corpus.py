"""Clippings together, and their evidence: iterate them, choose among them, or ask for a tidy frame."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clippings import arguments, progress
from clippings.codebook import Codebook
from clippings.display.pages import summary_html
from clippings.layers import registry, running
from clippings.model import Annotated, Clipping, Diagnostic
from clippings.sequence import AnnotatedSequence, ClippingSequence
from clippings.sources import Sources
from clippings.tables import frames

if TYPE_CHECKING:
    import pandas as pd


class Corpus(ClippingSequence[Clipping]):
    r"""Clippings in the order read, with the failures among the files asked for.

    Attributes:
        failures: a diagnostic for each file that could not be read.
        unread: a diagnostic for each file that was left out, such as one of a kind that is not read.
        notes: a diagnostic for each row of a table of metadata that is about no file.

    >>> import clippings as cl
    >>> corpus = Corpus(cl.parse("DATE:\n\n02/11/2007\n\nMinsk was quiet."))
    >>> len(corpus), corpus[0].date
    (1, '2007-11-02')
    """

    def __init__(
        self, found: Sequence[Clipping], failures: Iterable[Diagnostic] = (), *, sources: Sources | None = None
    ) -> None:
        arguments.several("found", found, Clipping, "give clippings, as parse returns them; for files there is read")
        self._found = tuple(found)
        self.failures = tuple(failures)
        self._sources = sources or Sources.of(self._found, self.failures)
        self.unread = tuple(self._sources.unread)
        self.notes = tuple(self._sources.notes)

    @property
    def frames(self) -> tuple[str, ...]:
        """The names of the frames; ``cl.describe(name)`` says what one holds."""
        return (*frames.OF_PAGES, "diagnostics", "sources")

    def __len__(self) -> int:
        """Count the clippings."""
        return len(self._found)

    def _at(self, place: int) -> Clipping:
        return self._found[place]

    def take(self, places: Sequence[int]) -> Corpus:
        """Return the clippings at these places, counted from 0, in the order of the places."""
        return self._with([self._found[place] for place in places], self.failures)

    def _joined(self, other: Corpus) -> Corpus:
        failures = dict.fromkeys([*self.failures, *other.failures])
        return Corpus([*self, *other], failures, sources=self._sources.joined(other._sources))

    def _with(self, found: Sequence[Clipping], failures: Iterable[Diagnostic]) -> Corpus:
        """A corpus of other clippings that keeps what is known of how this one was read."""
        return Corpus(found, failures, sources=self._sources)

    def _frame(self, name: str) -> pd.DataFrame:
        if name == "diagnostics":
            of_pages = (one for clipping in self for one in clipping.diagnostics)
            return frames.diagnostics([*self.failures, *self.unread, *self.notes, *of_pages])
        if name == "sources":
            return frames.frame("sources", self._sources.rows)
        return frames.OF_PAGES[name](self)

    def __repr__(self) -> str:
        """Count clippings and failures, and sum up what was read."""
        return f"<Corpus of {len(self):,} clippings, {len(self.failures):,} failures; {self.summary}>"

    @property
    def summary(self) -> str:
        """What became of the files that were seen, in one line.

        >>> import clippings as cl
        >>> cl.Corpus(cl.parse("Quiet.", path="a.txt")).summary
        '1 file: 1 read (1 clipping)'
        """
        return self._sources.summary

    def annotate(
        self, codebook: Codebook | str | None = None, *, layers: Iterable[str] | None = None, workers: int = 1
    ) -> AnnotatedCorpus:
        """Return every clipping annotated; work of more than two seconds shows its progress on a terminal.

        A clipping that cannot be annotated is left out, and is one of the result's ``failures`` (CLP501, CLP502).
        Several processes take half a second to begin; a script that asks for them does its work below
        ``if __name__ == "__main__":``, as each of them imports it.

        Args:
            codebook: a codebook, its name or folder; ``security`` if not given.
            layers: what to look for, such as ``["mentions"]``; everything if not given. What a layer needs is run too.
                Its rows do not depend on what else is asked for, but for mentions: sources that the gazetteer does not
                know are among them only where ``quotes`` is asked for too.
            workers: processes to share the work; the result is the same for any number.

        Raises:
            CodebookError: the codebook cannot be loaded.
            ArgumentError: ``workers`` is below 1 or not a whole number, or ``layers`` is not a list.
            ValueError: there is no such layer.
            WorkerError: a worker process cannot begin.

        >>> import clippings as cl
        >>> corpus = Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
        >>> corpus.annotate().quotes["speaker"].tolist()
        ['Anna Petrova']
        """
        arguments.whole("workers", workers, 1)
        loaded = codebook if isinstance(codebook, Codebook) else Codebook.load(codebook or "security")
        asked = registry.names(layers)
        outcomes = running.outcomes(self._found, loaded, workers, asked)
        return self._divided(progress.shown(outcomes, total=len(self), unit="clipping"), asked)

    def _divided(self, outcomes: Iterable[running.Outcome], layers: Sequence[str]) -> AnnotatedCorpus:
        """Keep what was annotated, and its clippings; what was not is a failure."""
        pages: list[Annotated] = []
        failures: list[Diagnostic] = []
        for outcome in outcomes:
            if isinstance(outcome, Annotated):
                pages.append(outcome)
            else:
                failures.append(outcome)
        clippings = [page.clipping for page in pages]
        if not failures and all(map(operator.is_, clippings, self)):
            return AnnotatedCorpus(pages, self, layers)
        return AnnotatedCorpus(pages, self._with(clippings, [*self.failures, *failures]), layers)

    def _facts(self) -> list[tuple[str, str]]:
        """Name and count what the corpus holds, as a summary shows it."""
        days = self.clippings["date"].dropna()
        span = f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else "none"
        outlets = self.clippings["outlet"].nunique()
        counts = {
            "clippings": len(self),
            "outlets": outlets,
            "failures": len(self.failures),
            "diagnostics": len(self.diagnostics),
        }
        shown = [(name, f"{count:,}") for name, count in counts.items()]
        return [*shown, ("dates", span), ("sources", self.summary)]

    def _repr_html_(self) -> str:
        return summary_html("Corpus", self._facts())


class AnnotatedCorpus(AnnotatedSequence):
    """Annotated clippings in the order of their corpus, and a tidy frame for each layer that was run.

    ``quotes``, ``mentions`` and the other layers are frames, as are those of the corpus; ``cl.describe("quotes")`` says
    what each column holds, ``cl.describe("quotes", "rule")`` what each rule is. ``Quote.why`` says of one quotation
    what its attribution rests on.

    Attributes:
        corpus: the corpus that was annotated; without the clippings that could not be, which are among its failures.
        layers: the layers that were run; any other is a ``LayerError``.

    >>> import clippings as cl
    >>> quotes = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate().quotes
    >>> quotes[["speaker", "cue", "rule", "resolved_by"]].values.tolist()
    [['Anna Petrova', 'said', 'inverted cue', 'full name']]
    """

    def __init__(self, pages: Sequence[Annotated], corpus: Corpus, layers: Iterable[str] | None = None) -> None:
        self._pages = tuple(pages)
        self.corpus = corpus
        self.layers = registry.names(layers)

    @property
    def frames(self) -> tuple[str, ...]:
        """The names of the frames; ``cl.describe(name)`` says what one holds."""
        return (*self.corpus.frames, *self.layers)

    @property
    def failures(self) -> tuple[Diagnostic, ...]:  # type: ignore[override]
        """A diagnostic for each file that could not be read, then for each clipping that could not be annotated."""
        return self.corpus.failures

    def __len__(self) -> int:
        """Count the clippings."""
        return len(self._pages)

    def __repr__(self) -> str:
        """Count clippings and annotations, and sum up what was read."""
        name = "quotes" if "quotes" in self.layers else self.layers[-1]
        count = self._counts()[name]
        return f"<AnnotatedCorpus of {len(self):,} clippings, {count:,} {name}; {self.summary}>"

    @property
    def summary(self) -> str:
        """What became of the files that were seen, in one line."""
        return self.corpus.summary

    def _at(self, place: int) -> Annotated:
        return self._pages[place]

    def take(self, places: Sequence[int]) -> AnnotatedCorpus:
        """Return the clippings at these places, counted from 0, in the order of the places."""
        return AnnotatedCorpus([self._pages[place] for place in places], self.corpus.take(places), self.layers)

    def _joined(self, other: AnnotatedCorpus) -> AnnotatedCorpus:
        books = {page.codebook for page in (*self, *other)}
        if self.layers != other.layers or len(books) > 1:
            raise ValueError("these were annotated with other layers or codebooks; annotate both alike")
        return AnnotatedCorpus([*self, *other], self.corpus + other.corpus, self.layers)

    def _frame(self, name: str) -> pd.DataFrame:
        return frames.layer(name, self) if name in self.layers else getattr(self.corpus, name)

    def _counts(self) -> dict[str, int]:
        return {name: sum(len(page.found[name]) for page in self) for name in self.layers}

    def _repr_html_(self) -> str:
        counts = [(name, f"{count:,}") for name, count in self._counts().items() if name != "sentences"]
        return summary_html("Annotated corpus", [*self.corpus._facts(), *counts])  # noqa: SLF001 (a class of this module)
