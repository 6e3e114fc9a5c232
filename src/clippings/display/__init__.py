"""What a reader sees: an annotated page with its marks, quoted passages and tables, as HTML that needs no script.

``pages`` draws a page, ``passages`` one passage with its address, ``tables`` a frame with links to the words; ``marks``
says how each kind of annotation looks, and ``escaping`` is the one way from text to HTML and to a terminal.
"""
