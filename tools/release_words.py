"""Write how to install the library into the README and the book: one text, which follows from clippings.release.

Usage: release_words.py [FILE...], which rewrites what stands between the two marks in each file.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from clippings import release

ROOT = Path(__file__).parents[1]
FILES = (ROOT / "README.md", ROOT / "book" / "how-to-use.md")
BEGIN = "<!-- install: written by make refresh from src/clippings/release.py -->"
END = "<!-- end of install -->"
BLOCK = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}\n", re.DOTALL)

ON_INDEX = """\
```bash
pip install {name}   # the import is clippings
```

"""
NOT_ON_INDEX = """\
The library is not on a package index yet. Install it from a clone of the repository, best into an environment of its
own (`python3 -m venv .venv`, then `. .venv/bin/activate`):

```bash
pip install .   # the import is clippings
```

On another machine, install the wheel that `make wheel` writes into `dist/` of a clone:

```bash
pip install {wheel}
```

"""
EXTRAS = """\
Extras add what single jobs need: `html` reads saved HTML; `documents` reads Word, RTF, PDF, Excel and feeds;
`measures` finds near duplicates and makes networks; `interchange` exchanges files with INCEpTION, spaCy and others;
`fetch` fetches the pages of a catalogue; `dask` runs on a Dask cluster. To install one:
`pip install '{place}[html]'`{or_wheel}; several are separated by commas.
"""


def words() -> str:
    """Return the text on installing, with its marks."""
    wheel = f"{release.NAME.replace('-', '_')}-{release.VERSION}-py3-none-any.whl"
    form, place, or_wheel = NOT_ON_INDEX, ".", ", or the name of the wheel in place of the dot"
    if release.ON_INDEX:
        form, place, or_wheel = ON_INDEX, release.NAME, ""
    text = (form + EXTRAS).format(name=release.NAME, wheel=wheel, place=place, or_wheel=or_wheel)
    return f"{BEGIN}\n\n{text}\n{END}\n"


def rewritten(text: str) -> str:
    """Return the text of a file with the block as it is to be.

    Raises:
        ValueError: the file has no block, or more than one.
    """
    found = BLOCK.findall(text)
    if len(found) != 1:
        raise ValueError(f"{len(found)} blocks between {BEGIN} and {END}, where one is wanted")
    return text.replace(found[0], words())


def main(files: list[Path]) -> int:
    """Rewrite the files and return 2 where one has no block."""
    for path in files:
        before = path.read_text("utf-8")
        try:
            after = rewritten(before)
        except ValueError as error:
            print(f"release words: {path}: {error}", file=sys.stderr)
            return 2
        if after != before:
            path.write_text(after, "utf-8", newline="\n")
        print(f"release words: {path}: {'unchanged' if after == before else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or list(FILES)))
