"""``python -m clippings`` is the command ``clippings``."""

import sys

from clippings.cli import main

sys.exit(main())
