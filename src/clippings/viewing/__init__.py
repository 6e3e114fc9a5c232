"""Documents to look at evidence with, each a file of its own that asks for nothing else: a report, and a browser.

``report`` sums up what was read and found, ``browser`` steps through evidence in a notebook. ``_sections`` draws the
parts of a report, ``_pages`` the pages and their rows of evidence, ``_documents`` what makes a whole document of them.
"""
