"""What other software reads: one file a format, offsets converted only here.

``bibtex``, ``ris`` and ``csl`` cite clippings as newspaper articles.

>>> import clippings as cl
>>> pages = cl.collection().table("clippings").query("id == '112007-14'")
>>> print(cl.interchange.ris(pages).splitlines()[0])
TY  - NEWS
"""

from clippings.interchange.citing import Citation, bibtex, citations, csl, ris

__all__ = ["Citation", "bibtex", "citations", "csl", "ris"]
