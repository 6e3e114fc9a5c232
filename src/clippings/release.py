"""The version of the library and how it is installed, where every floor can reach it."""

NAME = "press-clippings"
VERSION = "0.1.0"
ON_INDEX = False
"""Whether ``pip install press-clippings`` finds the library: True from the day it is on the package index.

What is said of installing follows from it: the messages of the library, and the blocks in the README and the book that
``make refresh`` writes.
"""


def install(extra: str) -> str:
    """Return the command that installs what an extra needs, for a reader who has the library.

    Args:
        extra: one of those in ``pyproject.toml``, such as ``html``.

    >>> install("html").startswith("pip install ")
    True
    """
    if ON_INDEX:
        return f"pip install '{NAME}[{extra}]'"
    # Only a message needs them, and they take longer to import than the rest of the command line.
    import re
    from importlib.metadata import PackageNotFoundError, requires

    try:
        needed = [line.partition(";") for line in requires(NAME) or ()]
    except PackageNotFoundError:
        return f"pip install '.[{extra}]'"
    names = [re.split("[<>=!~ ]", what)[0] for what, _, marker in needed if f"extra == '{extra}'" in marker]
    return " ".join(["pip install", *(f"'{name}'" if "[" in name else name for name in names)])


def missing(module: str, extra: str) -> ImportError:
    """Return the error that says which module of an extra is not installed, and what installs it.

    >>> str(missing("networkx", "measures")).partition(": ")[0]
    'this needs networkx'
    """
    return ImportError(f"this needs {module}: {install(extra)}", name=module)
