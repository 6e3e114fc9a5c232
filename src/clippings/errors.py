"""The error above all others of the library, where every floor can reach it."""


class ClippingsError(Exception):
    """Above every error that the library raises itself; each also has the built-in base that fits it.

    >>> from clippings import SourceError
    >>> issubclass(SourceError, ClippingsError), issubclass(SourceError, ValueError)
    (True, True)
    """
