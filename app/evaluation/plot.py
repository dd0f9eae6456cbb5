"""Figures to look at: risk against coverage, and recall by pair of languages."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from app.evaluation.metrics import Figures

_SIDE = 4.2  # inches of a panel
_DPI = 120


def write_plot(results: Sequence[Figures], file: Path) -> None:
    """Draw one panel of curves for all results, and one for each that has pairs of languages."""
    maps = [figures for figures in results if figures.pairs]
    figure = Figure(figsize=(_SIDE * (1 + len(maps)), _SIDE), layout="constrained")
    FigureCanvasAgg(figure)  # needs no screen, and leaves no state behind as pyplot does
    curves, *panels = figure.subplots(1, 1 + len(maps), squeeze=False)[0]
    _draw_curves(curves, results)
    for panel, figures in zip(panels, maps, strict=True):
        _draw_recall(panel, figures)
    figure.savefig(file, dpi=_DPI)


def _draw_curves(axes: Axes, results: Sequence[Figures]) -> None:
    for figures in results:
        curve = figures.risk_coverage
        label = f"{figures.name} (area {curve.area:.3f})"
        axes.step(curve.coverage, curve.risk, where="post", label=label)
    axes.set(
        title="Risk and coverage",
        xlabel="share of questions answered, surest first",
        ylabel="share of them wrong",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")


def _draw_recall(axes: Axes, figures: Figures) -> None:
    asked = sorted({pair.questions for pair in figures.pairs})
    held = sorted({pair.passages for pair in figures.pairs})
    recall = np.full((len(asked), len(held)), np.nan)
    for pair in figures.pairs:
        row, column = asked.index(pair.questions), held.index(pair.passages)
        recall[row, column] = pair.retrieval.recall_at_5
        axes.text(column, row, f"{recall[row, column]:.2f}", ha="center", va="center")
    axes.imshow(recall, vmin=0, vmax=1, cmap="YlGn", alpha=0.8)
    axes.set_xticks(range(len(held)), held)
    axes.set_yticks(range(len(asked)), asked)
    axes.set(title=f"{figures.name}: recall@5", xlabel="passages", ylabel="questions")
