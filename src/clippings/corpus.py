"""Clippings together, and their evidence: iterate them, or ask for a tidy frame."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from clippings import progress
from clippings.codebook import Codebook
from clippings.display.pages import summary_html
from clippings.layers import running
from clippings.model import Annotated, Clipping, Diagnostic
from clippings.tables import frames

if TYPE_CHECKING:
    import pandas as pd


class Corpus:
    r"""Clippings in the order read, with the failures among the files asked for.

    Attributes:
        failures: a diagnostic for each file that could not be read.

    >>> import clippings as cl
    >>> corpus = Corpus(cl.parse("DATE:\n\n02/11/2007\n\nMinsk was quiet."))
    >>> len(corpus), corpus[0].date
    (1, '2007-11-02')
    """

    def __init__(self, found: Sequence[Clipping], failures: Sequence[Diagnostic] = ()) -> None:
        self._found = tuple(found)
        self.failures = tuple(failures)

    def __len__(self) -> int:
        """Count the clippings."""
        return len(self._found)

    def __iter__(self) -> Iterator[Clipping]:
        """Iterate the clippings in order."""
        return iter(self._found)

    def __getitem__(self, index: int) -> Clipping:
        """Return the clipping at a position."""
        return self._found[index]

    def __repr__(self) -> str:
        """Count clippings and failures."""
        return f"<Corpus of {len(self):,} clippings, {len(self.failures):,} failures>"

    @functools.cached_property
    def clippings(self) -> pd.DataFrame:
        """One row a clipping, with its fields."""
        return frames.clippings(self)

    @functools.cached_property
    def blocks(self) -> pd.DataFrame:
        """One row a block of a page."""
        return frames.blocks(self)

    @functools.cached_property
    def texts(self) -> pd.DataFrame:
        """One row a title, publisher line or body; what the functions of ``measures`` take as texts."""
        return frames.texts(self)

    @functools.cached_property
    def diagnostics(self) -> pd.DataFrame:
        """One row a diagnostic, failures first."""
        return frames.diagnostics([*self.failures, *(told for clipping in self for told in clipping.diagnostics)])

    def annotate(self, codebook: Codebook | str | None = None, *, workers: int = 1) -> AnnotatedCorpus:
        """Annotate every clipping; work of more than two seconds shows its progress on a terminal.

        A clipping that can not be annotated is left out, and is one of the result's ``failures`` (CLP501, CLP502).
        Several processes take half a second to begin; a script that asks for them does its work below
        ``if __name__ == "__main__":``, as each of them imports it.

        Args:
            codebook: a codebook, its name or folder; ``security`` if not given.
            workers: processes to share the work; the result is the same for any number.

        Raises:
            CodebookError: the codebook can not be loaded.
            ValueError: ``workers`` is less than 1.
            WorkerError: a worker process can not begin.

        >>> import clippings as cl
        >>> corpus = Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))
        >>> corpus.annotate().quotes["speaker"].tolist()
        ['Anna Petrova']
        """
        if workers < 1:
            raise ValueError(f"workers must be 1 or more, not {workers}")
        loaded = codebook if isinstance(codebook, Codebook) else Codebook.load(codebook or "security")
        outcomes = running.outcomes(self._found, loaded, workers)
        return self._divided(progress.shown(outcomes, total=len(self), unit="clipping"))

    def _divided(self, outcomes: Iterable[running.Outcome]) -> AnnotatedCorpus:
        """Keep what was annotated, and its clippings; what was not is a failure."""
        pages: list[Annotated] = []
        failures: list[Diagnostic] = []
        for outcome in outcomes:
            if isinstance(outcome, Annotated):
                pages.append(outcome)
            else:
                failures.append(outcome)
        if not failures:
            return AnnotatedCorpus(pages, self)
        return AnnotatedCorpus(pages, Corpus([page.clipping for page in pages], [*self.failures, *failures]))

    def facts(self) -> list[tuple[str, str]]:
        """Name and count what the corpus holds, as a summary shows it."""
        days = self.clippings["date"].dropna()
        span = f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else "none"
        outlets = self.clippings["publisher"].nunique()
        told = len(self.diagnostics)
        counts = {
            "clippings": len(self),
            "outlets": outlets,
            "failures": len(self.failures),
            "diagnostics": told,
        }
        return [*((name, f"{count:,}") for name, count in counts.items()), ("dates", span)]

    def _repr_html_(self) -> str:
        return summary_html("Corpus", self.facts())


class AnnotatedCorpus:
    """Annotated clippings in the order of their corpus, and a tidy frame for each layer.

    Attributes:
        corpus: the corpus that was annotated; without the clippings that could not be, which are among its failures.
    """

    def __init__(self, pages: Sequence[Annotated], corpus: Corpus) -> None:
        self._pages = tuple(pages)
        self.corpus = corpus

    def __len__(self) -> int:
        """Count the clippings."""
        return len(self._pages)

    def __iter__(self) -> Iterator[Annotated]:
        """Iterate the annotated clippings in order."""
        return iter(self._pages)

    def __getitem__(self, index: int) -> Annotated:
        """Return the annotated clipping at a position."""
        return self._pages[index]

    def __repr__(self) -> str:
        """Count clippings and annotations."""
        return f"<AnnotatedCorpus of {len(self):,} clippings, {sum(len(p.quotes) for p in self):,} quotes>"

    @property
    def failures(self) -> tuple[Diagnostic, ...]:
        """A diagnostic for each file that could not be read, then for each clipping that could not be annotated."""
        return self.corpus.failures

    @property
    def clippings(self) -> pd.DataFrame:
        """One row a clipping, with its fields."""
        return self.corpus.clippings

    @property
    def blocks(self) -> pd.DataFrame:
        """One row a block of a page."""
        return self.corpus.blocks

    @property
    def texts(self) -> pd.DataFrame:
        """One row a title, publisher line or body."""
        return self.corpus.texts

    @property
    def diagnostics(self) -> pd.DataFrame:
        """One row a diagnostic, failures first, then those of reading, then what the annotators left open."""
        told = (told for clipping in self.corpus for told in clipping.diagnostics)
        left_open = (told for page in self for told in page.diagnostics)
        return frames.diagnostics([*self.failures, *told, *left_open])

    @functools.cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence of a body, with the number of its paragraph."""
        return frames.layer("sentences", self)

    @functools.cached_property
    def quotes(self) -> pd.DataFrame:
        """One row a quotation or report, with its source, its speaker and the rule that tied them.

        ``clippings.describe("quotes")`` says what each column holds, ``clippings.describe("quotes", "rule")`` what
        each rule is. ``Quote.why`` tells of one quotation what its attribution rests on.

        >>> import clippings as cl
        >>> quotes = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate().quotes
        >>> quotes[["speaker", "cue", "rule", "resolved_by"]].values.tolist()
        [['Anna Petrova', 'said', 'inverted cue', 'full name']]
        """
        return frames.layer("quotes", self)

    @functools.cached_property
    def mentions(self) -> pd.DataFrame:
        """One row a mention of an actor; ``entity`` is its id."""
        return frames.layer("mentions", self)

    @functools.cached_property
    def dates(self) -> pd.DataFrame:
        """One row a dated expression; ``date`` is the first day of what it means."""
        return frames.layer("dates", self)

    @functools.cached_property
    def themes(self) -> pd.DataFrame:
        """One row a sentence that shows a theme, with the words that show it."""
        return frames.layer("themes", self)

    @functools.cached_property
    def errata(self) -> pd.DataFrame:
        """One row a likely misprint."""
        return frames.layer("errata", self)

    def _repr_html_(self) -> str:
        counts = ("quotes", "mentions", "dates", "themes", "errata")
        found = [(name, f"{sum(len(getattr(page, name)) for page in self):,}") for name in counts]
        return summary_html("Annotated corpus", [*self.corpus.facts(), *found])
