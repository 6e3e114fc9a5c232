"""Decisions as a file in a folder of tables, and back."""

from __future__ import annotations

from pathlib import Path

import msgspec

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.review._decisions import Decision, Orphan
from clippings.review._sheets import ReviewError
from clippings.review.curated import Annotations, CuratedCorpus, Whole
from clippings.writing import moved_file

NAME = "review.json"
"""The file beside the tables that holds what coders decided about them."""
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
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None
    try:
        found = msgspec.json.decode(data, type=_Stored)
    except msgspec.DecodeError as error:
        raise ReviewError(
            f"{folder / NAME} is damaged, or of another version ({error}); restore it, or move it elsewhere"
        ) from error
    now = _hashes(annotated)
    changed = {(key, item) for key, item, digest in found.pages if now.get((key, item)) != digest}
    lost = [one for one in found.decisions if (one.id, one.item) in changed]
    decisions = [one for one in found.decisions if (one.id, one.item) not in changed]
    notes = [_told(one, str(folder / NAME)) for one in lost]
    return CuratedCorpus(
        annotated, decisions, [*found.orphans, *map(_orphan, lost)], [*found.notes, *notes], found.whole
    )


def held(folder: Path) -> bool:
    """Tell whether a folder holds decisions."""
    return (folder / NAME).exists()


_REASON = "its page is another now than the one that was reviewed; read the file of the coder again"


def _hashes(annotated: Annotations) -> dict[tuple[str, int], str]:
    rows = annotated.clippings
    return {(key, item): digest for key, item, digest in zip(rows["id"], rows["item"], rows["sha256"], strict=True)}


def _orphan(one: Decision) -> Orphan:
    verdict = "reject" if one.wanted is None else "add" if one.seen is None else "accept"
    verdict = "change" if one.seen and one.wanted and one.seen != one.wanted else verdict
    return Orphan(one.id, one.item, one.layer, one.coder, verdict, "", _REASON, one.wanted, one.file, one.row)


def _told(one: Decision, file: str) -> Diagnostic:
    return diagnostics.make("CLP807", file=one.file or file, line=one.row, row=one.row, reason=_REASON)
