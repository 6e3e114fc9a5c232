"""What no library can do without: the bytes of the files, their decoding, one bare scan for the same forms."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import ahocorasick_rs
from ahocorasick_rs import Implementation, MatchKind
from steps import Step, over

import clippings as cl
from clippings.codebook.matching import fold

READ, SCAN = "read and decode", "bare scan"
PYTHON = {"system": "Python", "version": platform.python_version()}
SCANNER = {"system": "ahocorasick-rs", "version": metadata.version("ahocorasick-rs")}


def steps(texts: Sequence[str], folder: Path) -> Iterator[Step]:
    """Yield the walls of a corpus whose files are in a folder."""
    yield from reading(texts, folder, "generated")
    forms = listed()
    exact = ahocorasick_rs.AhoCorasick(forms, implementation=Implementation.ContiguousNFA)
    longest = ahocorasick_rs.AhoCorasick(
        forms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    folded = [fold(text) for text in texts]
    told: Mapping[str, Any] = {**SCANNER, **over(texts)}
    note = f"{len(forms)} forms of the codebook, text folded beforehand, {{}}"
    every, some = note.format("overlapping hits too"), note.format("of overlapping hits the leftmost longest")
    overlapping = lambda: [exact.find_matches_as_indexes(text, overlapping=True) for text in folded]  # noqa: E731
    yield Step("wall", SCAN, overlapping, note=every, **told)
    alone = f"{SCAN}, longest hits"
    yield Step("wall", alone, lambda: [longest.find_matches_as_indexes(text) for text in folded], note=some, **told)


def reading(texts: Sequence[str], folder: Path, data: str) -> Iterator[Step]:
    """Yield the reading of the bytes of the files in a folder, their decoding, and both."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    held = [path.read_bytes() for path in paths]
    told: Mapping[str, Any] = {"data": data, **PYTHON, **over(texts)}
    yield Step("wall", "read bytes", lambda: [path.read_bytes() for path in paths], **told)
    yield Step("wall", "decode", lambda: [content.decode() for content in held], **told)
    yield Step("wall", READ, lambda: [path.read_bytes().decode() for path in paths], **told)


def listed() -> list[str]:
    """Return every form and term of the codebook, folded."""
    return sorted({fold(form) for form in written_forms()})


def written_forms() -> list[str]:
    """Return every form and term of the codebook as written; what other software is given to find."""
    codebook = cl.Codebook.load()
    return sorted({*codebook.table("forms")["form"], *codebook.terms})
