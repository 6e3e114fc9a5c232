"""Work shared among processes: results in order, and what becomes of processes that die, fail, or lose their parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import clippings as cl
import worker_tasks as tasks
from clippings.cli import examples
from clippings.parallel import Lost, WorkerError, ordered

PAGES = [f"They met in Minsk on day {number}." for number in range(40)]
CRASH = "no such page can be annotated"


class Trap(examples.Faulty):
    """A codebook that ends the process at one page, and raises at another."""

    def __init__(self) -> None:
        super().__init__(os.abort)

    def scan(self, text, start=0, end=None):
        if CRASH in text:
            os._exit(9)
        if "day 7." in text:
            raise RecursionError("too deep")
        return cl.Codebook.scan(self, text, start, end)


def corpus(texts) -> cl.Corpus:
    pages = [cl.parse(text, path=f"{number}.txt", layout="plain")[0] for number, text in enumerate(texts)]
    return cl.Corpus(pages)


def test_results_come_in_the_order_of_the_tasks():
    given = [(0, 0.2), *((number, 0) for number in range(1, 12))]
    assert [done for _, done in ordered(tasks.waiter, given, 2)] == list(range(12))


def test_few_tasks_are_taken_ahead():
    taken = []

    def numbered():
        for number in range(1000):
            taken.append(number)
            yield number, 0

    results = ordered(tasks.waiter, numbered(), 1)
    next(results)
    assert len(taken) <= 3
    results.close()


def test_a_process_that_dies_is_replaced(tmp_path):
    ((_, done),) = ordered(tasks.stumbler, [str(tmp_path)], 1)
    assert isinstance(done, int)
    assert done != os.getpid()


def test_what_kills_twice_is_lost():
    assert list(ordered(tasks.dying, ["a"], 2)) == [("a", Lost(5))]


def test_what_a_worker_raises_is_raised_here():
    with pytest.raises(OSError, match="no room for a"):
        list(ordered(tasks.failing, ["a"], 1))


def test_a_process_that_can_not_begin_is_told():
    with pytest.raises(WorkerError, match=r"ended before it could begin \(exit code 4\).*__main__"):
        list(ordered(tasks.nothing, ["a"], 1))


def test_a_clipping_that_fails_stops_no_other_and_counts_add_up():
    texts = [*PAGES[:20], CRASH, *PAGES[20:]]
    found = corpus(texts)
    annotated = found.annotate(Trap(), workers=2)
    assert len(annotated) + len(annotated.failures) == len(found) == 41
    assert [(told.code, told.file) for told in annotated.failures] == [("CLP501", "7.txt"), ("CLP502", "20.txt")]
    assert annotated.failures[0].message == "could not be annotated: RecursionError: too deep"
    assert "exit code 9" in annotated.failures[1].message
    assert annotated.clippings["id"].tolist() == [str(number) for number in range(41) if number not in (7, 20)]
    assert annotated.diagnostics["code"].tolist()[:2] == ["CLP501", "CLP502"]


def test_one_process_tells_the_same():
    annotated = corpus(PAGES).annotate(Trap())
    assert [(told.code, told.file) for told in annotated.failures] == [("CLP501", "7.txt")]
    assert len(annotated) == 39


@pytest.mark.parametrize("workers", [0, -1])
def test_a_number_of_workers_below_one_is_refused(workers):
    with pytest.raises(ValueError, match="workers must be a whole number of at least 1"):
        corpus(PAGES).annotate(workers=workers)


def test_an_unguarded_script_is_told_what_to_do(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import clippings as cl\ncl.Corpus(cl.parse('Quiet.')).annotate(workers=2)\n", "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert 'call this below: if __name__ == "__main__":' in done.stderr.splitlines()[-1]
    assert done.stderr.count("Traceback") == 1, "its workers add none of their own"


PIPED = """
import io
import clippings as cl
{form}
{context}
    print(len(cl.annotate_to(io.StringIO("Minsk waits."), "out", workers=2, layout="{layout}")))
"""


@pytest.mark.parametrize("form", [False, True])
def test_a_program_from_standard_input_has_workers(tmp_path, form):
    """What is written in it, such as a page form, they cannot have; that is told in one error."""
    parts = ("", "if True:", "plain")
    if form:
        parts = (
            "def lay_out(text):\n    return cl.parse(text)",
            'with cl.register_page_form(cl.PageForm("mine", lay_out, lay_out)):',
            "mine",
        )
    program = PIPED.format(form=parts[0], context=parts[1], layout=parts[2])
    done = subprocess.run(
        [sys.executable], input=program, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    if not form:
        assert (done.stdout, done.stderr) == ("1\n", "")
        return
    assert done.stderr.count("Traceback") == 1
    assert "WorkerError: a worker process could not begin: AttributeError" in done.stderr.splitlines()[-1]
    assert done.stderr.splitlines()[-1].endswith("use workers=1")


ORPHANS = """
import sys
sys.path.insert(0, {tests!r})
import worker_tasks as t
from clippings.parallel import ordered
if __name__ == "__main__":
    for task, pid in ordered(t.pids, range(10**6), 2):
        print(pid, flush=True)
"""


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_no_process_outlives_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(ORPHANS.format(tests=str(Path(__file__).parent)), "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        workers: set[int] = set()
        while len(workers) < 2:
            workers.add(int(parent.stdout.readline()))
        parent.kill()
    deadline = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))
