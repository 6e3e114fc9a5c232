"""Work shared among processes: results in the order of the tasks, and no process left behind.

Processes are spawned, on every system alike: a fork would copy the threads and locks of the parent. Each
has at most one task, so that a process that dies is known to have died of it, or by someone's hand: the task is given
to a new one once more. A process whose parent has gone ends by itself after its task.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import connection, resource_tracker
from typing import Any, Generic, NamedTuple, TypeVar, cast

from clippings.errors import ClippingsError

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Task], Result]

_ATTEMPTS = 2
_WINDOW = 2
_PATIENCE = 5.0
_GUARD = 'in a script of your own, call this below: if __name__ == "__main__":'


class WorkerError(ClippingsError, RuntimeError):
    """A worker process could not begin, or ended again and again; the message says what to do."""


class Lost(NamedTuple):
    """In the place of a result: the process that had the task ended, and so did the one that had it next."""

    exit_code: int | None


class _Raised(NamedTuple):
    error: Exception


class _Up:
    """What a process sends first: it listens."""


class _Ready:
    """What a process sends once it can work."""


class _Gone:
    """In the place of what a process sends: it has died."""


class _Unfit(NamedTuple):
    """What a process sends if it cannot work."""

    reason: str


def ordered(
    make: Callable[[], Work[Task, Result]], tasks: Iterable[Task], count: int
) -> Iterator[tuple[Task, Result | Lost]]:
    """Yield each task with its result, in order; few tasks are taken ahead, so that memory stays flat.

    Args:
        make: called once in each process, returns the function that does a task; it must pickle, as tasks must.
        tasks: taken one by one, as processes get free.
        count: the number of processes, which are started as they are needed.

    Raises:
        WorkerError: a process ended before it could begin.
        Exception: what the function raised, if it did.

    >>> def make():
    ...     return str.upper
    >>> list(ordered(make, [], 2))
    []
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)  # A worker that imports a script without the guard; its parent says so, once for all of them.
    crew = _Crew(make, count)
    with contextlib.closing(crew):
        yield from crew.run(tasks)


class _Crew(Generic[Task, Result]):
    """The processes, what each is at, and the results whose turn has not come."""

    def __init__(self, make: Callable[[], Work[Task, Result]], count: int) -> None:
        self._make, self._count = make, count
        self._idle: list[_Worker] = []
        self._busy: dict[connection.Connection, tuple[_Worker, int]] = {}
        self._tasks: dict[int, Task] = {}
        self._attempts: dict[int, int] = {}
        self._done: dict[int, Result | Lost] = {}

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        numbered = enumerate(tasks)
        turn = 0
        while True:
            # Before a result is passed on, as whoever takes it may take long, and the process that made it is idle.
            self._hand_out(numbered)
            if turn in self._done:
                yield self._tasks.pop(turn), self._done.pop(turn)
                turn += 1
            elif self._tasks:
                self._collect()
            else:
                return

    def close(self) -> None:
        """End every process: those at rest by themselves, those at work at once."""
        busy = [worker for worker, _ in self._busy.values()]
        for worker in busy:
            worker.process.terminate()
        for worker in self._idle:
            worker.ours.close()
        for worker in [*self._idle, *busy]:
            worker.end()
        self._idle, self._busy = [], {}

    def _hand_out(self, numbered: Iterator[tuple[int, Task]]) -> None:
        while len(self._busy) < self._count and len(self._tasks) < _WINDOW * self._count:
            number, task = next(numbered, (None, None))
            if number is None:
                return
            self._tasks[number] = cast("Task", task)
            self._assign(number)

    def _assign(self, number: int) -> None:
        worker = self._idle.pop() if self._idle else _Worker()
        self._attempts[number] = self._attempts.get(number, 0) + 1
        self._busy[worker.ours] = (worker, number)
        if worker.is_ready:
            worker.send(self._tasks[number])

    def _collect(self) -> None:
        for ready in connection.wait(list(self._busy)):
            worker, number = self._busy[cast("connection.Connection", ready)]
            answer = worker.answer()
            if isinstance(answer, _Gone):
                del self._busy[worker.ours]
                self._mourn(worker, number)
                continue
            if isinstance(answer, _Up):
                worker.send(self._make)
                continue
            if isinstance(answer, _Unfit):
                raise WorkerError(f"a worker process could not begin: {answer.reason}; use workers=1")
            if isinstance(answer, _Ready):
                worker.is_ready = True
                worker.send(self._tasks[number])
                continue
            del self._busy[worker.ours]
            self._idle.append(worker)
            if isinstance(answer, _Raised):
                raise answer.error
            del self._attempts[number]
            self._done[number] = answer

    def _mourn(self, worker: _Worker, number: int) -> None:
        worker.end()
        if not worker.is_ready:
            raise WorkerError(f"a worker process ended before it could begin (exit code {worker.exit_code}); {_GUARD}")
        if self._attempts[number] < _ATTEMPTS:
            self._assign(number)
        else:
            self._done[number] = Lost(worker.exit_code)


class _Worker:
    """A process, and our end of the line to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.is_ready = False
        self.exit_code: int | None = None
        with _interrupts_held(), _main_left_out():
            self.process.start()
        theirs.close()

    def send(self, message: object) -> None:
        """A process that has died is met when its answer is awaited."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.ours.send(message)

    def answer(self) -> Any:
        """What the process sent."""
        with contextlib.suppress(EOFError, ConnectionResetError):
            return self.ours.recv()
        return _Gone()

    def end(self) -> None:
        self.ours.close()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.exit_code = self.process.exitcode
        self.process.close()


@contextlib.contextmanager
def _main_left_out() -> Iterator[None]:
    """Have a process not import a program that is no file, such as one piped into Python; what we send needs none."""
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    if file is None or os.path.exists(file):  # noqa: PTH110 (False for any name)
        yield
        return
    del main.__file__
    try:
        yield
    finally:
        main.__file__ = file


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started meanwhile never sees Ctrl-C, which a terminal sends to all: its parent ends it.

    Nor is the parent stopped halfway, with what the process is to begin with half sent: it gets the signal afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first process would have this begun, and with it the mask lifted.
    resource_tracker.ensure_running()
    with _interrupts_noted():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _interrupts_noted() -> Iterator[None]:
    """Keep a signal for later, as one that is masked here may reach another thread of the process."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    seen: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if seen:
        signal.raise_signal(signal.SIGINT)


def _serve(line: connection.Connection) -> None:
    """What a process does: one task after another, until its parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        # What makes the work comes only now: whoever sends much to a process that does not listen yet waits for it, and
        # starts no other meanwhile.
        line.send(_Up())
        try:
            work = line.recv()()
        except Exception as error:  # noqa: BLE001 (what it is made of, or what makes it, cannot be imported here)
            line.send(_Unfit(f"{type(error).__name__}: {error}"))
            return
        line.send(_Ready())
        while True:
            line.send(_attempted(work, line.recv()))


def _attempted(work: Work[Any, Any], task: Any) -> Any:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 (it is raised again in the parent)
        return _Raised(error)
