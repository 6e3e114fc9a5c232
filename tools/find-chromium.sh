#!/bin/sh
# Print the path of a Chromium, or say in one line what to install and exit 2. CHROMIUM names one by hand.
for name in "$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name"; then exit 0; fi
done
echo "no Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path" >&2
exit 2
