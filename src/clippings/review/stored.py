"""Decisions as a file in a folder of tables, and back."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from clippings import diagnostics
from clippings.errors import NOT_JSON
from clippings.layers.registry import KEPT
from clippings.model import Diagnostic
from clippings.review import _records
from clippings.review._decisions import Decision, Orphan, is_sound
from clippings.review._sheets import ReviewError
from clippings.review.curated import Annotations, CuratedCorpus, Whole
from clippings.writing import moved_file

NAME = "review.json"
"""The file beside the tables that holds what coders decided about them."""
_LONGEST_HEAD = 4_096
VERSION = 1


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that coders decided, and the hash of each page that it is about; a later form has a higher version."""

    version: int
    pages: tuple[tuple[str, int, str], ...]
    decisions: tuple[Decision, ...]
    orphans: tuple[Orphan, ...]
    notes: tuple[Diagnostic, ...]
    whole: tuple[Whole, ...]


def saved(curated: CuratedCorpus, folder: Path) -> None:
    """Write what coders decided into a folder; it is whole, or as it was before."""
    about = {(one.id, one.item) for one in curated.parts[0]}
    pages = tuple((*key, digest) for key, digest in _hashes(curated.annotated).items() if key in about)
    data = msgspec.json.encode(_Stored(VERSION, pages, *curated.parts))
    with moved_file(folder / NAME) as file:
        file.write(msgspec.json.format(data, indent=1))


def loaded(annotated: Annotations, folder: Path) -> CuratedCorpus | None:
    """Return annotations with what coders decided about them; None where the folder holds no such file.

    Decisions about a page that is another now, as the tables were made again, are orphans.

    Raises:
        ReviewError: the file cannot be read.
    """
    try:
        found = _read(folder / NAME)
    except FileNotFoundError:
        return None
    now = _hashes(annotated)
    same = {(key, item) for key, item, digest in found.pages if now.get((key, item)) == digest}
    lost = [one for one in found.decisions if (one.id, one.item) not in same]
    decisions = [one for one in found.decisions if (one.id, one.item) in same]
    notes = [
        diagnostics.make("CLP807", file=one.file or str(folder / NAME), line=one.row, row=one.row, reason=_REASON)
        for one in lost
    ]
    return CuratedCorpus(
        annotated, decisions, [*found.orphans, *map(_orphan, lost)], [*found.notes, *notes], found.whole
    )


def _read(file: Path) -> _Stored:
    data = file.read_bytes()
    try:
        found = msgspec.json.decode(data, type=_Stored)
        _check(found)
    except (*NOT_JSON, ValueError) as error:
        raise ReviewError(
            f"{file} is damaged, or of another version ({error}); restore it, or move it elsewhere"
        ) from error
    return found


def _check(found: _Stored) -> None:
    """Refuse decisions that no coder can have made: a damaged file may still be JSON."""
    if found.version != VERSION:
        raise ValueError(f"its version is {found.version}, this one reads {VERSION}")
    for number, one in enumerate(found.decisions, start=1):
        if not is_sound(one):
            raise ValueError(f"decision {number} has no layer, place or value that a coder can give")
    unknown = {
        layer
        for layer in (*(one.layer for one in found.orphans), *(one[1] for one in found.whole))
        if layer not in KEPT
    }
    if unknown:
        raise ValueError(f"it names the layer {min(unknown)!r}, which this version does not have")


def held(path: Path) -> bool:
    """Tell whether a folder of tables holds decisions, or a file is a table that coders fill in."""
    # os.path, unlike Path, answers False for a name that no file can have.
    return os.path.exists(path / NAME) or _is_sheet(path)  # noqa: PTH110


def _is_sheet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            names = file.readline(_LONGEST_HEAD)
    except (OSError, ValueError):
        return False
    return all(name.encode() in names for name in (_records.TO_FILL, _records.RECORD))


def refuse_loss(curated: CuratedCorpus, folder: Path) -> None:
    """Refuse to write over decisions that are not among those of a review.

    Raises:
        ReviewError: the folder holds others, or its file cannot be read.
    """
    try:
        kept = _read(folder / NAME).decisions
    except FileNotFoundError:
        return
    decisions, orphans, *_ = curated.parts
    now: list[Decision | Orphan] = [*decisions, *orphans]
    here = {key for one in now for key in _keys(one)}
    lost = [one for one in kept if here.isdisjoint(_keys(one))]
    if lost:
        coders = ", ".join(sorted({one.coder for one in lost}))
        raise ReviewError(
            f"{folder / NAME} holds {len(lost):,} decisions of {coders} that this review does not have; join both "
            "(cl.load(folder) + review), or give another folder"
        )


def _keys(one: Decision | Orphan) -> list[tuple[object, ...]]:
    """What a decision is about, and where it was written down: either tells it again."""
    written = (one.coder, one.file, one.row)
    about = (one.coder, one.layer, one.id, one.item, *(one.place if isinstance(one, Decision) else (one.text,)))
    return [about, *[written] * bool(one.file)]


_REASON = "its page is another now than the one that was reviewed; read the file of the coder again"


def _hashes(annotated: Annotations) -> dict[tuple[str, int], str]:
    rows = annotated.clippings
    return {(key, item): digest for key, item, digest in zip(rows["id"], rows["item"], rows["sha256"], strict=True)}


def _orphan(one: Decision) -> Orphan:
    verdict = "reject" if one.wanted is None else "add" if one.seen is None else "accept"
    verdict = "change" if one.seen and one.wanted and one.seen != one.wanted else verdict
    return Orphan(one.id, one.item, one.layer, one.coder, verdict, "", _REASON, one.wanted, one.file, one.row)
