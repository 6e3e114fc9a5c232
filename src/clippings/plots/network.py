"""Figures of pairs: what is named together."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from clippings import release
from clippings.plots.chronology import paper
from clippings.plots.style import BLUE, GREY, INK, ORANGE, WIDTH, styled

_HEIGHT, _LETTER = 4.7, 0.072
_LOOKS = (("o", BLUE), ("s", ORANGE), ("^", GREY))


@styled
def network(pairs: pd.DataFrame, *, kinds: Mapping[str, str] | None = None, seed: int = 0, title: str = "") -> Figure:
    """Draw pairs as a network: nodes as large as their count, lines as wide as that of the pair.

    Draw few pairs: choose them by a measure first. The layout is that of Fruchterman and Reingold (1991) from a seeded
    start, so it repeats; distances between unlinked names mean nothing.

    Args:
        pairs: ``a``, ``b``, ``count``, ``count_a``, ``count_b``, as ``measures.cooccurrence`` gives them.
        kinds: the kind of each name; each kind has its marker and color.
        seed: of the layout.
        title: a title for the figure.

    Raises:
        ImportError: networkx, of the extra ``measures``, is not installed.

    >>> import pandas as pd
    >>> pairs = pd.DataFrame({"a": ["BY"], "b": ["RU"], "count": [3], "count_a": [5], "count_b": [4]})
    >>> sorted(text.get_text() for text in network(pairs).axes[0].texts)
    ['BY', 'RU']
    """
    figure, axes = plt.subplots(figsize=(WIDTH, _HEIGHT))
    axes.set_axis_off()
    if title:
        axes.set_title(title, loc="left")
    counts = {row[end]: row[f"count_{end}"] for row in pairs.to_dict("records") for end in ("a", "b")}
    places = _places(pairs, seed)
    for row in pairs.to_dict("records"):
        (x0, y0), (x1, y1) = places[row["a"]], places[row["b"]]
        width = 0.5 + 3.5 * row["count"] / pairs["count"].max()
        axes.plot([x0, x1], [y0, y1], color="#9a9a9a", linewidth=width, alpha=0.65, zorder=1, solid_capstyle="round")
    given = dict(kinds or {})
    looks = dict(zip(dict.fromkeys(given.get(name, "") for name in counts), _LOOKS, strict=False))
    for name, count in counts.items():
        marker, color = looks.get(given.get(name, ""), _LOOKS[-1])
        size = 4 + 1.5 * count**0.5
        axes.plot(*places[name], marker=marker, markersize=size, color=color, markeredgecolor="white", zorder=2)
        shift = (0, size / 2 + 6)
        axes.annotate(
            name, places[name], xytext=shift, textcoords="offset points", ha="center", va="center", fontsize=8.5,
            color=INK, bbox=paper(), zorder=3,
        )  # fmt: skip
    axes.margins(0.12, 0.08)
    shown = {kind: look for kind, look in looks.items() if kind}
    keys = [Line2D([], [], marker=m, color=c, linestyle="", markersize=7, label=kind) for kind, (m, c) in shown.items()]
    if keys:
        figure.legend(handles=keys, loc="outside lower center", ncols=3, fontsize=9, handletextpad=0.2)
    return figure


def _places(pairs: pd.DataFrame, seed: int) -> dict[str, tuple[float, float]]:
    """Return the place of each name, in inches, with room for its label."""
    try:
        import networkx as nx
    except ImportError as error:
        raise release.missing("networkx", "measures") from error
    graph: nx.Graph[str] = nx.Graph(list(zip(pairs["a"], pairs["b"], strict=True)))
    if not graph:
        return {}
    # Parts without a pair between them would fly apart: threads that are not drawn hold them.
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    held = graph.copy()
    held.add_edges_from((min(parts[0]), min(part)) for part in parts[1:])
    found = nx.spring_layout(held, k=2.2 / len(held) ** 0.5, iterations=300, seed=seed)
    names = list(found)
    spread = np.array([found[name] for name in names], dtype=np.float64)
    low, high = spread.min(axis=0), spread.max(axis=0)
    inches = (spread - low) / np.maximum(high - low, 1e-9) * np.array([WIDTH - 1.1, _HEIGHT - 1.1])
    apart = _apart(inches, np.array([max(len(name) * _LETTER, 0.4) for name in names]))
    # Rounded, so that machines that add up in another order draw the same.
    return {name: (round(float(x), 2), round(float(y), 2)) for name, (x, y) in zip(names, apart, strict=True)}


def _apart(places: npt.NDArray[np.float64], widths: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Push names whose labels overlap apart, a little at a time, along the shorter way."""
    room_x, room_y = (widths[:, None] + widths) / 2 + 0.05, np.full((len(widths), len(widths)), 0.42)
    moved = places.copy()
    for _ in range(300):
        step = moved[:, None, :] - moved[None, :, :]
        lack_x, lack_y = room_x - np.abs(step[..., 0]), room_y - np.abs(step[..., 1])
        overlap = (lack_x > 0) & (lack_y > 0) & ~np.eye(len(widths), dtype=bool)
        if not overlap.any():
            break
        sign = np.where(step == 0, np.triu(np.ones_like(room_x), 1)[..., None] * 2 - 1, np.sign(step))
        sideways = overlap & (lack_x < lack_y)
        moved[:, 0] += np.where(sideways, sign[..., 0] * lack_x, 0).sum(axis=1) * 0.15
        moved[:, 1] += np.where(overlap & ~sideways, sign[..., 1] * lack_y, 0).sum(axis=1) * 0.15
    return moved
