"""Run tests in stages, in one process: a stage is collected only where those before it have passed.

Usage: stages.py OPTION... -- FILE... -- FILE...

pytest collects whatever it is given before it runs a test; most mutants are killed in less time than that takes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

import pytest

_END = "--"


def run(words: Sequence[str]) -> int:
    """Return the exit status of the first stage that fails, else of the last."""
    options, *stages = [list(group) for is_end, group in groupby(words, _END.__eq__) if not is_end]
    return next((status for stage in stages if (status := pytest.main([*options, *stage]))), 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
