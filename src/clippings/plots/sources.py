"""Figures of sources: who speaks, for whom, at what length."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from clippings.plots.style import BLUE, rows_of, styled, write


@styled
def voices(speakers: pd.DataFrame, *, title: str = "") -> Figure:
    """Draw how many words each speaker is quoted for, with the body spoken for.

    Args:
        speakers: one row a speaker: ``speaker``, ``label`` (written behind the name), ``words``.
        title: a title for the figure.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"speaker": ["A. Petrova"], "label": ["Minsk Institute, BY"], "words": [12]})
    >>> [text.get_text() for text in voices(frame).axes[0].texts]
    ['A. Petrova', 'Minsk Institute, BY', '12']
    """
    figure, axes = rows_of(len(speakers), title, row=0.62)
    axes.barh(range(len(speakers)), speakers["words"], height=0.34, color=BLUE)
    for row, speaker in enumerate(speakers.to_dict("records")):
        name = write(axes, speaker["speaker"], (0, row - 0.34), (0, 0), weight="bold")
        write(axes, speaker["label"], (1, 0.5), (6, 0), xycoords=name)
        write(axes, f"{speaker['words']}", (speaker["words"], row), (5, 0))
    axes.set_yticks([])
    axes.set_xlabel("words quoted")
    return figure
