"""Numbers that the prose of a page takes from its notebook."""

from __future__ import annotations

import sys

_PREFIX = "application/papermill.record/"


def glue(**values: object) -> None:
    """Record values under names, for the prose of a Jupyter Book to show.

    A notebook records them as MyST-NB's own ``glue(name, value, display=False)`` does; the prose shows one with
    ``{glue:text}`pages```. Nothing is printed. In plain Python, where there is no notebook, nothing is recorded.

    Args:
        values: what to record, by name; a share or an interval best as a formatted string.

    >>> glue(pages="170", share=f"{3 / 4:.0%}")
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    for name, value in values.items():
        data, metadata = shell.display_formatter.format(value)
        told = metadata | {"scrapbook": {"name": name, "mime_prefix": _PREFIX}}
        shell.display_pub.publish(data={_PREFIX + kind: shown for kind, shown in data.items()}, metadata=told)
