"""The page on fetching prints what the commands print.

PYTHONPATH=tests:book/_ext .venv/bin/python tests/book/test_fetch_page.py writes what they print now.
"""

from __future__ import annotations

import io
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import clippings as cl
import item_pages
from clippings.cli import main
from clippings.comparing import anchors
from clippings.diagnostics import FETCHED, described
from clippings.fetching import runs
from clippings.fetching.verifying import paragraphs
from press_site import EXAMPLES, catalogue, publish, running

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "fetch.md"
STEP = re.compile(r"```bash\nclippings (?P<words>[^`]*)\n```\n\n```text\n.*?```", re.DOTALL)
COPY = re.compile(r'<div class="own-copy">.*?</div>')
CODES = re.compile(r"(:header-rows: 1\n)\n.*?```", re.DOTALL)


@contextmanager
def reader() -> Iterator[None]:
    """A reader's folder with the invented catalogue, and a world that has the invented site and archive."""
    with tempfile.TemporaryDirectory() as folder, running() as site, pytest.MonkeyPatch.context() as patch:
        publish(site)
        catalogue(Path(folder) / "catalogue")
        patch.setattr(runs, "Outside", site.outside)
        with chdir(folder):
            yield


def stepped(step: re.Match[str]) -> str:
    """Run a command of the page, and return it with what it printed; standard error comes last, as on a terminal."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main(shlex.split(step["words"].replace("\\\n", " ")))
        out.flush()
    printed = out.buffer.getvalue().decode() + err.getvalue()
    return f"```bash\nclippings {step['words']}\n```\n\n```text\n{printed}```"


def marked() -> str:
    """The text of the first invented page, as the book shows it to who has it."""
    page = cl.read("press/112031-1.html")[0]
    spans = paragraphs(page)
    found = anchors.places(page.text, spans, [anchors.sentence_hash(stance[-1]) for stance in EXAMPLES[0].stances])
    return item_pages.local_text(page.text, spans, found)


def codes() -> str:
    rows = [("Code", "What it says", "What to do"), *((f"`{code}`", *described(code)) for code in FETCHED)]
    lines = ["  - ".join(("* - " + row[0] + "\n", row[1] + "\n", row[2] + "\n")) for row in rows]
    return "".join(lines)


def rewritten(text: str) -> str:
    """Return the page with what the commands print now."""
    with reader():
        text = STEP.sub(stepped, text)
        text = COPY.sub(lambda _: marked(), text)
    return CODES.sub(lambda head: f"{head[1]}\n{codes()}```", text)


def test_the_page_prints_what_the_commands_print() -> None:
    text = PAGE.read_text("utf-8")
    assert len(STEP.findall(text)) == text.count("```bash\nclippings ") == text.count("```text")
    assert rewritten(text) == text


def test_every_command_is_shown_with_the_steps_of_the_reader() -> None:
    commands = re.findall(r"```bash\n(\w+ \w+)", PAGE.read_text("utf-8"))
    assert commands == ["clippings fetch", "clippings fetch", "clippings verify", "make book"]
    assert "_build/local" in (ROOT / "Makefile").read_text("utf-8")


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text("utf-8")), "utf-8", newline="\n")
