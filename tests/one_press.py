"""A folder of pages that commands are run in, and the bytes of all files of a folder."""

from __future__ import annotations

from pathlib import Path

from clippings.cli import examples

PAGE = examples.SOUND.replace("They met on Tuesday.", '"We wait for NATO," said Anna Petrova on Tuesday.')


def tree(folder: Path = Path()) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
