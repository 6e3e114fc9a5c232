"""A folder of pages that commands are run in."""

from __future__ import annotations

from pathlib import Path

from clippings.cli import examples

PAGE = examples.SOUND.replace("They met on Tuesday.", '"We wait for NATO," said Anna Petrova on Tuesday.')


def tree() -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(Path().rglob("*")) if file.is_file()}
