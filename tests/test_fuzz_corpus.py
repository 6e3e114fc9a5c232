"""Every input that once broke the reading of pages, kept for good, and a page given in every way."""

import sys
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools" / "fuzz"))

from reading_target import NAMES, check, run  # noqa: E402

import clippings as cl  # noqa: E402

FOUND = sorted((ROOT / "tests" / "fuzz").iterdir())
PAGE = (ROOT / "data" / "clippings" / "112007-14.txt").read_bytes()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name[:24])
def test_an_input_that_once_broke_it(path):
    run(path.read_bytes())


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
@pytest.mark.parametrize("data", [b"", b"\0", PAGE, PAGE[:100], b"\xff\xfe" + PAGE], ids=lambda data: repr(data[:8]))
def test_the_target_takes_a_page_in_every_way(number, data):
    run(bytes([number]) + data)


def test_the_target_notices_a_broken_law():
    (clipping,) = cl.parse("Minsk was quiet.")
    check(clipping)
    with pytest.raises(AssertionError, match=r"render\(\) is not the text"):
        check(msgspec.structs.replace(clipping, text="Minsk was quiet. Brest was not."))
