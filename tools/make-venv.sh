#!/bin/sh
# Make a virtual environment with the first Python 3.11 or later that has the venv module: make-venv.sh VENV.
# With PYTHON=/path/to/python that one alone is tried. make-venv.sh --check VENV tells whether VENV is of that Python.
set -eu

# What tells one Python from another: its version and where it is installed.
identity() {
    "$1" -c 'import sys; print(sys.version_info[:3], sys.base_prefix)' 2>/dev/null
}

if [ "$1" = --check ]; then
    wanted=$(identity "$PYTHON") || exit 1
    [ "$wanted" = "$(identity "$2/bin/python")" ]
    exit
fi

venv=$1
if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11
fi

without_venv=
for python; do
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
elif [ -n "${PYTHON:-}" ]; then
    echo "setup: $PYTHON is not a Python 3.11 or later: name another, as in make setup PYTHON=/path/to/python3" >&2
else
    echo "setup: no Python 3.11 or later was found: install one, or name it: make setup PYTHON=/path/to/python3" >&2
fi
exit 1
