"""Fetching: two runs, and a run that ends early."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

import clippings as cl
import press_site
from clippings.fetching import manifest
from clippings.store import lock
from one_press import tree
from press_runs import BODY, PAGE, PLACE, fetched, listed, one, still
from press_site import SITE, Site, catalogue, publish, running


def test_two_runs_do_not_share_a_folder(site, press):
    press.mkdir()
    with lock.held(press), pytest.raises(cl.ClippingsError, match="another run"):
        one(site, press)
    site.routes[SITE + PLACE] = PAGE
    assert one(site, press)["state"] == "fetched"


@pytest.mark.parametrize("data", [b"[1]\n", b'{"record":"fetched","format":2}\n', b"\xff\n", b'{"record":"run"}\n'])
def test_a_record_of_another_kind_is_not_written_over(site, press, data):
    press.mkdir()
    (press / manifest.NAME).write_bytes(data)
    with pytest.raises(cl.ClippingsError, match="not a record"):
        one(site, press)
    assert (press / manifest.NAME).read_bytes() == data


@pytest.mark.parametrize(
    "line",
    [
        '{"record":"begun","id":"../mine","file":"../mine.txt"}',
        '{"record":"begun","id":"9","file":"../mine.txt"}',
        '{"record":"begun","id":"9","file":"8.html"}',
    ],
)
def test_a_record_that_names_files_elsewhere_is_refused(site, press, line):
    press.mkdir()
    (press.parent / "mine.txt").write_text("mine", "utf-8")
    (press / manifest.NAME).write_text('{"record":"fetched","format":1}\n' + line + "\n", "utf-8")
    with pytest.raises(cl.FolderError, match="a file of another folder"):
        one(site, press)
    assert (press.parent / "mine.txt").read_text("utf-8") == "mine"


class Killed(BaseException):
    """Ends a run where it is, as a kill does."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    """A catalogue, and the files of a run that nothing stopped, at an hour that does not change."""
    root = tmp_path_factory.mktemp("whole")
    with running() as site:
        publish(site)
        table = catalogue(root / "list") / "clippings.csv"
        fetched(site, table, root / "press", outside=still(site))
    return table, tree(root / "press")


# For each page a line, its records, its file and a line, two of them put in place; then the manifest.
STEPS = 4 * 6 + 2 * 2


def step_by_step(patch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Stop at a step: each time that bytes are brought to the disk, or a file is put in its place."""
    taken: list[str] = []

    def stopping(real, *given):
        if len(taken) == step:
            raise Killed
        taken.append(str(real))
        return real(*given)

    for name in ("fsync", "replace"):
        patch.setattr(os, name, functools.partial(stopping, getattr(os, name)))
    return taken


def stopped(site: Site, table: Path, press: Path, step: int, **options: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        step_by_step(patch, step)
        with pytest.raises(Killed):
            fetched(site, table, press, outside=still(site), **options)


@pytest.mark.parametrize("step", range(STEPS))
def test_a_run_stopped_at_any_step_ends_with_the_same_bytes(site, press, whole, step):
    table, expected = whole
    publish(site)
    stopped(site, table, press, step)
    fetched(site, table, press, outside=still(site))
    assert tree(press) == expected


def test_these_are_all_the_steps(site, press, whole, monkeypatch):
    publish(site)
    taken = step_by_step(monkeypatch, STEPS)
    fetched(site, whole[0], press, outside=still(site))
    assert len(taken) == STEPS


@pytest.mark.parametrize("length", [1, 30, 200])
def test_a_line_that_was_cut_short_does_not_count(site, press, whole, length):
    table, expected = whole
    publish(site)
    fetched(site, table, press, outside=still(site))
    path = press / manifest.NAME
    path.write_bytes(path.read_bytes()[:-length])
    fetched(site, table, press, outside=still(site))
    assert tree(press) == expected


RUN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
import press_site
import clippings as cl
steps = [int(sys.argv[5])]
def replaced(*given, real=os.replace):
    steps[0] -= 1
    if steps[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*given)
os.replace = replaced
site = press_site.Site(int(sys.argv[4]))
outside = site.outside()._replace(now=lambda: press_site.BEGIN)
cl.fetch(sys.argv[2], sys.argv[3], contact=press_site.CONTACT, archive=press_site.GATE, outside=outside)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [1, 4, 7])
def test_a_process_that_was_killed_is_resumed(site, press, whole, step):
    table, expected = whole
    publish(site)
    command = [
        sys.executable,
        "-c",
        RUN,
        str(Path(press_site.__file__).parent),
        str(table),
        str(press),
        str(site.port),
        str(step),
    ]
    assert subprocess.run(command, check=False, timeout=60).returncode == -9
    publish(site)
    fetched(site, table, press, outside=still(site))
    assert tree(press) == expected


@pytest.mark.parametrize("step", range(9))
def test_a_stopped_refresh_loses_no_answer(site, press, step):
    table = listed(press.parent, ("9", f"http://{SITE}{PLACE}"))
    site.page(PLACE, BODY)
    fetched(site, table, press, outside=still(site))
    first = (press / "warc" / "9.warc.gz").read_bytes()
    site.page(PLACE, "<p>Quite other words.</p>")
    stopped(site, table, press, step, refresh=True)
    assert (press / "warc" / "9.warc.gz").read_bytes().startswith(first)
    fetched(site, table, press, outside=still(site), refresh=True)
    assert (press / "9.html").read_bytes() == b"<p>Quite other words.</p>"
    with (press / "warc" / "9.warc.gz").open("rb") as file:
        assert len(list(ArchiveIterator(file))) == 2
    assert fetched(site, table, press).frame["state"].tolist() == ["kept"]
