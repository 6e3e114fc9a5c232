#!/bin/sh
# Check the pages of a built site: run.sh SITE [SHOTS]. Installs axe-core and playwright-core beside this file.
set -eu
here=$(dirname "$0")
chromium=$(sh "$here/../find-chromium.sh") || exit 2
for name in node npm; do
    if ! command -v "$name" >/dev/null; then
        echo "no $name found: install Node.js 20 or later with npm (Debian: apt-get install nodejs npm)" >&2
        exit 2
    fi
done
if [ ! -f "$1/index.html" ]; then
    echo "no book in $1: run make book" >&2
    exit 2
fi
if ! cmp -s "$here/package-lock.json" "$here/node_modules/.installed"; then
    echo "a11y: installing axe-core and playwright-core"
    if ! npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund --silent; then
        echo "axe-core and playwright-core could not be installed: npm needs its registry" >&2
        exit 2
    fi
    cp "$here/package-lock.json" "$here/node_modules/.installed"
fi
exec node "$here/check.mjs" "$1" "$chromium" ${2+"$2"}
