"""What a layer of annotations is: the one declaration that its frame, its JSON and its display are made from."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import msgspec

from clippings.model import Clipping, Span

Form: TypeAlias = Literal["plain", "place", "places"]
GIVEN = ("clipping", "codebook")
"""What an annotator may need beside the layers before it."""

_FORMS: tuple[tuple[Any, Form], ...] = ((Span | None, "place"), (tuple[Span, ...], "places"))


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value of a closed list: what it means, and a text in which the library finds it."""

    meaning: str
    example: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: its type, what it means, when it is empty, and its values where they are a closed list.

    ``values_in`` names a file of the package that lists them under ``names``.
    """

    meaning: str
    type: str = "str"
    empty: str = "never"
    values: dict[str, Value] = {}
    values_in: str = ""


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A frame: what one row of it is, and its columns in order; one without a text of its own is a shared one."""

    row: str
    columns: dict[str, Column | None]


@dataclass(frozen=True)
class Layer:
    """A layer: how it is made, what its records are, and what their frame holds.

    A layer whose name begins with ``_`` is a step on the way, of which nothing is kept. Marks for ``show`` come from
    the method ``marks`` of a record.

    Attributes:
        name: what the layer is called in frames, JSON Lines, tables and ``annotate(layers=...)``.
        needs: the arguments of ``annotate`` in order: ``clipping``, ``codebook``, or layers that stand before this one.
        annotate: a pure function that returns the records, sorted by position.
        record: the type of a record; None for a step.
        value: the attribute of a record that says what was found, the label in other programs; None for a bare span.
        optional: further arguments, which are None where these layers were not asked for.
        names: the column of an attribute of the record that is not called as the attribute is.
        columns: columns that are no attributes, made from a clipping and its records.
        summary: the name of a value of the whole clipping, and how it is made from the records.
        corrected: the columns that a reader may correct, what the layer is about first.
        follows: what other columns hold once a column is corrected; raises ValueError for what it cannot hold.
        shown: the columns that a comparison prints of a row that was gained or lost.
        described: what its frame holds; read from a file beside this one, named after the layer, if not given.
    """

    name: str
    needs: tuple[str, ...]
    annotate: Callable[..., Any]
    record: type[Span] | None = None
    value: str | None = None
    optional: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Callable[[Clipping, Sequence[Any]], Iterable[Any]]] = field(default_factory=dict)
    summary: tuple[str, Callable[[Sequence[Any]], tuple[str, ...]]] | None = None
    corrected: tuple[str, ...] = ()
    follows: Mapping[str, Callable[[str | None], Mapping[str, Any]]] = field(default_factory=dict)
    shown: tuple[str, ...] = ("rule",)
    described: Described | None = None

    @functools.cached_property
    def forms(self) -> list[tuple[str, Form]]:
        """The attributes of a record in order, each with whether it is plain, a place in the text or several."""
        found = msgspec.structs.fields(self.record) if self.record else ()
        return [(one.name, next((form for kind, form in _FORMS if one.type == kind), "plain")) for one in found]


def checked(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers, once it is sure that each needs only what is there before it.

    Raises:
        ValueError: a layer needs one that does not stand before it, or two have one name.

    >>> checked([Layer("towns", ("clipping", "sentences"), len)])
    Traceback (most recent call last):
    ValueError: layer towns needs sentences, which does not stand before it; there are: clipping, codebook
    """
    known = list(GIVEN)
    for layer in layers:
        missing = [name for name in (*layer.needs, *layer.optional) if name not in known]
        if missing:
            raise ValueError(
                f"layer {layer.name} needs {', '.join(missing)}, which does not stand before it; "
                f"there are: {', '.join(known)}"
            )
        if layer.name in known:
            raise ValueError(f"two layers are called {layer.name}; rename one")
        known.append(layer.name)
    return tuple(layers)
