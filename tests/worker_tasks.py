"""What the tests of processes let them do; it imports little, so that a process begins soon."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def waiter():
    return wait


def wait(task):
    number, seconds = task
    time.sleep(seconds)
    return number


def stumbler():
    return stumble


def stumble(folder):
    """Die on the first call, live on the second."""
    seen = Path(folder, "seen")
    if not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def dying():
    return die


def die(_task):
    os._exit(5)


def failing():
    return fail


def fail(task):
    raise OSError(28, f"no room for {task}")


def nothing():
    raise SystemExit(4)


def pids():
    return pid


def pid(_task):
    time.sleep(0.05)
    return os.getpid()
