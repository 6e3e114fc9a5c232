#!/bin/sh
# Make a virtual environment with the first Python 3.11 or later that has the venv module.
# PYTHON=/path/to/python overrides the search.
set -eu
venv=$1

if "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exit 0
fi

without_venv=
for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        without_venv=${without_venv:-$python}
        continue
    fi
    echo "setup: making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
    exit 0
done

if [ -n "$without_venv" ]; then
    echo "setup: $without_venv lacks the venv module: install it (on Debian and Ubuntu: apt install python3-venv)." >&2
else
    echo "setup: no Python 3.11 or later was found: install one, or name it: make setup PYTHON=/path/to/python3" >&2
fi
exit 1
