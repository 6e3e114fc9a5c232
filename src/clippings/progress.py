"""How far long work is: a line on a terminal, with rate and time left, and nothing anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Never, TypeVar

if TYPE_CHECKING:
    from tqdm import tqdm

Item = TypeVar("Item")

_PATIENCE = 2.0


def bar(*, unit: str, total: int | None = None) -> tqdm[Never]:
    """Return a bar, drawn once the work has taken two seconds; ``update`` moves it on.

    >>> with bar(unit="page") as drawn:
    ...     drawn.update(3)
    """
    from tqdm import tqdm

    return tqdm(total=total, unit=unit, delay=_PATIENCE, disable=None)


def shown(items: Iterable[Item], *, unit: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items, with a bar.

    >>> list(shown("ab", unit="letter"))
    ['a', 'b']
    """
    with bar(unit=unit, total=total) as drawn:
        for item in items:
            yield item
            drawn.update()
