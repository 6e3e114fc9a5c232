"""A whole HTML document from escaped parts: its own style and script, and a policy that lets it ask for nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache

from clippings.display.escaping import label
from clippings.display.pages import asset


def document(title: str, parts: Iterable[str], *, kind: str) -> str:
    """Return a document that works from a file, without a network, and without its script.

    Args:
        title: of the document.
        parts: escaped HTML, for ``main``.
        kind: the class of the body, ``report`` or ``browser``.

    >>> "default-src 'none'" in document("Press", ["<h1>Press</h1>"], kind="report")
    True
    """
    script = f"\n{asset('viewing.js', __package__)}\n"
    return "".join(
        [
            "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>",
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">',
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            f"<title>{label(title)}</title><style>{_style()}</style></head><body class='{kind}'><main>",
            *parts,
            f"</main><script>{script}</script></body></html>\n",
        ]
    )


def framed(html: str, title: str) -> str:
    """Return a document for a notebook, in a frame of its own.

    >>> "srcdoc='<p>A&#39;s &amp;amp; B</p>'" in framed("<p>A's &amp; B</p>", "Press")
    True
    """
    held = html.replace("&", "&amp;").replace("'", "&#39;")
    style = "width: 100%; height: 46em; border: 1px solid #87847a; border-radius: 4px"
    return f"<iframe title='{label(title)}' srcdoc='{held}' loading='lazy' style='{style}'></iframe>"


@cache
def _style() -> str:
    return "\n".join([asset("pages.css"), asset("anchors.css"), asset("viewing.css", __package__)])


@cache
def _policy(script: str) -> str:
    seal = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"script-src 'sha256-{seal}'; style-src 'unsafe-inline'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
