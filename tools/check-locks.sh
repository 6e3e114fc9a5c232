#!/bin/sh
# Prove that a lock holds with the oldest pip and an index that is newer than the lock: check-locks.sh PYTHON.
# PYTHON has uv, as the project's environment does. Exit status 2 says that no index answers, which is no fault of the locks.
set -eu
python=$1
# A package that another one reaches with an extra, and a day since when it has been released again.
reaches=pytest-cov
reached=coverage
day=2025-09-01

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pip() { "$folder/venv/bin/python" -m pip --disable-pip-version-check "$@"; }

# The pip that the first release of each Python brought; older ones do not run on it.
case $("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') in
    3.11) oldest=22.3 ;;
    3.12) oldest=23.2.1 ;;
    3.13) oldest=24.2 ;;
    *) oldest=25.2 ;;
esac

fail() {
    echo "locks: $1" >&2
    exit 1
}

"$python" -m venv "$folder/venv"
if ! pip install --quiet "pip==$oldest" || ! echo "$reaches" | "$python" -m uv pip compile - --quiet --no-header \
    --no-annotate --no-strip-extras --generate-hashes --exclude-newer "$day" --output-file "$folder/old.txt"; then
    echo "locks: no index answers, nothing is proved" >&2
    exit 2
fi

# Without the extra the resolver takes the newest release, which has no hash: if this passed, the index would not be newer.
sed "s/^$reached\[[a-z]*\]/$reached/" "$folder/old.txt" >"$folder/stripped.txt"
if pip install --quiet --dry-run --require-hashes -r "$folder/stripped.txt" >/dev/null 2>&1; then
    fail "pip $oldest installs a lock of $day without its extras: this check proves nothing any more"
fi
echo "locks: pip $oldest refuses a lock of $day that lacks an extra"

pip install --quiet --dry-run --require-hashes -r "$folder/old.txt" || fail "pip $oldest refuses a lock of $day"
pip install --quiet --no-deps --require-hashes --only-binary :all: -r "$folder/old.txt" ||
    fail "pip $oldest does not install a lock of $day"
pip check --quiet || fail "what a lock of $day installs does not fit together"
echo "locks: pip $oldest installs a lock of $day beside newer releases"

pip install --quiet --dry-run --require-hashes -r requirements.txt || fail "pip $oldest refuses requirements.txt"
echo "locks: pip $oldest resolves requirements.txt to what it pins"
