"""Run a command and print what it cost, as JSON: processor seconds, seconds of the clock, peak memory in bytes.

Usage: python -I -S launch.py COMMAND...

A process starts out with the peak of the one that made it, so that a large benchmark must not start it itself.
"""

import json
import os
import subprocess
import sys
import time


def main() -> int:
    """Print the cost of the command; its standard output is dropped, its errors are passed on."""
    begun = time.perf_counter()
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    clock = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"seconds": usage.ru_utime + usage.ru_stime, "clock": clock, "peak": usage.ru_maxrss * unit}))
    return child.returncode


if __name__ == "__main__":
    sys.exit(main())
