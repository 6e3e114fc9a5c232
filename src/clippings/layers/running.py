"""Clippings to annotated ones, in order, by one process or several; what fails is a diagnostic."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from clippings import diagnostics
from clippings.layers import _readable, registry
from clippings.model import Annotated, Clipping, Diagnostic

if TYPE_CHECKING:
    from clippings.codebook import Codebook
    from clippings.parallel import Lost

Outcome: TypeAlias = Annotated | Diagnostic
Layers: TypeAlias = Sequence[str] | None

_CHUNK = 32


def attempt(clipping: Clipping, codebook: Codebook, layers: Layers = None) -> Outcome:
    """Annotate a clipping; a fault of ours on the way is a diagnostic (CLP501).

    >>> from clippings import Codebook, parse
    >>> attempt(parse("They met in Minsk.", layout="plain")[0], Codebook.load()).mentions[0].id
    'BY'
    """
    try:
        return _annotated([clipping], codebook, layers)[0]
    except Exception as error:  # noqa: BLE001 (failure is data: the other clippings are annotated)
        return fault(clipping.path or clipping.id, error)


def attempt_all(found: Iterable[Clipping], codebook: Codebook, layers: Layers = None) -> Iterator[Outcome]:
    """Annotate clippings, some at a time; where one of them fails, each of these by itself.

    >>> from clippings import Codebook, parse
    >>> [page.mentions[0].id for page in attempt_all(parse("They met in Minsk.", layout="plain"), Codebook.load())]
    ['BY']
    """
    return itertools.chain.from_iterable(_together(chunk, codebook, layers) for chunk in _chunks(found))


def _together(chunk: Sequence[Clipping], codebook: Codebook, layers: Layers) -> Sequence[Outcome]:
    try:
        return _annotated(chunk, codebook, layers)
    except Exception:  # noqa: BLE001 (reported when the one that failed is tried alone)
        return [attempt(clipping, codebook, layers) for clipping in chunk]


def _annotated(chunk: Sequence[Clipping], codebook: Codebook, layers: Layers) -> list[Annotated]:
    return _readable.annotated(functools.partial(registry.annotate_all, codebook=codebook, layers=layers), chunk)


def fault(file: str, error: Exception) -> Diagnostic:
    """The diagnostic for an unexpected error.

    >>> fault("a.txt", ValueError("no such day")).message
    'could not be annotated: ValueError: no such day'
    """
    said = (str(error).splitlines() or [""])[0]
    reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return diagnostics.make("CLP501", file=file, reason=reason)


def outcomes(
    found: Iterable[Clipping], codebook: Codebook, workers: int = 1, layers: Layers = None
) -> Iterator[Outcome]:
    """Yield an annotated clipping, or a diagnostic, for each clipping, in order.

    Args:
        found: the clippings.
        codebook: the codebook.
        workers: processes to share the work; 1 does it in this one.
        layers: the layers to run, with what they need; all if not given.

    Raises:
        WorkerError: no worker process can begin.

    >>> from clippings import Codebook, parse
    >>> [page.document_themes for page in outcomes(parse("Quiet.", layout="plain"), Codebook.load())]
    [()]
    """
    if workers == 1:
        yield from attempt_all(found, codebook, layers)
        return
    from clippings.parallel import Lost, ordered

    make = functools.partial(_annotator, codebook, layers)
    for chunk, done in ordered(make, _chunks(found), workers):
        if not isinstance(done, Lost):
            yield from done
        elif len(chunk) == 1:
            yield _lost(chunk[0], done)
        else:
            # One of them ended the process twice: each is tried in a process of its own.
            for (clipping,), alone in ordered(make, ((clipping,) for clipping in chunk), 1):
                yield from (_lost(clipping, alone),) if isinstance(alone, Lost) else alone


def _lost(clipping: Clipping, lost: Lost) -> Diagnostic:
    return diagnostics.make("CLP502", file=clipping.path or clipping.id, exit_code=lost.exit_code)


def _chunks(found: Iterable[Clipping]) -> Iterator[Sequence[Clipping]]:
    left = iter(found)
    while chunk := tuple(itertools.islice(left, _CHUNK)):
        yield chunk


def _annotator(codebook: Codebook, layers: Layers) -> Callable[[Sequence[Clipping]], Sequence[Outcome]]:
    return lambda chunk: list(attempt_all(chunk, codebook, layers))
