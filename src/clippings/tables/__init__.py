"""Frames, their columns, and JSON Lines: what a layer holds, as tables."""

import re

WRITTEN = re.compile(r"id,item,|file,(?:line|kind),")
"""What a frame that was written as CSV begins with; one that lies beside pages is none of them."""
